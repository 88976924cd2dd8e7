//! `sweep-expired`: tidies what has fallen due. Nothing depends on it in time: expiry is a condition of every write.

use std::time::Duration;

use lambda_runtime::Error;
use serde::Serialize;
use shared::{
    domain::{Enrollment, LinkId, OrganizationId},
    store::StoreError,
};
use tokio::time::Instant;

use crate::{App, Operation, operation::event_operation};

/// Every five minutes.
pub const OPERATION: Operation = event_operation!("sweep-expired", sweep_expired);

/// How many due items of each kind one look takes from each shard.
const PER_LOOK: u32 = 25;

/// How long one sweep goes on looking; what is left is due at the next.
const BUDGET: Duration = Duration::from_secs(7);

/// What a sweep did.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
struct Swept {
    links_settled: usize,
    links_expired: usize,
    reservations_lapsed: usize,
    mails_requeued: usize,
    failed: usize,
}

async fn sweep_expired(app: App, _event: serde_json::Value) -> Result<Swept, Error> {
    let deadline = Instant::now() + BUDGET;
    let mut swept = Swept::default();
    while Instant::now() < deadline {
        if !look(&app, &mut swept).await? {
            break;
        }
    }
    tracing::info!(?swept, "swept");
    Ok(swept)
}

/// Works off what one look finds. Gives whether another look may find more.
async fn look(app: &App, swept: &mut Swept) -> Result<bool, StoreError> {
    let work = app.store.due_work(PER_LOOK).await?;
    let before = swept.done();
    for (organization, link) in work.links {
        let done = tend(app, organization, link, swept).await;
        swept.note("link", done);
    }
    let mut released: Vec<Enrollment> = Vec::new();
    for (member, link) in work.reservations {
        let lapsed = app.store.lapse(member, link).await.map(|lapsed| {
            swept.reservations_lapsed += usize::from(lapsed.is_some());
            released.extend(lapsed);
        });
        swept.note("reservation", lapsed);
    }
    released.sort_unstable_by_key(|enrollment| enrollment.link);
    released.dedup_by_key(|enrollment| enrollment.link);
    for enrollment in released {
        let dealt = app.store.seats_released(&enrollment).await;
        swept.note("seats", dealt);
    }
    for mail in work.mails {
        let requeued = app.store.requeue_mail(mail).await;
        let requeued = requeued.map(|requeued| swept.mails_requeued += usize::from(requeued));
        swept.note("mail", requeued);
    }
    Ok(swept.done() > before)
}

async fn tend(app: &App, organization: OrganizationId, link: LinkId, swept: &mut Swept) -> Result<(), StoreError> {
    let unsettled = app.store.link(organization, link).await?.is_some_and(|link| link.gate.unsettled);
    if unsettled {
        app.store.settle(organization, link).await?;
        swept.links_settled += 1;
    }
    swept.links_expired += usize::from(app.store.note_expiry(organization, link).await?);
    Ok(())
}

impl Swept {
    fn done(&self) -> usize {
        self.links_settled + self.links_expired + self.reservations_lapsed + self.mails_requeued
    }

    /// One thing that could not be tidied keeps the others waiting for nothing: it is due again at the next sweep.
    fn note(&mut self, what: &str, done: Result<(), StoreError>) {
        if let Err(error) = done {
            self.failed += 1;
            tracing::error!(what, error = crate::causes::causes(&error), "could not be tidied");
        }
    }
}
