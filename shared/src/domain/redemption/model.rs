//! A model checker for the protocol: every order in which people's steps and an admin's can fall, on the very code that runs.
//!
//! The table is two lots, a door and who is enrolled. People are [`Redemption`]s; the admin's edit is the list of its writes, in
//! the order in which the store makes them. A state is visited once; in each, what must always hold is held.

use std::collections::{BTreeSet, HashSet};

use super::{Attempt, Ending, LotRefusal, Redemption, Refused, Step};
use crate::domain::{
    Admission, Allocation, Answers, Cap, CodeHash, Door, EmailAddress, Enrollment, EnrollmentState, Gate, Intake,
    LinkId, LinkState, MemberId, OrganizationId, Overflow, Timestamp, deal,
};

#[derive(Debug, Clone)]
struct LotItem {
    gate: u64,
    open: bool,
    seats: u64,
    taken: u64,
    closed_at: u64,
}

#[derive(Debug, Clone)]
struct Person {
    identity: usize,
    redemption: Redemption,
    step: Step,
    door: Option<Door>,
    /// Whether a seat was free, whatever the cap, all the time since they came.
    room_always: bool,
}

/// One write of an admin's edit.
#[derive(Debug, Clone, Copy)]
enum Edit {
    /// Link and door: deactivated.
    Deactivate,
    /// Link and door: another cap, the seats to be dealt anew.
    Cap(u64),
    /// A lot is brought to the gate; shut at what is taken when seats are dealt.
    Bring(usize),
    /// A shut lot gets its part.
    Part(usize),
    /// Link and door: the lots stand at the gate.
    Finish,
}

#[derive(Debug, Clone)]
struct World {
    door: Door,
    lots: Vec<LotItem>,
    enrolled: BTreeSet<usize>,
    waiting: BTreeSet<usize>,
    people: Vec<Person>,
    edits_done: usize,
    taken_at_answer: Option<u64>,
}

const NOW: i64 = 1_000;

fn address() -> EmailAddress {
    EmailAddress::parse("ana@example.com").unwrap()
}

fn door(cap: u64) -> Door {
    Door {
        code: CodeHash::parse(&"0".repeat(64)).unwrap(),
        organization: OrganizationId::from_bytes([1; 16]),
        link: LinkId::from_bytes([2; 16]),
        welcome: None,
        state: LinkState::Active,
        open_until: Timestamp::NEVER,
        admission: Admission::Instant,
        allocation: Allocation::default(),
        cap: Some(Cap::parse(cap).unwrap()),
        time_zone: crate::domain::TimeZone::UTC,
        intake: Intake::default(),
        gate: Gate::fresh(2),
    }
}

impl World {
    fn new(cap: u64, identities: &[usize]) -> Self {
        let seats = deal(Some(Cap::parse(cap).unwrap()), &[0, 0]).seats;
        let lots = seats.into_iter().map(|seats| LotItem { gate: 1, open: true, seats, taken: 0, closed_at: 0 });
        let now = Timestamp::from_millis(NOW);
        let people = identities.iter().map(|&identity| {
            let redemption = Redemption::new(now, Timestamp::from_millis(0), false, address());
            Person { identity, step: redemption.start(), redemption, door: None, room_always: true }
        });
        Self {
            door: door(cap),
            lots: lots.collect(),
            enrolled: BTreeSet::new(),
            waiting: BTreeSet::new(),
            people: people.collect(),
            edits_done: 0,
            taken_at_answer: None,
        }
    }

    fn taken(&self) -> u64 {
        self.lots.iter().map(|lot| lot.taken).sum()
    }

    /// Does the step that a person wants to do; `lot` picks among those it may try.
    fn act(&mut self, person: usize, lot: u32) {
        let Self { door, lots, enrolled, waiting, people, .. } = self;
        let person = &mut people[person];
        person.step = match &person.step {
            Step::ReadDoor { .. } => {
                person.door = Some(door.clone());
                person.redemption.door_read(Some(door))
            }
            Step::ReadLots { .. } => {
                let gate = person.door.as_ref().unwrap().gate.number;
                let with_room = (0..).zip(lots.iter()).filter(|(_, lot)| lot.taken < lot.seats);
                let settled = lots.iter().all(|lot| lot.gate == gate);
                person.redemption.lots_read(settled.then(|| with_room.map(|(number, _)| number).collect()))
            }
            Step::ReadEnrollment => {
                let there = enrolled.contains(&person.identity).then(enrollment);
                person.redemption.enrollment_read(there)
            }
            Step::TryOneOf { .. } => {
                let gate = person.door.as_ref().unwrap().gate.number;
                let there = enrolled.contains(&person.identity) || waiting.contains(&person.identity);
                let attempt = attempt(&mut lots[lot as usize], gate, there);
                if attempt == Attempt::Done {
                    enrolled.insert(person.identity);
                }
                person.redemption.attempted(lot, attempt)
            }
            Step::JoinWaitingList { .. } => {
                let gate = person.door.as_ref().unwrap().gate.number;
                let there = enrolled.contains(&person.identity) || waiting.contains(&person.identity);
                let attempt = join(&lots[lot as usize], gate, there);
                if attempt == Attempt::Done {
                    waiting.insert(person.identity);
                }
                person.redemption.tried_to_wait(attempt)
            }
            Step::End(_) => panic!("has ended"),
        };
    }

