//! The Lambda Runtime API, version 2018-06-01, for one process.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request, Response, StatusCode};
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot, watch};

use super::FunctionError;
use crate::loopback::Reaction;

const PREFIX: &str = "/2018-06-01/runtime/";

/// What a function gave for one event.
pub(super) type Given = Result<Value, FunctionError>;

/// One event on its way to the function.
struct Invocation {
    id: String,
    event: Value,
    deadline: Duration,
}

/// What the function has reported of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Condition {
    /// When it first asked for an event.
    pub(super) first_poll: Option<Instant>,
    /// Why it could not start.
    pub(super) init_error: Option<ErrorReport>,
}

/// The body of an error report.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ErrorReport {
    pub(super) error_type: String,
    pub(super) error_message: String,
}

/// The API's side of one function.
pub(super) struct Api {
    arn: String,
    send: mpsc::UnboundedSender<Invocation>,
    receive: AsyncMutex<mpsc::UnboundedReceiver<Invocation>>,
    waiting: Mutex<Waiting>,
    condition: watch::Sender<Condition>,
}

#[derive(Default)]
struct Waiting {
    invoked: u64,
    by_id: HashMap<String, oneshot::Sender<Given>>,
}

impl Api {
    pub(super) fn new(function: &str) -> Self {
        let (send, receive) = mpsc::unbounded_channel();
        Self {
            arn: format!("arn:aws:lambda:eu-central-1:000000000000:function:{function}"),
            send,
            receive: AsyncMutex::new(receive),
            waiting: Mutex::default(),
            condition: watch::Sender::default(),
        }
    }

    pub(super) fn condition(&self) -> watch::Receiver<Condition> {
        self.condition.subscribe()
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Hands over an event that is to be done within `time`; what the function gives comes through the channel.
    pub(super) fn invoke(&self, event: Value, time: Duration) -> oneshot::Receiver<Given> {
        let (give, given) = oneshot::channel();
        let id = {
            let mut waiting = self.waiting();
            waiting.invoked += 1;
            let id = format!("00000000-0000-4000-8000-{:012}", waiting.invoked);
            waiting.by_id.insert(id.clone(), give);
            id
        };
        let deadline = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + time;
        // The receiver lives in this very struct.
        self.send.send(Invocation { id, event, deadline }).ok();
        given
    }

    /// Answers one request of the function.
    pub(super) async fn answer(&self, request: Request<Bytes>) -> Reaction {
        let path = request.uri().path().strip_prefix(PREFIX).unwrap_or_default().to_owned();
        let parts: Vec<&str> = path.split('/').collect();
        match (request.method(), parts.as_slice()) {
            (&Method::GET, ["invocation", "next"]) => self.next().await,
            (&Method::POST, ["invocation", id, "response"]) => {
                let given = serde_json::from_slice(request.body()).map_err(|error| FunctionError::Failed {
                    kind: "Stand-in.NotJson".to_owned(),
                    message: error.to_string(),
                });
                self.give(id, given)
            }
            (&Method::POST, ["invocation", id, "error"]) => {
                let ErrorReport { error_type, error_message } = report(request.body());
                self.give(id, Err(FunctionError::Failed { kind: error_type, message: error_message }))
            }
            (&Method::POST, ["init", "error"]) => {
                self.condition.send_modify(|condition| condition.init_error = Some(report(request.body())));
                status(StatusCode::ACCEPTED)
            }
            _ => status(StatusCode::NOT_FOUND),
        }
    }

    /// The next event, as soon as there is one.
    async fn next(&self) -> Reaction {
        self.condition.send_if_modified(|condition| {
            let first = condition.first_poll.is_none();
            condition.first_poll.get_or_insert_with(Instant::now);
            first
        });
        let Some(invocation) = self.receive.lock().await.recv().await else { return Reaction::HangUp };
        let response = Response::builder()
            .header("content-type", "application/json")
            .header("lambda-runtime-aws-request-id", invocation.id)
            .header("lambda-runtime-deadline-ms", invocation.deadline.as_millis().to_string())
            .header("lambda-runtime-invoked-function-arn", &self.arn)
            .header(
                "lambda-runtime-trace-id",
                "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0",
            )
            .body(Full::from(invocation.event.to_string()));
        Reaction::Answer(response.expect("every part is well-formed"))
    }

    fn give(&self, id: &str, given: Given) -> Reaction {
        let Some(give) = self.waiting().by_id.remove(id) else { return status(StatusCode::BAD_REQUEST) };
        // Whoever invoked it may have stopped waiting.
        give.send(given).ok();
        status(StatusCode::ACCEPTED)
    }
}

fn report(body: &[u8]) -> ErrorReport {
    serde_json::from_slice(body).unwrap_or_else(|_| ErrorReport {
        error_type: "Stand-in.NoReport".to_owned(),
        error_message: String::from_utf8_lossy(body).into_owned(),
    })
}

fn status(status: StatusCode) -> Reaction {
    let mut response = Response::new(Full::from(r#"{"status":"OK"}"#));
    *response.status_mut() = status;
    Reaction::Answer(response)
}
