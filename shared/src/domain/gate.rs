//! The gate: what joins a link, its door and its lots, and how it is moved.

use serde::{Deserialize, Serialize};

/// What joins a link, its door and its lots: whatever concerns who gets in raises `number` on link and door in one transaction, and
/// then each lot is brought to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Gate {
    /// Grows by one with every edit that concerns who gets in, and whenever the line is opened or closed. A seat is given only by a
    /// lot of the same number.
    pub number: u64,
    /// How many lots there are; never fewer than before.
    pub lots: u32,
    /// Whether the seats are being dealt anew; registrations wait meanwhile.
    pub dealing: bool,
    /// Whether lots may still stand at an older number.
    pub unsettled: bool,
    /// Whether more seats are taken than the cap has: the lots are shut, and a released seat calls for a new deal.
    pub over: bool,
    /// Whether the line is open: people may wait for a seat, so a newcomer takes none and goes behind them. While it is closed nobody
    /// waits. Nobody gets into the line before the gate is settled; so of the registrations that are written at one number, either
    /// all take seats or all go into the line.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub waiting: bool,
    /// Whether the line is only being opened: nobody waits yet, and it stays open when the gate is settled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub opening: bool,
}

impl Gate {
    /// That of a new link with so many lots.
    #[must_use]
    pub fn fresh(lots: u32) -> Self {
        Self { number: 1, lots, dealing: false, unsettled: false, over: false, waiting: false, opening: false }
    }

    /// The next number, to which the lots are to be brought.
    #[must_use]
    pub fn raised(self) -> Self {
        Self { number: self.number + 1, unsettled: true, ..self }
    }

    /// The gate that opens the line, once it is settled.
    #[must_use]
    pub fn opening_line(self) -> Self {
        Self { waiting: true, opening: true, ..self.raised() }
    }

    /// The gate when all lots stand at it. `waiting` are those whom the lots counted when they were brought to it: nobody joined them
    /// since, so where there was none the line is closed.
    #[must_use]
    pub fn settled(self, over: bool, waiting: u64) -> Self {
        let waiting = self.waiting && (self.opening || waiting > 0);
        Self { dealing: false, unsettled: false, over, waiting, opening: false, ..self }
    }
}
