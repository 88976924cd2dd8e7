//! The event bus: takes events as EventBridge does, keeps what others are told, and calls every function one of whose rules an
//! event matches.

mod api;
mod pages;
mod recorder;

use std::sync::Arc;

use serde_json::Value;
use tokio::{
    sync::{Semaphore, mpsc},
    task::{JoinHandle, JoinSet},
};

use crate::{
    invoker::Invoker,
    rest::{Rest, Work},
    template::Rule,
};

pub use recorder::Recorder;

pub(crate) use api::serve;
pub(crate) use pages::show;

/// The bus that the services of AWS put their events on.
pub(crate) const DEFAULT: &str = "default";

/// How many calls are under way at a time.
const SIDE_BY_SIDE: usize = 32;

/// An event on its way.
pub(crate) struct Put {
    /// The name of the bus it was put on.
    bus: String,
    event: Value,
    /// Until every call that it leads to has come to an end.
    work: Work,
}

/// Hands events to the bus.
#[derive(Clone)]
pub(crate) struct Publisher {
    events: mpsc::UnboundedSender<Put>,
    rest: Rest,
}

impl Publisher {
    /// Puts an event on the bus of this name.
    pub(crate) fn put(&self, bus: &str, event: Value) {
        // Nobody listens any more when the system ends.
        let _ = self.events.send(Put { bus: bus.to_owned(), event, work: self.rest.begin() });
    }
}

/// A bus, and where events are put on it. `rest` is told of what is under way.
pub(crate) fn open(rest: Rest) -> (Publisher, mpsc::UnboundedReceiver<Put>) {
    let (events, taken) = mpsc::unbounded_channel();
    (Publisher { events, rest }, taken)
}

/// Calls, for each event, every function one of whose rules it matches. Failures are logged; a call is not repeated: what it was
/// to do is found by the sweep.
pub(crate) fn run(mut events: mpsc::UnboundedReceiver<Put>, rules: Vec<(Rule, Invoker)>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let room = Arc::new(Semaphore::new(SIDE_BY_SIDE));
        let mut calls = JoinSet::new();
        while let Some(Put { bus, event, work }) = events.recv().await {
            for (_, invoker) in rules.iter().filter(|(rule, _)| rule.bus == bus && rule.pattern.matches(&event)) {
                let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
                let (invoker, event, work) = (invoker.clone(), event.clone(), work.clone());
                calls.spawn(async move {
                    if let Err(failure) = invoker.call(&uuid::Uuid::new_v4().to_string(), event).await {
                        tracing::error!(operation = invoker.operation(), "an event was not taken: {failure}");
                    }
                    drop((place, work));
                });
            }
            while calls.try_join_next().is_some() {}
        }
    })
}
