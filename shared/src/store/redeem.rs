//! Redeem: one seat, the enrollment, the member and the intent to mail, in one transaction. What is tried next is decided by
//! [`Redemption`]; this file does the steps.

use std::collections::BTreeSet;

use super::{
    Store, StoreError,
    transaction::{Commit, Patience},
};
use crate::{
    domain::{
        Access, Admission, CodeHash, Door, EmailAddress, Enrollment, EnrollmentState, Lot, Mail, MailId, MailKind,
        Member, MemberId, PersonName, Role, Timestamp,
        redemption::{Attempt, Ending, LotRefusal, Redemption, Refused, Step},
    },
    table::{Item, Update, Write, from_item, keys, to_item},
};

/// Who registers.
#[derive(Debug, Clone)]
pub enum Identity {
    /// Somebody who says who they are; the address is to be proven.
    Stranger {
        /// The name they gave.
        name: PersonName,
        /// The address they gave.
        email: EmailAddress,
    },
    /// A signed-in member of the link's organization.
    SignedIn(Box<Member>),
}

impl Identity {
    /// The id of the member that registers behind this door.
    fn member_in(&self, door: &Door) -> MemberId {
        match self {
            Self::Stranger { email, .. } => MemberId::of_address(door.organization, email),
            Self::SignedIn(member) => member.id,
        }
    }
}

/// How a registration ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redeemed {
    /// How.
    pub ending: Ending,
    /// The state in which the enrollment began, where a seat was taken.
    pub state: Option<EnrollmentState>,
    /// The door as it was read last.
    pub door: Option<Door>,
}

