//! A job: work on many people that is accepted at once and worked off in pages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Access, ActorId, EnrollmentState, ImportOrder, JobId, LinkId, MailId, MemberId, OrganizationId, RowFault, Skipped,
    Timestamp, UnitId,
};

/// How many people a page of a job has at most. Their report rows and the job itself are written in one transaction, which
/// takes 100 items.
pub const JOB_PAGE: usize = 50;

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Waits for a worker: stream and bus hand it to one.
    Queued,
    /// A worker has it, for as long as its lease lasts.
    Running,
    /// Everybody was worked on.
    Done,
    /// Given up.
    Failed,
    /// Stopped by an admin.
    Cancelled,
}

impl JobState {
    /// Whether there is nothing left to do.
    #[must_use]
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Done | Self::Failed | Self::Cancelled)
    }
}

/// Which people without access a job is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Waiting {
    /// Those whose access is pending.
    Pending,
    /// Those who have not proven their address.
    Unverified,
    /// Members whose registrations an admin rejected or removed.
    Rejected,
    /// All of them.
    Without,
}

impl Waiting {
    /// The accesses, in the order in which a job goes through their lists. A job notes how many of them it has finished, so a new one
    /// comes last.
    #[must_use]
    pub fn accesses(self) -> &'static [Access] {
        match self {
            Self::Pending => &[Access::Pending],
            Self::Unverified => &[Access::Unverified],
            Self::Rejected => &[Access::Rejected],
            Self::Without => &[Access::Unverified, Access::Pending, Access::Rejected],
        }
    }
}

/// Whom to grant access. They are the people whom a list with the same filter shows: list-members, or with `state` link-stats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantFilter {
    /// Only members with this access. There is none only where `state` says whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Waiting>,
    /// Only those who came through this link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkId>,
    /// Only those whose enrollment through the link is in this state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<EnrollmentState>,
    /// Only those who are in this unit, or would be once they have access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Whether those get access too whom an admin rejected or removed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub include_rejected: bool,
}

/// What a job is to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Order {
    /// Grant access to everybody whom the filter admits and who was there when the job was made.
    Grants(GrantFilter),
    /// Bring in the people of a file.
    Imports(ImportOrder),
}

impl Order {
    /// The name its kind has in the table and in the API.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Grants(_) => "grants",
            Self::Imports(_) => "imports",
        }
    }
}

/// How far a job is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// How many pages are finished.
    pub page: u32,
    /// Which of the lists it goes through one after the other.
    pub list: u32,
    /// The key after which it goes on in that list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<BTreeMap<String, String>>,
}

/// A job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// The organization.
    pub organization: OrganizationId,
    /// What it is to do.
    pub order: Order,
    /// Where it stands.
    pub state: JobState,
    /// The admin who ordered it, in whose name it works.
    pub created_by: ActorId,
    /// When it was accepted.
    pub created_at: Timestamp,
    /// When a worker first had it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<Timestamp>,
    /// How many people it is about, where that was known beforehand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
    /// How many have been worked on, by how it ended for them.
    #[serde(default)]
    pub outcomes: BTreeMap<Outcome, u64>,
    /// How far it is.
    pub position: Position,
    /// How often a worker has claimed it: whose number this is has it.
    pub claims: u32,
    /// How often a worker has claimed it since the last page was finished.
    pub tries: u32,
    /// Whether an admin wants it stopped.
    #[serde(default)]
    pub cancelling: bool,
    /// Why it failed or was stopped, in a stable word, where no admin stopped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When the sweep should look at it, while it has not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<Timestamp>,
    /// When DynamoDB may collect it, in seconds since 1970.
    pub delete_after: i64,
}

impl Job {
    /// How many people have been worked on.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.outcomes.values().sum()
    }
}

/// How it ended for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Access was given, and a login mail is on its way.
    Granted,
    /// There was nothing left to grant.
    AlreadyGranted,
    /// Their access is revoked, and stays so.
    Revoked,
    /// There is no such member any more.
    NotFound,
    /// An admin rejected or removed them earlier.
    #[serde(alias = "nothing_pending")]
    Rejected,
    /// They need a seat of a link, and it has none.
    LinkFull,
    /// The table could not serve them, after several tries.
    Unavailable,
    /// They are a member now, and were none before.
    Created,
    /// They were there, and were put in more units.
    Updated,
    /// They were there, with all that the row gives.
    Already,
    /// The row cannot be taken as it is.
    Invalid,
    /// The address is already in an earlier row.
    DuplicateInFile,
    /// The row names a unit that the catalog does not have.
    UnknownUnit,
}

impl Outcome {
    /// The outcome of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        serde_json::from_value(name.into()).ok()
    }

    /// The name it has in the table and in the API.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::AlreadyGranted => "already_granted",
            Self::Revoked => "revoked",
            Self::NotFound => "not_found",
            Self::Rejected => "rejected",
            Self::LinkFull => "link_full",
            Self::Unavailable => "unavailable",
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Already => "already",
            Self::Invalid => "invalid",
            Self::DuplicateInFile => "duplicate_in_file",
            Self::UnknownUnit => "unknown_unit",
        }
    }
}

impl From<Skipped> for Outcome {
    fn from(skipped: Skipped) -> Self {
        match skipped {
            Skipped::Revoked => Self::Revoked,
            Skipped::AlreadyGranted => Self::AlreadyGranted,
            Skipped::LinkFull(_) => Self::LinkFull,
            Skipped::Rejected => Self::Rejected,
        }
    }
}

/// What became of one person: a line of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRow {
    /// The job.
    pub job: JobId,
    /// The page on which they were worked on.
    pub page: u32,
    /// The line of the file, where the job has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Who.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberId>,
    /// How it ended for them.
    pub outcome: Outcome,
    /// The column of the file that is to blame, where one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What is wrong with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The same by its code; there is none on what was stored before reasons had codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<RowFault>,
    /// The link that has no seat for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkId>,
    /// The mail that was queued for them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail: Option<MailId>,
    /// When DynamoDB may collect it, in seconds since 1970.
    pub delete_after: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_from_before_rejection_had_its_word_are_read() {
        let counts: BTreeMap<Outcome, u64> = serde_json::from_str(r#"{"granted":1,"nothing_pending":2}"#).unwrap();
        assert_eq!(counts[&Outcome::Rejected], 2);
        let filter: GrantFilter = serde_json::from_str(r#"{"access":"pending"}"#).unwrap();
        assert_eq!((filter.access, filter.state), (Some(Waiting::Pending), None));
    }

    #[test]
    fn a_job_that_is_under_way_finds_the_lists_where_they_were() {
        assert_eq!(Waiting::Without.accesses()[..2], [Access::Unverified, Access::Pending]);
        let without = Access::ALL.into_iter().filter(|access| access.is_without());
        assert!(without.clone().all(|access| Waiting::Without.accesses().contains(&access)));
        assert_eq!(Waiting::Without.accesses().len(), without.count());
    }
}
