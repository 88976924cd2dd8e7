//! The people at the door, each a [`Redemption`] under way, and what their steps do to the world.

use super::{
    settling::Settling,
    world::{LotItem, NOW, World, address, proof},
};
use crate::domain::{
    Allocation, Answers, Enrollment, EnrollmentState, Gate, LinkId, MemberId, OrganizationId, Timestamp,
    redemption::{Attempt, LineMove, LotRefusal, LotsSeen, Redemption, Refused, Step},
};
use std::rc::Rc;

/// Somebody at the door. Several may be the same person, by `identity`.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub identity: usize,
    pub redemption: Redemption,
    pub step: Step,
    pub gate: Option<Gate>,
    /// What they settle, having moved the line.
    pub settling: Option<(Settling, bool)>,
    /// Whether their process may die while it moves the line.
    pub mortal: bool,
    pub dead: bool,
    /// Whether a seat was free, whatever the cap, and nobody waited for it, all the time since they came.
    pub room_always: bool,
}

impl Person {
    pub fn new(identity: usize) -> Self {
        let now = Timestamp::from_millis(NOW);
        // All calls of one person come from one browser.
        let redemption = Redemption::new(now, Timestamp::from_millis(0), false, address()).proving(Some(proof()));
        let step = redemption.start();
        Self { identity, step, redemption, gate: None, settling: None, mortal: false, dead: false, room_always: true }
    }

    pub fn has_ended(&self) -> bool {
        self.dead || matches!(self.step, Step::End(_))
    }
}

impl World {
    /// Does the step that a person wants to do; `lot` picks among those it may try.
    pub fn act(&mut self, number: usize, lot: u32) {
        if let Some((mut settling, by_us)) = self.people[number].settling.take() {
            let more = settling.step(&mut self.door, &mut self.lots);
            let person = &mut self.people[number];
            if more {
                person.settling = Some((settling, by_us));
            } else {
                person.step = person.redemption.line_moved(by_us);
            }
            return;
        }
        let Self { door, lots, enrolled, line, people, .. } = self;
        let person = &mut people[number];
        let gate = person.gate;
        let there = match (enrolled.contains(&person.identity), line.iter().any(|(who, _)| *who == person.identity)) {
            (true, true) => panic!("has a seat and waits"),
            (true, false) => Some(EnrollmentState::Reserved),
            (false, true) => Some(EnrollmentState::Waiting),
            (false, false) => None,
        };
        let there = there.map(|state| Box::new(enrollment(state)));
        person.step = match &person.step {
            Step::ReadDoor { .. } => {
                person.gate = Some(door.gate);
                person.redemption.door_read(Some(&**door))
            }
            Step::ReadLots { .. } => {
                let with_room = (0..).zip(lots.iter()).filter(|(_, lot)| lot.taken < lot.seats);
                let with_room = with_room.map(|(number, _)| number).collect();
                let settled = lots.iter().all(|lot| lot.gate == gate.unwrap().number);
                let waiting = lots.iter().map(|lot| lot.waiting).sum();
                person.redemption.lots_read(settled.then_some(LotsSeen { with_room, waiting }))
            }
            Step::ReadEnrollment => person.redemption.enrollment_read(there.map(|there| *there)),
            Step::TryOneOf { .. } => {
                let item = &mut lots[lot as usize];
                let attempt = attempt(item, gate.unwrap().number, there, true);
                if attempt == Attempt::Done {
                    assert!(line.is_empty(), "a newcomer overtook those who wait");
                    item.taken += 1;
                    enrolled.insert(person.identity);
                }
                person.redemption.attempted(lot, attempt)
            }
            Step::JoinWaitingList { .. } => {
                let item = &mut lots[lot as usize];
                let attempt = attempt(item, gate.unwrap().number, there, false);
                if attempt == Attempt::Done {
                    item.waiting += 1;
                    line.push((person.identity, lot as usize));
                }
                person.redemption.tried_to_wait(attempt)
            }
            Step::MoveLine(to) => {
                let read = gate.unwrap();
                let moved = match to {
                    LineMove::Finish => Some(door.gate),
                    LineMove::Open if door.gate.number == read.number && !door.gate.waiting => {
                        Some(door.gate.opening_line())
                    }
                    LineMove::Close if door.gate.number == read.number && door.gate.waiting && !door.gate.unsettled => {
                        Some(door.gate.raised())
                    }
                    LineMove::Open | LineMove::Close => None,
                };
                if let Some(moved) = moved {
                    Rc::make_mut(door).gate = moved;
                    person.settling = Some((Settling::begin(), true));
                    return;
                }
                person.redemption.line_moved(false)
            }
            Step::End(_) => panic!("has ended"),
        };
    }
}

/// What the transaction of an attempt does: the conditions of lot and enrollment. That of joining the line is the lot's gate alone.
fn attempt(lot: &LotItem, gate: u64, there: Option<Box<Enrollment>>, for_seat: bool) -> Attempt {
    let refusal = match lot.gate.cmp(&gate) {
        std::cmp::Ordering::Greater => Some(LotRefusal::Ahead),
        std::cmp::Ordering::Less => Some(LotRefusal::Behind),
        std::cmp::Ordering::Equal if !for_seat => None,
        std::cmp::Ordering::Equal if !lot.open => Some(LotRefusal::Closed),
        std::cmp::Ordering::Equal => (lot.taken >= lot.seats).then_some(LotRefusal::Full),
    };
    if refusal.is_none() && there.is_none() {
        return Attempt::Done;
    }
    Attempt::Refused(Refused { lot: refusal, enrollment: there, revoked: false })
}

fn enrollment(state: EnrollmentState) -> Enrollment {
    Enrollment {
        organization: OrganizationId::from_bytes([1; 16]),
        link: LinkId::from_bytes([2; 16]),
        member: MemberId::from_bytes([3; 16]),
        state,
        lot: 0,
        allocation: Allocation::default(),
        registered_at: Timestamp::from_millis(NOW),
        lapses_at: None,
        enrolled_at: None,
        signed_in_at: None,
        granted_by: None,
        answers: Answers::new(),
        allocation_ends: None,
        allocation_ends_at: None,
        allocation_ended_at: None,
        request: None,
        challenge: Some(proof()),
        withdrawn_at: None,
        given: None,
        corrected_from: None,
        corrections: 0,
        erased: false,
    }
}
