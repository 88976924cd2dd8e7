//! Units that are given by hand, and taken back: from a member, and with an enrollment that ends.
//!
//! A member's units are one set. It grows by what lands; what is taken away is found by looking at who else gives it: an admin's
//! hand (`assigned`), or another enrollment that has landed. So each of these writes holds that the member's
//! `allocation_version` is as it was read: whatever gives units raises it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    Store, StoreError,
    member_access::{access_write, once_ended},
    members::MemberFile,
    release::move_writes,
    seat::unit_member_writes,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{
        Act, Actor, Allocation, Enrollment, EnrollmentState, LinkId, Member, MemberId, PersonName, Subject, UnitId,
        UnitKind,
    },
    table::{
        Record, Update, Write,
        keys::{self, DUE},
    },
};

/// What an admin changes of a member by hand.
#[derive(Debug, Clone, Default)]
pub struct MemberChange {
    /// The units they are in afterwards.
    pub allocation: Option<Allocation>,
    /// Their name.
    pub name: Option<PersonName>,
}

/// How taking a member out of a link ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemoveOutcome {
    /// They are out, now or since before.
    Removed,
    /// The organization has no such member, or they never came through this link.
    NotFound,
}

/// How many places in lists of units one transaction changes, beside the member and the record, of 100.
const PLACES: usize = 90;

impl Store {
    /// Changes a member of the admin's organization by hand, and gives them as they then are; none when there is no such member.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn update_member(
        &self,
        actor: &Actor,
        id: MemberId,
        change: &MemberChange,
    ) -> Result<Option<Member>, StoreError> {
        loop {
            match self.update_step(actor, id, change).await? {
                None => return Ok(None),
                Some(true) => return self.member(id).await,
                // More units to leave than one transaction holds.
                Some(false) => {}
            }
        }
    }

    /// One transaction of a change. Gives whether it was the last one; none when there is no such member.
    async fn update_step(
        &self,
        actor: &Actor,
        id: MemberId,
        change: &MemberChange,
    ) -> Result<Option<bool>, StoreError> {
        let audit = &self.audit(actor.organization, Some(actor.id), Act::MemberEdited, Subject::Member(id));
        self.retry(|Unanswered(unanswered)| async move {
            let found = self.member(id).await?.filter(|member| member.belongs_to(actor.organization));
            let Some(member) = found else { return Ok(Plan::End(None)) };
            if unanswered && self.was_recorded(audit).await? {
                // What is left of the change, if anything, is found by another step.
                return Ok(Plan::End(Some(false)));
            }
            let wanted = change.allocation.as_ref().unwrap_or(&member.allocation);
            let name = change.name.as_ref().filter(|name| **name != member.name);
            let (wanted, last) = within_reach(&member.allocation, wanted);
            if wanted == member.allocation && name.is_none() {
                return Ok(Plan::End(Some(true)));
            }
            let by_hand = {
                let mut by_hand = member.assigned.within(&wanted);
                by_hand.extend(&wanted.minus(&member.allocation));
                by_hand
            };
            let mut update = Update::new().reallocate(&wanted);
            update = if by_hand.is_empty() { update.remove("assigned") } else { update.put("assigned", &by_hand) };
            if let Some(name) = name {
                update = update.put("name", name).put("name_unconfirmed", false);
            }
            let mut writes = vec![units_as_read(&member, update)];
            writes.extend(unit_member_writes(&member, &wanted.minus(&member.allocation)));
            writes.extend(leave_writes(&member, &wanted));
            // A record names people by id alone: that the name changed, not how.
            let told = |allocation: &Allocation, renamed: bool| {
                let mut told = told(allocation);
                told["renamed"] = json!(renamed);
                told
            };
            writes.push(audit.write(&told(&member.allocation, false), &told(&wanted, name.is_some()))?);
            Ok(Plan::Write(writes, Some(last)))
        })
        .await
    }

    /// Takes a member of the admin's organization out of a link: the seat goes back, and the units it gave are taken away unless
    /// they are given by hand or through another link. By this link they do not come back.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn remove_enrollment(
        &self,
        actor: &Actor,
        link: LinkId,
        id: MemberId,
    ) -> Result<RemoveOutcome, StoreError> {
        let audit = &self.audit(actor.organization, Some(actor.id), Act::EnrollmentRemoved, Subject::Member(id));
        let outcome = self
            .retry(|_| async move {
                let file = self.member_file(id).await?;
                let file = file.filter(|file| file.member.belongs_to(actor.organization));
                let Some(MemberFile { member, enrollments }) = file else {
                    return Ok(Plan::End(RemoveOutcome::NotFound));
                };
                let Some(enrollment) = enrollments.iter().find(|enrollment| enrollment.link == link) else {
                    return Ok(Plan::End(RemoveOutcome::NotFound));
                };
                if enrollment.state == EnrollmentState::Removed {
                    return Ok(Plan::End(RemoveOutcome::Removed));
                }
                let (mut writes, withdrawn) = out_writes(&member, &enrollments, enrollment, Update::new(), true);
                let mut after = json!({"link": link, "state": EnrollmentState::Removed});
                if let Some(withdrawn) = withdrawn {
                    after["withdrawn"] = told(&withdrawn);
                }
                let before = json!({"link": null, "state": enrollment.state});
                writes.push(audit.write(&before, &after)?);
                Ok(Plan::Write(writes, RemoveOutcome::Removed))
            })
            .await?;
        if outcome == RemoveOutcome::Removed {
            self.seats_released(actor.organization, link).await?;
        }
        Ok(outcome)
    }
}

