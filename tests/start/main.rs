//! The program `access-links` as people start it: a process of its own, on its own data folder.
//!
//! It belongs to the package `local`, so that cargo builds the program for it.

mod process;
mod refused;
mod restart;
mod walkthrough;
