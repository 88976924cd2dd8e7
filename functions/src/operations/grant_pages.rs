//! The pages of a job that grants access: the next people of its list, a few side by side.

use std::collections::HashSet;

use futures::{StreamExt, stream};
use shared::{
    domain::{Actor, GrantFilter, Job, JobRow, MemberId, Outcome},
    store::{GrantOutcome, JOB_KEEP, NextPeople, StoreError},
};
use tokio::time::Instant;

use super::{
    grant_access::told,
    job_pages::{PATIENT_TRIES, Progress, SIDE_BY_SIDE, Worked, settled},
};
use crate::{App, causes::causes};

/// Works off one page.
pub(super) async fn page(
    app: &App,
    actor: &Actor,
    job: &Job,
    filter: &GrantFilter,
    deadline: Instant,
) -> Result<Progress, StoreError> {
    let known = known(app, actor, job).await?;
    let known_ids: HashSet<_> = known.iter().filter_map(|row| row.member).collect();
    let mut position = job.position.clone();
    let people = loop {
        match app.store.next_to_grant(job, filter, &position, &known_ids).await? {
            NextPeople::These(people, next) => {
                position = next;
                if !people.is_empty() || Instant::now() >= deadline {
                    break people;
                }
            }
            NextPeople::NotBefore(moment) => {
                let pause = moment.since(app.clock.now()).to_std().unwrap_or_default();
                tokio::time::sleep(pause.min(deadline.saturating_duration_since(Instant::now()))).await;
                if Instant::now() >= deadline {
                    break Vec::new();
                }
            }
            NextPeople::NoMore if known.is_empty() => return Ok(Progress::NoMore),
            NextPeople::NoMore => break Vec::new(),
        }
    };
    let worked = stream::iter(
        people.into_iter().map(|person| grant(app, actor, job, person, filter.include_rejected, deadline)),
    );
    let worked: Vec<_> = worked.buffered(SIDE_BY_SIDE).collect().await;
    position.page = job.position.page + 1;
    settled(app, job, &position, known, worked).await
}

/// What a worker did on this page who never finished it. A page is begun for the first time unless it was tried before.
pub(super) async fn known(app: &App, actor: &Actor, job: &Job) -> Result<Vec<JobRow>, StoreError> {
    if job.tries <= 1 {
        return Ok(Vec::new());
    }
    let rows = app.store.rows_of_page(job).await?;
    for member in rows.iter().filter(|row| row.outcome == Outcome::Granted).filter_map(|row| row.member) {
        // With more enrollments than one transaction lands, the worker may have died between two of them.
        app.store.grant_rest(actor, member).await?;
    }
    Ok(rows)
}

async fn grant(
    app: &App,
    actor: &Actor,
    job: &Job,
    member: MemberId,
    include_rejected: bool,
    deadline: Instant,
) -> Worked {
    if Instant::now() >= deadline {
        return Worked::Left;
    }
    let row = |outcome| JobRow {
        job: job.id,
        page: job.position.page,
        row: None,
        member: Some(member),
        outcome,
        field: None,
        reason: None,
        why: None,
        link: None,
        mail: None,
        delete_after: job.created_at.plus(JOB_KEEP).epoch_seconds(),
    };
    match app.store.grant(actor, member, include_rejected, Some(&row(Outcome::Granted))).await {
        Ok(GrantOutcome::Granted) => Worked::Written(row(Outcome::Granted)),
        Ok(skipped) => {
            let (outcome, link) = told(skipped);
            Worked::Other(JobRow { link, ..row(outcome) })
        }
        Err(error) => {
            tracing::error!(%member, error = causes(&error), "a member could not be served");
            let last = !error.is_transient() || job.tries >= PATIENT_TRIES;
            if last { Worked::Other(row(Outcome::Unavailable)) } else { Worked::Left }
        }
    }
}
