//! An organization, as its admins see it.

use serde_json::{Value, json};
use shared::domain::Organization;

/// An organization, as its admins see it.
#[must_use]
pub fn organization(organization: &Organization) -> Value {
    json!({
        "id": organization.id,
        "name": organization.name,
        "time_zone": organization.time_zone,
        "language": organization.language,
        "support_contact": organization.support_contact,
        "version": organization.version,
        "created_at": organization.created_at.to_string(),
    })
}
