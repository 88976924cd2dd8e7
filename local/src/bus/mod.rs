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

use crate::{invoker::Invoker, template::Rule};

pub use recorder::Recorder;

pub(crate) use api::serve;
pub(crate) use pages::show;

/// The bus that the services of AWS put their events on.
pub(crate) const DEFAULT: &str = "default";

/// How many calls are under way at a time.
const SIDE_BY_SIDE: usize = 32;

/// An event, and the name of the bus it was put on.
pub(crate) type Put = (String, Value);

/// Hands events to the bus.
pub(crate) type Publisher = mpsc::UnboundedSender<Put>;

/// A bus, and where events are put on it.
pub(crate) fn open() -> (Publisher, mpsc::UnboundedReceiver<Put>) {
    mpsc::unbounded_channel()
}

/// Calls, for each event, every function one of whose rules it matches. Failures are logged; a call is not repeated: what it was
/// to do is found by the sweep.
pub(crate) fn run(mut events: mpsc::UnboundedReceiver<Put>, rules: Vec<(Rule, Invoker)>) -> JoinHandle<()> {
    tokio::spawn(async move {
        let room = Arc::new(Semaphore::new(SIDE_BY_SIDE));
        let mut calls = JoinSet::new();
        while let Some((bus, event)) = events.recv().await {
            for (_, invoker) in rules.iter().filter(|(rule, _)| rule.bus == bus && rule.pattern.matches(&event)) {
                let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
                let (invoker, event) = (invoker.clone(), event.clone());
                calls.spawn(async move {
                    if let Err(failure) = invoker.call(&uuid::Uuid::new_v4().to_string(), event).await {
                        tracing::error!(operation = invoker.operation(), "an event was not taken: {failure}");
                    }
                    drop(place);
                });
            }
            while calls.try_join_next().is_some() {}
        }
    })
}
