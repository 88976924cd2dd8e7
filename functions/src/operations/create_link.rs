//! `create-link`: an admin makes an access link.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use shared::domain::{Admission, Gate, Link, LinkCode, LinkId, LinkName, LinkState, LongText, lots_for};

use super::link_fields;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    operation::http_operation,
    views::{self, AllocationIds},
};

/// POST /v1/links
pub const OPERATION: Operation = http_operation!("create-link", create_link);

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
}

async fn create_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let admin = auth::admin(&app, &request).await?;
    let body: Body = request.json()?;
    let (organization, catalog) =
        tokio::try_join!(app.store.organization(admin.organization), app.store.catalog(admin.organization))?;
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
    let (name, description, welcome, expires_at, cap, admission, allocation) =
        fields.finish((name, description, welcome, expires_at, cap, admission, allocation))?;

    let now = app.clock.now();
    let link = Link {
        id: LinkId::generate(now, &*app.random),
        organization: admin.organization,
        name,
        description,
        welcome: welcome.filter(|text| !text.is_empty()),
        code: LinkCode::generate(&*app.random),
        state: LinkState::Active,
        version: 1,
        expires_at,
        cap,
        admission,
        allocation,
        created_at: now,
        created_by: admin.id,
        updated_at: now,
        code_replaced: None,
        deleted: None,
        expiry_noted: false,
        time_zone: zone,
        gate: Gate { number: 1, lots: lots_for(cap), dealing: false, unsettled: false, over: false },
    };
    app.store.create_link(&link).await?;
    let view = views::link(&link, &[], zone, app.config.base_url.as_str(), now);
    Ok(Reply::json(StatusCode::CREATED, &view))
}

/// How people get in, by its name.
pub(super) fn admission(name: &str) -> Result<Admission, &'static str> {
    match name {
        "instant" => Ok(Admission::Instant),
        "approval" => Ok(Admission::Approval),
        _ => Err("must be \"instant\" or \"approval\""),
    }
}
