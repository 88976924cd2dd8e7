//! What admins did: a record in the transaction of every act, and the list of them.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Page, PageKey, Store, StoreError, listing::Listing};
use crate::{
    domain::{
        Act, ActorId, AuditFilter, AuditId, AuditRecord, OrganizationId, Subject, Timestamp, differences, host_of,
    },
    table::{Key, Record, Write, keys, to_item},
};

/// How many records one read looks through at most for those of one doer or act.
const LOOKED_THROUGH: u32 = 1_000;

/// A record with the names that those it speaks of have now; who is gone has none.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditEntry {
    /// The record.
    pub record: AuditRecord,
    /// The name of whoever did it.
    pub by: Option<String>,
    /// The name of what it was done to.
    pub subject: Option<String>,
}

/// An act to be recorded, under an id of its own. One is made for each call, not for each attempt: where the answer to a
/// write was lost, [`Store::was_recorded`] tells whether it was written.
#[derive(Debug, Clone)]
pub(super) struct Audit {
    id: AuditId,
    organization: OrganizationId,
    by: Option<ActorId>,
    act: Act,
    subject: Subject,
}

impl Audit {
    /// The record of the act, to be written in its transaction. `before` and `after` are objects that tell the subject, or what of
    /// it the act is about; the fields that differ are kept. They name people by id alone. Nothing can overwrite a record.
    pub fn write(&self, before: &Value, after: &Value) -> Result<Write, StoreError> {
        let (before, after) = differences(before, after);
        let record = AuditRecord {
            id: self.id,
            organization: self.organization,
            by: self.by,
            act: self.act,
            subject: self.subject.clone(),
            before,
            after,
            at: self.id.at(),
        };
        debug_assert_eq!(record.key(), keys::audit(self.organization, self.id));
        Ok(Write::put(to_item(&record)?).when("attribute_not_exists(#PK)"))
    }
}

impl Store {
    /// An act of now, by this admin, or by the system on their standing orders.
    pub(super) fn audit(&self, organization: OrganizationId, by: Option<ActorId>, act: Act, subject: Subject) -> Audit {
        let id = AuditId::generate(self.clock.now(), &*self.random);
        Audit { id, organization, by, act, subject }
    }

    /// Whether the record of this act was written, and with it all of its transaction.
    pub(super) async fn was_recorded(&self, audit: &Audit) -> Result<bool, StoreError> {
        Ok(self.get_item(keys::audit(audit.organization, audit.id)).await?.is_some())
    }

    /// The records of an organization's acts that `filter` admits, newest first: at most `limit`, and as many as one read gives
    /// (1 MB). By doer or act there may be fewer while there are more: only so many are looked through.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list_audit(
        &self,
        organization: OrganizationId,
        filter: &AuditFilter,
        limit: u32,
        after: Option<PageKey>,
    ) -> Result<Page<AuditEntry>, StoreError> {
        let (from, to) = (filter.from.unwrap_or(Timestamp::from_millis(0)), filter.to.unwrap_or(Timestamp::NEVER));
        let range = keys::audit_range(from, to);
        let read = if filter.looks_at_each() { LOOKED_THROUGH } else { limit };
        let partition = keys::audit_of(organization);
        let listing =
            Listing { partition, range: Some(range), descending: true, limit: Some(read), after, ..Listing::default() };
        let Page { items: records, next } =
            self.list_some(listing, limit, |record: &AuditRecord| filter.admits(record)).await?;
        let subject = |record: &AuditRecord| subject_key(organization, &record.subject);
        let actor = |record: &AuditRecord| record.by.map(|by| keys::actor(organization, by));
        let named: HashSet<Key> =
            records.iter().flat_map(|record| [subject(record), actor(record)]).flatten().collect();
        let names = self.names(&named.into_iter().collect::<Vec<_>>()).await?;
        let name = |key: Option<Key>| key.and_then(|key| names.get(&key).cloned());
        let entries = records.into_iter().map(|record| AuditEntry {
            by: name(actor(&record)),
            subject: name(subject(&record)),
            record,
        });
        Ok(Page { items: entries.collect(), next })
    }

    /// The names that these have now, of those that are there.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn actor_names(
        &self,
        organization: OrganizationId,
        actors: impl IntoIterator<Item = ActorId>,
    ) -> Result<HashMap<ActorId, String>, StoreError> {
        let actors: HashSet<ActorId> = actors.into_iter().collect();
        let keyed: Vec<_> = actors.into_iter().map(|actor| (actor, keys::actor(organization, actor))).collect();
        let keys: Vec<Key> = keyed.iter().map(|(_, key)| key.clone()).collect();
        let mut names = self.names(&keys).await?;
        Ok(keyed.into_iter().filter_map(|(actor, key)| Some((actor, names.remove(&key)?))).collect())
    }

    /// The names of the items at these keys, of those that are there and have one. A webhook goes by the host of its URL.
    pub(super) async fn names(&self, keys: &[Key]) -> Result<HashMap<Key, String>, StoreError> {
        let mut names = HashMap::new();
        for item in self.get_items(keys).await? {
            let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
            let host = || text("url").map(|url| host_of(&url).to_owned());
            if let (Some(partition), Some(sort), Some(name)) =
                (text(keys::PK), text(keys::SK), text("name").or_else(|| text("title")).or_else(host))
            {
                names.insert(Key { partition, sort }, name);
            }
        }
        Ok(names)
    }
}

/// Where what an act was done to stands, if it has a name.
fn subject_key(organization: OrganizationId, subject: &Subject) -> Option<Key> {
    Some(match *subject {
        Subject::Link(id) => keys::link(organization, id),
        Subject::Member(id) => keys::member(id),
        Subject::Unit(id) => keys::unit(organization, id),
        Subject::Module(id) => keys::module(organization, id),
        Subject::Organization(id) => keys::organization(id),
        Subject::ApiKey(id) => keys::api_key(organization, id),
        Subject::Webhook(id) => keys::webhook(organization, id),
        Subject::Job(_) => return None,
    })
}
