//! `list-webhooks`: an organization's webhooks, the oldest first.

use serde_json::json;

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/webhooks
pub const OPERATION: Operation = http_operation!("list-webhooks", list_webhooks);

async fn list_webhooks(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let webhooks = app.store.webhooks(admin.organization).await?;
    Ok(Reply::ok(&json!({"webhooks": webhooks.iter().map(views::webhook).collect::<Vec<_>>()})))
}
