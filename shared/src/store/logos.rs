//! Organizations' logos: the picture is an item of its own, written and deleted in the transaction that changes the settings.

use super::{SettingsOutcome, Store, StoreError};
use crate::{
    domain::{ActorId, Logo, LogoHash, LogoPicture, OrganizationChange, OrganizationId, Picture},
    table::keys,
};

impl Store {
    /// The picture of a logo, if an organization has it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn logo(&self, hash: LogoHash) -> Result<Option<LogoPicture>, StoreError> {
        self.get(keys::logo(hash)).await
    }

    /// Gives an organization a logo, in place of the one it has, for the admin `by`; where a version of its settings is given, only if
    /// it is that one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn put_logo(
        &self,
        id: OrganizationId,
        by: ActorId,
        version: Option<u64>,
        picture: &Picture,
    ) -> Result<SettingsOutcome, StoreError> {
        let (logo, picture) = Logo::of(id, picture);
        let change = OrganizationChange { logo: Some(Some(logo)), ..OrganizationChange::default() };
        self.edit_settings(id, by, version, &change, Some(&picture)).await
    }

    /// Takes an organization's logo away, if it has one, for `by`.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn delete_logo(&self, id: OrganizationId, by: ActorId) -> Result<SettingsOutcome, StoreError> {
        let change = OrganizationChange { logo: Some(None), ..OrganizationChange::default() };
        self.edit_settings(id, by, None, &change, None).await
    }
}
