//! `start-grants`: an admin lets in everybody whom a filter admits. It is a job: accepted at once, worked off in pages.

use lambda_http::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use shared::{
    domain::{Act, Actor, GrantFilter, Job, JobId, JobState, Link, Order, Position},
    store::JOB_KEEP,
};

use super::grant_filter::{self, Filter};
use crate::{
    App, Operation, auth,
    http::{ApiError, ApiRequest, Reply},
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

async fn start_grants(app: App, request: ApiRequest, actor: Actor, once: Once) -> Result<Reply, ApiError> {
    let Body { filter } = request.json()?;
    let (filter, link) = grant_filter::read(&app, &actor, &filter).await?;
    let total = total(&app, &filter, link.as_ref()).await?;
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

/// How many people it is about, where counts are kept of them: those in one state on a link, in its lots.
async fn total(app: &App, filter: &GrantFilter, link: Option<&Link>) -> Result<Option<u64>, ApiError> {
    let GrantFilter { access: None, state: Some(state), unit: None, .. } = filter else { return Ok(None) };
    let Some(link) = link else { return Ok(None) };
    Ok(Some(app.store.link_lots(link).await?.iter().map(|lot| lot.count(*state)).sum()))
}
