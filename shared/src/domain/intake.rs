//! Whom a link takes, from when on, what it asks them, and for how long it puts them anywhere.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{EmailAddress, ExtraField, Language, MailDomain, Timestamp, Translations};

/// The mail domains one link may name.
pub const MAX_DOMAINS: usize = 20;

/// The days after which an allocation may end: ten years.
pub const MAX_ALLOCATION_DAYS: u16 = 3_650;

/// What a link does with people of other mail domains than it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Others {
    /// They can't register.
    Refuse,
    /// They are held for an admin's approval.
    Approval,
}

/// The mail domains whose people a link is meant for. A domain stands for itself, not for those under it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainRule {
    /// The domains, 1 to [`MAX_DOMAINS`].
    pub only: BTreeSet<MailDomain>,
    /// What happens to everyone else.
    pub others: Others,
}

impl DomainRule {
    /// The rule with its domains as people write them.
    #[must_use]
    pub fn shown(&self) -> serde_json::Value {
        serde_json::json!({"only": self.shown_domains(), "others": self.others})
    }

    /// The domains as people write them.
    #[must_use]
    pub fn shown_domains(&self) -> Vec<String> {
        self.only.iter().map(MailDomain::shown).collect()
    }
}

/// What a link does with people once it is full or has expired.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// They can't register.
    #[default]
    Refuse,
    /// They are put on a waiting list.
    WaitingList,
}

/// When what a link put people in ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AllocationEnd {
    /// At this moment, for everyone.
    On(Timestamp),
    /// So many days of 24 hours after each of them landed, 1 to [`MAX_ALLOCATION_DAYS`].
    AfterDays(u16),
}

impl AllocationEnd {
    /// When it ends for somebody who lands at `landed_at`.
    #[must_use]
    pub fn at(self, landed_at: Timestamp) -> Timestamp {
        match self {
            Self::On(moment) => moment,
            Self::AfterDays(days) => landed_at.plus(chrono::TimeDelta::days(i64::from(days))),
        }
    }
}

/// Whom a link takes, and on which terms; the same on link and door.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intake {
    /// From when on it takes registrations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_at: Option<Timestamp>,
    /// For which mail domains it is meant; for all if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domains: Option<DomainRule>,
    /// What it does once it is full or has expired.
    #[serde(default)]
    pub overflow: Overflow,
    /// Whether seats that come free are given to the waiting, in their order.
    #[serde(default)]
    pub admit_waiting: bool,
    /// What it asks people beside name and address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<ExtraField>,
    /// The language in which its welcome text and its questions are written; the organization's for a link that does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_language: Option<Language>,
    /// Its welcome text and its questions in other languages.
    #[serde(default, skip_serializing_if = "Translations::is_empty")]
    pub translations: Translations,
    /// When what it put people in ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation_ends: Option<AllocationEnd>,
}

/// What a link's domains say of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admittance {
    /// It is one the link is meant for.
    Meant,
    /// It is another, to be held for approval.
    Held,
    /// It is another, to be refused.
    Refused,
}

impl Intake {
    /// What its domains say of this address.
    #[must_use]
    pub fn admittance(&self, address: &EmailAddress) -> Admittance {
        match &self.domains {
            None => Admittance::Meant,
            Some(rule) if rule.only.iter().any(|domain| domain.as_str() == address.domain()) => Admittance::Meant,
            Some(DomainRule { others: Others::Approval, .. }) => Admittance::Held,
            Some(DomainRule { others: Others::Refuse, .. }) => Admittance::Refused,
        }
    }

    /// Whether it takes registrations at `now`, as far as its start goes.
    #[must_use]
    pub fn has_started(&self, now: Timestamp) -> bool {
        self.starts_at.is_none_or(|starts_at| starts_at <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_stands_for_itself_alone() {
        let rule = |others| DomainRule { only: [MailDomain::parse("Acme.example").unwrap()].into(), others };
        let says = |others, address| {
            let intake = Intake { domains: Some(rule(others)), ..Intake::default() };
            intake.admittance(&EmailAddress::parse(address).unwrap())
        };
        assert_eq!(says(Others::Refuse, "ana@ACME.example"), Admittance::Meant);
        for other in ["ana@sub.acme.example", "ana@notacme.example", "ana@acme.example.com"] {
            assert_eq!(says(Others::Refuse, other), Admittance::Refused, "{other}");
            assert_eq!(says(Others::Approval, other), Admittance::Held, "{other}");
        }
    }
}
