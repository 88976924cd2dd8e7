//! Deliveries: each event on its way to one webhook.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{EventId, EventType, OrganizationId, Timestamp, WebhookId};

/// How long a delivery is kept after it was made.
pub const DELIVERY_KEEP: TimeDelta = TimeDelta::days(30);

/// The minutes after the first attempt, the second, and so on. After the last there is none.
pub(super) const WAITS: [i64; 7] = [1, 5, 30, 120, 300, 600, 1_440];

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Is handed to a sender now.
    Queued,
    /// A sender has it.
    Sending,
    /// Waits for its next attempt.
    Waiting,
    /// The receiver took it.
    Delivered,
    /// Given up. An admin can have it sent again.
    Failed,
}

impl DeliveryState {
    /// Whether nothing more is done about it.
    #[must_use]
    pub fn has_ended(self) -> bool {
        matches!(self, Self::Delivered | Self::Failed)
    }

    /// One digit that sorts deliveries in the list of their webhook: what is open, what was taken, what was given up.
    #[must_use]
    pub fn rank(self) -> u8 {
        match self {
            Self::Queued | Self::Sending | Self::Waiting => 0,
            Self::Delivered => 1,
            Self::Failed => 2,
        }
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// When.
    pub at: Timestamp,
    /// The status of the answer, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Why it failed, in a stable word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// One event on its way to one webhook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// The event's id.
    pub id: EventId,
    /// The webhook.
    pub webhook: WebhookId,
    /// The organization.
    pub organization: OrganizationId,
    /// What the event tells.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// The event, as it is sent.
    pub body: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// How often it was tried, since it was made or an admin had it sent again.
    pub attempts: u32,
    /// Whether an admin had it sent: it does not wait on others.
    #[serde(default)]
    pub by_hand: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// How the last attempt ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Attempt>,
    /// When the sweep should look at it, while it has not ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_attempt_at: Option<Timestamp>,
    /// Grows by one with every write: whoever changes it says which one they read.
    pub revision: u64,
    /// When DynamoDB may collect it, in seconds since 1970.
    pub delete_after: i64,
}

impl Delivery {
    /// A sender claims it until `until`.
    pub fn claim(&mut self, until: Timestamp) {
        (self.state, self.next_attempt_at) = (DeliveryState::Sending, Some(until));
        self.attempts += 1;
    }

    /// Waits until `at`.
    pub fn wait(&mut self, at: Timestamp) {
        (self.state, self.next_attempt_at) = (DeliveryState::Waiting, Some(at));
    }

    /// Is handed to a sender; the sweep looks after it from `look` on.
    pub fn queue(&mut self, look: Timestamp) {
        (self.state, self.next_attempt_at) = (DeliveryState::Queued, Some(look));
    }

    /// Nothing more is done about it.
    pub fn end(&mut self, state: DeliveryState, attempt: Attempt) {
        (self.state, self.next_attempt_at, self.last) = (state, None, Some(attempt));
    }

    /// An attempt failed: it waits for the next one, `jitter` (0 to 1) of a fifth longer than the least, or is given up.
    pub fn failed(&mut self, attempt: Attempt, jitter: f64) {
        match WAITS.get(usize::try_from(self.attempts).unwrap_or(usize::MAX).saturating_sub(1)) {
            Some(minutes) => {
                let at = attempt.at.plus(spread(TimeDelta::minutes(*minutes), jitter));
                self.last = Some(attempt);
                self.wait(at);
            }
            None => self.end(DeliveryState::Failed, attempt),
        }
    }

    /// Whether it was tried as often as it may be.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        usize::try_from(self.attempts).unwrap_or(usize::MAX) > WAITS.len()
    }
}

/// A wait, longer by up to a fifth: those who failed at once do not come again at once.
#[must_use]
#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a day in milliseconds is small")]
pub fn spread(wait: TimeDelta, jitter: f64) -> TimeDelta {
    let millis = wait.num_milliseconds();
    TimeDelta::milliseconds(millis + (millis as f64 * jitter / 5.0) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_is_tried_eight_times_within_two_days_and_then_given_up() {
        let start = Timestamp::from_millis(1_795_330_800_000);
        let mut delivery = Delivery {
            id: EventId::of_change("r", EventType::LinkCreated),
            webhook: WebhookId::from_bytes([1; 16]),
            organization: OrganizationId::from_bytes([2; 16]),
            kind: EventType::LinkCreated,
            body: "{}".to_owned(),
            state: DeliveryState::Queued,
            attempts: 0,
            by_hand: false,
            created_at: start,
            last: None,
            next_attempt_at: Some(start),
            revision: 1,
            delete_after: 0,
        };
        let mut now = start;
        let mut waits = Vec::new();
        while !delivery.state.has_ended() {
            delivery.claim(now);
            delivery.failed(Attempt { at: now, status: Some(500), reason: None }, 0.0);
            if let Some(next) = delivery.next_attempt_at {
                waits.push(next.since(now).num_minutes());
                now = next;
            }
        }
        assert_eq!((waits, delivery.attempts), (vec![1, 5, 30, 120, 300, 600, 1_440], 8));
        assert_eq!(delivery.state, DeliveryState::Failed);
        assert_eq!(spread(TimeDelta::minutes(5), 1.0), TimeDelta::minutes(6));
    }
}
