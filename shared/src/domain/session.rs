//! Sessions and login tokens as the table holds them: by hash, never in the clear.

use serde::{Deserialize, Serialize};

use super::{Access, Member, MemberId, SessionHash, Timestamp, TokenHash};

/// A session of a signed-in member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The hash of the token its holder shows.
    pub hash: SessionHash,
    /// Whose it is.
    pub member: MemberId,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to within a few minutes.
    pub last_seen_at: Timestamp,
    /// When it ends, used or not.
    pub expires_at: Timestamp,
    /// How long it may lie unused, in milliseconds.
    pub idle_ms: i64,
    /// When DynamoDB may collect it, in seconds since 1970.
    pub delete_after: i64,
}

impl Session {
    /// Whether it is still good at `now`.
    #[must_use]
    pub fn is_live(&self, now: Timestamp) -> bool {
        now < self.expires_at && now.since(self.last_seen_at).num_milliseconds() < self.idle_ms
    }

    /// Whether at `now` it lets in this member, as they are now.
    #[must_use]
    pub fn lets_in(&self, member: &Member, now: Timestamp) -> bool {
        let began_late_enough = member.sessions_valid_from.is_none_or(|from| self.created_at >= from);
        self.member == member.id && self.is_live(now) && member.access == Access::Granted && began_late_enough
    }
}

/// A login token that was mailed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoginTokenRecord {
    /// The hash of the token.
    pub hash: TokenHash,
    /// Whom it signs in.
    pub member: MemberId,
    /// Until when.
    pub expires_at: Timestamp,
    /// When DynamoDB may collect it, in seconds since 1970.
    pub delete_after: i64,
}
