//! `erase-member`: a person's data goes; what they took of a link's seats stays counted.

use shared::store::EraseOutcome;

use super::get_member::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// DELETE /v1/members/{id}
pub const OPERATION: Operation = http_operation!("erase-member", erase_member);

async fn erase_member(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    match app.store.erase(&actor, id(&request)?).await? {
        EraseOutcome::Erased => Ok(Reply::no_content()),
        EraseOutcome::IsAdmin => Err(ApiError::IsAdmin),
        EraseOutcome::NotFound => Err(ApiError::NotFound),
    }
}
