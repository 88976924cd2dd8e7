//! `list-deliveries`: what was told to a webhook in the last 30 days, what is on its way, and what was given up.

use serde_json::json;
use shared::domain::DeliveryState;

use super::webhook_fields;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Page, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/webhooks/{id}/deliveries
pub const OPERATION: Operation = http_operation!("list-deliveries", list_deliveries);

async fn list_deliveries(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let page = request.page()?;
    let state = request.query("state")?;
    let rank = match state.as_deref() {
        None => None,
        Some("open") => Some(DeliveryState::Waiting.rank()),
        Some("delivered") => Some(DeliveryState::Delivered.rank()),
        Some("failed") => Some(DeliveryState::Failed.rank()),
        Some(_) => {
            return Err(ApiError::invalid_field("state", "must be \"open\", \"delivered\" or \"failed\""));
        }
    };
    let webhook = webhook_fields::find(&app, &admin, &request).await?;
    let binding = Binding::new("list-deliveries").and(webhook.id).and(state.unwrap_or_default());
    let found = app.store.list_deliveries(webhook.id, rank, page.limit, page.after(&binding)?).await?;
    let shown: Vec<_> = found.items.iter().map(views::delivery).collect();
    Ok(Reply::ok(&json!({"deliveries": shown, "next": Page::next(found.next.as_ref(), &binding)?})))
}
