//! `record-mail-feedback`: what SES says, after it took a mail, about what became of it: it bounced, it was called unwanted, it was
//! not passed on, it is late.
//!
//! SES publishes its events to EventBridge at best effort, at least once and in any order. The mail is found by the tag that its
//! letter carries, which is there however often it was sent. Nobody outside the account can put an event under SES's name.

use std::collections::HashMap;

use aws_lambda_events::eventbridge::EventBridgeEvent;
use chrono::{DateTime, Utc};
use lambda_runtime::Error;
use serde::{Deserialize, Serialize};
use shared::{
    domain::{Feedback, MailId},
    store::FeedbackOutcome,
};

use crate::{App, Operation, operation::event_operation};

/// SES's events about mails, from EventBridge.
pub const OPERATION: Operation = event_operation!("record-mail-feedback", record_mail_feedback);

/// An event, as SES publishes it:
/// <https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html>.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Detail {
    event_type: String,
    mail: About,
    bounce: Option<Bounce>,
    complaint: Option<Complaint>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct About {
    tags: HashMap<String, Vec<String>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    bounce_type: String,
    timestamp: Option<DateTime<Utc>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Complaint {
    timestamp: Option<DateTime<Utc>>,
}

/// What came of the event.
#[derive(Debug, Serialize)]
struct Recorded {
    outcome: &'static str,
}

async fn record_mail_feedback(app: App, event: EventBridgeEvent<Detail>) -> Result<Recorded, Error> {
    let EventBridgeEvent { detail, time, .. } = event;
    let tag = detail.mail.tags.get("mail").and_then(|values| values.first());
    let (Some(mail), Some((feedback, said_at))) = (tag.and_then(|tag| MailId::parse(tag).ok()), feedback(&detail))
    else {
        tracing::warn!(kind = detail.event_type, "an event about no mail of ours, or of a kind we do not know");
        return Ok(Recorded { outcome: "ignored" });
    };
    let said_at = said_at.or(time).map_or_else(|| app.clock.now(), Into::into);
    let outcome = match app.store.record_feedback(mail, feedback, said_at).await? {
        FeedbackOutcome::Recorded => "recorded",
        FeedbackOutcome::Known => "known",
        FeedbackOutcome::Unknown => "unknown",
    };
    tracing::info!(mail = %mail, ?feedback, outcome, "feedback on a mail");
    Ok(Recorded { outcome })
}

/// What the event says, and when that was found out.
fn feedback(detail: &Detail) -> Option<(Feedback, Option<DateTime<Utc>>)> {
    Some(match (detail.event_type.as_str(), &detail.bounce, &detail.complaint) {
        // "Undetermined" is not known to be for good.
        ("Bounce", Some(bounce), _) => {
            (Feedback::Bounced { permanent: bounce.bounce_type == "Permanent" }, bounce.timestamp)
        }
        ("Complaint", _, Some(complaint)) => (Feedback::Complained, complaint.timestamp),
        ("Reject", ..) => (Feedback::Rejected, None),
        ("DeliveryDelay", ..) => (Feedback::Delayed, None),
        _ => return None,
    })
}
