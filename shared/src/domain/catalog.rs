//! The catalog: units people are put in, and the training modules assigned to them.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ModuleId, Title, UnitId};

/// The modules one unit may be given; keeps the unit within one small item.
pub const MAX_MODULES_PER_UNIT: usize = 100;

/// The units one organization may have. A member may be in all of them, twice over (by a link and by hand), and is one item of at most
/// 400 KB: 2,000 ids of 36 characters take 152 KB, and leave room for the ids of units that were deleted.
pub const MAX_UNITS: usize = 2_000;

/// What kind of unit it is. A unit keeps its kind for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// A group of people: a crew, a trade.
    Group,
    /// A place.
    Site,
    /// A part of the world.
    Region,
}

impl UnitKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Group, Self::Site, Self::Region];
}

/// A group, site or region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Its id.
    pub id: UnitId,
    /// Its kind.
    pub kind: UnitKind,
    /// What admins and members call it.
    pub name: Title,
    /// The modules assigned to everyone in it.
    pub modules: BTreeSet<ModuleId>,
}

/// A training module: what members see of it is its title and where it opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Module {
    /// Its id.
    pub id: ModuleId,
    /// Its title.
    pub title: Title,
    /// Where it opens: an `https` address.
    pub url: String,
}

/// Everything in an organization's catalog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalog {
    /// The units, by id.
    pub units: Vec<Unit>,
    /// The modules, by id.
    pub modules: Vec<Module>,
}

/// What people get through a link, by the names that its page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Gives {
    /// The names of sites.
    pub sites: Vec<Title>,
    /// The titles of training modules.
    pub modules: Vec<Title>,
    /// Whether there may be more units or modules than were looked at.
    pub more: bool,
}

impl Catalog {
    /// The unit with this id.
    #[must_use]
    pub fn unit(&self, id: UnitId) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }
}
