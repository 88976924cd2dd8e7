//! An enrollment: one member through one link.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    ActorId, Allocation, AllocationEnd, Answers, CodeChallenge, Language, LinkId, MailRequestId, MemberId,
    OrganizationId, PersonName, Timestamp, secret::hex,
};

/// How often the browser that registered can correct the address of one registration. Each correction mails another address.
pub const MAX_CORRECTIONS: u32 = 5;

/// Where an enrollment stands. The first three hold a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnrollmentState {
    /// Holds a seat until the address is proven by a first sign-in, or the reservation lapses.
    Reserved,
    /// Holds a seat until an admin grants or refuses.
    Pending,
    /// Has landed: access and allocation are given.
    Enrolled,
    /// Was not claimed in time; the seat went back. Registering again takes a new one.
    Lapsed,
    /// Was refused or taken out by an admin, taken back by the browser that registered, or left by its member; the seat went back.
    Removed,
    /// Came when the link was full or had expired, and waits for a seat.
    Waiting,
}

impl EnrollmentState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Reserved, Self::Pending, Self::Enrolled, Self::Lapsed, Self::Removed, Self::Waiting];

    /// The name it has in the table and in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Pending => "pending",
            Self::Enrolled => "enrolled",
            Self::Lapsed => "lapsed",
            Self::Removed => "removed",
            Self::Waiting => "waiting",
        }
    }

    /// Whether an enrollment in this state waits for an admin to grant or refuse it.
    #[must_use]
    pub fn waits_for_admin(self) -> bool {
        matches!(self, Self::Pending | Self::Waiting)
    }

    /// Whether an enrollment in this state holds a seat of its link.
    #[must_use]
    pub fn holds_seat(self) -> bool {
        matches!(self, Self::Reserved | Self::Pending | Self::Enrolled)
    }
}

/// What somebody who was not signed in said of themselves when they registered, beside the address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Given {
    /// The name.
    pub name: PersonName,
    /// The language in which they read the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

/// One member through one link. It keeps what it gave, also after the link is edited or deleted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrollment {
    /// The organization.
    pub organization: OrganizationId,
    /// The link.
    pub link: LinkId,
    /// The member.
    pub member: MemberId,
    /// Where it stands.
    pub state: EnrollmentState,
    /// The lot its seat belongs to; while it waits, the lot that counts it.
    pub lot: u32,
    /// What it gives, or gave: the link's allocation when the seat was taken.
    #[serde(flatten)]
    pub allocation: Allocation,
    /// When the seat was taken, or the place on the waiting list.
    pub registered_at: Timestamp,
    /// While reserved: when the seat goes back unless claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapses_at: Option<Timestamp>,
    /// When it landed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolled_at: Option<Timestamp>,
    /// When its member first signed in after it had landed, or was signed in already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_in_at: Option<Timestamp>,
    /// The admin who granted, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<ActorId>,
    /// What the link asked, and was answered.
    #[serde(default, skip_serializing_if = "Answers::is_empty")]
    pub answers: Answers,
    /// When what it gives ends: the link's word when the seat was taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation_ends: Option<AllocationEnd>,
    /// Once it has landed: the moment at which what it gave ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation_ends_at: Option<Timestamp>,
    /// When that was done: the units that nobody else gives were taken away. The seat stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation_ended_at: Option<Timestamp>,
    /// The request for mail that was written beside it: that request made this registration, and its mail is on the way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<MailRequestId>,
    /// What the browser that registered can prove: by that, and not by the address, a repetition is recognized on a full link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<CodeChallenge>,
    /// When the browser that registered took the registration back, or its member left, its state `removed` since: it may be made
    /// again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn_at: Option<Timestamp>,
    /// The name and the language that were given with it, by somebody who was not signed in. They go along when the address is
    /// corrected: the member may have another name, given by somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<Given>,
    /// The member whose it was, until the address was corrected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_from: Option<MemberId>,
    /// How often the browser that registered has corrected the address.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corrections: u32,
    /// Whether the member was erased: what is left counts, and says nothing about them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
}

/// That an enrollment was taken out of its link's counts, after its member had registered anew. It says nothing about the member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedOut {
    /// The hash of the link, the member and the time of the registration that was replaced.
    pub hash: String,
    /// Until when it must be kept, in seconds since 1970. DynamoDB collects it some time after.
    pub delete_after: i64,
}

/// How long it is remembered that a replaced enrollment was counted out: as long as a record of the stream can come again. The
/// stream keeps it for 24 hours, and a queue of dead letters for at most 14 days more.
const COUNTED_OUT_KEEP: TimeDelta = TimeDelta::days(15);

impl Enrollment {
    /// What remembers that this enrollment, which its member has replaced, was taken out of the counts.
    #[must_use]
    pub fn counted_out(&self, now: Timestamp) -> CountedOut {
        let registration = format!("{}\0{}\0{}", self.link, self.member, self.registered_at.millis());
        let hash = hex(&Sha256::digest(registration).into());
        CountedOut { hash, delete_after: now.plus(COUNTED_OUT_KEEP).epoch_seconds() }
    }

    /// Whether an admin took its member out of the link.
    #[must_use]
    pub fn is_turned_down(&self) -> bool {
        self.state == EnrollmentState::Removed && self.withdrawn_at.is_none()
    }

    /// Whether the member may register through the link again, as if they had not been there: it lapsed, was taken back by the
    /// browser that made it, or was left by them.
    #[must_use]
    pub fn may_be_made_again(&self) -> bool {
        match self.state {
            EnrollmentState::Lapsed => true,
            EnrollmentState::Removed => self.withdrawn_at.is_some(),
            _ => false,
        }
    }

    /// Whether the browser that answers this challenge may take it back: it made it, after `since`, and nobody was let in by it.
    #[must_use]
    pub fn may_be_withdrawn(&self, by: CodeChallenge, since: Timestamp) -> bool {
        let open =
            matches!(self.state, EnrollmentState::Reserved | EnrollmentState::Pending | EnrollmentState::Waiting);
        open && self.challenge == Some(by) && self.registered_at > since
    }

    /// Whether the browser that answers this challenge may correct the address: it may take the registration back, its member was not
    /// signed in when they registered, and it has not corrected the address too often.
    #[must_use]
    pub fn may_be_corrected(&self, by: CodeChallenge, since: Timestamp) -> bool {
        self.may_be_withdrawn(by, since) && self.given.is_some() && self.corrections < MAX_CORRECTIONS
    }

    /// Whether it gives its units at present.
    #[must_use]
    pub fn gives_units(&self) -> bool {
        self.state == EnrollmentState::Enrolled && self.allocation_ended_at.is_none()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}
