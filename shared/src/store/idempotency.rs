//! Answers to creations: written with what is made, and found by whoever asks for the same again.

use super::{Store, StoreError};
use crate::{
    domain::{Creation, GivenAnswer, Timestamp},
    table::{Item, Write, keys, to_item},
};

/// The write of an answer: it belongs into the transaction that makes what it tells of, as the last of its writes.
pub(super) struct AnswerWrite {
    item: Item,
    now: Timestamp,
}

impl AnswerWrite {
    pub fn new(answer: &GivenAnswer, now: Timestamp) -> Result<Self, StoreError> {
        Ok(Self { item: to_item(answer)?, now })
    }

    /// Only where there is none that is still given: DynamoDB collects late what is over.
    pub fn write(&self) -> Write {
        Write::put(self.item.clone())
            .when("attribute_not_exists(#PK) OR #delete_after <= :now")
            .value(":now", self.now.epoch_seconds())
    }

    /// Whether its condition met the answer of another call. An attempt whose own answer was lost meets itself.
    pub fn met_another(&self, refused: &[Option<Item>]) -> bool {
        matches!(refused.last(), Some(Some(met)) if *met != self.item)
    }
}

impl Store {
    /// The answer that was given to a creation under its key, to this request or to another, while it is kept.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn given_answer(&self, creation: &Creation) -> Result<Option<GivenAnswer>, StoreError> {
        let found: Option<GivenAnswer> = self.get(keys::idempotency(creation.organization, &creation.hash)).await?;
        Ok(found.filter(|answer| answer.is_kept(self.clock.now())))
    }
}
