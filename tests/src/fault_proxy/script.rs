//! What a test has ordered for particular calls: faults, pauses, and the call at which the process dies.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::oneshot, time::timeout};

use super::plan::{Boundary, Fault, Matching, Moment};
use crate::engine::patience;

/// How long a test waits for a call to come to a pause before it is told that none came.
const PATIENCE: Duration = Duration::from_secs(20);

/// The orders that stand.
#[derive(Debug, Default)]
pub(super) struct Script(Mutex<Orders>);

#[derive(Debug, Default)]
struct Orders {
    faults: Vec<(Matching, Fault)>,
    pauses: Vec<(Matching, Moment, Stop)>,
    seen: u64,
    dies_at: Option<(u64, Boundary)>,
    dead: bool,
}

/// Whether a call may go on, as far as the life of the process goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    /// It is the call of this number.
    Alive(u64),
    /// It is applied, and then the process is dead.
    LastBreath(u64),
    /// It never reaches the engine, and the process is dead.
    Dying,
    /// The process was dead when it arrived.
    Dead,
}

impl Script {
    fn lock(&self) -> MutexGuard<'_, Orders> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a call that arrived.
    pub(super) fn arrive(&self) -> Life {
        let mut orders = self.lock();
        orders.seen += 1;
        let seen = orders.seen;
        if orders.dead {
            return Life::Dead;
        }
        match orders.dies_at {
            Some((last, boundary)) if seen >= last => {
                orders.dead = true;
                if boundary == Boundary::After { Life::LastBreath(seen) } else { Life::Dying }
            }
            _ => Life::Alive(seen),
        }
    }

    pub(super) fn seen(&self) -> u64 {
        self.lock().seen
    }

    pub(super) fn is_dead(&self) -> bool {
        self.lock().dead
    }

    pub(super) fn die_at(&self, nth: u64, boundary: Boundary) {
        let mut orders = self.lock();
        orders.dead = nth == 0;
        orders.dies_at = Some((orders.seen + nth, boundary));
    }

    pub(super) fn revive(&self) {
        let mut orders = self.lock();
        orders.dead = false;
        orders.dies_at = None;
    }

    pub(super) fn order_fault(&self, matching: Matching, fault: Fault) {
        self.lock().faults.push((matching, fault));
    }

    /// Takes the first fault ordered for such a call.
    pub(super) fn take_fault(&self, operation: &str, body: &[u8]) -> Option<Fault> {
        let mut orders = self.lock();
        let at = orders.faults.iter().position(|(matching, _)| matching.matches(operation, body))?;
        Some(orders.faults.remove(at).1)
    }

    pub(super) fn order_pause(&self, matching: Matching, moment: Moment) -> Pause {
        let (reach, reached) = oneshot::channel();
        let (release, released) = oneshot::channel();
        self.lock().pauses.push((matching, moment, Stop { reach, released }));
        Pause { reached, release }
    }

    /// Makes the call wait when a pause was ordered for it at this moment.
    pub(super) async fn wait(&self, operation: &str, body: &[u8], moment: Moment) {
        let stop = {
            let mut orders = self.lock();
            let wanted =
                |(matching, when, _): &(Matching, Moment, Stop)| *when == moment && matching.matches(operation, body);
            orders.pauses.iter().position(wanted).map(|at| orders.pauses.remove(at).2)
        };
        if let Some(Stop { reach, released }) = stop {
            // A test that dropped its end of the pause waits for nothing and has released the call.
            reach.send(()).ok();
            released.await.ok();
        }
    }
}

/// The call's end of a pause.
#[derive(Debug)]
struct Stop {
    reach: oneshot::Sender<()>,
    released: oneshot::Receiver<()>,
}

/// The test's end of a pause. Dropping it releases the call.
#[derive(Debug)]
pub struct Pause {
    reached: oneshot::Receiver<()>,
    release: oneshot::Sender<()>,
}

impl Pause {
    /// Waits until a call has come to the pause.
    ///
    /// # Panics
    /// When none comes within twenty seconds, or as many times more as an engine that runs elsewhere may take.
    pub async fn reached(&mut self) {
        timeout(patience(PATIENCE), &mut self.reached)
            .await
            .expect("a call comes to the pause")
            .expect("the proxy is running");
    }

    /// Lets the call go on.
    pub fn release(self) {
        // The call may have gone already, with its proxy.
        self.release.send(()).ok();
    }
}
