//! `delete-module`: an admin takes a training module out of the catalog.

use shared::domain::ModuleId;

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// DELETE /v1/modules/{id}
pub const OPERATION: Operation = http_operation!("delete-module", delete_module);

async fn delete_module(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = ModuleId::parse(request.path_param("id")).map_err(|_| ApiError::NotFound)?;
    app.store.delete_module(actor.organization, actor.id, id).await?;
    Ok(Reply::no_content())
}
