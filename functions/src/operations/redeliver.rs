//! `redeliver`: an admin has an event sent to a webhook again.

use lambda_http::http::StatusCode;
use shared::{domain::EventId, store::RedeliverOutcome};

use super::webhook_fields;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// POST /v1/webhooks/{id}/deliveries/{delivery}/redeliveries
pub const OPERATION: Operation = http_operation!("redeliver", redeliver);

async fn redeliver(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let webhook = webhook_fields::id(&request)?;
    let id = EventId::parse(request.path_param("delivery")).map_err(|_| ApiError::NotFound)?;
    match app.store.redeliver(admin.organization, webhook, id).await? {
        RedeliverOutcome::Queued(delivery) => {
            tracing::info!(webhook = %webhook, delivery = %id, admin = %admin.id, "delivery ordered again");
            Ok(Reply::json(StatusCode::ACCEPTED, &views::delivery(&delivery)))
        }
        RedeliverOutcome::NotFound => Err(ApiError::NotFound),
        RedeliverOutcome::Inactive => Err(ApiError::WebhookInactive),
    }
}
