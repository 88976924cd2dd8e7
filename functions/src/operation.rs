//! What an operation is to those that run it: a name and a function from event to answer.

use std::{future::Future, pin::Pin};

use lambda_runtime::{Error, LambdaEvent};
use serde_json::Value;

use crate::App;

/// The answer to come.
pub type Invocation = Pin<Box<dyn Future<Output = Result<Value, Error>> + Send>>;

/// One operation: what stands behind one Lambda function.
#[derive(Clone, Copy)]
pub struct Operation {
    /// The name it has everywhere: binary, template, event files.
    pub name: &'static str,
    /// Whether it makes something, once for each `Idempotency-Key`.
    pub creates_once: bool,
    /// Handles one event, given as the JSON that Lambda would deliver, and gives the JSON that Lambda would take back.
    pub invoke: fn(App, LambdaEvent<Value>) -> Invocation,
}

/// An operation behind an API Gateway HTTP API route.
macro_rules! http_operation {
    ($name:literal, $handler:path) => {
        $crate::Operation {
            name: $name,
            creates_once: false,
            invoke: |app, event| Box::pin($crate::http::serve(app, event, $handler)),
        }
    };
}

/// An operation behind a route of the HTTP API that makes something, once for each `Idempotency-Key`. `$caller` of [`crate::auth`]
/// says who may; the handler is told who does, and how its answer is kept.
macro_rules! creating_operation {
    ($name:literal, $caller:path, $handler:path) => {
        $crate::Operation {
            name: $name,
            creates_once: true,
            invoke: |app, event| {
                Box::pin($crate::http::serve(app, event, |app, request| async move {
                    let caller = $caller(&app, &request).await?;
                    $crate::idempotency::once(app, request, caller, $handler).await
                }))
            },
        }
    };
}

/// An operation behind any other trigger: the event's own type in, any serializable type out.
macro_rules! event_operation {
    ($name:literal, $handler:path) => {
        $crate::Operation {
            name: $name,
            creates_once: false,
            invoke: |app, event| Box::pin($crate::operation::serve_event(app, event, $handler)),
        }
    };
}

pub(crate) use {creating_operation, event_operation, http_operation};

/// Parses the event, runs the handler, serializes what it gives.
pub(crate) async fn serve_event<E, O, H, F>(app: App, event: LambdaEvent<Value>, handler: H) -> Result<Value, Error>
where
    E: serde::de::DeserializeOwned,
    O: serde::Serialize,
    H: Fn(App, E) -> F,
    F: Future<Output = Result<O, Error>>,
{
    let output = handler(app, serde_json::from_value(event.payload)?).await?;
    Ok(serde_json::to_value(output)?)
}
