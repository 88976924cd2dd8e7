//! `unit-usage`: the links that give a unit, how many members are in it, and the jobs whose filter names it: what an admin should know
//! before they delete it. It is answered for a unit that has left the catalog too.

use serde_json::json;
use shared::domain::UnitId;

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
    operation::http_operation,
    views,
};

/// GET /v1/units/{id}/usage
pub const OPERATION: Operation = http_operation!("unit-usage", unit_usage);

async fn unit_usage(app: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let actor = auth::actor(&app, &request).await?;
    let id = UnitId::parse(request.path_param("id")).map_err(|_| ApiError::NotFound)?;
    let usage = app.store.unit_usage(actor.organization, id).await?;
    let link = |link: &shared::domain::Link| json!({"id": link.id, "name": link.name, "state": link.state});
    Ok(Reply::ok(&json!({
        "links": usage.links.iter().map(link).collect::<Vec<_>>(),
        "more_links": usage.more_links,
        "members": {"count": usage.members.count, "more": usage.members.more},
        "jobs": usage.jobs.iter().map(views::job).collect::<Vec<_>>(),
    })))
}
