//! Whom to grant access, as start-grants and preview-grants take it.

use serde::Deserialize;
use shared::domain::{Actor, EnrollmentState, GrantFilter, Link, LinkId, UnitId, Waiting};

use crate::{
    App,
    http::{ApiError, Fields},
};

/// A filter as it is sent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    access: Option<String>,
    link: Option<String>,
    state: Option<String>,
    unit: Option<String>,
    #[serde(default)]
    include_rejected: bool,
}

/// Reads a filter, and the link that it names. What is not there is refused: it would be a job that grants nobody.
pub(super) async fn read(app: &App, actor: &Actor, filter: &Filter) -> Result<(GrantFilter, Option<Link>), ApiError> {
    let mut fields = Fields::default();
    let access = fields.optional("access", filter.access.as_deref(), waiting);
    let link = fields.optional("link", filter.link.as_deref(), LinkId::parse);
    let state = fields.optional("state", filter.state.as_deref(), grantable);
    let unit = fields.optional("unit", filter.unit.as_deref(), UnitId::parse);
    if filter.state.is_some() && filter.link.is_none() {
        fields.refuse("state", "needs a link as well");
    }
    let (access, link, state, unit) = fields.finish((access, link, state, unit))?;
    if let Some(unit) = unit {
        let mut fields = Fields::default();
        if app.store.catalog(actor.organization).await?.unit(unit).is_none() {
            fields.refuse("unit", "is not in the catalog");
        }
        fields.finish(())?;
    }
    let found = match link {
        Some(link) => Some(app.store.link(actor.organization, link).await?.ok_or(ApiError::LinkNotFound)?),
        None => None,
    };
    // Everybody who waits for an admin: on this link, or at all.
    let (access, state) = match (access, state, link) {
        (None, None, Some(_)) => (None, Some(EnrollmentState::Pending)),
        (None, None, None) => (Some(Waiting::Pending), None),
        said => (said.0, said.1),
    };
    Ok((GrantFilter { access, link, state, unit, include_rejected: filter.include_rejected }, found))
}

fn waiting(name: &str) -> Result<Waiting, &'static str> {
    match name {
        "pending" => Ok(Waiting::Pending),
        "unverified" => Ok(Waiting::Unverified),
        "rejected" => Ok(Waiting::Rejected),
        "without" => Ok(Waiting::Without),
        _ => Err("must be \"pending\", \"unverified\", \"rejected\" or \"without\""),
    }
}

/// The states that a grant can change.
fn grantable(name: &str) -> Result<EnrollmentState, &'static str> {
    match name {
        "pending" => Ok(EnrollmentState::Pending),
        "waiting" => Ok(EnrollmentState::Waiting),
        "reserved" => Ok(EnrollmentState::Reserved),
        "lapsed" => Ok(EnrollmentState::Lapsed),
        _ => Err("must be \"pending\", \"waiting\", \"reserved\" or \"lapsed\""),
    }
}
