//! Organizations and their settings.

use serde_json::Value;

use super::{
    Page, PageKey, Store, StoreError,
    admins::admin_write,
    listing::Listing,
    transaction::{Plan, Unanswered},
    version::is_overtaken,
};
use crate::{
    domain::{
        Act, ActorId, Founding, LogoPicture, MailKind, Member, Organization, OrganizationChange, OrganizationId,
        Subject,
    },
    table::{Write, from_item, keys, to_item},
};

/// How a creation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundOutcome {
    /// It is there now.
    Created,
    /// One was created under this hash before. Nothing was written.
    Before(Founding),
}

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

    /// Writes a new organization, its first admin, and the intent to mail them a login link, all at once: once for each hash of
    /// [`Founding::hash`].
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn create_organization(
        &self,
        organization: &Organization,
        admin: &Member,
        hash: &str,
    ) -> Result<FoundOutcome, StoreError> {
        let audit = self.audit(organization.id, None, Act::OrganizationCreated, Subject::Organization(organization.id));
        let mail = self.new_mail(organization.id, admin.id, MailKind::FirstAdmin, organization.created_at);
        let founding = Founding { hash: hash.to_owned(), organization: organization.id, member: admin.id };
        let writes = vec![
            Write::put(to_item(&founding)?).when("attribute_not_exists(#PK)"),
            Write::put(to_item(organization)?).when("attribute_not_exists(#PK)"),
            Write::put(to_item(admin)?).when("attribute_not_exists(#PK)"),
            admin_write(admin)?,
            Write::put(to_item(&mail)?),
            audit.write(&Value::Null, &organization.told())?,
        ];
        let writes = &writes;
        self.retry(|_| async move {
            let Some(founded) = self.get::<Founding>(keys::founding(hash)).await? else {
                return Ok(Plan::Write(writes.clone(), FoundOutcome::Created));
            };
            // An answer may have been lost after it was written.
            let ours = founded.organization == organization.id;
            Ok(Plan::End(if ours { FoundOutcome::Created } else { FoundOutcome::Before(founded) }))
        })
        .await
    }

    /// All organizations, the oldest first: a page of them.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list_organizations(
        &self,
        limit: u32,
        after: Option<PageKey>,
    ) -> Result<Page<Organization>, StoreError> {
        let partition = keys::organizations();
        let listing = Listing { index: Some(keys::LISTS), partition, limit: Some(limit), after, ..Listing::default() };
        let Page { items, next } = self.list(&listing).await?;
        Ok(Page { items: items.into_iter().map(from_item).collect::<Result<_, _>>()?, next })
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
        self.edit_settings(id, by, version, change, None).await
    }

    /// The same, with the picture that a new logo is of: it is written beside the settings, and that of the logo before deleted.
    pub(super) async fn edit_settings(
        &self,
        id: OrganizationId,
        by: ActorId,
        version: Option<u64>,
        change: &OrganizationChange,
        picture: Option<&LogoPicture>,
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
            let mut writes =
                vec![put.value(":version", organization.version), audit.write(&organization.told(), &edited.told())?];
            if organization.logo != edited.logo {
                writes.extend(picture.map(to_item).transpose()?.map(Write::put));
                writes.extend(organization.logo.map(|logo| Write::delete(keys::logo(logo.hash))));
            }
            Ok(Plan::Write(writes, SettingsOutcome::Done(Box::new(edited))))
        })
        .await
    }
}
