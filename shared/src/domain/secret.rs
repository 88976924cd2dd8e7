//! Codes and tokens: random, looked up by their SHA-256, never printed.
//!
//! Nothing here is signed: a secret nobody can guess needs no key, and what the table holds of a token is its hash alone.

mod login_code;

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{ApiKeyId, MemberId, OrganizationId, name::is_hidden};
use crate::random::{Random, random_bytes};

pub use login_code::LoginCode;

/// A text that is no code, token or hash of the wanted kind. Says nothing about the text on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a valid code")]
pub struct InvalidSecret;

/// Bytes as lower-case hex.
pub(super) fn hex(bytes: &[u8; 32]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

macro_rules! hash {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; 32]);

        impl $name {
            fn of(secret: &[u8]) -> Self {
                Self(Sha256::digest(secret).into())
            }

            /// Reads a hash from its one spelling, 64 lower-case hex digits.
            ///
            /// # Errors
            /// [`InvalidSecret`] for every other text.
            pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
                let digits = text.as_bytes();
                if digits.len() != 64 {
                    return Err(InvalidSecret);
                }
                let mut bytes = [0; 32];
                for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
                    *byte = pair.iter().try_fold(0, |byte, digit| match digit {
                        b'0'..=b'9' => Ok(byte << 4 | (digit - b'0')),
                        b'a'..=b'f' => Ok(byte << 4 | (digit - b'a' + 10)),
                        _ => Err(InvalidSecret),
                    })?;
                }
                Ok(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex(&self.0))
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidSecret;
            fn try_from(text: String) -> Result<Self, InvalidSecret> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(hash: $name) -> Self {
                hash.to_string()
            }
        }
    };
}

hash! {
    /// The SHA-256 of a [`LinkCode`]: the key of a door.
    CodeHash
}
hash! {
    /// The SHA-256 of a [`LoginToken`]: the key of a token.
    TokenHash
}
hash! {
    /// The SHA-256 of a [`SessionToken`]: the key of a session.
    SessionHash
}

hash! {
    /// The SHA-256 of a [`LoginCode`], with the challenge of the browser it is for.
    LoginCodeHash
}

hash! {
    /// The SHA-256 of an [`ApiKeyToken`], which an API key is compared by.
    ApiKeyHash
}

hash! {
    /// What everybody can find a logo by. No secret: it stands on public pages.
    LogoHash
}

impl LogoHash {
    /// That of an organization's picture. The organization is in it, so that two of them with the same picture have an address each
    /// and deleting one leaves the other.
    pub(super) fn of_picture(organization: OrganizationId, picture: &[u8]) -> Self {
        Self::of(&[organization.to_string().as_bytes(), picture].concat())
    }
}

macro_rules! redacted {
    ($($name:ident),*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        })*
    };
}
redacted!(LinkCode, LoginToken, SessionToken, ApiKeyToken);

/// Crockford's base32 in lower case: no i, l, o or u.
const CROCKFORD: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// The character of base32 that somebody typed: in any case, `o` for 0, `i` or `l` for 1.
fn crockford(typed: char) -> Result<u8, InvalidSecret> {
    let byte = match typed.to_ascii_lowercase() {
        'o' => b'0',
        'i' | 'l' => b'1',
        other => u8::try_from(other).map_err(|_| InvalidSecret)?,
    };
    if CROCKFORD.contains(&byte) { Ok(byte) } else { Err(InvalidSecret) }
}

/// 26 characters of 5 bits are 130 bits.
const CODE_LENGTH: usize = 26;
/// 32 bytes in base64url without padding.
const TOKEN_LENGTH: usize = 43;

/// What stands in an access link's URL. The link keeps it, because an admin prints it again; the door is keyed by its hash.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LinkCode(String);

impl LinkCode {
    /// A new code of 130 random bits.
    pub fn generate(random: &dyn Random) -> Self {
        let bytes: [u8; CODE_LENGTH] = random_bytes(random);
        // 256 is a multiple of 32, so the low five bits of a random byte are as even as the byte.
        Self(bytes.iter().map(|byte| char::from(CROCKFORD[usize::from(byte & 31)])).collect())
    }

    /// Reads a code as a person may have copied it: in any case, `o` for 0, `i` or `l` for 1, with blanks, dashes or dots between
    /// its characters, and with what stood around it. `web/lib/code.js` reads it the same way.
    ///
    /// # Errors
    /// [`InvalidSecret`] for a text that holds no code.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        let text = copied(text, CODE_LENGTH, |c| c.is_ascii_alphanumeric(), |c| !c.is_alphanumeric())?;
        text.chars().map(|typed| crockford(typed).map(char::from)).collect::<Result<_, _>>().map(Self)
    }

    /// The code itself, for the link's URL.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the door is looked up by.
    #[must_use]
    pub fn hash(&self) -> CodeHash {
        CodeHash::of(self.0.as_bytes())
    }
}

impl TryFrom<String> for LinkCode {
    type Error = InvalidSecret;
    fn try_from(text: String) -> Result<Self, InvalidSecret> {
        Self::parse(&text)
    }
}

impl From<LinkCode> for String {
    fn from(code: LinkCode) -> Self {
        code.0
    }
}

/// What a login mail carries: 32 random bytes. Never stored; it has no serde form for that reason.
#[derive(Clone, PartialEq, Eq)]
pub struct LoginToken([u8; 32]);

impl LoginToken {
    /// A new token.
    pub fn generate(random: &dyn Random) -> Self {
        Self(random_bytes(random))
    }

