//! An e-mail address as the system accepts it.

use serde::{Deserialize, Serialize};

/// One e-mail address: the typed form is shown, the canonical form identifies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmailAddress {
    typed: String,
}

/// Why a text is no acceptable address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address we can write to")]
pub struct EmailAddressError;

impl EmailAddress {
    /// The canonical form.
    #[must_use]
    pub fn canonical(&self) -> String {
        self.typed.to_ascii_lowercase()
    }
}
