//! Every key of the table is made here, from newtypes, and nowhere else. Text a user typed is never part of one.
//!
//! `docs/DATA-MODEL.md` lists them with the accesses they serve.

mod due;
mod lists;
mod named;
mod search;

use std::{collections::HashMap, fmt};

use aws_sdk_dynamodb::types::AttributeValue;
use serde::Deserialize;

use crate::domain::{
    ActorId, ApiKeyId, AuditId, CodeChallenge, CodeHash, EventId, JobId, LinkId, LogoHash, MailId, MailRequestId,
    MemberId, ModuleId, OrganizationId, SessionHash, Timestamp, TokenHash, UnitId, WebhookId,
};

pub use due::{
    DUE_SHARDS, Due, allocation_due, closing_due, delivery_due, due_until, erasure_due, job_due, link_due, mail_due,
    mail_request_due, reservation_due,
};
pub use lists::{
    audit_about, audit_about_member, deliveries_of, delivery_list, enrollment_list, enrollment_list_until,
    enrollments_of, mail_list, mails_of, member_by_address, member_list, member_list_range, member_list_until,
    members_by_address, members_of, organization_list, organization_of_address, organizations, same_address_range,
    session_of_member, sessions_of,
};
pub use named::{Named, parse};
pub use search::{PATH_LETTERS, search_entry, search_partition, search_path, search_range, search_record};

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

/// Which organization was created under a key, by the key's hash.
#[must_use]
pub fn founding(hash: &str) -> Key {
    Key::new(format!("FOUNDING#{hash}"), "FOUNDING")
}

/// The picture of an organization's logo. It is found by its hash alone, since everybody may see it and nobody is to learn whose it is.
#[must_use]
pub fn logo(hash: LogoHash) -> Key {
    Key::new(format!("LOGO#{hash}"), "LOGO")
}

/// That a replaced enrollment was taken out of its link's counts, by its hash.
#[must_use]
pub fn counted_out(hash: &str) -> Key {
    Key::new(format!("COUNTEDOUT#{hash}"), "COUNTEDOUT")
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

/// The partition of an organization's API keys.
#[must_use]
pub fn api_keys_of(organization: OrganizationId) -> String {
    format!("ORG#{organization}#KEYS")
}

/// An API key.
#[must_use]
pub fn api_key(organization: OrganizationId, id: ApiKeyId) -> Key {
    Key::new(api_keys_of(organization), format!("KEY#{id}"))
}

/// The first and the last sort key of an organization's API keys.
#[must_use]
pub fn api_key_range() -> (String, String) {
    ("KEY#".to_owned(), "KEY$".to_owned())
}

/// The counter of an organization's API keys that are not revoked.
#[must_use]
pub fn api_key_count(organization: OrganizationId) -> Key {
    Key::new(api_keys_of(organization), "COUNT")
}

/// The item of whoever acted for this organization.
#[must_use]
pub fn actor(organization: OrganizationId, id: ActorId) -> Key {
    match id {
        ActorId::Admin(id) => member(id),
        ActorId::ApiKey(id) => api_key(organization, id),
        ActorId::Operator => self::organization(organization),
    }
}

/// The answer to a creation that was asked for under a key; `hash` is that of who asked, for what, and the key.
#[must_use]
pub fn idempotency(organization: OrganizationId, hash: &str) -> Key {
    Key::new(format!("ORG#{organization}#IDEMPOTENCY"), format!("KEY#{hash}"))
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

/// The codes of login mails for a browser, by what it can prove.
#[must_use]
pub fn login_codes(challenge: &CodeChallenge) -> Key {
    Key::new(format!("CODES#{}", challenge.hex()), "CODES")
}

/// A mail.
#[must_use]
pub fn mail(id: MailId) -> Key {
    Key::new(format!("MAIL#{id}"), "MAIL")
}

/// A request for mail.
#[must_use]
pub fn mail_request(id: MailRequestId) -> Key {
    Key::new(format!("REQUEST#{id}"), "REQUEST")
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

/// The partition of an organization's webhooks.
#[must_use]
pub fn webhooks_of(organization: OrganizationId) -> String {
    format!("ORG#{organization}#WEBHOOKS")
}

/// The first and the last sort key of an organization's webhooks.
#[must_use]
pub fn webhook_range() -> (String, String) {
    ("WEBHOOK#".to_owned(), "WEBHOOK$".to_owned())
}

/// The counter of an organization's webhooks.
#[must_use]
pub fn webhook_count(organization: OrganizationId) -> Key {
    Key::new(webhooks_of(organization), "COUNT")
}

/// A webhook.
#[must_use]
pub fn webhook(organization: OrganizationId, id: WebhookId) -> Key {
    Key::new(webhooks_of(organization), format!("WEBHOOK#{id}"))
}

/// The delivery of an event to a webhook.
#[must_use]
pub fn delivery(webhook: WebhookId, event: EventId) -> Key {
    Key::new(format!("WEBHOOK#{webhook}"), format!("DELIVERY#{event}"))
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

#[cfg(test)]
mod tests;
