//! An access link, its door and its lots.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    ActorId, Admittance, Alerts, Allocation, AllocationEnd, CodeHash, EmailAddress, EnrollmentState, Gate, Intake,
    Language, LinkCode, LinkId, LinkName, LongText, OrganizationId, PastField, Texts, TimeZone, Timestamp,
};

/// How people get in through a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Admission {
    /// Access comes with the proof of the address.
    Instant,
    /// Access comes when an admin grants it.
    Approval,
}

/// Whether a link takes registrations, as far as the admin decides it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Takes registrations.
    Active,
    /// Deactivated; can be reactivated.
    Inactive,
    /// Deleted for good; stays listed with what it enrolled.
    Deleted,
}

/// The most people a link lets in: 1 to 1,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct Cap(u32);

/// A number that is no cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be a whole number from 1 to {}", Cap::MAX)]
pub struct InvalidCap;

impl Cap {
    /// The largest cap.
    pub const MAX: u32 = 1_000_000;

    /// Reads a cap.
    ///
    /// # Errors
    /// [`InvalidCap`] outside 1 ..= [`Self::MAX`].
    pub fn parse(number: u64) -> Result<Self, InvalidCap> {
        match u32::try_from(number) {
            Ok(cap @ 1..=Self::MAX) => Ok(Self(cap)),
            _ => Err(InvalidCap),
        }
    }

    /// The number of seats.
    #[must_use]
    pub fn seats(self) -> u64 {
        u64::from(self.0)
    }
}

impl TryFrom<u64> for Cap {
    type Error = InvalidCap;
    fn try_from(number: u64) -> Result<Self, InvalidCap> {
        Self::parse(number)
    }
}

impl From<Cap> for u64 {
    fn from(cap: Cap) -> Self {
        cap.seats()
    }
}

/// When an admin did something to a link, and who.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: ActorId,
}

/// An access link, as its admins see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// The organization.
    pub organization: OrganizationId,
    /// What admins call it; no stranger sees it.
    pub name: LinkName,
    /// What admins note of it; no stranger sees it.
    pub description: LongText,
    /// What everyone who opens it reads.
    pub welcome: Option<LongText>,
    /// What stands in the URL.
    pub code: LinkCode,
    /// Whether it takes registrations.
    pub state: LinkState,
    /// Grows by one with every edit; an edit names the version its admin saw.
    pub version: u64,
    /// From when on it is closed.
    pub expires_at: Option<Timestamp>,
    /// How many it lets in.
    pub cap: Option<Cap>,
    /// How people get in.
    pub admission: Admission,
    /// Where they land.
    pub allocation: Allocation,
    /// Whom it takes, and on which terms.
    #[serde(default)]
    pub intake: Intake,
    /// What it asked once and asks no more: answers to it are still there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked_before: Vec<PastField>,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: ActorId,
    /// When it was last edited.
    pub updated_at: Timestamp,
    /// The last time its code was replaced.
    #[serde(default)]
    pub code_replaced: Option<Mark>,
    /// Its deletion.
    #[serde(default)]
    pub deleted: Option<Mark>,
    /// Whether the sweep has noted that it expired; a tidy mark only, expiry itself is a condition of every write.
    pub expiry_noted: bool,
    /// The zone in which its days are counted: the organization's when it was made, so that all its days are of one zone.
    #[serde(default)]
    pub time_zone: TimeZone,
    /// Whether its admins are told by mail that people wait for one of them.
    #[serde(default = "yes")]
    pub notify_waiting: bool,
    /// What its admins have been told of it by mail.
    #[serde(default)]
    pub alerts: Alerts,
    /// How its lots stand to it.
    pub gate: Gate,
}

/// What links from before there was a choice have.
fn yes() -> bool {
    true
}

impl Link {
    /// The moment from which no lot gives a seat: the start of time for a link that takes no registrations.
    #[must_use]
    pub fn open_until(&self) -> Timestamp {
        match self.state {
            LinkState::Active => self.expires_at.unwrap_or(Timestamp::NEVER),
            LinkState::Inactive | LinkState::Deleted => Timestamp::from_millis(0),
        }
    }

    /// What audit records tell of it: all that an admin decides, but for the code.
    #[must_use]
    pub fn told(&self) -> serde_json::Value {
        json!({
            "name": self.name,
            "description": self.description,
            "welcome": self.welcome,
            "state": self.state,
            "expires_at": self.expires_at.map(|at| at.to_string()),
            "cap": self.cap,
            "admission": self.admission,
            "allocation": self.allocation,
            "notify_waiting": self.notify_waiting,
            "starts_at": self.intake.starts_at.map(|at| at.to_string()),
            "domains": self.intake.domains.as_ref().map(super::DomainRule::shown),
            "overflow": self.intake.overflow,
            "admit_waiting": self.intake.admit_waiting,
            "fields": self.intake.fields,
            "text_language": self.intake.text_language,
            "translations": self.intake.translations,
            "allocation_ends": self.intake.allocation_ends.map(|end| match end {
                AllocationEnd::On(at) => json!({"on": at.to_string()}),
                AllocationEnd::AfterDays(days) => json!({"after_days": days}),
            }),
        })
    }

