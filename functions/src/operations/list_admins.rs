//! `list-admins`: who administers the organization.

use serde_json::json;

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/admins
pub const OPERATION: Operation = http_operation!("list-admins", list_admins);

async fn list_admins(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let admins = app.store.admins(actor.organization).await?;
    let shown: Vec<_> = admins.iter().map(views::member).collect();
    Ok(Reply::ok(&json!({"admins": shown})))
}
