//! Deliveries: one event on its way to one webhook, claimed by one sender at a time.

use chrono::TimeDelta;

use super::{Page, PageKey, Store, StoreError, listing::Listing, transaction::Plan, webhooks::save_webhook};
use crate::{
    domain::{
        Attempt, DELIVERY_KEEP, Delivery, DeliveryState, Event, EventId, OrganizationId, Timestamp, Webhook, WebhookId,
        WebhookState, spread,
    },
    table::{Write, from_item, keys, to_item},
};

/// The longest that a delivery waits for another one before it looks again.
const PUT_OFF_MAX: TimeDelta = TimeDelta::hours(1);

/// What an admin's order to send a delivery again came to.
#[derive(Debug, Clone, PartialEq)]
pub enum RedeliverOutcome {
    /// It is queued.
    Queued(Box<Delivery>),
    /// The webhook has no such delivery.
    NotFound,
    /// The webhook is inactive: nothing goes to it.
    Inactive,
}

impl Store {
    /// The delivery of an event to a webhook, from now on: at once, or once others that failed have been tried again.
    #[must_use]
    pub fn new_delivery(&self, webhook: &Webhook, event: &Event, body: String, by_hand: bool) -> Delivery {
        let now = self.clock.now();
        let mut delivery = Delivery {
            id: event.id,
            webhook: webhook.id,
            organization: webhook.organization,
            kind: event.kind,
            body,
            state: DeliveryState::Queued,
            attempts: 0,
            by_hand,
            created_at: now,
            last: None,
            next_attempt_at: Some(now.plus(self.settings.mail_grace)),
            revision: 1,
            delete_after: now.plus(DELIVERY_KEEP).epoch_seconds(),
        };
        if let Some(at) = webhook.shut_until(now).filter(|_| !by_hand) {
            delivery.wait(self.after(at));
        }
        delivery
    }

