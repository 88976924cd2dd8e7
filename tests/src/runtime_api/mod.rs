//! Runs a function's real binary as Lambda does: as a process that asks a Runtime API for its events.

mod api;
mod function;
#[cfg(test)]
mod tests;

pub use function::{Function, FunctionError};
