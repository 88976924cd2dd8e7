//! The program `access-links` as people start it: a process of its own, on its own data folder.
//!
//! It belongs to the package `local`, so that cargo builds the program for it.

#![expect(clippy::unwrap_used, reason = "a test that meets nothing where something must be fails right there")]

mod demo;
mod organizations;
mod process;
mod refused;
mod restart;
mod walkthrough;
