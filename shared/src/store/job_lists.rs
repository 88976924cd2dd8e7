//! The lists that a job goes through. They stand still under it: an entry's place does not depend on what the job does to it,
//! and the job passes each place once.
//!
//! The same lists say beforehand how a job would end, and who the members are whom a filter by unit shows: a job works on the people
//! whom the admin saw.
//!
//! The enrollments of a link lie by the moment of registration. The members without access lie by access and then by
//! moment: whom the job grants leaves the list, behind the place where the job is. Both end at the moment the job was made, so
//! that newcomers are left to the admin. The index shows an entry a moment after it was written, so the last seconds of
//! a list are read only when they are past.

use std::collections::HashSet;

use chrono::TimeDelta;
use futures::future::try_join_all;

use super::{Page, Store, StoreError, listing::Listing};
use crate::{
    domain::{
        Enrollment, EnrollmentState, GrantFilter, JOB_PAGE, Job, Member, MemberId, OrganizationId, Position, Timestamp,
        UnitId,
    },
    table::{Item, from_item, keys},
};

/// How long an index may take to show what was written. DynamoDB promises nothing; it is far less than a second as a rule.
const INDEX_LAG: TimeDelta = TimeDelta::seconds(2);

/// How many entries of a list one query reads.
const PER_QUERY: u32 = 100;

/// The next of a job's people.
#[derive(Debug, Clone)]
pub enum NextPeople {
    /// These are next, and then the job is there. There may be none, where many entries were passed.
    These(Vec<MemberId>, Position),
    /// What follows may not all be in the index before this moment.
    NotBefore(Timestamp),
    /// Everybody was passed.
    NoMore,
}

impl Store {
    /// The people whom a job is to grant access next, after `position`, but for those in `known`, who were worked on already.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn next_to_grant(
        &self,
        job: &Job,
        filter: &GrantFilter,
        position: &Position,
        known: &HashSet<MemberId>,
    ) -> Result<NextPeople, StoreError> {
        let position = Position { page: job.position.page + 1, ..position.clone() };
        let seen_by = self.clock.now().plus(-INDEX_LAG);
        let until = job.created_at.min(seen_by);
        let walked = self.walk(job.organization, filter, &position, until, known).await?;
        match walked {
            Walked::ListEnded if until < job.created_at => Ok(NextPeople::NotBefore(job.created_at.plus(INDEX_LAG))),
            Walked::ListEnded => {
                Ok(NextPeople::These(Vec::new(), Position { list: position.list + 1, after: None, ..position }))
            }
            Walked::These(people, position) => Ok(NextPeople::These(people, position)),
            Walked::NoMore => Ok(NextPeople::NoMore),
        }
    }

    /// Some of the people whom a filter admits and who were there at `until`, and where to go on; no position once everybody was
    /// passed.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn admitted_after(
        &self,
        organization: OrganizationId,
        filter: &GrantFilter,
        mut position: Position,
        until: Timestamp,
    ) -> Result<(Vec<MemberId>, Option<Position>), StoreError> {
        loop {
            match self.walk(organization, filter, &position, until, &HashSet::new()).await? {
                Walked::These(people, next) if people.is_empty() => position = next,
                Walked::These(people, next) => return Ok((people, Some(next))),
                Walked::ListEnded => position = Position { list: position.list + 1, after: None, ..position },
                Walked::NoMore => return Ok((Vec::new(), None)),
            }
        }
    }

    async fn walk(
        &self,
        organization: OrganizationId,
        filter: &GrantFilter,
        position: &Position,
        until: Timestamp,
        known: &HashSet<MemberId>,
    ) -> Result<Walked, StoreError> {
        let accesses = filter.access.map_or(&[][..], |access| access.accesses());
        let (partition, range) = match (filter.link, accesses.get(position.list as usize)) {
            (Some(link), _) if position.list == 0 => (keys::enrollments_of(link), keys::enrollment_list_until(until)),
            (None, Some(access)) => (keys::members_of(organization), keys::member_list_until(*access, until)),
            _ => return Ok(Walked::NoMore),
        };
        let listing = Listing {
            index: Some(keys::LISTS),
            partition,
            range: Some(range),
            limit: Some(PER_QUERY),
            after: position.after.clone(),
            ..Listing::default()
        };
        let Page { items, next } = self.list(&listing).await?;
        if items.is_empty() && next.is_none() {
            return Ok(Walked::ListEnded);
        }
        let admitted = self.admitted(organization, filter, &items).await?;
        let (mut people, mut position) = (Vec::new(), position.clone());
        for (item, person) in items.iter().zip(admitted) {
            if people.len() == JOB_PAGE {
                break;
            }
            position.after = Some(place_of(item));
            people.extend(person.filter(|person| !known.contains(person)));
        }
        Ok(Walked::These(people, position))
    }

    /// For each entry of the list, the person if the filter admits them.
    async fn admitted(
        &self,
        organization: OrganizationId,
        filter: &GrantFilter,
        items: &[Item],
    ) -> Result<Vec<Option<MemberId>>, StoreError> {
        let members = if filter.link.is_some() {
            let enrollments =
                items.iter().map(|item| from_item::<Enrollment>(item.clone())).collect::<Result<Vec<_>, _>>()?;
            let ours = |one: &&Enrollment| one.organization == organization && !one.erased;
            let in_state = |one: &&Enrollment| filter.state.is_none_or(|state| state == one.state);
            let wanted: Vec<_> = enrollments.iter().map(|one| Some(one).filter(ours).filter(in_state)).collect();
            let found = self.members(organization, wanted.iter().flatten().map(|one| one.member)).await?;
            wanted.iter().map(|one| found.get(&(*one)?.member).cloned()).collect::<Vec<_>>()
        } else {
            items.iter().map(|item| from_item(item.clone()).map(Some)).collect::<Result<_, _>>()?
        };
        let has_access =
            |member: &Member| filter.access.is_none_or(|access| access.accesses().contains(&member.access));
        let members = members.into_iter().map(|member| member.filter(has_access));
        try_join_all(members.map(|member| async move {
            let Some(member) = member else { return Ok(None) };
            let admitted = match filter.unit {
                None => true,
                Some(unit) => self.is_or_will_be_in(&member, unit).await?,
            };
            Ok(admitted.then_some(member.id))
        }))
        .await
    }

    /// Whether somebody is in a unit, or would be once they have access: a link that they came through gives it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn is_or_will_be_in(&self, member: &Member, unit: UnitId) -> Result<bool, StoreError> {
        if member.allocation.units().any(|other| other == unit) {
            return Ok(true);
        }
        if !member.access.is_without() {
            return Ok(false);
        }
        let comes = |one: &Enrollment| {
            let open = !matches!(one.state, EnrollmentState::Enrolled | EnrollmentState::Removed);
            open && one.allocation.units().any(|other| other == unit)
        };
        Ok(self.member_file(member.id).await?.is_some_and(|file| file.enrollments.iter().any(comes)))
    }
}

/// What one query of a list came to.
enum Walked {
    /// These are next, and then one is there.
    These(Vec<MemberId>, Position),
    /// Nothing is left of this list.
    ListEnded,
    /// There is no further list.
    NoMore,
}

/// The place of an entry in its list, after which a query goes on.
fn place_of(item: &Item) -> super::PageKey {
    let text = |name: &str| Some((name.to_owned(), item.get(name)?.as_s().ok()?.clone()));
    [keys::LISTS.sort, keys::PK, keys::SK].into_iter().filter_map(text).collect()
}
