//! Creations that a client may ask for again: the key under which it asks, and the answer that it got.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Actor, LinkId, MemberId, OrganizationId, Timestamp, secret::hex};

/// How long an answer is given again.
pub const ANSWER_KEEP: TimeDelta = TimeDelta::hours(24);

/// The longest key, in characters.
const KEY_MAX: usize = 255;

/// The key by which a client tells one creation from another. The text itself is stored nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(String);

/// A text that is no such key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 1 to 255 visible ASCII characters without a comma")]
pub struct InvalidIdempotencyKey;

impl IdempotencyKey {
    /// Reads the header's value: the key as it is, or as a string of RFC 8941, as draft-ietf-httpapi-idempotency-key-header writes
    /// it. A comma stands in neither: a gateway joins two headers of a name with one.
    ///
    /// # Errors
    /// [`InvalidIdempotencyKey`].
    pub fn parse(value: &str) -> Result<Self, InvalidIdempotencyKey> {
        let text = match value.strip_prefix('"') {
            Some(quoted) => unquoted(quoted).ok_or(InvalidIdempotencyKey)?,
            None => value.to_owned(),
        };
        let fits = (1..=KEY_MAX).contains(&text.len());
        let visible = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b',');
        if fits && visible { Ok(Self(text)) } else { Err(InvalidIdempotencyKey) }
    }

    /// The key.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What stands in a quoted string, after its opening quote.
fn unquoted(quoted: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = quoted.chars();
    loop {
        match rest.next()? {
            '"' => return rest.next().is_none().then_some(text),
            '\\' => text.push(rest.next().filter(|escaped| matches!(escaped, '"' | '\\'))?),
            plain => text.push(plain),
        }
    }
}

/// What an answer tells of that is looked up when it is given again, because it is not kept twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerSubject {
    /// A member: name and address.
    Member(MemberId),
    /// A link: its code, alone and in its address.
    Link(LinkId),
}

/// One creation as somebody asks for it under a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Creation {
    /// The organization in which it is asked for.
    pub organization: OrganizationId,
    /// The hash of who asks, for what kind of creation, and the key: where its answer is found.
    pub hash: String,
    /// The hash of the request itself. Under one key there is one request.
    pub fingerprint: String,
}

impl Creation {
    /// What `actor` asks for on this route under this key; `request` is all that says what is to be made.
    #[must_use]
    pub fn new(actor: &Actor, route: &str, key: &IdempotencyKey, request: &[&[u8]]) -> Self {
        let hash = digest(&[actor.id.to_string().as_bytes(), route.as_bytes(), key.0.as_bytes()]);
        Self { organization: actor.organization, hash, fingerprint: digest(request) }
    }

    /// The answer to it, to be kept from now on. What is told anew of its subject stays out of `body`.
    #[must_use]
    pub fn answered(&self, status: u16, body: String, subject: Option<AnswerSubject>, now: Timestamp) -> GivenAnswer {
        let Self { organization, hash, fingerprint } = self.clone();
        let (member, link) = match subject {
            None => (None, None),
            Some(AnswerSubject::Member(id)) => (Some(id), None),
            Some(AnswerSubject::Link(id)) => (None, Some(id)),
        };
        let delete_after = now.plus(ANSWER_KEEP).epoch_seconds();
        GivenAnswer { organization, hash, fingerprint, status, body, member, link, delete_after }
    }
}

/// The hash of these parts, each with its length, so that nothing of one can pass for the next.
fn digest(parts: &[&[u8]]) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    }
    hex(&digest.finalize().into())
}

/// The answer to a creation, written with what it made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenAnswer {
    /// See [`Creation::organization`].
    pub organization: OrganizationId,
    /// See [`Creation::hash`].
    pub hash: String,
    /// See [`Creation::fingerprint`].
    pub fingerprint: String,
    /// The status.
    pub status: u16,
    /// The body, JSON: without a secret or a link's code, and without a name or an address of a person.
    pub body: String,
    /// Whose name and address belong into the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberId>,
    /// Whose code and address belong into the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkId>,
    /// Until when it is given again, in seconds since 1970. DynamoDB collects it some time after.
    pub delete_after: i64,
}

impl GivenAnswer {
    /// Whether it is given again at `now`.
    #[must_use]
    pub fn is_kept(&self, now: Timestamp) -> bool {
        now.epoch_seconds() < self.delete_after
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_bare_or_quoted_and_means_the_same() {
        let key = |value: &str| IdempotencyKey::parse(value).map(|key| key.0);
        for (value, text) in
            [("a", "a"), ("\"a\"", "a"), ("x\"y", "x\"y"), (r#""x\"y""#, "x\"y"), (r#""x\\y""#, r"x\y"), ("~!?", "~!?")]
        {
            assert_eq!(key(value).as_deref(), Ok(text), "{value}");
        }
        assert!(key(&"x".repeat(255)).is_ok() && key(&format!("\"{}\"", "x".repeat(255))).is_ok());
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let long = "x".repeat(256);
        for value in [
            "",
            "\"\"",
            "\"",
            "\"a",
            "\"a\"b",
            "\"a\";p=1",
            r#""\a""#,
            "a b",
            "\"a b\"",
            "a,b",
            "\"a\",\"b\"",
            "é",
            &long,
        ] {
            assert_eq!(IdempotencyKey::parse(value), Err(InvalidIdempotencyKey), "{value}");
        }
    }

    #[test]
    fn parts_are_told_apart() {
        assert_ne!(digest(&[b"ab", b"c"]), digest(&[b"a", b"bc"]));
        assert_ne!(digest(&[b"ab"]), digest(&[b"ab", b""]));
    }
}
