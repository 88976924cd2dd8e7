//! `get-organization`: the organization's settings, as its admins see them.

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/organization
pub const OPERATION: Operation = http_operation!("get-organization", get_organization);

async fn get_organization(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let organization = app.store.organization(actor.organization).await?.ok_or(ApiError::Unauthenticated)?;
    Ok(Reply::ok(&views::organization(&organization, &app.config.base_url)))
}
