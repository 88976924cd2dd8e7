//! An organization's catalog: its units and modules.

use serde_json::Value;

use super::{
    Store, StoreError,
    audit::Audit,
    listing::Listing,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{
        Act, ActorId, Allocation, Catalog, Gives, Module, ModuleId, OrganizationId, Subject, Unit, UnitId, UnitKind,
    },
    table::{Entity, Item, Key, Write, from_attributes, from_item, keys, module_item, unit_item},
};

/// How many units, and how many modules of theirs, are named to those who look at a link.
const NAMED: usize = 4;
/// How many are looked at, where some of the first are not in the catalog any more.
const LOOKED_AT: usize = 12;

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

    /// The names of what an allocation gives, of a few units and modules: so that what anybody may look at costs little, however
    /// much a link gives. They may be seconds old, and what can't be read at the moment is left out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn gives(&self, organization: OrganizationId, allocation: &Allocation) -> Result<Gives, StoreError> {
        let sites_first = [UnitKind::Site, UnitKind::Group, UnitKind::Region];
        let units: Vec<UnitId> =
            sites_first.into_iter().flat_map(|kind| allocation.of_kind(kind).iter().copied()).collect();
        let (units, more_units) =
            self.first_of(&units, |id| keys::unit(organization, id), |unit: &Unit| unit.id).await?;
        let mut modules: Vec<ModuleId> = Vec::new();
        for id in units.iter().flat_map(|unit| &unit.modules) {
            if !modules.contains(id) {
                modules.push(*id);
            }
        }
        let (modules, more_modules) =
            self.first_of(&modules, |id| keys::module(organization, id), |module: &Module| module.id).await?;
        let sites = units.into_iter().filter(|unit| unit.kind == UnitKind::Site).map(|unit| unit.name).collect();
        let modules = modules.into_iter().map(|module| module.title).collect();
        Ok(Gives { sites, modules, more: more_units || more_modules })
    }

    /// The first of these records that there are, in the order of their ids, and whether there may be more. The first few are
    /// read; only where one of them is gone are others read, a few as well.
    async fn first_of<I: Copy + PartialEq, E: Entity>(
        &self,
        ids: &[I],
        key: impl Fn(I) -> Key,
        id_of: impl Fn(&E) -> I,
    ) -> Result<(Vec<E>, bool), StoreError> {
        let mut found: Vec<E> = Vec::new();
        let mut looked_at = 0;
        for most in [NAMED, LOOKED_AT] {
            if found.len() >= NAMED {
                break;
            }
            let next: Vec<_> = ids.iter().take(most).skip(looked_at).map(|&id| key(id)).collect();
            looked_at += next.len();
            found.extend(self.get_some::<E>(&next).await?);
        }
        found.sort_by_key(|one| ids.iter().position(|id| *id == id_of(one)));
        let more = found.len() > NAMED || looked_at < ids.len();
        found.truncate(NAMED);
        Ok((found, more))
    }

    /// Puts a unit for the admin `by`, or replaces it by one of the same kind.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn put_unit(
        &self,
        organization: OrganizationId,
        by: ActorId,
        unit: &Unit,
    ) -> Result<PutUnit, StoreError> {
        let audit = self.audit(organization, Some(by), Act::UnitPut, Subject::Unit(unit.id));
        self.replace(&audit, &keys::unit(organization, unit.id), Some(&unit_item(unit, organization)?)).await
    }

    /// Deletes a unit for the admin `by`; links and members that name it keep the id, and nothing is shown for it any more.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn delete_unit(&self, organization: OrganizationId, by: ActorId, id: UnitId) -> Result<(), StoreError> {
        let audit = self.audit(organization, Some(by), Act::UnitDeleted, Subject::Unit(id));
        self.replace(&audit, &keys::unit(organization, id), None).await.map(drop)
    }

    /// Puts a module for the admin `by`, or replaces it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn put_module(
        &self,
        organization: OrganizationId,
        by: ActorId,
        module: &Module,
    ) -> Result<(), StoreError> {
        let audit = self.audit(organization, Some(by), Act::ModulePut, Subject::Module(module.id));
        let item = module_item(module, organization)?;
        self.replace(&audit, &keys::module(organization, module.id), Some(&item)).await.map(drop)
    }

    /// Deletes a module for the admin `by`; units that name it keep the id, and nothing is shown for it any more.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn delete_module(
        &self,
        organization: OrganizationId,
        by: ActorId,
        id: ModuleId,
    ) -> Result<(), StoreError> {
        let audit = self.audit(organization, Some(by), Act::ModuleDeleted, Subject::Module(id));
        self.replace(&audit, &keys::module(organization, id), None).await.map(drop)
    }

    /// Puts `after` at `key`, or takes away what is there, with the record of it. What is so already is no act and leaves no record.
    async fn replace(&self, audit: &Audit, key: &Key, after: Option<&Item>) -> Result<PutUnit, StoreError> {
        self.retry(|Unanswered(unanswered)| async move {
            if unanswered && self.was_recorded(audit).await? {
                return Ok(Plan::End(PutUnit::Done));
            }
            let before = self.get_item(key.clone()).await?;
            if before.as_ref() == after {
                return Ok(Plan::End(PutUnit::Done));
            }
            let kind = |item: &Item| item.get("kind").cloned();
            if let (Some(before), Some(after)) = (&before, after)
                && kind(before) != kind(after)
            {
                return Ok(Plan::End(PutUnit::OtherKind));
            }
            let write = after.map_or_else(|| Write::delete(key.clone()), |item| Write::put(item.clone()));
            // What the record tells of before is what was there when this was written.
            let write = match &before {
                Some(before) => write.unless_changed(before),
                None => write.when("attribute_not_exists(#PK)"),
            };
            let record = audit.write(&told(before.as_ref())?, &told(after)?)?;
            Ok(Plan::Write(vec![write, record], PutUnit::Done))
        })
        .await
    }
}

/// What audit records tell of a unit or module: all that an admin puts.
fn told(item: Option<&Item>) -> Result<Value, StoreError> {
    let Some(item) = item else { return Ok(Value::Null) };
    let put = item.iter().filter(|(name, _)| !["PK", "SK", "entity", "id"].contains(&name.as_str()));
    Ok(from_attributes(put.map(|(name, value)| (name.clone(), value.clone())).collect())?)
}
