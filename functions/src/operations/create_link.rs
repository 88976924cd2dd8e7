//! `create-link`: an admin makes an access link.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use shared::domain::{
    Actor, Alerts, Gate, Intake, Link, LinkCode, LinkId, LinkName, LinkState, LongText, Texts, lots_for,
};

use super::{
    intake_fields::{Asked, Domains, End, IntakeFields},
    link_fields::{self, STARTS_TOO_LATE, admission},
    translation_fields::Sent,
};
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Object, Patch, Reply},
    idempotency::Once,
    operation::creating_operation,
    views::{self, AllocationIds},
};

/// POST /v1/links
pub const OPERATION: Operation = creating_operation!("create-link", auth::actor, create_link);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: Option<String>,
    description: Option<String>,
    welcome: Option<String>,
    expires: Option<String>,
    cap: Option<serde_json::Number>,
    admission: Option<String>,
    #[serde(default, deserialize_with = "crate::http::object")]
    allocation: AllocationIds,
    #[serde(default)]
    starts: Patch<String>,
    #[serde(default)]
    domains: Patch<Object<Domains>>,
    #[serde(default)]
    overflow: Patch<String>,
    #[serde(default)]
    admit_waiting: Patch<bool>,
    #[serde(default)]
    notify_waiting: Patch<bool>,
    #[serde(default)]
    fields: Patch<Vec<Object<Asked>>>,
    #[serde(default)]
    text_language: Patch<String>,
    #[serde(default)]
    translations: Patch<Sent>,
    #[serde(default)]
    allocation_ends: Patch<Object<End>>,
}

async fn create_link(app: App, request: ApiRequest, actor: Actor, once: Once) -> Result<Reply, ApiError> {
    let body: Body = request.json()?;
    let (organization, catalog) =
        tokio::try_join!(app.store.organization(actor.organization), app.store.catalog(actor.organization))?;
    let organization = organization.ok_or(ApiError::Unauthenticated)?;
    let zone = organization.time_zone;

    let mut fields = Fields::default();
    let name = fields.required("name", body.name.as_deref(), LinkName::parse);
    let description = fields.take("description", LongText::parse(body.description.as_deref().unwrap_or_default()));
    let welcome = fields.optional("welcome", body.welcome.as_deref(), LongText::parse);
    let expires_at = fields.optional("expires", body.expires.as_deref(), |text| link_fields::expiry(&app, text, zone));
    let cap = fields.optional("cap", body.cap.as_ref(), |number| link_fields::cap(&app, number));
    let admission = fields.required("admission", body.admission.as_deref(), admission);
    let allocation = fields.take("allocation", link_fields::allocation(&body.allocation, &catalog));
    let notify_waiting = fields.change("notify_waiting", body.notify_waiting, Ok::<_, &str>);
    let intake = IntakeFields {
        starts: body.starts,
        domains: body.domains,
        overflow: body.overflow,
        admit_waiting: body.admit_waiting,
        fields: body.fields,
        text_language: body.text_language,
        translations: body.translations,
        allocation_ends: body.allocation_ends,
    };
    let blank = Intake { text_language: Some(organization.language), ..Intake::default() };
    let intake = intake.read(&app, zone, &mut fields).map(|change| change.apply(&blank));
    let welcome = welcome.map(|text| text.filter(|text| !text.is_empty()));
    if let (Some(intake), Some(welcome)) = (&intake, &welcome) {
        let texts = Texts { has_welcome: welcome.is_some(), fields: &intake.fields, language: intake.text_language };
        for (field, refusal) in intake.translations.check(texts).err().unwrap_or_default() {
            fields.refuse(&field, refusal);
        }
    }
    if let (Some(intake), Some(Some(expires_at))) = (&intake, expires_at)
        && intake.starts_at.is_some_and(|starts_at| starts_at >= expires_at)
    {
        fields.refuse("starts", STARTS_TOO_LATE);
    }
    let (name, description, welcome, expires_at, cap, admission, allocation, intake, notify_waiting) =
        fields.finish((name, description, welcome, expires_at, cap, admission, allocation, intake, notify_waiting))?;

    let now = app.clock.now();
    let link = Link {
        id: LinkId::generate(now, &*app.random),
        organization: actor.organization,
        name,
        description,
        welcome,
        code: LinkCode::generate(&*app.random),
        state: LinkState::Active,
        version: 1,
        expires_at,
        cap,
        admission,
        allocation,
        intake,
        asked_before: Vec::new(),
        created_at: now,
        created_by: actor.id,
        updated_at: now,
        code_replaced: None,
        deleted: None,
        expiry_noted: false,
        notify_waiting: notify_waiting.unwrap_or(true),
        alerts: Alerts::armed(expires_at, now),
        time_zone: zone,
        gate: Gate::fresh(lots_for(cap)),
    };
    let view = views::link(&link, &[], zone, app.config.base_url.as_str(), now);
    app.store.create_link(&link, once.answer_about_link(&app, &link, StatusCode::CREATED, &view)).await?;
    Ok(Reply::json(StatusCode::CREATED, &view))
}
