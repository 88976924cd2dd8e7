//! `change-links`: many links deactivated, reactivated or extended at once; a result for each.

use serde::Deserialize;
use shared::{
    domain::{Actor, Link, LinkChange, LinkId, LinkState},
    store::{EditOutcome, StoreError},
};
use tokio::time::{Instant, timeout_at};

use super::{bulk, link_fields, update_link::state};
use crate::{
    App, Operation, auth,
    causes::causes,
    http::{ApiError, ApiRequest, Fields, Reply},
    operation::http_operation,
};

/// POST /v1/links/changes
pub const OPERATION: Operation = http_operation!("change-links", change_links);

/// How many links are worked on side by side: each has up to 64 lots, which are brought to the change all at once.
const SIDE_BY_SIDE: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    links: Vec<String>,
    #[serde(deserialize_with = "crate::http::object")]
    change: Change,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    #[serde(default, deserialize_with = "crate::http::present")]
    state: Option<String>,
    #[serde(default, deserialize_with = "crate::http::present")]
    expires: Option<String>,
}

async fn change_links(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let deadline = Instant::now() + app.config.work_budget;
    let actor = auth::actor(&app, &request).await?;
    let body: Body = request.json()?;
    let organization = app.store.organization(actor.organization).await?.ok_or(ApiError::Unauthenticated)?;
    let mut fields = Fields::default();
    if body.change.state.is_some() == body.change.expires.is_some() {
        fields.refuse("change", "must have either state or expires");
    }
    let state = fields.optional("state", body.change.state.as_deref(), state);
    let expires_at = fields.optional("expires", body.change.expires.as_deref(), |text| {
        link_fields::expiry(&app, text, organization.time_zone)
    });
    let (state, expires_at) = fields.finish((state, expires_at))?;
    let change = LinkChange { state, expires_at: expires_at.map(Some), ..LinkChange::default() };

    let (app, actor, change) = (&app, &actor, &change);
    bulk::results(app, "links", body.links, SIDE_BY_SIDE, |id| async move {
        let Ok(link) = LinkId::parse(&id) else { return "not_found" };
        match timeout_at(deadline, change_one(app, actor, link, change)).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(error)) => {
                tracing::error!(%link, error = causes(&error), "a link could not be changed");
                "unavailable"
            }
            Err(_) => "unavailable",
        }
    })
    .await
}

/// Changes one link whatever its version: an edit of somebody else that comes between only costs another look.
async fn change_one(app: &App, actor: &Actor, id: LinkId, change: &LinkChange) -> Result<&'static str, StoreError> {
    let organization = actor.organization;
    loop {
        let found = app.store.link(organization, id).await?;
        let Some(link) = found.filter(|link| link.state != LinkState::Deleted) else { return Ok("not_found") };
        if is_so(&link, change) {
            // What is answered as done should hold, though an earlier edit may have been left half-way.
            app.store.settle(organization, id).await?;
            return Ok("unchanged");
        }
        match app.store.edit_link(organization, actor.id, id, link.version, change).await? {
            EditOutcome::Done(link) => {
                tracing::info!(link = %id, by = %actor.id, version = link.version, "link edited");
                return Ok("changed");
            }
            // What a link asks is not changed here.
            EditOutcome::NotFound | EditOutcome::TooManyAsked | EditOutcome::Untranslatable(_) => {
                return Ok("not_found");
            }
            EditOutcome::StartsTooLate => return Ok("starts_later"),
            EditOutcome::VersionConflict(_) => {}
        }
    }
}

/// Whether the link is already what the change would make it.
fn is_so(link: &Link, change: &LinkChange) -> bool {
    change.state.is_none_or(|state| state == link.state)
        && change.expires_at.is_none_or(|expires_at| expires_at == link.expires_at)
}
