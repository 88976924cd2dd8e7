//! What an overview of an organization needs beside its links: how many members have which access, and the names of links.

use std::collections::{BTreeSet, HashMap};

use aws_sdk_dynamodb::types::{AttributeValue, Select};

use super::{Store, StoreError};
use crate::{
    domain::{Access, LinkId, OrganizationId},
    table::keys,
};

/// How many members of each access are counted at most.
pub const COUNTED_MEMBERS: u32 = 1_000;

/// A count that ends at a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoundedCount {
    /// How many, or how many at least.
    pub count: u64,
    /// Whether there are more.
    pub more: bool,
}

impl Store {
    /// How many entries a partition of the table has, counted up to `most`.
    pub(super) async fn count_partition(&self, partition: String, most: u32) -> Result<BoundedCount, StoreError> {
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .key_condition_expression(format!("{} = :p", keys::PK))
            .expression_attribute_values(":p", AttributeValue::S(partition))
            .select(Select::Count)
            .consistent_read(true)
            .limit(i32::try_from(most).unwrap_or(i32::MAX))
            .send()
            .await?;
        let count = u64::try_from(answer.count).unwrap_or_default();
        let more = answer.last_evaluated_key.is_some_and(|key| !key.is_empty());
        Ok(BoundedCount { count, more })
    }

    /// How many members have this access, counted up to [`COUNTED_MEMBERS`], so that the cost has a bound whatever their number.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn count_members(
        &self,
        organization: OrganizationId,
        access: Access,
    ) -> Result<BoundedCount, StoreError> {
        let keys::Index { name, partition, sort } = keys::LISTS;
        let (first, last) = keys::member_list_range(access, access);
        let answer = self
            .client
            .query()
            .table_name(&*self.table)
            .index_name(name)
            .key_condition_expression(format!("{partition} = :p AND {sort} BETWEEN :first AND :last"))
            .expression_attribute_values(":p", AttributeValue::S(keys::members_of(organization)))
            .expression_attribute_values(":first", AttributeValue::S(first))
            .expression_attribute_values(":last", AttributeValue::S(last))
            .select(Select::Count)
            .limit(i32::try_from(COUNTED_MEMBERS).unwrap_or(i32::MAX))
            .send()
            .await?;
        let count = u64::try_from(answer.count).unwrap_or_default();
        let more = answer.last_evaluated_key.is_some_and(|key| !key.is_empty());
        Ok(BoundedCount { count, more })
    }

    /// The names of these links of the organization.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn link_names(
        &self,
        organization: OrganizationId,
        links: &[LinkId],
    ) -> Result<HashMap<LinkId, String>, StoreError> {
        let links: BTreeSet<_> = links.iter().copied().collect();
        let keys: Vec<_> = links.iter().map(|&link| keys::link(organization, link)).collect();
        let mut names = self.names(&keys).await?;
        Ok(links.iter().zip(&keys).filter_map(|(&link, key)| Some((link, names.remove(key)?))).collect())
    }
}
