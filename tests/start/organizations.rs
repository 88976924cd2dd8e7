//! `access-links organization …`: what an operator does from a terminal, with the system that runs here or with one on AWS.

use std::{
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

use crate::process::Process;

/// Runs the command against the system at this port, with this folder's programs before all others.
fn organization(arguments: &[&str], programs: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_access-links"));
    command.arg("organization").args(arguments).env_remove("PORT").env_remove("RUST_LOG");
    if let Some(programs) = programs {
        command.env("PATH", format!("{}:{}", programs.display(), std::env::var("PATH").unwrap()));
    }
    command.output().unwrap()
}

fn answer(output: &Output) -> Value {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    serde_json::from_slice(&output.stdout).unwrap()
}

fn words(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr.clone()).unwrap()
}

const ACME: [&str; 9] = [
    "create",
    "--name",
    "Acme",
    "--admin-name",
    "Ada",
    "--admin-email",
    "ada@example.com",
    "--time-zone",
    "Europe/Berlin",
];

#[test]
fn organizations_of_a_running_system_are_created_listed_indexed_and_closed() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let port = process.origin.rsplit(':').next().unwrap();
    let here = |arguments: &[&str]| organization(&[arguments, &["--port", port]].concat(), None);

    let created = here(&ACME);
    assert!(String::from_utf8_lossy(&created.stderr).contains("/dev/mail"));
    let id = answer(&created)["organization_id"].as_str().unwrap().to_owned();
    let again = here(&ACME);
    assert_eq!((&answer(&again)["created"], &answer(&again)["organization_id"]), (&false.into(), &id.clone().into()));
    assert!(String::from_utf8_lossy(&again.stderr).contains("--key"));
    let listed = answer(&here(&["list"]));
    let names: Vec<_> = listed.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Demo", "Acme"]);

    assert_eq!(answer(&here(&["index", &id])), serde_json::json!({"indexed": 1}), "its admin");
    let unknown = "00000000-0000-4000-8000-000000000000";
    assert!(words(&here(&["index", unknown])).contains("organization_id: does not exist"));

    assert!(words(&here(&["close", &id, "--name", "Demo"])).contains("name: does not match"));
    assert_eq!(answer(&here(&["close", &id, "--name", "Acme"]))["state"], "closing");
    assert!(
        words(&here(&["create", "--name", "X", "--admin-name", "Y", "--admin-email", "z", "--time-zone", "UTC"]))
            .contains("admin_email: ")
    );
}

#[test]
fn without_a_running_system_the_command_says_what_to_do() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let said = words(&organization(&["list", "--port", &port], None));
    assert!(said.lines().count() == 1 && said.contains("cargo run") && said.contains("--stack"), "{said}");
    let empty = tempfile::tempdir().unwrap();
    let said = Command::new(env!("CARGO_BIN_EXE_access-links"))
        .args(["organization", "list", "--stack", "access-links"])
        .env("PATH", empty.path())
        .output()
        .unwrap();
    assert!(words(&said).contains("AWS CLI"));
}

/// Lambda's API is the local system's, the stack is made up: so the calls are those that reach functions on AWS.
#[cfg(unix)]
const AWS: &str = r#"#!/bin/bash
set -euo pipefail
echo "$*" >> "$(dirname "$0")/calls"
[ "${*: -2:2}" = "--region eu-central-1" ]
case "$1 $2" in
"cloudformation describe-stacks")
    [ "$4" = access-links ] || { echo "Stack with id $4 does not exist" >&2; exit 254; }
    echo "access-links-$(sed "s/.*OutputKey=='\([A-Za-z]*\)'.*/\1/" <<< "$6")-1A2B"
    ;;
"lambda invoke")
    operation=$(sed 's/access-links-//; s/-1A2B//; s/\([a-z]\)\([A-Z]\)/\1-\2/g' <<< "$4" | tr 'A-Z' 'a-z')
    event=$(cat "${6#fileb://}")
    exec 3<> "/dev/tcp/127.0.0.1/PORT"
    printf 'POST /2015-03-31/functions/%s/invocations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %s\r\n\r\n%s' \
        "$operation" "$(printf %s "$event" | wc -c)" "$event" >&3
    answer=$(cat <&3)
    printf %s "${answer#*$'\r\n\r\n'}" > "$9"
    error=null
    grep -qi x-amz-function-error <<< "$answer" && error='"Unhandled"'
    echo "{\"StatusCode\": 200, \"FunctionError\": $error}"
    ;;
esac
"#;

#[cfg(unix)]
#[test]
fn organizations_of_a_stack_on_aws_are_reached_with_the_aws_cli() {
    use std::os::unix::fs::PermissionsExt;
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let port = process.origin.rsplit(':').next().unwrap();
    let programs = tempfile::tempdir().unwrap();
    let aws = programs.path().join("aws");
    std::fs::write(&aws, AWS.replace("PORT", port)).unwrap();
    std::fs::set_permissions(&aws, std::fs::Permissions::from_mode(0o755)).unwrap();
    let there = |stack: &str, arguments: &[&str]| {
        let place = ["--stack", stack, "--region", "eu-central-1"];
        organization(&[arguments, &place].concat(), Some(programs.path()))
    };
    let created = there("access-links", &ACME);
    assert_eq!(answer(&created)["created"], true);
    assert!(String::from_utf8_lossy(&created.stderr).contains("ada@example.com"));
    let id = answer(&created)["organization_id"].as_str().unwrap().to_owned();
    assert_eq!(answer(&there("access-links", &["list"])).as_array().unwrap().len(), 2);
    assert_eq!(answer(&there("access-links", &["index", &id]))["indexed"], 1);
    assert!(words(&there("access-links", &["close", &id, "--name", "Demo"])).contains("name: does not match"));
    assert_eq!(answer(&there("access-links", &["close", &id, "--name", "Acme"]))["state"], "closing");
    assert!(words(&there("elsewhere", &["list"])).contains("does not exist"));
    let calls = std::fs::read_to_string(programs.path().join("calls")).unwrap();
    assert!(
        calls.contains("lambda invoke --function-name access-links-CloseOrganization-1A2B --payload fileb://"),
        "{calls}"
    );
}

#[tokio::test]
async fn no_page_of_another_site_calls_an_operators_function_and_no_other_function_is_called_so() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let client = tests::http::Client::new(&process.origin);
    let path = |name: &str| format!("/2015-03-31/functions/{name}/invocations");
    // As no browser sends it.
    let call = |name: &str| client.post(&path(name), serde_json::json!({})).without("sec-fetch-site");
    let listed = call("list-organizations").await.expect_status(200).json();
    assert_eq!(listed["organizations"].as_array().unwrap().len(), 1);
    for header in [("Origin", "https://evil.example"), ("Origin", "null"), ("Sec-Fetch-Site", "cross-site")] {
        let _ = call("list-organizations").header(header.0, header.1).await.expect_status(403);
    }
    for name in ["get-link", "sweep-expired", "send-mail", "nothing"] {
        let _ = call(name).await.expect_status(404);
    }
    let _ = client.get(&path("list-organizations")).await.expect_status(403);
}
