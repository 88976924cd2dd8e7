//! The transaction of a registration: the seat in a lot, the enrollment, the member and the intent to mail; and what its refusal
//! tells.

use std::collections::BTreeSet;

use super::{Identity, Registration, Store, StoreError, transaction::Commit};
use crate::{
    domain::{
        Access, Admission, Admittance, Allocation, Door, EmailAddress, Enrollment, EnrollmentState, Given, Lot, Mail,
        MailId, MailKind, MailRequestId, Member, MemberId, OrganizationId, PersonName, Timestamp,
        redemption::{Attempt, LotRefusal, Refused},
    },
    table::{Item, Record, Update, Write, from_item, keys, to_item},
};

/// The mail that a registration writes with its seat.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mailing {
    /// The request for mail that is written beside, for a stranger.
    pub request: Option<MailRequestId>,
    /// Whether the mail is there already: the request was worked off before the registration was written.
    pub on_its_way: bool,
}

/// What came of an attempt.
#[derive(Debug)]
pub(super) struct Attempted {
    /// What the redemption is told.
    pub attempt: Attempt,
    /// Whether the mail was there already.
    pub mail_there: bool,
}

impl Store {
    /// Tries to take a seat in this lot.
    pub(super) async fn take_seat(
        &self,
        door: &Door,
        lot: u32,
        registration: &Registration,
        mailing: Mailing,
        now: Timestamp,
    ) -> Result<Attempted, StoreError> {
        let state = state_of(door, &registration.identity);
        let taken = counted(door, state, now).increase("taken", 1);
        // A signed-in member is there from the beginning.
        let taken = if state == EnrollmentState::Enrolled { taken.increase("signed_in", 1) } else { taken };
        let seat = Write::update(keys::lot(door.link, lot), taken)
            .when("#gate = :gate AND #open_until > :now AND #taken < #seats")
            .value(":gate", door.gate.number)
            .value(":now", now);
        let writes = self.registration_writes(door, (lot, seat), registration, mailing, state, now)?;
        self.attempt(door, now, writes).await
    }

    /// Commits a registration.
    pub(super) async fn attempt(
        &self,
        door: &Door,
        now: Timestamp,
        writes: Vec<Write>,
    ) -> Result<Attempted, StoreError> {
        let attempt = match self.commit(writes).await {
            Ok(Commit::Done) => Attempt::Done,
            Ok(Commit::Conflict) => Attempt::Conflict,
            Ok(Commit::Refused(met)) => return refused(door, now, met),
            // Whether it was applied is not known; the next attempt meets the enrollment if it was.
            Err(error) if error.is_transient() => Attempt::Conflict,
            Err(error) => return Err(error),
        };
        Ok(Attempted { attempt, mail_there: false })
    }

    /// The writes of a registration that begins in `state`: first what it changes in its lot, then enrollment and member.
    pub(super) fn registration_writes(
        &self,
        door: &Door,
        (lot, of_lot): (u32, Write),
        Registration { identity, answers, challenge, language }: &Registration,
        mailing: Mailing,
        state: EnrollmentState,
        now: Timestamp,
    ) -> Result<Vec<Write>, StoreError> {
        let member = match identity {
            Identity::Stranger { name, email } => {
                Member { language: *language, ..newcomer(door, name, email, state, now) }
            }
            Identity::SignedIn(member) => (**member).clone(),
        };
        let given = match identity {
            Identity::Stranger { name, .. } => Some(Given { name: name.clone(), language: *language }),
            Identity::SignedIn(_) => None,
        };
        let enrolled_at = (state == EnrollmentState::Enrolled).then_some(now);
        let ends = door.intake.allocation_ends;
        let enrollment = Enrollment {
            organization: door.organization,
            link: door.link,
            member: member.id,
            state,
            lot,
            allocation: door.allocation.clone(),
            registered_at: now,
            lapses_at: (state == EnrollmentState::Reserved).then(|| now.plus(self.settings.reservation)),
            enrolled_at,
            signed_in_at: enrolled_at,
            granted_by: None,
            answers: answers.clone(),
            allocation_ends: ends,
            allocation_ends_at: enrolled_at.and_then(|landed_at| Some(ends?.at(landed_at))),
            allocation_ended_at: None,
            request: mailing.request,
            challenge: *challenge,
            withdrawn_at: None,
            given,
            corrected_from: None,
            corrections: 0,
            erased: false,
        };
        let mut writes = vec![of_lot, enrollment_write(&enrollment)?];
        match (identity, state) {
            (Identity::Stranger { .. }, _) => writes.push(stranger_write(&member)?),
            (Identity::SignedIn(_), EnrollmentState::Enrolled) => {
                // A link without units changes nothing of the member, and an update must change something.
                let (key, update) = (keys::member(member.id), Update::new().allocate(&door.allocation));
                let write = if update.is_empty() { Write::check(key) } else { Write::update(key, update) };
                writes.push(write.when("#access = :granted").value(":granted", Access::Granted));
                writes.extend(unit_member_writes(&member, &door.allocation));
            }
            (Identity::SignedIn(_), _) => writes.push(
                Write::check(keys::member(member.id)).when("#access = :granted").value(":granted", Access::Granted),
            ),
        }
        // Always the fourth: see `refused`. Where the request was worked off first, its mail is the one.
        if state == EnrollmentState::Reserved && !mailing.on_its_way {
            let mail = self.new_mail(door.organization, member.id, MailKind::Registration, now);
            let id = mailing.request.map_or(mail.id, |request| MailId::of_request(request, member.id));
            writes.push(
                Write::put(to_item(&Mail { id, challenge: *challenge, ..mail })?).when("attribute_not_exists(#PK)"),
            );
        }
        Ok(writes)
    }

