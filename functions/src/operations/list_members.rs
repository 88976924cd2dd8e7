//! `list-members`: an organization's members, by access, by link, by unit, by how name or address begin, by mail trouble; in
//! the order of the list they are found in, or sorted.
//!
//! Names and addresses are looked for in their index, and what else is asked for is filtered out of whom that finds. Mail trouble,
//! and names in an organization that is not indexed yet, are filtered out of the lists there are. Each call looks at a bounded
//! part: `docs/DATA-MODEL.md` says what that costs.

use std::collections::HashSet;

use futures::{StreamExt, TryStreamExt, stream};
use serde_json::json;
use shared::{
    domain::{Actor, Member, Search},
    store::{Page as Found, PageKey},
};

use super::{
    member_counts::members_by_access,
    member_query::{MemberQuery, Sort},
    member_search::MemberSearch,
};
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Page, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/members
pub const OPERATION: Operation = http_operation!("list-members", list_members);

/// How many members one call looks at: some 330 read units and two seconds of the smallest function.
const LOOKED_AT: usize = 5_000;

/// How many members one call looks at whose enrollments have to be read: one read each.
const LOOKED_INTO: usize = 1_000;

/// How many of them side by side.
const SIDE_BY_SIDE: usize = 16;

/// How many members are read at a time when only some of them are shown.
const AT_A_TIME: u32 = 500;

async fn list_members(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let page = request.page()?;
    let (query, binding) = MemberQuery::read(&request, &actor)?;
    let counted = asks_for_counts(&request)?;
    let limit = page.limit as usize;
    let search = if is_indexed(&app, &actor, &query).await? { query.search.as_ref() } else { None };
    let (members, next) = if let Some(sort) = query.sort {
        let after = page.after(&binding)?;
        let all = match search {
            Some(search) => all_found(&app, &actor, &query, search).await?,
            None => all_listed(&app, &actor, &query).await?,
        };
        let (members, next) = sorted(all, sort, limit, after);
        (members, Page::next(next.as_ref(), &binding)?)
    } else {
        let after = page.after(&binding)?;
        let (members, next) = match search {
            Some(search) => {
                let found = MemberSearch::begin(&app, &actor, &query, search, after).await?;
                let (mut members, next) = found.page(limit).await?;
                // The index has an order that says nothing to anybody.
                members.sort_by_cached_key(|member| Sort::Access.place(member));
                (members, next)
            }
            None => in_order(&app, &actor, &query, page.limit, after).await?,
        };
        (members, Page::next(next.as_ref(), &binding)?)
    };
    let shown: Vec<_> = members.iter().map(views::member).collect();
    let mut answer = json!({"members": shown, "next": next});
    if counted {
        answer["counts"] = members_by_access(&app, actor.organization).await?;
    }
    Ok(Reply::ok(&answer))
}

/// Whether the members are to be counted by access too. What else is asked for says nothing about the counts.
fn asks_for_counts(request: &ApiRequest) -> Result<bool, ApiError> {
    match request.query("counts")?.as_deref() {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(ApiError::invalid_field("counts", "must be \"true\" or \"false\"")),
    }
}

/// A page in the order of the list itself. What the list does not tell apart is left out of the page, so a page may be shorter
/// than its limit while there is a next one.
async fn in_order(
    app: &App,
    actor: &Actor,
    query: &MemberQuery,
    limit: u32,
    mut after: Option<PageKey>,
) -> Result<(Vec<Member>, Option<PageKey>), ApiError> {
    // Only the list of all members can be gone on with behind any of them: the others show what they have a page at a time.
    let of_all = query.link.is_none() && query.unit.is_none();
    if !(query.is_search() && of_all) {
        let Found { items, next } = list(app, actor, query, limit, after).await?;
        return Ok((admitted(app, query, items).await?, next));
    }
    let (mut members, mut looked_at) = (Vec::new(), 0);
    loop {
        let Found { items, next } = list(app, actor, query, AT_A_TIME, after).await?;
        looked_at += items.len();
        let mut admitted = items.into_iter().filter(|member| query.admits(member));
        while let Some(member) = admitted.next() {
            members.push(member);
            if members.len() == limit as usize {
                let more = next.is_some() || admitted.next().is_some();
                let last = members.last().filter(|_| more).map(|member| app.store.place_of(member));
                return Ok((members, last));
            }
        }
        if next.is_none() || looked_at >= LOOKED_AT {
            return Ok((members, next));
        }
        after = next;
    }
}

