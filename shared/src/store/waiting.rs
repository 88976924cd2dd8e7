//! The waiting list of a link that is full or has expired: joining it, and being admitted from it.

use super::{
    Registration, Store, StoreError,
    listing::{Listing, key_of},
    member_access::{access_write, with_a_seat},
    members::MemberFile,
    seat::{Attempted, Mailing, counted as counted_in},
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{
        Access, Admission, Admittance, Door, Enrollment, EnrollmentState, Link, LinkId, LinkState, MailKind, Member,
        MemberId, OrganizationId, Timestamp,
    },
    table::{Update, Write, keys, keys::DUE, to_item},
};

/// A seat that somebody who waits is to take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    /// The lot it is in.
    pub lot: u32,
    /// The gate at which the lot was seen to have room.
    pub gate: u64,
    /// The moment at which the link must be open; none where an admin lets in whom they like.
    pub open_at: Option<Timestamp>,
}

/// Whether a link has room for one who waits.
#[derive(Debug, Clone, Copy)]
pub(super) enum Vacancy {
    /// This lot has.
    In(u32),
    /// No lot has.
    None,
    /// The lots are not all at the gate of the link that was read, which is to be read again.
    GateMoved,
}

/// What came of giving a seat to somebody on the list.
#[derive(Debug, Clone, Copy)]
enum Admitted {
    /// They have one.
    Now,
    /// They do not wait any more, or never did.
    NotWaiting,
    /// They are shut out, and still on the list.
    Revoked,
    /// No seat is free any more, or the link has closed.
    NoRoom,
    /// The link was edited, or its line moved.
    GateMoved,
}

/// How many of the waiting are looked up at a time.
const ADMITTED_AT_A_TIME: u32 = 25;

impl Store {
    /// Tries to put somebody into the line, which is open at this door. A random lot counts them, and tells if the link has been edited
    /// or the line been moved meanwhile.
    pub(super) async fn join_waiting_list(
        &self,
        door: &Door,
        registration: &Registration,
        mailing: Mailing,
        now: Timestamp,
    ) -> Result<Attempted, StoreError> {
        let lots: Vec<u32> = (0..door.gate.lots).collect();
        let lot = self.choose(&lots);
        let counted = Write::update(keys::lot(door.link, lot), counted_in(door, EnrollmentState::Waiting, now))
            .when("#gate = :gate")
            .value(":gate", door.gate.number);
        let writes =
            self.registration_writes(door, (lot, counted), registration, mailing, EnrollmentState::Waiting, now)?;
        self.attempt(door, now, writes).await
    }