    /// Writes a new delivery, unless it is there.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn add_delivery(&self, delivery: &Delivery) -> Result<(), StoreError> {
        self.retry(|_| async move {
            if self.delivery(delivery.webhook, delivery.id).await?.is_some() {
                return Ok(Plan::End(()));
            }
            Ok(Plan::Write(vec![Write::put(to_item(delivery)?).when("attribute_not_exists(#PK)")], ()))
        })
        .await
    }

    /// A delivery.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn delivery(&self, webhook: WebhookId, id: EventId) -> Result<Option<Delivery>, StoreError> {
        self.get(keys::delivery(webhook, id)).await
    }

    /// A webhook's deliveries: those that were given up, those that were taken, those that are open, the newest of each first; or
    /// only those of one of the three, by [`DeliveryState::rank`].
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn list_deliveries(
        &self,
        webhook: WebhookId,
        rank: Option<u8>,
        limit: u32,
        after: Option<PageKey>,
    ) -> Result<Page<Delivery>, StoreError> {
        let listing = Listing {
            index: Some(keys::LISTS),
            partition: keys::deliveries_of(webhook),
            range: rank.map(|rank| (format!("{rank}#"), format!("{rank}$"))),
            descending: true,
            limit: Some(limit),
            after,
            ..Listing::default()
        };
        let Page { items, next } = self.list(&listing).await?;
        Ok(Page { items: items.into_iter().map(from_item).collect::<Result<_, _>>()?, next })
    }

    /// Claims a delivery for one sender, `lease` long. Gives nothing when there is nothing to send now: it has ended, another
    /// sender has it, its webhook takes nothing, or it waits on one that failed.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn claim_delivery(
        &self,
        webhook: WebhookId,
        id: EventId,
        lease: TimeDelta,
    ) -> Result<Option<(Webhook, Delivery)>, StoreError> {
        self.retry(|_| async move {
            let now = self.clock.now();
            let claimable = |delivery: &Delivery| delivery.state == DeliveryState::Queued || is_due(delivery, now);
            let Some(read) = self.delivery(webhook, id).await?.filter(claimable) else { return Ok(Plan::End(None)) };
            let mut delivery = read.clone();
            let mut give_up = |reason: &str| {
                delivery.end(DeliveryState::Failed, Attempt { at: now, status: None, reason: Some(reason.to_owned()) });
                Ok(Plan::Write(vec![save(&read, &mut delivery)?], None))
            };
            let Some(mut hook) = self.webhook(read.organization, webhook).await? else {
                return give_up("webhook_deleted");
            };
            if hook.state == WebhookState::Inactive {
                return give_up("webhook_inactive");
            }
            if read.is_exhausted() {
                return give_up("no_answer");
            }
            let mut writes = Vec::new();
            if !read.by_hand {
                if let Some(at) = hook.shut_until(now) {
                    delivery.wait(self.after(at));
                    return Ok(Plan::Write(vec![save(&read, &mut delivery)?], None));
                }
                if hook.is_probed() {
                    let seen = hook.clone();
                    hook.begin_probe(now.plus(lease));
                    writes.push(save_webhook(&seen, &mut hook)?);
                }
            }
            delivery.claim(now.plus(lease));
            writes.push(save(&read, &mut delivery)?);
            Ok(Plan::Write(writes, Some((hook, delivery))))
        })
        .await
    }

    /// Records how an attempt ended, on the delivery if the claim still holds, and on its webhook, as it was claimed with it. If that
    /// goes elsewhere by now, what its old receiver did says nothing of the new one.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn end_attempt(
        &self,
        hook: &Webhook,
        claimed: &Delivery,
        attempt: &Attempt,
        gone: bool,
    ) -> Result<(), StoreError> {
        let delivered = attempt.reason.is_none();
        self.retry(|_| async move {
            let found = self.delivery(claimed.webhook, claimed.id).await?;
            let Some(read) = found.filter(|found| found.revision == claimed.revision) else {
                return Ok(Plan::End(()));
            };
            let mut delivery = read.clone();
            if delivered {
                delivery.end(DeliveryState::Delivered, attempt.clone());
            } else if gone {
                delivery.end(DeliveryState::Failed, attempt.clone());
            } else {
                delivery.failed(attempt.clone(), self.fraction());
            }
            Ok(Plan::Write(vec![save(&read, &mut delivery)?], ()))
        })
        .await?;
        let probe = hook.is_probed() && !claimed.by_hand;
        let note = |webhook: &mut Webhook| match delivered {
            _ if webhook.url != hook.url => {}
            true => webhook.succeeded(),
            false => webhook.failed(attempt.at, gone, probe),
        };
        self.note_on_webhook(claimed.organization, claimed.webhook, note).await
    }

    /// Queues a delivery that is due, or lets it wait on if its webhook takes one at a time. Gives whether it was queued.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn requeue_delivery(&self, webhook: WebhookId, id: EventId) -> Result<bool, StoreError> {
        self.retry(|_| async move {
            let now = self.clock.now();
            let Some(read) = self.delivery(webhook, id).await?.filter(|delivery| is_due(delivery, now)) else {
                return Ok(Plan::End(false));
            };
            let mut delivery = read.clone();
            let hook = self.webhook(read.organization, webhook).await?;
            let shut = hook.and_then(|hook| hook.shut_until(now)).filter(|_| !read.by_hand);
            match shut {
                Some(at) => delivery.wait(self.after(at)),
                None => delivery.queue(now.plus(self.settings.mail_grace)),
            }
            Ok(Plan::Write(vec![save(&read, &mut delivery)?], shut.is_none()))
        })
        .await
    }

    /// Sends a delivery again from the beginning, as an admin wants it. One that a sender has is left to it.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn redeliver(
        &self,
        organization: OrganizationId,
        webhook: WebhookId,
        id: EventId,
    ) -> Result<RedeliverOutcome, StoreError> {
        self.retry(|_| async move {
            let now = self.clock.now();
            let Some(hook) = self.webhook(organization, webhook).await? else {
                return Ok(Plan::End(RedeliverOutcome::NotFound));
            };
            let Some(read) = self.delivery(webhook, id).await? else {
                return Ok(Plan::End(RedeliverOutcome::NotFound));
            };
            if hook.state == WebhookState::Inactive {
                return Ok(Plan::End(RedeliverOutcome::Inactive));
            }
            if matches!(read.state, DeliveryState::Queued | DeliveryState::Sending) {
                return Ok(Plan::End(RedeliverOutcome::Queued(Box::new(read))));
            }
            let mut delivery = read.clone();
            (delivery.attempts, delivery.by_hand) = (0, true);
            delivery.delete_after = now.plus(DELIVERY_KEEP).epoch_seconds();
            delivery.queue(now.plus(self.settings.mail_grace));
            let write = save(&read, &mut delivery)?;
            Ok(Plan::Write(vec![write], RedeliverOutcome::Queued(Box::new(delivery))))
        })
        .await
    }

    /// A moment after `at`, up to a minute: those who wait for the same do not come at once. If that is long, they look in between: an
    /// admin may have had the receiver tried, and it took that.
    fn after(&self, at: Timestamp) -> Timestamp {
        let at = at.min(self.clock.now().plus(PUT_OFF_MAX));
        at.plus(spread(TimeDelta::minutes(5), self.fraction()) - TimeDelta::minutes(5))
    }
}

fn is_due(delivery: &Delivery, now: Timestamp) -> bool {
    !delivery.state.has_ended() && delivery.next_attempt_at.is_some_and(|at| at <= now)
}

/// Puts a delivery in the place of the one that was read.
fn save(read: &Delivery, delivery: &mut Delivery) -> Result<Write, StoreError> {
    delivery.revision = read.revision + 1;
    Ok(Write::put(to_item(delivery)?).when("#revision = :revision_read").value(":revision_read", read.revision))
}
