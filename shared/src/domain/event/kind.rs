//! The types of events.

use serde::{Deserialize, Serialize};

/// What an event tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum EventType {
    /// A link was made.
    LinkCreated,
    /// A link was edited, deactivated or reactivated.
    LinkUpdated,
    /// A link got a new code; the old one is dead.
    LinkCodeReplaced,
    /// A link was deleted.
    LinkDeleted,
    /// Somebody has a seat until they prove their address.
    EnrollmentReserved,
    /// Somebody waits for an admin.
    EnrollmentPending,
    /// Somebody waits for a seat.
    EnrollmentWaiting,
    /// Somebody has landed.
    EnrollmentEnrolled,
    /// A reservation was not claimed in time.
    EnrollmentLapsed,
    /// Somebody was refused or taken out.
    EnrollmentRemoved,
    /// The address was corrected: the enrollment is another member's from now on.
    EnrollmentMoved,
    /// A member has access who had none.
    AccessGranted,
    /// A member's access was revoked.
    AccessRevoked,
    /// A revoked member is none any more.
    AccessRestored,
    /// An admin corrected a member's address: they have another id from now on.
    MemberCorrected,
    /// A member was erased.
    MemberErased,
    /// An admin tries a webhook. No change leads to it, and none is told of it but that webhook.
    WebhookPing,
}

/// A text that names no type of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a type of event")]
pub struct UnknownEventType;

impl EventType {
    /// Every type that a change leads to.
    pub const ALL: [Self; 16] = [
        Self::LinkCreated,
        Self::LinkUpdated,
        Self::LinkCodeReplaced,
        Self::LinkDeleted,
        Self::EnrollmentReserved,
        Self::EnrollmentPending,
        Self::EnrollmentWaiting,
        Self::EnrollmentEnrolled,
        Self::EnrollmentLapsed,
        Self::EnrollmentRemoved,
        Self::EnrollmentMoved,
        Self::AccessGranted,
        Self::AccessRevoked,
        Self::AccessRestored,
        Self::MemberCorrected,
        Self::MemberErased,
    ];

    /// The name it has in events and in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LinkCreated => "link.created",
            Self::LinkUpdated => "link.updated",
            Self::LinkCodeReplaced => "link.code_replaced",
            Self::LinkDeleted => "link.deleted",
            Self::EnrollmentReserved => "enrollment.reserved",
            Self::EnrollmentPending => "enrollment.pending",
            Self::EnrollmentWaiting => "enrollment.waiting",
            Self::EnrollmentEnrolled => "enrollment.enrolled",
            Self::EnrollmentLapsed => "enrollment.lapsed",
            Self::EnrollmentRemoved => "enrollment.removed",
            Self::EnrollmentMoved => "enrollment.moved",
            Self::AccessGranted => "access.granted",
            Self::AccessRevoked => "access.revoked",
            Self::AccessRestored => "access.restored",
            Self::MemberCorrected => "member.corrected",
            Self::MemberErased => "member.erased",
            Self::WebhookPing => "webhook.ping",
        }
    }

    /// The type of this name.
    ///
    /// # Errors
    /// [`UnknownEventType`] for every other text.
    pub fn parse(name: &str) -> Result<Self, UnknownEventType> {
        let mut all = Self::ALL.into_iter().chain([Self::WebhookPing]);
        all.find(|kind| kind.name() == name).ok_or(UnknownEventType)
    }
}

impl TryFrom<String> for EventType {
    type Error = UnknownEventType;
    fn try_from(name: String) -> Result<Self, UnknownEventType> {
        Self::parse(&name)
    }
}

impl From<EventType> for String {
    fn from(kind: EventType) -> Self {
        kind.name().to_owned()
    }
}
