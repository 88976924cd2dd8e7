//! `revoke-access`: an admin shuts members out; sessions and login tokens die at once, and seats not taken up go back.

use shared::store::RevokeOutcome;

use super::bulk::for_each_member;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// POST /v1/members/revocations
pub const OPERATION: Operation = http_operation!("revoke-access", revoke_access);

async fn revoke_access(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let (store, actor) = (&app.store, &actor);
    for_each_member(&app, &request, |member| async move {
        Ok(match store.revoke(actor, member).await? {
            RevokeOutcome::Revoked => "revoked",
            RevokeOutcome::AlreadyRevoked => "already_revoked",
            RevokeOutcome::IsAdmin => "is_admin",
            RevokeOutcome::NotFound => "not_found",
        })
    })
    .await
}
