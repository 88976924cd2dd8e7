//! Organizations and their settings.

use serde_json::Value;

use super::{
    Store, StoreError,
    admins::admin_write,
    transaction::{Plan, Unanswered},
    version::is_overtaken,
};
use crate::{
    domain::{Act, ActorId, MailKind, Member, Organization, OrganizationChange, OrganizationId, Subject},
    table::{Write, keys, to_item},
};

/// How an edit of the settings ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingsOutcome {
    /// The organization as it stands now.
    Done(Box<Organization>),
    /// There is no such organization.
    NotFound,
    /// It has been edited since the version the admin saw.
    VersionConflict,
}

impl Store {
    /// An organization.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn organization(&self, id: OrganizationId) -> Result<Option<Organization>, StoreError> {
        self.get(keys::organization(id)).await
    }

    /// Writes a new organization, its first admin, and the intent to mail them a login link, all at once.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn create_organization(&self, organization: &Organization, admin: &Member) -> Result<(), StoreError> {
        let audit = self.audit(organization.id, None, Act::OrganizationCreated, Subject::Organization(organization.id));
        let mail = self.new_mail(organization.id, admin.id, MailKind::FirstAdmin, organization.created_at);
        let writes = vec![
            Write::put(to_item(organization)?).when("attribute_not_exists(#PK)"),
            Write::put(to_item(admin)?).when("attribute_not_exists(#PK)"),
            admin_write(admin)?,
            Write::put(to_item(&mail)?),
            audit.write(&Value::Null, &organization.told())?,
        ];
        let writes = &writes;
        self.retry(|_| async move {
            // An answer may have been lost after it was written.
            let there = self.organization(organization.id).await?.is_some();
            Ok(if there { Plan::End(()) } else { Plan::Write(writes.clone(), ()) })
        })
        .await
    }

    /// Edits an organization's settings for the admin `by`; where a version is given, only if it is that one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn edit_organization(
        &self,
        id: OrganizationId,
        by: ActorId,
        version: Option<u64>,
        change: &OrganizationChange,
    ) -> Result<SettingsOutcome, StoreError> {
        let audit = &self.audit(id, Some(by), Act::OrganizationEdited, Subject::Organization(id));
        self.retry(|Unanswered(unanswered)| async move {
            let Some(organization) = self.organization(id).await? else {
                return Ok(Plan::End(SettingsOutcome::NotFound));
            };
            if unanswered && self.was_recorded(audit).await? {
                return Ok(Plan::End(SettingsOutcome::Done(Box::new(organization))));
            }
            let edited = change.apply(&organization);
            let unchanged = Organization { version: organization.version, ..edited.clone() } == organization;
            if version.is_some_and(|version| is_overtaken(version, organization.version, unchanged)) {
                return Ok(Plan::End(SettingsOutcome::VersionConflict));
            }
            if unchanged {
                return Ok(Plan::End(SettingsOutcome::Done(Box::new(organization))));
            }
            let put = Write::put(to_item(&edited)?);
            // One that was stored before there were versions has none.
            let put = if organization.version == 1 {
                put.when("attribute_exists(#PK) AND (attribute_not_exists(#version) OR #version = :version)")
            } else {
                put.when("#version = :version")
            };
            let writes =
                vec![put.value(":version", organization.version), audit.write(&organization.told(), &edited.told())?];
            Ok(Plan::Write(writes, SettingsOutcome::Done(Box::new(edited))))
        })
        .await
    }
}
