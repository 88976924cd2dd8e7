//! Limit counters. What is held against one subject in a long window of time stands in one item, with a count for each short
//! window within it, so that both limits cost one write.

use chrono::TimeDelta;

use super::{Store, StoreError};
use crate::{
    domain::Timestamp,
    table::{Update, Write, keys},
};

/// How many events there were in the present windows, the one just counted included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// In the short window.
    pub short: u64,
    /// In the long window.
    pub long: u64,
}

impl Store {
    /// Counts one event against a limit. `kind` says what is limited, `subject` is a hash of whom it is held against. The windows
    /// are fixed ones: they begin at multiples of their length since 1970; `long` is a multiple of `short`, and has at most 100
    /// of them, so that the item stays within one write unit.
    ///
    /// # Errors
    /// See [`StoreError`]; whoever cannot count must refuse.
    pub async fn count(
        &self,
        kind: &str,
        subject: &str,
        short: TimeDelta,
        long: TimeDelta,
    ) -> Result<Counted, StoreError> {
        let now = self.clock.now().millis();
        let into_long = now % long.num_milliseconds().max(1);
        let start = Timestamp::from_millis(now - into_long);
        let within = format!("w{}", into_long / short.num_milliseconds().max(1));
        let update = Update::new()
            .increase("hits", 1)
            .increase(&within, 1)
            .put_if_absent("entity", "limit")
            .put_if_absent("delete_after", start.plus(long + long).epoch_seconds());
        let counted = self.update(Write::update(keys::limit(kind, subject, start), update)).await?;
        let item = counted.unwrap_or_default();
        let number = |name: &str| item.get(name).and_then(|hits| hits.as_n().ok()?.parse().ok()).unwrap_or(u64::MAX);
        Ok(Counted { short: number(&within), long: number("hits") })
    }
}
