//! `regenerate-link`: a link gets a new code, and the old one is that of no link from then on.

use serde::Deserialize;
use shared::domain::{LinkChange, LinkCode};

use super::update_link::{edit, id};
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply, Whole},
    operation::http_operation,
};

/// POST /v1/links/{id}/code
pub const OPERATION: Operation = http_operation!("regenerate-link", regenerate_link);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    version: Whole,
}

async fn regenerate_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = id(&request)?;
    let Body { version } = request.json()?;
    let organization = app.store.organization(actor.organization).await?.ok_or(ApiError::Unauthenticated)?;
    let change = LinkChange { code: Some(LinkCode::generate(&*app.random)), ..LinkChange::default() };
    edit(&app, &actor, &organization, id, version.0, &change).await
}
