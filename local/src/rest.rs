//! Tells when what goes on behind the requests has come to rest: the readers of the stream, and the calls of the bus.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use futures::future::join_all;
use tokio::sync::{Notify, watch};

/// What a system's readers and its bus tell of themselves. Cloning is cheap: all clones are of one system.
#[derive(Clone, Default)]
pub(crate) struct Rest(Arc<Parts>);

#[derive(Default)]
struct Parts {
    readers: Mutex<Vec<Arc<Reader>>>,
    /// How much is under way.
    open: watch::Sender<usize>,
    /// How much was ever begun.
    begun: AtomicU64,
}

#[derive(Default)]
struct Reader {
    asked: AtomicU64,
    wake: Notify,
    /// The newest round that found nothing and began after this many had asked.
    empty: watch::Sender<u64>,
}

/// Something under way: it ends when its last clone is dropped.
#[derive(Clone)]
pub(crate) struct Work {
    _counted: Arc<Counted>,
}

struct Counted(Rest);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.open.send_modify(|open| *open -= 1);
    }
}

/// A reader's rounds.
pub(crate) struct Rounds(Arc<Reader>);

impl Rest {
    /// Something is under way until what this gives is dropped.
    pub(crate) fn begin(&self) -> Work {
        self.0.begun.fetch_add(1, Ordering::SeqCst);
        self.0.open.send_modify(|open| *open += 1);
        Work { _counted: Arc::new(Counted(self.clone())) }
    }

    /// One more reader.
    pub(crate) fn reader(&self) -> Rounds {
        let reader = Arc::<Reader>::default();
        self.0.readers.lock().unwrap_or_else(PoisonError::into_inner).push(reader.clone());
        Rounds(reader)
    }

    /// Comes back when nothing is under way, and each reader has looked in vain since.
    pub(crate) async fn reached(&self) {
        loop {
            self.idle().await;
            let begun = self.0.begun.load(Ordering::SeqCst);
            let readers = self.0.readers.lock().unwrap_or_else(PoisonError::into_inner).clone();
            join_all(readers.iter().map(|reader| reader.look())).await;
            // What a reader found has written anew, and another may have looked before.
            if self.0.begun.load(Ordering::SeqCst) == begun {
                return;
            }
        }
    }

    async fn idle(&self) {
        // The sender is held by `self`.
        let _ = self.0.open.subscribe().wait_for(|open| *open == 0).await;
    }
}

impl Reader {
    async fn look(&self) {
        let number = self.asked.fetch_add(1, Ordering::SeqCst) + 1;
        self.wake.notify_one();
        let _ = self.empty.subscribe().wait_for(|empty| *empty >= number).await;
    }
}

impl Rounds {
    /// A round begins; its number is for [`Self::found_nothing`].
    pub(crate) fn begin(&self) -> u64 {
        self.0.asked.load(Ordering::SeqCst)
    }

    /// The round found nothing.
    pub(crate) fn found_nothing(&self, round: u64) {
        self.0.empty.send_replace(round);
    }

    /// Comes back when somebody waits for a round, at once if it is so already.
    pub(crate) async fn asked_for(&self) {
        while self.0.asked.load(Ordering::SeqCst) <= *self.0.empty.borrow() {
            self.0.wake.notified().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn rest_is_reached_when_a_reader_has_looked_in_vain_and_nothing_is_under_way() {
        let rest = Rest::default();
        let rounds = rest.reader();
        let work = rest.begin();
        let waiting = tokio::spawn({
            let rest = rest.clone();
            async move { rest.reached().await }
        });
        rounds.found_nothing(rounds.begin());
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished(), "something is under way");
        drop(work);
        rounds.asked_for().await;
        let found = rest.begin();
        drop(found);
        rounds.found_nothing(rounds.begin());
        // What was found meanwhile may have written: another look.
        rounds.asked_for().await;
        assert!(!waiting.is_finished(), "it has not looked again");
        rounds.found_nothing(rounds.begin());
        waiting.await.unwrap();
    }
}
