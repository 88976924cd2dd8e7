//! The keys of what is listed in an index: people, enrollments, mails, sessions and records, under what they belong to.

use super::{Key, moment};
use crate::domain::{
    Access, AuditId, DeliveryState, EmailAddress, EventId, LinkId, MailId, MemberId, OrganizationId, Timestamp,
    WebhookId,
};

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

/// The list entry of a delivery: under its webhook, by whether it has ended, then by time.
#[must_use]
pub fn delivery_list(webhook: WebhookId, state: DeliveryState, created_at: Timestamp, event: EventId) -> Key {
    Key::new(deliveries_of(webhook), format!("{}#{}#{event}", state.rank(), moment(created_at)))
}

/// The list partition of a webhook's deliveries.
#[must_use]
pub fn deliveries_of(webhook: WebhookId) -> String {
    format!("WEBHOOK#{webhook}")
}

/// The list entry of an organization, by time.
#[must_use]
pub fn organization_list(created_at: Timestamp, id: OrganizationId) -> Key {
    Key::new(organizations(), format!("{}#{id}", moment(created_at)))
}

/// The list partition of all organizations.
#[must_use]
pub fn organizations() -> String {
    "ORGANIZATIONS".to_owned()
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
