//! Limit counters. What is held against one subject in a long window of time stands in one item, with a count for each short
//! window within it, so that both limits cost one write. What is refused is not counted.

use chrono::TimeDelta;

use super::{Store, StoreError};
use crate::{
    domain::Timestamp,
    table::{Update, Write, keys},
};

/// How often something may happen in two windows of time. They are fixed ones: they begin at multiples of their length since
/// 1970; `long` is a multiple of `short`, and has at most 100 of them, so that the item stays within one write unit.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// What is limited; part of the counter's key.
    pub kind: &'static str,
    /// The short window, and how often in it.
    pub short: (TimeDelta, u32),
    /// The long window, and how often in it.
    pub long: (TimeDelta, u32),
}

/// Whether one more was within a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// It was, and is counted.
    Within,
    /// It was not, and is not counted. There is room again at the latest after so long.
    Beyond(TimeDelta),
}

impl Store {
    /// Counts one event against a limit of `subject`, a hash of whom it is held against, if it is within the limit.
    ///
    /// # Errors
    /// See [`StoreError`]; whoever cannot count must refuse.
    pub async fn count(&self, limit: &Limit, subject: &str) -> Result<Counted, StoreError> {
        let (short, short_most) = limit.short;
        let (long, long_most) = limit.long;
        let now = self.clock.now().millis();
        let into_long = now % long.num_milliseconds().max(1);
        let start = Timestamp::from_millis(now - into_long);
        let within = format!("w{}", into_long / short.num_milliseconds().max(1));
        let update = Update::new()
            .increase("hits", 1)
            .increase(&within, 1)
            .put_if_absent("entity", "limit")
            .put_if_absent("delete_after", start.plus(long + long).epoch_seconds());
        let write = Write::update(keys::limit(limit.kind, subject, start), update)
            .when(format!(
                "(attribute_not_exists(#hits) OR #hits < :long_most) AND (attribute_not_exists(#{within}) OR #{within} < :short_most)"
            ))
            .value(":long_most", long_most)
            .value(":short_most", short_most);
        Ok(match self.update(write).await? {
            Ok(_) => Counted::Within,
            Err(met) => {
                let hits = met.get("hits").and_then(|hits| hits.as_n().ok()?.parse::<u32>().ok()).unwrap_or(u32::MAX);
                Counted::Beyond(if hits >= long_most { long } else { short })
            }
        })
    }
}
