//! `duplicate-link`: a new link like another, under a code of its own.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use shared::domain::{LinkCode, LinkCopy, LinkId, LinkName};

use super::update_link::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    operation::http_operation,
    views,
};

/// POST /v1/links/{id}/duplicates
pub const OPERATION: Operation = http_operation!("duplicate-link", duplicate_link);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: Option<String>,
}

async fn duplicate_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
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
    app.store.copy_link(&link, id).await?;
    tracing::info!(link = %link.id, of = %id, by = %actor.id, "link duplicated");
    let view = views::link(&link, &[], organization.time_zone, app.config.base_url.as_str(), now);
    Ok(Reply::json(StatusCode::CREATED, &view))
}
