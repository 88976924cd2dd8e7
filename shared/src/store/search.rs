//! Members found by name and address through the index.
//!
//! Each entry holds all that its member is found by, so that entries tell who is looked for, and only those members are read.
//! The index may be a moment behind: who is found is looked at once more as they are.

use std::collections::{HashSet, VecDeque};

use futures::future::try_join_all;

use super::{
    PageKey, Store, StoreError,
    listing::{Listing, key_of},
};
use crate::{
    domain::{LinkId, Member, MemberId, OrganizationId, Search, SearchEntry, SearchText},
    table::{from_item, keys},
};

/// How many entries are read first, of each word.
const FIRST: u32 = 100;

/// How many are read at a time after that: some 30 read units.
const THEN: u32 = 1_000;

/// How many words of a search are tried for the one that the fewest members have: the longest.
const TRIED: usize = 4;

/// Which word's entries are gone through, in a page's end.
const WORD: &str = "word";

/// A search on its way through the entries of one of its words.
pub struct Searching<'s> {
    store: &'s Store,
    search: &'s Search,
    organization: OrganizationId,
    word: usize,
    listing: Listing,
    read: VecDeque<(String, SearchEntry)>,
    /// The entry that was given last.
    given: Option<String>,
    more: bool,
    looked_at: usize,
}

/// A member who was found, and where in the index.
#[derive(Debug)]
pub struct FoundMember {
    /// The member.
    pub member: Member,
    sort: String,
}

impl Store {
    /// Begins a search of an organization's members, or goes on with one where a page ended.
    ///
    /// # Errors
    /// See [`StoreError`]. [`StoreError::PageKey`] when no page can have ended there.
    pub async fn search<'s>(
        &'s self,
        organization: OrganizationId,
        search: &'s Search,
        after: Option<PageKey>,
    ) -> Result<Searching<'s>, StoreError> {
        if let Some(mut after) = after {
            let word = after.remove(WORD).and_then(|word| word.parse().ok());
            let word = word.filter(|&word| word < search.words().len()).ok_or(StoreError::PageKey)?;
            let mut searching = self.searching(organization, search, word);
            searching.listing.after = Some(after);
            searching.look(THEN).await?;
            return Ok(searching);
        }
        let mut longest: Vec<usize> = (0..search.words().len()).collect();
        longest.sort_by_key(|&word| std::cmp::Reverse(search.words()[word].chars().count()));
        let tried = longest.into_iter().take(TRIED).map(|word| async move {
            let mut searching = self.searching(organization, search, word);
            searching.look(FIRST).await?;
            Ok::<_, StoreError>(searching)
        });
        let tried = try_join_all(tried).await?;
        tried.into_iter().min_by_key(Searching::estimate).ok_or(StoreError::PageKey)
    }

    fn searching<'s>(&'s self, organization: OrganizationId, search: &'s Search, word: usize) -> Searching<'s> {
        let path = keys::search_path(organization, &search.words()[word]);
        let partition = keys::search_partition(organization, &path);
        let listing = Listing { partition, range: keys::search_range(&path), eventual: true, ..Listing::default() };
        let (read, given, more, looked_at) = (VecDeque::new(), None, true, 0);
        Searching { store: self, search, organization, word, listing, read, given, more, looked_at }
    }

    /// Those of these members who have an enrollment of a link.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn enrolled_by(
        &self,
        link: LinkId,
        members: impl IntoIterator<Item = MemberId>,
    ) -> Result<HashSet<MemberId>, StoreError> {
        let keys: Vec<_> = members.into_iter().map(|member| keys::enrollment(member, link)).collect();
        let items = self.get_items(&keys).await?;
        Ok(items
            .iter()
            .filter_map(key_of)
            .filter_map(|key| match keys::parse(&key)? {
                keys::Named::Enrollment(member, _) => Some(member),
                _ => None,
            })
            .collect())
    }
}

impl Searching<'_> {
    /// How many entries it has looked at.
    #[must_use]
    pub fn looked_at(&self) -> usize {
        self.looked_at
    }

    /// Whether it has come to its end.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.read.is_empty() && !self.more
    }

    /// The next members who are found, at most `most`; there may be fewer, and none, before the search is over.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn next(&mut self, most: usize) -> Result<Vec<FoundMember>, StoreError> {
        if self.read.is_empty() && self.more {
            self.look(THEN).await?;
        }
        let count = self.read.len().min(most);
        let found: Vec<_> = self.read.drain(..count).collect();
        self.given = found.last().map(|(sort, _)| sort.clone()).or(self.given.take());
        let mut members = self.store.members(self.organization, found.iter().map(|(_, entry)| entry.member)).await?;
        let is_found = |member: &Member| self.search.finds(&SearchText::of(member));
        let found = found.into_iter().filter_map(|(sort, entry)| {
            let member = members.remove(&entry.member).filter(is_found)?;
            Some(FoundMember { member, sort })
        });
        Ok(found.collect())
    }

    /// Where a page ends whose last member is this one.
    #[must_use]
    pub fn place_of(&self, found: &FoundMember) -> PageKey {
        self.place(found.sort.clone())
    }

    /// Where a page ends that holds all that was found so far; none when the search is over.
    #[must_use]
    pub fn place_now(&self) -> Option<PageKey> {
        if self.is_over() {
            return None;
        }
        let read = || self.listing.after.as_ref().and_then(|after| after.get(keys::SK).cloned());
        // What was read and not given yet is read again.
        let last = if self.read.is_empty() { read() } else { self.given.clone() };
        last.map(|sort| self.place(sort))
    }

    fn place(&self, sort: String) -> PageKey {
        PageKey::from([(keys::SK.to_owned(), sort), (WORD.to_owned(), self.word.to_string())])
    }

    /// Reads on, and keeps the entries of those who are looked for.
    async fn look(&mut self, most: u32) -> Result<(), StoreError> {
        self.listing.limit = Some(most);
        let page = self.store.list(&self.listing).await?;
        self.looked_at += page.items.len();
        self.more = page.next.is_some();
        if page.next.is_some() {
            self.listing.after = page.next;
        }
        for item in page.items {
            let sort = key_of(&item).map(|key| key.sort).unwrap_or_default();
            let entry: SearchEntry = from_item(item)?;
            if self.search.finds(&entry.text) && self.is_first_of_member(&entry) {
                self.read.push_back((sort, entry));
            }
        }
        Ok(())
    }

    /// Whether this is the first of the entries by which the word finds this member, so that nobody is found twice.
    fn is_first_of_member(&self, entry: &SearchEntry) -> bool {
        let word = &self.search.words()[self.word];
        let terms = entry.text.terms();
        let paths = terms.iter().filter(|term| term.starts_with(word.as_str()));
        let paths = paths.map(|term| keys::search_path(self.organization, term));
        paths.min().is_some_and(|first| first == entry.path)
    }

    /// How many entries there may be to go through: what was counted, or beyond that the more, the fewer of them are of people looked for.
    fn estimate(&self) -> usize {
        let first = FIRST as usize;
        if self.more { 2 * first - self.read.len().min(first) } else { self.looked_at }
    }
}
