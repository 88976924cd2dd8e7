//! Calls one operation the way Lambda calls a function: with a context, a time limit, and apart from the caller.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use functions::{App, Operation};
use lambda_runtime::{Context, LambdaEvent};
use serde_json::Value;

use crate::template::Function;

/// One function, ready to be called. Cloning is cheap.
#[derive(Clone)]
pub struct Invoker(Arc<Parts>);

struct Parts {
    app: App,
    operation: Operation,
    timeout: Duration,
}

/// Why a call gave no answer.
#[derive(Debug)]
pub enum Failure {
    /// The operation answered with an error; its text.
    Error(String),
    /// It took longer than the function may, and was stopped.
    TimedOut,
    /// It panicked.
    Crashed,
}

impl Failure {
    /// A short word for logs.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Error(_) => "error",
            Self::TimedOut => "timed out",
            Self::Crashed => "crashed",
        }
    }
}

impl Invoker {
    /// A function of the template with the operation it runs.
    #[must_use]
    pub fn new(app: App, operation: Operation, function: &Function) -> Self {
        Self(Arc::new(Parts { app, operation, timeout: function.timeout }))
    }

    /// The operation's name.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation.name
    }

    /// Calls the operation with one event. The call goes on when the caller goes away, as it would in Lambda.
    ///
    /// # Errors
    /// When the operation gives an error, takes too long or panics. Each is logged here.
    pub async fn invoke(&self, request_id: &str, payload: Value) -> Result<Value, Failure> {
        let Parts { app, operation, timeout } = self.0.as_ref();
        let event = LambdaEvent::new(payload, context(operation.name, request_id, *timeout));
        let mut call = tokio::spawn((operation.invoke)(app.clone(), event));
        let outcome = match tokio::time::timeout(*timeout, &mut call).await {
            Ok(Ok(Ok(answer))) => return Ok(answer),
            Ok(Ok(Err(error))) => Failure::Error(error.to_string()),
            Ok(Err(_panicked)) => Failure::Crashed,
            Err(_elapsed) => {
                call.abort();
                Failure::TimedOut
            }
        };
        let detail = if let Failure::Error(text) = &outcome { text.as_str() } else { "" };
        tracing::error!(operation = operation.name, request_id, detail, "the call failed: {}", outcome.kind());
        Err(outcome)
    }
}

fn context(name: &str, request_id: &str, timeout: Duration) -> Context {
    let deadline = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + timeout;
    let mut context = Context::default();
    context.request_id = request_id.to_owned();
    context.deadline = u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX);
    context.invoked_function_arn = format!("arn:aws:lambda:local:000000000000:function:{name}");
    context
}
