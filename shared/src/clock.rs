//! Time comes in from outside, so that a test can set it.

use std::sync::atomic::{AtomicI64, Ordering};

use crate::domain::Timestamp;

/// Tells the present moment.
pub trait Clock: Send + Sync + 'static {
    /// The present moment, to the millisecond.
    fn now(&self) -> Timestamp;
}

/// The machine's own clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::from(chrono::Utc::now())
    }
}

/// A clock that runs with the machine's but can be moved, for tests.
#[derive(Debug, Default)]
pub struct ShiftedClock {
    shift_ms: AtomicI64,
}

impl ShiftedClock {
    /// Moves the clock by `delta`; a negative one moves it back.
    pub fn advance(&self, delta: chrono::TimeDelta) {
        self.shift_ms.fetch_add(delta.num_milliseconds(), Ordering::SeqCst);
    }
}

impl Clock for ShiftedClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().plus(chrono::TimeDelta::milliseconds(self.shift_ms.load(Ordering::SeqCst)))
    }
}
