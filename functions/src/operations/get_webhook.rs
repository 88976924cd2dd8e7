//! `get-webhook`: one webhook, and how its receiver does.

use super::webhook_fields;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/webhooks/{id}
pub const OPERATION: Operation = http_operation!("get-webhook", get_webhook);

async fn get_webhook(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    Ok(Reply::ok(&views::webhook(&webhook_fields::find(&app, &admin, &request).await?)))
}
