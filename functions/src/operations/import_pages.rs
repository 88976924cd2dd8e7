//! The pages of an import: the rows of the file, a few side by side.

use std::collections::HashSet;

use futures::{StreamExt, stream};
use shared::{
    domain::{Actor, ImportOrder, ImportRow, Job, JobRow, Outcome, Position, RowContent},
    store::{JOB_KEEP, StoreError},
};
use tokio::time::Instant;

use super::job_pages::{PATIENT_TRIES, Progress, SIDE_BY_SIDE, Worked, settled};
use crate::{App, causes::causes};

/// Works off one page.
pub(super) async fn page(
    app: &App,
    actor: &Actor,
    job: &Job,
    order: &ImportOrder,
    deadline: Instant,
) -> Result<Progress, StoreError> {
    if job.position.page >= order.pages {
        return Ok(Progress::NoMore);
    }
    let known = super::grant_pages::known(app, actor, job).await?;
    let done: HashSet<_> = known.iter().filter_map(|row| row.row).collect();
    // A page goes with the position; one that is not there was kept for too long.
    let Some(raw) = app.store.import_page(job.id, job.position.page).await? else { return Ok(Progress::Gone) };
    let rows: Vec<_> = raw.rows.into_iter().filter(|row| !done.contains(&row.row)).collect();
    let worked = stream::iter(rows.into_iter().map(|row| import(app, actor, job, order, row, deadline)));
    let worked: Vec<_> = worked.buffered(SIDE_BY_SIDE).collect().await;
    let position = Position { page: job.position.page + 1, ..Position::default() };
    settled(app, job, &position, known, worked).await
}

async fn import(
    app: &App,
    actor: &Actor,
    job: &Job,
    order: &ImportOrder,
    ImportRow { row, content }: ImportRow,
    deadline: Instant,
) -> Worked {
    if Instant::now() >= deadline {
        return Worked::Left;
    }
    let mut line = JobRow {
        job: job.id,
        page: job.position.page,
        row: Some(row),
        member: None,
        outcome: Outcome::Invalid,
        field: None,
        reason: None,
        why: None,
        link: None,
        mail: None,
        delete_after: job.created_at.plus(JOB_KEEP).epoch_seconds(),
    };
    let person = match content {
        RowContent::Person(person) => person,
        RowContent::Problem(problem) => {
            line.outcome = problem.outcome;
            line.field = problem.field;
            line.reason = Some(problem.reason);
            line.why = problem.why;
            return Worked::Other(line);
        }
    };
    line.member = Some(shared::domain::MemberId::of_address(job.organization, &person.email));
    match app.store.import_member(actor, &person, order, &line).await {
        Ok((outcome, written)) => {
            line.outcome = outcome;
            if written { Worked::Written(line) } else { Worked::Other(line) }
        }
        Err(error) => {
            tracing::error!(job = %job.id, row, error = causes(&error), "a row could not be worked on");
            let last = !error.is_transient() || job.tries >= PATIENT_TRIES;
            line.outcome = Outcome::Unavailable;
            if last { Worked::Other(line) } else { Worked::Left }
        }
    }
}
