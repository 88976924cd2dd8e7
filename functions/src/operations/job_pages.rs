//! A page of a job, of whichever kind: what it and each of its people come to, and how it is finished.

use shared::{
    domain::{Job, JobRow, Position},
    store::StoreError,
};

use crate::App;

/// How long a worker has a job for itself after each page: longer than the function's time limit, so that no two work on it.
pub(super) const LEASE: chrono::TimeDelta = chrono::TimeDelta::seconds(60);

/// After so many tries on one page whoever still cannot be served is reported as that, and the job goes on.
pub(super) const PATIENT_TRIES: u32 = 4;

/// How many members are worked on side by side, as in a bulk call.
pub(super) const SIDE_BY_SIDE: usize = 8;

/// What a page came to.
pub(super) enum Progress {
    /// It is finished, and this is the job now.
    Finished(Box<Job>),
    /// Some of it is left to the next call.
    Unfinished,
    /// There is no further page.
    NoMore,
    /// The page is not there any more.
    Gone,
    /// Another worker has the job now.
    Lost,
}

/// What one person came to.
pub(super) enum Worked {
    /// Something was written, and this row of the report with it.
    Written(JobRow),
    /// Nothing was written; this is for the report.
    Other(JobRow),
    /// Not this time.
    Left,
}

/// Finishes the page unless somebody on it was left; `known` are in the report already.
pub(super) async fn settled(
    app: &App,
    job: &Job,
    position: &Position,
    known: Vec<JobRow>,
    worked: Vec<Worked>,
) -> Result<Progress, StoreError> {
    let (mut done, mut fresh) = (known, Vec::new());
    for worked in worked {
        match worked {
            Worked::Written(row) => done.push(row),
            Worked::Other(row) => fresh.push(row),
            Worked::Left => return Ok(Progress::Unfinished),
        }
    }
    let finished = app.store.finish_job_page(job, position, &done, &fresh, LEASE).await?;
    Ok(finished.map_or(Progress::Lost, |job| Progress::Finished(Box::new(job))))
}
