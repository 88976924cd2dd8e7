//! Every sample event of `events/`, given to the real binary of its operation, run as a process the way Lambda runs it. What it
//! asks and gets is held against `docs/openapi.yaml`.

mod expected;
mod seed;
mod stage;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use futures::{StreamExt, stream};
use local::template::find_in_project;
use serde_json::Value;
use tests::{Description, Function, description::Exchange};

use expected::{Answer, Expected};
use stage::Stage;

/// How many processes run at a time.
const AT_A_TIME: usize = 4;

/// What is asked of a function, and what for: the file `operation.case.json`, or `operation.json` for the plain one.
pub struct Event {
    /// The file's name without `.json`.
    pub name: String,
    /// The operation it is for.
    pub operation: String,
    /// What stands in it.
    pub payload: Value,
}

/// Every sample event, by name.
pub fn all() -> Vec<Event> {
    let mut events = Vec::new();
    for entry in std::fs::read_dir(find_in_project("events")).unwrap() {
        let path = entry.unwrap().path();
        let name =
            path.file_name().unwrap().to_str().unwrap().strip_suffix(".json").expect("events are JSON").to_owned();
        let operation = name.split('.').next().unwrap().to_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        let payload = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        events.push(Event { name, operation, payload });
    }
    events.sort_by(|a, b| a.name.cmp(&b.name));
    events
}

/// The binary of an operation: cargo builds all of the package for its integration test, side by side.
pub fn binary(operation: &str) -> PathBuf {
    Path::new(env!("CARGO_BIN_EXE_view-link")).with_file_name(format!("{operation}{}", std::env::consts::EXE_SUFFIX))
}

#[tokio::test]
async fn every_sample_event_is_answered_by_its_real_binary() {
    let stage = Stage::set().await;
    let mut expected: BTreeMap<_, _> = expected::all().into_iter().map(|expected| (expected.event, expected)).collect();
    let mut cases = Vec::new();
    for event in all() {
        let expected = expected.remove(event.name.as_str());
        cases.push((expected.unwrap_or_else(|| panic!("nothing is expected of events/{}.json", event.name)), event));
    }
    assert!(expected.is_empty(), "events that are expected but not there: {:?}", expected.keys());
    let run = stream::iter(cases).map(|(expected, event)| check(&stage, expected, event));
    let faults: Vec<String> = run.buffer_unordered(AT_A_TIME).filter_map(|fault| async { fault }).collect().await;
    assert!(faults.is_empty(), "{} of the events:\n{}", faults.len(), faults.join("\n"));
    let mails: BTreeMap<_, _> = stage.ses.messages().into_iter().map(|mail| (mail.to.join(","), mail.text)).collect();
    assert_eq!(mails.keys().collect::<Vec<_>>(), ["bo@example.com"], "send-mail.json, and only it, leads to a mail");
    assert!(mails["bo@example.com"].contains("https://join.example.com/sign-in?t="));
}

/// Runs one event on a table of its own; gives what is wrong, if anything.
async fn check(stage: &Stage, expected: Expected, event: Event) -> Option<String> {
    let engine = stage.engine().await;
    let before = engine.contents().unwrap();
    let mut environment = stage.environment(&engine);
    // Whatever the level, a log must hold no secret.
    environment.insert("AWS_LAMBDA_LOG_LEVEL".to_owned(), "TRACE".to_owned());
    let environment = environment.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let function = Function::spawn(&binary(&event.operation), environment).unwrap();
    let given = function.invoke(&event.payload).await;
    let log = function.stop().await;

    let mut faults: Vec<String> = given.iter().filter_map(|answer| undescribed(&event.payload, answer)).collect();
    let mut secrets: Vec<String> = seed::SECRETS.map(str::to_owned).into();
    match (&expected.answer, &given) {
        (Answer::Http(status, wanted), Ok(response)) => {
            let body: Value =
                response["body"].as_str().and_then(|body| serde_json::from_str(body).ok()).unwrap_or_default();
            if response["statusCode"] != *status || !includes(&body, wanted) {
                faults.push(format!("answered {} {body}, not {status} {wanted}", response["statusCode"]));
            }
            secrets.extend(["code", "session_token"].iter().filter_map(|name| body[*name].as_str().map(str::to_owned)));
            let cookies = response["cookies"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let values = cookies.filter_map(|cookie| cookie.split(['=', ';']).nth(1));
            secrets.extend(values.filter(|value| !value.is_empty()).map(str::to_owned));
        }
        (Answer::Output(wanted), Ok(output)) if includes(output, wanted) => {}
        (Answer::Fails(wanted), Err(error)) if error.to_string().contains(wanted) => {}
        (_, given) => faults.push(format!("gave {given:?}")),
    }
    let after = engine.contents().unwrap();
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    let changed = keys.into_iter().filter(|key| before.get(key) != after.get(key));
    let entity =
        |key| before.get(key).or(after.get(key)).and_then(|item| item["entity"]["S"].as_str()).unwrap_or("limit");
    let changed: BTreeSet<_> = changed.map(entity).filter(|entity| *entity != "limit").collect();
    if changed != expected.changes.iter().copied().collect() {
        faults.push(format!("changed {changed:?}, not {:?}", expected.changes));
    }
    faults.extend(secrets.iter().filter(|secret| log.contains(*secret)).map(|secret| format!("logged {secret:?}")));
    faults.extend(
        log.lines()
            .filter(|line| serde_json::from_str::<Value>(line).is_err())
            .map(|line| format!("logged the line {line:?}, which is not JSON")),
    );
    (!faults.is_empty()).then(|| format!("{}: {}\n{log}", event.name, faults.join("; ")))
}

/// What of an HTTP request and its answer is not as `docs/openapi.yaml` has it, if anything.
fn undescribed(event: &Value, answer: &Value) -> Option<String> {
    let http = event.get("requestContext")?.get("http")?;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let bytes = |message: &Value| {
        let body = text(&message["body"]);
        if message["isBase64Encoded"] == true { STANDARD.decode(body).unwrap_or_default() } else { body.into_bytes() }
    };
    let sent_headers = answer["headers"].as_object().into_iter().flatten();
    let mut headers: Vec<(String, String)> =
        sent_headers.map(|(name, value)| (name.to_lowercase(), text(value))).collect();
    let cookies = answer["cookies"].as_array().into_iter().flatten();
    headers.extend(cookies.map(|cookie| ("set-cookie".to_owned(), text(cookie))));
    let headers: Vec<_> = headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let exchange = Exchange {
        method: &text(&http["method"]),
        path: &text(&event["rawPath"]),
        query: &text(&event["rawQueryString"]),
        sent: &bytes(event),
        status: answer["statusCode"].as_u64().and_then(|status| u16::try_from(status).ok()).unwrap_or_default(),
        headers: &headers,
        body: &bytes(answer),
    };
    Description::get().check(&exchange).err()
}

/// Whether `value` has all that `wanted` has: every field of an object, every element of a list, in order.
fn includes(value: &Value, wanted: &Value) -> bool {
    match (value, wanted) {
        (Value::Object(value), Value::Object(wanted)) => {
            wanted.iter().all(|(name, wanted)| value.get(name).is_some_and(|value| includes(value, wanted)))
        }
        (Value::Array(value), Value::Array(wanted)) => {
            value.len() == wanted.len() && value.iter().zip(wanted).all(|(value, wanted)| includes(value, wanted))
        }
        (value, wanted) => value == wanted,
    }
}
