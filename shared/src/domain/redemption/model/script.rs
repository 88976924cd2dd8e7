//! What admins and the sweep do meanwhile.

use std::rc::Rc;

use super::{
    settling::Settling,
    world::{World, cap},
};
use crate::domain::{Gate, LinkState};

/// What happens beside the registrations.
#[derive(Debug, Clone, Copy, Hash)]
pub(super) enum Act {
    /// An admin deactivates the link.
    Deactivate,
    /// An admin changes the cap.
    Cap(u64),
    /// A seat of this lot is given back.
    Release(usize),
    /// The first in the line is given a seat, if one is free.
    Admit,
    /// An admin gives a seat to the last in the line, if one is free.
    Grant,
    /// The first in the line is revoked or erased.
    Leave,
    /// This one takes back the seat that they hold, or their place in the line, or leaves, and may come again.
    Withdraw(usize),
}

/// One who does these one after the other, at any time.
#[derive(Debug, Clone, Hash)]
pub(super) struct Script {
    pub acts: &'static [Act],
    pub done: usize,
    pub settling: Option<Settling>,
}

impl World {
    /// Does the next of a script. Gives whether there was any.
    pub fn go_on(&mut self, number: usize) -> bool {
        if let Some(mut settling) = self.scripts[number].settling.take() {
            if settling.step(&mut self.door, &mut self.lots) {
                self.scripts[number].settling = Some(settling);
            } else {
                self.act_done(number);
            }
            return true;
        }
        let Script { acts, done, .. } = self.scripts[number];
        let Some(&act) = acts.get(done) else { return false };
        match act {
            Act::Deactivate => {
                let door = Rc::make_mut(&mut self.door);
                (door.state, door.gate) = (LinkState::Inactive, door.gate.raised());
                self.scripts[number].settling = Some(Settling::begin());
                return true;
            }
            Act::Cap(seats) => {
                let door = Rc::make_mut(&mut self.door);
                (door.cap, door.gate) = (cap(seats), Gate { dealing: true, ..door.gate.raised() });
                self.scripts[number].settling = Some(Settling::begin());
                return true;
            }
            Act::Release(lot) => self.lots[lot].taken = self.lots[lot].taken.saturating_sub(1),
            Act::Admit => self.seat(0),
            Act::Grant => self.seat(self.line.len().saturating_sub(1)),
            Act::Withdraw(identity) => self.withdraw(identity),
            Act::Leave => {
                if !self.line.is_empty() {
                    let (_, counted_in) = self.line.remove(0);
                    self.lots[counted_in].waiting -= 1;
                }
            }
        }
        self.act_done(number);
        true
    }

    fn act_done(&mut self, number: usize) {
        self.scripts[number].done += 1;
        if number == 0 && self.scripts[0].done == self.scripts[0].acts.len() {
            self.known_at_answer = Some(self.taken() + self.line.len() as u64);
        }
    }

    /// Worlds of one seat alone say in which lot somebody has theirs.
    fn withdraw(&mut self, identity: usize) {
        if self.enrolled.remove(&identity) {
            let lot = self.lots.iter_mut().find(|lot| lot.taken > 0).unwrap();
            lot.taken -= 1;
        } else if let Some(place) = self.line.iter().position(|(other, _)| *other == identity) {
            let (_, counted_in) = self.line.remove(place);
            self.lots[counted_in].waiting -= 1;
        }
    }

    /// Gives a seat to the one at this place of the line, in a lot that stands at the gate and has room.
    fn seat(&mut self, place: usize) {
        let gate = self.door.gate;
        let free = self.lots.iter().position(|lot| lot.taken < lot.seats && lot.gate == gate.number && lot.open);
        let (Some(free), false, true) = (free, gate.unsettled, place < self.line.len()) else { return };
        let (identity, counted_in) = self.line.remove(place);
        self.lots[counted_in].waiting -= 1;
        self.lots[free].taken += 1;
        self.enrolled.insert(identity);
    }
}
