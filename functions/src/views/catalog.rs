//! Units and modules.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::domain::{Allocation, Catalog, ModuleId, UnitId, UnitKind};

/// An allocation by ids, as admins send and see it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AllocationIds {
    /// The groups.
    #[serde(default)]
    pub groups: Vec<String>,
    /// The sites.
    #[serde(default)]
    pub sites: Vec<String>,
    /// The regions.
    #[serde(default)]
    pub regions: Vec<String>,
}

impl From<&Allocation> for AllocationIds {
    fn from(allocation: &Allocation) -> Self {
        let ids = |kind| allocation.of_kind(kind).iter().map(ToString::to_string).collect();
        Self { groups: ids(UnitKind::Group), sites: ids(UnitKind::Site), regions: ids(UnitKind::Region) }
    }
}

/// One unit by id and name; no name when it is no longer in the catalog.
#[derive(Debug, Clone, Serialize)]
pub struct NamedUnit {
    id: UnitId,
    name: Option<String>,
}

/// An allocation by ids and names.
#[derive(Debug, Clone, Serialize)]
pub struct NamedAllocation {
    groups: Vec<NamedUnit>,
    sites: Vec<NamedUnit>,
    regions: Vec<NamedUnit>,
}

/// An allocation with the names that the catalog has for its units.
#[must_use]
pub fn named_allocation(allocation: &Allocation, catalog: &Catalog) -> NamedAllocation {
    let named = |kind| {
        let units = allocation.of_kind(kind).iter();
        units.map(|&id| NamedUnit { id, name: catalog.unit(id).map(|unit| unit.name.to_string()) }).collect()
    };
    NamedAllocation { groups: named(UnitKind::Group), sites: named(UnitKind::Site), regions: named(UnitKind::Region) }
}

/// The whole catalog, as admins see it. Modules that were deleted are left out of their units, so that a unit can be put again
/// as it is shown.
#[must_use]
pub fn catalog(catalog: &Catalog) -> Value {
    let there: BTreeSet<ModuleId> = catalog.modules.iter().map(|module| module.id).collect();
    let units = |kind| {
        let units = catalog.units.iter().filter(|unit| unit.kind == kind);
        let shown = units.map(|unit| {
            let modules: Vec<_> = unit.modules.intersection(&there).collect();
            json!({"id": unit.id, "name": unit.name, "modules": modules})
        });
        shown.collect::<Vec<_>>()
    };
    json!({
        "groups": units(UnitKind::Group),
        "sites": units(UnitKind::Site),
        "regions": units(UnitKind::Region),
        "modules": catalog.modules,
    })
}
