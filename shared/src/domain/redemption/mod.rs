//! What a registration does next, given what came back: the pure half of the redemption protocol.
//!
//! The store drives it: it does the step that is asked for and says what came of it. There is no I/O, no clock and no
//! randomness in here, so that a model checker can drive the same code that runs; the caller chooses among equal lots.

use super::{
    Admittance, CodeChallenge, Door, EmailAddress, Enrollment, EnrollmentState, LinkState, Overflow, Timestamp,
};

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Read the door, after a pause when `pause` is set.
    ReadDoor {
        /// Whether somebody else must get on first.
        pause: bool,
    },
    /// Read every lot of the link at once, after a pause when `pause` is set.
    ReadLots {
        /// Whether the last attempt met another transaction.
        pause: bool,
    },
    /// Read the person's enrollment through this link, after every lot was seen full: the last seat may be their own, taken by
    /// another call for them.
    ReadEnrollment,
    /// Try to take a seat in one of these lots, after a pause when `pause` is set.
    TryOneOf {
        /// The lots that may have a seat; never empty.
        lots: Vec<u32>,
        /// Whether the last attempt met another transaction.
        pause: bool,
    },
    /// Try to get onto the waiting list, after a pause when `pause` is set.
    JoinWaitingList {
        /// Whether somebody else must get on first.
        pause: bool,
    },
    /// Move the line of those who wait, unless somebody else was faster.
    MoveLine(LineMove),
    /// Nothing more.
    End(Ending),
}

/// How the line of those who wait for a seat is moved. Each is a new number of the gate, to which the lots are brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineMove {
    /// Before the first one joins the line: no newcomer takes a seat from now on.
    Open,
    /// A seat is free and nobody was seen in the line: newcomers take seats again, if nobody waits indeed.
    Close,
    /// Somebody has begun to move it, or to edit the link, and has not come to the end: do the rest of it.
    Finish,
}

/// What was seen of a link's lots, all of them at the gate of the door that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LotsSeen {
    /// The lots with room.
    pub with_room: Vec<u32>,
    /// How many people wait for a seat.
    pub waiting: u64,
}

/// How a registration ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// A seat was taken, and all that goes with it was written.
    Seated,
    /// The link is full, or has expired, or its free seats are waited for, and the person is on its waiting list.
    Waiting,
    /// The person was enrolled through this link before; nothing was written.
    AlreadyThere(Box<Enrollment>),
    /// The person's access is revoked; nothing was written.
    Revoked,
    /// There is no link with this code.
    NotFound,
    /// The link is deactivated.
    Inactive,
    /// The link's time has not begun.
    NotStarted,
    /// The link is for addresses of other domains.
    OtherDomain,
    /// The link has expired.
    Expired,
    /// Every lot was seen full, or people wait for the seats that are free.
    Full,
}

/// What came of an attempt to take a seat in one lot, or a place on the waiting list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attempt {
    /// The transaction was committed.
    Done,
    /// A condition refused it; nothing was written.
    Refused(Refused),
    /// Another transaction held an item, or the table asked to slow down; nothing was written.
    Conflict,
}

/// Which conditions refused an attempt, with what they met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refused {
    /// The lot gave no seat, for this reason.
    pub lot: Option<LotRefusal>,
    /// The person is enrolled through this link.
    pub enrollment: Option<Box<Enrollment>>,
    /// The person's access is revoked.
    pub revoked: bool,
}

/// Why a lot gave no seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LotRefusal {
    /// It stands at a newer gate than the door that was read.
    Ahead,
    /// It has not been brought to the door's gate yet.
    Behind,
    /// Its time is over.
    Closed,
    /// All its seats are taken.
    Full,
}

/// A registration under way.
#[derive(Debug, Clone)]
pub struct Redemption {
    now: Timestamp,
    repeat_answered_until: Timestamp,
    known: bool,
    challenge: Option<CodeChallenge>,
    address: EmailAddress,
    waiting_list: bool,
    line_open: bool,
    closed: bool,
    unsettled_looks: u32,
    lots: u32,
    with_room: Option<Vec<u32>>,
}

