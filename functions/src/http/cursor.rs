//! Pages of lists, and the opaque cursors between them.
//!
//! A cursor is the last key read and a hash of what it belongs to. There is no signing key, and none is needed: a
//! handler derives the partition it reads from the session, never from a cursor, so a forged one reaches no further
//! than the list its maker may read anyway. The hash is what refuses a cursor of another list.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::ApiError;

/// How much of the hash a cursor carries.
const HASH_LENGTH: usize = 16;
/// Longer than any key of ours, the sums that some carry included, and within what API Gateway takes in a query.
const CURSOR_MAX: usize = 8_192;

/// What a cursor belongs to: the organization, the list, and each filter.
#[derive(Debug, Clone)]
pub struct Binding(Sha256);

impl Binding {
    /// A binding to this list, named by its operation.
    #[must_use]
    pub fn new(list: &str) -> Self {
        Self(Sha256::new()).and(list)
    }

    /// The same binding, to this as well: the organization, and the value of each filter in turn.
    #[must_use]
    pub fn and(mut self, part: impl ToString) -> Self {
        let part = part.to_string();
        // The length first, so that no two lists of parts run together into the same bytes.
        self.0.update((part.len() as u64).to_be_bytes());
        self.0.update(part);
        self
    }

    fn hash(&self, key: &[u8]) -> [u8; HASH_LENGTH] {
        let hash: [u8; 32] = self.0.clone().chain_update(key).finalize().into();
        let mut start = [0; HASH_LENGTH];
        start.copy_from_slice(&hash[..HASH_LENGTH]);
        start
    }
}

/// Which page of a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// At most so many items.
    pub limit: u32,
    pub(super) cursor: Option<String>,
}

impl Page {
    /// The key after which the page begins; none for the first page.
    ///
    /// # Errors
    /// [`ApiError::InvalidCursor`] for a cursor that is none, or of another organization or query.
    pub fn after<K: DeserializeOwned>(&self, binding: &Binding) -> Result<Option<K>, ApiError> {
        Self::key_of(self.cursor.as_deref(), binding)
    }

    /// What a cursor holds that came with a body; none where none came.
    ///
    /// # Errors
    /// See [`Self::after`].
    pub fn key_of<K: DeserializeOwned>(cursor: Option<&str>, binding: &Binding) -> Result<Option<K>, ApiError> {
        cursor.map(|cursor| decode(cursor, binding).ok_or(ApiError::InvalidCursor)).transpose()
    }

    /// The cursor of the page after the one that ended at `key`.
    ///
    /// # Errors
    /// [`ApiError::Internal`] for a key that has no JSON form.
    pub fn next<K: Serialize>(key: Option<&K>, binding: &Binding) -> Result<Option<String>, ApiError> {
        let encode = |key: &K| {
            let key = serde_json::to_vec(key).map_err(ApiError::internal)?;
            Ok(URL_SAFE_NO_PAD.encode([binding.hash(&key).as_slice(), &key].concat()))
        };
        key.map(encode).transpose()
    }
}

fn decode<K: DeserializeOwned>(cursor: &str, binding: &Binding) -> Option<K> {
    if cursor.len() > CURSOR_MAX {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (hash, key) = bytes.split_at_checked(HASH_LENGTH)?;
    if hash == binding.hash(key) { serde_json::from_slice(key).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(cursor: &str) -> Page {
        Page { limit: 10, cursor: Some(cursor.to_owned()) }
    }

    #[test]
    fn a_cursor_goes_on_where_the_page_ended() {
        let binding = Binding::new("list-members").and("organization a").and("pending");
        let key = ("PK#1".to_owned(), 5);
        let cursor = Page::next(Some(&key), &binding).unwrap().unwrap();
        assert!(cursor.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        assert_eq!(page(&cursor).after(&binding).unwrap(), Some(key));
        assert_eq!(Page::next(None::<&u8>, &binding).unwrap(), None);
        assert_eq!(Page { limit: 1, cursor: None }.after::<u8>(&binding).unwrap(), None);
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let binding = |list, parts: [&str; 2]| Binding::new(list).and(parts[0]).and(parts[1]);
        let own = binding("list-members", ["a", "pending"]);
        let cursor = Page::next(Some(&1), &own).unwrap().unwrap();
        for other in [
            binding("list-members", ["b", "pending"]),
            binding("list-members", ["a", "granted"]),
            binding("list-members", ["ap", "ending"]),
            binding("list-links", ["a", "pending"]),
        ] {
            assert!(page(&cursor).after::<i32>(&other).is_err());
        }
        let long = "A".repeat(1_000_000);
        for forged in ["", "!", "AAAA", &cursor[1..], &format!("{cursor}A"), "eyJQSyI6IngifQ", &long] {
            assert!(page(forged).after::<i32>(&own).is_err(), "{}", &forged[..forged.len().min(40)]);
        }
        assert!(page(&cursor).after::<String>(&own).is_err());
    }
}
