//! Webhooks: where an organization wants to be told of events.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    EventType, MailKind, MemberId, OrganizationId, ShortText, Timestamp, WebhookId, WebhookSecret, delivery::WAITS,
};

/// The most webhooks of one organization.
pub const MAX_WEBHOOKS: u32 = 10;

/// How long an old secret signs beside the new one.
pub const OLD_SECRET_LIFE: TimeDelta = TimeDelta::hours(24);

/// The most old secrets that sign, the newest. More than one, since the answer that tells a new secret may be lost: then there is
/// another one, and the receiver still knows the one before both.
const MAX_OLD_SECRETS: usize = 4;

/// After so many failures in a row a receiver is tried by one delivery at a time; the others wait for how that one ends.
const FAILURES_BEFORE_PROBES: u32 = 5;

/// A receiver that failed for so long is not tried any more.
const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(3);

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
    /// The secrets before, the newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub old_secrets: Vec<OldSecret>,
    /// When it was made.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: MemberId,
    /// How many attempts have failed since the last that did not. Once it is tried by one at a time, only those count.
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
        let old = self.old_secrets.iter().filter(|old| now < old.until).map(|old| &old.secret);
        std::iter::once(&self.secret).chain(old).collect()
    }

    /// Takes a new secret; those it has are good for a while yet.
    pub fn rotate(&mut self, secret: WebhookSecret, now: Timestamp) {
        let old = std::mem::replace(&mut self.secret, secret);
        self.old_secrets.retain(|old| now < old.until);
        self.old_secrets.insert(0, OldSecret { secret: old, until: now.plus(OLD_SECRET_LIFE) });
        self.old_secrets.truncate(MAX_OLD_SECRETS);
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

    /// Lets nobody else try until `until`, when the probe is over at the latest. How long they wait then is for how it ends.
    pub fn begin_probe(&mut self, until: Timestamp) {
        self.next_probe_at = Some(until);
    }

    /// Its receiver took a delivery, or nothing is known of it yet.
    pub fn succeeded(&mut self) {
        (self.failures, self.failing_since, self.next_probe_at) = (0, None, None);
    }

    /// Its receiver did not take a delivery; `probe` says whether others waited on that one. Of many that fail side by side the first
    /// few count: they tell of one moment, and the wait grows with each moment at which it was down.
    pub fn failed(&mut self, now: Timestamp, gone: bool, probe: bool) {
        let since = *self.failing_since.get_or_insert(now);
        if probe || !self.is_probed() {
            self.failures = self.failures.saturating_add(1);
            self.next_probe_at = self.probe_wait().map(|wait| now.plus(wait));
        }
        let reason = if gone { "gone" } else { "failing" };
        if self.state == WebhookState::Active && (gone || now.since(since) >= GIVEN_UP_AFTER) {
            self.state = WebhookState::Inactive;
            self.reason = Some(reason.to_owned());
            self.version += 1;
        }
    }

    /// How long nobody tries after the failures so far; none while that is not called for.
    fn probe_wait(&self) -> Option<TimeDelta> {
        let step = usize::try_from(self.failures.checked_sub(FAILURES_BEFORE_PROBES)?).unwrap_or(usize::MAX);
        Some(TimeDelta::minutes(WAITS[step.min(WAITS.len() - 1)]))
    }

    /// Events go to this URL from now on. What another one did says nothing of it.
    pub fn move_to(&mut self, url: String) {
        if url != self.url {
            self.url = url;
            self.succeeded();
        }
    }

    /// What admins are told where it is told no more and none of them said so.
    #[must_use]
    pub fn alert(&self) -> Option<MailKind> {
        match self.reason.as_deref().filter(|_| self.state == WebhookState::Inactive)? {
            "gone" => Some(MailKind::WebhookGone),
            _ => Some(MailKind::WebhookFailing),
        }
    }

    /// The host that its URL names: [`host_of`].
    #[must_use]
    pub fn host(&self) -> &str {
        host_of(&self.url)
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

/// The host that a webhook's URL names, with the port where it names one: what of it may be told where the rest could hold a
/// secret.
#[must_use]
pub fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
