//! `view-link`: what everyone who opens a link sees of it.

use shared::domain::{Door, LinkCode, LinkState, Overflow};

use crate::{
    App, Operation,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views::{self, LinkStatus},
};

/// GET /v1/join/{code}
pub const OPERATION: Operation = http_operation!("view-link", view_link);

async fn view_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let code = code(&request)?;
    let door = app.store.door(&code.hash()).await?.ok_or(ApiError::LinkNotFound)?;
    check_state(&door)?;
    let (status, organization) =
        tokio::try_join!(status(&app, &door), async { Ok(app.store.organization(door.organization).await?) })?;
    let organization = organization.ok_or(ApiError::LinkNotFound)?;
    Ok(Reply::ok(&views::public_link(&door, &organization, status)))
}

/// What a newcomer meets at this moment behind the door of an active link.
async fn status(app: &App, door: &Door) -> Result<LinkStatus, ApiError> {
    let now = app.clock.now();
    let waiting_list = door.intake.overflow == Overflow::WaitingList;
    if !door.intake.has_started(now) {
        return Ok(LinkStatus::Scheduled);
    }
    match (door.open_until > now, waiting_list) {
        (false, false) => Err(ApiError::LinkExpired),
        (false, true) => Ok(LinkStatus::WaitingList),
        (true, _) if app.store.has_room(door).await? => Ok(LinkStatus::Open),
        (true, true) => Ok(LinkStatus::WaitingList),
        (true, false) => Err(ApiError::LinkFull),
    }
}

/// The code in the path. A text that can be no code is answered as an unknown one.
pub(super) fn code(request: &ApiRequest) -> Result<LinkCode, ApiError> {
    LinkCode::parse(request.path_param("code")).map_err(|_| ApiError::LinkNotFound)
}

fn check_state(door: &Door) -> Result<(), ApiError> {
    match door.state {
        LinkState::Deleted => Err(ApiError::LinkNotFound),
        LinkState::Inactive => Err(ApiError::LinkInactive),
        LinkState::Active => Ok(()),
    }
}

/// Refuses a link that takes no registrations at this moment, whatever its seats.
pub(super) fn check_open(app: &App, door: &Door) -> Result<(), ApiError> {
    check_state(door)?;
    let now = app.clock.now();
    if !door.intake.has_started(now) {
        return Err(ApiError::LinkNotStarted);
    }
    if door.open_until <= now && door.intake.overflow == Overflow::Refuse {
        return Err(ApiError::LinkExpired);
    }
    Ok(())
}
