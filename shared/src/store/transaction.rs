//! Transactions: all their writes or none, and which condition refused them.

use std::time::Duration;

use aws_sdk_dynamodb::{operation::update_item::UpdateItemError, types::ReturnValue};
use tokio::time::Instant;

use super::{
    Store, StoreError,
    deadline::last_attempt,
    error::{TRY_AGAIN, cancellation},
    idempotency::AnswerWrite,
};
use crate::{
    domain::GivenAnswer,
    random::random_bytes,
    table::{Item, Write},
};

/// How a transaction ended.
#[derive(Debug)]
pub(super) enum Commit {
    /// Everything was written.
    Done,
    /// At least one condition failed; nothing was written. Per write, in order: whether its condition failed, and the item it
    /// met (empty where there was none).
    Refused(Vec<Option<Item>>),
    /// Another transaction held an item, or the table asked to slow down; nothing was written.
    Conflict,
}

/// The longest pause between two attempts.
const LONGEST_PAUSE: Duration = Duration::from_millis(320);
/// The longest pause before the second attempt.
const FIRST_PAUSE: Duration = Duration::from_millis(10);

/// The patience of one change: how often it paused, and when it must end.
#[derive(Debug)]
pub(super) struct Patience {
    deadline: Instant,
    pauses: u32,
}

impl Patience {
    /// When the change must end.
    pub(super) fn deadline(&self) -> Instant {
        self.deadline
    }
}

impl Store {
    /// Commits `writes`, at most 100.
    pub(super) async fn commit(&self, writes: Vec<Write>) -> Result<Commit, StoreError> {
        let items = writes.into_iter().map(|write| write.into_transact_item(&self.table)).collect();
        let sent = self.client.transact_write_items().set_transact_items(Some(items)).send().await;
        let Err(error) = sent else { return Ok(Commit::Done) };
        let Some(reasons) = cancellation(&error) else { return Err(error.into()) };
        let refused: Vec<Option<Item>> = reasons
            .iter()
            .map(|reason| {
                (reason.code() == Some("ConditionalCheckFailed")).then(|| reason.item().cloned().unwrap_or_default())
            })
            .collect();
        if refused.iter().any(Option::is_some) {
            return Ok(Commit::Refused(refused));
        }
        let try_again = |code: &str| {
            code == "TransactionConflict" || TRY_AGAIN.contains(&code) || code == "ProvisionedThroughputExceeded"
        };
        if reasons.iter().filter_map(|reason| reason.code()).any(try_again) {
            return Ok(Commit::Conflict);
        }
        Err(error.into())
    }

    /// A fresh patience, good for the store's time budget, or for what is left of the caller's time where that is less.
    pub(super) fn patience(&self) -> Patience {
        Patience { deadline: last_attempt(self.settings.budget), pauses: 0 }
    }

    /// Pauses with full jitter, longer each time.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] once the time budget is used up.
    pub(super) async fn pause(&self, patience: &mut Patience) -> Result<(), StoreError> {
        let longest = FIRST_PAUSE.saturating_mul(1 << patience.pauses.min(8)).min(LONGEST_PAUSE);
        patience.pauses += 1;
        let pause = longest.mul_f64(self.fraction());
        if Instant::now() + pause >= patience.deadline {
            return Err(StoreError::contended());
        }
        tokio::time::sleep(pause).await;
        Ok(())
    }

    /// A random number from 0 up to 1.
    pub(super) fn fraction(&self) -> f64 {
        f64::from(u32::from_le_bytes(random_bytes(&*self.random))) / (f64::from(u32::MAX) + 1.0)
    }

    /// One of `choices`, each as likely as the others; `choices` is not empty.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction of a small length")]
    #[expect(clippy::cast_precision_loss, reason = "there are at most 64 lots")]
    pub(super) fn choose<T: Copy>(&self, choices: &[T]) -> T {
        choices[(self.fraction() * choices.len() as f64) as usize]
    }

    /// Sends an update of its own. Gives the item after it, or the item that its condition met; conflicts and throttling are met
    /// with a pause and another attempt.
    pub(super) async fn update(&self, write: Write) -> Result<Result<Item, Item>, StoreError> {
        let mut patience = self.patience();
        loop {
            let request = write.clone().into_update_item(&self.client, &self.table);
            let error = match request.return_values(ReturnValue::AllNew).send().await {
                Ok(updated) => return Ok(Ok(updated.attributes.unwrap_or_default())),
                Err(error) => error,
            };
            if let Some(UpdateItemError::ConditionalCheckFailedException(refused)) = error.as_service_error() {
                return Ok(Err(refused.item.clone().unwrap_or_default()));
            }
            let error = StoreError::from(error);
            if !error.is_transient() {
                return Err(error);
            }
            self.pause(&mut patience).await?;
        }
    }

    /// Commits a write that needs no reading and does the same when repeated.
    pub(super) async fn retry_write(&self, write: Write) -> Result<(), StoreError> {
        let write = &write;
        self.retry(|_| async move { Ok(Plan::Write(vec![write.clone()], ())) }).await
    }

    /// Commits what `plan` gives, anew for every attempt, until it is written or `plan` ends it; conflicts and refused
    /// conditions are met with a pause and a new plan, which reads again. A plan is told whether an earlier attempt of this call
    /// got no answer, so that what it now finds may be its own work.
    pub(super) async fn retry<T, F>(&self, plan: impl Fn(Unanswered) -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<Plan<T>, StoreError>>,
    {
        self.retry_once(|_| None, plan).await
    }

    /// As [`Self::retry`] does, and writes with an outcome the answer that `answer` has for it, if any. There is one answer for a
    /// creation under a key, so that it is written once.
    ///
    /// # Errors
    /// [`StoreError::Repeated`] when another call has written it.
    pub(super) async fn retry_once<T, F>(
        &self,
        answer: impl Fn(&T) -> Option<GivenAnswer>,
        plan: impl Fn(Unanswered) -> F,
    ) -> Result<T, StoreError>
    where
        F: Future<Output = Result<Plan<T>, StoreError>>,
    {
        let mut patience = self.patience();
        let mut unanswered = Unanswered(false);
        loop {
            match plan(unanswered).await {
                Ok(Plan::End(outcome)) => return Ok(outcome),
                Ok(Plan::Write(mut writes, outcome)) => {
                    let now = self.clock.now();
                    let kept = answer(&outcome).map(|answer| AnswerWrite::new(&answer, now)).transpose()?;
                    writes.extend(kept.as_ref().map(AnswerWrite::write));
                    if writes.is_empty() {
                        return Ok(outcome);
                    }
                    match self.commit(writes).await {
                        Ok(Commit::Done) => return Ok(outcome),
                        Ok(Commit::Refused(met)) if kept.is_some_and(|kept| kept.met_another(&met)) => {
                            return Err(StoreError::Repeated);
                        }
                        Ok(Commit::Refused(_) | Commit::Conflict) => {}
                        // Whether it was applied is not known: the next plan reads what is there.
                        Err(error) if error.is_transient() => unanswered = Unanswered(true),
                        Err(error) => return Err(error),
                    }
                }
                Err(error) if error.is_transient() => {}
                Err(error) => return Err(error),
            }
            self.pause(&mut patience).await?;
        }
    }
}

/// Whether an earlier attempt of the same call may have been written, its answer having been lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unanswered(pub bool);

/// What an attempt wants to do, after it has read.
#[derive(Debug)]
pub(super) enum Plan<T> {
    /// Write this, and if it is written end with that. Where nothing is to be written but an answer, the writes are none.
    Write(Vec<Write>, T),
    /// There is nothing to write.
    End(T),
}