impl Store {
    /// Ends what an enrollment gave, its time being over: the units that nobody else gives are taken away, the seat stays. Gives
    /// whether it was ended now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn end_allocation(&self, id: MemberId, link: LinkId) -> Result<bool, StoreError> {
        let now = self.clock.now();
        let Some(organization) = self.member(id).await?.map(|member| member.organization) else { return Ok(false) };
        let audit = &self.audit(organization, None, Act::AllocationEnded, Subject::Member(id));
        self.retry(|Unanswered(unanswered)| async move {
            // With somebody who is being erased all of it goes.
            let file = self.member_file(id).await?.filter(|file| file.member.erased_as.is_none());
            let Some(MemberFile { member, enrollments }) = file else { return Ok(Plan::End(false)) };
            let over = |one: &&Enrollment| one.gives_units() && one.allocation_ends_at.is_some_and(|at| at <= now);
            let Some(enrollment) = enrollments.iter().filter(|one| one.link == link).find(over) else {
                return Ok(Plan::End(unanswered && self.was_recorded(audit).await?));
            };
            let ended = Update::new().put("allocation_ended_at", now).leave(DUE);
            let ended = Write::update(enrollment.key(), ended)
                .when(
                    "#state = :was AND #registered_at = :registered_at AND attribute_not_exists(#allocation_ended_at)",
                )
                .value(":was", enrollment.state)
                .value(":registered_at", enrollment.registered_at);
            let withdrawn = withdrawn(&member, &enrollments, link);
            let mut writes = vec![ended];
            writes.extend(withdraw_writes(&member, &withdrawn));
            writes.push(audit.write(&json!({}), &json!({"link": link, "withdrawn": told(&withdrawn)}))?);
            Ok(Plan::Write(writes, true))
        })
        .await
    }
}

/// Ends one of a member's enrollments, `more` being written with it: its seat or place goes back, and the units that nobody else
/// gives are taken away. Gives those too, where it gave any. `rejected` says whether an admin ends it.
pub(super) fn out_writes(
    member: &Member,
    enrollments: &[Enrollment],
    enrollment: &Enrollment,
    more: Update,
    rejected: bool,
) -> (Vec<Write>, Option<Allocation>) {
    let mut writes = move_writes(enrollment, EnrollmentState::Removed, more);
    if enrollment.gives_units() {
        let withdrawn = withdrawn(member, enrollments, enrollment.link);
        writes.extend(withdraw_writes(member, &withdrawn));
        return (writes, Some(withdrawn));
    }
    let others = enrollments.iter().filter(|one| one.link != enrollment.link);
    writes.push(access_write(member, once_ended(member, others, rejected)));
    (writes, None)
}

