//! A stand-in for EventBridge: keeps what is put on it, and fails when told to.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Request, Response};
use serde_json::{Value, json};

use crate::loopback::{self, Reaction, Served};

/// How the bus takes the next entry, or the next call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BusFault {
    /// The entry is refused, with the others of its call taken.
    RefuseEntry,
    /// The call is taken, and its answer is lost.
    LoseAnswer,
}

#[derive(Debug, Default)]
struct Taken {
    entries: Vec<Value>,
    faults: Vec<BusFault>,
}

/// A running stand-in.
#[derive(Debug)]
pub struct BusStandIn {
    served: Served,
    taken: Arc<Mutex<Taken>>,
}

impl BusStandIn {
    /// Starts one on a free loopback port.
    ///
    /// # Errors
    /// When no port can be had.
    pub fn start() -> std::io::Result<Self> {
        let taken = Arc::new(Mutex::new(Taken::default()));
        let shared = Arc::clone(&taken);
        let served = loopback::serve(move |request| {
            let reaction = react(&shared, &request);
            async move { reaction }
        })?;
        Ok(Self { served, taken })
    }

    /// Where it listens, for `endpoint_url` or `AWS_ENDPOINT_URL_EVENTBRIDGE`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        self.served.url()
    }

    /// Lets the next entry or call go wrong; told several times, several.
    pub fn fail_next(&self, fault: BusFault) {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).faults.push(fault);
    }

    /// The details of the entries it took, each with its source and type, in the order they came.
    #[must_use]
    pub fn entries(&self) -> Vec<(String, String, Value)> {
        let taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let text = |entry: &Value, name: &str| entry[name].as_str().unwrap_or_default().to_owned();
        let detail = |entry: &Value| serde_json::from_str(entry["Detail"].as_str().unwrap_or_default());
        let entries = taken.entries.iter();
        entries.map(|e| (text(e, "Source"), text(e, "DetailType"), detail(e).expect("a JSON detail"))).collect()
    }
}

fn react(taken: &Mutex<Taken>, request: &Request<Bytes>) -> Reaction {
    let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
    if taken.faults.first() == Some(&BusFault::LoseAnswer) {
        taken.faults.remove(0);
        taken.entries.extend(body["Entries"].as_array().cloned().unwrap_or_default());
        return Reaction::HangUp;
    }
    let (mut failed, mut results) = (0, Vec::new());
    for entry in body["Entries"].as_array().into_iter().flatten() {
        if taken.faults.first() == Some(&BusFault::RefuseEntry) {
            taken.faults.remove(0);
            failed += 1;
            results.push(json!({"ErrorCode": "InternalFailure", "ErrorMessage": "told to"}));
        } else {
            results.push(json!({"EventId": taken.entries.len().to_string()}));
            taken.entries.push(entry.clone());
        }
    }
    let answer = json!({"FailedEntryCount": failed, "Entries": results}).to_string();
    let response = Response::builder().header("content-type", "application/x-amz-json-1.1");
    Reaction::Answer(response.body(Full::from(answer)).expect("a sound answer"))
}
