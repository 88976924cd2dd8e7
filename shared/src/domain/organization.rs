//! An organization: the company whose training it is.

use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    AccentColor, EmailAddress, IdempotencyKey, Language, Logo, MemberId, OrganizationId, SupportContact, TimeZone,
    Timestamp, Title, secret::hex,
};

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// The display name: on join pages and in mails.
    pub name: Title,
    /// The zone in which its dates are meant and shown.
    pub time_zone: TimeZone,
    /// The language of its mails and printed pages.
    #[serde(default)]
    pub language: Language,
    /// Where its people turn who need help, if anywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub support_contact: Option<SupportContact>,
    /// The colour of buttons and links on its workers' pages, in its mails and on its posters, if it has one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accent_color: Option<AccentColor>,
    /// The logo on its workers' pages, in its mails and on its posters, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<Logo>,
    /// Grows by one with every edit.
    #[serde(default = "first")]
    pub version: u64,
    /// When it was created.
    pub created_at: Timestamp,
    /// How far its closing is; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// Whether all its members are in the index by name and address: those who came before there was one may not be.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub members_indexed: bool,
}

/// How an organization is being closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closing {
    /// When the operator closed it.
    pub at: Timestamp,
    /// How far that is.
    pub stage: ClosingStage,
    /// When it is to be looked at next; none once all is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_look: Option<Timestamp>,
}

/// How far an organization's closing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosingStage {
    /// Links are deleted and people shut out.
    Closing,
    /// A look some time after found nothing left to shut. Its data is kept for a while.
    Closed,
    /// Its people are erased.
    Erased,
}

fn first() -> u64 {
    1
}

impl Organization {
    /// What audit records tell of it: all that an admin decides.
    #[must_use]
    pub fn told(&self) -> serde_json::Value {
        json!({
            "name": self.name,
            "time_zone": self.time_zone,
            "language": self.language,
            "support_contact": self.support_contact,
            "accent_color": self.accent_color,
            "logo": self.logo.map(|logo| logo.hash),
        })
    }
}

/// What an admin changes about the organization; what is absent stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganizationChange {
    /// Its display name.
    pub name: Option<Title>,
    /// Its time zone. Moments that were set stay the moments they are; they are shown in the new zone.
    pub time_zone: Option<TimeZone>,
    /// The language of its mails.
    pub language: Option<Language>,
    /// Where people turn; `Some(None)` takes it away.
    pub support_contact: Option<Option<SupportContact>>,
    /// Its accent colour; `Some(None)` takes it away.
    pub accent_color: Option<Option<AccentColor>>,
    /// Its logo; `Some(None)` takes it away. The picture itself is written and deleted beside it.
    pub logo: Option<Option<Logo>>,
}

impl OrganizationChange {
    /// The organization as it is after the change.
    #[must_use]
    pub fn apply(&self, organization: &Organization) -> Organization {
        let Self { name, time_zone, language, support_contact, accent_color, logo } = self.clone();
        Organization {
            name: name.unwrap_or_else(|| organization.name.clone()),
            time_zone: time_zone.unwrap_or(organization.time_zone),
            language: language.unwrap_or(organization.language),
            support_contact: support_contact.unwrap_or_else(|| organization.support_contact.clone()),
            accent_color: accent_color.unwrap_or(organization.accent_color),
            logo: logo.unwrap_or(organization.logo),
            version: organization.version + 1,
            ..organization.clone()
        }
    }
}

/// Which organization was created under a key, so that asking again creates no second one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founding {
    /// The hash of the key.
    pub hash: String,
    /// The organization.
    pub organization: OrganizationId,
    /// Its first admin.
    pub member: MemberId,
}

impl Founding {
    /// The hash under which a creation is found again: of the operator's key, or else of the organization's name and its first
    /// admin's address, in which case is not told apart.
    #[must_use]
    pub fn hash(key: Option<&IdempotencyKey>, name: &Title, admin: &EmailAddress) -> String {
        let name = name.as_str().to_lowercase();
        let parts = match key {
            Some(key) => ["key", key.as_str(), ""],
            None => ["first", &admin.canonical(), &name],
        };
        hex(&Sha256::digest(parts.join("\0")).into())
    }
}

/// That a member is an admin of their organization: an item of its own, so that the admins can be listed without looking at
/// every member. It is written and deleted in the transaction that changes the member's role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdminEntry {
    /// The organization.
    pub organization: OrganizationId,
    /// The admin.
    pub member: MemberId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_organization_stored_before_there_were_languages_and_colours_is_read_without() {
        let stored = json!({
            "id": "11111111-1111-4111-8111-111111111111", "name": "Acme", "time_zone": "Europe/Berlin", "created_at": 1,
        });
        let organization: Organization = serde_json::from_value(stored).unwrap();
        assert_eq!(
            (organization.language, organization.support_contact, organization.accent_color, organization.version),
            (Language::En, None, None, 1)
        );
        assert_eq!(organization.logo, None);
    }
}
