//! An enrollment: one member through one link.

use serde::{Deserialize, Serialize};

use super::{Allocation, LinkId, MemberId, OrganizationId, Timestamp};

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
    /// Was refused or taken out by an admin; the seat went back.
    Removed,
}

impl EnrollmentState {
    /// Every state.
    pub const ALL: [Self; 5] = [Self::Reserved, Self::Pending, Self::Enrolled, Self::Lapsed, Self::Removed];

    /// The name it has in the table and in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::Pending => "pending",
            Self::Enrolled => "enrolled",
            Self::Lapsed => "lapsed",
            Self::Removed => "removed",
        }
    }

    /// Whether an enrollment in this state waits for an admin to grant or refuse it.
    #[must_use]
    pub fn waits_for_admin(self) -> bool {
        matches!(self, Self::Pending)
    }

    /// Whether an enrollment in this state holds a seat of its link.
    #[must_use]
    pub fn holds_seat(self) -> bool {
        matches!(self, Self::Reserved | Self::Pending | Self::Enrolled)
    }
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
    /// The lot its seat belongs to.
    pub lot: u32,
    /// What it gives, or gave: the link's allocation when the seat was taken.
    #[serde(flatten)]
    pub allocation: Allocation,
    /// When the seat was taken.
    pub registered_at: Timestamp,
    /// While reserved: when the seat goes back unless claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lapses_at: Option<Timestamp>,
    /// When it landed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrolled_at: Option<Timestamp>,
    /// The admin who granted, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<MemberId>,
}
