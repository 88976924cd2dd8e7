//! `sweep-expired`: tidies what has fallen due. Nothing depends on it in time: expiry is a condition of every write.

use futures::{StreamExt, stream};
use lambda_runtime::Error;
use serde::Serialize;
use shared::{
    domain::{Enrollment, LinkId, OrganizationId},
    store::{DuePage, StoreError},
};
use tokio::time::Instant;

use crate::{App, Operation, causes::causes, operation::event_operation};

/// Every five minutes.
pub const OPERATION: Operation = event_operation!("sweep-expired", sweep_expired);

/// How many due items of each kind one look takes from each shard.
const PER_LOOK: u32 = 25;

/// How many of one link's waiting a look admits.
const ADMITTED_PER_LOOK: usize = 100;

/// How many due things are tidied side by side.
const SIDE_BY_SIDE: usize = 8;

/// What a sweep did.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct Swept {
    links_settled: usize,
    links_expired: usize,
    admitted: usize,
    reservations_lapsed: usize,
    allocations_ended: usize,
    erasures_finished: usize,
    mails_requeued: usize,
    requests_requeued: usize,
    /// How long the oldest of them has been waiting to be sent; 0 when there are none.
    oldest_mail_seconds: i64,
    jobs_requeued: usize,
    deliveries_requeued: usize,
    closings: usize,
    alerts: usize,
    failed: usize,
}

async fn sweep_expired(app: App, _event: serde_json::Value) -> Result<Swept, Error> {
    let deadline = Instant::now() + app.config.work_budget;
    let mut swept = Swept::default();
    let mut page = Some(DuePage::first());
    while let Some(from) = page.filter(|_| Instant::now() < deadline) {
        page = look(&app, from, deadline, &mut swept).await?;
    }
    // Alarms read these numbers out of the log.
    tracing::info!(?swept, failed = swept.failed, oldest_mail_seconds = swept.oldest_mail_seconds, "swept");
    Ok(swept)
}

/// Works off what one look finds. Gives where the next one goes on.
async fn look(app: &App, from: DuePage, deadline: Instant, swept: &mut Swept) -> Result<Option<DuePage>, StoreError> {
    let work = app.store.due_work(PER_LOOK, from).await?;

    let links = side_by_side(work.links, |(organization, link)| tend(app, organization, link)).await;
    for tended in swept.keep("link", links) {
        swept.links_settled += usize::from(tended.settled);
        swept.links_expired += usize::from(tended.expired);
        swept.admitted += tended.admitted;
        swept.alerts += tended.alerts;
    }

    let lapsed = side_by_side(work.reservations, |(member, link)| app.store.lapse(member, link)).await;
    let mut released: Vec<Enrollment> = swept.keep("reservation", lapsed).into_iter().flatten().collect();
    swept.reservations_lapsed += released.len();
    released.sort_unstable_by_key(|enrollment| enrollment.link);
    released.dedup_by_key(|enrollment| enrollment.link);
    let dealt = side_by_side(released, |of| app.store.seats_released(of.organization, of.link)).await;
    swept.admitted += swept.keep("seats", dealt).into_iter().sum::<usize>();

    let ended = side_by_side(work.allocations, |(member, link)| app.store.end_allocation(member, link)).await;
    swept.allocations_ended += swept.keep("allocation", ended).into_iter().filter(|&ended| ended).count();

    let erased = side_by_side(work.erasures, |member| app.store.finish_erasure(member)).await;
    swept.erasures_finished += swept.keep("erasure", erased).into_iter().filter(|&erased| erased).count();

    let requeued = side_by_side(work.mails, |mail| app.store.requeue_mail(mail)).await;
    let mails = swept.keep("mail", requeued);
    let requeued = side_by_side(work.requests, |request| app.store.requeue_request(request)).await;
    let requests = swept.keep("mail request", requeued);
    swept.requests_requeued += requests.iter().flatten().count();
    swept.mails_requeued += mails.iter().flatten().count();
    // Whoever asked for mail waits from then on, whether or not the mail is queued yet.
    for written_at in mails.into_iter().chain(requests).flatten() {
        let age = app.clock.now().since(written_at).num_seconds();
        swept.oldest_mail_seconds = swept.oldest_mail_seconds.max(age);
    }

    let jobs = work.jobs;
    let requeued = side_by_side(jobs, |(organization, job)| app.store.requeue_job(organization, job)).await;
    swept.jobs_requeued += swept.keep("job", requeued).into_iter().filter(|&requeued| requeued).count();

    let deliveries = work.deliveries;
    let requeued = side_by_side(deliveries, |(webhook, event)| app.store.requeue_delivery(webhook, event)).await;
    swept.deliveries_requeued += swept.keep("delivery", requeued).into_iter().filter(|&requeued| requeued).count();

    // The last, since it takes what time is left.
    for organization in work.closings {
        let went_on = app.store.go_on_closing(organization, || Instant::now() < deadline).await;
        swept.closings += swept.keep("closing", vec![went_on]).into_iter().flatten().count();
    }
    Ok(work.next)
}

/// Does `work` on each of `things`, a few at a time.
async fn side_by_side<T, R, F>(things: impl IntoIterator<Item = T>, work: impl Fn(T) -> F) -> Vec<Result<R, StoreError>>
where
    F: Future<Output = Result<R, StoreError>>,
{
    stream::iter(things.into_iter().map(work)).buffer_unordered(SIDE_BY_SIDE).collect().await
}

/// What tending a link did.
#[derive(Default)]
struct Tended {
    settled: bool,
    expired: bool,
    admitted: usize,
    alerts: usize,
}

/// Finishes an edit that was left half way, opens a link that was shut for having too many seats taken once it has not, gives
/// seats that are free to those who wait for one, closes a line in which nobody is any more, tells the admins that it fills up or will expire, and notes that a link has expired.
async fn tend(app: &App, organization: OrganizationId, id: LinkId) -> Result<Tended, StoreError> {
    let Some(link) = app.store.link(organization, id).await? else { return Ok(Tended::default()) };
    let gate = link.gate;
    let unsettled = gate.unsettled;
    if unsettled {
        app.store.settle(organization, id).await?;
    } else if gate.over {
        app.store.seats_released(organization, id).await?;
    }
    let admitted = if gate.waiting { app.store.tend_line(organization, id, ADMITTED_PER_LOOK).await? } else { 0 };
    let alerts = app.store.alert(&link).await?;
    Ok(Tended { settled: unsettled, expired: app.store.note_expiry(organization, id).await?, admitted, alerts })
}

impl Swept {
    /// The outcomes there are. What could not be tidied is counted and logged, and is due again at the next sweep.
    fn keep<R>(&mut self, what: &str, outcomes: Vec<Result<R, StoreError>>) -> Vec<R> {
        let kept = outcomes.into_iter().filter_map(|outcome| {
            outcome
                .inspect_err(|error| {
                    self.failed += 1;
                    tracing::error!(what, error = causes(error), "could not be tidied");
                })
                .ok()
        });
        kept.collect()
    }
}
