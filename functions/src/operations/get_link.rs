//! `get-link`: one link, as its admins see it.

use super::update_link::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/links/{id}
pub const OPERATION: Operation = http_operation!("get-link", get_link);

async fn get_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let (organization, link) = tokio::try_join!(
        app.store.organization(actor.organization),
        app.store.link(actor.organization, id(&request)?)
    )?;
    let organization = organization.ok_or(ApiError::Unauthenticated)?;
    let link = link.ok_or(ApiError::LinkNotFound)?;
    let lots = app.store.link_lots(&link).await?;
    let base_url = app.config.base_url.as_str();
    Ok(Reply::ok(&views::link(&link, &lots, organization.time_zone, base_url, app.clock.now())))
}
