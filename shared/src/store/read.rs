//! Reads of single items and of many at once. All are consistent but those of [`Store::get_some`].

use aws_sdk_dynamodb::types::KeysAndAttributes;
use futures::future::try_join_all;

use super::{Store, StoreError};
use crate::table::{Entity, Item, Key, from_item};

/// How many items `BatchGetItem` gives at most.
const BATCH: usize = 100;

impl Store {
    /// The item at `key`, if there is one.
    pub(super) async fn get_item(&self, key: Key) -> Result<Option<Item>, StoreError> {
        let request = self.client.get_item().table_name(&*self.table).set_key(Some(key.to_attributes()));
        Ok(request.consistent_read(true).send().await?.item)
    }

    /// The record at `key`, if there is one.
    pub(super) async fn get<E: Entity>(&self, key: Key) -> Result<Option<E>, StoreError> {
        Ok(self.get_item(key).await?.map(from_item).transpose()?)
    }

    /// The items at `keys` that there are, in no order. Batches of 100 are read side by side.
    pub(super) async fn get_items(&self, keys: &[Key]) -> Result<Vec<Item>, StoreError> {
        let batches = try_join_all(keys.chunks(BATCH).map(|batch| self.get_batch(batch))).await?;
        Ok(batches.into_iter().flatten().collect())
    }

    /// The records at `keys` that there are and that one call gives, in no order; at most 100. They may be seconds old.
    pub(super) async fn get_some<E: Entity>(&self, keys: &[Key]) -> Result<Vec<E>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let keys = keys.iter().map(Key::to_attributes).collect();
        let wanted = KeysAndAttributes::builder().set_keys(Some(keys)).build();
        let wanted = wanted.map_err(|error| StoreError::Refused(Box::new(error)))?;
        let answer = self.client.batch_get_item().request_items(&*self.table, wanted).send().await?;
        let items = answer.responses.into_iter().flat_map(|mut tables| tables.remove(&*self.table)).flatten();
        Ok(items.map(from_item).collect::<Result<_, _>>()?)
    }

    async fn get_batch(&self, keys: &[Key]) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::with_capacity(keys.len());
        let mut left: Vec<_> = keys.iter().map(Key::to_attributes).collect();
        let mut patience = self.patience();
        while !left.is_empty() {
            let wanted = KeysAndAttributes::builder().set_keys(Some(left)).consistent_read(true).build();
            let wanted = wanted.map_err(|error| StoreError::Refused(Box::new(error)))?;
            let answer = self.client.batch_get_item().request_items(&*self.table, wanted).send().await?;
            items.extend(answer.responses.into_iter().flat_map(|mut tables| tables.remove(&*self.table)).flatten());
            left = answer
                .unprocessed_keys
                .and_then(|mut tables| tables.remove(&*self.table))
                .map_or_else(Vec::new, |rest| rest.keys);
            if !left.is_empty() {
                self.pause(&mut patience).await?;
            }
        }
        Ok(items)
    }
}
