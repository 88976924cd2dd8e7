//! A member, as admins see them.

use serde::Serialize;
use serde_json::{Value, json};
use shared::domain::{Access, ActorId, Language, Member, MemberId, Role};

use super::AllocationIds;

/// A member, as admins see them.
#[derive(Debug, Clone, Serialize)]
pub struct MemberView {
    id: MemberId,
    name: String,
    email: String,
    role: Role,
    access: Access,
    language: Option<Language>,
    #[serde(flatten)]
    allocation: AllocationIds,
    created_at: String,
    granted_at: Option<String>,
    granted_by: Option<ActorId>,
    mail: Option<Value>,
    suppressed: bool,
}

/// A member, as admins see them.
#[must_use]
pub fn member(member: &Member) -> MemberView {
    MemberView {
        id: member.id,
        name: member.name.to_string(),
        email: member.email.typed().to_owned(),
        role: member.role,
        access: member.access,
        language: member.language,
        allocation: AllocationIds::from(&member.allocation),
        created_at: member.created_at.to_string(),
        granted_at: member.granted_at.map(|at| at.to_string()),
        granted_by: member.granted_by,
        mail: member
            .last_mail
            .as_ref()
            .map(|mail| json!({"state": mail.state, "at": mail.at.to_string(), "reason": mail.reason})),
        suppressed: member.suppressed.is_some(),
    }
}
