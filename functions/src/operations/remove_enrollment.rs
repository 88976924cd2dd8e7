//! `remove-enrollment`: an admin takes a member out of a link: the seat goes back, and what the link gave is taken away unless
//! it is given otherwise.

use shared::{domain::MemberId, store::RemoveOutcome};

use super::update_link::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// DELETE /v1/links/{id}/enrollments/{member}
pub const OPERATION: Operation = http_operation!("remove-enrollment", remove_enrollment);

async fn remove_enrollment(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let link = id(&request)?;
    app.store.link(actor.organization, link).await?.ok_or(ApiError::LinkNotFound)?;
    let member = MemberId::parse(request.path_param("member")).map_err(|_| ApiError::NotFound)?;
    match app.store.remove_enrollment(&actor, link, member).await? {
        RemoveOutcome::Removed => Ok(Reply::no_content()),
        RemoveOutcome::NotFound => Err(ApiError::NotFound),
    }
}
