//! Jobs that grant access to everybody whom a filter admits: nobody left out, nobody twice, whatever happens to the workers.

mod workers;

use std::{collections::BTreeMap, time::Duration};

use futures::{StreamExt, stream};
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{FaultPlan, Hold},
    world::Link,
};

async fn register(world: &World, link: &Link, emails: impl Iterator<Item = String>) {
    let calls = emails.map(|email| async move { world.register(&link.code, &email).await.expect_status(202) });
    stream::iter(calls).buffer_unordered(16).for_each(|_| std::future::ready(())).await;
}

fn emails(name: &str, count: usize) -> impl Iterator<Item = String> {
    (0..count).map(move |number| format!("{name}{number:04}@example.com"))
}

/// How many rows a report has for each outcome.
fn outcomes(rows: &[Value]) -> BTreeMap<String, usize> {
    let mut outcomes = BTreeMap::new();
    for row in rows {
        *outcomes.entry(row["outcome"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    outcomes
}

/// Each of these people has access, one mail for it, and one row of the report that says so.
fn check_granted(world: &World, rows: &[Value], emails: impl Iterator<Item = String>) {
    let members: BTreeMap<_, _> =
        world.items("member").into_iter().map(|item| (item["email"]["S"].as_str().unwrap().to_owned(), item)).collect();
    let mut mails: BTreeMap<String, usize> = BTreeMap::new();
    for mail in world.items("mail").iter().filter(|mail| mail["kind"]["S"] == "grant") {
        *mails.entry(mail["member"]["S"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let mut granted: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row["outcome"] == "granted") {
        *granted.entry(row["email"].as_str().unwrap()).or_default() += 1;
        assert!(row["mail"]["state"].is_string(), "{row}");
    }
    for email in emails {
        let member = &members[&email];
        assert_eq!(member["access"]["S"], "granted", "{email}");
        assert_eq!(mails.get(member["id"]["S"].as_str().unwrap()), Some(&1), "mails to {email}");
        assert_eq!(granted.get(email.as_str()), Some(&1), "rows of {email}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everybody_pending_on_a_link_is_granted_and_reported() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let link = world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
    let other = world.link(json!({"admission": "approval"})).await;
    register(&world, &link, emails("ana", 120)).await;
    register(&world, &other, emails("bo", 3)).await;
    let revoked = world.member_id("ana0007@example.com").await;
    world.post("/v1/members/revocations", json!({"members": [revoked]})).await.expect_status(200);

    let accepted = world.post("/v1/jobs/grants", json!({"filter": {"link": link.id}})).await.expect_status(202).json();
    assert_eq!(
        (&accepted["state"], &accepted["kind"], &accepted["total"]),
        (&json!("queued"), &json!("grants"), &json!(119))
    );
    assert_eq!(
        accepted["filter"],
        json!({"access": null, "link": link.id, "state": "pending", "unit": null, "include_rejected": false})
    );
    let id = accepted["id"].as_str().unwrap();
    let job = world.ended_job(id).await;
    assert_eq!((&job["state"], &job["done"], &job["reason"]), (&json!("done"), &json!(119), &Value::Null));
    assert_eq!(job["outcomes"], json!({"granted": 119}));
    let rows = world.report(id).await;
    assert_eq!(rows.len(), 119);
    check_granted(&world, &rows, emails("ana", 120).filter(|email| email != "ana0007@example.com"));
    assert_eq!(world.show(&link).await["seats"]["taken"], 119);
    assert_eq!(world.stats(&other).await["by_state"]["pending"], 3, "another link's people wait");
    world.check_books(&link);

    // Again: there is nothing left, and nobody is mailed.
    let again = world.start_grants(json!({"link": link.id})).await;
    assert_eq!(world.ended_job(&again).await["outcomes"], json!({}));
    let jobs = world.get("/v1/jobs?limit=1").await.expect_status(200).json();
    assert_eq!((&jobs["jobs"][0]["id"], jobs["next"].is_string()), (&json!(again), true), "newest first");
    let audit = world.items("audit");
    let acts = |act: &str| audit.iter().filter(|record| record["act"]["S"] == act).count();
    assert_eq!((acts("grants_ordered"), acts("access_granted")), (2, 119));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_report_is_had_as_a_table_for_spreadsheets() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    let body = json!({"name": "=cmd()", "email": "eve@example.com"});
    world.client.post(&format!("/v1/join/{}", link.code), body).await.expect_status(202);
    register(&world, &link, emails("ana", 2)).await;
    let id = world.start_grants(json!({})).await;
    world.ended_job(&id).await;
    let mut table = String::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/v1/jobs/{id}/report?limit=2{cursor}");
        let page = world.client.get(&path).bearer(&world.admin).header("accept", "text/csv").await.expect_status(200);
        assert_eq!(page.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(page.header("content-disposition"), "attachment; filename=\"report.csv\"");
        table.push_str(&page.text());
        if page.header("x-next-cursor").is_empty() {
            break;
        }
        cursor = format!("&cursor={}", page.header("x-next-cursor"));
    }
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len(), 4, "{table}");
    assert!(lines[0].starts_with("\u{feff}\"member\",\"name\",\"email\",\"outcome\",\"mail\""));
    assert!(lines.iter().any(|line| line.contains("\"'=cmd()\",\"eve@example.com\",\"granted\"")), "{table}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_filter_says_who_waits_for_what() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let approval = world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
    let plain = world.link(json!({"admission": "approval"})).await;
    let instant = world.link(json!({})).await;
    register(&world, &approval, emails("ana", 2)).await;
    register(&world, &plain, emails("bo", 3)).await;
    register(&world, &instant, emails("cy", 4)).await;
    let granted = async |filter: Value| {
        let id = world.start_grants(filter).await;
        world.ended_job(&id).await["outcomes"].clone()
    };
    assert_eq!(granted(json!({"link": instant.id})).await, json!({}), "nobody is pending there");
    assert_eq!(granted(json!({"unit": site})).await, json!({"granted": 2}));
    assert_eq!(granted(json!({"access": "unverified", "link": instant.id, "unit": site})).await, json!({}));
    // Whom an admin rejected stays out until an admin says otherwise.
    register(&world, &plain, emails("ron", 1)).await;
    let ron = world.member_id(&emails("ron", 1).next().unwrap()).await;
    world.post("/v1/members/refusals", json!({"members": [ron]})).await.expect_status(200);
    assert_eq!(granted(json!({"access": "without"})).await, json!({"granted": 7, "rejected": 1}));
    let shown = world.get(&format!("/v1/members/{ron}")).await.json();
    assert_eq!((&shown["member"]["access"], &shown["mails"]), (&json!("rejected"), &json!([])));
    assert_eq!(granted(json!({"access": "rejected"})).await, json!({"rejected": 1}));
    assert_eq!(granted(json!({"access": "rejected", "include_rejected": true})).await, json!({"granted": 1}));
    let refused = async |filter: Value, status: u16| {
        let answer = world.post("/v1/jobs/grants", json!({"filter": filter})).await.expect_status(status);
        answer.error_code()
    };
    assert_eq!(refused(json!({"access": "granted"}), 422).await, "invalid_fields");
    assert_eq!(refused(json!({"link": "x", "unit": "x"}), 422).await, "invalid_fields");
    assert_eq!(refused(json!({"state": "pending"}), 422).await, "invalid_fields");
    assert_eq!(refused(json!({"link": instant.id, "state": "enrolled"}), 422).await, "invalid_fields");
    let before = world.items("job").len();
    assert_eq!(refused(json!({"unit": "99999999-9999-4999-8999-999999999999"}), 422).await, "invalid_fields");
    assert_eq!(world.items("job").len(), before, "no job that grants nobody");
    assert_eq!(refused(json!({"link": "01900000-0000-7000-8000-000000000001"}), 404).await, "link_not_found");
    assert_eq!(refused(json!([]), 400).await, "malformed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_waits_on_more_links_than_one_transaction_lands_is_let_in_through_all_of_them_with_one_mail() {
    let world = World::start().await;
    for _ in 0..47 {
        let link = world.link(json!({"admission": "approval", "cap": 5})).await;
        world.register(&link.code, "ana@example.com").await.expect_status(202);
    }
    let id = world.start_grants(json!({})).await;
    assert_eq!(world.ended_job(&id).await["outcomes"], json!({"granted": 1}));
    let enrolled = world.items("enrollment").into_iter().filter(|enrollment| enrollment["state"]["S"] == "enrolled");
    assert_eq!(enrolled.count(), 47);
    check_granted(&world, &world.report(&id).await, ["ana@example.com".to_owned()].into_iter());
}

/// What a table under load does.
fn trouble() -> FaultPlan {
    FaultPlan {
        hold: Some(Hold::of_transactions(Duration::from_millis(2)..=Duration::from_millis(6))),
        throttle: 0.01,
        lose_answer: 0.01,
        ..FaultPlan::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_thousand_nobody_is_left_out_or_granted_twice_while_newcomers_register() {
    const PEOPLE: usize = 2_000;
    let world = World::start_with(|options| options.schedules = false).await;
    let link = world.link(json!({"admission": "approval"})).await;
    register(&world, &link, emails("ana", PEOPLE)).await;
    world.proxy.set_plan(trouble());
    let id = world.start_grants(json!({"link": link.id})).await;
    let newcomers = register(&world, &link, emails("late", 200));
    // Should a worker die of the trouble, the sweep finds its job.
    let sweeping = async {
        loop {
            tokio::time::sleep(Duration::from_millis(500)).await;
            let _ = world.running.run_schedule("sweep-expired").await;
        }
    };
    let (job, ()) = tokio::select! {
        both = async { tokio::join!(world.ended_job(&id), newcomers) } => both,
        () = sweeping => unreachable!(),
    };
    world.proxy.set_plan(FaultPlan::default());
    assert_eq!((&job["state"], &job["total"]), (&json!("done"), &json!(PEOPLE)), "{job}");
    let rows = world.report(&id).await;
    assert_eq!(job["done"], rows.len());
    assert_eq!(outcomes(&rows), BTreeMap::from([("granted".to_owned(), PEOPLE)]));
    check_granted(&world, &rows, emails("ana", PEOPLE));
    let stats = world.stats(&link).await;
    assert_eq!(stats["by_state"]["pending"], 200, "whoever came after the order waits");
    world.check_books(&link);
}
