//! `ping-webhook`: an admin sees whether a receiver takes what it is told.

use lambda_http::http::StatusCode;
use serde_json::json;
use shared::domain::{Event, EventId, EventType, WebhookState};

use super::webhook_fields;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// POST /v1/webhooks/{id}/pings
pub const OPERATION: Operation = http_operation!("ping-webhook", ping_webhook);

async fn ping_webhook(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let webhook = webhook_fields::find(&app, &admin, &request).await?;
    if webhook.state == WebhookState::Inactive {
        return Err(ApiError::WebhookInactive);
    }
    let event = Event {
        id: EventId::generate(&*app.random),
        kind: EventType::WebhookPing,
        timestamp: app.clock.now(),
        organization: admin.organization,
        data: json!({"link_id": null, "webhook_id": webhook.id}),
    };
    let body = serde_json::to_string(&event).map_err(ApiError::internal)?;
    let delivery = app.store.new_delivery(&webhook, &event, body, true);
    app.store.add_delivery(&delivery).await?;
    tracing::info!(webhook = %webhook.id, admin = %admin.id, "webhook pinged");
    Ok(Reply::json(StatusCode::ACCEPTED, &views::delivery(&delivery)))
}
