//! `resend-login`: an admin has a login mail sent anew to those who can sign in.

use shared::store::ResendOutcome;

use super::bulk::for_each_member;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// POST /v1/members/login-mails
pub const OPERATION: Operation = http_operation!("resend-login", resend_login);

async fn resend_login(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let (store, actor) = (&app.store, &actor);
    for_each_member(&app, &request, |member| async move {
        Ok(match store.resend_login(actor, member).await? {
            ResendOutcome::Queued => "queued",
            ResendOutcome::NoAccess => "no_access",
            ResendOutcome::Suppressed => "suppressed",
            ResendOutcome::TooSoon => "too_soon",
            ResendOutcome::NotFound => "not_found",
        })
    })
    .await
}
