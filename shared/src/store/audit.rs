//! What admins did: a record in the transaction of every act.

use serde_json::Value;

use super::{Store, StoreError};
use crate::{
    domain::{Act, AuditId, AuditRecord, MemberId, OrganizationId, Subject, differences},
    table::{Record, Write, keys, to_item},
};

/// An act to be recorded, under an id of its own. One is made for each call, not for each attempt: where the answer to a
/// write was lost, [`Store::was_recorded`] tells whether it was written.
#[derive(Debug, Clone)]
pub(super) struct Audit {
    id: AuditId,
    organization: OrganizationId,
    by: Option<MemberId>,
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
    pub(super) fn audit(
        &self,
        organization: OrganizationId,
        by: Option<MemberId>,
        act: Act,
        subject: Subject,
    ) -> Audit {
        let id = AuditId::generate(self.clock.now(), &*self.random);
        Audit { id, organization, by, act, subject }
    }

    /// Whether the record of this act was written, and with it all of its transaction.
    pub(super) async fn was_recorded(&self, audit: &Audit) -> Result<bool, StoreError> {
        Ok(self.get_item(keys::audit(audit.organization, audit.id)).await?.is_some())
    }
}
