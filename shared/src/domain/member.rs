//! A member: a worker or employee of an organization, or its admin.

use serde::{Deserialize, Serialize};

use super::{
    ActorId, Allocation, EmailAddress, Language, LinkId, MailId, MailState, MemberId, OrganizationId, PersonName,
    SuppressionReason, Timestamp, TokenHash,
};

/// What a member may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees the training that is theirs.
    Member,
    /// Makes links and grants access. No link ever gives this role.
    Admin,
}

/// Whether a member may use the training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Access {
    /// Registered through an instant link, the address not proven yet.
    Unverified,
    /// An admin rejected or removed them, and nothing else of theirs is open. They may register through another link.
    Rejected,
    /// Registered through an approval link, waiting for an admin.
    Pending,
    /// May sign in.
    Granted,
    /// Stays out, whatever link they open.
    Revoked,
}

impl Access {
    /// Every access, in the order in which members are listed.
    pub const ALL: [Self; 5] = [Self::Unverified, Self::Rejected, Self::Pending, Self::Granted, Self::Revoked];

    /// What sorts members by access in the list of an organization, in the order of [`Self::ALL`]: those without access first and
    /// together.
    #[must_use]
    pub fn rank(self) -> &'static str {
        match self {
            Self::Unverified => "0",
            // Came after the digits were given; the places of all others in the list stay what they are.
            Self::Rejected => "0r",
            Self::Pending => "1",
            Self::Granted => "2",
            Self::Revoked => "3",
        }
    }

    /// Whether somebody with this access may not sign in yet, but could be granted access.
    #[must_use]
    pub fn is_without(self) -> bool {
        matches!(self, Self::Unverified | Self::Rejected | Self::Pending)
    }
}

/// What became of the last mail to a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastMail {
    /// How it ended, or where it stands.
    pub state: MailState,
    /// When that was.
    pub at: Timestamp,
    /// Why it failed, in a stable word, where it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Which mail it is: what is heard later of an older one is not about the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailId>,
}

impl LastMail {
    /// What became of this mail.
    #[must_use]
    pub fn of(mail: MailId, state: MailState, at: Timestamp, reason: Option<&str>) -> Self {
        Self { state, at, reason: reason.map(str::to_owned), mail: Some(mail) }
    }
}

/// A member of an organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The id, derived from organization and address.
    pub id: MemberId,
    /// The organization.
    pub organization: OrganizationId,
    /// Their name.
    pub name: PersonName,
    /// Whether the name was given by a registration, which anybody can make for any address, and the member has not confirmed it.
    /// It always stands in the item: a later registration sets only what is not there.
    #[serde(default)]
    pub name_unconfirmed: bool,
    /// The address they gave.
    pub email: EmailAddress,
    /// The language of their mails, where they have one of their own; the organization's otherwise. In the table it is absent until
    /// somebody says it, and null once the member has signed in without one: see [`Update::own_language`](crate::table::Update::own_language).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub access: Access,
    /// The units they are in.
    #[serde(flatten)]
    pub allocation: Allocation,
    /// Those of them that an admin put them in by hand: they stay when an enrollment that gives them too ends.
    #[serde(default, skip_serializing_if = "Allocation::is_empty")]
    pub assigned: Allocation,
    /// How often their units were changed: whoever takes some away makes sure that none were given meanwhile.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub allocation_version: u64,
    /// When they first registered.
    pub created_at: Timestamp,
    /// The link they first came through, if they came through one: what is told of them names it also when their enrollments are
    /// gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_link: Option<LinkId>,
    /// When access was granted last, by an admin or by proving the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_at: Option<Timestamp>,
    /// The admin who granted, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_by: Option<ActorId>,
    /// When they first signed in, which proved the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proven_at: Option<Timestamp>,
    /// The id they had until an admin corrected the address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_from: Option<MemberId>,
    /// How many registrations were made with the address by somebody who was not signed in: whoever moves all of a member's
    /// enrollments makes sure that none came meanwhile.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub registrations: u64,
    /// Sessions begun before this moment are dead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions_valid_from: Option<Timestamp>,
    /// The login tokens that may still be spent, oldest first, at most three.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub login_tokens: Vec<TokenHash>,
    /// While they are being erased: the id under which their enrollments stay counted. It leads nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_as: Option<MemberId>,
    /// While they are being erased: the links they came through, the one that let them in first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub erased_links: Vec<LinkId>,
    /// When an admin had a login mail sent to them anew, last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_resent_at: Option<Timestamp>,
    /// The last mail to them, once there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_mail: Option<LastMail>,
    /// Why their address is not mailed, while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppressed: Option<SuppressionReason>,
    /// When an admin last let them be mailed again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suppression_cleared_at: Option<Timestamp>,
}

impl Member {
    /// Somebody who is new at `at`, an ordinary member in no unit, to whom nothing was mailed yet. Who has access has it since
    /// then, from nobody.
    #[must_use]
    pub fn new(
        organization: OrganizationId,
        name: PersonName,
        email: EmailAddress,
        access: Access,
        at: Timestamp,
    ) -> Self {
        Self {
            id: MemberId::of_address(organization, &email),
            organization,
            name,
            name_unconfirmed: false,
            email,
            language: None,
            role: Role::Member,
            access,
            allocation: Allocation::default(),
            assigned: Allocation::default(),
            allocation_version: 0,
            created_at: at,
            first_link: None,
            granted_at: (access == Access::Granted).then_some(at),
            granted_by: None,
            proven_at: None,
            corrected_from: None,
            registrations: 0,
            sessions_valid_from: None,
            login_tokens: Vec::new(),
            erased_as: None,
            erased_links: Vec::new(),
            login_resent_at: None,
            last_mail: None,
            suppressed: None,
            suppression_cleared_at: None,
        }
    }
}

impl Member {
    /// Whether an admin of this organization knows them: one who is being erased is gone already.
    #[must_use]
    pub fn belongs_to(&self, organization: OrganizationId) -> bool {
        self.organization == organization && self.erased_as.is_none()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}
