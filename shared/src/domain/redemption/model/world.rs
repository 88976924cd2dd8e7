//! The world that is modelled: a table of a door and two lots, the people at it, and what admins and the sweep do meanwhile.

use std::{
    collections::BTreeSet,
    hash::{DefaultHasher, Hash, Hasher},
    mem::discriminant,
    rc::Rc,
};

use super::{
    person::Person,
    script::{Act, Script},
};
use crate::domain::{
    Admission, Allocation, Cap, CodeChallenge, CodeHash, Door, EmailAddress, Gate, Intake, LinkId, LinkState,
    OrganizationId, Overflow, Timestamp, deal,
    redemption::{Ending, Redemption, Step},
};

#[derive(Debug, Clone, Hash)]
pub(super) struct LotItem {
    pub gate: u64,
    pub open: bool,
    pub seats: u64,
    pub taken: u64,
    pub closed_at: u64,
    pub dealt: bool,
    pub waiting: u64,
}

#[derive(Debug, Clone)]
pub(super) struct World {
    pub door: Rc<Door>,
    pub lots: Vec<LotItem>,
    pub enrolled: BTreeSet<usize>,
    /// Who waits, in their order, with the lot that counts them.
    pub line: Vec<(usize, usize)>,
    pub people: Vec<Person>,
    pub scripts: Vec<Script>,
    /// How many had a seat or waited when the first script had come to its end.
    pub known_at_answer: Option<u64>,
}

pub(super) const NOW: i64 = 1_000;

pub(super) fn proof() -> CodeChallenge {
    CodeChallenge::parse(&"A".repeat(43)).unwrap()
}

pub(super) fn address() -> EmailAddress {
    EmailAddress::parse("ana@example.com").unwrap()
}

pub(super) fn cap(seats: u64) -> Option<Cap> {
    Some(Cap::parse(seats).unwrap())
}

pub(super) fn door(seats: u64) -> Door {
    Door {
        code: CodeHash::parse(&"0".repeat(64)).unwrap(),
        organization: OrganizationId::from_bytes([1; 16]),
        link: LinkId::from_bytes([2; 16]),
        welcome: None,
        state: LinkState::Active,
        open_until: Timestamp::NEVER,
        admission: Admission::Instant,
        allocation: Allocation::default(),
        cap: cap(seats),
        time_zone: crate::domain::TimeZone::UTC,
        intake: Intake::default(),
        gate: Gate::fresh(2),
    }
}

impl World {
    pub fn new(seats: u64, identities: &[usize]) -> Self {
        let parts = deal(cap(seats), &[0, 0]).seats;
        let lots = parts.into_iter().map(|seats| LotItem {
            gate: 1,
            open: true,
            seats,
            taken: 0,
            closed_at: 0,
            dealt: true,
            waiting: 0,
        });
        Self {
            door: Rc::new(door(seats)),
            lots: lots.collect(),
            enrolled: BTreeSet::new(),
            line: Vec::new(),
            people: identities.iter().map(|&identity| Person::new(identity)).collect(),
            scripts: Vec::new(),
            known_at_answer: None,
        }
    }

    /// The same with a waiting list.
    pub fn with_list(seats: u64, identities: &[usize]) -> Self {
        let mut world = Self::new(seats, identities);
        Rc::make_mut(&mut world.door).intake.overflow = Overflow::WaitingList;
        world
    }

    /// The same with all seats taken by people who are not at the door.
    pub fn full(mut self) -> Self {
        self.lots.iter_mut().for_each(|lot| lot.taken = lot.seats);
        self
    }

    /// The same with the line open, and this many others in it, who came before.
    pub fn line_of(mut self, others: usize) -> Self {
        Rc::make_mut(&mut self.door).gate.waiting = true;
        for other in 0..others {
            self.lots[other % 2].waiting += 1;
            self.line.push((100 + other, other % 2));
        }
        self
    }

    /// The same, and this goes on beside.
    pub fn beside(mut self, acts: &'static [Act]) -> Self {
        self.scripts.push(Script { acts, done: 0, settling: None });
        self
    }

