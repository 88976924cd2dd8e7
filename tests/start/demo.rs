//! `--demo`: a whole demo or none, and in it whatever an admin may meet.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::Path,
    process::Stdio,
    time::Duration,
};

use serde_json::{Value, json};
use tests::http::Client;

use crate::{
    process::{Process, program},
    refused::{files, refused},
};

/// How long the six weeks may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(600);

/// An admin of the demo.
struct Admin {
    client: Client,
    session: String,
}

impl Admin {
    async fn sign_in(process: &Process) -> Self {
        let link = process.line("First admin:");
        let token = link.strip_prefix(&format!("{}/sign-in?t=", process.origin)).expect("a login link of this system");
        let client = Client::new(&process.origin).described();
        let answer = client.post("/v1/sessions", json!({"token": token, "session": "bearer"})).await.expect_status(201);
        let session = answer.json()["session_token"].as_str().unwrap().to_owned();
        Self { client, session }
    }

    async fn get(&self, path: &str) -> Value {
        self.client.get(path).bearer(&self.session).await.expect_status(200).json()
    }

    /// Every page of a list.
    async fn all(&self, path: &str, list: &str) -> Vec<Value> {
        let (mut items, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = self.get(&format!("{path}?limit=100{cursor}")).await;
            items.extend(page[list].as_array().unwrap().iter().cloned());
            let Some(next) = page["next"].as_str() else { return items };
            cursor = format!("&cursor={next}");
        }
    }
}

/// Starts the demo and kills it once some of it is there.
fn break_off(data: &Path) {
    let mut child = program(data, &["--demo"]).spawn().unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let told = lines.map_while(Result::ok).any(|line| line.starts_with("Demo: 10 %"));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(told, "it ended before");
}

#[tokio::test]
async fn a_demo_that_was_broken_off_begins_anew_and_shows_six_weeks_of_an_organization() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    break_off(&data);
    refused(&data, &[], &["incomplete", "--demo"]);

    let process = Process::start_with(&data, &["--demo"], PATIENCE);
    let admin = Admin::sign_in(&process).await;
    people(&admin).await;
    links(&admin).await;
    places(&admin).await;
    drop(process);

    // It is there now: nothing is lived through again.
    let mut child = program(&data, &["--demo"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().starts_with("First admin:")));
    child.kill().unwrap();
    let errors = String::from_utf8(child.wait_with_output().unwrap().stderr).unwrap();
    assert!(!errors.contains("Demo:"), "{errors}");
}

/// Three hundred members in every state, with what happened to their mails, all in the last six weeks.
async fn people(admin: &Admin) {
    let members = admin.all("/v1/members", "members").await;
    let (admins, members): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| member["role"] == "admin");
    assert_eq!((admins.len(), members.len()), (3, 300));
    let count = |field: &str, value: &Value| members.iter().filter(|member| member[field] == *value).count();
    for (access, least) in [("granted", 200), ("pending", 15), ("unverified", 10), ("revoked", 4)] {
        assert!(count("access", &json!(access)) >= least, "{access}: {}", count("access", &json!(access)));
    }
    assert!(count("suppressed", &json!(true)) >= 3);
    for state in ["bounced", "complained", "sent"] {
        assert!(members.iter().any(|member| member["mail"]["state"] == state), "no mail was {state}");
    }
    for member in &members {
        let email = member["email"].as_str().unwrap();
        let domain = email.rsplit('@').next().unwrap();
        let ours = [".example.com", ".example.org", ".example.net"].iter().any(|end| domain.ends_with(end));
        assert!(ours || domain == "simulator.amazonses.com", "{email}");
    }
    let twice = members.iter().find(|member| member["email"].as_str().unwrap().contains("+family@")).unwrap();
    let shown = admin.get(&format!("/v1/members/{}", twice["id"].as_str().unwrap())).await;
    assert_eq!(shown["member"]["possible_duplicates"].as_array().unwrap().len(), 1);
    let today = chrono::Utc::now().date_naive();
    let days: Vec<chrono::NaiveDate> =
        members.iter().map(|member| member["created_at"].as_str().unwrap()[..10].parse().unwrap()).collect();
    for day in &days {
        let ago = (today - *day).num_days();
        assert!((0..=42).contains(&ago), "{day}");
    }
    assert!(days.iter().collect::<BTreeSet<_>>().len() > 20, "they come on many days");
}

