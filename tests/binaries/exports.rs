//! What the local system prints for one function by itself is all that the function needs.

use std::{collections::BTreeMap, process::Command};

use local::{FirstOrganization, Options, System};
use serde_json::{Value, json};
use tests::Function;

use crate::events;

#[tokio::test]
async fn a_function_by_itself_works_with_what_the_local_system_prints() {
    if Command::new("sh").args(["-c", ":"]).status().is_err() {
        println!("skipped: it needs sh");
        return;
    }
    let options = Options { organization: Some(FirstOrganization::default()), streams: false, ..Options::for_tests() };
    let running = System::start(options, functions::operations::ALL).await.unwrap();
    let exports = running.exports();
    assert_eq!(exports.lines().count(), 3, "{exports}");
    let shell = Command::new("sh").env_clear().args(["-euc", &format!("{exports}env")]).output().unwrap();
    let printed = String::from_utf8(shell.stdout).unwrap();
    let environment: BTreeMap<_, _> = printed.lines().filter_map(|line| line.split_once('=')).collect();
    for name in ["TABLE_NAME", "BASE_URL", "MAIL_FROM", "AWS_ENDPOINT_URL_SESV2", "AWS_ENDPOINT_URL_EVENTBRIDGE"] {
        assert!(environment.get(name).is_some_and(|value| !value.is_empty()), "{name}: {exports}");
    }

    // It reads the table: without the key of this start it could not.
    let with_key = answer(&environment).await;
    assert_eq!((with_key["statusCode"].clone(), code(&with_key)), (json!(404), "link_not_found".to_owned()));
    let mut without = environment.clone();
    without.insert("AWS_ACCESS_KEY_ID", "local");
    let refused = answer(&without).await;
    assert_eq!((refused["statusCode"].clone(), code(&refused)), (json!(500), "internal".to_owned()));
    running.shutdown().await;
}

async fn answer(environment: &BTreeMap<&str, &str>) -> Value {
    let event = events::all().into_iter().find(|event| event.name == "view-link").unwrap();
    let environment = environment.iter().map(|(name, value)| (*name, *value));
    let function = Function::spawn(&events::binary("view-link"), environment).unwrap();
    let given = function.invoke(&event.payload).await;
    function.stop().await;
    given.unwrap()
}

fn code(answer: &Value) -> String {
    let body: Value = serde_json::from_str(answer["body"].as_str().unwrap()).unwrap();
    body["error"]["code"].as_str().unwrap_or_default().to_owned()
}
