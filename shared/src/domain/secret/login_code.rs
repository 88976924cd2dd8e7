//! The code that a login mail carries beside its link: short enough to be typed into the page that asked for the mail.

use std::fmt;

use super::{super::CodeChallenge, CROCKFORD, InvalidSecret, LoginCodeHash, copied, crockford};
use crate::random::{Random, random_bytes};

/// 8 characters of 5 bits are 40 bits. `docs/SECURITY.md` argues why that is enough.
const LENGTH: usize = 8;

/// A code to type. Good only with the verifier of the browser that asked, and for few tries. Never stored; it has no serde form for
/// that reason.
#[derive(Clone, PartialEq, Eq)]
pub struct LoginCode([u8; LENGTH]);

impl LoginCode {
    /// A new code of 40 random bits.
    pub fn generate(random: &dyn Random) -> Self {
        let bytes: [u8; LENGTH] = random_bytes(random);
        // 256 is a multiple of 32, so the low five bits of a random byte are as even as the byte.
        Self(bytes.map(|byte| CROCKFORD[usize::from(byte & 31)]))
    }

    /// Reads a code as a person may have typed or copied it, as [`super::LinkCode`] is read.
    ///
    /// # Errors
    /// [`InvalidSecret`] for a text that is no code.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        let typed = copied(text, LENGTH, |c| c.is_ascii_alphanumeric(), |c| !c.is_alphanumeric())?;
        let read: Vec<u8> = typed.chars().map(crockford).collect::<Result<_, _>>()?;
        read.try_into().map(Self).map_err(|_| InvalidSecret)
    }

    /// The code itself as it is shown, in two halves.
    #[must_use]
    pub fn reveal(&self) -> String {
        let text: String = self.0.iter().map(|&byte| char::from(byte.to_ascii_uppercase())).collect();
        let (first, second) = text.split_at(LENGTH / 2);
        format!("{first}-{second}")
    }

    /// What it is compared by, for the browser that sent this challenge. Who reads it in the table could find the code by trying all
    /// of them, and would still need the verifier.
    #[must_use]
    pub fn hash(&self, challenge: &CodeChallenge) -> LoginCodeHash {
        LoginCodeHash::of(&[challenge.as_bytes().as_slice(), &self.0].concat())
    }
}

impl fmt::Debug for LoginCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LoginCode(redacted)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::CodeVerifier, random::SystemRandom};

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = LoginCode::parse("K7QX-93B1").unwrap();
        for typed in ["k7qx93b1", " K7QX 93BI ", "k7-qx-93-bl", "K7QX–93B1", "k7qx.93b1"] {
            assert_eq!(LoginCode::parse(typed).unwrap(), code, "{typed}");
        }
        assert_eq!(code.reveal(), "K7QX-93B1");
        for other in ["", "K7QX-93B", "K7QX-93B12", "K7QX-93BU", "K7QX-93Bä", "????-????"] {
            assert!(LoginCode::parse(other).is_err(), "{other}");
        }
    }

    #[test]
    fn a_generated_code_is_read_back_and_differs_by_browser() {
        let code = LoginCode::generate(&SystemRandom);
        assert_eq!(LoginCode::parse(&code.reveal()).unwrap(), code);
        let challenge = |browser: &str| CodeVerifier::parse(&browser.repeat(43)).unwrap().challenge();
        assert_eq!(code.hash(&challenge("a")), code.hash(&challenge("a")));
        assert_ne!(code.hash(&challenge("a")), code.hash(&challenge("b")));
        assert_eq!(format!("{code:?}"), "LoginCode(redacted)");
    }
}
