//! A proxy between the AWS SDK and any DynamoDB engine that does what DynamoDB does and engines on a laptop don't:
//! transactions conflict, throughput runs out, calls time out, answers are lost, and the process dies between calls.
//!
//! It speaks DynamoDB JSON 1.0, knows that a key is `PK` and `SK`, and nothing else about the table. Everything is off
//! until it is asked for: by chance ([`FaultProxy::set_plan`]), for one call ([`FaultProxy::fail_next`],
//! [`FaultProxy::hold_next`]), or at a call boundary ([`FaultProxy::kill_at`]). It always records.

mod answers;
mod chance;
mod exchange;
mod held;
mod permissions;
mod plan;
mod recorder;
mod script;
#[cfg(test)]
mod tests;
mod touched;

use std::{
    io,
    sync::{Arc, PoisonError, RwLock},
};

pub use permissions::Permission;
pub use plan::{Boundary, Fault, FaultPlan, Hold, Matching, Moment};
pub use recorder::{Call, Calls, Capacity, Fate, Mark};
pub use script::Pause;

use crate::loopback::{self, Served};
use exchange::Upstream;
use held::HeldItems;
use recorder::Recorder;
use script::Script;

/// A running proxy. It stops when this is dropped.
#[derive(Debug)]
pub struct FaultProxy {
    served: Served,
    state: Arc<State>,
}

/// What the calls through one proxy share.
#[derive(Debug)]
struct State {
    upstream: Upstream,
    /// Shared with the other proxies of the same engine.
    held: Arc<HeldItems>,
    seed: u64,
    plan: RwLock<Arc<FaultPlan>>,
    script: Script,
    recorder: Recorder,
}

impl FaultProxy {
    /// A proxy before the engine at `endpoint`; `seed` decides the faults that come by chance.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(endpoint: &str, seed: u64) -> io::Result<Self> {
        Self::serve(Upstream::new(endpoint), Arc::default(), seed)
    }

    /// A second proxy before the same engine, with faults, a life and a record of its own. The items held are common:
    /// calls through one conflict with calls through the other. It stands for a second process.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn beside(&self, seed: u64) -> io::Result<Self> {
        Self::serve(self.state.upstream.clone(), Arc::clone(&self.state.held), seed)
    }

    fn serve(upstream: Upstream, held: Arc<HeldItems>, seed: u64) -> io::Result<Self> {
        let state = Arc::new(State {
            upstream,
            held,
            seed,
            plan: RwLock::default(),
            script: Script::default(),
            recorder: Recorder::default(),
        });
        let served = loopback::serve({
            let state = Arc::clone(&state);
            move |request| exchange::run(Arc::clone(&state), request)
        })?;
        Ok(Self { served, state })
    }

    /// Where it listens, for `endpoint_url` or `AWS_ENDPOINT_URL_DYNAMODB`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.served.url()
    }

    /// From now on faults come by chance as `plan` says; `FaultPlan::default()` ends them.
    pub fn set_plan(&self, plan: FaultPlan) {
        *self.state.plan.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(plan);
    }

    /// Gives `fault` to the next call that matches, once.
    pub fn fail_next(&self, matching: impl Into<Matching>, fault: Fault) {
        self.state.script.order_fault(matching.into(), fault);
    }

    /// Makes the next call that matches wait as it arrives.
    #[must_use = "dropping the pause releases the call"]
    pub fn hold_next(&self, matching: impl Into<Matching>) -> Pause {
        self.hold_next_at(matching, Moment::Arrived)
    }

    /// Makes the next call that matches wait at `moment`.
    #[must_use = "dropping the pause releases the call"]
    pub fn hold_next_at(&self, matching: impl Into<Matching>, moment: Moment) -> Pause {
        self.state.script.order_pause(matching.into(), moment)
    }

    /// The process dies at the `nth` call from now (1 is the next one), before or after the engine applies it. That
    /// call finds the connection closed, and every later one is refused, until [`FaultProxy::revive`]. `nth` 0: it is dead at once.
    ///
    /// The client under test goes on living and may retry. The refusal is one after which it gives up, so that no test has to give
    /// it little time for that.
    pub fn kill_at(&self, nth: u64, boundary: Boundary) {
        self.state.script.die_at(nth, boundary);
    }

    /// Ends the death, or calls off one that has not happened.
    pub fn revive(&self) {
        self.state.script.revive();
    }

    /// Whether the process is taken for dead.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.state.script.is_dead()
    }

    /// Calls that arrived so far, the failed ones included: the boundaries of an operation are counted with it.
    #[must_use]
    pub fn calls_seen(&self) -> u64 {
        self.state.script.seen()
    }

    /// This moment in the record.
    #[must_use]
    pub fn mark(&self) -> Mark {
        self.state.recorder.mark()
    }

    /// The calls that ended since `mark`.
    #[must_use]
    pub fn since(&self, mark: Mark) -> Calls {
        self.state.recorder.since(mark)
    }

    /// Items held at this moment, by calls through this proxy and those beside it.
    #[must_use]
    pub fn items_held(&self) -> usize {
        self.state.held.count()
    }
}
