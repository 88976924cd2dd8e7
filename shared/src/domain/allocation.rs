//! Where people land: the groups, sites and regions a link or an admin puts them in.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize, Serializer};

use super::{UnitId, UnitKind};

/// The units one link may name, or one member be put in by one enrollment. Bounded because the units are written in
/// one DynamoDB transaction with the enrollment, and a transaction holds at most 100 items.
pub const MAX_ALLOCATED_UNITS: usize = 50;

/// A set of groups, sites and regions; any of them may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allocation {
    /// The groups.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty", serialize_with = "as_string_set")]
    pub groups: BTreeSet<UnitId>,
    /// The sites.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty", serialize_with = "as_string_set")]
    pub sites: BTreeSet<UnitId>,
    /// The regions.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty", serialize_with = "as_string_set")]
    pub regions: BTreeSet<UnitId>,
}

/// DynamoDB's string set in the table, a plain array in JSON.
fn as_string_set<S: Serializer>(units: &BTreeSet<UnitId>, serializer: S) -> Result<S::Ok, S::Error> {
    serde_dynamo::string_set::serialize(&units.iter().map(ToString::to_string).collect::<Vec<_>>(), serializer)
}

impl Allocation {
    /// The units of one kind.
    #[must_use]
    pub fn of_kind(&self, kind: UnitKind) -> &BTreeSet<UnitId> {
        match kind {
            UnitKind::Group => &self.groups,
            UnitKind::Site => &self.sites,
            UnitKind::Region => &self.regions,
        }
    }

    /// Every unit, whatever its kind.
    pub fn units(&self) -> impl Iterator<Item = UnitId> + '_ {
        UnitKind::ALL.into_iter().flat_map(|kind| self.of_kind(kind).iter().copied())
    }

    /// How many units there are.
    #[must_use]
    pub fn len(&self) -> usize {
        UnitKind::ALL.into_iter().map(|kind| self.of_kind(kind).len()).sum()
    }

    /// Whether there is no unit at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The units that are not in `other`, kind by kind.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self {
            groups: &self.groups - &other.groups,
            sites: &self.sites - &other.sites,
            regions: &self.regions - &other.regions,
        }
    }

    /// The units that are in `other` too, kind by kind.
    #[must_use]
    pub fn within(&self, other: &Self) -> Self {
        Self {
            groups: &self.groups & &other.groups,
            sites: &self.sites & &other.sites,
            regions: &self.regions & &other.regions,
        }
    }

    /// Adds every unit of `other`.
    pub fn extend(&mut self, other: &Self) {
        self.groups.extend(&other.groups);
        self.sites.extend(&other.sites);
        self.regions.extend(&other.regions);
    }
}
