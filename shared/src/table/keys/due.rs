//! The keys of what falls due: a partition for each shard of each kind of work, by the moment.

use super::{Key, moment};
use crate::domain::{EventId, JobId, LinkId, MailId, MailRequestId, MemberId, OrganizationId, Timestamp, WebhookId};

/// Over how many partitions each kind of due work is spread, so that a rush does not meet in one.
pub const DUE_SHARDS: u8 = 8;

/// The kinds of due work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Due {
    /// A link that expires, or whose lots are to be brought to its gate.
    Link,
    /// A reservation that lapses.
    Reservation,
    /// A mail that is not ended, or a request for mail that is not worked off.
    Mail,
    /// A job that has not ended.
    Job,
    /// An allocation that ends.
    Allocation,
    /// A member who is being erased, or an organization that is being closed.
    Erasure,
    /// A delivery that has not ended.
    Delivery,
}

impl Due {
    /// Every kind.
    pub const ALL: [Self; 7] =
        [Self::Link, Self::Reservation, Self::Mail, Self::Job, Self::Allocation, Self::Erasure, Self::Delivery];

    /// The kind of work of which this partition is a shard.
    #[must_use]
    pub fn of(partition: &str) -> Option<Self> {
        let (shard, _) = partition.rsplit_once('#')?;
        Self::ALL.into_iter().find(|kind| kind.shard(0).strip_suffix("#0") == Some(shard))
    }

    /// The partition of one shard of this work.
    #[must_use]
    pub fn shard(self, shard: u8) -> String {
        let kind = match self {
            Self::Link => "link",
            Self::Reservation => "reservation",
            Self::Mail => "mail",
            Self::Job => "job",
            Self::Allocation => "allocation",
            Self::Erasure => "erasure",
            Self::Delivery => "delivery",
        };
        format!("DUE#{kind}#{shard}")
    }
}

/// The sort key below which lies all that is due at `now`.
#[must_use]
pub fn due_until(now: Timestamp) -> String {
    format!("{}$", moment(now))
}

fn due(kind: Due, at: Timestamp, id: &[u8; 16], rest: &str) -> Key {
    let shard = id[15] % DUE_SHARDS;
    Key::new(kind.shard(shard), format!("{}#{rest}", moment(at)))
}

/// A link that is due at `at`.
#[must_use]
pub fn link_due(link: LinkId, at: Timestamp) -> Key {
    due(Due::Link, at, link.as_bytes(), &link.to_string())
}

/// A reservation that lapses at `at`.
#[must_use]
pub fn reservation_due(member: MemberId, link: LinkId, at: Timestamp) -> Key {
    due(Due::Reservation, at, member.as_bytes(), &format!("{member}#{link}"))
}

/// An allocation that ends at `at`.
#[must_use]
pub fn allocation_due(member: MemberId, link: LinkId, at: Timestamp) -> Key {
    due(Due::Allocation, at, member.as_bytes(), &format!("{member}#{link}"))
}

/// A member who is being erased since `at`.
#[must_use]
pub fn erasure_due(member: MemberId, at: Timestamp) -> Key {
    due(Due::Erasure, at, member.as_bytes(), &member.to_string())
}

/// A mail that is to be looked at at `at`.
#[must_use]
pub fn mail_due(mail: MailId, at: Timestamp) -> Key {
    due(Due::Mail, at, mail.as_bytes(), &mail.to_string())
}

/// A request for mail that is to be looked at at `at`.
#[must_use]
pub fn mail_request_due(request: MailRequestId, at: Timestamp) -> Key {
    due(Due::Mail, at, request.as_bytes(), &request.to_string())
}

/// A job that is to be looked at at `at`.
#[must_use]
pub fn job_due(job: JobId, at: Timestamp) -> Key {
    due(Due::Job, at, job.as_bytes(), &job.to_string())
}

/// An organization that is being closed, to be looked at at `at`.
#[must_use]
pub fn closing_due(organization: OrganizationId, at: Timestamp) -> Key {
    due(Due::Erasure, at, organization.as_bytes(), &organization.to_string())
}

/// A delivery that is to be looked at at `at`.
#[must_use]
pub fn delivery_due(webhook: WebhookId, event: EventId, at: Timestamp) -> Key {
    due(Due::Delivery, at, event.as_bytes(), &format!("{webhook}#{event}"))
}
