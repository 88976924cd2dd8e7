//! Granting and revoking access.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    Store, StoreError,
    member_access::access_update,
    members::MemberFile,
    release::{move_and_count, move_writes},
    seat::unit_member_writes,
    transaction::{Plan, Unanswered},
    waiting::{Seat, Vacancy, seat_writes},
};
use crate::{
    domain::{
        Access, Act, Actor, ActorId, Allocation, Enrollment, EnrollmentState, JobRow, LinkId, LinkState, MailKind,
        Member, MemberId, Role, Room, Skipped, Subject, Timestamp, Verdict, judge, needs_seat,
    },
    table::{Record, Update, Write, keys, keys::DUE, to_item},
};

/// How a grant ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantOutcome {
    /// Access and allocation were given, and a login mail is on its way.
    Granted,
    /// Nothing was written, for this reason.
    Skipped(Skipped),
    /// The organization has no such member.
    NotFound,
}

/// How a revocation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevokeOutcome {
    /// The member is out: sessions and login tokens are dead, seats not yet taken up went back.
    Revoked,
    /// The member was out already.
    AlreadyRevoked,
    /// An admin's access is not revoked this way.
    IsAdmin,
    /// The organization has no such member.
    NotFound,
}

/// The items of a transaction that are left for enrollments; the rest is the member, the mail, a token and a session.
pub(super) const ENROLLMENT_ITEMS: usize = 92;

