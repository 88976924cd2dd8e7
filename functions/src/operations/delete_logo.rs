//! `delete-logo`: an admin takes the organization's logo away. Where there is none, that is done already.

use super::settings_edited::settings_edited;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// DELETE /v1/organization/logo
pub const OPERATION: Operation = http_operation!("delete-logo", delete_logo);

async fn delete_logo(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let outcome = app.store.delete_logo(actor.organization, actor.id).await?;
    settings_edited(&app, &actor, outcome)
}
