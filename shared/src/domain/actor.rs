//! Who acts for an organization: one of its admins, a program with one of its API keys, or the operator of the system.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ApiKeyId, InvalidId, Member, MemberId, OrganizationId};

/// What stands for the operator, who is nobody in an organization.
const OPERATOR: &str = "operator";

/// What goes before the id of an API key, where the id of an admin could stand too.
const KEY: &str = "key:";

/// Who did something, as links, enrollments, jobs and audit records name them: an admin by the id they have as a member, a program
/// by the id of its API key, as `key:` and the id, and the operator as `operator`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ActorId {
    /// An admin.
    Admin(MemberId),
    /// A program.
    ApiKey(ApiKeyId),
    /// The operator, closing the organization.
    Operator,
}

/// Who acts, and for which organization. Whether they may is found out where a request comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub id: ActorId,
    /// The organization they act for, and no other.
    pub organization: OrganizationId,
}

impl ActorId {
    /// Reads it from its one spelling.
    ///
    /// # Errors
    /// [`InvalidId`] for every other text.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        match text.strip_prefix(KEY) {
            Some(id) => ApiKeyId::parse(id).map(Self::ApiKey),
            None if text == OPERATOR => Ok(Self::Operator),
            None => MemberId::parse(text).map(Self::Admin),
        }
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Admin(id) => id.fmt(f),
            Self::ApiKey(id) => write!(f, "{KEY}{id}"),
            Self::Operator => f.write_str(OPERATOR),
        }
    }
}

impl TryFrom<String> for ActorId {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<ActorId> for String {
    fn from(id: ActorId) -> Self {
        id.to_string()
    }
}

impl From<MemberId> for ActorId {
    fn from(id: MemberId) -> Self {
        Self::Admin(id)
    }
}

impl From<&Self> for Actor {
    fn from(actor: &Self) -> Self {
        *actor
    }
}

impl From<&Member> for Actor {
    /// A member who acts as an admin.
    fn from(member: &Member) -> Self {
        Self { id: ActorId::Admin(member.id), organization: member.organization }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_actor_has_one_spelling_and_an_admins_is_the_members() {
        let id = "5f0c8b1e-2f64-5d3b-9c57-0e6a7d91c4f2";
        let key = format!("key:{id}");
        assert_eq!(ActorId::parse(id), MemberId::parse(id).map(ActorId::Admin));
        assert_eq!(ActorId::parse(&key), ApiKeyId::parse(id).map(ActorId::ApiKey));
        assert_eq!(ActorId::parse("operator"), Ok(ActorId::Operator));
        for text in [id, key.as_str(), "operator"] {
            let actor: ActorId = serde_json::from_value(text.into()).unwrap();
            assert_eq!((actor.to_string().as_str(), serde_json::to_value(actor).unwrap()), (text, text.into()));
        }
        for text in [
            "",
            "key:",
            "key:x",
            "key:operator",
            "Operator",
            "KEY:5f0c8b1e-2f64-5d3b-9c57-0e6a7d91c4f2",
            "key:key:5f0c8b1e-2f64-5d3b-9c57-0e6a7d91c4f2",
        ] {
            assert_eq!(ActorId::parse(text), Err(InvalidId), "{text}");
        }
    }
}