impl Store {
    /// Grants access to a member of the admin's organization, if [`judge`] says so: what waits for it lands, and a login mail is
    /// queued. `row` of a job's report, where there is one, is written with it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn grant(
        &self,
        actor: &Actor,
        id: MemberId,
        include_rejected: bool,
        row: Option<&JobRow>,
    ) -> Result<GrantOutcome, StoreError> {
        let (mut first, mut rest) = self.grant_step(actor, id, Some(row), include_rejected).await?;
        // It may have been granted by this very call: its answer was lost, or another attempt was faster.
        if let (GrantOutcome::Skipped(_), Some(row)) = (first, row)
            && self.get_item(row.key()).await?.is_some()
        {
            (first, rest) = (GrantOutcome::Granted, true);
        }
        if rest {
            self.grant_rest(actor, id).await?;
        }
        Ok(first)
    }

    /// Lands more enrollments than one transaction holds; no further mail for those.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn grant_rest(&self, actor: &Actor, id: MemberId) -> Result<(), StoreError> {
        while self.grant_step(actor, id, None, false).await?.1 {}
        Ok(())
    }

    /// `first` is none for what did not fit in the first transaction; else it has the row of a job's report, if there is one. Gives
    /// the outcome, and whether more may be left to land.
    async fn grant_step(
        &self,
        actor: &Actor,
        id: MemberId,
        first: Option<Option<&JobRow>>,
        include_rejected: bool,
    ) -> Result<(GrantOutcome, bool), StoreError> {
        let audit = &self.audit(actor.organization, Some(actor.id), Act::AccessGranted, Subject::Member(id));
        self.retry(|Unanswered(unanswered)| async move {
            let file = self.member_file(id).await?;
            let Some(file) = file.filter(|file| file.member.belongs_to(actor.organization)) else {
                return Ok(Plan::End((GrantOutcome::NotFound, false)));
            };
            let MemberFile { member, enrollments } = file;
            let rooms = self.rooms_for(&member, &enrollments).await?;
            let room = |link| match rooms.get(&link) {
                Some(Some(_)) => Room::Free,
                Some(None) => Room::Full,
                None => Room::Gone,
            };
            let lands = match judge(&member, &enrollments, room, include_rejected) {
                Verdict::Granted(lands) => lands,
                Verdict::Skipped(why) => {
                    let ours = unanswered && first.is_some() && member.access == Access::Granted;
                    let outcome = if ours { GrantOutcome::Granted } else { GrantOutcome::Skipped(why) };
                    return Ok(Plan::End((outcome, false)));
                }
            };
            let seats = rooms.into_iter().filter_map(|(link, seat)| Some((link, seat?))).collect();
            let landing = fitting(lands.iter().copied());
            let rest = landing.len() < lands.len();
            let now = self.clock.now();
            let mut writes = land_writes(&member, &landing, &seats, Some(actor.id), now, Update::new());
            let landed: Vec<_> = landing.iter().map(|enrollment| enrollment.link).collect();
            let after = json!({"access": Access::Granted, "enrolled": landed});
            writes.push(audit.write(&json!({"access": member.access}), &after)?);
            if let Some(row) = first {
                let mail = self.new_mail(actor.organization, id, MailKind::Grant, now);
                if let Some(row) = row {
                    writes.push(Write::put(to_item(&JobRow { mail: Some(mail.id), ..row.clone() })?));
                }
                writes.push(Write::put(to_item(&mail)?));
            }
            Ok(Plan::Write(writes, (GrantOutcome::Granted, rest)))
        })
        .await
    }

    /// Revokes the access of a member of the admin's organization.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn revoke(&self, actor: &Actor, id: MemberId) -> Result<RevokeOutcome, StoreError> {
        let audit = &self.audit(actor.organization, Some(actor.id), Act::AccessRevoked, Subject::Member(id));
        let outcome = self
            .retry(|Unanswered(unanswered)| async move {
                let found = self.member(id).await?.filter(|member| member.belongs_to(actor.organization));
                let Some(member) = found else { return Ok(Plan::End(RevokeOutcome::NotFound)) };
                match (member.role, member.access) {
                    (Role::Admin, _) => return Ok(Plan::End(RevokeOutcome::IsAdmin)),
                    (Role::Member, Access::Revoked) if unanswered && self.was_recorded(audit).await? => {
                        return Ok(Plan::End(RevokeOutcome::Revoked));
                    }
                    (Role::Member, Access::Revoked) => return Ok(Plan::End(RevokeOutcome::AlreadyRevoked)),
                    (Role::Member, _) => {}
                }
                let update = access_update(Update::new(), &member, Access::Revoked)
                    .put("sessions_valid_from", self.clock.now())
                    .remove("login_tokens");
                // Nor of one who became an admin meanwhile: they may be the last.
                let write = Write::update(member.key(), update)
                    .when("#access = :was AND #role = :a_member")
                    .value(":was", member.access)
                    .value(":a_member", Role::Member);
                let (before, after) = (json!({"access": member.access}), json!({"access": Access::Revoked}));
                Ok(Plan::Write(vec![write, audit.write(&before, &after)?], RevokeOutcome::Revoked))
            })
            .await?;
        // Out first: from now on no registration adds an enrollment. Then the seats, each by itself; calling again finishes what
        // a crash left.
        if matches!(outcome, RevokeOutcome::Revoked | RevokeOutcome::AlreadyRevoked) {
            for enrollment in self.member_file(id).await?.into_iter().flat_map(|file| file.enrollments) {
                if self.remove_waiting(enrollment.member, enrollment.link).await? {
                    self.seats_released(enrollment.organization, enrollment.link).await?;
                }
            }
        }
        Ok(outcome)
    }

    /// For the link of each of these enrollments that needs a seat: a free one, or none. A deleted link is left out, for it never has
    /// one again.
    async fn rooms_for(
        &self,
        member: &Member,
        enrollments: &[Enrollment],
    ) -> Result<BTreeMap<LinkId, Option<Seat>>, StoreError> {
        let mut rooms = BTreeMap::new();
        for enrollment in enrollments.iter().filter(|enrollment| needs_seat(member, enrollment)) {
            // While an edit or a move of the line is under way no lot tells whether a seat is free.
            let link = self.settle(enrollment.organization, enrollment.link).await?;
            let Some(link) = link.filter(|link| link.state != LinkState::Deleted) else { continue };
            let lot = match self.vacancy(&link).await? {
                Vacancy::In(lot) => Some(lot),
                Vacancy::None => None,
                Vacancy::GateMoved => return Err(StoreError::contended()),
            };
            rooms.insert(link.id, lot.map(|lot| Seat { lot, gate: link.gate.number, open_at: None }));
        }
        Ok(rooms)
    }

    /// Takes a waiting enrollment out of its link and gives the seat back; one that has landed stays.
    pub(super) async fn remove_waiting(&self, member: MemberId, link: LinkId) -> Result<bool, StoreError> {
        self.retry(|Unanswered(unanswered)| async move {
            let found: Option<Enrollment> = self.get(keys::enrollment(member, link)).await?;
            if unanswered && found.as_ref().is_some_and(|found| found.state == EnrollmentState::Removed) {
                return Ok(Plan::End(true));
            }
            let waits = |found: &Enrollment| {
                matches!(found.state, EnrollmentState::Pending | EnrollmentState::Reserved | EnrollmentState::Waiting)
            };
            let Some(found) = found.filter(waits) else { return Ok(Plan::End(false)) };
            Ok(Plan::Write(move_writes(&found, EnrollmentState::Removed, Update::new()), true))
        })
        .await
    }
}

