//! `leave-link`: a member leaves a link: the seat, or the place in the line, is free again, and what only this link gave is theirs no
//! more. They may register again.

use shared::{domain::LinkId, store::RemoveOutcome};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// DELETE /v1/me/enrollments/{link}
pub const OPERATION: Operation = http_operation!("leave-link", leave_link);

async fn leave_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let caller = auth::member(&app, &request).await?;
    let link = LinkId::parse(request.path_param("link")).map_err(|_| ApiError::LinkNotFound)?;
    match app.store.leave(&caller.member, link).await? {
        RemoveOutcome::Removed => Ok(Reply::no_content()),
        // A link of others is as one that is not there.
        RemoveOutcome::NotFound => Err(ApiError::LinkNotFound),
    }
}
