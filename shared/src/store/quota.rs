//! How many of a kind an organization has: a counter beside them, whose condition holds the limit whoever asks at once.

use super::{Store, StoreError};
use crate::table::{Key, Update, Write};

/// The attribute that counts.
const KEPT: &str = "kept";

/// Counts one more, if there are fewer than `most`. To be written with what is counted.
pub(super) fn one_more(counter: Key, most: u32) -> Write {
    Write::update(counter, Update::new().increase(KEPT, 1))
        .when("attribute_not_exists(#kept) OR #kept < :most")
        .value(":most", most)
}

/// Counts one less. To be written with what takes that one away, under a condition that lets it happen once.
pub(super) fn one_less(counter: Key) -> Write {
    Write::update(counter, Update::new().increase(KEPT, -1))
}

impl Store {
    /// Whether there are `most` already.
    pub(super) async fn is_full(&self, counter: Key, most: u32) -> Result<bool, StoreError> {
        let counter = self.get_item(counter).await?.unwrap_or_default();
        let kept = counter.get(KEPT).and_then(|kept| kept.as_n().ok()?.parse::<u32>().ok());
        Ok(kept.unwrap_or(0) >= most)
    }
}
