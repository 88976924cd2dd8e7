//! What admins did, for good: one record for each act, written in the transaction of what it tells.
//!
//! A record names people by id alone, so that erasing somebody leaves the record true and takes nothing from it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{ActorId, AuditId, InvalidId, MemberId, ModuleId, OrganizationId, Timestamp, UnitId};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// A link was made.
    LinkCreated,
    /// A link was made after the model of another.
    LinkDuplicated,
    /// A link was edited, deactivated or reactivated.
    LinkEdited,
    /// A link got a new code.
    LinkRegenerated,
    /// A link was deleted.
    LinkDeleted,
    /// The organization's settings were edited.
    OrganizationEdited,
    /// A member may be mailed again.
    SuppressionCleared,
    /// Access was granted to a member.
    AccessGranted,
    /// A member's access was revoked.
    AccessRevoked,
    /// A group, site or region was put into the catalog, or replaced there.
    UnitPut,
    /// A group, site or region was taken out of the catalog.
    UnitDeleted,
    /// A module was put into the catalog, or replaced there.
    ModulePut,
    /// A module was taken out of the catalog.
    ModuleDeleted,
    /// The organization was created, by the operator.
    OrganizationCreated,
    /// The organization was closed, by the operator.
    OrganizationClosed,
    /// A revoked member got back the access they had.
    AccessRestored,
    /// What a member had waiting for an admin was refused.
    AccessRefused,
    /// A login mail was sent anew.
    LoginResent,
    /// Access was ordered for everybody whom a filter admits.
    GrantsOrdered,
    /// People were brought in from a file.
    ImportOrdered,
    /// A file was checked: nobody was brought in.
    ImportChecked,
    /// A member came from a file, or was put in more units by one.
    MemberImported,
    /// A job was stopped.
    JobCancelled,
    /// A member's units or name were changed by hand.
    MemberEdited,
    /// A member was taken out of a link.
    EnrollmentRemoved,
    /// What an enrollment gave ended, its time being over.
    AllocationEnded,
    /// The address of a member who had never signed in was corrected.
    AddressCorrected,
    /// A member was erased.
    MemberErased,
    /// A member became an admin.
    AdminAdded,
    /// An admin became an ordinary member.
    AdminRemoved,
    /// An API key was made.
    ApiKeyCreated,
    /// An API key was revoked.
    ApiKeyRevoked,
    /// A webhook was made.
    WebhookCreated,
    /// A webhook was edited, stopped or started again.
    WebhookEdited,
    /// A webhook got a new secret.
    WebhookSecretRotated,
    /// A webhook was deleted.
    WebhookDeleted,
}

impl Act {
    /// The act of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        serde_json::from_value(name.into()).ok()
    }
}

/// Whose acts to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doer {
    /// An admin, an API key or the operator.
    Actor(ActorId),
    /// The system, on an admin's standing orders.
    System,
}

impl Doer {
    /// Reads it from its one spelling: an actor's, or `system`.
    ///
    /// # Errors
    /// [`InvalidId`] for every other text.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        if text == "system" { Ok(Self::System) } else { ActorId::parse(text).map(Self::Actor) }
    }
}

/// Which records to list: those that every part that is there admits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Acts from this moment on.
    pub from: Option<Timestamp>,
    /// Acts before this moment.
    pub to: Option<Timestamp>,
    /// Acts of one doer.
    pub by: Option<Doer>,
    /// Acts of one kind.
    pub act: Option<Act>,
}

impl AuditFilter {
    /// Whether records have to be looked at one by one, because the order of time does not tell which are admitted.
    #[must_use]
    pub fn looks_at_each(&self) -> bool {
        self.by.is_some() || self.act.is_some()
    }

    /// Whether a record within the period is admitted.
    #[must_use]
    pub fn admits(&self, record: &AuditRecord) -> bool {
        let doer = record.by.map_or(Doer::System, Doer::Actor);
        self.by.is_none_or(|by| by == doer) && self.act.is_none_or(|act| act == record.act)
    }
}

/// What it was done to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Subject {
    /// An access link.
    Link(super::LinkId),
    /// The organization itself.
    Organization(OrganizationId),
    /// A member.
    Member(MemberId),
    /// A group, site or region.
    Unit(UnitId),
    /// A training module.
    Module(ModuleId),
    /// A job.
    Job(super::JobId),
    /// An API key.
    ApiKey(super::ApiKeyId),
    /// A webhook.
    Webhook(super::WebhookId),
}

/// One act of one admin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AuditRecord {
    /// Its id, ordered by time.
    pub id: AuditId,
    /// The organization.
    pub organization: OrganizationId,
    /// The admin who did it; none where the system did it on an admin's standing orders.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ActorId>,
    /// What was done.
    pub act: Act,
    /// To what.
    pub subject: Subject,
    /// What the act changed, as it was before; an object with the changed fields, `null` for what was not there.
    pub before: Value,
    /// The same fields as they are after it.
    pub after: Value,
    /// When.
    pub at: Timestamp,
}

/// The fields in which two objects differ, as they are in each; a field that one of them has not is `null` there.
#[must_use]
pub fn differences(before: &Value, after: &Value) -> (Value, Value) {
    let names: BTreeSet<&String> =
        [before, after].into_iter().filter_map(Value::as_object).flat_map(Map::keys).collect();
    let changed: Vec<_> = names.into_iter().filter(|name| before.get(*name) != after.get(*name)).collect();
    let of = |value: &Value| {
        let field = |name: &&String| ((*name).clone(), value.get(*name).cloned().unwrap_or(Value::Null));
        Value::Object(changed.iter().map(field).collect())
    };
    (of(before), of(after))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let (before, after) =
            differences(&json!({"name": "A", "cap": 3, "state": "active"}), &json!({"name": "B", "state": "active"}));
        assert_eq!((before, after), (json!({"name": "A", "cap": 3}), json!({"name": "B", "cap": null})));
        assert_eq!(differences(&Value::Null, &json!({"name": "B"})), (json!({"name": null}), json!({"name": "B"})));
    }
}
