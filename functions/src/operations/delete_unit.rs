//! `delete-unit`: an admin takes a unit out of the catalog. Whoever was in it stays a member; nothing is shown for it any more.

use shared::domain::UnitId;

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// DELETE /v1/units/{id}
pub const OPERATION: Operation = http_operation!("delete-unit", delete_unit);

async fn delete_unit(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = UnitId::parse(request.path_param("id")).map_err(|_| ApiError::NotFound)?;
    app.store.delete_unit(actor.organization, actor.id, id).await?;
    Ok(Reply::no_content())
}
