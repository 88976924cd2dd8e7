//! The signature of a delivery: HMAC-SHA256 of id, timestamp and body, once for each secret that is good.

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use shared::domain::WebhookSecret;

use super::Message;

/// The value of `webhook-signature`: `v1,` and the signature in base64 for each secret, with spaces between them.
pub(super) fn header(message: &Message<'_>) -> String {
    let signatures: Vec<String> =
        message.secrets.iter().map(|secret| format!("v1,{}", sign(message, secret))).collect();
    signatures.join(" ")
}

fn sign(message: &Message<'_>, secret: &WebhookSecret) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.bytes()).expect("a key of HMAC may have any length");
    mac.update(format!("{}.{}.", message.id, message.at.epoch_seconds()).as_bytes());
    mac.update(message.body.as_bytes());
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use shared::domain::Timestamp;

    use super::*;

    /// The example of the specification's reference implementations.
    #[test]
    fn a_message_is_signed_as_the_specification_says() {
        let secret = WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let message = Message {
            url: "https://example.com/",
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek".to_owned(),
            at: Timestamp::from_millis(1_614_265_330_000),
            body: r#"{"test": 2432232314}"#,
            secrets: vec![&secret],
        };
        assert_eq!(header(&message), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
