//! An organization, as its admins see it and as the operator does.

use serde_json::{Value, json};
use shared::{
    config::BaseUrl,
    domain::{ClosingStage, Organization},
    store::KEPT_CLOSED,
};

/// An organization, as its admins see it.
#[must_use]
pub fn organization(organization: &Organization, base_url: &BaseUrl) -> Value {
    json!({
        "id": organization.id,
        "name": organization.name,
        "time_zone": organization.time_zone,
        "language": organization.language,
        "support_contact": organization.support_contact,
        "accent_color": organization.accent_color,
        "logo": logo(organization, base_url),
        "version": organization.version,
        "created_at": organization.created_at.to_string(),
    })
}

/// An organization's logo, if it has one: where it is, and how large.
#[must_use]
pub fn logo(organization: &Organization, base_url: &BaseUrl) -> Option<Value> {
    organization.logo.map(|logo| {
        json!({
            "url": format!("{base_url}{}", logo.path()),
            "width": logo.size.width,
            "height": logo.size.height,
        })
    })
}

/// An organization, as the operator sees it.
#[must_use]
pub fn operated_organization(organization: &Organization) -> Value {
    let state = match organization.closing.map(|closing| closing.stage) {
        None => "open",
        Some(ClosingStage::Closing) => "closing",
        Some(ClosingStage::Closed) => "closed",
        Some(ClosingStage::Erased) => "erased",
    };
    let closed_at = organization.closing.map(|closing| closing.at);
    json!({
        "id": organization.id,
        "name": organization.name,
        "time_zone": organization.time_zone,
        "language": organization.language,
        "created_at": organization.created_at.to_string(),
        "state": state,
        "closed_at": closed_at.map(|at| at.to_string()),
        "erased_from": closed_at.map(|at| at.plus(KEPT_CLOSED).to_string()),
    })
}
