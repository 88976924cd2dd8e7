//! What a browser that asks for mail can prove later: the `code_challenge` of its call.

use shared::domain::CodeChallenge;

use crate::http::Fields;

/// Reads the challenge of a call, if it has one.
pub(super) fn challenge(fields: &mut Fields, sent: Option<&str>) -> Option<Option<CodeChallenge>> {
    let parse = |text| CodeChallenge::parse(text).map_err(|_| "must be a SHA-256 as base64url without padding");
    fields.optional("code_challenge", sent, parse)
}
