//! Addresses that are not mailed any more: they do not exist, or their owner called our mail unwanted.

use serde::{Deserialize, Serialize};

use super::{MailId, MemberId, OrganizationId, Timestamp};

/// What SES says, after it took a mail, about what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feedback {
    /// The receiving server refused it. For good, if `permanent`; else its mailbox was full, or the server could not be reached.
    Bounced {
        /// Whether there is no such mailbox.
        permanent: bool,
    },
    /// Who got it called it unwanted.
    Complained,
    /// SES found something in it, and did not pass it on.
    Rejected,
    /// It is still on its way, later than usual.
    Delayed,
}

impl Feedback {
    /// Why its address is not to be mailed again, if that follows from it.
    #[must_use]
    pub fn suppresses(self) -> Option<SuppressionReason> {
        match self {
            Self::Bounced { permanent: true } => Some(SuppressionReason::Bounced),
            Self::Complained => Some(SuppressionReason::Complained),
            Self::Bounced { permanent: false } | Self::Rejected | Self::Delayed => None,
        }
    }

    /// A stable word for it, stored with the mail and shown to admins.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Bounced { permanent: true } => "permanent",
            Self::Bounced { permanent: false } => "transient",
            Self::Complained => "complaint",
            Self::Rejected => "rejected",
            Self::Delayed => "delayed",
        }
    }
}

/// Why an address is suppressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuppressionReason {
    /// A mail to it bounced for good.
    Bounced,
    /// Its owner called a mail unwanted.
    Complained,
}

/// That a member's address is not mailed until an admin clears it: the member says so as well, so that whoever sends knows
/// without another read; this item is how the organization's admins find them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// The organization.
    pub organization: OrganizationId,
    /// The member.
    pub member: MemberId,
    /// Why.
    pub reason: SuppressionReason,
    /// The mail it came of.
    pub mail: MailId,
    /// When it was recorded.
    pub at: Timestamp,
}