/// So often a line is seen under way before somebody who comes by does what is left to do. Whoever has begun is done by then, unless
/// they died; and in a rush few find anything left.
const LOOKS_BEFORE_HELPING: u32 = 4;

impl Redemption {
    /// A registration at `now`. `known` is for a signed-in member, to whom it is no secret that they are enrolled. Somebody else who
    /// took a seat through this link since `repeat_since` is answered as before, even when the link has filled up meanwhile, if
    /// their browser shows that it is the same (see [`Self::proving`]). The address alone proves nothing: anybody can type it.
    #[must_use]
    pub fn new(now: Timestamp, repeat_since: Timestamp, known: bool, address: EmailAddress) -> Self {
        Self {
            now,
            repeat_answered_until: repeat_since,
            known,
            challenge: None,
            address,
            waiting_list: false,
            line_open: false,
            closed: false,
            unsettled_looks: 0,
            lots: 0,
            with_room: None,
        }
    }

    /// The same from a browser that sends this challenge, at each repetition the same.
    #[must_use]
    pub fn proving(self, challenge: Option<CodeChallenge>) -> Self {
        Self { challenge, ..self }
    }

    /// The first step.
    #[must_use]
    pub fn start(&self) -> Step {
        Step::ReadDoor { pause: false }
    }

    /// The door was read.
    pub fn door_read(&mut self, door: Option<&Door>) -> Step {
        let Some(door) = door else { return Step::End(Ending::NotFound) };
        match door.state {
            LinkState::Deleted => return Step::End(Ending::NotFound),
            LinkState::Inactive => return Step::End(Ending::Inactive),
            LinkState::Active => {}
        }
        if !door.intake.has_started(self.now) {
            return Step::End(Ending::NotStarted);
        }
        self.waiting_list = door.intake.overflow == Overflow::WaitingList;
        let expired = self.closed || door.open_until <= self.now;
        if expired && !self.waiting_list {
            return Step::End(Ending::Expired);
        }
        // Of an address only its domain is looked at: whether it is known makes no difference.
        if door.intake.admittance(&self.address) == Admittance::Refused {
            return Step::End(Ending::OtherDomain);
        }
        if door.gate.dealing && !expired {
            return Step::ReadDoor { pause: true };
        }
        self.line_open = door.gate.waiting;
        if self.line_open && door.gate.unsettled {
            return self.line_under_way();
        }
        if expired {
            return self.go_behind();
        }
        self.lots = door.gate.lots;
        self.with_room = None;
        // While the line is open no newcomer takes a seat.
        if self.line_open { Step::ReadLots { pause: false } } else { self.try_again(false) }
    }

    /// The line is being opened or closed, or the link is being edited: whether there is one shows when that is done.
    fn line_under_way(&mut self) -> Step {
        self.unsettled_looks += 1;
        if self.unsettled_looks <= LOOKS_BEFORE_HELPING {
            return Step::ReadDoor { pause: true };
        }
        self.unsettled_looks = 0;
        Step::MoveLine(LineMove::Finish)
    }

    /// Into the line, which is opened before the first one joins it.
    fn go_behind(&self) -> Step {
        if self.line_open { Step::JoinWaitingList { pause: false } } else { Step::MoveLine(LineMove::Open) }
    }

    /// The line was moved, or somebody else was at it.
    pub fn line_moved(&mut self, by_us: bool) -> Step {
        Step::ReadDoor { pause: !by_us }
    }

    /// Every lot was read. `None`: not all of them stand at the gate of the door that was read, so they tell nothing. While seats are
    /// dealt anew every lot is shut, and that is not the same as full.
    pub fn lots_read(&mut self, seen: Option<LotsSeen>) -> Step {
        let Some(LotsSeen { with_room, waiting }) = seen else { return Step::ReadDoor { pause: true } };
        if with_room.is_empty() || waiting > 0 {
            return Step::ReadEnrollment;
        }
        if self.line_open {
            return Step::MoveLine(LineMove::Close);
        }
        self.with_room = Some(with_room);
        self.try_again(false)
    }

