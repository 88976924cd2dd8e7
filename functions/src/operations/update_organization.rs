//! `update-organization`: an admin edits the organization's name, time zone, language, support contact and accent
//! colour.

use serde::Deserialize;
use shared::domain::{AccentColor, Language, OrganizationChange, SupportContact, TimeZone, Title};

use super::settings_edited::settings_edited;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Patch, Reply, Whole},
    operation::http_operation,
};

/// PATCH /v1/organization
pub const OPERATION: Operation = http_operation!("update-organization", update_organization);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    version: Option<Whole>,
    #[serde(default)]
    name: Patch<String>,
    #[serde(default)]
    time_zone: Patch<String>,
    #[serde(default)]
    language: Patch<String>,
    #[serde(default)]
    support_contact: Patch<String>,
    #[serde(default)]
    accent_color: Patch<String>,
}

async fn update_organization(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let name = fields.change("name", body.name, |text| Title::parse(&text));
    let time_zone = fields.change("time_zone", body.time_zone, |text| TimeZone::parse(&text));
    let language = fields.change("language", body.language, |text| Language::parse(&text));
    let contact = fields.patch("support_contact", body.support_contact, |text| SupportContact::parse(&text));
    let accent = fields.patch("accent_color", body.accent_color, |text| AccentColor::parse(&text));
    let (name, time_zone, language, contact, accent) = fields.finish((name, time_zone, language, contact, accent))?;
    let (support_contact, accent_color) = (clearable(contact), clearable(accent));
    let change = OrganizationChange { name, time_zone, language, support_contact, accent_color, logo: None };
    let version = body.version.map(|Whole(version)| version);
    let outcome = app.store.edit_organization(actor.organization, actor.id, version, &change).await?;
    settings_edited(&app, &actor, outcome)
}

/// A change of what may be absent.
fn clearable<T>(patch: Patch<T>) -> Option<Option<T>> {
    match patch {
        Patch::Absent => None,
        Patch::Null => Some(None),
        Patch::Value(value) => Some(Some(value)),
    }
}
