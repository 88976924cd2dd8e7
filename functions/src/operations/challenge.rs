//! What a browser can prove later: the `code_challenge` of its call, and the `code_verifier` that answers it.

use shared::domain::{CodeChallenge, CodeVerifier};

use crate::http::Fields;

/// Reads the challenge of a call, if it has one.
pub(super) fn challenge(fields: &mut Fields, sent: Option<&str>) -> Option<Option<CodeChallenge>> {
    let parse = |text| CodeChallenge::parse(text).map_err(|_| "must be a SHA-256 as base64url without padding");
    fields.optional("code_challenge", sent, parse)
}

/// The verifier by which a browser shows that it is the one that registered.
pub(super) fn verifier(text: &str) -> Result<CodeVerifier, &'static str> {
    CodeVerifier::parse(text).map_err(|_| "must be 43 to 128 characters of RFC 7636, 4.1")
}
