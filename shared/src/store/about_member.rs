//! What the table holds about a member beside their file: mails, sessions, the links they came through, and who may be the same
//! person under another address.

use std::collections::HashMap;

use super::{
    Store, StoreError,
    listing::{Listing, key_of},
    members::named_member,
};
use crate::{
    domain::{AuditRecord, Link, LinkId, Mail, Member, MemberId, OrganizationId, Session},
    table::{from_item, keys},
};

/// How many of a person's sessions, or of the members who may be the same person, are looked at. More is no use to anyone.
const ENOUGH: u32 = 100;

impl Store {
    /// The newest mails to a member, the newest first. Read from an index, which may be a moment behind.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn mails_to(&self, member: MemberId, limit: u32) -> Result<Vec<Mail>, StoreError> {
        let listing = Listing {
            index: Some(keys::LISTS),
            partition: keys::mails_of(member),
            descending: true,
            limit: Some(limit),
            ..Listing::default()
        };
        Ok(self.list(&listing).await?.items.into_iter().map(from_item).collect::<Result<_, _>>()?)
    }

    /// Every mail to a member, the newest first. Read from an index, which may be a moment behind.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn all_mails_to(&self, member: MemberId) -> Result<Vec<Mail>, StoreError> {
        let partition = keys::mails_of(member);
        let listing = Listing { index: Some(keys::LISTS), partition, descending: true, ..Listing::default() };
        Ok(self.list_all(listing).await?.into_iter().map(from_item).collect::<Result<_, _>>()?)
    }

    /// What admins did to a member, the oldest first. Read from an index, which may be a moment behind. What was done to somebody
    /// erased who had the same address is not about this member.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn audit_about(&self, member: &Member) -> Result<Vec<AuditRecord>, StoreError> {
        let partition = keys::audit_about_member(member.id);
        let listing = Listing { index: Some(keys::LISTS), partition, ..Listing::default() };
        let records = self.list_all(listing).await?.into_iter().map(from_item::<AuditRecord>);
        let records = records.collect::<Result<Vec<_>, _>>()?;
        let about = |record: &AuditRecord| record.organization == member.organization && record.at >= member.created_at;
        Ok(records.into_iter().filter(about).collect())
    }

    /// The sessions of a member that are live, the newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn live_sessions(&self, member: &Member) -> Result<Vec<Session>, StoreError> {
        let keys = self.session_keys(member.id).await?;
        let now = self.clock.now();
        let sessions = self.get_items(&keys).await?.into_iter().map(from_item::<Session>);
        let mut sessions = sessions.collect::<Result<Vec<_>, _>>()?;
        sessions.retain(|session| session.lets_in(member, now));
        sessions.sort_unstable_by_key(|session| std::cmp::Reverse(session.created_at));
        Ok(sessions)
    }

    /// The keys of a member's newest sessions, dead ones that are not collected yet included.
    pub(super) async fn session_keys(&self, member: MemberId) -> Result<Vec<keys::Key>, StoreError> {
        let listing = Listing {
            index: Some(keys::DUE),
            partition: keys::sessions_of(member),
            descending: true,
            limit: Some(ENOUGH),
            ..Listing::default()
        };
        Ok(self.list(&listing).await?.items.iter().filter_map(key_of).collect())
    }

    /// The links with these ids, by id, deleted ones included; those that are not there are left out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn links_by_id(
        &self,
        organization: OrganizationId,
        ids: impl IntoIterator<Item = LinkId>,
    ) -> Result<HashMap<LinkId, Link>, StoreError> {
        let keys: Vec<_> = ids.into_iter().map(|id| keys::link(organization, id)).collect();
        let links = self.get_items(&keys).await?.into_iter().map(from_item::<Link>);
        links.map(|link| link.map(|link| (link.id, link)).map_err(StoreError::from)).collect()
    }

    /// The members of the same organization whose address differs from this member's by its `+tag` alone.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn possible_duplicates(&self, member: &Member) -> Result<Vec<MemberId>, StoreError> {
        let partition = keys::members_by_address(&member.email);
        let listing = Listing { index: Some(keys::DUE), partition, limit: Some(ENOUGH), ..Listing::default() };
        let items = self.list(&listing).await?.items;
        // The organization stands in the key: nobody else's members are read.
        let ours = items.iter().filter(|item| {
            let sort = item.get(keys::DUE.sort).and_then(|sort| sort.as_s().ok());
            sort.and_then(|sort| keys::organization_of_address(sort)) == Some(member.organization)
        });
        Ok(ours.filter_map(named_member).filter(|id| *id != member.id).collect())
    }
}
