//! `grant-access`: an admin lets in those who wait; each is mailed a login link.

use shared::store::GrantOutcome;

use super::bulk::for_each_member;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// POST /v1/members/grants
pub const OPERATION: Operation = http_operation!("grant-access", grant_access);

async fn grant_access(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let (store, actor) = (&app.store, &actor);
    for_each_member(&app, &request, |member| async move {
        Ok(match store.grant(actor, member).await? {
            GrantOutcome::Granted => "granted",
            GrantOutcome::AlreadyGranted => "already_granted",
            GrantOutcome::Revoked => "revoked",
            GrantOutcome::NothingPending => "nothing_pending",
            GrantOutcome::LinkFull => "link_full",
            GrantOutcome::NotFound => "not_found",
        })
    })
    .await
}
