//! Every key of the table is made here, from newtypes, and nowhere else. Text a user typed is never part of one.
//!
//! `docs/DATA-MODEL.md` lists them with the accesses they serve.

use std::{collections::HashMap, fmt};

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Deserialize;

use crate::domain::{
    Access, AuditId, CodeHash, EmailAddress, JobId, LinkId, MailId, MemberId, ModuleId, OrganizationId, SessionHash,
    Timestamp, TokenHash, UnitId,
};

/// The partition key's attribute.
pub const PK: &str = "PK";
/// The sort key's attribute.
pub const SK: &str = "SK";
/// The index that lists: a link's enrollments and a member's mails by time, an organization's members by access and time.
pub const LISTS: Index = Index { name: "GSI1", partition: "GSI1PK", sort: "GSI1SK" };
/// The index of what falls due before a moment, of members by address, and of a member's sessions. It projects keys only, so
/// that noting a session as used writes nothing here.
pub const DUE: Index = Index { name: "GSI2", partition: "GSI2PK", sort: "GSI2SK" };

/// A secondary index and the attributes of its key.
#[derive(Debug, Clone, Copy)]
pub struct Index {
    /// The index's name.
    pub name: &'static str,
    /// The attribute of its partition key.
    pub partition: &'static str,
    /// The attribute of its sort key.
    pub sort: &'static str,
}

/// Over how many partitions each kind of due work is spread, so that a rush does not meet in one.
pub const DUE_SHARDS: u8 = 8;

/// A primary key, or the key of an index entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
pub struct Key {
    /// The partition key.
    #[serde(rename = "PK")]
    pub partition: String,
    /// The sort key.
    #[serde(rename = "SK")]
    pub sort: String,
}

impl Key {
    fn new(partition: impl Into<String>, sort: impl Into<String>) -> Self {
        Self { partition: partition.into(), sort: sort.into() }
    }

    /// The key as the attributes of the table's primary key.
    #[must_use]
    pub fn to_attributes(&self) -> HashMap<String, AttributeValue> {
        HashMap::from([
            (PK.to_owned(), AttributeValue::S(self.partition.clone())),
            (SK.to_owned(), AttributeValue::S(self.sort.clone())),
        ])
    }
}

/// A moment within a sort key: 15 digits, so that text sorts as time does.
fn moment(at: Timestamp) -> String {
    format!("{:015}", at.millis())
}

/// An organization.
#[must_use]
pub fn organization(id: OrganizationId) -> Key {
    Key::new(format!("ORG#{id}"), "ORG")
}

/// The partition of an organization's list of admins.
#[must_use]
pub fn admins_of(organization: OrganizationId) -> String {
    format!("ORG#{organization}#ADMINS")
}

/// A member's place in the list of admins.
#[must_use]
pub fn admin(organization: OrganizationId, member: MemberId) -> Key {
    Key::new(admins_of(organization), format!("MEMBER#{member}"))
}

/// The partition of an organization's suppressed members.
#[must_use]
pub fn suppressions_of(organization: OrganizationId) -> String {
    format!("ORG#{organization}#SUPPRESSED")
}

/// A member's place in the list of the suppressed.
#[must_use]
pub fn suppression(organization: OrganizationId, member: MemberId) -> Key {
    Key::new(suppressions_of(organization), format!("MEMBER#{member}"))
}

/// The prefix of the sort key of an organization's links.
pub const LINK_PREFIX: &str = "LINK#";

/// A link.
#[must_use]
pub fn link(organization: OrganizationId, id: LinkId) -> Key {
    Key::new(format!("ORG#{organization}"), format!("{LINK_PREFIX}{id}"))
}

/// A link's door.
#[must_use]
pub fn door(code: &CodeHash) -> Key {
    Key::new(format!("DOOR#{code}"), "DOOR")
}

/// One of a link's lots.
#[must_use]
pub fn lot(link: LinkId, number: u32) -> Key {
    Key::new(format!("LOT#{link}#{number:02}"), "LOT")
}

/// The partition of the counters of a link's openings.
#[must_use]
pub fn openings_of(link: LinkId) -> String {
    format!("OPENED#{link}")
}

/// Over how many items a link's openings are counted, so that a crew that opens it at once does not meet in one.
pub const OPENING_SHARDS: u8 = 8;

/// One of the counters of a link's openings.
#[must_use]
pub fn openings(link: LinkId, shard: u8) -> Key {
    Key::new(openings_of(link), format!("SHARD#{shard}"))
}

/// A member.
#[must_use]
pub fn member(id: MemberId) -> Key {
    Key::new(format!("MEMBER#{id}"), "MEMBER")
}

/// One of a member's enrollments.
#[must_use]
pub fn enrollment(member: MemberId, link: LinkId) -> Key {
    Key::new(format!("MEMBER#{member}"), format!("ENROLLMENT#{link}"))
}

