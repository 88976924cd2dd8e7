//! `deliver-webhook`: makes one attempt at one delivery that the bus hands over. A slow or dead receiver costs this call alone.

use aws_lambda_events::eventbridge::EventBridgeEvent;
use lambda_http::http::StatusCode;
use lambda_runtime::Error;
use serde::{Deserialize, Serialize};
use shared::domain::{Attempt, EventId, WebhookId};

use crate::{
    App, Operation,
    operation::event_operation,
    webhook::{Message, Response},
};

/// Queued deliveries, from the bus.
pub const OPERATION: Operation = event_operation!("deliver-webhook", deliver_webhook);

/// How long a sender has a delivery for itself: longer than the function's time limit, so that no two send it at once.
const LEASE: chrono::TimeDelta = chrono::TimeDelta::seconds(60);

/// Which delivery is queued: the detail of the event that `publish-events` puts on the bus.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct DeliveryQueued {
    /// The webhook.
    pub webhook: WebhookId,
    /// The delivery.
    pub delivery: EventId,
}

/// What came of the call.
#[derive(Debug, Serialize)]
struct Tried {
    outcome: &'static str,
}

async fn deliver_webhook(app: App, event: EventBridgeEvent<DeliveryQueued>) -> Result<Tried, Error> {
    let DeliveryQueued { webhook, delivery: id } = event.detail;
    let Some((hook, delivery)) = app.store.claim_delivery(webhook, id, LEASE).await? else {
        return Ok(Tried { outcome: "nothing_to_send" });
    };
    let now = app.clock.now();
    let (url, body) = (hook.url.as_str(), delivery.body.as_str());
    let message = Message { url, id: id.to_string(), at: now, body, secrets: hook.secrets(now) };
    let response = app.webhooks.send(&message).await;
    let (status, reason) = judge(response);
    let gone = status == Some(StatusCode::GONE.as_u16());
    let attempt = Attempt { at: app.clock.now(), status, reason: reason.map(str::to_owned) };
    app.store.end_attempt(&hook, &delivery, &attempt, gone).await?;
    tracing::info!(%webhook, delivery = %id, attempts = delivery.attempts, status, reason, "delivery tried");
    Ok(Tried { outcome: reason.unwrap_or("delivered") })
}

/// The status of the answer, and why it does not count as taken.
fn judge(response: Response) -> (Option<u16>, Option<&'static str>) {
    match response {
        Response::Answered(status) if status.is_success() => (Some(status.as_u16()), None),
        Response::Answered(status) if status == StatusCode::GONE => (Some(status.as_u16()), Some("gone")),
        Response::Answered(status) if status.is_redirection() => (Some(status.as_u16()), Some("redirect")),
        Response::Answered(status) => (Some(status.as_u16()), Some("status")),
        Response::TimedOut => (None, Some("timed_out")),
        Response::Refused => (None, Some("refused_address")),
        Response::Unreachable => (None, Some("unreachable")),
    }
}
