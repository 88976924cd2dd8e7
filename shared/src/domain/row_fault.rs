//! What is wrong with a row of a file, by a stable code with what goes with it, and in English.

use serde::{Deserialize, Serialize};

use super::{EmailAddressError, Hidden, TextError};

/// What is wrong with a row, or with a cell of it. Nothing here repeats what stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case", tag = "code")]
pub enum RowFault {
    /// Nothing stands in the cell.
    #[error("must not be empty")]
    Empty,
    /// More characters than allowed.
    #[error("must be at most {limit} characters")]
    TooLong {
        /// The most there may be.
        limit: usize,
    },
    /// A character that does not show, or changes how others show.
    #[error("{text}")]
    HiddenCharacter {
        /// Its number, as in `U+200B`.
        character: String,
        /// The same in English, with its kind.
        #[serde(skip)]
        text: String,
    },
    /// Longer than mail servers accept.
    #[error("is too long for an email address")]
    AddressTooLong,
    /// It is no address, or there are two.
    #[error("must be a single email address, such as name@example.com")]
    NoAddress,
    /// The part after the `@` is no domain.
    #[error("has no valid domain after the @")]
    NoDomain,
    /// The address stands in an earlier row.
    #[error("is already in an earlier row")]
    EarlierRow,
    /// No unit of the catalog is called so.
    #[error("is not in the catalog")]
    UnknownUnit,
    /// Several units are called so.
    #[error("is the name of several units; enter the id instead")]
    AmbiguousUnit,
    /// The row names more units than one person may have.
    #[error("is too many units; the limit is {limit}")]
    TooManyUnits {
        /// The most there may be.
        limit: usize,
    },
    /// A cell goes on over lines: it has other rows in it.
    #[error("spans {lines} lines, none of which was read; check for a missing closing quotation mark")]
    SpansLines {
        /// How many.
        lines: usize,
    },
    /// Something stands in a column that has no heading.
    #[error("is in a column without a heading; check an earlier cell for missing quotation marks")]
    NoHeading,
}

impl From<Hidden> for RowFault {
    fn from(hidden: Hidden) -> Self {
        Self::HiddenCharacter { character: hidden.number(), text: hidden.to_string() }
    }
}

impl From<TextError> for RowFault {
    fn from(error: TextError) -> Self {
        match error {
            TextError::Empty => Self::Empty,
            TextError::TooLong(limit) => Self::TooLong { limit },
            TextError::Hidden(hidden) => hidden.into(),
        }
    }
}

impl From<EmailAddressError> for RowFault {
    fn from(error: EmailAddressError) -> Self {
        match error {
            EmailAddressError::Empty => Self::Empty,
            EmailAddressError::TooLong => Self::AddressTooLong,
            EmailAddressError::Form => Self::NoAddress,
            EmailAddressError::Hidden(hidden) => hidden.into(),
            EmailAddressError::Domain => Self::NoDomain,
        }
    }
}
