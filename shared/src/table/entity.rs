//! Domain structs to items and back. An item is the struct's own attributes, its keys, and `entity`.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use serde::{Serialize, de::DeserializeOwned};

use super::days::days_of;
use super::keys::{self, DUE, Index, Key, LISTS, PK, SK};
use crate::domain::{
    AdminEntry, ApiKey, AuditRecord, CountedOut, Delivery, Door, Enrollment, EnrollmentState, Founding, GivenAnswer,
    ImportPage, Job, JobRow, Link, LinkState, LoginCodes, LoginTokenRecord, LogoPicture, Lot, Mail, MailRequest,
    MailState, Member, Module, Organization, OrganizationId, SearchEntry, SearchRecord, Session, Subject, Suppression,
    Unit, Webhook,
};

/// An item of the table.
pub type Item = HashMap<String, AttributeValue>;

/// An item that is not what its key promises, or a struct that makes no item.
#[derive(Debug, thiserror::Error)]
#[error("item of entity {entity} cannot be read or written")]
pub struct ItemError {
    entity: &'static str,
    #[source]
    source: serde_dynamo::Error,
}

/// What the table calls a kind of item.
pub trait Entity: Serialize + DeserializeOwned {
    /// The value of the attribute `entity`.
    const NAME: &'static str;
}

