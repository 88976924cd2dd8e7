//! `create-webhook`: an admin has events told to a receiver of theirs.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use shared::domain::{Member, ShortText, Webhook, WebhookId, WebhookSecret, WebhookState};

use super::webhook_fields;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    idempotency::Once,
    operation::creating_operation,
    views,
};

/// POST /v1/webhooks
pub const OPERATION: Operation = creating_operation!("create-webhook", auth::admin, create_webhook);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    url: Option<String>,
    description: Option<String>,
    events: Option<Vec<String>>,
}

async fn create_webhook(app: App, request: ApiRequest, admin: Member, once: Once) -> Result<Reply, ApiError> {
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let url = fields.required("url", body.url, |text| webhook_fields::url(&app, text));
    let description = fields.optional("description", body.description, |text| ShortText::parse(&text));
    let events = fields.optional("events", body.events, webhook_fields::events);
    let (url, description, events) = fields.finish((url, description, events))?;
    let webhook = Webhook {
        id: WebhookId::generate(app.clock.now(), &*app.random),
        organization: admin.organization,
        url,
        description,
        events,
        state: WebhookState::Active,
        reason: None,
        version: 1,
        secret: WebhookSecret::generate(&*app.random),
        old_secrets: Vec::new(),
        created_at: app.clock.now(),
        created_by: admin.id,
        failures: 0,
        failing_since: None,
        next_probe_at: None,
        revision: 1,
    };
    // Whoever asks again is not told the secret: it is told once.
    let mut view = views::webhook(&webhook);
    if !app.store.create_webhook(&admin, &webhook, once.answer(StatusCode::CREATED, &view)).await? {
        return Err(ApiError::TooManyWebhooks);
    }
    tracing::info!(webhook = %webhook.id, admin = %admin.id, "webhook created");
    view["secret"] = json!(webhook.secret.reveal());
    Ok(Reply::json(StatusCode::CREATED, &view))
}
