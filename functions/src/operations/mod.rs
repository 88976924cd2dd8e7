//! One module per operation, and the one list of them.

use crate::Operation;

/// Every operation there is. The template names the same ones; a test holds the two lists together.
pub const ALL: &[Operation] = &[];