macro_rules! entities {
    ($($type:ty => $name:literal),* $(,)?) => {
        $(impl Entity for $type { const NAME: &'static str = $name; })*
    };
}

entities! {
    Organization => "organization", Link => "link", Door => "door", Lot => "lot", Member => "member",
    Enrollment => "enrollment", Session => "session", LoginTokenRecord => "token", Mail => "mail",
    Unit => "unit", Module => "module", AuditRecord => "audit", AdminEntry => "admin", ApiKey => "api_key", Suppression => "suppression",
    Job => "job", JobRow => "job_row", ImportPage => "job_page",
    Webhook => "webhook", Founding => "founding", LogoPicture => "logo", Delivery => "delivery", GivenAnswer => "given_answer",
    MailRequest => "mail_request", LoginCodes => "login_codes",
    CountedOut => "counted_out", SearchEntry => "search_entry", SearchRecord => "search_record",
}

/// Something that is one item: it knows its keys.
pub trait Record: Entity {
    /// Its primary key.
    fn key(&self) -> Key;
    /// Its entry in the index that lists, if it has one.
    fn list_key(&self) -> Option<Key> {
        None
    }
    /// Its entry in the index of what is due, if it has one.
    fn due_key(&self) -> Option<Key> {
        None
    }
}

impl Record for Organization {
    fn key(&self) -> Key {
        keys::organization(self.id)
    }

    fn list_key(&self) -> Option<Key> {
        Some(keys::organization_list(self.created_at, self.id))
    }

    /// While it is being closed.
    fn due_key(&self) -> Option<Key> {
        Some(keys::closing_due(self.id, self.closing?.next_look?))
    }
}

impl Record for Founding {
    fn key(&self) -> Key {
        keys::founding(&self.hash)
    }
}

impl Record for LogoPicture {
    fn key(&self) -> Key {
        keys::logo(self.hash)
    }
}

impl Record for CountedOut {
    fn key(&self) -> Key {
        keys::counted_out(&self.hash)
    }
}

impl Record for AdminEntry {
    fn key(&self) -> Key {
        keys::admin(self.organization, self.member)
    }
}

impl Record for ApiKey {
    fn key(&self) -> Key {
        keys::api_key(self.organization, self.id)
    }
}

impl Record for GivenAnswer {
    fn key(&self) -> Key {
        keys::idempotency(self.organization, &self.hash)
    }
}

impl Record for Suppression {
    fn key(&self) -> Key {
        keys::suppression(self.organization, self.member)
    }
}

impl Record for Link {
    fn key(&self) -> Key {
        keys::link(self.organization, self.id)
    }

    /// While its lots may be behind, or it is active and they are shut for having too many seats taken, or somebody may wait for a
    /// seat, or its admins are to be told when it fills up: at once, at every sweep. Then, while it is active: when
    /// its admins may be told that people wait, when they are to be told that it will expire, and when it expires.
    fn due_key(&self) -> Option<Key> {
        let awaited = self.gate.waiting && !self.expiry_noted;
        if self.gate.unsettled
            || ((self.gate.over || awaited) && self.state == LinkState::Active)
            || self.seats_watched()
        {
            return Some(keys::link_due(self.id, self.updated_at));
        }
        let open_ended = self.state == LinkState::Active && !self.expiry_noted;
        let expiry = self.expires_at.filter(|_| open_ended).map(|expires_at| self.alerts.next_look(expires_at));
        let look = expiry.into_iter().chain(self.waiting_look()).min()?;
        Some(keys::link_due(self.id, look))
    }
}

impl Record for Door {
    fn key(&self) -> Key {
        keys::door(&self.code)
    }
}

impl Record for Member {
    fn key(&self) -> Key {
        keys::member(self.id)
    }

    fn list_key(&self) -> Option<Key> {
        Some(keys::member_list(self.organization, self.access, self.created_at, self.id))
    }

    fn due_key(&self) -> Option<Key> {
        Some(keys::member_by_address(&self.email, self.organization))
    }
}

impl Record for Enrollment {
    fn key(&self) -> Key {
        keys::enrollment(self.member, self.link)
    }

    fn list_key(&self) -> Option<Key> {
        Some(keys::enrollment_list(self.link, self.registered_at, self.member))
    }

    /// While it waits, its place on the waiting list; once it has landed, when what it gave ends.
    fn due_key(&self) -> Option<Key> {
        if self.gives_units() {
            return Some(keys::allocation_due(self.member, self.link, self.allocation_ends_at?));
        }
        if self.state == EnrollmentState::Waiting {
            return Some(keys::waiting(self.link, self.registered_at, self.member));
        }
        let lapses_at = self.lapses_at.filter(|_| self.state == EnrollmentState::Reserved)?;
        Some(keys::reservation_due(self.member, self.link, lapses_at))
    }
}

impl Record for Job {
    fn key(&self) -> Key {
        keys::job(self.organization, self.id)
    }

    fn due_key(&self) -> Option<Key> {
        Some(keys::job_due(self.id, self.next_attempt_at.filter(|_| !self.state.has_ended())?))
    }
}

impl Record for JobRow {
    fn key(&self) -> Key {
        match (self.row, self.member) {
            (Some(row), _) => keys::job_row(self.job, self.page, format_args!("{row:06}")),
            (None, Some(member)) => keys::job_row(self.job, self.page, member),
            (None, None) => keys::job_row(self.job, self.page, ""),
        }
    }
}

impl Record for ImportPage {
    fn key(&self) -> Key {
        keys::import_page(self.job, self.page)
    }
}

impl Record for AuditRecord {
    fn key(&self) -> Key {
        keys::audit(self.organization, self.id)
    }

    fn list_key(&self) -> Option<Key> {
        match self.subject {
            Subject::Member(member) => Some(keys::audit_about(member, self.id)),
            _ => None,
        }
    }
}

impl Record for SearchEntry {
    fn key(&self) -> Key {
        keys::search_entry(self.organization, &self.path, self.member)
    }
}

impl Record for SearchRecord {
    fn key(&self) -> Key {
        keys::search_record(self.member)
    }
}

impl Record for Session {
    fn key(&self) -> Key {
        keys::session(&self.hash)
    }

    fn due_key(&self) -> Option<Key> {
        Some(keys::session_of_member(self.member, self.created_at))
    }
}

impl Record for LoginTokenRecord {
    fn key(&self) -> Key {
        keys::token(&self.hash)
    }
}

impl Record for LoginCodes {
    fn key(&self) -> Key {
        keys::login_codes(&self.challenge)
    }
}

impl Record for Mail {
    fn key(&self) -> Key {
        keys::mail(self.id)
    }

    fn list_key(&self) -> Option<Key> {
        Some(keys::mail_list(self.member, self.created_at, self.id))
    }

    fn due_key(&self) -> Option<Key> {
        let open = matches!(self.state, MailState::Queued | MailState::Sending);
        Some(keys::mail_due(self.id, self.next_attempt_at.filter(|_| open)?))
    }
}

impl Record for MailRequest {
    fn key(&self) -> Key {
        keys::mail_request(self.id)
    }

    fn due_key(&self) -> Option<Key> {
        Some(keys::mail_request_due(self.id, self.next_attempt_at?))
    }
}

impl Record for Webhook {
    fn key(&self) -> Key {
        keys::webhook(self.organization, self.id)
    }
}

impl Record for Delivery {
    fn key(&self) -> Key {
        keys::delivery(self.webhook, self.id)
    }

    fn list_key(&self) -> Option<Key> {
        Some(keys::delivery_list(self.webhook, self.state, self.created_at, self.id))
    }

    fn due_key(&self) -> Option<Key> {
        Some(keys::delivery_due(self.webhook, self.id, self.next_attempt_at?))
    }
}

fn add_key(item: &mut Item, partition: &str, sort: &str, key: Key) {
    item.insert(partition.to_owned(), AttributeValue::S(key.partition));
    item.insert(sort.to_owned(), AttributeValue::S(key.sort));
}

/// The item of a record, all its keys included.
///
/// # Errors
/// [`ItemError`] when the record makes no item, which only a fault in its type can cause.
pub fn to_item<R: Record>(record: &R) -> Result<Item, ItemError> {
    let mut item = keyed_item(record, record.key())?;
    for (index, key) in [(LISTS, record.list_key()), (DUE, record.due_key())] {
        if let Some(key) = key {
            let Index { partition, sort, .. } = index;
            add_key(&mut item, partition, sort, key);
        }
    }
    Ok(item)
}

fn keyed_item<E: Entity>(entity: &E, key: Key) -> Result<Item, ItemError> {
    let mut item: Item = serde_dynamo::to_item(entity).map_err(|source| ItemError { entity: E::NAME, source })?;
    // An absent attribute and a null one would be two spellings of "none".
    item.retain(|_, value| !value.is_null());
    item.insert("entity".to_owned(), AttributeValue::S(E::NAME.to_owned()));
    add_key(&mut item, PK, SK, key);
    Ok(item)
}

/// The item of a lot, which does not name its own link.
///
/// # Errors
/// See [`to_item`].
pub fn lot_item(lot: &Lot, key: Key) -> Result<Item, ItemError> {
    keyed_item(lot, key)
}

/// Reads a lot back, its counts by day included.
///
/// # Errors
/// See [`from_item`].
pub fn lot_from_item(item: Item) -> Result<Lot, ItemError> {
    let days = days_of(&item);
    Ok(Lot { days, ..from_item(item)? })
}

/// The item of a unit, which does not name its own organization.
///
/// # Errors
/// See [`to_item`].
pub fn unit_item(unit: &Unit, organization: OrganizationId) -> Result<Item, ItemError> {
    keyed_item(unit, keys::unit(organization, unit.id))
}

/// The item of a module, which does not name its own organization.
///
/// # Errors
/// See [`to_item`].
pub fn module_item(module: &Module, organization: OrganizationId) -> Result<Item, ItemError> {
    keyed_item(module, keys::module(organization, module.id))
}

/// Reads an item back.
///
/// # Errors
/// [`ItemError`] when the item is not what its key promises.
pub fn from_item<E: Entity>(item: Item) -> Result<E, ItemError> {
    serde_dynamo::from_item(item).map_err(|source| ItemError { entity: E::NAME, source })
}

/// The attributes of an item, whatever it is, as JSON.
///
/// # Errors
/// [`ItemError`] for attributes that have no JSON form: sets of bytes, and bytes.
pub fn from_attributes(item: Item) -> Result<serde_json::Value, ItemError> {
    serde_dynamo::from_item(item).map_err(|source| ItemError { entity: "any", source })
}
