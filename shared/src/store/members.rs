//! Members: read alone, with their enrollments, and in lists.

use std::collections::HashMap;

use futures::future::try_join_all;

use super::{
    Page, PageKey, Store, StoreError,
    listing::{Listing, key_of},
};
use crate::{
    domain::{Access, EmailAddress, Enrollment, EnrollmentState, LinkId, Member, MemberId, OrganizationId, UnitId},
    table::{Item, Record, from_item, keys},
};

/// How many entries of a list one call looks through for those in one state: some 130 read units.
const LOOKED_THROUGH: u32 = 1_000;

/// A member with their enrollments.
#[derive(Debug, Clone)]
pub struct MemberFile {
    /// The member.
    pub member: Member,
    /// Through which links they came, in the order of the links' ages.
    pub enrollments: Vec<Enrollment>,
}

impl Store {
    /// A member, of whatever organization.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn member(&self, id: MemberId) -> Result<Option<Member>, StoreError> {
        self.get(keys::member(id)).await
    }

    /// A member and all their enrollments.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn member_file(&self, id: MemberId) -> Result<Option<MemberFile>, StoreError> {
        let listing = Listing { partition: keys::member(id).partition, ..Listing::default() };
        let mut member = None;
        let mut enrollments = Vec::new();
        for item in self.list_all(listing).await? {
            match item.get("entity").and_then(|entity| entity.as_s().ok()).map(String::as_str) {
                Some("member") => member = Some(from_item(item)?),
                Some("enrollment") => enrollments.push(from_item(item)?),
                _ => {}
            }
        }
        Ok(member.map(|member| MemberFile { member, enrollments }))
    }

    /// The members with these ids, by id; those that are not there, or of another organization, are left out.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn members(
        &self,
        organization: OrganizationId,
        ids: impl IntoIterator<Item = MemberId>,
    ) -> Result<HashMap<MemberId, Member>, StoreError> {
        let mut keys: Vec<_> = ids.into_iter().map(keys::member).collect();
        keys.sort_unstable_by(|one, other| one.partition.cmp(&other.partition));
        keys.dedup();
        let items = self.get_items(&keys).await?;
        let members = items.into_iter().map(from_item::<Member>).collect::<Result<Vec<_>, _>>()?;
        let ours = members.into_iter().filter(|member| member.belongs_to(organization));
        Ok(ours.map(|member| (member.id, member)).collect())
    }

    /// The members with this address, one for each organization they are in.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn members_with_address(&self, address: &EmailAddress) -> Result<Vec<MemberFile>, StoreError> {
        let (partition, range) = (keys::members_by_address(address), Some(keys::same_address_range(address)));
        let listing = Listing { index: Some(keys::DUE), partition, range, limit: Some(25), ..Listing::default() };
        let page = self.list(&listing).await?;
        let ids = page.items.iter().filter_map(named_member);
        let files = try_join_all(ids.map(|id| self.member_file(id))).await?;
        Ok(files.into_iter().flatten().collect())
    }

    /// An organization's members whose access is `first` ..= `last` in the order of [`Access::rank`], by access and then by
    /// time, the oldest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list_members(
        &self,
        organization: OrganizationId,
        (first, last): (Access, Access),
        limit: u32,
        after: Option<PageKey>,
    ) -> Result<Page<Member>, StoreError> {
        let listing = Listing {
            index: Some(keys::LISTS),
            partition: keys::members_of(organization),
            range: Some(keys::member_list_range(first, last)),
            limit: Some(limit),
            after,
            ..Listing::default()
        };
        let Page { items, next } = self.list(&listing).await?;
        Ok(Page { items: items.into_iter().map(from_item).collect::<Result<_, _>>()?, next })
    }

    /// Where a page of [`Self::list_members`] that ends with this member ended.
    #[must_use]
    pub fn place_of(&self, member: &Member) -> PageKey {
        let own = member.key();
        let texts = [(keys::PK, own.partition), (keys::SK, own.sort)].map(|(name, text)| (name.to_owned(), text));
        let listed = member.list_key().map(|key| (keys::LISTS.sort.to_owned(), key.sort));
        texts.into_iter().chain(listed).collect()
    }

    /// The members of a unit, in the order of their ids.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list_unit_members(
        &self,
        organization: OrganizationId,
        unit: UnitId,
        limit: u32,
        after: Option<PageKey>,
    ) -> Result<Page<Member>, StoreError> {
        let partition = keys::unit_members(organization, unit);
        let listing = Listing { partition, limit: Some(limit), after, ..Listing::default() };
        let Page { items, next } = self.list(&listing).await?;
        let ids = items.iter().filter_map(|item| keys::member_of_sort_key(item.get(keys::SK)?.as_s().ok()?));
        let ids: Vec<_> = ids.collect();
        let mut members = self.members(organization, ids.iter().copied()).await?;
        Ok(Page { items: ids.iter().filter_map(|id| members.remove(id)).collect(), next })
    }

    /// A link's enrollments by time, the oldest first, each with its member.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list_enrollments(
        &self,
        organization: OrganizationId,
        link: LinkId,
        limit: u32,
        after: Option<PageKey>,
    ) -> Result<Page<(Enrollment, Option<Member>)>, StoreError> {
        let Page { items, next } = self.list(&enrollments_of(link, limit, after)).await?;
        let enrollments = items.into_iter().map(from_item::<Enrollment>).collect::<Result<Vec<_>, _>>()?;
        let items = self.with_members(organization, enrollments).await?;
        Ok(Page { items, next })
    }

    /// A link's enrollments in one state by time, the oldest first, each with its member. There may be fewer than `limit` while there
    /// are more: only so many are looked through.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list_enrollments_in(
        &self,
        organization: OrganizationId,
        link: LinkId,
        state: EnrollmentState,
        limit: u32,
        after: Option<PageKey>,
    ) -> Result<Page<(Enrollment, Option<Member>)>, StoreError> {
        let listing = enrollments_of(link, LOOKED_THROUGH, after);
        let in_state = |enrollment: &Enrollment| enrollment.state == state;
        let Page { items, next } = self.list_some(listing, limit, in_state).await?;
        Ok(Page { items: self.with_members(organization, items).await?, next })
    }

    async fn with_members(
        &self,
        organization: OrganizationId,
        enrollments: Vec<Enrollment>,
    ) -> Result<Vec<(Enrollment, Option<Member>)>, StoreError> {
        let mut members = self.members(organization, enrollments.iter().map(|enrollment| enrollment.member)).await?;
        let items = enrollments
            .into_iter()
            .filter(|enrollment| enrollment.organization == organization)
            .map(|enrollment| {
                let member = members.remove(&enrollment.member);
                (enrollment, member)
            })
            .collect();
        Ok(items)
    }
}

/// The list of a link's enrollments by time, the oldest first.
fn enrollments_of(link: LinkId, limit: u32, after: Option<PageKey>) -> Listing {
    let partition = keys::enrollments_of(link);
    Listing { index: Some(keys::LISTS), partition, limit: Some(limit), after, ..Listing::default() }
}

pub(super) fn named_member(item: &Item) -> Option<MemberId> {
    match keys::parse(&key_of(item)?)? {
        keys::Named::Member(member) => Some(member),
        _ => None,
    }
}