/// The units that nobody gives any more once the enrollment through `link` gives none.
fn withdrawn(member: &Member, enrollments: &[Enrollment], link: LinkId) -> Allocation {
    let mut gone = Allocation::default();
    let mut kept = member.assigned.clone();
    for enrollment in enrollments.iter().filter(|enrollment| enrollment.gives_units()) {
        let of = if enrollment.link == link { &mut gone } else { &mut kept };
        of.extend(&enrollment.allocation);
    }
    gone.within(&member.allocation).minus(&kept)
}

/// Takes these units from a member, and their places in the lists. Where there are none, holds that nothing was given meanwhile.
fn withdraw_writes(member: &Member, withdrawn: &Allocation) -> Vec<Write> {
    let left = member.allocation.minus(withdrawn);
    // Written even if nothing changes: of two enrollments that give the same unit and end at once, the second must see the first.
    let mut writes = vec![units_as_read(member, Update::new().reallocate(&left))];
    writes.extend(leave_writes(member, &left));
    writes
}

/// An update of a member whose units are still as they were read. Nobody who is being erased is put in units: their places in the
/// lists may have been taken away already.
pub(super) fn units_as_read(member: &Member, update: Update) -> Write {
    let write = Write::update(member.key(), update);
    if member.allocation_version == 0 {
        write.when(
            "attribute_exists(#PK) AND attribute_not_exists(#erased_as) AND attribute_not_exists(#allocation_version)",
        )
    } else {
        write
            .when("#allocation_version = :read AND attribute_not_exists(#erased_as)")
            .value(":read", member.allocation_version)
    }
}

/// Takes a member out of the lists of the units that they are in and `wanted` has not.
pub(super) fn leave_writes(member: &Member, wanted: &Allocation) -> Vec<Write> {
    let gone = left_units(&member.allocation, wanted);
    gone.into_iter().map(|unit| Write::delete(keys::unit_member(member.organization, unit, member.id))).collect()
}

/// The units that are in `now` and not in `wanted`, whatever their kind there.
fn left_units(now: &Allocation, wanted: &Allocation) -> BTreeSet<UnitId> {
    let staying: BTreeSet<UnitId> = wanted.units().collect();
    now.units().filter(|unit| !staying.contains(unit)).collect()
}

/// What of the wanted units one transaction can bring about: all of it, or first fewer of those that are left. Gives the units
/// and whether they are the wanted ones.
pub(super) fn within_reach(now: &Allocation, wanted: &Allocation) -> (Allocation, bool) {
    let gone = left_units(now, wanted);
    if gone.len() + wanted.minus(now).len() <= PLACES {
        return (wanted.clone(), true);
    }
    let first: BTreeSet<UnitId> = gone.into_iter().take(PLACES).collect();
    let without = |units: &BTreeSet<UnitId>| units - &first;
    let fewer = Allocation { groups: without(&now.groups), sites: without(&now.sites), regions: without(&now.regions) };
    (fewer, false)
}

/// Units as a record tells them.
fn told(allocation: &Allocation) -> Value {
    let of = |kind| allocation.of_kind(kind).iter().map(ToString::to_string).collect::<Vec<_>>();
    json!({"groups": of(UnitKind::Group), "sites": of(UnitKind::Site), "regions": of(UnitKind::Region)})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sites(ids: std::ops::Range<u8>) -> Allocation {
        Allocation { sites: ids.map(|id| UnitId::from_bytes([id; 16])).collect(), ..Allocation::default() }
    }

    #[test]
    fn more_units_than_one_transaction_holds_are_left_in_several() {
        let (mut now, wanted) = (sites(0..200), sites(190..230));
        let mut steps = 0;
        loop {
            let (next, last) = within_reach(&now, &wanted);
            assert!(left_units(&now, &next).len() + next.minus(&now).len() <= PLACES);
            now = next;
            steps += 1;
            if last {
                break;
            }
        }
        assert_eq!((now, steps), (wanted, 3));
    }

    #[test]
    fn a_unit_that_changed_its_kind_is_not_left() {
        let now = sites(1..3);
        let wanted = Allocation { groups: sites(1..2).sites, ..Allocation::default() };
        assert_eq!(left_units(&now, &wanted), sites(2..3).sites);
    }
}
