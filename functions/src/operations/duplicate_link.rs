//! `duplicate-link`: a new link like another, under a code of its own.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use shared::domain::{Actor, LinkCode, LinkCopy, LinkId, LinkName};

use super::update_link::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    idempotency::Once,
    operation::creating_operation,
    views,
};

/// POST /v1/links/{id}/duplicates
pub const OPERATION: Operation = creating_operation!("duplicate-link", auth::actor, duplicate_link);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: Option<String>,
}

async fn duplicate_link(app: App, request: ApiRequest, actor: Actor, once: Once) -> Result<Reply, ApiError> {
    let id = id(&request)?;
    let body: Body = request.json()?;
    let mut fields = Fields::default();
    let name = fields.optional("name", body.name.as_deref(), LinkName::parse);
    let (name,) = fields.finish((name,))?;
    let (organization, model) =
        tokio::try_join!(app.store.organization(actor.organization), app.store.link(actor.organization, id))?;
    let organization = organization.ok_or(ApiError::Unauthenticated)?;
    let model = model.ok_or(ApiError::LinkNotFound)?;

    let now = app.clock.now();
    let link = model.copy(LinkCopy {
        id: LinkId::generate(now, &*app.random),
        code: LinkCode::generate(&*app.random),
        name,
        by: actor.id,
        at: now,
        time_zone: organization.time_zone,
    });
    let view = views::link(&link, &[], organization.time_zone, app.config.base_url.as_str(), now);
    app.store.copy_link(&link, id, once.answer_about_link(&app, &link, StatusCode::CREATED, &view)).await?;
    tracing::info!(link = %link.id, of = %id, by = %actor.id, "link duplicated");
    Ok(Reply::json(StatusCode::CREATED, &view))
}
