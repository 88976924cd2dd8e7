//! Organizations and their first admin.

use super::{Store, StoreError, transaction::Plan};
use crate::{
    domain::{MailKind, Member, Organization, OrganizationId},
    table::{Write, keys, to_item},
};

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
        let mail = self.new_mail(organization.id, admin.id, MailKind::FirstAdmin, organization.created_at);
        let writes = vec![
            Write::put(to_item(organization)?).when("attribute_not_exists(#PK)"),
            Write::put(to_item(admin)?).when("attribute_not_exists(#PK)"),
            Write::put(to_item(&mail)?),
        ];
        let writes = &writes;
        self.retry(|_| async move {
            // An answer may have been lost after it was written.
            let there = self.organization(organization.id).await?.is_some();
            Ok(if there { Plan::End(()) } else { Plan::Write(writes.clone(), ()) })
        })
        .await
    }
}
