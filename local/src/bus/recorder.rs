//! What others were told, kept to be looked at: the newest events since the start.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde_json::Value;

/// Beyond this the oldest go.
const KEPT: usize = 10_000;

/// The events that were put on the bus for others. Cloning is cheap: all clones show the same.
#[derive(Clone, Default)]
pub struct Recorder(Arc<Mutex<VecDeque<Value>>>);

impl Recorder {
    pub(super) fn add(&self, event: Value) {
        let mut events = self.events();
        if events.len() == KEPT {
            events.pop_front();
        }
        events.push_back(event);
    }

    /// Every event that is kept, in the order they came, as the bus has them.
    #[must_use]
    pub fn all(&self) -> Vec<Value> {
        self.events().iter().cloned().collect()
    }

    fn events(&self) -> MutexGuard<'_, VecDeque<Value>> {
        // A panic in between leaves no half event behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
