//! An API key, without its text, which nobody has but the one who asked for it.

use serde_json::{Value, json};
use shared::domain::{ApiKey, Timestamp};

/// A key, as admins see it.
#[must_use]
pub fn api_key(key: &ApiKey) -> Value {
    let moment = |at: Option<Timestamp>| at.map(|at| at.to_string());
    json!({
        "id": key.id,
        "name": key.name,
        "scope": key.scope,
        "created_at": key.created_at.to_string(),
        "created_by": key.created_by,
        "expires_at": moment(key.expires_at),
        "last_used_at": moment(key.last_used_at),
        "revoked_at": moment(key.revoked.map(|mark| mark.at)),
        "revoked_by": key.revoked.map(|mark| mark.by),
    })
}
