//! The index of members by name and address, kept by a reader of the table's stream and not by what changes a member.
//!
//! A change is not taken from the record that tells of it, which may come twice, late, or while another call works on the same
//! member: what the index should hold follows from the member as they are. All that it holds of a member is changed in one
//! transaction, under the condition that nobody has changed it since it was read; then the member is looked at again. So
//! whoever wrote last has seen the member as they are, and nothing is left of what they were.

use std::collections::BTreeSet;

use futures::{StreamExt, TryStreamExt, stream};

use super::{Page, PageKey, Store, StoreError, transaction::Plan};
use crate::{
    domain::{Access, Member, MemberId, OrganizationId, SearchEntry, SearchRecord, SearchText},
    table::{Write, from_item, keys, to_item},
};

/// How many members are indexed side by side.
const SIDE_BY_SIDE: usize = 8;

/// How many members one step of building the index takes.
const AT_A_TIME: u32 = 100;

impl Store {
    /// Brings the index to what a member is found by now. It does the same however often it is called; where the index is as it
    /// should be it only looks.
    ///
    /// # Errors
    /// See [`StoreError`]. Called again, it does the rest.
    pub async fn index_member(&self, id: MemberId) -> Result<(), StoreError> {
        while self.retry(|_| self.plan_index(id)).await? {}
        Ok(())
    }

    /// What is to be written about a member, if anything.
    async fn plan_index(&self, id: MemberId) -> Result<Plan<bool>, StoreError> {
        let (mut member, mut record) = (None::<Member>, None::<SearchRecord>);
        for item in self.get_items(&[keys::member(id), keys::search_record(id)]).await? {
            match item.get("entity").and_then(|entity| entity.as_s().ok()).map(String::as_str) {
                Some("member") => member = Some(from_item(item)?),
                _ => record = Some(from_item(item)?),
            }
        }
        let text = member.as_ref().map(SearchText::of).unwrap_or_default();
        let Some(organization) = member.map(|m| m.organization).or_else(|| Some(record.as_ref()?.organization)) else {
            return Ok(Plan::End(false));
        };
        let terms = text.terms();
        let paths: BTreeSet<_> = terms.iter().map(|term| keys::search_path(organization, term)).collect();
        let held: BTreeSet<_> = record.iter().flat_map(|record| record.paths.iter().cloned()).collect();
        if record.as_ref().map_or(text.is_empty(), |record| record.text == text && held == paths) {
            return Ok(Plan::End(false));
        }
        let revision = record.as_ref().map_or(0, |record| record.revision);
        let write = if text.is_empty() {
            Write::delete(keys::search_record(id))
        } else {
            let paths = paths.iter().cloned().collect();
            let is = SearchRecord { organization, member: id, text: text.clone(), paths, revision: revision + 1 };
            Write::put(to_item(&is)?)
        };
        let mut writes = vec![match record {
            Some(_) => write.when("#revision = :revision").value(":revision", revision),
            None => write.when("attribute_not_exists(#PK)"),
        }];
        let gone = held.difference(&paths).map(|path| Write::delete(keys::search_entry(organization, path, id)));
        writes.extend(gone);
        for path in paths {
            writes.push(Write::put(to_item(&SearchEntry { organization, member: id, path, text: text.clone() })?));
        }
        Ok(Plan::Write(writes, true))
    }

    /// Indexes some of an organization's members, from where an earlier call ended. Gives how many, and where to go on.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn index_members(
        &self,
        organization: OrganizationId,
        after: Option<PageKey>,
    ) -> Result<(usize, Option<PageKey>), StoreError> {
        let everybody = (Access::Unverified, Access::Revoked);
        let Page { items, next } = self.list_members(organization, everybody, AT_A_TIME, after).await?;
        let ids: Vec<MemberId> = items.into_iter().map(|member| member.id).collect();
        let indexed: Vec<()> = stream::iter(ids.into_iter().map(|id| self.index_member(id)))
            .buffer_unordered(SIDE_BY_SIDE)
            .try_collect()
            .await?;
        Ok((indexed.len(), next))
    }

    /// Notes that all members of an organization are in the index. Gives whether there is such an organization.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn note_indexed(&self, id: OrganizationId) -> Result<bool, StoreError> {
        self.retry(|_| async move {
            let Some(mut organization) = self.organization(id).await? else { return Ok(Plan::End(false)) };
            if organization.members_indexed {
                return Ok(Plan::End(true));
            }
            let version = organization.version;
            organization.members_indexed = true;
            // An edit that is under way finds another version, and reads again what it writes.
            organization.version += 1;
            let put = Write::put(to_item(&organization)?)
                .when("attribute_exists(#PK) AND (attribute_not_exists(#version) OR #version = :version)")
                .value(":version", version);
            Ok(Plan::Write(vec![put], true))
        })
        .await
    }
}
