//! A link, as its admins see it, and as everyone does.

use serde::Serialize;
use serde_json::{Value, json};
use shared::{
    config::BaseUrl,
    domain::{
        AccentColor, ActorId, Admission, AllocationEnd, Cap, DomainRule, Door, ExtraField, Gives, Language, Link,
        LinkId, LinkState, Lot, Organization, Others, Overflow, TimeZone, Timestamp, Translations,
    },
};

use super::AllocationIds;

/// What a link does with a newcomer at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkStatus {
    /// Will open when its time begins.
    Scheduled,
    /// Lets them in.
    Open,
    /// Has no seat free that nobody waits for, or is past its expiry, and puts them on its waiting list.
    WaitingList,
    /// Has no seat free that nobody waits for.
    Full,
    /// Is past its expiry.
    Expired,
    /// Is deactivated.
    Inactive,
    /// Is deleted.
    Deleted,
}

/// A link by id and name; no name when it is not there any more.
#[derive(Debug, Clone, Serialize)]
pub struct NamedLink {
    /// Its id.
    pub id: LinkId,
    /// Its name.
    pub name: Option<String>,
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
    starts_at: Option<String>,
    starts_local: Option<String>,
    expires_at: Option<String>,
    expires_local: Option<String>,
    cap: Option<Cap>,
    admission: Admission,
    allocation: AllocationIds,
    allocation_ends: Option<Value>,
    domains: Option<serde_json::Value>,
    overflow: Overflow,
    admit_waiting: bool,
    notify_waiting: bool,
    fields: Vec<ExtraField>,
    text_language: Option<Language>,
    translations: Translations,
    seats: Seats,
    created_at: String,
    created_by: ActorId,
    updated_at: String,
    code_replaced_at: Option<String>,
    code_replaced_by: Option<ActorId>,
    deleted_at: Option<String>,
    deleted_by: Option<ActorId>,
}

/// The address that people open.
#[must_use]
pub fn join_url(link: &Link, base_url: &str) -> String {
    format!("{base_url}/join/{}", link.code.reveal())
}

fn seats(link: &Link, lots: &[Lot]) -> Seats {
    let taken = lots.iter().map(|lot| lot.taken).sum();
    Seats { taken, free: link.cap.map(|cap| cap.seats().saturating_sub(taken)) }
}

/// What a link with these lots does with a newcomer at `now`. While people wait, its free seats are theirs.
#[must_use]
pub fn link_status(link: &Link, lots: &[Lot], now: Timestamp) -> LinkStatus {
    let none_for_newcomers = seats(link, lots).free == Some(0) || lots.iter().any(|lot| lot.waiting > 0);
    let intake = &link.intake;
    let waits = intake.overflow == Overflow::WaitingList;
    match link.state {
        LinkState::Deleted => LinkStatus::Deleted,
        LinkState::Inactive => LinkStatus::Inactive,
        LinkState::Active if !intake.has_started(now) => LinkStatus::Scheduled,
        LinkState::Active if waits && (none_for_newcomers || link.open_until() <= now) => LinkStatus::WaitingList,
        LinkState::Active if link.open_until() <= now => LinkStatus::Expired,
        LinkState::Active if none_for_newcomers => LinkStatus::Full,
        LinkState::Active => LinkStatus::Open,
    }
}

/// A link with its lots, as its admins see it at `now`.
#[must_use]
pub fn link(link: &Link, lots: &[Lot], zone: TimeZone, base_url: &str, now: Timestamp) -> LinkView {
    let seats = seats(link, lots);
    let status = link_status(link, lots, now);
    let intake = &link.intake;
    LinkView {
        id: link.id,
        name: link.name.to_string(),
        description: link.description.to_string(),
        welcome: link.welcome.as_ref().map(ToString::to_string),
        url: join_url(link, base_url),
        code: link.code.reveal().to_owned(),
        state: link.state,
        status,
        version: link.version,
        starts_at: intake.starts_at.map(|at| at.to_string()),
        starts_local: intake.starts_at.map(|at| zone.show_start(at)),
        expires_at: link.expires_at.map(|at| at.to_string()),
        expires_local: link.expires_at.map(|at| zone.show(at)),
        cap: link.cap,
        admission: link.admission,
        allocation: AllocationIds::from(&link.allocation),
        allocation_ends: intake.allocation_ends.map(allocation_end),
        domains: intake.domains.as_ref().map(DomainRule::shown),
        overflow: intake.overflow,
        admit_waiting: intake.admit_waiting,
        notify_waiting: link.notify_waiting,
        fields: intake.fields.clone(),
        text_language: intake.text_language,
        translations: intake.translations.clone(),
        seats,
        created_at: link.created_at.to_string(),
        created_by: link.created_by,
        updated_at: link.updated_at.to_string(),
        code_replaced_at: link.code_replaced.map(|mark| mark.at.to_string()),
        code_replaced_by: link.code_replaced.map(|mark| mark.by),
        deleted_at: link.deleted.map(|mark| mark.at.to_string()),
        deleted_by: link.deleted.map(|mark| mark.by),
    }
}

fn allocation_end(end: AllocationEnd) -> Value {
    match end {
        AllocationEnd::On(at) => json!({"on": at.to_string()}),
        AllocationEnd::AfterDays(days) => json!({"after_days": days}),
    }
}

/// A link, as everyone sees it: the organization and its language, the welcome text, how people get in and what they are asked, the
/// texts in each language that they are in: the page shows them in another at once, and the answer is the same for everyone.
/// Its name and description are internal.
#[must_use]
pub fn public_link(
    door: &Door,
    organization: &Organization,
    status: LinkStatus,
    gives: &Gives,
    base_url: &BaseUrl,
) -> Value {
    let only = door.intake.domains.as_ref().filter(|rule| rule.others == Others::Refuse).map(DomainRule::shown_domains);
    json!({
        "organization": organization.name,
        "support_contact": organization.support_contact,
        "accent": organization.accent_color.map(AccentColor::shades),
        "logo": super::logo(organization, base_url),
        "language": organization.language,
        "gives": gives,
        "welcome": door.welcome,
        "admission": door.admission,
        "state": status,
        "starts_at": door.intake.starts_at.map(|at| at.to_string()),
        "starts_local": door.intake.starts_at.map(|at| organization.time_zone.show_start(at)),
        "domains": only,
        "fields": door.intake.fields,
        "text_language": door.intake.text_language.unwrap_or(organization.language),
        "translations": door.intake.translations,
    })
}