    /// The person's enrollment was read.
    pub fn enrollment_read(&mut self, enrollment: Option<Enrollment>) -> Step {
        let there = enrollment.filter(|there| !there.may_be_made_again() && self.answers_as_before(there));
        match there {
            Some(there) => self.there(Box::new(there)),
            None if self.waiting_list => self.go_behind(),
            None => Step::End(Ending::Full),
        }
    }

    /// An attempt to get onto the waiting list ended.
    pub fn tried_to_wait(&mut self, attempt: Attempt) -> Step {
        let refused = match attempt {
            Attempt::Done => return Step::End(Ending::Waiting),
            Attempt::Conflict => return Step::JoinWaitingList { pause: true },
            Attempt::Refused(refused) => refused,
        };
        match refused {
            Refused { lot: Some(LotRefusal::Behind), .. } => Step::ReadDoor { pause: true },
            Refused { lot: Some(_), .. } => Step::ReadDoor { pause: false },
            Refused { revoked: true, .. } if self.known => Step::End(Ending::Revoked),
            Refused { enrollment: Some(there), .. } if self.known => Step::End(Ending::AlreadyThere(there)),
            // A full link answers everyone alike, whoever they are.
            Refused { revoked: true, .. } | Refused { enrollment: Some(_), .. } => Step::End(Ending::Waiting),
            Refused { .. } => Step::JoinWaitingList { pause: true },
        }
    }

    /// Somebody is enrolled. Of one who waits a stranger learns no more than of everybody else in the line.
    fn there(&self, there: Box<Enrollment>) -> Step {
        let waits = there.state == EnrollmentState::Waiting && !self.known;
        Step::End(if waits { Ending::Waiting } else { Ending::AlreadyThere(there) })
    }

    /// Whether somebody enrolled is answered as before although the link is full.
    fn answers_as_before(&self, there: &Enrollment) -> bool {
        let same_browser = self.challenge.is_some() && there.challenge == self.challenge;
        self.known || (same_browser && there.registered_at >= self.repeat_answered_until)
    }

    /// An attempt on `lot` ended.
    pub fn attempted(&mut self, lot: u32, attempt: Attempt) -> Step {
        let refused = match attempt {
            Attempt::Done => return Step::End(Ending::Seated),
            // Few lots have room, and many are after them: reading conflicts with nobody, and may show that they are full.
            Attempt::Conflict if self.with_room.is_some() => return Step::ReadLots { pause: true },
            Attempt::Conflict => return self.try_again(true),
            Attempt::Refused(refused) => refused,
        };
        // What the link's state says is decided before the address is looked at.
        match refused.lot {
            Some(LotRefusal::Ahead) => return Step::ReadDoor { pause: false },
            Some(LotRefusal::Behind) => return Step::ReadDoor { pause: true },
            Some(LotRefusal::Closed) if self.waiting_list => {
                self.closed = true;
                return self.go_behind();
            }
            Some(LotRefusal::Closed) => return Step::End(Ending::Expired),
            Some(LotRefusal::Full) => match refused.enrollment {
                Some(there) if self.answers_as_before(&there) => return self.there(there),
                _ => return self.found_full(lot),
            },
            None => {}
        }
        if refused.revoked {
            return Step::End(Ending::Revoked);
        }
        match refused.enrollment {
            Some(there) => self.there(there),
            // No condition of ours failed, so nothing is known: the next try tells.
            None => self.try_again(true),
        }
    }

    fn found_full(&mut self, lot: u32) -> Step {
        match &mut self.with_room {
            Some(with_room) => {
                with_room.retain(|&other| other != lot);
                if with_room.is_empty() { Step::ReadLots { pause: false } } else { self.try_again(false) }
            }
            None => Step::ReadLots { pause: false },
        }
    }

    fn try_again(&self, pause: bool) -> Step {
        let lots = self.with_room.clone().unwrap_or_else(|| (0..self.lots).collect());
        Step::TryOneOf { lots, pause }
    }
}

#[cfg(test)]
mod model;