/// A member's place in the list of a unit.
#[must_use]
pub fn unit_member(organization: OrganizationId, unit: UnitId, member: MemberId) -> Key {
    Key::new(unit_members(organization, unit), format!("MEMBER#{member}"))
}

/// The partition that lists a unit's members.
#[must_use]
pub fn unit_members(organization: OrganizationId, unit: UnitId) -> String {
    format!("ORG#{organization}#UNIT#{unit}")
}

/// The member that the sort key of a [`unit_member`] or an [`admin`] names.
#[must_use]
pub fn member_of_sort_key(sort: &str) -> Option<MemberId> {
    MemberId::parse(sort.strip_prefix("MEMBER#")?).ok()
}

/// A session.
#[must_use]
pub fn session(hash: &SessionHash) -> Key {
    Key::new(format!("SESSION#{hash}"), "SESSION")
}

/// A login token.
#[must_use]
pub fn token(hash: &TokenHash) -> Key {
    Key::new(format!("TOKEN#{hash}"), "TOKEN")
}

/// A mail.
#[must_use]
pub fn mail(id: MailId) -> Key {
    Key::new(format!("MAIL#{id}"), "MAIL")
}

/// The partition of an organization's catalog.
#[must_use]
pub fn catalog(organization: OrganizationId) -> String {
    format!("ORG#{organization}#CATALOG")
}

/// A unit of the catalog.
#[must_use]
pub fn unit(organization: OrganizationId, id: UnitId) -> Key {
    Key::new(catalog(organization), format!("UNIT#{id}"))
}

/// A module of the catalog.
#[must_use]
pub fn module(organization: OrganizationId, id: ModuleId) -> Key {
    Key::new(catalog(organization), format!("MODULE#{id}"))
}

/// The prefix of the sort key of an organization's jobs.
pub const JOB_PREFIX: &str = "JOB#";

/// A job.
#[must_use]
pub fn job(organization: OrganizationId, id: JobId) -> Key {
    Key::new(format!("ORG#{organization}"), format!("{JOB_PREFIX}{id}"))
}

/// The partition of a job's report.
#[must_use]
pub fn job_report(job: JobId) -> String {
    format!("JOB#{job}")
}

/// The first and the last sort key of the rows of one page of a report.
#[must_use]
pub fn job_page_range(page: u32) -> (String, String) {
    (format!("ROW#{page:06}#"), format!("ROW#{page:06}$"))
}

/// A page of the rows of a file that a job works off. Each in a partition of its own, for all are written at once.
#[must_use]
pub fn import_page(job: JobId, page: u32) -> Key {
    Key::new(format!("JOB#{job}#PAGE#{page:06}"), "PAGE")
}

/// A row of a job's report: by page, and within it by whom or what it is about.
#[must_use]
pub fn job_row(job: JobId, page: u32, about: impl fmt::Display) -> Key {
    Key::new(job_report(job), format!("ROW#{page:06}#{about}"))
}

/// The partition of an organization's audit records.
#[must_use]
pub fn audit_of(organization: OrganizationId) -> String {
    format!("ORG#{organization}#AUDIT")
}

/// An audit record. Its id begins with its time, so that the records of an organization lie in the order of time.
#[must_use]
pub fn audit(organization: OrganizationId, id: AuditId) -> Key {
    Key::new(audit_of(organization), format!("AUDIT#{id}"))
}

/// The first and last sort key of the audit records of acts from `from` until before `to`.
#[must_use]
pub fn audit_range(from: Timestamp, to: Timestamp) -> (String, String) {
    let before = |at| format!("AUDIT#{}", AuditId::before(at));
    (before(from), before(to))
}

/// A limit counter: `kind` says what is limited, `subject` is a hash of whom, `window` when the window began.
#[must_use]
pub fn limit(kind: &str, subject: &str, window: Timestamp) -> Key {
    Key::new(format!("LIMIT#{kind}#{subject}#{}", window.epoch_seconds()), "LIMIT")
}

/// The list entry of an enrollment: under its link, by time.
#[must_use]
pub fn enrollment_list(link: LinkId, registered_at: Timestamp, member: MemberId) -> Key {
    Key::new(enrollments_of(link), format!("{}#{member}", moment(registered_at)))
}

/// The list partition of a link's enrollments.
#[must_use]
pub fn enrollments_of(link: LinkId) -> String {
    format!("LINK#{link}")
}

/// The list entry of a member: under its organization, by access, then by time.
#[must_use]
pub fn member_list(organization: OrganizationId, access: Access, created_at: Timestamp, member: MemberId) -> Key {
    Key::new(members_of(organization), format!("{}#{}#{member}", access.rank(), moment(created_at)))
}

/// The list partition of an organization's members.
#[must_use]
pub fn members_of(organization: OrganizationId) -> String {
    format!("ORG#{organization}#MEMBERS")
}

/// The first and last sort key of the members whose access is `first` ..= `last` in the order of [`Access::rank`].
#[must_use]
pub fn member_list_range(first: Access, last: Access) -> (String, String) {
    (format!("{}#", first.rank()), format!("{}$", last.rank()))
}

