//! A receiver of webhooks: keeps what it is sent, and does with it what it is told.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{HeaderMap, Request, Response};

use crate::loopback::{self, Reaction, Served};

/// What a receiver does with a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Answers with this status, and a redirect to itself where that is one.
    Answers(u16),
    /// Answers with this status after this long.
    Slow(u16, Duration),
    /// Closes the connection.
    HangsUp,
    /// Neither answers nor closes.
    Silent,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Received {
    /// Its path.
    pub path: String,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: String,
}

impl Received {
    /// A header's value; empty when it is not there.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

#[derive(Debug)]
struct State {
    manner: Manner,
    received: Vec<Received>,
}

/// A running receiver.
#[derive(Debug)]
pub struct Receiver {
    served: Served,
    state: Arc<Mutex<State>>,
}

impl Receiver {
    /// Starts one on a free loopback port.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start(manner: Manner) -> std::io::Result<Self> {
        let state = Arc::new(Mutex::new(State { manner, received: Vec::new() }));
        let shared = Arc::clone(&state);
        let served = loopback::serve(move |request| {
            let manner = take(&shared, request);
            async move { react(manner).await }
        })?;
        Ok(Self { served, state })
    }

    /// Where it listens.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}/hook", self.served.url())
    }

    /// Does this from now on.
    pub fn turn(&self, manner: Manner) {
        lock(&self.state).manner = manner;
    }

    /// What came so far.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        lock(&self.state).received.clone()
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn take(state: &Mutex<State>, request: Request<Bytes>) -> Manner {
    let (head, body) = request.into_parts();
    let body = String::from_utf8_lossy(&body).into_owned();
    let mut state = lock(state);
    state.received.push(Received { path: head.uri.path().to_owned(), headers: head.headers, body });
    state.manner
}

async fn react(manner: Manner) -> Reaction {
    let status = match manner {
        Manner::Answers(status) => status,
        Manner::Slow(status, pause) => {
            tokio::time::sleep(pause).await;
            status
        }
        Manner::HangsUp => return Reaction::HangUp,
        Manner::Silent => return Reaction::Silence,
    };
    let response = Response::builder().status(status).header("location", "/elsewhere");
    Reaction::Answer(response.body(Full::from("noted")).expect("a sound answer"))
}
