//! The operations of access links. Each module of [`operations`] is one; each has a binary of the same name in `src/bin`.
//!
//! This crate turns Lambda events into calls on the common crate and its outcomes into answers. It knows HTTP;
//! it does not know DynamoDB's requests, which stand in `shared::store` alone.

#![forbid(unsafe_code)]

pub mod app;
pub mod auth;
pub mod causes;
pub mod http;
pub mod idempotency;
pub mod limits;
pub mod operation;
pub mod operations;
pub mod poster;
pub mod runtime;
pub mod views;
pub mod webhook;

pub use app::App;
pub use operation::Operation;
