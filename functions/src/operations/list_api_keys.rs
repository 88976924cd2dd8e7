//! `list-api-keys`: the keys of the organization, without their texts.

use serde_json::json;

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/api-keys
pub const OPERATION: Operation = http_operation!("list-api-keys", list_api_keys);

async fn list_api_keys(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let keys = app.store.api_keys(admin.organization).await?;
    Ok(Reply::ok(&json!({"api_keys": keys.iter().map(views::api_key).collect::<Vec<_>>()})))
}