/// Eight links, each in a state of its own, and numbers by day that agree with them.
async fn links(admin: &Admin) {
    let links = admin.all("/v1/links", "links").await;
    assert_eq!(links.len(), 8);
    let count = |status: &str| links.iter().filter(|link| link["status"] == status).count();
    for (status, wanted) in [
        ("open", 2),
        ("scheduled", 1),
        ("expired", 1),
        ("full", 1),
        ("waiting_list", 1),
        ("inactive", 1),
        ("deleted", 1),
    ] {
        assert_eq!(count(status), wanted, "{status}");
    }
    let has = |what: &str, is: &dyn Fn(&Value) -> bool| {
        assert!(links.iter().any(is), "no link has {what}");
    };
    has("approval", &|link| link["admission"] == "approval" && link["status"] == "open");
    has("fields", &|link| link["fields"].as_array().unwrap().len() > 2);
    has("a rule of domains", &|link| !link["domains"].is_null() && link["status"] == "open");
    has("a replaced code", &|link| !link["code_replaced_at"].is_null());
    let today = chrono::Utc::now();
    let mut states = BTreeSet::new();
    for link in &links {
        let stats = admin.get(&format!("/v1/links/{}/stats", link["id"].as_str().unwrap())).await;
        for (state, count) in stats["by_state"].as_object().unwrap() {
            if count.as_u64().unwrap() > 0 {
                states.insert(state.clone());
            }
        }
        let funnel = |step: &str| stats["funnel"][step].as_u64().unwrap();
        assert!(funnel("opened") >= funnel("registered") && funnel("registered") >= funnel("signed_in"), "{stats}");
        for day in stats["per_day"].as_array().unwrap() {
            let date: chrono::NaiveDate = day["day"].as_str().unwrap().parse().unwrap();
            // The link's days are Berlin's, which is ahead of UTC.
            assert!((-1..=42).contains(&(today.date_naive() - date).num_days()), "{date}");
        }
    }
    let all = ["enrolled", "lapsed", "pending", "removed", "reserved", "waiting"];
    assert_eq!(states, all.map(str::to_owned).into());
}

/// The catalog, the settings, and what the admins did.
async fn places(admin: &Admin) {
    let catalog = admin.get("/v1/catalog").await;
    let number = |list: &str| catalog[list].as_array().unwrap().len();
    assert_eq!((number("sites"), number("groups"), number("regions"), number("modules")), (4, 6, 3, 12));
    let units = ["sites", "groups", "regions"].into_iter().flat_map(|list| catalog[list].as_array().unwrap());
    assert!(units.filter(|unit| unit["modules"] == json!([])).count() > 0, "a unit to be warned of");
    let organization = admin.get("/v1/organization").await;
    assert_eq!(organization["time_zone"], "Europe/Berlin");
    assert!(organization["support_contact"].is_string());
    assert_eq!(admin.get("/v1/api-keys").await["api_keys"].as_array().unwrap().len(), 1);
    let jobs = admin.all("/v1/jobs", "jobs").await;
    assert!(jobs.len() == 3 && jobs.iter().all(|job| job["state"] == "done"), "{jobs:?}");
    let records = admin.all("/v1/audit", "records").await;
    let acts: BTreeSet<&str> = records.iter().map(|record| record["act"].as_str().unwrap()).collect();
    for act in [
        "link_created",
        "link_edited",
        "link_deleted",
        "link_regenerated",
        "access_granted",
        "access_refused",
        "access_revoked",
        "access_restored",
        "member_imported",
        "member_edited",
        "member_erased",
        "enrollment_removed",
        "suppression_cleared",
        "login_resent",
        "admin_added",
        "unit_put",
        "module_put",
        "api_key_created",
    ] {
        assert!(acts.contains(act), "nobody did {act}");
    }
}

#[test]
fn the_demo_stays_on_this_machine() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    for endpoint in ["--dynamodb-endpoint", "--ses-endpoint", "--eventbridge-endpoint"] {
        refused(&data, &["--demo", endpoint, "http://127.0.0.1:1"], &["--demo", endpoint]);
    }
    assert!(!data.exists(), "nothing is made");
}

#[test]
fn a_folder_with_other_data_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("notes"), "mine").unwrap();
    refused(folder.path(), &["--demo"], &["does not hold the demo's data", "--data-dir"]);
    assert_eq!(files(folder.path()).len(), 1);
    let data = folder.path().join("data");
    Process::start(&data).line("First admin:");
    let before = files(&data);
    refused(&data, &["--demo"], &["does not hold the demo's data", "--data-dir"]);
    assert_eq!(files(&data), before);
}
