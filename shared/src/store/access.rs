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
        Member, MemberId, Role, Subject, Timestamp,
    },
    table::{Record, Update, Write, keys, keys::DUE, to_item},
};

/// How a grant ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantOutcome {
    /// Access and allocation were given, and a login mail is on its way.
    Granted,
    /// There was nothing left to grant; nothing was written.
    AlreadyGranted,
    /// The member's access is revoked; nothing was written.
    Revoked,
    /// Nothing of theirs waits for an admin, and only who waits was to be granted access; nothing was written.
    NothingPending,
    /// All that is to be granted is a place on a waiting list, and its link has no seat free; nothing was written.
    LinkFull,
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
    /// Grants access to a member of the admin's organization: whatever they are enrolled in lands, and a login mail is queued.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn grant(&self, actor: &Actor, id: MemberId) -> Result<GrantOutcome, StoreError> {
        let (first, rest) = self.grant_step(actor, id, Some(None), false).await?;
        if rest {
            self.grant_rest(actor, id).await?;
        }
        Ok(first)
    }

    /// Grants access as [`Store::grant`] does; where it was granted now, this row of a job's report is written with it. With
    /// `only_waiting`, an unverified member is left as they are who has nothing that would land: an admin refused it, or took
    /// them out of it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn grant_in_job(
        &self,
        actor: &Actor,
        id: MemberId,
        row: &JobRow,
        only_waiting: bool,
    ) -> Result<GrantOutcome, StoreError> {
        let (mut first, mut rest) = self.grant_step(actor, id, Some(Some(row)), only_waiting).await?;
        // It may have been granted by this very call: its answer was lost, or another attempt was faster.
        if first == GrantOutcome::AlreadyGranted && self.get_item(row.key()).await?.is_some() {
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
        only_waiting: bool,
    ) -> Result<(GrantOutcome, bool), StoreError> {
        let audit = &self.audit(actor.organization, Some(actor.id), Act::AccessGranted, Subject::Member(id));
        self.retry(|Unanswered(unanswered)| async move {
            let file = self.member_file(id).await?;
            let Some(file) = file.filter(|file| file.member.belongs_to(actor.organization)) else {
                return Ok(Plan::End((GrantOutcome::NotFound, false)));
            };
            let MemberFile { member, enrollments } = file;
            if member.access == Access::Revoked {
                return Ok(Plan::End((GrantOutcome::Revoked, false)));
            }
            // A granted member's reservation is claimed by their next sign-in; only what waits for an admin is granted here.
            let waits = |enrollment: &&Enrollment| match enrollment.state {
                EnrollmentState::Pending => true,
                EnrollmentState::Reserved => member.access != Access::Granted,
                _ => false,
            };
            let (seats, full) = self.seats_for_waiting(&enrollments).await?;
            let lands = |enrollment: &&Enrollment| waits(enrollment) || seats.contains_key(&enrollment.link);
            let landing = fitting(enrollments.iter().filter(lands));
            if member.access == Access::Granted && landing.is_empty() {
                let ours = unanswered && first.is_some();
                return Ok(Plan::End((if ours { GrantOutcome::Granted } else { GrantOutcome::AlreadyGranted }, false)));
            }
            if landing.is_empty() && full {
                return Ok(Plan::End((GrantOutcome::LinkFull, false)));
            }
            if landing.is_empty() && only_waiting && member.access == Access::Unverified {
                return Ok(Plan::End((GrantOutcome::NothingPending, false)));
            }
            let rest = landing.len() < enrollments.iter().filter(lands).count();
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

    /// A seat for each of these that is on a waiting list whose link has one free, and whether there is a link that has none. A
    /// deleted link never has one again; who waits on it waits for nothing.
    async fn seats_for_waiting(
        &self,
        enrollments: &[Enrollment],
    ) -> Result<(BTreeMap<LinkId, Seat>, bool), StoreError> {
        let (mut seats, mut full) = (BTreeMap::new(), false);
        for enrollment in enrollments.iter().filter(|enrollment| is_waiting(enrollment)) {
            // While an edit or a move of the line is under way no lot tells whether a seat is free.
            let link = self.settle(enrollment.organization, enrollment.link).await?;
            let Some(link) = link.filter(|link| link.state != LinkState::Deleted) else { continue };
            match self.vacancy(&link).await? {
                Vacancy::In(lot) => drop(seats.insert(link.id, Seat { lot, gate: link.gate.number, open_at: None })),
                Vacancy::None => full = true,
                Vacancy::GateMoved => return Err(StoreError::contended()),
            }
        }
        Ok((seats, full))
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

fn is_waiting(enrollment: &Enrollment) -> bool {
    enrollment.state == EnrollmentState::Waiting
}

/// As many of these as one transaction can land.
pub(super) fn fitting<'a>(enrollments: impl Iterator<Item = &'a Enrollment>) -> Vec<&'a Enrollment> {
    let mut items = 0;
    enrollments
        .take_while(|enrollment| {
            items += 2 + usize::from(is_waiting(enrollment)) + enrollment.allocation.len();
            items <= ENROLLMENT_ITEMS
        })
        .collect()
}

/// Lands a member: access granted, these enrollments enrolled, their allocations given; those that wait take their seats in
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
