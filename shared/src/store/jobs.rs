//! Jobs: made, claimed by one worker at a time, brought forward page by page, ended once.
//!
//! What a worker does for a person stands in the report in the same transaction; what it has finished of its list, in the
//! job. A worker that dies between the two leaves rows of a page that the job has not passed: the next one reads them, and works
//! on nobody twice.

use chrono::TimeDelta;
use serde_json::json;

use super::{
    Page, PageKey, Store, StoreError,
    listing::Listing,
    transaction::{Plan, Unanswered},
};
use crate::{
    domain::{
        Act, Actor, GivenAnswer, Job, JobId, JobRow, JobState, Order, OrganizationId, Outcome, Position, Subject,
        Timestamp,
    },
    table::{Item, Record, Update, Write, from_item, keys, keys::DUE, to_item},
};

/// How many rows of a report one call looks through for those of one outcome: some 50 read units.
const LOOKED_THROUGH: u32 = 1_000;

/// How long a job and its report are kept.
pub const JOB_KEEP: TimeDelta = TimeDelta::days(90);

impl Store {
    /// Writes a new job, which the stream hands to a worker; with it the answer that tells of it, if that is to be kept.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn create_job(
        &self,
        job: &Job,
        act: Act,
        order: &serde_json::Value,
        answer: Option<GivenAnswer>,
    ) -> Result<(), StoreError> {
        let audit = self.audit(job.organization, Some(job.created_by), act, Subject::Job(job.id));
        let writes = vec![
            Write::put(to_item(job)?).when("attribute_not_exists(#PK)"),
            audit.write(&serde_json::Value::Null, order)?,
        ];
        let writes = &writes;
        self.retry_once(
            |()| answer.clone(),
            |_| async move {
                // An answer may have been lost after it was written.
                let there = self.job(job.organization, job.id).await?.is_some();
                Ok(if there { Plan::End(()) } else { Plan::Write(writes.clone(), ()) })
            },
        )
        .await
    }

    /// A job of the organization.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn job(&self, organization: OrganizationId, id: JobId) -> Result<Option<Job>, StoreError> {
        self.get(keys::job(organization, id)).await
    }

    /// An organization's jobs, newest first.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list_jobs(
        &self,
        organization: OrganizationId,
        limit: u32,
        after: Option<PageKey>,
    ) -> Result<Page<Job>, StoreError> {
        let partition = keys::organization(organization).partition;
        let range = Some((keys::JOB_PREFIX.to_owned(), format!("{}~", keys::JOB_PREFIX)));
        let listing = Listing { partition, range, descending: true, limit: Some(limit), after, ..Listing::default() };
        let Page { items, next } = self.list(&listing).await?;
        Ok(Page { items: items.into_iter().map(from_item).collect::<Result<_, _>>()?, next })
    }

    /// Wants a job stopped: its worker ends it after the page it is at. Gives the job as it then is; one that has ended stays as
    /// it is.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn cancel_job(&self, actor: &Actor, id: JobId) -> Result<Option<Job>, StoreError> {
        let audit = &self.audit(actor.organization, Some(actor.id), Act::JobCancelled, Subject::Job(id));
        self.retry(|_| async move {
            let Some(mut job) = self.job(actor.organization, id).await? else { return Ok(Plan::End(None)) };
            if job.state.has_ended() || job.cancelling {
                return Ok(Plan::End(Some(job)));
            }
            let before = job.clone();
            job.cancelling = true;
            let write = Write::update(job.key(), Update::new().put("cancelling", true));
            let record = audit.write(&json!({"cancelled": false}), &json!({"cancelled": true}))?;
            Ok(Plan::Write(vec![still(&before, write), record], Some(job)))
        })
        .await
    }

    /// Claims a job for one worker, `lease` long from now and from each page it finishes. Gives nothing when it has ended, or
    /// another worker has it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn claim_job(
        &self,
        organization: OrganizationId,
        id: JobId,
        lease: TimeDelta,
    ) -> Result<Option<Job>, StoreError> {
        self.retry(|_| async move {
            let now = self.clock.now();
            // A claim of this call whose answer was lost is let go: it is not told from another worker's, and its lease ends.
            let claimable = |job: &Job| job.state == JobState::Queued || is_due(job, now);
            let Some(job) = self.job(organization, id).await?.filter(claimable) else { return Ok(Plan::End(None)) };
            let mut claimed = job.clone();
            claimed.state = JobState::Running;
            claimed.claims += 1;
            claimed.tries += 1;
            claimed.started_at = claimed.started_at.or(Some(now));
            let update = due_at(&mut claimed, now.plus(lease))
                .put("state", claimed.state)
                .put("claims", claimed.claims)
                .put("tries", claimed.tries)
                .put_if_absent("started_at", now);
            Ok(Plan::Write(vec![still(&job, Write::update(job.key(), update))], Some(claimed)))
        })
        .await
    }

    /// Finishes a page: these rows, whose people needed no write of their own, and how far the job now is, all at once; the page of
    /// a file is gone with it. Gives the
    /// job as it then is, or nothing when it is not this worker's any more.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn finish_job_page(
        &self,
        claimed: &Job,
        position: &Position,
        known: &[JobRow],
        fresh: &[JobRow],
        lease: TimeDelta,
    ) -> Result<Option<Job>, StoreError> {
        self.retry(|_| async move {
            let found = self.job(claimed.organization, claimed.id).await?.filter(|found| is_held(found, claimed));
            let Some(job) = found else { return Ok(Plan::End(None)) };
            // An answer may have been lost after the page was finished.
            if job.position == *position {
                return Ok(Plan::End(Some(job)));
            }
            let mut next = job.clone();
            next.position = position.clone();
            // The same worker goes on, for the first time, with the next page.
            next.tries = 1;
            for row in known.iter().chain(fresh) {
                *next.outcomes.entry(row.outcome).or_default() += 1;
            }
            let update = due_at(&mut next, self.clock.now().plus(lease))
                .put("position", &next.position)
                .put("tries", next.tries)
                .put("outcomes", &next.outcomes);
            let mut writes = vec![still(&job, Write::update(job.key(), update))];
            for row in fresh {
                writes.push(Write::put(to_item(row)?));
            }
            if matches!(job.order, Order::Imports(_)) {
                writes.push(Write::delete(keys::import_page(job.id, job.position.page)));
            }
            Ok(Plan::Write(writes, Some(next)))
        })
        .await
    }

    /// Hands a job on to the next worker, through the stream, with so many tries on the page it is at.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn hand_on_job(&self, claimed: &Job, tries: u32) -> Result<(), StoreError> {
        self.retry(|_| async move {
            let found = self.job(claimed.organization, claimed.id).await?.filter(|found| is_held(found, claimed));
            let Some(job) = found else { return Ok(Plan::End(())) };
            Ok(Plan::Write(vec![self.queue_write(&job, tries)], ()))
        })
        .await
    }

    /// Ends a job.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn end_job(&self, claimed: &Job, state: JobState, reason: Option<&str>) -> Result<(), StoreError> {
        self.retry(|_| async move {
            let found = self.job(claimed.organization, claimed.id).await?.filter(|found| is_held(found, claimed));
            let Some(job) = found else { return Ok(Plan::End(())) };
            let update = Update::new().put("state", state).put("ended_at", self.clock.now());
            let update = reason.into_iter().fold(update, |update, reason| update.put("reason", reason));
            let update = update.remove("next_attempt_at").leave(DUE);
            Ok(Plan::Write(vec![still(&job, Write::update(job.key(), update))], ()))
        })
        .await
    }

    /// Hands a job to the stream again whose worker died, or that the stream never handed over. Gives whether it was handed over
    /// now.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn requeue_job(&self, organization: OrganizationId, id: JobId) -> Result<bool, StoreError> {
        self.retry(|Unanswered(unanswered)| async move {
            let now = self.clock.now();
            let found = self.job(organization, id).await?;
            if unanswered && found.as_ref().is_some_and(|job| job.state == JobState::Queued && !is_due(job, now)) {
                return Ok(Plan::End(true));
            }
            let Some(job) = found.filter(|job| is_due(job, now)) else { return Ok(Plan::End(false)) };
            Ok(Plan::Write(vec![self.queue_write(&job, job.tries)], true))
        })
        .await
    }

    fn queue_write(&self, job: &Job, tries: u32) -> Write {
        let mut queued = job.clone();
        let update = due_at(&mut queued, self.clock.now().plus(self.settings.mail_grace));
        still(job, Write::update(job.key(), update.put("state", JobState::Queued).put("tries", tries)))
    }

    /// A page of a job's report, in the order of its pages.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn job_report(&self, job: JobId, limit: u32, after: Option<PageKey>) -> Result<Page<JobRow>, StoreError> {
        let listing = Listing { partition: keys::job_report(job), limit: Some(limit), after, ..Listing::default() };
        let Page { items, next } = self.list(&listing).await?;
        Ok(Page { items: rows(items)?, next })
    }

    /// The rows of a job's report that ended so, in the order of its pages. There may be fewer than `limit` while there are more: only
    /// so many are looked through.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn job_report_of(
        &self,
        job: JobId,
        outcome: Outcome,
        limit: u32,
        after: Option<PageKey>,
    ) -> Result<Page<JobRow>, StoreError> {
        let partition = keys::job_report(job);
        let listing = Listing { partition, limit: Some(LOOKED_THROUGH), after, ..Listing::default() };
        self.list_some(listing, limit, |row: &JobRow| row.outcome == outcome).await
    }

    /// The rows there are of the page that a job is at: what a worker did who never finished it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn rows_of_page(&self, job: &Job) -> Result<Vec<JobRow>, StoreError> {
        let range = Some(keys::job_page_range(job.position.page));
        rows(self.list_all(Listing { partition: keys::job_report(job.id), range, ..Listing::default() }).await?)
    }
}

fn rows(items: Vec<Item>) -> Result<Vec<JobRow>, StoreError> {
    Ok(items.into_iter().map(from_item).collect::<Result<_, _>>()?)
}

fn is_due(job: &Job, now: Timestamp) -> bool {
    !job.state.has_ended() && job.next_attempt_at.is_some_and(|at| at <= now)
}

/// Whether the worker that claimed the job as `claimed` still has it.
fn is_held(found: &Job, claimed: &Job) -> bool {
    found.state == JobState::Running && found.claims == claimed.claims
}

/// The update that makes the job due at `at`.
fn due_at(job: &mut Job, at: Timestamp) -> Update {
    job.next_attempt_at = Some(at);
    Update::new().put("next_attempt_at", at).index(DUE, &keys::job_due(job.id, at))
}

/// Only while the job is as it was read.
fn still(job: &Job, write: Write) -> Write {
    write
        .when("#state = :as_read AND #claims = :claims_read AND #position = :position_read AND #cancelling = :cancelling_read")
        .value(":as_read", job.state)
        .value(":claims_read", job.claims)
        .value(":position_read", &job.position)
        .value(":cancelling_read", job.cancelling)
}
