//! What the deliveries of a webhook are signed with.

use std::fmt;

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    prelude::BASE64_STANDARD,
};
use serde::{Deserialize, Serialize};

use crate::random::{Random, random_bytes};

/// What a delivery is signed with: `whsec_` and 32 bytes in base64. It is kept as it is, since a signature needs it; it is shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebhookSecret(Vec<u8>);

/// A text that is no secret of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a secret of a webhook")]
pub struct InvalidWebhookSecret;

impl WebhookSecret {
    const PREFIX: &str = "whsec_";

    /// A new random secret.
    pub fn generate(random: &dyn Random) -> Self {
        Self(random_bytes::<32>(random).to_vec())
    }

    /// Reads a secret of 24 to 64 bytes, with or without the padding of base64.
    ///
    /// # Errors
    /// [`InvalidWebhookSecret`].
    pub fn parse(text: &str) -> Result<Self, InvalidWebhookSecret> {
        let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let encoded = text.strip_prefix(Self::PREFIX).ok_or(InvalidWebhookSecret)?;
        let bytes = GeneralPurpose::new(&STANDARD, config).decode(encoded).map_err(|_| InvalidWebhookSecret)?;
        if (24..=64).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(InvalidWebhookSecret) }
    }

    /// The key.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret as its receiver is given it.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{}{}", Self::PREFIX, BASE64_STANDARD.encode(&self.0))
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(redacted)")
    }
}

impl TryFrom<String> for WebhookSecret {
    type Error = InvalidWebhookSecret;
    fn try_from(text: String) -> Result<Self, InvalidWebhookSecret> {
        Self::parse(&text)
    }
}

impl From<WebhookSecret> for String {
    fn from(secret: WebhookSecret) -> Self {
        secret.reveal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SystemRandom;

    #[test]
    fn a_secret_is_its_own_parse_and_prints_redacted() {
        let secret = WebhookSecret::generate(&SystemRandom);
        assert_eq!(WebhookSecret::parse(&secret.reveal()).unwrap(), secret);
        assert!(secret.reveal().starts_with("whsec_"));
        assert_eq!(format!("{secret:?}"), "WebhookSecret(redacted)");
        for text in ["", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!!!!"] {
            assert!(WebhookSecret::parse(text).is_err(), "{text}");
        }
    }
}
