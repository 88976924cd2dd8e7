//! A process that dies in the middle of a call.

use std::future::Future;

use futures::future::join;

use super::World;
use crate::fault_proxy::{Boundary, Matching, Moment};

impl World {
    /// Makes a call whose process dies right after the write that `sought` matches was applied: none of its later calls reaches the
    /// table. Afterwards all processes work again.
    pub async fn dies_behind(&self, sought: Matching, call: impl Future) {
        let mut last = self.proxy.hold_next_at(sought, Moment::Applied);
        let dying = async {
            last.reached().await;
            self.proxy.kill_at(0, Boundary::Before);
            last.release();
        };
        let _ = join(call, dying).await;
        self.proxy.revive();
    }
}
