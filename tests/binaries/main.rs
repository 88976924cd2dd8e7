//! What is said of the functions' binaries: that they are the operations of the template, and that each answers its sample
//! events the way Lambda runs it.

#![expect(clippy::unwrap_used, reason = "a test that meets nothing where something must be fails right there")]

mod agreement;
mod events;
mod exports;
