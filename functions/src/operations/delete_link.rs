//! `delete-link`: a link takes no registration any more; whom it enrolled stays listed under its name.

use shared::{
    domain::{LinkChange, LinkState},
    store::EditOutcome,
};

use super::update_link::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// DELETE /v1/links/{id}
pub const OPERATION: Operation = http_operation!("delete-link", delete_link);

/// How often an edit of somebody else may come between reading the version and deleting.
const ATTEMPTS: u32 = 5;

async fn delete_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = id(&request)?;
    let change = LinkChange { state: Some(LinkState::Deleted), ..LinkChange::default() };
    // Deleting is meant for the link whatever its version; an edit that comes between only costs another look.
    for _ in 0..ATTEMPTS {
        let link = app.store.link(actor.organization, id).await?.ok_or(ApiError::LinkNotFound)?;
        match app.store.edit_link(actor.organization, actor.id, id, link.version, &change).await? {
            EditOutcome::Done(_) => return Ok(Reply::no_content()),
            EditOutcome::StartsTooLate
            | EditOutcome::TooManyAsked
            | EditOutcome::Untranslatable(_)
            | EditOutcome::NotFound => {
                return Err(ApiError::LinkNotFound);
            }
            EditOutcome::VersionConflict(_) => {}
        }
    }
    Err(ApiError::VersionConflict)
}
