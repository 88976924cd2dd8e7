//! How a browser shows that it is the one that asked before: it sends the hash of a random secret with what it asks for, and the secret
//! when it comes back. Terms and forms are those of PKCE with `S256`, <https://www.rfc-editor.org/rfc/rfc7636>.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{InvalidSecret, secret::hex};

/// The length of a challenge: 32 bytes as base64url.
const CHALLENGE_LENGTH: usize = 43;

/// A `code_challenge`: the SHA-256 of a [`CodeVerifier`]. Who knows it alone can prove nothing but that they sent it before.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CodeChallenge([u8; 32]);

impl CodeChallenge {
    /// Reads a challenge from base64url without padding.
    ///
    /// # Errors
    /// [`InvalidSecret`] for a text that is no SHA-256.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        if text.len() != CHALLENGE_LENGTH {
            return Err(InvalidSecret);
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidSecret)?;
        bytes.try_into().map(Self).map_err(|_| InvalidSecret)
    }

    /// Its bytes in hex: what stands for it in keys.
    #[must_use]
    pub fn hex(&self) -> String {
        hex(&self.0)
    }

    /// Its bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl TryFrom<String> for CodeChallenge {
    type Error = InvalidSecret;
    fn try_from(text: String) -> Result<Self, InvalidSecret> {
        Self::parse(&text)
    }
}

impl From<CodeChallenge> for String {
    fn from(challenge: CodeChallenge) -> Self {
        URL_SAFE_NO_PAD.encode(challenge.0)
    }
}

impl fmt::Debug for CodeChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeChallenge(redacted)")
    }
}

/// A `code_verifier`: the secret that the browser kept. Never stored; it has no serde form for that reason.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeVerifier(String);

impl CodeVerifier {
    /// Reads a verifier: 43 to 128 of the characters that RFC 7636, 4.1, allows.
    ///
    /// # Errors
    /// [`InvalidSecret`] for every other text.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        let fits = (CHALLENGE_LENGTH..=128).contains(&text.len()) && text.bytes().all(unreserved);
        if fits { Ok(Self(text.to_owned())) } else { Err(InvalidSecret) }
    }

    /// The challenge that it answers.
    #[must_use]
    pub fn challenge(&self) -> CodeChallenge {
        CodeChallenge(Sha256::digest(self.0.as_bytes()).into())
    }
}

impl fmt::Debug for CodeVerifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CodeVerifier(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_the_one_of_the_rfcs_example() {
        let verifier = CodeVerifier::parse("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").unwrap();
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert_eq!(verifier.challenge(), CodeChallenge::parse(challenge).unwrap());
        assert_eq!(String::from(verifier.challenge()), challenge);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "short", &"a".repeat(42), &"a".repeat(129), &"ä".repeat(30), &format!("{} ", "a".repeat(43))]
        {
            assert!(CodeVerifier::parse(text).is_err(), "{text}");
        }
        for text in ["", &"A".repeat(42), &"A".repeat(44), &"*".repeat(43), &"B".repeat(43)] {
            assert!(CodeChallenge::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn neither_is_printed() {
        let verifier = CodeVerifier::parse(&"a".repeat(43)).unwrap();
        assert_eq!(
            format!("{verifier:?} {:?}", verifier.challenge()),
            "CodeVerifier(redacted) CodeChallenge(redacted)"
        );
    }
}
