//! SES's mailbox simulator: addresses whose mail comes back, so that bounces and complaints can be tried out.
//!
//! The same addresses do the same on AWS, a label before the `@` included (`bounce+welder7@…`):
//! <https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html>. The events are those that SES publishes to
//! EventBridge.

use serde_json::{Value, json};

use super::Message;

/// The simulator's domain.
const DOMAIN: &str = "simulator.amazonses.com";

/// The event that SES would publish about a message to this address, if it is one of the simulator's.
pub(super) fn event(message: &Message, to: &str, tags: &[(String, String)]) -> Option<Value> {
    let (local, domain) = to.split_once('@')?;
    if !domain.eq_ignore_ascii_case(DOMAIN) {
        return None;
    }
    let name = local.split('+').next().unwrap_or(local).to_ascii_lowercase();
    let bounce = |kind: &str, subtype: &str| {
        json!({
            "bounceType": kind, "bounceSubType": subtype, "feedbackId": message.id, "timestamp": message.at,
            "bouncedRecipients": [{"emailAddress": to}],
        })
    };
    let (detail_type, kind, member, about) = match name.as_str() {
        "bounce" => ("Email Bounced", "Bounce", "bounce", bounce("Permanent", "General")),
        "suppressionlist" => ("Email Bounced", "Bounce", "bounce", bounce("Permanent", "Suppressed")),
        // Out of the office.
        "ooto" => ("Email Bounced", "Bounce", "bounce", bounce("Transient", "General")),
        "complaint" => {
            let complaint = json!({
                "complainedRecipients": [{"emailAddress": to}], "complaintFeedbackType": "abuse",
                "feedbackId": message.id, "timestamp": message.at,
            });
            ("Email Complaint Received", "Complaint", "complaint", complaint)
        }
        _ => return None,
    };
    let tags: serde_json::Map<String, Value> =
        tags.iter().map(|(name, value)| (name.clone(), json!([value]))).collect();
    Some(json!({
        "version": "0", "id": uuid::Uuid::new_v4().to_string(), "detail-type": detail_type, "source": "aws.ses",
        "account": "000000000000", "time": message.at, "region": "local", "resources": [],
        "detail": {
            "eventType": kind,
            member: about,
            "mail": {
                "messageId": message.id, "timestamp": message.at, "source": message.from, "destination": message.to,
                "tags": tags,
            },
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event_for(to: &str) -> Option<Value> {
        let message = Message {
            id: "1".into(),
            to: vec![to.into()],
            from: "mail@example.com".into(),
            subject: String::new(),
            text: String::new(),
            html: String::new(),
            at: "2026-01-01T00:00:00.000Z".into(),
        };
        event(&message, to, &[("mail".into(), "m".into())])
    }

    #[test]
    fn the_simulators_addresses_answer_as_they_are_named() {
        for (to, kind, path, value) in [
            ("bounce@simulator.amazonses.com", "Bounce", "/detail/bounce/bounceType", "Permanent"),
            ("Bounce+crew7@Simulator.amazonses.com", "Bounce", "/detail/bounce/bounceType", "Permanent"),
            ("ooto@simulator.amazonses.com", "Bounce", "/detail/bounce/bounceType", "Transient"),
            ("complaint@simulator.amazonses.com", "Complaint", "/detail/complaint/complaintFeedbackType", "abuse"),
        ] {
            let event = event_for(to).unwrap();
            assert_eq!((&event["detail"]["eventType"], event.pointer(path).unwrap()), (&json!(kind), &json!(value)));
            assert_eq!(event["detail"]["mail"]["tags"], json!({"mail": ["m"]}));
        }
        for to in ["success@simulator.amazonses.com", "bounce@example.com", "bounce", ""] {
            assert_eq!(event_for(to), None, "{to}");
        }
    }
}
