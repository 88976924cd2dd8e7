//! Members looked for by name or address, through the index of these.

use std::collections::HashSet;

use shared::{
    domain::{Actor, Member, Search},
    store::{PageKey, Searching},
};

use super::{list_members::admitted, member_query::MemberQuery};
use crate::{App, http::ApiError};

/// How many entries one call looks at: some 150 read units.
const LOOKED_AT: usize = 5_000;

/// How many members one call reads because they are found by name or address, to see what else is asked for.
const LOOKED_INTO: usize = 1_000;

/// How many of them at a time.
const AT_A_TIME: usize = 100;

/// A search, and what it has read so far.
pub(super) struct MemberSearch<'s> {
    app: &'s App,
    actor: &'s Actor,
    query: &'s MemberQuery,
    searching: Searching<'s>,
    looked_into: usize,
}

impl<'s> MemberSearch<'s> {
    /// Begins, or goes on where a page ended.
    pub async fn begin(
        app: &'s App,
        actor: &'s Actor,
        query: &'s MemberQuery,
        search: &'s Search,
        after: Option<PageKey>,
    ) -> Result<Self, ApiError> {
        let searching = app.store.search(actor.organization, search, after).await?;
        Ok(Self { app, actor, query, searching, looked_into: 0 })
    }

    /// Whether all were found.
    pub fn is_over(&self) -> bool {
        self.searching.is_over()
    }

    /// How many entries of the index it has looked at.
    pub fn looked_at(&self) -> usize {
        self.searching.looked_at()
    }

    /// Some more of those asked for, each with where a page ends that ends with them.
    pub async fn next(&mut self) -> Result<Vec<(Member, PageKey)>, ApiError> {
        let found = self.searching.next(AT_A_TIME).await?;
        self.looked_into += found.len();
        let (app, query) = (self.app, self.query);
        let places: Vec<_> = found.iter().map(|found| self.searching.place_of(found)).collect();
        let mut members: Vec<Member> = found.into_iter().map(|found| found.member).collect();
        let ids: Vec<_> = members.iter().map(|member| member.id).collect();
        if let Some(link) = query.link {
            // Of a link of this organization: members of others are not among those found.
            let enrolled = match app.store.link(self.actor.organization, link).await? {
                Some(_) => app.store.enrolled_by(link, ids.iter().copied()).await?,
                None => HashSet::new(),
            };
            members.retain(|member| enrolled.contains(&member.id));
        }
        let mut members = admitted(app, query, members).await?.into_iter().peekable();
        let mut placed = Vec::new();
        for (id, place) in ids.into_iter().zip(places) {
            if let Some(member) = members.next_if(|member| member.id == id) {
                placed.push((member, place));
            }
        }
        Ok(placed)
    }

    /// A page in the order of the index. It may be shorter than its limit, or empty, while there is a next one.
    pub async fn page(mut self, limit: usize) -> Result<(Vec<Member>, Option<PageKey>), ApiError> {
        let mut members = Vec::new();
        while !self.is_over() && self.looked_at() < LOOKED_AT && self.looked_into < LOOKED_INTO {
            let mut found = self.next().await?.into_iter().peekable();
            while let Some((member, place)) = found.next() {
                members.push(member);
                if members.len() == limit {
                    let more = found.peek().is_some() || !self.is_over();
                    return Ok((members, more.then_some(place)));
                }
            }
        }
        Ok((members, self.searching.place_now()))
    }
}
