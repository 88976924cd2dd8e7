//! `list-catalog`: the organization's units and modules.

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/catalog
pub const OPERATION: Operation = http_operation!("list-catalog", list_catalog);

async fn list_catalog(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    Ok(Reply::ok(&views::catalog(&app.store.catalog(actor.organization).await?)))
}
