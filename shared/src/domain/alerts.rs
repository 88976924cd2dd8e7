//! The alerts that admins get by mail about a link. Once each: that it is filling up, that it is full, that it will expire. At most
//! once an hour: that people wait for an admin.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{Admission, Link, LinkState, Lot, MailKind, Others, Overflow, Timestamp};

/// From which part of its cap on a link is filling up, in percent.
const FILLING_PERCENT: u64 = 80;

/// How long before the expiry the first alert is, and the second.
const WEEK: TimeDelta = TimeDelta::days(7);
const DAY: TimeDelta = TimeDelta::days(1);

/// The shortest time between two mails about people who wait at one link.
const WAITING_PAUSE: TimeDelta = TimeDelta::hours(1);

/// How far admins have been told of a link's seats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatsTold {
    /// Nothing yet.
    #[default]
    Nothing,
    /// That it is filling up.
    Filling,
    /// That it is full.
    Full,
}

/// How far admins have been told of a link's expiry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExpiryTold {
    /// Nothing yet.
    #[default]
    Nothing,
    /// That it has a week to go.
    Week,
    /// That it has a day to go.
    Day,
}

/// The last mail that told admins of the people who wait at a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaitingTold {
    /// When it was queued.
    pub at: Timestamp,
    /// How many waited: what the mail says.
    pub waiting: u64,
    /// How many had come to wait until then, as the lots count: only a higher number is worth another mail. Absent
    /// where the mail was written before that was counted.
    #[serde(default)]
    pub counted: u64,
}

/// What admins have been told of a link. An edit of the cap, or of the expiry, begins anew with that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Alerts {
    /// Of its seats.
    pub seats: SeatsTold,
    /// Of its expiry.
    pub expiry: ExpiryTold,
    /// Of those who wait. Absent until the first mail, as in links from before there was such a mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<WaitingTold>,
}

impl Alerts {
    /// Those of a link that expires then: whoever sets an expiry three days ahead need not be told that a week is left.
    #[must_use]
    pub fn armed(expires_at: Option<Timestamp>, now: Timestamp) -> Self {
        let expiry = expires_at.map_or(ExpiryTold::Nothing, |expires_at| expiry_at(expires_at, now));
        Self { seats: SeatsTold::Nothing, expiry, waiting: None }
    }

    /// When to look at the link next for its expiry's sake.
    #[must_use]
    pub fn next_look(&self, expires_at: Timestamp) -> Timestamp {
        match self.expiry {
            ExpiryTold::Nothing => expires_at.plus(-WEEK),
            ExpiryTold::Week => expires_at.plus(-DAY),
            ExpiryTold::Day => expires_at,
        }
    }
}

/// What there is to tell of an expiry at this moment.
fn expiry_at(expires_at: Timestamp, now: Timestamp) -> ExpiryTold {
    match expires_at.since(now) {
        left if left <= DAY => ExpiryTold::Day,
        left if left <= WEEK => ExpiryTold::Week,
        _ => ExpiryTold::Nothing,
    }
}

impl Link {
    /// Whether its seats are watched: it has a cap, takes registrations, and its admins have not been told that it is full.
    #[must_use]
    pub fn seats_watched(&self) -> bool {
        self.cap.is_some() && self.is_open_ended() && self.alerts.seats < SeatsTold::Full
    }

    /// Whether there may be something to tell its admins of at this moment, whatever its seats.
    #[must_use]
    pub fn may_alert(&self, now: Timestamp) -> bool {
        let expires =
            |expires_at: Timestamp| self.alerts.expiry < ExpiryTold::Day && self.alerts.next_look(expires_at) <= now;
        self.seats_watched()
            || self.waiting_look().is_some_and(|look| look <= now)
            || (self.is_open_ended() && self.expires_at.is_some_and(expires))
    }

    /// When to look next whether people wait for an admin: at once until they were told of, then a pause after each mail. None
    /// for a link at which nobody can come to wait, or whose admins do not want to be told.
    #[must_use]
    pub fn waiting_look(&self) -> Option<Timestamp> {
        let held = self.intake.domains.as_ref().is_some_and(|rule| rule.others == Others::Approval);
        let lined_up = self.intake.overflow == Overflow::WaitingList && !self.intake.admit_waiting;
        let can_wait = self.admission == Admission::Approval || held || lined_up;
        let told = self.alerts.waiting.map_or(self.updated_at, |told| told.at.plus(WAITING_PAUSE));
        (self.notify_waiting && can_wait && self.is_open_ended()).then_some(told)
    }

    /// What to tell of those who wait: none while the last mail is not an hour old, and none when nobody has come to wait since.
    fn waiting_now(&self, lots: &[Lot], now: Timestamp) -> Option<WaitingTold> {
        self.waiting_look().filter(|look| *look <= now)?;
        let line = |lot: &Lot| if self.intake.admit_waiting { 0 } else { lot.waiting };
        let waiting = lots.iter().map(|lot| lot.pending + line(lot)).sum();
        let counted = lots.iter().map(|lot| lot.came).sum();
        let somebody_came = self.alerts.waiting.is_none_or(|told| counted > told.counted);
        (waiting > 0 && somebody_came).then_some(WaitingTold { at: now, waiting, counted })
    }

    fn is_open_ended(&self) -> bool {
        self.state == LinkState::Active && !self.expiry_noted
    }

    /// The alerts that are due while the link has these lots, and what the admins have been told once those are sent. If two alerts
    /// of the same kind are due, only the later is sent: nobody needs to hear that a full link is filling up.
    #[must_use]
    pub fn alerts_now(&self, lots: &[Lot], now: Timestamp) -> (Vec<MailKind>, Alerts) {
        let (mut kinds, mut told) = (Vec::new(), self.alerts);
        if self.open_until() <= now {
            return (kinds, told);
        }
        let taken = lots.iter().map(|lot| lot.taken).sum::<u64>();
        let seats = match self.cap.filter(|_| self.seats_watched()) {
            Some(cap) if taken >= cap.seats() => SeatsTold::Full,
            Some(cap) if taken * 100 >= cap.seats() * FILLING_PERCENT => SeatsTold::Filling,
            _ => SeatsTold::Nothing,
        };
        if seats > told.seats {
            told.seats = seats;
            kinds.push(if seats == SeatsTold::Full { MailKind::LinkFull } else { MailKind::LinkFilling });
        }
        let expiry = self.expires_at.map_or(ExpiryTold::Nothing, |expires_at| expiry_at(expires_at, now));
        if expiry > told.expiry {
            told.expiry = expiry;
            let day = expiry == ExpiryTold::Day;
            kinds.push(if day { MailKind::LinkExpiringDay } else { MailKind::LinkExpiringWeek });
        }
        if let Some(waiting) = self.waiting_now(lots, now) {
            told.waiting = Some(waiting);
            kinds.push(MailKind::LinkWaiting);
        }
        (kinds, told)
    }
}