    /// A fresh intent to mail.
    pub(super) fn new_mail(
        &self,
        organization: OrganizationId,
        member: MemberId,
        kind: MailKind,
        now: Timestamp,
    ) -> Mail {
        let id = MailId::generate(&*self.random);
        Mail::queued(id, organization, member, kind, now, self.settings.mail_grace, self.settings.mail_keep)
    }
}

/// Puts an enrollment where the member has none through the link, or one that may be made again.
pub(super) fn enrollment_write(enrollment: &Enrollment) -> Result<Write, StoreError> {
    Ok(Write::put(to_item(enrollment)?)
        .when(
            "attribute_not_exists(#PK) OR #state = :lapsed OR (#state = :removed AND attribute_exists(#withdrawn_at))",
        )
        .value(":lapsed", EnrollmentState::Lapsed)
        .value(":removed", EnrollmentState::Removed))
}

/// Makes a newcomer a member, or leaves the member who is there as they are, unless they are revoked. The registration is counted.
pub(super) fn stranger_write(newcomer: &Member) -> Result<Write, StoreError> {
    let update = Update::new().put_item_if_absent(to_item(newcomer)?).increase("registrations", 1);
    Ok(Write::update(newcomer.key(), update)
        .when("attribute_not_exists(#PK) OR #access <> :revoked")
        .value(":revoked", Access::Revoked))
}

/// What every registration counts in its lot: one more in this state, one more on this day, and one more who came to wait.
pub(super) fn counted(door: &Door, state: EnrollmentState, now: Timestamp) -> Update {
    let counts = Update::new().increase(state.name(), 1).count_on(door.time_zone.day(now));
    if state.waits_for_admin() { counts.increase("came", 1) } else { counts }
}

/// A member's places in the lists of these units.
pub(super) fn unit_member_writes(member: &Member, allocation: &Allocation) -> Vec<Write> {
    let item = |unit| {
        let mut item: Item = keys::unit_member(member.organization, unit, member.id).to_attributes();
        item.insert("entity".to_owned(), crate::table::attribute("unit_member"));
        item
    };
    // A unit that was deleted and put again as another kind can stand under both; a transaction names an item once.
    let units: BTreeSet<_> = allocation.units().collect();
    units.into_iter().map(|unit| Write::put(item(unit))).collect()
}

/// The state in which an enrollment with a seat begins.
pub(super) fn state_of(door: &Door, identity: &Identity) -> EnrollmentState {
    let held = door.intake.admittance(identity.email()) == Admittance::Held;
    match (door.admission, identity) {
        (Admission::Approval, _) => EnrollmentState::Pending,
        (Admission::Instant, _) if held => EnrollmentState::Pending,
        (Admission::Instant, Identity::Stranger { .. }) => EnrollmentState::Reserved,
        (Admission::Instant, Identity::SignedIn(_)) => EnrollmentState::Enrolled,
    }
}

/// Somebody who registers for the first time, in this state.
pub(super) fn newcomer(
    door: &Door,
    name: &PersonName,
    email: &EmailAddress,
    state: EnrollmentState,
    now: Timestamp,
) -> Member {
    let access = if state == EnrollmentState::Reserved { Access::Unverified } else { Access::Pending };
    let first_link = Some(door.link);
    // Whoever fills in the form need not be the one whose address it is.
    Member {
        first_link,
        name_unconfirmed: true,
        ..Member::new(door.organization, name.clone(), email.clone(), access, now)
    }
}

/// Reads the images that the failed conditions returned: lot, enrollment, member, mail, in the order of the writes.
fn refused(door: &Door, now: Timestamp, met: Vec<Option<Item>>) -> Result<Attempted, StoreError> {
    let mut met = met.into_iter();
    let lot = met.next().flatten().map(|item| refusal(door, now, item)).transpose()?;
    let enrollment = met.next().flatten().map(from_item).transpose()?.map(Box::new);
    let revoked = met.next().flatten().is_some();
    let mail_there = met.next().flatten().is_some();
    Ok(Attempted { attempt: Attempt::Refused(Refused { lot, enrollment, revoked }), mail_there })
}

fn refusal(door: &Door, now: Timestamp, item: Item) -> Result<LotRefusal, StoreError> {
    if item.is_empty() {
        return Ok(LotRefusal::Behind);
    }
    let lot: Lot = from_item(item)?;
    Ok(match lot.gate.cmp(&door.gate.number) {
        std::cmp::Ordering::Greater => LotRefusal::Ahead,
        std::cmp::Ordering::Less => LotRefusal::Behind,
        std::cmp::Ordering::Equal if lot.open_until <= now => LotRefusal::Closed,
        std::cmp::Ordering::Equal => LotRefusal::Full,
    })
}
