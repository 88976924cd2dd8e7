//! What the primary keys that are found in an index name.

use super::Key;
use crate::domain::{EventId, JobId, LinkId, MailId, MailRequestId, MemberId, OrganizationId, WebhookId};

/// What a primary key found in the due index names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// An organization.
    Organization(OrganizationId),
    /// A link.
    Link(OrganizationId, LinkId),
    /// An enrollment.
    Enrollment(MemberId, LinkId),
    /// A member.
    Member(MemberId),
    /// A mail.
    Mail(MailId),
    /// A request for mail.
    MailRequest(MailRequestId),
    /// A job.
    Job(OrganizationId, JobId),
    /// A delivery.
    Delivery(WebhookId, EventId),
}

/// Reads a primary key of the due index back.
#[must_use]
pub fn parse(key: &Key) -> Option<Named> {
    let (kind, id) = key.partition.split_once('#')?;
    match (kind, key.sort.split_once('#')) {
        ("ORG", Some(("LINK", link))) => Some(Named::Link(OrganizationId::parse(id).ok()?, LinkId::parse(link).ok()?)),
        ("ORG", Some(("JOB", job))) => Some(Named::Job(OrganizationId::parse(id).ok()?, JobId::parse(job).ok()?)),
        ("WEBHOOK", Some(("DELIVERY", event))) => {
            Some(Named::Delivery(WebhookId::parse(id).ok()?, EventId::parse(event).ok()?))
        }
        ("MEMBER", Some(("ENROLLMENT", link))) => {
            Some(Named::Enrollment(MemberId::parse(id).ok()?, LinkId::parse(link).ok()?))
        }
        ("ORG", None) => Some(Named::Organization(OrganizationId::parse(id).ok()?)),
        ("MEMBER", None) => Some(Named::Member(MemberId::parse(id).ok()?)),
        ("MAIL", None) => Some(Named::Mail(MailId::parse(id).ok()?)),
        ("REQUEST", None) => Some(Named::MailRequest(MailRequestId::parse(id).ok()?)),
        _ => None,
    }
}