    /// What there is to translate of it.
    #[must_use]
    pub fn texts(&self) -> Texts<'_> {
        let has_welcome = self.welcome.is_some();
        Texts { has_welcome, fields: &self.intake.fields, language: self.intake.text_language }
    }

    /// Its welcome text for readers of this language.
    #[must_use]
    pub fn welcome_in(&self, language: Language) -> Option<&LongText> {
        self.intake.translations.welcome(language).or(self.welcome.as_ref())
    }

    /// Whether it has a welcome text of its own for readers of this language.
    #[must_use]
    pub fn is_translated(&self, language: Language) -> bool {
        self.intake.translations.welcome(language).is_some()
    }

    /// The door as it follows from the link.
    #[must_use]
    pub fn door(&self) -> Door {
        Door {
            code: self.code.hash(),
            organization: self.organization,
            link: self.id,
            welcome: self.welcome.clone(),
            state: self.state,
            open_until: self.open_until(),
            admission: self.admission,
            allocation: self.allocation.clone(),
            cap: self.cap,
            time_zone: self.time_zone,
            intake: self.intake.clone(),
            gate: self.gate,
        }
    }
}

/// Everything a registration must know of a link, found by the hash of its code in one read. It holds nothing of the organization
/// but its id: what all links share would have to be changed on all doors at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// The hash of the link's code.
    pub code: CodeHash,
    /// The organization.
    pub organization: OrganizationId,
    /// The link.
    pub link: LinkId,
    /// What everyone who opens it reads.
    pub welcome: Option<LongText>,
    /// Whether it takes registrations.
    pub state: LinkState,
    /// From when on it is closed.
    pub open_until: Timestamp,
    /// How people get in.
    pub admission: Admission,
    /// Where they land.
    pub allocation: Allocation,
    /// How many it lets in.
    pub cap: Option<Cap>,
    /// The zone in which its days are counted.
    #[serde(default)]
    pub time_zone: TimeZone,
    /// Whom it takes, and on which terms.
    #[serde(default)]
    pub intake: Intake,
    /// How its lots stand to it.
    pub gate: Gate,
}

impl Door {
    /// Whether a newcomer with this address is told to check their email: no admin has to look first.
    #[must_use]
    pub fn mails_at_once(&self, address: &EmailAddress) -> bool {
        self.admission == Admission::Instant && self.intake.admittance(address) != Admittance::Held
    }
}

/// A part of a link's seats, an item of its own so that a rush spreads over many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lot {
    /// The number of the gate it was last brought to.
    pub gate: u64,
    /// From when on it gives no seat.
    pub open_until: Timestamp,
    /// How many seats it has.
    pub seats: u64,
    /// How many of them are taken.
    pub taken: u64,
    /// How many were taken when it was shut for a new deal.
    pub closed_at: u64,
    /// Whether its part of the deal at this gate has been given to it.
    pub dealt: bool,
    /// How many enrollments in its seats are reserved.
    pub reserved: u64,
    /// How many are pending.
    pub pending: u64,
    /// How many are enrolled.
    pub enrolled: u64,
    /// How many reservations have lapsed. One whose member has registered again is counted until the stream's reader has seen it.
    pub lapsed: u64,
    /// How many were removed.
    pub removed: u64,
    /// How many are on the waiting list, and hold no seat; they are counted in any lot.
    #[serde(default)]
    pub waiting: u64,
    /// How many have signed in after they had landed.
    #[serde(default)]
    pub signed_in: u64,
    /// How many have come to wait, for an admin or for a seat, those who wait no more included. Whoever was given a seat from the
    /// waiting list and then waits for an admin came twice.
    #[serde(default)]
    pub came: u64,
    /// How many registered, by day; no attribute of its own in the item, but one for each day.
    #[serde(skip)]
    pub days: BTreeMap<NaiveDate, u64>,
}

impl Lot {
    /// How many enrollments it counts. Who registered again is counted twice until the stream's reader has seen it.
    #[must_use]
    pub fn registered(&self) -> u64 {
        EnrollmentState::ALL.into_iter().map(|state| self.count(state)).sum()
    }

    /// How many of its enrollments are in this state.
    #[must_use]
    pub fn count(&self, state: EnrollmentState) -> u64 {
        match state {
            EnrollmentState::Reserved => self.reserved,
            EnrollmentState::Pending => self.pending,
            EnrollmentState::Enrolled => self.enrolled,
            EnrollmentState::Lapsed => self.lapsed,
            EnrollmentState::Removed => self.removed,
            EnrollmentState::Waiting => self.waiting,
        }
    }

    /// Whether a seat is free in it.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.taken < self.seats
    }
}
