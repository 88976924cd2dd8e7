//! `view-link`: what everyone who opens a link sees of it.

use shared::domain::{AccentColor, Door, Gives, LinkCode, LinkState, Organization, Overflow};

use crate::{
    App, Operation,
    http::{ApiError, ApiRequest, Reply, WhomToAsk},
    operation::http_operation,
    views::{self, LinkStatus},
};

/// GET /v1/join/{code}
pub const OPERATION: Operation = http_operation!("view-link", view_link);

async fn view_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let code = code(&request)?;
    let door = app.store.door(&code.hash()).await?.ok_or(ApiError::LinkNotFound)?;
    let (status, organization, gives) =
        tokio::join!(status(&app, &door), app.store.organization(door.organization), gives(&app, &door),);
    let organization = organization?.ok_or(ApiError::LinkNotFound)?;
    match status {
        Ok(status) => Ok(Reply::ok(&views::public_link(&door, &organization, status, &gives, &app.config.base_url))),
        Err(dead @ (ApiError::LinkFull | ApiError::LinkExpired | ApiError::LinkInactive)) => {
            Ok(dead.with_whom_to_ask(&whom_to_ask(&app, &organization)))
        }
        Err(error) => Err(error),
    }
}

/// What people get behind the door. Behind one that takes nobody any more nothing is read. Without the names, people can join all
/// the same.
async fn gives(app: &App, door: &Door) -> Gives {
    if !matches!(check_open(app, door), Ok(()) | Err(ApiError::LinkNotStarted)) {
        return Gives::default();
    }
    app.store.gives(door.organization, &door.allocation).await.unwrap_or_else(|error| {
        tracing::warn!(error = &error as &dyn std::error::Error, "the names of what a link gives could not be read");
        Gives::default()
    })
}

fn whom_to_ask(app: &App, organization: &Organization) -> WhomToAsk {
    let support_contact = organization.support_contact.as_ref().map(ToString::to_string);
    let accent = organization.accent_color.map(AccentColor::shades);
    let logo = views::logo(organization, &app.config.base_url);
    WhomToAsk { organization: organization.name.to_string(), support_contact, accent, logo }
}

/// What a newcomer meets at this moment behind the door.
async fn status(app: &App, door: &Door) -> Result<LinkStatus, ApiError> {
    check_state(door)?;
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

/// Refuses a link that is dead.
pub(super) fn check_state(door: &Door) -> Result<(), ApiError> {
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
