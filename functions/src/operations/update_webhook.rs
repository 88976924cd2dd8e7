//! `update-webhook`: an admin edits a webhook, stops it or starts it again.

use serde::Deserialize;
use shared::{
    domain::{Act, ShortText},
    store::WebhookOutcome,
};

use super::webhook_fields;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Patch, Reply, Whole},
    operation::http_operation,
    views,
};

/// PATCH /v1/webhooks/{id}
pub const OPERATION: Operation = http_operation!("update-webhook", update_webhook);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    version: Whole,
    #[serde(default)]
    url: Patch<String>,
    #[serde(default)]
    description: Patch<String>,
    #[serde(default)]
    events: Patch<Vec<String>>,
    #[serde(default)]
    state: Patch<String>,
}

async fn update_webhook(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let id = webhook_fields::id(&request)?;
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let url = fields.change("url", body.url, |text| webhook_fields::url(&app, text));
    let description = fields.patch("description", body.description, |text| ShortText::parse(&text));
    let events = fields.patch("events", body.events, webhook_fields::events);
    let state = fields.change("state", body.state, webhook_fields::state);
    let (url, description, events, state) = fields.finish((url, description, events, state))?;
    let (description, events) = (description.into_change(), events.into_change());
    let outcome = app.store.edit_webhook(&admin, id, Some(body.version.0), Act::WebhookEdited, |webhook| {
        webhook.move_to(url.clone().unwrap_or_else(|| webhook.url.clone()));
        webhook.description = description.clone().unwrap_or_else(|| webhook.description.clone());
        webhook.events = events.clone().unwrap_or_else(|| webhook.events.clone());
        if let Some(state) = state {
            webhook.set_state(state);
        }
    });
    match outcome.await? {
        WebhookOutcome::Done(webhook) => {
            tracing::info!(webhook = %id, admin = %admin.id, version = webhook.version, "webhook edited");
            Ok(Reply::ok(&views::webhook(&webhook)))
        }
        WebhookOutcome::NotFound => Err(ApiError::NotFound),
        WebhookOutcome::VersionConflict => Err(ApiError::VersionConflict),
    }
}