impl Store {
    /// The door of the link with this code.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn door(&self, code: &CodeHash) -> Result<Option<Door>, StoreError> {
        self.get(keys::door(code)).await
    }

    /// Whether a seat is free behind an open door: reads all its lots at once.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn has_room(&self, door: &Door) -> Result<bool, StoreError> {
        // While seats are being dealt nobody can tell; a registration waits.
        let with_room = self.lots_with_room(door).await?;
        Ok(door.gate.dealing || with_room.is_none_or(|lots| !lots.is_empty()))
    }

    /// Registers somebody through the link whose door, found by `code`, was read as `door`.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when conflicts, throttling or an edit outlast the time budget.
    pub async fn redeem(
        &self,
        code: &CodeHash,
        door: Option<Door>,
        identity: &Identity,
    ) -> Result<Redeemed, StoreError> {
        let now = self.clock.now();
        let known = matches!(identity, Identity::SignedIn(_));
        let mut redemption = Redemption::new(now, now.plus(-self.settings.repeat_window), known);
        let mut patience = self.patience();
        let mut step = redemption.door_read(door.as_ref());
        let mut door = door;
        loop {
            step = match (step, &door) {
                (Step::End(ending), door) => {
                    let seated = ending == Ending::Seated;
                    let state = door.as_ref().filter(|_| seated).map(|door| state_of(door, identity));
                    return Ok(Redeemed { ending, state, door: door.clone() });
                }
                (Step::ReadDoor { pause }, _) => {
                    if pause {
                        self.pause(&mut patience).await?;
                    }
                    door = self.patiently(&mut patience, || self.door(code)).await?;
                    redemption.door_read(door.as_ref())
                }
                (Step::ReadLots { pause }, Some(door)) => {
                    if pause {
                        self.pause(&mut patience).await?;
                    }
                    let with_room = self.patiently(&mut patience, || self.lots_with_room(door)).await?;
                    redemption.lots_read(with_room)
                }
                (Step::ReadEnrollment, Some(door)) => {
                    let key = keys::enrollment(identity.member_in(door), door.link);
                    let read = self.patiently(&mut patience, || self.get(key.clone())).await?;
                    redemption.enrollment_read(read)
                }
                (Step::TryOneOf { lots, pause }, Some(door)) => {
                    if pause {
                        self.pause(&mut patience).await?;
                    }
                    let lot = self.choose(&lots);
                    redemption.attempted(lot, self.take_seat(door, lot, identity, now).await?)
                }
                (Step::ReadLots { .. } | Step::ReadEnrollment | Step::TryOneOf { .. }, None) => {
                    Step::ReadDoor { pause: false }
                }
            };
        }
    }

    /// Repeats a read that the table could not answer, within the time budget.
    async fn patiently<T, F>(&self, patience: &mut Patience, read: impl Fn() -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, StoreError>>,
    {
        loop {
            match read().await {
                Err(error) if error.is_transient() => self.pause(patience).await?,
                ended => return ended,
            }
        }
    }

    /// The lots with room; none when not all of them stand at the door's gate.
    async fn lots_with_room(&self, door: &Door) -> Result<Option<Vec<u32>>, StoreError> {
        let lots = self.lots(door.link, door.gate.lots).await?;
        let all_there = lots.len() == door.gate.lots as usize;
        if !all_there || lots.iter().any(|(_, lot)| lot.gate != door.gate.number) {
            return Ok(None);
        }
        Ok(Some(lots.iter().filter(|(_, lot)| lot.has_room()).map(|(number, _)| *number).collect()))
    }

    async fn take_seat(
        &self,
        door: &Door,
        lot: u32,
        identity: &Identity,
        now: Timestamp,
    ) -> Result<Attempt, StoreError> {
        let writes = self.seat_writes(door, lot, identity, now)?;
        match self.commit(writes).await {
            Ok(Commit::Done) => Ok(Attempt::Seated),
            Ok(Commit::Conflict) => Ok(Attempt::Conflict),
            Ok(Commit::Refused(met)) => Ok(Attempt::Refused(refused(door, now, met)?)),
            // Whether it was applied is not known; the next attempt meets the enrollment if it was.
            Err(error) if error.is_transient() => Ok(Attempt::Conflict),
            Err(error) => Err(error),
        }
    }

    fn seat_writes(
        &self,
        door: &Door,
        lot: u32,
        identity: &Identity,
        now: Timestamp,
    ) -> Result<Vec<Write>, StoreError> {
        let state = state_of(door, identity);
        let member = match identity {
            Identity::Stranger { name, email } => newcomer(door, name, email, state, now),
            Identity::SignedIn(member) => (**member).clone(),
        };
        let enrollment = Enrollment {
            organization: door.organization,
            link: door.link,
            member: member.id,
            state,
            lot,
            allocation: door.allocation.clone(),
            registered_at: now,
            lapses_at: (state == EnrollmentState::Reserved).then(|| now.plus(self.settings.reservation)),
            enrolled_at: (state == EnrollmentState::Enrolled).then_some(now),
            granted_by: None,
        };
        let mut writes = vec![
            Write::update(keys::lot(door.link, lot), Update::new().increase("taken", 1).increase(state.name(), 1))
                .when("#gate = :gate AND #open_until > :now AND #taken < #seats")
                .value(":gate", door.gate.number)
                .value(":now", now),
            Write::put(to_item(&enrollment)?)
                .when("attribute_not_exists(#PK) OR #state = :lapsed")
                .value(":lapsed", EnrollmentState::Lapsed),
        ];
        match (identity, state) {
            (Identity::Stranger { .. }, _) => writes.push(
                Write::update(keys::member(member.id), Update::new().put_item_if_absent(to_item(&member)?))
                    .when("attribute_not_exists(#PK) OR #access <> :revoked")
                    .value(":revoked", Access::Revoked),
            ),
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
        if state == EnrollmentState::Reserved {
            writes.push(Write::put(to_item(&self.new_mail(
                door.organization,
                member.id,
                MailKind::Registration,
                now,
            ))?));
        }
        Ok(writes)
    }

    /// A fresh intent to mail.
    pub(super) fn new_mail(
        &self,
        organization: crate::domain::OrganizationId,
        member: MemberId,
        kind: MailKind,
        now: Timestamp,
    ) -> Mail {
        let id = MailId::generate(&*self.random);
        Mail::queued(id, organization, member, kind, now, self.settings.mail_grace, self.settings.mail_keep)
    }
}

/// A member's places in the lists of these units.
pub(super) fn unit_member_writes(member: &Member, allocation: &crate::domain::Allocation) -> Vec<Write> {
    let item = |unit| {
        let mut item: Item = keys::unit_member(member.organization, unit, member.id).to_attributes();
        item.insert("entity".to_owned(), crate::table::attribute("unit_member"));
        item
    };
    // A unit that was deleted and put again as another kind can stand under both; a transaction names an item once.
    let units: BTreeSet<_> = allocation.units().collect();
    units.into_iter().map(|unit| Write::put(item(unit))).collect()
}

fn state_of(door: &Door, identity: &Identity) -> EnrollmentState {
    match (door.admission, identity) {
        (Admission::Approval, _) => EnrollmentState::Pending,
        (Admission::Instant, Identity::Stranger { .. }) => EnrollmentState::Reserved,
        (Admission::Instant, Identity::SignedIn(_)) => EnrollmentState::Enrolled,
    }
}

fn newcomer(door: &Door, name: &PersonName, email: &EmailAddress, state: EnrollmentState, now: Timestamp) -> Member {
    Member {
        id: MemberId::of_address(door.organization, email),
        organization: door.organization,
        name: name.clone(),
        email: email.clone(),
        role: Role::Member,
        access: if state == EnrollmentState::Pending { Access::Pending } else { Access::Unverified },
        allocation: crate::domain::Allocation::default(),
        created_at: now,
        granted_at: None,
        granted_by: None,
        sessions_valid_from: None,
        login_tokens: Vec::new(),
        login_resent_at: None,
        last_mail: None,
    }
}

/// Reads the images that the failed conditions returned: lot, enrollment, member, in the order of the writes.
fn refused(door: &Door, now: Timestamp, met: Vec<Option<Item>>) -> Result<Refused, StoreError> {
    let mut met = met.into_iter();
    let lot = met.next().flatten().map(|item| refusal(door, now, item)).transpose()?;
    let enrollment = met.next().flatten().map(from_item).transpose()?.map(Box::new);
    let revoked = met.next().flatten().is_some();
    Ok(Refused { lot, enrollment, revoked })
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