    /// Gives the free seats of a link to those who wait for one, `most` of them, in the order in which they came, if the link says
    /// so. Gives how many were admitted. Each is admitted by itself, so that a crash leaves the rest for the next call.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn admit_waiting(
        &self,
        organization: OrganizationId,
        id: LinkId,
        most: usize,
    ) -> Result<usize, StoreError> {
        let mut admitted = 0;
        loop {
            // What is under way says of no lot whether it has room.
            let Some(link) = self.settle(organization, id).await?.filter(|link| self.admits(link)) else {
                return Ok(admitted);
            };
            let lots = self.lots(id, link.gate.lots).await?;
            let free: u64 = lots.iter().map(|(_, lot)| lot.seats.saturating_sub(lot.taken)).sum();
            let left = u32::try_from(most.saturating_sub(admitted)).unwrap_or(u32::MAX);
            let wanted = u32::try_from(free).unwrap_or(u32::MAX).min(ADMITTED_AT_A_TIME).min(left);
            if wanted == 0 {
                return Ok(admitted);
            }
            let mut moved = false;
            for member in self.waiting(id, wanted).await? {
                match self.admit(&link, member).await? {
                    Admitted::Now => {
                        admitted += 1;
                        moved = true;
                    }
                    Admitted::NotWaiting => {}
                    // Who was revoked by a call that died before it took them off the list would keep everybody behind them waiting.
                    Admitted::Revoked => moved |= self.remove_waiting(member, id).await?,
                    // Nobody overtakes: those behind are not tried either.
                    Admitted::NoRoom => return Ok(admitted),
                    Admitted::GateMoved => {
                        moved = true;
                        break;
                    }
                }
            }
            // The index lags behind what was just written: who was admitted is met again, and nobody new may be there.
            if !moved {
                return Ok(admitted);
            }
        }
    }

    /// Takes the revoked off the head of a link's line. Gives whether there were any.
    pub(super) async fn strike_head(&self, link: LinkId) -> Result<bool, StoreError> {
        let mut struck = false;
        for member in self.waiting(link, ADMITTED_AT_A_TIME).await? {
            if self.member(member).await?.is_none_or(|member| member.access != Access::Revoked) {
                break;
            }
            struck |= self.remove_waiting(member, link).await?;
        }
        Ok(struck)
    }

    /// Whether a link gives its free seats to the waiting at this moment.
    fn admits(&self, link: &Link) -> bool {
        let now = self.clock.now();
        let open = link.state == LinkState::Active && link.intake.has_started(now) && link.open_until() > now;
        open && link.intake.admit_waiting && link.gate.waiting && !link.gate.unsettled
    }

    /// The first of those who wait, by the time they came.
    async fn waiting(&self, link: LinkId, limit: u32) -> Result<Vec<MemberId>, StoreError> {
        let partition = keys::waiting_for(link);
        let listing = Listing { index: Some(DUE), partition, limit: Some(limit), ..Listing::default() };
        let named = self.list(&listing).await?.items.into_iter().filter_map(|item| keys::parse(&key_of(&item)?));
        let members = named.filter_map(|named| match named {
            keys::Named::Enrollment(member, _) => Some(member),
            _ => None,
        });
        Ok(members.collect())
    }

    /// Gives a seat to one who waits.
    async fn admit(&self, link: &Link, id: MemberId) -> Result<Admitted, StoreError> {
        self.retry(|Unanswered(unanswered)| async move {
            let now = self.clock.now();
            let Some(MemberFile { member, enrollments }) = self.member_file(id).await? else {
                return Ok(Plan::End(Admitted::NotWaiting));
            };
            let (theirs, others): (Vec<_>, Vec<_>) = enrollments.into_iter().partition(|one| one.link == link.id);
            let Some(enrollment) = theirs.into_iter().next() else { return Ok(Plan::End(Admitted::NotWaiting)) };
            if enrollment.state != EnrollmentState::Waiting {
                let ours = unanswered && enrollment.state.holds_seat();
                return Ok(Plan::End(if ours { Admitted::Now } else { Admitted::NotWaiting }));
            }
            if member.access == Access::Revoked {
                return Ok(Plan::End(Admitted::Revoked));
            }
            let lot = match self.vacancy(link).await? {
                Vacancy::In(lot) if self.admits(link) => lot,
                Vacancy::In(_) | Vacancy::None => return Ok(Plan::End(Admitted::NoRoom)),
                Vacancy::GateMoved => return Ok(Plan::End(Admitted::GateMoved)),
            };
            let waits_elsewhere = others.iter().any(|other| other.state.waits_for_admin());
            let writes = self.admission_writes(link, &enrollment, &member, waits_elsewhere, lot, now)?;
            Ok(Plan::Write(writes, Admitted::Now))
        })
        .await
    }

    /// Where this link has room, at the gate it was read with.
    pub(super) async fn vacancy(&self, link: &Link) -> Result<Vacancy, StoreError> {
        let lots = self.lots(link.id, link.gate.lots).await?;
        if lots.iter().any(|(_, lot)| lot.gate != link.gate.number) {
            return Ok(Vacancy::GateMoved);
        }
        let with_room: Vec<u32> = lots.iter().filter(|(_, lot)| lot.has_room()).map(|(number, _)| *number).collect();
        Ok(if with_room.is_empty() { Vacancy::None } else { Vacancy::In(self.choose(&with_room)) })
    }

    /// What admitting writes: a seat in this lot, reserved until its owner signs in from the mail that tells them, or pending where
    /// an admin looks first; so too where the link would refuse them by now.
    fn admission_writes(
        &self,
        link: &Link,
        enrollment: &Enrollment,
        member: &Member,
        waits_elsewhere: bool,
        lot: u32,
        now: Timestamp,
    ) -> Result<Vec<Write>, StoreError> {
        let held = link.intake.admittance(&member.email) != Admittance::Meant;
        let seat = Seat { lot, gate: link.gate.number, open_at: Some(now) };
        if link.admission == Admission::Approval || held {
            return Ok(seat_writes(enrollment, EnrollmentState::Pending, Update::new().leave(DUE), &seat));
        }
        let lapses_at = now.plus(self.settings.reservation);
        let reserved = Update::new()
            .put("lapses_at", lapses_at)
            .index(DUE, &keys::reservation_due(enrollment.member, enrollment.link, lapses_at));
        let mut writes = seat_writes(enrollment, EnrollmentState::Reserved, reserved, &seat);
        let mail = self.new_mail(link.organization, member.id, MailKind::Admitted, now);
        writes.push(Write::put(to_item(&mail)?));
        // Nothing of theirs waits for an admin any more, should they not come either.
        writes.push(access_write(member, if waits_elsewhere { member.access } else { with_a_seat(member) }));
        Ok(writes)
    }
}

/// Moves an enrollment that holds no seat, waiting or lapsed, to a seat; `more` says what else becomes of it, its entry among what is due included.
pub(super) fn seat_writes(enrollment: &Enrollment, to: EnrollmentState, more: Update, seat: &Seat) -> Vec<Write> {
    let taking = |update: Update| {
        let update = if to == EnrollmentState::Pending { update.increase("came", 1) } else { update };
        let write =
            Write::update(keys::lot(enrollment.link, seat.lot), update.increase("taken", 1).increase(to.name(), 1));
        let write = match seat.open_at {
            None => write.when("#gate = :gate AND #taken < #seats"),
            Some(now) => write.when("#gate = :gate AND #taken < #seats AND #open_until > :now").value(":now", now),
        };
        write.value(":gate", seat.gate)
    };
    let counted_no_more = Update::new().increase(enrollment.state.name(), -1);
    let mut writes = vec![
        Write::update(
            keys::enrollment(enrollment.member, enrollment.link),
            more.put("state", to).put("lot", seat.lot).remove("withdrawn_at"),
        )
        .when("#state = :was AND #registered_at = :registered_at")
        .value(":was", enrollment.state)
        .value(":registered_at", enrollment.registered_at),
    ];
    if seat.lot == enrollment.lot {
        writes.push(taking(counted_no_more));
    } else {
        writes.push(Write::update(keys::lot(enrollment.link, enrollment.lot), counted_no_more));
        writes.push(taking(Update::new()));
    }
    writes
}
