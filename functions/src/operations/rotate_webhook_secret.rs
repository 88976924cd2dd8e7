//! `rotate-webhook-secret`: an admin has deliveries signed with a new secret; the old one signs beside it for a day.

use serde_json::json;
use shared::{
    domain::{Act, WebhookSecret},
    store::WebhookOutcome,
};

use super::webhook_fields;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// POST /v1/webhooks/{id}/secret
pub const OPERATION: Operation = http_operation!("rotate-webhook-secret", rotate_webhook_secret);

async fn rotate_webhook_secret(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let id = webhook_fields::id(&request)?;
    let (secret, now) = (WebhookSecret::generate(&*app.random), app.clock.now());
    let rotate = |webhook: &mut shared::domain::Webhook| webhook.rotate(secret.clone(), now);
    match app.store.edit_webhook(&admin, id, None, Act::WebhookSecretRotated, rotate).await? {
        WebhookOutcome::Done(webhook) => {
            tracing::info!(webhook = %id, admin = %admin.id, "secret of a webhook replaced");
            let mut view = views::webhook(&webhook);
            view["secret"] = json!(webhook.secret.reveal());
            Ok(Reply::ok(&view))
        }
        WebhookOutcome::NotFound => Err(ApiError::NotFound),
        WebhookOutcome::VersionConflict => Err(ApiError::VersionConflict),
    }
}