/// As many of these as one transaction can land.
pub(super) fn fitting<'a>(enrollments: impl Iterator<Item = &'a Enrollment>) -> Vec<&'a Enrollment> {
    let mut items = 0;
    enrollments
        .take_while(|enrollment| {
            items += 2 + usize::from(!enrollment.state.holds_seat()) + enrollment.allocation.len();
            items <= ENROLLMENT_ITEMS
        })
        .collect()
}

/// Lands a member: access granted, these enrollments enrolled, their allocations given; those that have no seat take theirs in
/// `seats`. `more` is changed on the member too. The first write is the member's.
pub(super) fn land_writes(
    member: &Member,
    enrollments: &[&Enrollment],
    seats: &BTreeMap<LinkId, Seat>,
    granted_by: Option<ActorId>,
    now: Timestamp,
    more: Update,
) -> Vec<Write> {
    let mut allocation = Allocation::default();
    for enrollment in enrollments {
        allocation.extend(&enrollment.allocation);
    }
    let mut update = more.allocate(&allocation);
    if member.access != Access::Granted {
        update = access_update(update, member, Access::Granted).put("granted_at", now);
        if let Some(by) = granted_by {
            update = update.put("granted_by", by);
        }
    }
    let condition = "#access = :was_access";
    let member_write = if update.is_empty() { Write::check(member.key()) } else { Write::update(member.key(), update) };
    let mut writes = vec![member_write.when(condition).value(":was_access", member.access)];
    for enrollment in enrollments {
        let mut enrolled = Update::new().put("enrolled_at", now);
        if let Some(by) = granted_by {
            enrolled = enrolled.put("granted_by", by);
        }
        if let Some(ends) = enrollment.allocation_ends {
            let at = ends.at(now);
            let due = keys::allocation_due(enrollment.member, enrollment.link, at);
            enrolled = enrolled.put("allocation_ends_at", at).index(DUE, &due);
        }
        writes.extend(match seats.get(&enrollment.link) {
            Some(seat) => seat_writes(enrollment, EnrollmentState::Enrolled, enrolled.leave(DUE), seat),
            None if granted_by.is_none() => {
                // Nobody granted it: it is its member who is signing in.
                let enrolled = enrolled.put("signed_in_at", now);
                move_and_count(enrollment, EnrollmentState::Enrolled, enrolled, Update::new().increase("signed_in", 1))
            }
            None => move_writes(enrollment, EnrollmentState::Enrolled, enrolled),
        });
    }
    // No item is named twice: a lot belongs to one link, and a member is enrolled in it once.
    writes.extend(unit_member_writes(member, &allocation));
    writes
}