    /// Notes for those who are still at it whether fewer seats are taken than the smallest cap there is.
    fn note_room(&mut self, least: u64) {
        let room = self.taken() < least;
        for person in &mut self.people {
            if !matches!(person.step, Step::End(_)) {
                person.room_always &= room;
            }
        }
    }

    /// Makes the next write of the edit.
    fn edit(&mut self, edit: Edit) {
        match edit {
            Edit::Deactivate => {
                self.door.state = LinkState::Inactive;
                self.door.gate.number += 1;
            }
            Edit::Cap(cap) => {
                self.door.cap = Some(Cap::parse(cap).unwrap());
                self.door.gate.number += 1;
                self.door.gate.dealing = true;
            }
            Edit::Bring(lot) => {
                let lot = &mut self.lots[lot];
                lot.gate = self.door.gate.number;
                lot.open = self.door.state == LinkState::Active;
                if self.door.gate.dealing {
                    (lot.seats, lot.closed_at) = (lot.taken, lot.taken);
                }
            }
            Edit::Part(lot) => {
                let closed_at: Vec<_> = self.lots.iter().map(|lot| lot.closed_at).collect();
                self.lots[lot].seats = deal(self.door.cap, &closed_at).seats[lot];
            }
            Edit::Finish => self.door.gate.dealing = false,
        }
        self.edits_done += 1;
    }
}

/// What the transaction of an attempt does: the conditions of lot and enrollment, and both writes or neither.
fn attempt(lot: &mut LotItem, gate: u64, there: bool) -> Attempt {
    let refusal = match lot.gate.cmp(&gate) {
        std::cmp::Ordering::Greater => Some(LotRefusal::Ahead),
        std::cmp::Ordering::Less => Some(LotRefusal::Behind),
        std::cmp::Ordering::Equal if !lot.open => Some(LotRefusal::Closed),
        std::cmp::Ordering::Equal => (lot.taken >= lot.seats).then_some(LotRefusal::Full),
    };
    if refusal.is_none() && !there {
        lot.taken += 1;
        return Attempt::Done;
    }
    Attempt::Refused(Refused { lot: refusal, enrollment: there.then(|| Box::new(enrollment())), revoked: false })
}

/// What the transaction of joining the waiting list does: the condition of the lot that counts is its gate alone.
fn join(lot: &LotItem, gate: u64, there: bool) -> Attempt {
    let refusal = match lot.gate.cmp(&gate) {
        std::cmp::Ordering::Greater => Some(LotRefusal::Ahead),
        std::cmp::Ordering::Less => Some(LotRefusal::Behind),
        std::cmp::Ordering::Equal => None,
    };
    if refusal.is_none() && !there {
        return Attempt::Done;
    }
    Attempt::Refused(Refused { lot: refusal, enrollment: there.then(|| Box::new(enrollment())), revoked: false })
}

fn enrollment() -> Enrollment {
    Enrollment {
        organization: OrganizationId::from_bytes([1; 16]),
        link: LinkId::from_bytes([2; 16]),
        member: MemberId::from_bytes([3; 16]),
        state: EnrollmentState::Reserved,
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
        erased: false,
        request: None,
        challenge: None,
    }
}

/// Visits every state that can be reached from `start`; `always` is held in each, `at_rest` in those where all have ended.
fn explore(start: World, edits: &[Edit], always: impl Fn(&World), at_rest: impl Fn(&World)) -> usize {
    let caps = edits.iter().filter_map(|edit| if let Edit::Cap(cap) = edit { Some(*cap) } else { None });
    let least = caps.chain(start.door.cap.map(Cap::seats)).min().unwrap_or_default();
    let mut seen = HashSet::new();
    let mut open = vec![start];
    while let Some(world) = open.pop() {
        if !seen.insert(format!("{world:?}")) {
            continue;
        }
        always(&world);
        for person in &world.people {
            let told_full = matches!(person.step, Step::End(Ending::Full | Ending::Waiting));
            assert!(!(told_full && person.room_always), "told full while a seat was free: {world:?}");
        }
        let mut ended = world.edits_done == edits.len();
        if let Some(&edit) = edits.get(world.edits_done) {
            let mut next = world.clone();
            next.edit(edit);
            if next.edits_done == edits.len() {
                next.taken_at_answer = Some(next.taken() + next.waiting.len() as u64);
            }
            next.note_room(least);
            open.push(next);
        }
        for person in 0..world.people.len() {
            let choices = match &world.people[person].step {
                Step::End(_) => continue,
                Step::TryOneOf { lots, .. } => lots.clone(),
                Step::JoinWaitingList { .. } => vec![0, 1],
                Step::ReadDoor { .. } | Step::ReadLots { .. } | Step::ReadEnrollment => vec![0],
            };
            ended = false;
            for lot in choices {
                let mut next = world.clone();
                next.act(person, lot);
                next.note_room(least);
                open.push(next);
            }
        }
        if ended {
            at_rest(&world);
        }
    }
    seen.len()
}

