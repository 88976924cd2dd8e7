//! Granting access: one rule, whichever way an admin takes, said beforehand and told afterwards.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{World, world::Link};

/// One link of each sort.
pub(crate) struct Links {
    pub approval: Link,
    pub instant: Link,
    pub full: Link,
}

/// Somebody of each kind without access, and the unit that the links give.
pub(crate) async fn people() -> (World, Links, String) {
    let mut world = World::start().await;
    let (site, _) = world.site().await;
    let gives = json!({"sites": [site]});
    let approval = world.link(json!({"admission": "approval", "allocation": gives})).await;
    let instant = world.link(json!({"allocation": gives})).await;
    let full = world.link(json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": false})).await;
    for (link, email) in [(&instant, "late@example.com"), (&full, "later@example.com")] {
        world.register(&link.code, email).await.expect_status(202);
    }
    world.clock.advance(TimeDelta::hours(49));
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.sign_in_admin_again().await;
    for (link, email) in [
        (&approval, "pending@example.com"),
        (&approval, "rejected@example.com"),
        (&approval, "revoked@example.com"),
        (&instant, "reserved@example.com"),
        (&full, "seated@example.com"),
        (&full, "waiting@example.com"),
    ] {
        world.register(&link.code, email).await.expect_status(202);
    }
    world.sign_in("seated@example.com").await;
    for (deed, email) in [("refusals", "rejected@example.com"), ("revocations", "revoked@example.com")] {
        let member = world.member_id(email).await;
        world.post(&format!("/v1/members/{deed}"), json!({"members": [member]})).await.expect_status(200);
    }
    let file = "name,email\nImported,imported@example.com\n";
    let call = world.client.call("POST".parse().unwrap(), "/v1/jobs/imports?access=pending");
    let job = call.bearer(&world.admin).body("text/csv", file).await.expect_status(202).json();
    world.ended_job(job["id"].as_str().unwrap()).await;
    (world, Links { approval, instant, full }, site)
}

/// What is to become of each of those without access.
const ENDS: [(&str, &str); 7] = [
    ("pending@example.com", "granted"),
    ("reserved@example.com", "granted"),
    ("late@example.com", "granted"),
    ("imported@example.com", "granted"),
    ("later@example.com", "link_full"),
    ("waiting@example.com", "link_full"),
    ("rejected@example.com", "rejected"),
];

fn counted() -> Value {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, outcome) in ENDS {
        *counts.entry(outcome).or_default() += 1;
    }
    json!(counts)
}

async fn named(world: &World, link: &Link) -> Value {
    json!({"id": link.id, "name": world.show(link).await["name"]})
}

