//! An error in words that may stand in a log.

use std::{error::Error, fmt::Write};

/// The words of an error and of each of its causes, outermost first. Never their `Debug` form: that of an SDK error
/// holds the service's whole answer, with the names and addresses of an item in it.
#[must_use]
pub fn causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        write!(text, ": {cause}").expect("a string takes all that is written to it");
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::ApiError;

    #[test]
    fn every_cause_is_named_once() {
        let error = ApiError::internal(std::io::Error::other("the disk is gone"));
        assert_eq!(causes(&error), "Something went wrong.: the disk is gone");
    }
}
