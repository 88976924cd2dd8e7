//! `restore-access`: an admin lets in again those who were shut out; each who had access is mailed a login link.

use shared::store::RestoreOutcome;

use super::bulk::for_each_member;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// POST /v1/members/restorations
pub const OPERATION: Operation = http_operation!("restore-access", restore_access);

async fn restore_access(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let (store, actor) = (&app.store, &actor);
    for_each_member(&app, &request, |member| async move {
        Ok(match store.restore(actor, member).await? {
            RestoreOutcome::Restored => "restored",
            RestoreOutcome::NotRevoked => "not_revoked",
            RestoreOutcome::NotFound => "not_found",
        })
    })
    .await
}
