//! The stand-in against the real Lambda runtime. The function is this very test program, started over with one test.

use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::{Value, json};
use tokio::process::Command;

use super::*;

/// Not a test of its own: what the others start. Without a Runtime API it does nothing.
#[tokio::test]
async fn the_function_that_the_other_tests_start() {
    if std::env::var_os("AWS_LAMBDA_RUNTIME_API").is_none() {
        return;
    }
    match std::env::var("BEHAVIOUR").as_deref() {
        Ok("exit") => {
            eprintln!("can't go on");
            std::process::exit(3);
        }
        Ok("report") => {
            let api = crate::http::Client::new(&format!("http://{}", std::env::var("AWS_LAMBDA_RUNTIME_API").unwrap()));
            let report = json!({"errorType": "Config", "errorMessage": "TABLE_NAME is missing"});
            let _accepted = api.post("/2018-06-01/runtime/init/error", report).await.expect_status(202);
        }
        _ => lambda_runtime::run(service_fn(handle)).await.unwrap(),
    }
}

async fn handle(event: LambdaEvent<Value>) -> Result<Value, Error> {
    let (payload, context) = event.into_parts();
    println!("handling {}", payload["say"]);
    match payload["do"].as_str() {
        Some("fail") => Err("it failed".into()),
        Some("exit") => std::process::exit(4),
        _ => Ok(json!({"said": payload["say"], "arn": context.invoked_function_arn, "id": context.request_id})),
    }
}

fn spawn(behaviour: &str) -> Function {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "--nocapture", "runtime_api::tests::the_function_that_the_other_tests_start"]);
    Function::spawn_command(command, "example", [("BEHAVIOUR", behaviour)]).unwrap()
}

#[tokio::test]
async fn a_function_is_given_events_and_gives_back_what_it_makes_of_them() {
    let function = spawn("");
    for say in ["one", "two"] {
        let given = function.invoke(&json!({"say": say})).await.unwrap();
        assert_eq!(given["said"], say);
        assert_eq!(given["arn"], "arn:aws:lambda:eu-central-1:000000000000:function:example");
    }
    let (first, second) = (json!({"say": 1}), json!({"say": 2}));
    let (first, second) = tokio::join!(function.invoke(&first), function.invoke(&second));
    assert_eq!((&first.unwrap()["said"], &second.unwrap()["said"]), (&json!(1), &json!(2)));
    assert!(function.cold_start().await.unwrap() < std::time::Duration::from_secs(10));
    assert_eq!(function.exit_status(), None);
    assert!(function.stop().await.contains("handling \"one\""));
}

#[tokio::test]
async fn an_error_it_reports_comes_back_as_such_and_it_goes_on() {
    let function = spawn("");
    let failed = function.invoke(&json!({"do": "fail"})).await.unwrap_err();
    assert!(matches!(&failed, FunctionError::Failed { message, .. } if message == "it failed"), "{failed:?}");
    function.invoke(&json!({"say": "again"})).await.unwrap();
}

#[tokio::test]
async fn the_end_of_its_process_is_seen_with_what_it_wrote() {
    let function = spawn("exit");
    let ended = function.invoke(&json!({})).await.unwrap_err();
    assert!(matches!(&ended, FunctionError::Exited { output, .. } if output.contains("can't go on")), "{ended:?}");
    assert_eq!(function.exit_status().as_deref(), Some("exit status: 3"));
    let ended = spawn("").invoke(&json!({"do": "exit"})).await.unwrap_err();
    assert!(matches!(&ended, FunctionError::Exited { status, .. } if status == "exit status: 4"), "{ended:?}");
}

#[tokio::test]
async fn an_error_before_the_first_event_is_told_from_a_crash() {
    let failed = spawn("report").cold_start().await.unwrap_err();
    assert!(matches!(&failed, FunctionError::Init { message, .. } if message == "TABLE_NAME is missing"), "{failed:?}");
}
