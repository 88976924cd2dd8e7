//! `view-logo`: the picture of an organization's logo, for everybody: pages, mail programs and printers ask for it without a session.
//!
//! No limit counts these calls: counting one is a write, which costs more than the read that it would save.

use shared::domain::LogoHash;

use crate::{
    App, Operation,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// GET /v1/logos/{hash}
pub const OPERATION: Operation = http_operation!("view-logo", view_logo);

async fn view_logo(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let hash = LogoHash::parse(request.path_param("hash")).map_err(|_| ApiError::NotFound)?;
    let logo = app.store.logo(hash).await?.ok_or(ApiError::NotFound)?;
    Ok(Reply::picture(logo.kind.content_type(), logo.picture))
}
