//! Calls one operation the way Lambda calls a function: with a context, a time limit, and apart from the caller.

use std::{
    fmt,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use functions::{App, Operation};
use lambda_runtime::{Context, LambdaEvent};
use serde_json::Value;

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

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Error(text) => f.write_str(text),
            Self::TimedOut => f.write_str("it took too long"),
            Self::Crashed => f.write_str("it panicked"),
        }
    }
}

impl std::error::Error for Failure {}

impl Invoker {
    /// An operation, and how long one call of it may take.
    #[must_use]
    pub fn new(app: App, operation: Operation, timeout: Duration) -> Self {
        Self(Arc::new(Parts { app, operation, timeout }))
    }

    /// The operation's name.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation.name
    }

    /// Calls the operation with one event, and logs it when that fails.
    ///
    /// # Errors
    /// As [`Invoker::call`].
    pub async fn invoke(&self, request_id: &str, payload: Value) -> Result<Value, Failure> {
        let outcome = self.call(request_id, payload).await;
        if let Err(failure) = &outcome {
            tracing::error!(operation = self.operation(), request_id, "the call failed: {failure}");
        }
        outcome
    }

    /// Calls the operation with one event. The call goes on when the caller goes away, as it would in Lambda.
    ///
    /// # Errors
    /// When the operation gives an error, takes too long or panics.
    pub async fn call(&self, request_id: &str, payload: Value) -> Result<Value, Failure> {
        let Parts { app, operation, timeout } = self.0.as_ref();
        let event = LambdaEvent::new(payload, context(operation.name, request_id, *timeout));
        let mut call = tokio::spawn((operation.invoke)(app.clone(), event));
        match tokio::time::timeout(*timeout, &mut call).await {
            Ok(Ok(answer)) => answer.map_err(|error| Failure::Error(error.to_string())),
            Ok(Err(_panicked)) => Err(Failure::Crashed),
            Err(_elapsed) => {
                call.abort();
                Err(Failure::TimedOut)
            }
        }
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
