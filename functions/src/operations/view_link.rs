//! `view-link`: what everyone who opens a link sees of it.

use shared::domain::{Door, LinkCode, LinkState};

use crate::{
    App, Operation,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/join/{code}
pub const OPERATION: Operation = http_operation!("view-link", view_link);

async fn view_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let code = code(&request)?;
    let door = app.store.door(&code.hash()).await?.ok_or(ApiError::LinkNotFound)?;
    check_open(&app, &door)?;
    let (room, organization) = tokio::try_join!(app.store.has_room(&door), app.store.organization(door.organization))?;
    if !room {
        return Err(ApiError::LinkFull);
    }
    let organization = organization.ok_or(ApiError::LinkNotFound)?;
    Ok(Reply::ok(&views::public_link(&door, &organization)))
}

/// The code in the path. A text that can be no code is answered as an unknown one.
pub(super) fn code(request: &ApiRequest) -> Result<LinkCode, ApiError> {
    LinkCode::parse(request.path_param("code")).map_err(|_| ApiError::LinkNotFound)
}

/// Refuses a link that takes no registrations, whatever its seats.
pub(super) fn check_open(app: &App, door: &Door) -> Result<(), ApiError> {
    match door.state {
        LinkState::Deleted => Err(ApiError::LinkNotFound),
        LinkState::Inactive => Err(ApiError::LinkInactive),
        LinkState::Active if door.open_until <= app.clock.now() => Err(ApiError::LinkExpired),
        LinkState::Active => Ok(()),
    }
}
