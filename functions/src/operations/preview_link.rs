//! `preview-link`: what a messenger shows of a link that somebody sends, read by its program and not by people.
//!
//! It knows the organization's name alone. The link's name and description are internal, and what the page asks and says is for
//! those who open it.

use askama::Template;
use shared::{
    domain::{LinkState, Organization},
    locale,
};

use super::view_link::code;
use crate::{
    App, Operation,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
};

/// GET /v1/join/{code}/preview
pub const OPERATION: Operation = http_operation!("preview-link", preview_link);

/// A page of Open Graph properties (<https://ogp.me>), which messengers read.
#[derive(Template)]
#[template(path = "preview.html")]
struct Preview<'a> {
    language: &'static str,
    organization: &'a str,
    title: &'a str,
    description: &'a str,
    url: &'a str,
    open: &'a str,
}

async fn preview_link(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let code = code(&request)?;
    let door = app.store.door(&code.hash()).await?.ok_or(ApiError::LinkNotFound)?;
    if door.state == LinkState::Deleted {
        return Err(ApiError::LinkNotFound);
    }
    let organization: Organization = app.store.organization(door.organization).await?.ok_or(ApiError::LinkNotFound)?;
    let language = organization.language;
    let name = organization.name.as_str();
    let url = format!("{}/join/{}", app.config.base_url.as_str(), code.reveal());
    let page = Preview {
        language: language.tag(),
        organization: name,
        title: &locale::text_with(language, "preview-title", &[("organization", name.into())]),
        description: &locale::text(language, "preview-description"),
        url: &url,
        open: &locale::text(language, "preview-open"),
    };
    let page = page.render().map_err(ApiError::internal)?;
    Ok(Reply::document("text/html; charset=utf-8", "preview.html", page))
}
