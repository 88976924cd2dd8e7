//! `start-grants`: an admin lets in everybody whom a filter admits. It is a job: accepted at once, worked off in pages.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use shared::{
    domain::{Act, Actor, GrantFilter, Job, JobId, JobState, LinkId, Lot, Order, Position, UnitId, Waiting},
    store::JOB_KEEP,
};

use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Fields, Reply},
    idempotency::Once,
    operation::creating_operation,
    views,
};

/// POST /v1/jobs/grants
pub const OPERATION: Operation = creating_operation!("start-grants", auth::actor, start_grants);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    #[serde(deserialize_with = "crate::http::object")]
    filter: Filter,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filter {
    access: Option<String>,
    link: Option<String>,
    unit: Option<String>,
}

async fn start_grants(app: App, request: ApiRequest, actor: Actor, once: Once) -> Result<Reply, ApiError> {
    let Body { filter } = request.json()?;
    let mut fields = Fields::default();
    let access = fields.optional("access", filter.access.as_deref(), waiting);
    let link = fields.optional("link", filter.link.as_deref(), LinkId::parse);
    let unit = fields.optional("unit", filter.unit.as_deref(), UnitId::parse);
    let (access, link, unit) = fields.finish((access, link, unit))?;
    let filter = GrantFilter { access: access.unwrap_or(Waiting::Pending), link, unit };
    let total = total(&app, &actor, &filter).await?;
    let job = new_job(&app, &actor, Order::Grants(filter), total);
    let order = json!({"filter": views::grant_filter(&filter), "total": total});
    let view = views::job(&job);
    app.store.create_job(&job, Act::GrantsOrdered, &order, once.answer(StatusCode::ACCEPTED, &view)).await?;
    tracing::info!(job = %job.id, by = %actor.id, "job accepted");
    Ok(Reply::json(StatusCode::ACCEPTED, &view))
}

/// A job that begins now.
pub(super) fn new_job(app: &App, actor: &Actor, order: Order, total: Option<u64>) -> Job {
    let now = app.clock.now();
    Job {
        id: JobId::generate(now, &*app.random),
        organization: actor.organization,
        order,
        state: JobState::Queued,
        created_by: actor.id,
        created_at: now,
        started_at: None,
        ended_at: None,
        total,
        outcomes: Default::default(),
        position: Position::default(),
        claims: 0,
        tries: 0,
        cancelling: false,
        reason: None,
        next_attempt_at: Some(now.plus(app.config.mail_grace)),
        delete_after: now.plus(JOB_KEEP).epoch_seconds(),
    }
}

/// How many people it is about, where counts are kept of them: those of a link, in its lots.
async fn total(app: &App, actor: &Actor, filter: &GrantFilter) -> Result<Option<u64>, ApiError> {
    let Some(link) = filter.link else { return Ok(None) };
    let link = app.store.link(actor.organization, link).await?.ok_or(ApiError::LinkNotFound)?;
    if filter.unit.is_some() || filter.access != Waiting::Pending {
        return Ok(None);
    }
    let pending = |lot: &Lot| lot.pending;
    Ok(Some(app.store.link_lots(&link).await?.iter().map(pending).sum()))
}

fn waiting(name: &str) -> Result<Waiting, &'static str> {
    match name {
        "pending" => Ok(Waiting::Pending),
        "unverified" => Ok(Waiting::Unverified),
        "without" => Ok(Waiting::Without),
        _ => Err("must be \"pending\", \"unverified\" or \"without\""),
    }
}
