//! What an overview adds up, link by link.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use chrono::Days;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use shared::{
    domain::{Catalog, EnrollmentState, Link, LinkId, LinkState, Lot, Timestamp},
    store::Openings,
};

use crate::views::{self, LinkStatus};

/// How many of the links with most sign-ups are told.
const MOST: usize = 10;

/// A link with what is counted of it.
pub(super) struct Seen<'a> {
    pub link: &'a Link,
    pub lots: &'a [Lot],
    pub openings: &'a Openings,
}

/// What has been added up so far. It travels in the cursor, so its names are short and its lists bounded; who makes one up
/// deceives nobody but themselves.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Totals {
    /// Links by status.
    links: BTreeMap<String, u64>,
    /// Enrollments by state; empty before the first link.
    states: BTreeMap<String, u64>,
    /// Seats taken; seats free of open links; open links without a cap.
    seats: [u64; 3],
    /// Seats free of links that are not over, which are for the people on their waiting lists.
    #[serde(default)]
    held: u64,
    /// Opened, registered, signed in.
    funnel: [u64; 3],
    /// Links, but for deleted ones, that give a unit which is not in the catalog any more.
    gaps: u64,
    /// Members by access, as they are told.
    members: Value,
    /// The links with most sign-ups, most first.
    most: Vec<(LinkId, u64)>,
}

impl Totals {
    /// Nothing added up, with these members by access.
    pub fn of(members: Value) -> Self {
        Self { members, ..Self::default() }
    }

    /// Adds a link, as it is at `now`; its sign-ups of the last `days` days of its zone count for [`Self::most`].
    pub fn add(&mut self, seen: &Seen<'_>, catalog: &Catalog, now: Timestamp, days: u32) {
        let Seen { link, lots, openings } = *seen;
        let gone = |unit| catalog.unit(unit).is_none();
        add(&mut self.gaps, u64::from(link.state != LinkState::Deleted && link.allocation.units().any(gone)));
        let status = views::link_status(link, lots, now);
        add(self.links.entry(name(&status)).or_default(), 1);
        for state in EnrollmentState::ALL {
            let count = lots.iter().map(|lot| lot.count(state)).sum();
            add(self.states.entry(state.name().to_owned()).or_default(), count);
        }
        let taken: u64 = lots.iter().map(|lot| lot.taken).sum();
        add(&mut self.seats[0], taken);
        match link.cap.filter(|_| status == LinkStatus::Open) {
            Some(cap) => add(&mut self.seats[1], cap.seats().saturating_sub(taken)),
            None => add(&mut self.seats[2], u64::from(status == LinkStatus::Open)),
        }
        if matches!(status, LinkStatus::Full | LinkStatus::WaitingList) && link.open_until() > now {
            let waiting: u64 = lots.iter().map(|lot| lot.waiting).sum();
            let free = link.cap.map_or(0, |cap| cap.seats().saturating_sub(taken));
            add(&mut self.held, free.min(waiting));
        }
        let counts =
            [openings.total, lots.iter().map(Lot::registered).sum(), lots.iter().map(|lot| lot.signed_in).sum()];
        for (total, count) in self.funnel.iter_mut().zip(counts) {
            add(total, count);
        }
        let today = link.time_zone.day(now);
        let before = today.checked_sub_days(Days::new(days.into())).unwrap_or(today);
        let lately = lots.iter().flat_map(|lot| &lot.days).filter(|(day, _)| **day > before).map(|(_, count)| count);
        let lately = lately.sum();
        if lately > 0 {
            self.most.push((link.id, lately));
            self.most.sort_by_key(|(_, registered)| Reverse(*registered));
            self.most.truncate(MOST);
        }
    }

    /// The links with most sign-ups.
    pub fn most(&self) -> Vec<LinkId> {
        self.most.iter().map(|(link, _)| *link).take(MOST).collect()
    }

    /// As it is told.
    pub fn view(&self, names: &HashMap<LinkId, String>) -> Value {
        let most = self.most.iter().take(MOST);
        let most: Vec<_> =
            most.map(|(id, registered)| json!({"id": id, "name": names.get(id), "registered": registered})).collect();
        let ([taken, free, uncapped], [opened, registered, signed_in]) = (self.seats, self.funnel);
        let count = |state: EnrollmentState| self.states.get(state.name()).copied().unwrap_or_default();
        let by_state: BTreeMap<_, _> =
            EnrollmentState::ALL.into_iter().map(|state| (state.name(), count(state))).collect();
        json!({
            "links": self.links,
            "links_with_deleted_units": self.gaps,
            "seats": {"taken": taken, "free": free, "held": self.held, "open_without_cap": uncapped},
            "by_state": by_state,
            "funnel": {"opened": opened, "registered": registered, "signed_in": signed_in},
            "members": self.members,
            "most_registered": most,
        })
    }
}

fn add(total: &mut u64, count: u64) {
    *total = total.saturating_add(count);
}

fn name(status: &LinkStatus) -> String {
    json!(status).as_str().unwrap_or_default().to_owned()
}