    /// Reads a token from base64url without padding, as a mail program may have passed it on: with the brackets, quotes or marks that
    /// stood around it, broken over lines, followed by a parameter, or with an equals sign still encoded.
    ///
    /// # Errors
    /// [`InvalidSecret`] for a text that holds no token.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        let is_of_token = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        // A quoted-printable mail breaks its lines with an equals sign, and writes `?t=` as `?t=3D`.
        let is_break = |c: char| c == '=' || c.is_whitespace() || is_hidden(c);
        let copied = |text: &str| copied(text, TOKEN_LENGTH, is_of_token, is_break);
        let text = copied(text).or_else(|refusal| {
            let rest = text.trim_start_matches(|c| !is_of_token(c)).strip_prefix("3D");
            rest.map_or(Err(refusal), copied)
        })?;
        decode(&text).map(Self)
    }

    /// The token itself, for the message.
    #[must_use]
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the token is looked up by.
    #[must_use]
    pub fn hash(&self) -> TokenHash {
        TokenHash::of(&self.0)
    }
}

/// What a signed-in client presents: the member's id beside 32 random bytes, so that session and member are read side
/// by side. Never stored; it has no serde form for that reason.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken([u8; 48]);

impl SessionToken {
    /// A new token for a session of this member.
    pub fn generate(member: MemberId, random: &dyn Random) -> Self {
        Self::new(member, random_bytes(random))
    }

    /// The token of `member` with this secret.
    #[must_use]
    pub fn new(member: MemberId, secret: [u8; 32]) -> Self {
        let mut bytes = [0; 48];
        let (id, rest) = bytes.split_at_mut(16);
        id.copy_from_slice(member.as_bytes());
        rest.copy_from_slice(&secret);
        Self(bytes)
    }

    /// Reads a token from base64url without padding.
    ///
    /// # Errors
    /// [`InvalidSecret`] for a text that is no token.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        decode(text).map(Self)
    }

    /// The member the token claims to be of. True only if the session found by [`Self::hash`] says so too.
    #[must_use]
    pub fn member(&self) -> MemberId {
        let mut id = [0; 16];
        id.copy_from_slice(&self.0[..16]);
        MemberId::from_bytes(id)
    }

    /// The token itself, for the cookie or the client.
    #[must_use]
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What the session is looked up by.
    #[must_use]
    pub fn hash(&self) -> SessionHash {
        SessionHash::of(&self.0)
    }
}

/// What an API key begins with, so that people and programs that look for leaked secrets know it for what it is.
const API_KEY_PREFIX: &str = "alk_";

/// What a program shows to act for an organization: the ids of the organization and of the key beside 32 random bytes, so that
/// the key is found by one read. Never stored; it has no serde form for that reason.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKeyToken([u8; 64]);

impl ApiKeyToken {
    /// A new text for this key.
    pub fn generate(organization: OrganizationId, id: ApiKeyId, random: &dyn Random) -> Self {
        let secret: [u8; 32] = random_bytes(random);
        let mut bytes = [0; 64];
        bytes[..16].copy_from_slice(organization.as_bytes());
        bytes[16..32].copy_from_slice(id.as_bytes());
        bytes[32..].copy_from_slice(&secret);
        Self(bytes)
    }

    /// Whether a text is meant to be an API key, whether or not it is one.
    #[must_use]
    pub fn is_meant_by(text: &str) -> bool {
        text.starts_with(API_KEY_PREFIX)
    }

    /// Reads it from `alk_` and base64url without padding.
    ///
    /// # Errors
    /// [`InvalidSecret`] for every other text.
    pub fn parse(text: &str) -> Result<Self, InvalidSecret> {
        decode(text.strip_prefix(API_KEY_PREFIX).ok_or(InvalidSecret)?).map(Self)
    }

    /// The organization it claims to be for. True only if the key found there has [`Self::hash`].
    #[must_use]
    pub fn organization(&self) -> OrganizationId {
        OrganizationId::from_bytes(self.part(0))
    }

    /// The key it claims to be of. True only if that key has [`Self::hash`].
    #[must_use]
    pub fn id(&self) -> ApiKeyId {
        ApiKeyId::from_bytes(self.part(16))
    }

    fn part(&self, from: usize) -> [u8; 16] {
        let mut id = [0; 16];
        id.copy_from_slice(&self.0[from..from + 16]);
        id
    }

    /// The text itself, for the one who asked for it.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{API_KEY_PREFIX}{}", URL_SAFE_NO_PAD.encode(self.0))
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> ApiKeyHash {
        ApiKeyHash::of(&self.0)
    }
}

/// The `length` characters of a secret in a text that was copied: those that belong to it, without what stood before, after or,
/// as far as it may be skipped, between them. Of a letter or digit nobody can say that it does not belong, so a secret ends at
/// none.
fn copied(
    text: &str,
    length: usize,
    belongs: impl Fn(char) -> bool,
    may_skip: impl Fn(char) -> bool,
) -> Result<String, InvalidSecret> {
    let mut secret = String::with_capacity(length);
    let mut rest = text.chars().skip_while(|c| !belongs(*c) && !c.is_alphanumeric());
    for c in rest.by_ref() {
        if belongs(c) {
            secret.push(c);
        } else if !may_skip(c) {
            return Err(InvalidSecret);
        }
        if secret.len() == length {
            return if rest.next().is_some_and(char::is_alphanumeric) { Err(InvalidSecret) } else { Ok(secret) };
        }
    }
    Err(InvalidSecret)
}

/// Exactly `N` bytes from base64url. The engine refuses padding and spare bits, so each value has one spelling.
fn decode<const N: usize>(text: &str) -> Result<[u8; N], InvalidSecret> {
    if text.len() != (N * 4).div_ceil(3) {
        return Err(InvalidSecret);
    }
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidSecret)?;
    bytes.try_into().map_err(|_| InvalidSecret)
}

#[cfg(test)]
mod tests;