fn endings(world: &World) -> Vec<&Ending> {
    let ending = |person: &'_ Person| matches!(person.step, Step::End(_));
    assert!(world.people.iter().all(ending));
    let endings =
        world.people.iter().filter_map(|person| if let Step::End(end) = &person.step { Some(end) } else { None });
    endings.collect()
}

#[test]
fn every_seat_is_taken_and_only_those_without_one_are_told_full() {
    for (cap, people) in [(1, vec![0, 1, 2]), (2, vec![0, 1, 2]), (3, vec![0, 1, 2]), (2, vec![0, 0, 1])] {
        let identities = people.iter().collect::<BTreeSet<_>>().len() as u64;
        let states = explore(
            World::new(cap, &people),
            &[],
            |world| assert!(world.taken() <= cap && world.taken() == world.enrolled.len() as u64),
            |world| {
                assert_eq!(world.taken(), cap.min(identities));
                for (person, ending) in world.people.iter().zip(endings(world)) {
                    let holds = world.enrolled.contains(&person.identity);
                    assert_eq!(*ending != Ending::Full, holds, "{ending:?}");
                }
            },
        );
        assert!(states > 20, "{states}");
    }
}

#[test]
fn with_a_waiting_list_everyone_has_a_seat_or_waits_for_one_and_nobody_both() {
    for (cap, people) in [(1, vec![0, 1, 2]), (2, vec![0, 0, 1]), (1, vec![0, 0, 1])] {
        let mut world = World::new(cap, &people);
        world.door.intake.overflow = Overflow::WaitingList;
        let identities = people.iter().collect::<BTreeSet<_>>().len() as u64;
        explore(
            world,
            &[],
            |world| assert!(world.taken() <= cap && world.enrolled.is_disjoint(&world.waiting)),
            |world| {
                assert_eq!(world.taken(), cap.min(identities));
                assert_eq!((world.enrolled.len() + world.waiting.len()) as u64, identities);
                let told =
                    |ending: &&Ending| matches!(ending, Ending::Seated | Ending::Waiting | Ending::AlreadyThere(_));
                assert!(endings(world).iter().all(told));
            },
        );
    }
}

#[test]
fn nobody_gets_onto_the_waiting_list_after_a_deactivation_was_answered() {
    let edits = [Edit::Deactivate, Edit::Bring(0), Edit::Bring(1), Edit::Finish];
    let mut world = World::new(1, &[0, 1]);
    world.door.intake.overflow = Overflow::WaitingList;
    let known = |world: &World| (world.enrolled.len() + world.waiting.len()) as u64;
    let held = |world: &World| assert!(world.taken_at_answer.is_none_or(|at_answer| known(world) == at_answer));
    explore(world, &edits, held, |_| {});
}

#[test]
fn nobody_takes_a_seat_after_a_deactivation_was_answered() {
    let edits = [Edit::Deactivate, Edit::Bring(0), Edit::Bring(1), Edit::Finish];
    let held = |world: &World| assert!(world.taken_at_answer.is_none_or(|taken| world.taken() == taken));
    explore(World::new(3, &[0, 1, 2]), &edits, held, |world| {
        assert!(endings(world).iter().all(|ending| matches!(ending, Ending::Seated | Ending::Inactive)));
    });
}

#[test]
fn a_cap_that_moves_is_never_exceeded_and_all_of_it_is_given() {
    let edits = |cap| [Edit::Cap(cap), Edit::Bring(0), Edit::Bring(1), Edit::Part(0), Edit::Part(1), Edit::Finish];
    for (before, after) in [(1, 3), (3, 1), (2, 1), (1, 2), (4, 2)] {
        explore(
            World::new(before, &[0, 1, 2]),
            &edits(after),
            |world| {
                assert!(world.taken() <= before.max(after));
                let allowed = |at_answer: u64| world.taken() <= after.max(at_answer);
                assert!(world.taken_at_answer.is_none_or(allowed));
            },
            |world| {
                // Whoever was told "full" was told so when it was; whoever comes now finds what is left of the cap.
                let mut late = world.clone();
                let fresh = World::new(before, &[9]).people.remove(0);
                late.people.push(fresh);
                let last = late.people.len() - 1;
                while !matches!(late.people[last].step, Step::End(_)) {
                    let lot = if let Step::TryOneOf { lots, .. } = &late.people[last].step { lots[0] } else { 0 };
                    late.act(last, lot);
                }
                let expected = if world.taken() < after { Ending::Seated } else { Ending::Full };
                assert_eq!(late.people[last].step, Step::End(expected));
            },
        );
    }
}

#[test]
fn a_code_that_leads_nowhere_ends_at_once() {
    let mut redemption = Redemption::new(Timestamp::from_millis(NOW), Timestamp::from_millis(0), false, address());
    assert_eq!(redemption.door_read(None), Step::End(Ending::NotFound));
    let mut expired = door(1);
    expired.open_until = Timestamp::from_millis(NOW);
    assert_eq!(redemption.door_read(Some(&expired)), Step::End(Ending::Expired));
}
