//! `work-jobs`: brings a job forward that the bus hands over, page by page, as long as there is time; what is left is handed over
//! again.
//!
//! A job that never comes forward cannot run for ever: after some tries on one page it is left to the sweep, which looks every
//! five minutes, and after some more it is given up.

use std::time::Duration;

use aws_lambda_events::eventbridge::EventBridgeEvent;
use lambda_runtime::Error;
use serde::{Deserialize, Serialize};
use shared::{
    domain::{Access, Actor, ActorId, ApiKey, Job, JobId, JobState, Member, Order, OrganizationId, Role, Scope},
    store::StoreError,
};
use tokio::time::Instant;

use super::{
    grant_pages, import_pages,
    job_pages::{LEASE, PATIENT_TRIES, Progress},
};
use crate::{App, Operation, causes::causes, operation::event_operation};

/// Queued jobs, from the bus.
pub const OPERATION: Operation = event_operation!("work-jobs", work_jobs);

/// After so many tries on one page a job is given up.
const MOST_TRIES: u32 = 20;

/// Which job is queued: the detail of the event that `publish-events` puts on the bus.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct JobQueued {
    /// The organization.
    pub organization: OrganizationId,
    /// The job.
    pub job: JobId,
}

/// What came of the call.
#[derive(Debug, Serialize)]
struct Worked {
    job: JobId,
}

async fn work_jobs(app: App, event: EventBridgeEvent<JobQueued>) -> Result<Worked, Error> {
    let deadline = Instant::now() + app.config.work_budget;
    let JobQueued { organization, job } = event.detail;
    if let Err(error) = work(&app, organization, job, deadline).await {
        tracing::error!(%job, error = causes(&error), "a job could not be worked on");
        return Err(error.into());
    }
    Ok(Worked { job })
}

async fn work(app: &App, organization: OrganizationId, id: JobId, deadline: Instant) -> Result<(), StoreError> {
    let Some(mut job) = app.store.claim_job(organization, id, LEASE).await? else { return Ok(()) };
    tracing::info!(job = %id, claims = job.claims, tries = job.tries, page = job.position.page, "job claimed");
    // What was ordered is done in the name of whoever ordered it: an admin who is none any more, and a key that is revoked, have
    // no more orders carried out.
    let actor = match orderer(app, &job).await? {
        Ok(actor) => actor,
        Err(reason) => return end(app, &job, JobState::Cancelled, Some(reason)).await,
    };
    if job.tries > MOST_TRIES {
        return end(app, &job, JobState::Failed, Some("no_progress")).await;
    }
    loop {
        if job.cancelling {
            return end(app, &job, JobState::Cancelled, None).await;
        }
        if Instant::now() >= deadline {
            // A page that was not begun was not tried.
            return app.store.hand_on_job(&job, if job.tries <= 1 { 0 } else { job.tries }).await;
        }
        let progress = match &job.order {
            Order::Grants(filter) => grant_pages::page(app, &actor, &job, filter, deadline).await,
            Order::Imports(order) => import_pages::page(app, &actor, &job, order, deadline).await,
        };
        match progress {
            Ok(Progress::Finished(next)) => job = *next,
            Ok(Progress::NoMore) => return end(app, &job, JobState::Done, None).await,
            // Their time was over, or another worker has the job and is beyond this page: what it has not come to must stay.
            Ok(Progress::Gone) => return app.store.end_job(&job, JobState::Failed, Some("rows_gone")).await,
            Ok(Progress::Lost) => return Ok(()),
            Ok(Progress::Unfinished) => return give_back(app, &job).await,
            Err(error) if error.is_transient() => {
                tracing::warn!(job = %id, error = causes(&error), "a page could not be worked on");
                return give_back(app, &job).await;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Whoever ordered the job, or why their orders are not carried out any more.
async fn orderer(app: &App, job: &Job) -> Result<Result<Actor, &'static str>, StoreError> {
    let may = match job.created_by {
        ActorId::Admin(id) => app.store.member(id).await?.filter(is_admin).ok_or("admin_gone").map(drop),
        ActorId::ApiKey(id) => {
            let key = app.store.api_key(job.organization, id).await?;
            let may = |key: &ApiKey| key.is_live(app.clock.now()) && key.scope.allows(Scope::Manage);
            key.filter(may).ok_or("key_gone").map(drop)
        }
        // They order nothing.
        ActorId::Operator => Err("admin_gone"),
    };
    Ok(may.map(|()| Actor { id: job.created_by, organization: job.organization }))
}

fn is_admin(member: &Member) -> bool {
    member.role == Role::Admin && member.access == Access::Granted
}

async fn end(app: &App, job: &Job, state: JobState, reason: Option<&str>) -> Result<(), StoreError> {
    if let Order::Imports(order) = &job.order {
        app.store.drop_import_pages(job, order).await?;
    }
    app.store.end_job(job, state, reason).await?;
    tracing::info!(job = %job.id, ?state, reason, done = job.done(), "job ended");
    Ok(())
}

/// Hands a job on whose page is not finished, at once; after some tries only through the sweep, once the lease is over.
async fn give_back(app: &App, job: &Job) -> Result<(), StoreError> {
    if job.tries > PATIENT_TRIES {
        return Ok(());
    }
    tokio::time::sleep(Duration::from_millis(100) * 2_u32.pow(job.tries.min(4))).await;
    app.store.hand_on_job(job, job.tries).await
}
