//! Many links changed at once: a result for each, and what is answered as done holds.

use std::time::Duration;

use chrono::{Days, Utc};
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Boundary, FaultPlan},
    world::Link,
};

use crate::{
    faults::{at_each_boundary, boundary_of},
    refusals::{Still, refused},
};

const UNKNOWN: &str = "01900000-0000-7000-8000-000000000099";

/// Changes these links and gives the outcomes.
async fn change(world: &World, ids: &[&str], change: Value) -> Vec<String> {
    let answer = world.post("/v1/links/changes", json!({"links": ids, "change": change})).await.expect_status(200);
    let results = answer.json()["results"].clone();
    results.as_array().unwrap().iter().map(|result| result["outcome"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn each_link_has_its_own_result_and_is_as_the_result_says() {
    let world = World::start().await;
    let links = join_all((0..3).map(|_| world.link(json!({"cap": 20})))).await;
    let [a, b, deleted] = &links[..] else { panic!("three links") };
    world.delete(&format!("/v1/links/{}", deleted.id)).await.expect_status(204);
    world.edit(b, json!({"state": "inactive"})).await.expect_status(200);
    let records = world.items("audit").len();

    let ids = [&a.id, &b.id, &a.id, &deleted.id, UNKNOWN, "x"];
    let outcomes = change(&world, &ids, json!({"state": "inactive"})).await;
    assert_eq!(outcomes, ["changed", "unchanged", "not_found", "not_found", "not_found"], "each id once");
    assert_eq!(world.items("audit").len(), records + 1, "a record for each link that was changed");
    for link in [a, b] {
        assert_eq!(world.register(&link.code, "ana@example.com").await.error_code(), "link_inactive");
    }
    assert_eq!(change(&world, &[&a.id, &b.id], json!({"state": "active"})).await, ["changed", "changed"]);
    for link in [a, b] {
        world.register(&link.code, "ana@example.com").await.expect_status(202);
        world.check_books(link);
    }
}

#[tokio::test]
async fn links_are_extended_to_the_end_of_a_day_where_the_organization_is() {
    let mut world = World::start().await;
    let day = |days| (Utc::now().date_naive() + Days::new(days)).to_string();
    let (short, endless) = (world.link(json!({"expires": day(1)})).await, world.link(json!({})).await);
    world.clock.advance(chrono::TimeDelta::days(3));
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.sign_in_admin_again().await;
    assert_eq!(world.register(&short.code, "ana@example.com").await.error_code(), "link_expired");

    let ids = [short.id.as_str(), &endless.id];
    assert_eq!(change(&world, &ids, json!({"expires": day(30)})).await, ["changed", "changed"]);
    for link in [&short, &endless] {
        let shown = world.show(link).await;
        assert_eq!(shown["expires_local"], format!("{} 23:59 Europe/Berlin", day(30)));
        world.register(&link.code, "ana@example.com").await.expect_status(202);
    }
    assert_eq!(change(&world, &ids, json!({"expires": day(30)})).await, ["unchanged", "unchanged"]);
}

#[tokio::test]
async fn a_change_that_is_none_or_of_no_links_is_refused() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let still = Still::new(world).await;
    let one = json!([link.id]);
    let many: Vec<_> = (0..101).map(|number| format!("01900000-0000-7000-8000-{number:012}")).collect();
    let off = || json!({"state": "inactive"});
    for (links, change, field) in [
        (one.clone(), json!({}), "change"),
        (one.clone(), json!({"state": "active", "expires": "2027-01-01"}), "change"),
        (one.clone(), json!({"state": "deleted"}), "state"),
        (one.clone(), json!({"state": ""}), "state"),
        (one.clone(), json!({"expires": "2020-01-01"}), "expires"),
        (one.clone(), json!({"expires": "soon"}), "expires"),
        (json!([]), off(), "links"),
        (json!(many), off(), "links"),
    ] {
        let body = json!({"links": links, "change": change});
        let answer = still.world.post("/v1/links/changes", body.clone()).await;
        refused(&answer, 422, "invalid_fields", &body.to_string());
        assert!(answer.json()["error"]["fields"][field].is_string(), "{}", answer.text());
    }
    for (links, change) in [
        (one.clone(), json!({"state": "active", "expires": null})),
        (one.clone(), json!({"expires": null})),
        (json!(link.id), off()),
        (json!([5]), off()),
        (one.clone(), json!([])),
        (one.clone(), json!({"cap": 3})),
        (one.clone(), json!({"state": "inactive", "cap": 3})),
        (one.clone(), json!("inactive")),
        (one.clone(), json!(null)),
        (one.clone(), json!({"state": 5})),
    ] {
        let body = json!({"links": links, "change": change});
        let answer = still.world.post("/v1/links/changes", body.clone()).await;
        refused(&answer, 400, "malformed", &body.to_string());
    }
    still.check();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_of_others_meanwhile_keep_no_link_from_being_changed() {
    let world = World::start().await;
    let links = join_all((0..6).map(|_| world.link(json!({"cap": 200})))).await;
    let ids: Vec<_> = links.iter().map(|link| link.id.as_str()).collect();
    world.proxy.set_plan(FaultPlan::conflicts(Duration::from_millis(1)..=Duration::from_millis(4)));
    let others = join_all(links.iter().map(|link| async {
        for round in 0..4 {
            let answer = world.edit(link, json!({"description": format!("Round {round}")})).await;
            assert!([200, 409].contains(&answer.status.as_u16()), "{}", answer.text());
        }
    }));
    let bulk = async {
        for state in ["inactive", "active", "inactive"] {
            assert_eq!(change(&world, &ids, json!({"state": state})).await, ["changed"; 6]);
        }
    };
    tokio::join!(others, bulk);
    world.proxy.set_plan(FaultPlan::default());
    for link in &links {
        let shown = world.show(link).await;
        assert_eq!(shown["state"], "inactive");
        world.check_books(link);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_there_was_no_time_for_is_told_and_done_when_it_is_sent_again() {
    let world = World::start().await;
    let links = join_all((0..10).map(|_| world.link(json!({"cap": 20})))).await;
    let ids: Vec<_> = links.iter().map(|link| link.id.as_str()).collect();
    world.proxy.set_plan(FaultPlan::latency(Duration::from_millis(400)));
    let first = change(&world, &ids, json!({"state": "inactive"})).await;
    assert!(first.iter().any(|outcome| outcome == "changed"), "{first:?}");
    assert!(first.iter().any(|outcome| outcome == "unavailable"), "{first:?}");
    world.proxy.set_plan(FaultPlan::default());
    let again = change(&world, &ids, json!({"state": "inactive"})).await;
    for (first, again) in first.iter().zip(&again) {
        assert!(["changed", "unchanged"].contains(&again.as_str()) && (first != "changed" || again == "unchanged"));
    }
    for link in &links {
        assert_eq!(world.register(&link.code, "ana@example.com").await.error_code(), "link_inactive");
    }
    assert_eq!(acts(&world, &links[0]), ["link_created", "link_edited"]);
    let edits: usize = links.iter().map(|link| acts(&world, link).len() - 1).sum();
    assert_eq!(edits, links.len(), "one change of each");
}

/// What the records tell of a link.
fn acts(world: &World, link: &Link) -> Vec<String> {
    let of_link = |record: &Value| record["subject"]["M"]["id"]["S"] == link.id.as_str();
    let records = world.items("audit").into_iter().filter(of_link);
    let mut acts: Vec<_> = records.map(|record| record["act"]["S"].as_str().unwrap().to_owned()).collect();
    acts.sort();
    acts
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_whose_process_dies_is_made_once_and_completed_by_sending_it_again() {
    let world = World::start().await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let links = join_all((0..2).map(|_| world.link(json!({"cap": 20})))).await;
        let ids: Vec<_> = links.iter().map(|link| link.id.as_str()).collect();
        let (nth, boundary) = boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        let body = json!({"links": ids, "change": {"state": "inactive"}});
        let answer = world.post("/v1/links/changes", body).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        assert!(dead || answer.status == 200, "{}", answer.text());
        let again = change(&world, &ids, json!({"state": "inactive"})).await;
        assert!(again.iter().all(|outcome| ["changed", "unchanged"].contains(&outcome.as_str())), "{again:?}");
        for link in &links {
            assert_eq!(acts(&world, link), ["link_created", "link_edited"]);
            assert_eq!(world.register(&link.code, "ana@example.com").await.error_code(), "link_inactive");
            world.check_books(link);
        }
        if dead {
            world.proxy.kill_at(0, Boundary::Before);
        }
    })
    .await;
}
