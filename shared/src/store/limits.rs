//! Limit counters: one item for each limit, subject and window of time.

use chrono::TimeDelta;

use super::{Store, StoreError};
use crate::{
    domain::Timestamp,
    table::{Update, Write, keys},
};

impl Store {
    /// Counts one event against a limit and gives how many there were in the present window, this one included. `kind` says what
    /// is limited, `subject` is a hash of whom it is held against. The window is a fixed one: it begins at a multiple of
    /// `window` since 1970.
    ///
    /// # Errors
    /// See [`StoreError`]; whoever cannot count must refuse.
    pub async fn count(&self, kind: &str, subject: &str, window: TimeDelta) -> Result<u64, StoreError> {
        let now = self.clock.now().millis();
        let start = Timestamp::from_millis(now - now % window.num_milliseconds().max(1));
        let update = Update::new()
            .increase("hits", 1)
            .put_if_absent("entity", "limit")
            .put_if_absent("delete_after", start.plus(window + window).epoch_seconds());
        let counted = self.update(Write::update(keys::limit(kind, subject, start), update)).await?;
        let item = counted.unwrap_or_default();
        Ok(item.get("hits").and_then(|hits| hits.as_n().ok()?.parse().ok()).unwrap_or(u64::MAX))
    }
}