/// Whether whoever is looked for by name or address can be found in the index.
async fn is_indexed(app: &App, actor: &Actor, query: &MemberQuery) -> Result<bool, ApiError> {
    if query.search.is_none() {
        return Ok(false);
    }
    let organization = app.store.organization(actor.organization).await?;
    Ok(organization.is_some_and(|organization| organization.members_indexed))
}

/// All that are looked for by name or address, to be sorted.
async fn all_found(app: &App, actor: &Actor, query: &MemberQuery, search: &Search) -> Result<Vec<Member>, ApiError> {
    let most = most_sorted(query);
    let mut found = MemberSearch::begin(app, actor, query, search, None).await?;
    let mut members = Vec::new();
    while !found.is_over() {
        if found.looked_at() >= most {
            return Err(too_many(most));
        }
        members.extend(found.next().await?.into_iter().map(|(member, _)| member));
    }
    Ok(members)
}

/// All that are asked for, of the lists there are, to be sorted.
async fn all_listed(app: &App, actor: &Actor, query: &MemberQuery) -> Result<Vec<Member>, ApiError> {
    let (mut members, mut looked_at, mut from) = (Vec::new(), 0, None);
    loop {
        let Found { items, next } = list(app, actor, query, AT_A_TIME, from).await?;
        looked_at += items.len();
        members.extend(admitted(app, query, items).await?);
        from = next;
        if from.is_none() {
            return Ok(members);
        }
        let most = most_sorted(query);
        if looked_at >= most {
            return Err(too_many(most));
        }
    }
}

/// How many members a call looks at to sort them.
fn most_sorted(query: &MemberQuery) -> usize {
    if query.unit.is_some() && query.is_without_access() { LOOKED_INTO } else { LOOKED_AT }
}

fn too_many(most: usize) -> ApiError {
    ApiError::invalid_field("sort", &format!("cannot sort more than {most} members; filter by access, link or unit"))
}

/// A page of these members, sorted. Every page looks at all of them anew.
fn sorted(
    all: Vec<Member>,
    sort: Sort,
    limit: usize,
    after: Option<(String, String)>,
) -> (Vec<Member>, Option<(String, String)>) {
    let mut members: Vec<_> = all.into_iter().map(|member| (sort.place(&member), member)).collect();
    members.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    members.dedup_by(|(one, _), (other, _)| one == other);
    let mut rest = members.into_iter().filter(|(place, _)| after.as_ref().is_none_or(|after| place > after));
    let page: Vec<_> = rest.by_ref().take(limit).collect();
    let last = if rest.next().is_some() { page.last().map(|(place, _)| place.clone()) } else { None };
    (page.into_iter().map(|(_, member)| member).collect(), last)
}

/// Those of these members who are asked for. Who has no access yet is of a unit when they would be in it once they have: they are
/// the people whom a grant with the same filter is for.
pub(super) async fn admitted(app: &App, query: &MemberQuery, items: Vec<Member>) -> Result<Vec<Member>, ApiError> {
    let members: Vec<_> = items.into_iter().filter(|member| query.admits(member)).collect();
    let Some(unit) = query.unit else { return Ok(members) };
    if !query.is_without_access() {
        let in_unit = |member: &Member| member.allocation.units().any(|other| other == unit);
        return Ok(members.into_iter().filter(in_unit).collect());
    }
    let of_unit = members.into_iter().map(|member| async move {
        let is_of_it = app.store.is_or_will_be_in(&member, unit).await?;
        Ok::<_, ApiError>(is_of_it.then_some(member))
    });
    let found: Vec<_> = stream::iter(of_unit).buffered(SIDE_BY_SIDE).try_collect().await?;
    Ok(found.into_iter().flatten().collect())
}

/// One page of the narrowest list that holds the members asked for.
async fn list(
    app: &App,
    actor: &Actor,
    query: &MemberQuery,
    limit: u32,
    after: Option<PageKey>,
) -> Result<Found<Member>, ApiError> {
    let organization = actor.organization;
    match (query.link, query.unit) {
        (Some(link), _) => {
            // Only of a link of this organization: the cursor of another's would tell that it has members, and their ids.
            if app.store.link(organization, link).await?.is_none() {
                return Ok(Found { items: Vec::new(), next: None });
            }
            let page = app.store.list_enrollments(organization, link, limit, after).await?;
            let mut seen = HashSet::new();
            let members = page.items.into_iter().filter_map(|(_, member)| member);
            Ok(Found { items: members.filter(|member| seen.insert(member.id)).collect(), next: page.next })
        }
        (None, Some(unit)) if !query.is_without_access() => {
            Ok(app.store.list_unit_members(organization, unit, limit, after).await?)
        }
        (None, _) => Ok(app.store.list_members(organization, query.access, limit, after).await?),
    }
}
