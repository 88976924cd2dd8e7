//! EventBridge's `PutEvents`, as much as the functions use.
//!
//! See <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html>.

use anyhow::Result;
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State},
    http::{HeaderMap, StatusCode},
    response::Response,
    routing::post,
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use shared::bus::PUBLIC;
use tokio::task::JoinHandle;

use super::{DEFAULT, Publisher, Recorder};
use crate::{
    aws_api::{self, Refusal},
    guard::Access,
};

/// How large one entry may be, and all entries of a call together.
const LARGEST: usize = 1024 * 1024;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutEvents {
    entries: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry {
    source: Option<String>,
    detail_type: Option<String>,
    detail: Option<String>,
    event_bus_name: Option<String>,
    /// Seconds since 1970.
    time: Option<f64>,
}

/// Serves the bus on a free loopback port and gives its address.
pub(crate) async fn serve(events: Publisher, recorder: Recorder, access: &Access) -> Result<(String, JoinHandle<()>)> {
    let router =
        Router::new().route("/", post(put_events)).layer(DefaultBodyLimit::max(LARGEST)).with_state((events, recorder));
    aws_api::serve("event bus", router, access).await
}

async fn put_events(
    State((events, recorder)): State<(Publisher, Recorder)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let outcome = entries(&headers, &body).map(|entries| put(entries, &events, &recorder));
    aws_api::answer("application/x-amz-json-1.1", outcome)
}

/// The entries of a call.
fn entries(headers: &HeaderMap, body: &[u8]) -> Result<Vec<Entry>, Refusal> {
    let refuse = |kind, message: &str| Err((StatusCode::BAD_REQUEST, kind, message.to_owned()));
    if headers.get("x-amz-target").is_none_or(|target| target != "AWSEvents.PutEvents") {
        return refuse("UnknownOperationException", "only PutEvents is understood here");
    }
    match serde_json::from_slice::<PutEvents>(body) {
        Ok(PutEvents { entries }) if (1..=10).contains(&entries.len()) => Ok(entries),
        Ok(_) => refuse("ValidationException", "a call has between 1 and 10 entries"),
        Err(error) => refuse("SerializationException", &error.to_string()),
    }
}

/// Puts what is right on the bus, and says what became of each.
fn put(entries: Vec<Entry>, events: &Publisher, recorder: &Recorder) -> Value {
    let mut failed = 0;
    let mut results = Vec::new();
    for entry in entries {
        match event(entry) {
            Ok((bus, event)) => {
                results.push(json!({"EventId": event["id"]}));
                if event["source"] == PUBLIC {
                    recorder.add(event.clone());
                }
                events.put(&bus, event);
            }
            Err((code, message)) => {
                failed += 1;
                results.push(json!({"ErrorCode": code, "ErrorMessage": message}));
            }
        }
    }
    json!({"FailedEntryCount": failed, "Entries": results})
}

/// The event that an entry becomes, and its bus.
fn event(entry: Entry) -> Result<(String, Value), (&'static str, &'static str)> {
    let missing = |name| ("InvalidArgument", name);
    let source = entry.source.filter(|text| !text.is_empty()).ok_or(missing("Source is missing"))?;
    let kind = entry.detail_type.filter(|text| !text.is_empty()).ok_or(missing("DetailType is missing"))?;
    let detail: Value = entry.detail.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    if !detail.is_object() {
        return Err(("MalformedDetail", "Detail is malformed."));
    }
    #[expect(clippy::cast_possible_truncation, reason = "a time is far below what a float holds exactly")]
    let time = entry.time.and_then(|at| DateTime::from_timestamp_millis((at * 1000.0) as i64)).unwrap_or_else(Utc::now);
    let event = json!({
        "version": "0", "id": uuid::Uuid::new_v4().to_string(), "detail-type": kind, "source": source,
        "account": "000000000000", "time": time.to_rfc3339_opts(SecondsFormat::Secs, true), "region": "local",
        "resources": [], "detail": detail,
    });
    // A bus is named by its name or by its ARN.
    let bus = entry.event_bus_name.unwrap_or_else(|| DEFAULT.to_owned());
    Ok((bus.rsplit('/').next().unwrap_or(DEFAULT).to_owned(), event))
}