/// How granting access to the people of a filter would end, from all pages.
async fn preview(world: &World, filter: Value) -> Value {
    let mut body = json!({"filter": filter});
    loop {
        let so = world.post("/v1/members/grants/previews", body.clone()).await.expect_status(200).json();
        if so["next"].is_null() {
            let sum: u64 = so["outcomes"].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
            assert_eq!(so["people"], sum);
            return so["outcomes"].clone();
        }
        body["cursor"] = so["next"].clone();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_ends_for_each_person_as_the_preview_said() {
    let (world, links, site) = people().await;
    let before = world.contents();
    assert_eq!(preview(&world, json!({"access": "without"})).await, counted());
    assert_eq!(world.contents(), before, "a preview changes nothing");

    let id = world.start_grants(json!({"access": "without"})).await;
    assert_eq!(world.ended_job(&id).await["outcomes"], counted());
    let rows = world.report(&id).await;
    let full = named(&world, &links.full).await;
    for (email, outcome) in ENDS {
        let row = rows.iter().find(|row| row["email"] == email).unwrap();
        assert_eq!(row["outcome"], outcome, "{row}");
        assert_eq!(row["reason"].is_string(), outcome != "granted", "{row}");
        assert_eq!(row["link"], if outcome == "link_full" { full.clone() } else { Value::Null });
    }
    // Whoever came too late is in the units of the link, as those who came in time are.
    let late = world.get(&format!("/v1/members/{}", world.member_id("late@example.com").await)).await.json();
    assert_eq!(late["member"]["sites"], json!([site]));
    assert_eq!(late["enrollments"][0]["state"], "enrolled");
    for link in [&links.approval, &links.instant, &links.full] {
        world.check_books(link);
    }
    let table = world.client.get(&format!("/v1/jobs/{id}/report")).bearer(&world.admin).header("accept", "text/csv");
    let table = table.await.expect_status(200).text();
    let reason = format!(
        "no free seat on \"\"{}\"\"; raise its enrollment cap, then grant access again",
        full["name"].as_str().unwrap()
    );
    assert_eq!(table.matches(&reason).count(), 2, "{table}");
    assert!(table.contains("rejected or removed earlier; grant access again and include rejected people"), "{table}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_their_ids_it_ends_for_each_person_as_by_a_filter() {
    let (world, links, _) = people().await;
    let mut ids = Vec::new();
    for (email, _) in ENDS {
        ids.push(world.member_id(email).await);
    }
    let path = "/v1/members/grants/previews";
    let (some, others) = ids.split_at(3);
    let first = world.post(path, json!({"members": some})).await.expect_status(200).json();
    let both = json!({"members": others, "cursor": first["next"]});
    let both = world.post(path, both).await.expect_status(200).json();
    assert_eq!((&both["outcomes"], &both["people"]), (&counted(), &json!(ENDS.len())));

    let results = world.post("/v1/members/grants", json!({"members": ids})).await.expect_status(200).json();
    let full = named(&world, &links.full).await;
    for (result, (email, outcome)) in results["results"].as_array().unwrap().iter().zip(ENDS) {
        assert_eq!(result["outcome"], outcome, "{email}");
        assert_eq!(result["link"], if outcome == "link_full" { full.clone() } else { Value::Null }, "{email}");
    }
    // One by one, as from their own pages, it is the same again.
    for (id, (email, outcome)) in ids.iter().zip(ENDS) {
        assert_eq!(world.grant(id).await, if outcome == "granted" { "already_granted" } else { outcome }, "{email}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_names_somebody_grants_by_the_same_rule() {
    let (world, _, site) = people().await;
    let rows: String = ENDS.iter().map(|(email, _)| format!("Somebody,{email},{site}\n")).collect();
    for dry_run in [true, false] {
        let path = format!("/v1/jobs/imports?access=granted&dry_run={dry_run}");
        let call = world.client.call("POST".parse().unwrap(), &path).bearer(&world.admin);
        let job = call.body("text/csv", format!("name,email,sites\n{rows}")).await.expect_status(202).json();
        assert_eq!(world.ended_job(job["id"].as_str().unwrap()).await["outcomes"], counted(), "dry run: {dry_run}");
    }
    let rejected = world.get(&format!("/v1/members/{}", world.member_id("rejected@example.com").await)).await.json();
    let was = (&rejected["member"]["access"], &rejected["member"]["sites"]);
    assert_eq!(was, (&json!("rejected"), &json!([])), "who is skipped is left as they are");
}

#[tokio::test]
async fn somebody_rejected_gets_access_when_an_admin_says_so() {
    let (world, _, _) = people().await;
    let id = world.member_id("rejected@example.com").await;
    let body = json!({"members": [id], "include_rejected": true});
    let said = world.post("/v1/members/grants/previews", body.clone()).await.expect_status(200).json();
    assert_eq!(said["outcomes"], json!({"granted": 1}));
    let done = world.post("/v1/members/grants", body).await.expect_status(200).json();
    assert_eq!(done["results"][0]["outcome"], "granted");
    world.sign_in("rejected@example.com").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_counts_each_free_seat_once() {
    let world = World::start().await;
    let link = world
        .link(json!({"cap": 1, "admission": "approval", "overflow": "waiting_list", "admit_waiting": false}))
        .await;
    for number in 0..6 {
        world.register(&link.code, &format!("worker{number}@example.com")).await.expect_status(202);
    }
    let waiting = json!({"link": link.id, "state": "waiting"});
    assert_eq!(preview(&world, waiting.clone()).await, json!({"link_full": 5}));
    let version = world.show(&link).await["version"].clone();
    world.patch(&format!("/v1/links/{}", link.id), json!({"version": version, "cap": 3})).await.expect_status(200);
    let said = json!({"granted": 2, "link_full": 3});
    assert_eq!(preview(&world, waiting.clone()).await, said);
    let id = world.start_grants(waiting).await;
    let job = world.ended_job(&id).await;
    assert_eq!((&job["outcomes"], &job["total"]), (&said, &json!(5)));
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_of_many_goes_on_until_all_are_counted() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    for number in 0..230 {
        world.register(&link.code, &format!("worker{number}@example.com")).await.expect_status(202);
    }
    let first = world.post("/v1/members/grants/previews", json!({"filter": {}})).await.expect_status(200).json();
    assert_eq!((&first["people"], first["next"].is_string()), (&json!(200), true));
    for filter in [json!({}), json!({"link": link.id}), json!({"access": "pending", "link": link.id})] {
        assert_eq!(preview(&world, filter).await, json!({"granted": 230}));
    }
    let elsewhere = json!({"filter": {"access": "without"}, "cursor": first["next"]});
    assert_eq!(world.post("/v1/members/grants/previews", elsewhere).await.error_code(), "invalid_cursor");
    for wrong in [json!({}), json!({"members": ["x"], "filter": {}}), json!({"filter": null}), json!({"filter": []})] {
        assert_eq!(world.post("/v1/members/grants/previews", wrong).await.expect_status(400).error_code(), "malformed");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_is_about_the_people_whom_the_list_with_its_filter_shows() {
    let (world, links, site) = people().await;
    let plain = world.link(json!({"admission": "approval"})).await;
    world.register(&plain.code, "elsewhere@example.com").await.expect_status(202);
    for access in ["pending", "unverified", "rejected", "without"] {
        for link in [None, Some(&links.approval), Some(&links.instant), Some(&links.full)] {
            for unit in [None, Some(&site)] {
                let mut filter = json!({"access": access});
                let mut query = format!("access={access}&limit=100");
                if let Some(link) = link {
                    filter["link"] = json!(link.id);
                    query.push_str(&format!("&link={}", link.id));
                }
                if let Some(unit) = unit {
                    filter["unit"] = json!(unit);
                    query.push_str(&format!("&unit={unit}"));
                }
                let listed = world.get(&format!("/v1/members?{query}")).await.expect_status(200).json();
                let listed: BTreeSet<_> =
                    listed["members"].as_array().unwrap().iter().map(|member| member["id"].to_string()).collect();
                let outcomes = preview(&world, filter).await;
                let people: u64 = outcomes.as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum();
                assert_eq!(people, listed.len() as u64, "{query}");
            }
        }
    }
    let of_site = world.get(&format!("/v1/members?access=pending&unit={site}")).await.json();
    assert_eq!(of_site["members"][0]["email"], "pending@example.com", "who will be in it once they have access");
}
