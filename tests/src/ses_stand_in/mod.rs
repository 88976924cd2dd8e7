//! A stand-in for SES v2's `SendEmail` that keeps what it was sent and fails as SES can.

#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, HashSet, VecDeque},
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, Request, Response, StatusCode, header::CONTENT_TYPE};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::loopback::{self, Reaction, Served};

/// A message that was accepted.
#[derive(Debug, Clone)]
pub struct Message {
    /// The id it was given.
    pub id: String,
    /// The sender: an address, with or without a name before it.
    pub from: String,
    /// Where an answer goes, if not to the sender.
    pub reply_to: Vec<String>,
    /// The headers that were asked for, by name.
    pub headers: BTreeMap<String, String>,
    /// The recipients.
    pub to: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The text part, or "".
    pub text: String,
    /// The HTML part, or "".
    pub html: String,
    /// The configuration set it was sent with.
    pub configuration_set: Option<String>,
    /// When it was accepted.
    pub at: Instant,
}

/// What is to happen to the next message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// Never answered and not accepted.
    Silence,
    /// Accepted, and the connection closed instead of the answer.
    LoseAnswer,
    /// 429 `TooManyRequestsException`, not accepted.
    Throttle,
    /// 500, not accepted.
    Unavailable,
    /// 400 `SendingPausedException`, not accepted.
    Paused,
}

/// A running stand-in. It stops when this is dropped.
#[derive(Debug)]
pub struct SesStandIn {
    served: Served,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    messages: Vec<Message>,
    attempts: usize,
    failures: VecDeque<Failure>,
    rejected: HashSet<String>,
    rate: Option<usize>,
    /// When the messages of the last second were accepted.
    lately: VecDeque<Instant>,
}

impl SesStandIn {
    /// Starts it, without faults.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start() -> io::Result<Self> {
        let state = Arc::new(Mutex::new(State::default()));
        let served = loopback::serve({
            let state = Arc::clone(&state);
            move |request| std::future::ready(answer(&mut lock(&state), &request))
        })?;
        Ok(Self { served, state })
    }

    /// Where it listens, for `endpoint_url` or `AWS_ENDPOINT_URL_SESV2`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.served.url()
    }

    /// Accepts so many messages in any second and refuses the others; `None` accepts all.
    pub fn limit_rate(&self, a_second: Option<usize>) {
        lock(&self.state).rate = a_second;
    }

    /// Rejects messages to this address from now on: 400 `MessageRejected`.
    pub fn reject(&self, address: &str) {
        lock(&self.state).rejected.insert(address.to_owned());
    }

    /// Gives the next messages these failures, one each, in this order.
    pub fn fail_next(&self, failures: impl IntoIterator<Item = Failure>) {
        lock(&self.state).failures.extend(failures);
    }

    /// The messages accepted so far.
    #[must_use]
    pub fn messages(&self) -> Vec<Message> {
        lock(&self.state).messages.clone()
    }

    /// The messages accepted for this address.
    #[must_use]
    pub fn messages_to(&self, address: &str) -> Vec<Message> {
        let to = |message: &Message| message.to.iter().any(|to| to == address);
        self.messages().into_iter().filter(to).collect()
    }

    /// How many calls came in, the failed ones included.
    #[must_use]
    pub fn attempts(&self) -> usize {
        lock(&self.state).attempts
    }

    /// Waits until `count` messages were accepted, and gives them.
    ///
    /// # Errors
    /// When there are fewer after `patience`, with how many there are.
    pub async fn wait_for(&self, count: usize, patience: Duration) -> anyhow::Result<Vec<Message>> {
        let until = Instant::now() + patience;
        loop {
            let messages = self.messages();
            if messages.len() >= count {
                return Ok(messages);
            }
            anyhow::ensure!(
                Instant::now() < until,
                "{} messages instead of {count} after {patience:?}",
                messages.len()
            );
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SendEmail {
    from_email_address: String,
    #[serde(default)]
    reply_to_addresses: Vec<String>,
    destination: Destination,
    content: Content,
    configuration_set_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Destination {
    #[serde(default)]
    to_addresses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Content {
    simple: Simple,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Simple {
    subject: Part,
    body: Body,
    #[serde(default)]
    headers: Vec<Header>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Header {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Body {
    text: Option<Part>,
    html: Option<Part>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Part {
    data: String,
}

fn answer(state: &mut State, request: &Request<Bytes>) -> Reaction {
    if (request.method(), request.uri().path()) != (&Method::POST, "/v2/email/outbound-emails") {
        return refused(StatusCode::NOT_FOUND, "NotFoundException", "The stand-in knows only SendEmail.");
    }
    state.attempts += 1;
    let email: SendEmail = match serde_json::from_slice(request.body()) {
        Ok(email) => email,
        Err(error) => return refused(StatusCode::BAD_REQUEST, "BadRequestException", &error.to_string()),
    };
    let failure = state.failures.pop_front();
    match failure {
        Some(Failure::Silence) => return Reaction::Silence,
        Some(Failure::Throttle) => return throttled(),
        Some(Failure::Unavailable) => {
            return refused(StatusCode::INTERNAL_SERVER_ERROR, "InternalServiceErrorException", "Service unavailable.");
        }
        Some(Failure::Paused) => {
            let message = "Email sending is paused for the account.";
            return refused(StatusCode::BAD_REQUEST, "SendingPausedException", message);
        }
        Some(Failure::LoseAnswer) | None => {}
    }
    if email.destination.to_addresses.iter().any(|address| state.rejected.contains(address)) {
        return refused(StatusCode::BAD_REQUEST, "MessageRejected", "Email address is not accepted.");
    }
    let now = Instant::now();
    if !state.has_room(now) {
        return throttled();
    }
    let id = format!("stand-in-{:08}", state.messages.len() + 1);
    let Content { simple } = email.content;
    state.messages.push(Message {
        id: id.clone(),
        from: email.from_email_address,
        reply_to: email.reply_to_addresses,
        headers: simple.headers.into_iter().map(|header| (header.name, header.value)).collect(),
        to: email.destination.to_addresses,
        subject: simple.subject.data,
        text: simple.body.text.map(|part| part.data).unwrap_or_default(),
        html: simple.body.html.map(|part| part.data).unwrap_or_default(),
        configuration_set: email.configuration_set_name,
        at: now,
    });
    match failure {
        Some(Failure::LoseAnswer) => Reaction::HangUp,
        _ => reply(StatusCode::OK, None, &json!({"MessageId": id})),
    }
}

impl State {
    /// Whether one more message stays within the rate; it is counted if so.
    fn has_room(&mut self, now: Instant) -> bool {
        let Some(rate) = self.rate else { return true };
        while self.lately.front().is_some_and(|at| now.duration_since(*at) >= Duration::from_secs(1)) {
            self.lately.pop_front();
        }
        let room = self.lately.len() < rate;
        if room {
            self.lately.push_back(now);
        }
        room
    }
}

fn throttled() -> Reaction {
    refused(StatusCode::TOO_MANY_REQUESTS, "TooManyRequestsException", "Maximum sending rate exceeded.")
}

fn refused(status: StatusCode, kind: &str, message: &str) -> Reaction {
    reply(status, Some(kind), &json!({"message": message}))
}

fn reply(status: StatusCode, error: Option<&str>, body: &Value) -> Reaction {
    let mut response = Response::builder().status(status).header(CONTENT_TYPE, "application/json");
    if let Some(kind) = error {
        response = response.header("x-amzn-errortype", kind);
    }
    Reaction::Answer(response.body(Full::from(body.to_string())).expect("every part is well-formed"))
}
