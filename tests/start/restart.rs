//! What was answered is there after the next start, however the process ended.

use serde_json::json;
use tests::http::Client;

use crate::process::Process;

async fn sign_in(process: &Process) -> (Client, String) {
    let link = process.line("First admin:");
    let token = link.strip_prefix(&format!("{}/sign-in?t=", process.origin)).expect("a login link of this system");
    let client = Client::new(&process.origin);
    let answer = client.post("/v1/sessions", json!({"token": token, "session": "bearer"})).await.expect_status(201);
    (client, answer.json()["session_token"].as_str().unwrap().to_owned())
}

#[cfg(unix)]
#[tokio::test]
async fn what_was_answered_is_there_after_a_kill_and_after_an_end() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let (client, admin) = sign_in(&process).await;
    let body = json!({"name": "Kept", "admission": "instant", "cap": 5});
    let link = client.post("/v1/links", body).bearer(&admin).await.expect_status(201).json();
    let join = format!("/v1/join/{}", link["code"].as_str().unwrap());
    client.post(&join, json!({"name": "Ana", "email": "ana@example.com"})).await.expect_status(202);
    process.kill();

    for ended_by_hand in [false, true] {
        let process = Process::start(data.path());
        let client = Client::new(&process.origin);
        let path = format!("/v1/links/{}", link["id"].as_str().unwrap());
        let kept = client.get(&path).bearer(&admin).await.expect_status(200).json();
        assert_eq!(kept["seats"], json!({"taken": 1, "free": 4}));
        // The mail that was asked for before the kill arrives, and one person has one of them.
        let mails = async || client.get("/dev/mail.json?to=ana@example.com").await.expect_status(200).json();
        for _ in 0..200 {
            if mails().await.as_array().unwrap().len() == 1 {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert_eq!(mails().await.as_array().unwrap().len(), 1);
        if ended_by_hand {
            let (status, lines) = process.end();
            assert!(status.success(), "{status}");
            assert!(!lines.iter().any(|line| line.starts_with("First admin:")), "{lines:?}");
        } else {
            process.kill();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_first_start_says_what_one_needs_and_nothing_else() {
    let data = tempfile::tempdir().unwrap();
    let mut child = crate::process::program(data.path(), &[]).spawn().unwrap();
    let mut output = std::io::BufReader::new(child.stdout.take().unwrap());
    let mut lines = String::new();
    while !lines.contains("First admin:") {
        assert_ne!(std::io::BufRead::read_line(&mut output, &mut lines).unwrap(), 0, "{lines}");
    }
    child.kill().unwrap();
    let errors = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    assert_eq!(errors.lines().filter(|line| line.contains("WARN") || line.contains("ERROR")).count(), 0, "{errors}");
    for said in ["Access links: http://localhost:", "Emails:       http://localhost:", "/dev/mail", "Ctrl-C"] {
        assert!(lines.contains(said), "{said:?} is not said: {lines}");
    }
}
