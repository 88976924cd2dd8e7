//! Webhooks: where an organization wants to be told of events, and each event on its way there.

use std::{collections::BTreeSet, fmt};

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
    prelude::BASE64_STANDARD,
};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{EventId, EventType, MemberId, OrganizationId, ShortText, Timestamp, WebhookId};
use crate::random::{Random, random_bytes};

/// The most webhooks of one organization.
pub const MAX_WEBHOOKS: usize = 10;

/// How long an old secret signs beside the new one.
pub const OLD_SECRET_LIFE: TimeDelta = TimeDelta::hours(24);

/// How long a delivery is kept after it was made.
pub const DELIVERY_KEEP: TimeDelta = TimeDelta::days(30);

/// After so many failures in a row a receiver is tried by one delivery at a time; the others wait for how that one ends.
const FAILURES_BEFORE_PROBES: u32 = 5;

/// A receiver that failed for so long is not tried any more.
const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(3);

/// The minutes after the first attempt, the second, and so on. After the last there is none.
const WAITS: [i64; 7] = [1, 5, 30, 120, 300, 600, 1_440];

/// What a delivery is signed with: `whsec_` and 32 bytes in base64. It is kept as it is, since a signature needs it; it is shown once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebhookSecret(Vec<u8>);

/// A text that is no secret of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a secret of a webhook")]
pub struct InvalidWebhookSecret;

impl WebhookSecret {
    const PREFIX: &str = "whsec_";

    /// A new random secret.
    pub fn generate(random: &dyn Random) -> Self {
        Self(random_bytes::<32>(random).to_vec())
    }

    /// Reads a secret of 24 to 64 bytes, with or without the padding of base64.
    ///
    /// # Errors
    /// [`InvalidWebhookSecret`].
    pub fn parse(text: &str) -> Result<Self, InvalidWebhookSecret> {
        let config = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
        let encoded = text.strip_prefix(Self::PREFIX).ok_or(InvalidWebhookSecret)?;
        let bytes = GeneralPurpose::new(&STANDARD, config).decode(encoded).map_err(|_| InvalidWebhookSecret)?;
        if (24..=64).contains(&bytes.len()) { Ok(Self(bytes)) } else { Err(InvalidWebhookSecret) }
    }

    /// The key.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The secret as its receiver is given it.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{}{}", Self::PREFIX, BASE64_STANDARD.encode(&self.0))
    }
}

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookSecret(redacted)")
    }
}

impl TryFrom<String> for WebhookSecret {
    type Error = InvalidWebhookSecret;
    fn try_from(text: String) -> Result<Self, InvalidWebhookSecret> {
        Self::parse(&text)
    }
}

impl From<WebhookSecret> for String {
    fn from(secret: WebhookSecret) -> Self {
        secret.reveal()
    }
}

/// Whether a webhook is told of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookState {
    /// It is.
    Active,
    /// It is not: by an admin, or because its receiver failed for too long or is gone.
    Inactive,
}

/// A secret that signs until its time is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OldSecret {
    /// The secret.
    pub secret: WebhookSecret,
    /// From when on it signs no more.
    pub until: Timestamp,
}

/// Where an organization wants to be told of events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// Its id.
    pub id: WebhookId,
    /// The organization.
    pub organization: OrganizationId,
    /// Where events go.
    pub url: String,
    /// What admins note of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<ShortText>,
    /// The events it wants; none named is all there are and will be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub events: Option<BTreeSet<EventType>>,
    /// Whether it is told.
    pub state: WebhookState,
    /// Why it is inactive, in a stable word, where no admin said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Grows by one with every edit.
    pub version: u64,
    /// What its deliveries are signed with.
    pub secret: WebhookSecret,
    /// The secret before, while it is good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_secret: Option<OldSecret>,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: MemberId,
    /// How many attempts have failed since the last that did not.
    #[serde(default)]
    pub failures: u32,
    /// Since when all have failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<Timestamp>,
    /// While it is tried by one delivery at a time: when the next one may.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_probe_at: Option<Timestamp>,
    /// Grows by one with every write: whoever changes it says which one they read.
    pub revision: u64,
}

impl Webhook {
    /// Whether it is to be told of this.
    #[must_use]
    pub fn wants(&self, kind: EventType) -> bool {
        self.state == WebhookState::Active && self.events.as_ref().is_none_or(|events| events.contains(&kind))
    }

    /// The secrets that sign at `now`.
    #[must_use]
    pub fn secrets(&self, now: Timestamp) -> Vec<&WebhookSecret> {
        let old = self.old_secret.as_ref().filter(|old| now < old.until).map(|old| &old.secret);
        [Some(&self.secret), old].into_iter().flatten().collect()
    }

    /// Takes a new secret; the one it has is good for a while yet.
    pub fn rotate(&mut self, secret: WebhookSecret, now: Timestamp) {
        let old = std::mem::replace(&mut self.secret, secret);
        self.old_secret = Some(OldSecret { secret: old, until: now.plus(OLD_SECRET_LIFE) });
        self.version += 1;
    }

    /// Until when deliveries wait, since others have failed; none while they need not.
    #[must_use]
    pub fn shut_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.next_probe_at.filter(|at| *at > now)
    }

    /// Whether a delivery that goes now is a probe, on which the others wait.
    #[must_use]
    pub fn is_probed(&self) -> bool {
        self.failures >= FAILURES_BEFORE_PROBES
    }

    /// Lets nobody else try for as long as the failures so far call for.
    pub fn begin_probe(&mut self, now: Timestamp) {
        let wait =
            WAITS[usize::try_from(self.failures - FAILURES_BEFORE_PROBES).unwrap_or(usize::MAX).min(WAITS.len() - 1)];
        // The sweep looks every five minutes, and no attempt lasts so long.
        self.next_probe_at = Some(now.plus(TimeDelta::minutes(wait)));
    }

    /// Its receiver took a delivery.
    pub fn succeeded(&mut self) {
        (self.failures, self.failing_since, self.next_probe_at) = (0, None, None);
    }

    /// Its receiver did not take a delivery.
    pub fn failed(&mut self, now: Timestamp, gone: bool) {
        self.failures = self.failures.saturating_add(1);
        let since = *self.failing_since.get_or_insert(now);
        if self.is_probed() && self.shut_until(now).is_none() {
            self.begin_probe(now);
        }
        let reason = if gone { "gone" } else { "failing" };
        if self.state == WebhookState::Active && (gone || now.since(since) >= GIVEN_UP_AFTER) {
            self.state = WebhookState::Inactive;
            self.reason = Some(reason.to_owned());
            self.version += 1;
        }
    }

    /// Is told again, or no more, as an admin wants it.
    pub fn set_state(&mut self, state: WebhookState) {
        self.state = state;
        self.reason = None;
        self.succeeded();
    }

    /// What audit records tell of it.
    #[must_use]
    pub fn told(&self) -> Value {
        json!({"url": self.url, "description": self.description, "events": self.events, "state": self.state})
    }
}

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
mod tests;
