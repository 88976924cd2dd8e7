//! By what the functions know that a request came through the distribution in front of the API.

use sha2::{Digest, Sha256};

use super::ConfigError;

/// How many there can be: the present one, and the next one while it is being changed.
const MOST: usize = 2;

/// The SHA-256 of each key that the distribution may show. The key itself is known to the distribution alone. None where nothing
/// stands in front of the API, as on one machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OriginKeys(Vec<[u8; 32]>);

impl OriginKeys {
    /// Takes up to two SHA-256 in hexadecimal, with a comma between them.
    ///
    /// # Errors
    /// [`ConfigError::OriginKeys`] for every other text.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let keys = text.split(',').map(digest).collect::<Option<Vec<_>>>();
        keys.filter(|keys| keys.len() <= MOST).map(Self).ok_or(ConfigError::OriginKeys)
    }

    /// Whether something stands in front of the API, so that every request must show its key.
    #[must_use]
    pub fn are_needed(&self) -> bool {
        !self.0.is_empty()
    }

    /// Whether what a request shows is one of the keys.
    #[must_use]
    pub fn have(&self, shown: &str) -> bool {
        // Digests are compared: how long that takes tells nothing about the key.
        let shown: [u8; 32] = Sha256::digest(shown).into();
        self.0.contains(&shown)
    }
}

fn digest(hex: &str) -> Option<[u8; 32]> {
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut digest = [0; 32];
    for (byte, pair) in digest.iter_mut().zip(hex.as_bytes().chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    // printf first | sha256sum, and the same of "second"
    const FIRST: &str = "a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e";
    const SECOND: &str = "16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4";

    #[test]
    fn a_key_is_known_by_its_sha_256() {
        let one = OriginKeys::parse(FIRST).unwrap();
        assert!(one.are_needed() && one.have("first") && !one.have("second") && !one.have("") && !one.have(FIRST));
        let both = OriginKeys::parse(&format!("{},{SECOND}", FIRST.to_uppercase())).unwrap();
        assert!(both.have("first") && both.have("second") && !both.have("third"));
        assert!(!OriginKeys::default().are_needed());
    }

    #[test]
    fn what_is_no_list_of_digests_stops_the_start() {
        let (three, long) = ([FIRST; 3].join(","), format!("{FIRST}00"));
        for text in ["first", "", ",", &FIRST[1..], &format!("{FIRST},"), &format!("{FIRST}, {SECOND}"), &three, &long]
        {
            assert_eq!(OriginKeys::parse(text), Err(ConfigError::OriginKeys), "{text}");
        }
    }
}
