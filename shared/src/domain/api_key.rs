//! API keys: what a program shows in place of a person's session, and what it may do with it.

use serde::{Deserialize, Serialize};

use super::{ApiKeyHash, ApiKeyId, ApiKeyToken, Mark, MemberId, OrganizationId, Timestamp, Title};

/// How many keys of one organization there can be that are not revoked, those past their expiry included.
pub const MAX_API_KEYS: u32 = 50;

/// What a program may do with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// See what an admin sees.
    Read,
    /// See it and change it. API keys and admins are a person's to change all the same.
    Manage,
}

/// A text that names no scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be \"read\" or \"manage\"")]
pub struct UnknownScope;

impl Scope {
    /// The scope of this name.
    ///
    /// # Errors
    /// [`UnknownScope`] for every other text.
    pub fn parse(name: &str) -> Result<Self, UnknownScope> {
        match name {
            "read" => Ok(Self::Read),
            "manage" => Ok(Self::Manage),
            _ => Err(UnknownScope),
        }
    }

    /// Whether it allows what needs `needed`.
    #[must_use]
    pub fn allows(self, needed: Self) -> bool {
        self >= needed
    }
}

/// An API key of an organization. It belongs to the organization and outlives the admin who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// Whose it is.
    pub organization: OrganizationId,
    /// What its organization calls it.
    pub name: Title,
    /// What it allows.
    pub scope: Scope,
    /// The hash of the text its holder shows.
    pub hash: ApiKeyHash,
    /// When it was made.
    pub created_at: Timestamp,
    /// The admin who made it.
    pub created_by: MemberId,
    /// When it ends by itself, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to within a few minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
    /// When and by whom it was revoked, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Mark>,
    /// When DynamoDB may collect it, in seconds since 1970, once it is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delete_after: Option<i64>,
}

impl ApiKey {
    /// Whether it is good at `now`.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && self.expires_at.is_none_or(|ends| now < ends)
    }

    /// Whether it lets in at `now` whoever shows this text.
    #[must_use]
    pub fn lets_in(&self, token: &ApiKeyToken, now: Timestamp) -> bool {
        // Hashes are compared: how long that takes tells nothing about the text.
        self.hash == token.hash() && self.is_live(now)
    }
}
