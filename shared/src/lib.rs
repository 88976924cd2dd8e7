//! The common crate of access links: what every operation shares.
//!
//! One direction, never reversed: [`domain`] ← [`table`] ← [`store`], with [`bus`], [`email`], [`locale`],
//! [`config`], [`clock`] and [`random`] beside them. Nothing here knows `lambda_http` or the emulator.

#![forbid(unsafe_code)]

pub mod bus;
pub mod clock;
pub mod config;
pub mod domain;
pub mod email;
pub mod locale;
pub mod random;
pub mod store;
pub mod table;
