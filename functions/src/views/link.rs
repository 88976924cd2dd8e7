//! A link, as its admins see it, and as everyone does.

use serde::Serialize;
use serde_json::{Value, json};
use shared::domain::{Admission, Cap, Door, Link, LinkId, LinkState, Lot, MemberId, Organization, TimeZone, Timestamp};

use super::AllocationIds;

/// What a link does with a newcomer at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkStatus {
    /// Lets them in.
    Open,
    /// Has no seat free.
    Full,
    /// Is past its expiry.
    Expired,
    /// Is deactivated.
    Inactive,
    /// Is deleted.
    Deleted,
}

/// How many seats a link has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Seats {
    /// How many are taken.
    pub taken: u64,
    /// How many are free; `null` for a link without a cap.
    pub free: Option<u64>,
}

/// A link, as its admins see it.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    id: LinkId,
    name: String,
    description: String,
    welcome: Option<String>,
    url: String,
    code: String,
    state: LinkState,
    status: LinkStatus,
    version: u64,
    expires_at: Option<String>,
    expires_local: Option<String>,
    cap: Option<Cap>,
    admission: Admission,
    allocation: AllocationIds,
    seats: Seats,
    created_at: String,
    created_by: MemberId,
    updated_at: String,
    code_replaced_at: Option<String>,
    code_replaced_by: Option<MemberId>,
    deleted_at: Option<String>,
    deleted_by: Option<MemberId>,
}

/// A link with its lots, as its admins see it at `now`.
#[must_use]
pub fn link(link: &Link, lots: &[Lot], zone: TimeZone, base_url: &str, now: Timestamp) -> LinkView {
    let taken = lots.iter().map(|lot| lot.taken).sum();
    let free = link.cap.map(|cap| cap.seats().saturating_sub(taken));
    let status = match link.state {
        LinkState::Deleted => LinkStatus::Deleted,
        LinkState::Inactive => LinkStatus::Inactive,
        LinkState::Active if link.open_until() <= now => LinkStatus::Expired,
        LinkState::Active if free == Some(0) => LinkStatus::Full,
        LinkState::Active => LinkStatus::Open,
    };
    LinkView {
        id: link.id,
        name: link.name.to_string(),
        description: link.description.to_string(),
        welcome: link.welcome.as_ref().map(ToString::to_string),
        url: format!("{base_url}/join/{}", link.code.reveal()),
        code: link.code.reveal().to_owned(),
        state: link.state,
        status,
        version: link.version,
        expires_at: link.expires_at.map(|at| at.to_string()),
        expires_local: link.expires_at.map(|at| zone.show(at)),
        cap: link.cap,
        admission: link.admission,
        allocation: AllocationIds::from(&link.allocation),
        seats: Seats { taken, free },
        created_at: link.created_at.to_string(),
        created_by: link.created_by,
        updated_at: link.updated_at.to_string(),
        code_replaced_at: link.code_replaced.map(|mark| mark.at.to_string()),
        code_replaced_by: link.code_replaced.map(|mark| mark.by),
        deleted_at: link.deleted.map(|mark| mark.at.to_string()),
        deleted_by: link.deleted.map(|mark| mark.by),
    }
}

/// An open link, as everyone sees it: the organization and its language, the welcome text and how people get in. Its name and description are
/// internal.
#[must_use]
pub fn public_link(door: &Door, organization: &Organization) -> Value {
    json!({
        "organization": organization.name,
        "language": organization.language,
        "welcome": door.welcome,
        "admission": door.admission,
        "state": LinkStatus::Open,
    })
}
