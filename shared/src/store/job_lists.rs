//! The lists that a job goes through. They stand still under it: an entry's place does not depend on what the job does to it,
//! and the job passes each place once.
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
        Access, Enrollment, EnrollmentState, GrantFilter, JOB_PAGE, Job, Member, MemberId, Position, Timestamp, Waiting,
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
        let mut position = Position { page: job.position.page + 1, ..position.clone() };
        let lists = if filter.link.is_some() { 1 } else { accesses(filter.access).len() };
        if position.list as usize >= lists {
            return Ok(NextPeople::NoMore);
        }
        let seen_by = self.clock.now().plus(-INDEX_LAG);
        let until = job.created_at.min(seen_by);
        let (partition, range) = match filter.link {
            Some(link) => (keys::enrollments_of(link), keys::enrollment_list_until(until)),
            None => {
                let access = accesses(filter.access)[position.list as usize];
                (keys::members_of(job.organization), keys::member_list_until(access, until))
            }
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
            if until < job.created_at {
                return Ok(NextPeople::NotBefore(job.created_at.plus(INDEX_LAG)));
            }
            position = Position { list: position.list + 1, after: None, ..position };
            return Ok(NextPeople::These(Vec::new(), position));
        }
        let admitted = self.admitted(job, filter, &items).await?;
        let mut people = Vec::new();
        for (item, person) in items.iter().zip(admitted) {
            if people.len() == JOB_PAGE {
                break;
            }
            position.after = Some(place_of(item));
            people.extend(person.filter(|person| !known.contains(person)));
        }
        Ok(NextPeople::These(people, position))
    }

    /// For each entry of the list, the person if the filter admits them.
    async fn admitted(
        &self,
        job: &Job,
        filter: &GrantFilter,
        items: &[Item],
    ) -> Result<Vec<Option<MemberId>>, StoreError> {
        let wanted = |enrollment: &Enrollment| {
            let waits = match enrollment.state {
                EnrollmentState::Pending => filter.access != Waiting::Unverified,
                EnrollmentState::Reserved => filter.access != Waiting::Pending,
                _ => false,
            };
            let in_unit = |unit| enrollment.allocation.units().any(|other| other == unit);
            waits && enrollment.organization == job.organization && filter.unit.is_none_or(in_unit)
        };
        if filter.link.is_some() {
            let enrollments =
                items.iter().map(|item| from_item::<Enrollment>(item.clone())).collect::<Result<Vec<_>, _>>()?;
            // A member's reservation is claimed by their next sign-in, and is nothing to grant.
            let reserved = enrollments.iter().filter(|enrollment| enrollment.state == EnrollmentState::Reserved);
            let members = match filter.access {
                Waiting::Pending => Default::default(),
                _ => self.members(job.organization, reserved.map(|enrollment| enrollment.member)).await?,
            };
            let is_member = |enrollment: &Enrollment| {
                members.get(&enrollment.member).is_some_and(|member| member.access == Access::Granted)
            };
            let person =
                |enrollment: &Enrollment| (wanted(enrollment) && !is_member(enrollment)).then_some(enrollment.member);
            return Ok(enrollments.iter().map(person).collect());
        }
        let members = items.iter().map(|item| from_item::<Member>(item.clone())).collect::<Result<Vec<_>, _>>()?;
        let Some(unit) = filter.unit else {
            return Ok(members.iter().map(|member| Some(member.id)).collect());
        };
        try_join_all(members.iter().map(|member| async move {
            let there = member.allocation.units().any(|other| other == unit);
            let file = if there { None } else { self.member_file(member.id).await? };
            let comes = file.is_some_and(|file| file.enrollments.iter().any(wanted));
            Ok((there || comes).then_some(member.id))
        }))
        .await
    }
}

/// The accesses of those who wait, in the order in which they are listed.
fn accesses(waiting: Waiting) -> &'static [Access] {
    match waiting {
        Waiting::Pending => &[Access::Pending],
        Waiting::Unverified => &[Access::Unverified],
        Waiting::Without => &[Access::Unverified, Access::Pending],
    }
}

/// The place of an entry in its list, after which a query goes on.
fn place_of(item: &Item) -> super::PageKey {
    let text = |name: &str| Some((name.to_owned(), item.get(name)?.as_s().ok()?.clone()));
    [keys::LISTS.sort, keys::PK, keys::SK].into_iter().filter_map(text).collect()
}