    /// The same, and each process may die while it moves the line.
    pub fn mortal(mut self) -> Self {
        self.people.iter_mut().for_each(|person| person.mortal = true);
        self
    }

    pub fn taken(&self) -> u64 {
        self.lots.iter().map(|lot| lot.taken).sum()
    }

    pub fn waits(&self, identity: usize) -> bool {
        self.line.iter().any(|(other, _)| *other == identity)
    }

    pub fn has_ended(&self) -> bool {
        self.people.iter().all(Person::has_ended) && self.scripts.iter().all(|script| script.done == script.acts.len())
    }

    /// The smallest cap there is at any time.
    pub fn least_cap(&self) -> u64 {
        let acts = self.scripts.iter().flat_map(|script| script.acts);
        let caps = acts.filter_map(|act| if let Act::Cap(cap) = act { Some(*cap) } else { None });
        caps.chain(self.door.cap.map(Cap::seats)).min().unwrap_or_default()
    }

    /// Every world that may come next.
    pub fn next(&self, least: u64) -> Vec<Self> {
        let mut worlds = Vec::new();
        let mut push = |mut next: Self| {
            next.note_room(least);
            worlds.push(next);
        };
        for number in 0..self.scripts.len() {
            let mut next = self.clone();
            if next.go_on(number) {
                push(next);
            }
        }
        for number in 0..self.people.len() {
            let person = &self.people[number];
            if person.has_ended() {
                continue;
            }
            let choices = match &person.step {
                Step::TryOneOf { lots, .. } => lots.clone(),
                Step::JoinWaitingList { .. } => vec![0, 1],
                _ => vec![0],
            };
            for lot in choices {
                let mut next = self.clone();
                next.act(number, lot);
                push(next);
            }
            if person.mortal && person.settling.is_some() {
                let mut next = self.clone();
                next.people[number].dead = true;
                push(next);
            }
        }
        worlds
    }

    /// Notes for those who are still at it whether fewer seats are taken than the smallest cap there is, and nobody waits.
    fn note_room(&mut self, least: u64) {
        let room = self.taken() < least && self.line.is_empty();
        for person in &mut self.people {
            // Who has not done anything may as well come later.
            let comes = person.gate.is_none();
            if !person.has_ended() {
                person.room_always = room && (comes || person.room_always);
            }
        }
    }

    /// How somebody fares who comes now, and is alone.
    pub fn late(&self) -> Ending {
        let mut world = self.clone();
        world.people = vec![Person::new(9)];
        for _ in 0..100 {
            let lot = match &world.people[0].step {
                Step::End(ending) => return ending.clone(),
                Step::TryOneOf { lots, .. } => lots[0],
                _ => 0,
            };
            world.act(0, lot);
        }
        panic!("comes to no end: {world:?}");
    }

    /// A hash of all that can differ between worlds.
    pub fn key(&self) -> u64 {
        let Self { door, lots, enrolled, line, people, scripts, known_at_answer } = self;
        let mut hasher = DefaultHasher::new();
        (door.gate, door.state == LinkState::Active, door.cap.map(Cap::seats)).hash(&mut hasher);
        (lots, enrolled, line, scripts, known_at_answer).hash(&mut hasher);
        for person in people {
            let Person { identity, redemption, step, gate, settling, mortal: _, dead, room_always } = person;
            let Redemption { waiting_list, line_open, closed, unsettled_looks, lots, with_room, .. } = redemption;
            (waiting_list, line_open, closed, unsettled_looks, lots, with_room).hash(&mut hasher);
            (identity, gate, settling, dead, room_always, discriminant(step)).hash(&mut hasher);
            match step {
                Step::TryOneOf { lots, pause } => (lots, pause).hash(&mut hasher),
                Step::ReadDoor { pause } | Step::ReadLots { pause } | Step::JoinWaitingList { pause } => {
                    pause.hash(&mut hasher);
                }
                Step::MoveLine(to) => discriminant(to).hash(&mut hasher),
                Step::End(ending) => discriminant(ending).hash(&mut hasher),
                Step::ReadEnrollment => {}
            }
        }
        hasher.finish()
    }
}
