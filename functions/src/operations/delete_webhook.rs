//! `delete-webhook`: an admin takes a webhook away, and what is on its way to it with it.

use super::webhook_fields;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// DELETE /v1/webhooks/{id}
pub const OPERATION: Operation = http_operation!("delete-webhook", delete_webhook);

async fn delete_webhook(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let id = webhook_fields::id(&request)?;
    if !app.store.delete_webhook(&admin, id).await? {
        return Err(ApiError::NotFound);
    }
    tracing::info!(webhook = %id, admin = %admin.id, "webhook deleted");
    Ok(Reply::no_content())
}
