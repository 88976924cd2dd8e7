//! `clear-suppression`: an admin lets a member be mailed again.

use shared::domain::MemberId;

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// DELETE /v1/suppressions/{id}
pub const OPERATION: Operation = http_operation!("clear-suppression", clear_suppression);

async fn clear_suppression(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = MemberId::parse(request.path_param("id")).map_err(|_| ApiError::NotFound)?;
    if !app.store.clear_suppression(&actor, id).await? {
        return Err(ApiError::NotFound);
    }
    tracing::info!(member = %id, by = %actor.id, "suppression cleared");
    Ok(Reply::no_content())
}
