//! `refuse-access`: an admin turns down those who wait; the seats they held go back. Nobody is mailed.

use shared::store::RefuseOutcome;

use super::bulk::for_each_member;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// POST /v1/members/refusals
pub const OPERATION: Operation = http_operation!("refuse-access", refuse_access);

async fn refuse_access(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let (store, actor) = (&app.store, &actor);
    for_each_member(&app, &request, |member| async move {
        Ok(match store.refuse(actor, member).await? {
            RefuseOutcome::Refused => "refused",
            RefuseOutcome::NothingPending => "nothing_pending",
            RefuseOutcome::NotFound => "not_found",
        })
    })
    .await
}
