//! `link-poster`: a page to be printed and put up, with the link's QR code.

use shared::{
    domain::{Link, LinkState, LongText, Organization},
    locale,
};

use super::update_link::id;
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    poster::{self, PosterParts},
    views,
};

/// GET /v1/links/{id}/poster
pub const OPERATION: Operation = http_operation!("link-poster", link_poster);

async fn link_poster(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let (organization, link, catalog) = tokio::try_join!(
        app.store.organization(actor.organization),
        app.store.link(actor.organization, id(&request)?),
        app.store.catalog(actor.organization),
    )?;
    let organization: Organization = organization.ok_or(ApiError::Unauthenticated)?;
    let link: Link = link.filter(|link| link.state != LinkState::Deleted).ok_or(ApiError::LinkNotFound)?;
    let sites = link.allocation.sites.iter().filter_map(|&site| catalog.unit(site));
    let until = link.expires_at.map(|at| locale::date_time(organization.language, organization.time_zone, at));
    let parts = PosterParts {
        language: organization.language,
        organization: organization.name.as_str(),
        sites: sites.map(|site| site.name.as_str()).collect(),
        welcome: link.welcome_in(organization.language).map(LongText::as_str),
        until,
        code: link.code.reveal(),
        url: &views::join_url(&link, app.config.base_url.as_str()),
    };
    if request.prefers("image/svg+xml", "text/html") {
        let drawing = poster::svg(&parts).map_err(ApiError::internal)?;
        return Ok(Reply::document("image/svg+xml", "poster.svg", drawing));
    }
    let page = poster::html(&parts).map_err(ApiError::internal)?;
    Ok(Reply::document("text/html; charset=utf-8", "poster.html", page).with_style(poster::STYLE))
}