/// A member by address: under the hash of the address without its `+tag`, by the hash of the address, then by organization.
#[must_use]
pub fn member_by_address(address: &EmailAddress, organization: OrganizationId) -> Key {
    Key::new(members_by_address(address), format!("{}#{organization}", address.hash()))
}

/// The first and last sort key of the members with this access who were there at `until`.
#[must_use]
pub fn member_list_until(access: Access, until: Timestamp) -> (String, String) {
    (format!("{}#", access.rank()), format!("{}#{}$", access.rank(), moment(until)))
}

/// The first and last sort key of a link's enrollments that were made until `until`.
#[must_use]
pub fn enrollment_list_until(until: Timestamp) -> (String, String) {
    (String::from("0"), format!("{}$", moment(until)))
}

/// The partition of the members with this address, with whatever `+tag`.
#[must_use]
pub fn members_by_address(address: &EmailAddress) -> String {
    format!("ADDRESS#{}", address.untagged_hash())
}

/// The first and last sort key of the members with this very address.
#[must_use]
pub fn same_address_range(address: &EmailAddress) -> (String, String) {
    (format!("{}#", address.hash()), format!("{}$", address.hash()))
}

/// The organization that a [`member_by_address`] sort key names.
#[must_use]
pub fn organization_of_address(sort: &str) -> Option<OrganizationId> {
    OrganizationId::parse(sort.split_once('#')?.1).ok()
}

/// The list entry of a mail: under its member, by time.
#[must_use]
pub fn mail_list(member: MemberId, created_at: Timestamp, mail: MailId) -> Key {
    Key::new(mails_of(member), format!("{}#{mail}", moment(created_at)))
}

/// The list partition of a member's mails.
#[must_use]
pub fn mails_of(member: MemberId) -> String {
    format!("MEMBER#{member}#MAILS")
}

/// The list entry of an audit record about a member: under the member, by time.
#[must_use]
pub fn audit_about(member: MemberId, record: AuditId) -> Key {
    Key::new(audit_about_member(member), format!("AUDIT#{record}"))
}

/// The list partition of the audit records about a member.
#[must_use]
pub fn audit_about_member(member: MemberId) -> String {
    format!("MEMBER#{member}#AUDIT")
}

/// The entry of a session among its member's, by time. Several may have begun at one moment.
#[must_use]
pub fn session_of_member(member: MemberId, created_at: Timestamp) -> Key {
    Key::new(sessions_of(member), moment(created_at))
}

/// The partition of a member's sessions in the index of what is due.
#[must_use]
pub fn sessions_of(member: MemberId) -> String {
    format!("MEMBER#{member}#SESSIONS")
}

/// The kinds of due work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Due {
    /// A link that expires, or whose lots are to be brought to its gate.
    Link,
    /// A reservation that lapses.
    Reservation,
    /// A mail that is not ended.
    Mail,
    /// A job that has not ended.
    Job,
    /// An allocation that ends.
    Allocation,
    /// A member who is being erased.
    Erasure,
}

impl Due {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Link, Self::Reservation, Self::Mail, Self::Job, Self::Allocation, Self::Erasure];

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

/// The partition of those who wait for a seat of a link.
#[must_use]
pub fn waiting_for(link: LinkId) -> String {
    format!("WAITING#{link}")
}

/// Somebody's place on the waiting list of a link, by the time they came.
#[must_use]
pub fn waiting(link: LinkId, since: Timestamp, member: MemberId) -> Key {
    Key::new(waiting_for(link), format!("{}#{member}", moment(since)))
}

/// A job that is to be looked at at `at`.
#[must_use]
pub fn job_due(job: JobId, at: Timestamp) -> Key {
    due(Due::Job, at, job.as_bytes(), &job.to_string())
}

/// What a primary key found in the due index names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A link.
    Link(OrganizationId, LinkId),
    /// An enrollment.
    Enrollment(MemberId, LinkId),
    /// A member.
    Member(MemberId),
    /// A mail.
    Mail(MailId),
    /// A job.
    Job(OrganizationId, JobId),
}

/// Reads a primary key of the due index back.
#[must_use]
pub fn parse(key: &Key) -> Option<Named> {
    let (kind, id) = key.partition.split_once('#')?;
    match (kind, key.sort.split_once('#')) {
        ("ORG", Some(("LINK", link))) => Some(Named::Link(OrganizationId::parse(id).ok()?, LinkId::parse(link).ok()?)),
        ("ORG", Some(("JOB", job))) => Some(Named::Job(OrganizationId::parse(id).ok()?, JobId::parse(job).ok()?)),
        ("MEMBER", Some(("ENROLLMENT", link))) => {
            Some(Named::Enrollment(MemberId::parse(id).ok()?, LinkId::parse(link).ok()?))
        }
        ("MEMBER", None) => Some(Named::Member(MemberId::parse(id).ok()?)),
        ("MAIL", None) => Some(Named::Mail(MailId::parse(id).ok()?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
