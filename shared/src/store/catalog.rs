//! An organization's catalog: its units and modules.

use super::{Store, StoreError, listing::Listing, transaction::Commit};
use crate::{
    domain::{Catalog, Module, ModuleId, OrganizationId, Unit, UnitId},
    table::{Write, from_item, keys, module_item, unit_item},
};

/// How putting a unit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PutUnit {
    /// It is there as given.
    Done,
    /// A unit of this id is of another kind, and a unit keeps its kind.
    OtherKind,
}

impl Store {
    /// The whole catalog.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn catalog(&self, organization: OrganizationId) -> Result<Catalog, StoreError> {
        let listing = Listing { partition: keys::catalog(organization), ..Listing::default() };
        let mut catalog = Catalog::default();
        for item in self.list_all(listing).await? {
            match item.get("entity").and_then(|entity| entity.as_s().ok()).map(String::as_str) {
                Some("unit") => catalog.units.push(from_item(item)?),
                Some("module") => catalog.modules.push(from_item(item)?),
                _ => {}
            }
        }
        Ok(catalog)
    }

    /// Puts a unit, or replaces it by one of the same kind.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn put_unit(&self, organization: OrganizationId, unit: &Unit) -> Result<PutUnit, StoreError> {
        let write = Write::put(unit_item(unit, organization)?)
            .when("attribute_not_exists(#PK) OR #kind = :kind")
            .value(":kind", unit.kind);
        let mut patience = self.patience();
        loop {
            match self.commit(vec![write.clone()]).await {
                Ok(Commit::Done) => return Ok(PutUnit::Done),
                Ok(Commit::Refused(_)) => return Ok(PutUnit::OtherKind),
                Ok(Commit::Conflict) => {}
                Err(error) if error.is_transient() => {}
                Err(error) => return Err(error),
            }
            self.pause(&mut patience).await?;
        }
    }

    /// Deletes a unit; links and members that name it keep the id, and nothing is shown for it any more.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn delete_unit(&self, organization: OrganizationId, id: UnitId) -> Result<(), StoreError> {
        self.retry_write(Write::delete(keys::unit(organization, id))).await
    }

    /// Puts a module, or replaces it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn put_module(&self, organization: OrganizationId, module: &Module) -> Result<(), StoreError> {
        self.retry_write(Write::put(module_item(module, organization)?)).await
    }

    /// Deletes a module; units that name it keep the id, and nothing is shown for it any more.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn delete_module(&self, organization: OrganizationId, id: ModuleId) -> Result<(), StoreError> {
        self.retry_write(Write::delete(keys::module(organization, id))).await
    }
}
