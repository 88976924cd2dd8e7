//! How often a link's page was opened, in all and by day. The counters stand apart from the lots and take part in no
//! transaction: opening a link disturbs nobody's registration.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Store, StoreError, listing::Listing};
use crate::{
    domain::{Door, LinkId},
    table::{Update, Write, days::days_of, keys},
};

/// How often a link's page was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Openings {
    /// In all.
    pub total: u64,
    /// By day, of the zone in which the link's days are counted.
    pub by_day: BTreeMap<NaiveDate, u64>,
}

impl Store {
    /// Counts that the page of the link behind this door was opened now. One whose answer is lost may be counted twice.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn count_opened(&self, door: &Door) -> Result<(), StoreError> {
        let shard = self.choose(&std::array::from_fn::<u8, { keys::OPENING_SHARDS as usize }, _>(|shard| {
            u8::try_from(shard).unwrap_or_default()
        }));
        let update = Update::new()
            .increase("opened", 1)
            .count_on(door.time_zone.day(self.clock.now()))
            .put_if_absent("entity", "openings");
        self.update(Write::update(keys::openings(door.link, shard), update)).await.map(drop)
    }

    /// How often a link's page was opened.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn openings(&self, link: LinkId) -> Result<Openings, StoreError> {
        let listing = Listing { partition: keys::openings_of(link), ..Listing::default() };
        let mut openings = Openings::default();
        for item in self.list_all(listing).await? {
            openings.total +=
                item.get("opened").and_then(|count| count.as_n().ok()?.parse::<u64>().ok()).unwrap_or_default();
            for (day, count) in days_of(&item) {
                *openings.by_day.entry(day).or_default() += count;
            }
        }
        Ok(openings)
    }
}
