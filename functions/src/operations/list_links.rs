//! `list-links`: an organization's links, newest first.

use futures::future::try_join_all;
use serde_json::json;

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Binding, Page, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/links
pub const OPERATION: Operation = http_operation!("list-links", list_links);

async fn list_links(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let page = request.page()?;
    let binding = Binding::new("list-links").and(actor.organization);
    let after = page.after(&binding)?;
    let (organization, links) = tokio::try_join!(
        app.store.organization(actor.organization),
        app.store.list_links(actor.organization, page.limit, after)
    )?;
    let zone = organization.ok_or(ApiError::Unauthenticated)?.time_zone;
    let lots = try_join_all(links.items.iter().map(|link| app.store.link_lots(link))).await?;
    let (base_url, now) = (app.config.base_url.as_str(), app.clock.now());
    let shown: Vec<_> =
        links.items.iter().zip(&lots).map(|(link, lots)| views::link(link, lots, zone, base_url, now)).collect();
    Ok(Reply::ok(&json!({"links": shown, "next": Page::next(links.next.as_ref(), &binding)?})))
}
