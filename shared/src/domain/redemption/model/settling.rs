//! Bringing the lots to the gate, write by write, as `store/settle.rs` does it.

use std::rc::Rc;

use super::world::{LotItem, cap};
use crate::domain::{Cap, Door, Gate, LinkState, deal};

/// Where somebody is with it. Any number may be at it at once, and may die.
#[derive(Debug, Clone, Hash)]
pub(super) struct Settling {
    phase: Phase,
    gate: Option<Gate>,
    open: bool,
    cap: Option<u64>,
    closed_at: Vec<u64>,
    waiting: u64,
    superseded: bool,
}

#[derive(Debug, Clone, Hash)]
enum Phase {
    Read,
    Bring(usize),
    Part(usize),
    Finish,
}

impl Settling {
    pub fn begin() -> Self {
        let (closed_at, cap) = (Vec::new(), None);
        Self { phase: Phase::Read, gate: None, open: false, cap, closed_at, waiting: 0, superseded: false }
    }

    /// Does the next read or write. Gives whether there is more to do.
    pub fn step(&mut self, door: &mut Rc<Door>, lots: &mut [LotItem]) -> bool {
        match self.phase {
            Phase::Read => {
                if !door.gate.unsettled {
                    return false;
                }
                let open = door.state == LinkState::Active;
                *self = Self {
                    phase: Phase::Bring(0),
                    gate: Some(door.gate),
                    open,
                    cap: door.cap.map(Cap::seats),
                    ..Self::begin()
                };
            }
            Phase::Bring(number) => {
                let (gate, lot) = (self.gate.unwrap(), &mut lots[number]);
                if lot.gate < gate.number {
                    (lot.gate, lot.open) = (gate.number, self.open);
                    if gate.dealing {
                        (lot.seats, lot.closed_at, lot.dealt) = (lot.taken, lot.taken, false);
                    }
                }
                self.superseded |= lot.gate > gate.number;
                self.closed_at.push(lot.closed_at);
                self.waiting += lot.waiting;
                self.phase = match (number + 1 < lots.len(), self.superseded, gate.dealing) {
                    (true, ..) => Phase::Bring(number + 1),
                    (false, true, _) => Phase::Read,
                    (false, false, true) => Phase::Part(0),
                    (false, false, false) => Phase::Finish,
                };
            }
            Phase::Part(number) => {
                let (gate, lot) = (self.gate.unwrap(), &mut lots[number]);
                if lot.gate == gate.number && !lot.dealt {
                    (lot.seats, lot.dealt) = (deal(self.cap.and_then(cap), &self.closed_at).seats[number], true);
                }
                self.phase = if number + 1 < lots.len() { Phase::Part(number + 1) } else { Phase::Finish };
            }
            Phase::Finish => {
                let gate = self.gate.unwrap();
                if door.gate == gate {
                    let over =
                        if gate.dealing { deal(self.cap.and_then(cap), &self.closed_at).over } else { gate.over };
                    Rc::make_mut(door).gate = gate.settled(over, self.waiting);
                }
                self.phase = Phase::Read;
            }
        }
        true
    }
}
