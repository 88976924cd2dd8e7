//! A webhook and its deliveries, as admins see them. Never its secrets.

use serde_json::{Value, json};
use shared::domain::{Delivery, Webhook};

/// A webhook, as admins see it.
#[must_use]
pub fn webhook(webhook: &Webhook) -> Value {
    json!({
        "id": webhook.id,
        "url": webhook.url,
        "description": webhook.description,
        "events": webhook.events,
        "state": webhook.state,
        "reason": webhook.reason,
        "version": webhook.version,
        "failing_since": webhook.failing_since.map(|at| at.to_string()),
        "created_at": webhook.created_at.to_string(),
        "created_by": webhook.created_by,
    })
}

/// A delivery, as admins see it.
#[must_use]
pub fn delivery(delivery: &Delivery) -> Value {
    let last = delivery.last.as_ref();
    json!({
        "id": delivery.id,
        "type": delivery.kind,
        "state": delivery.state,
        "attempts": delivery.attempts,
        "created_at": delivery.created_at.to_string(),
        "next_attempt_at": delivery.next_attempt_at.map(|at| at.to_string()),
        "last_attempt": last.map(|last| json!({
            "at": last.at.to_string(), "status": last.status, "reason": last.reason,
        })),
    })
}
