//! The event bus, as far as it is used here: what the mailbox says about a mail reaches the functions whose rule it matches.

use serde_json::Value;
use tokio::{sync::mpsc, task::JoinHandle};

use crate::{invoker::Invoker, template::Filter};

/// Hands events to the bus.
pub(crate) type Publisher = mpsc::UnboundedSender<Value>;

/// A bus, and where events are put on it.
pub(crate) fn open() -> (Publisher, mpsc::UnboundedReceiver<Value>) {
    mpsc::unbounded_channel()
}

/// Calls, for each event, every function one of whose rules it matches. Failures are logged; a call is not repeated.
pub(crate) fn run(mut events: mpsc::UnboundedReceiver<Value>, rules: Vec<(Filter, Invoker)>) -> JoinHandle<()> {
    tokio::spawn(async move {
        while let Some(event) = events.recv().await {
            for (_, invoker) in rules.iter().filter(|(rule, _)| rule.matches(&event)) {
                if let Err(failure) = invoker.call(&uuid::Uuid::new_v4().to_string(), event.clone()).await {
                    tracing::error!(operation = invoker.operation(), "an event was not taken: {failure}");
                }
            }
        }
    })
}
