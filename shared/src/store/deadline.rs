//! The moment at which the work for a caller must be done, known to everything that the work does.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

tokio::task_local! {
    static UNTIL: Instant;
}

/// How long before that moment no further attempt is begun: its answer could not be waited for.
const LAST_ATTEMPT: Duration = Duration::from_secs(1);

/// The outcome of `work` if it is there by `until`. The work is dropped otherwise; whether its last write was applied is then not
/// known. Changes that meet conflicts or throttling give up early enough for their refusal to come in time.
pub async fn within<F: Future>(until: Instant, work: F) -> Option<F::Output> {
    UNTIL.scope(until, timeout_at(until, work)).await.ok()
}

/// The moment after which no attempt is begun: after `budget`, or earlier where the work must be done earlier.
pub(super) fn last_attempt(budget: Duration) -> Instant {
    let now = Instant::now();
    let own = now + budget;
    UNTIL.try_with(|until| own.min(until.checked_sub(LAST_ATTEMPT).unwrap_or(now))).unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn work_ends_in_time_or_is_dropped() {
        let soon = Duration::from_millis(50);
        assert_eq!(within(Instant::now() + soon, async { 1 }).await, Some(1));
        let began = Instant::now();
        assert_eq!(within(began + soon, std::future::pending::<()>()).await, None);
        assert!(began.elapsed() >= soon);
    }

    #[tokio::test]
    async fn the_last_attempt_is_early_enough_to_be_waited_for() {
        let budget = Duration::from_secs(6);
        let seconds = |at: Instant, now: Instant| (at - now).as_secs_f64().round();
        let now = Instant::now();
        assert_eq!(seconds(last_attempt(budget), now), 6.0);
        for (until, last) in [(9, 6.0), (5, 4.0), (1, 0.0), (0, 0.0)] {
            let given = UNTIL.scope(now + Duration::from_secs(until), async { last_attempt(budget) }).await;
            assert_eq!(seconds(given, now), last, "{until}");
        }
    }
}
