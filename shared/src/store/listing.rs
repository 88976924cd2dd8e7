//! Queries that go page by page.

use std::collections::{BTreeMap, HashMap};

use aws_sdk_dynamodb::types::AttributeValue;

use super::{Store, StoreError};
use crate::table::{Entity, Item, from_item, keys};

/// Where a page ended: the texts of the last key but for its partition, which the next query derives anew, so that a made-up
/// page key leads to no other partition.
pub type PageKey = BTreeMap<String, String>;

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// Where the next one begins, if there may be one.
    pub next: Option<PageKey>,
}

/// A query of one partition.
#[derive(Debug, Clone, Default)]
pub(super) struct Listing {
    /// The index, or the table itself.
    pub index: Option<keys::Index>,
    /// The partition.
    pub partition: String,
    /// The first and the last sort key, both included; all of the partition if none.
    pub range: Option<(String, String)>,
    /// From the last to the first.
    pub descending: bool,
    /// How many items at most.
    pub limit: Option<u32>,
    /// Where to go on.
    pub after: Option<PageKey>,
    /// Whether it may miss what was written a moment ago, for half the cost; an index always may.
    pub eventual: bool,
}

impl Listing {
    /// Whether a page of this list can have ended there: the key has all its parts and no more, and lies within the range.
    fn can_go_on_at(&self, after: &PageKey) -> bool {
        let sort = self.index.map_or(keys::SK, |index| index.sort);
        let parts = if self.index.is_some() { vec![sort, keys::PK, keys::SK] } else { vec![keys::SK] };
        let complete = after.len() == parts.len()
            && parts.iter().all(|part| after.get(*part).is_some_and(|text| !text.is_empty() && text.len() <= 1_024));
        let within = |(first, last): &(String, String)| after.get(sort).is_some_and(|at| (first..=last).contains(&at));
        complete && self.range.as_ref().is_none_or(within)
    }
}

/// The primary key of an item, of which an index may have given the keys alone.
pub(super) fn key_of(item: &Item) -> Option<keys::Key> {
    let text = |name| item.get(name).and_then(|value| value.as_s().ok()).cloned();
    Some(keys::Key { partition: text(keys::PK)?, sort: text(keys::SK)? })
}

impl Store {
    /// One page.
    pub(super) async fn list(&self, listing: &Listing) -> Result<Page<Item>, StoreError> {
        let (partition, sort) = listing.index.map_or((keys::PK, keys::SK), |index| (index.partition, index.sort));
        let mut values = HashMap::from([(":p".to_owned(), AttributeValue::S(listing.partition.clone()))]);
        let mut condition = format!("{partition} = :p");
        if let Some((first, last)) = &listing.range {
            condition.push_str(&format!(" AND {sort} BETWEEN :first AND :last"));
            values.insert(":first".to_owned(), AttributeValue::S(first.clone()));
            values.insert(":last".to_owned(), AttributeValue::S(last.clone()));
        }
        if listing.after.as_ref().is_some_and(|after| !listing.can_go_on_at(after)) {
            return Err(StoreError::PageKey);
        }
        let start = listing.after.as_ref().map(|after| {
            let rest = after.iter().map(|(name, text)| (name.clone(), AttributeValue::S(text.clone())));
            let first = (partition.to_owned(), AttributeValue::S(listing.partition.clone()));
            rest.chain([first]).collect()
        });
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .set_index_name(listing.index.map(|index| index.name.to_owned()))
            .consistent_read(listing.index.is_none() && !listing.eventual)
            .key_condition_expression(condition)
            .set_expression_attribute_values(Some(values))
            .scan_index_forward(!listing.descending)
            .set_limit(listing.limit.and_then(|limit| i32::try_from(limit).ok()))
            .set_exclusive_start_key(start)
            .send()
            .await?;
        let next = answer.last_evaluated_key.map(|key| {
            let texts = key.into_iter().filter(|(name, _)| name != partition);
            texts.filter_map(|(name, value)| Some((name, value.as_s().ok()?.clone()))).collect()
        });
        Ok(Page { items: answer.items.unwrap_or_default(), next })
    }

    /// At most `limit` entries that are wanted, of those that `listing` looks through in one query. A page that is cut short goes on
    /// behind its last entry.
    pub(super) async fn list_some<T: Entity>(
        &self,
        listing: Listing,
        limit: u32,
        wanted: impl Fn(&T) -> bool,
    ) -> Result<Page<T>, StoreError> {
        let sort = listing.index.map_or(keys::SK, |index| index.sort);
        let Page { items, next } = self.list(&listing).await?;
        let mut found = Vec::new();
        for item in items {
            let parts = [sort, keys::PK, keys::SK];
            let parts = if listing.index.is_some() { &parts[..] } else { &parts[2..] };
            let text = |name: &&str| Some(((*name).to_owned(), item.get(*name)?.as_s().ok()?.clone()));
            let place: PageKey = parts.iter().filter_map(text).collect();
            let entry: T = from_item(item)?;
            if wanted(&entry) {
                if found.len() == limit as usize {
                    let last = found.last().map(|(_, place): &(T, PageKey)| place.clone());
                    return Ok(Page { items: found.into_iter().map(|(entry, _)| entry).collect(), next: last });
                }
                found.push((entry, place));
            }
        }
        Ok(Page { items: found.into_iter().map(|(entry, _)| entry).collect(), next })
    }

    /// Every page, one after the other. For partitions that are bounded by what they hold.
    pub(super) async fn list_all(&self, mut listing: Listing) -> Result<Vec<Item>, StoreError> {
        let mut items = Vec::new();
        loop {
            let page = self.list(&listing).await?;
            items.extend(page.items);
            match page.next {
                Some(next) => listing.after = Some(next),
                None => return Ok(items),
            }
        }
    }
}
