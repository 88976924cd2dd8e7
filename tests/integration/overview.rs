//! An organization in sum: over all links and members, page by page, at the same cost however many members there are.

use chrono::TimeDelta;
use hyper::Method;
use serde_json::{Value, json};
use tests::{World, world::Link};

async fn register(world: &World, link: &Link, count: usize, of: &str) {
    for number in 0..count {
        world.register(&link.code, &format!("{of}{number}@example.com")).await.expect_status(202);
    }
}

/// The answers of all pages, `limit` links a page.
async fn walk(world: &World, query: &str, limit: usize) -> Vec<Value> {
    let mut answers: Vec<Value> = Vec::new();
    let mut cursor = String::new();
    loop {
        let path = format!("/v1/overview?limit={limit}{query}{cursor}");
        let answer = world.get(&path).await.expect_status(200).json();
        let next = answer["next"].as_str().map(str::to_owned);
        answers.push(answer);
        let Some(next) = next else { return answers };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test]
async fn the_last_page_of_an_overview_has_all_links_in_sum() {
    let mut world = World::start().await;
    let old = world.link(json!({"name": "Old", "cap": 40})).await;
    register(&world, &old, 4, "old").await;
    world.clock.advance(TimeDelta::days(10));
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.sign_in_admin_again().await;
    let approval = world.link(json!({"name": "Approval", "admission": "approval", "cap": 2})).await;
    register(&world, &approval, 2, "held").await;
    let open = world.link(json!({"name": "Open"})).await;
    register(&world, &open, 3, "new").await;
    for _ in 0..7 {
        world.client.call(Method::POST, &format!("/v1/join/{}/opened", open.code)).await.expect_status(204);
    }
    world.sign_in("new0@example.com").await;
    let gone = world.link(json!({"name": "Gone"})).await;
    register(&world, &gone, 1, "gone").await;
    world.delete(&format!("/v1/links/{}", gone.id)).await.expect_status(204);
    let inactive = world.link(json!({})).await;
    world.edit(&inactive, json!({"state": "inactive"})).await.expect_status(200);
    let member = world.member_id("held0@example.com").await;
    world.post("/v1/members/revocations", json!({"members": [member]})).await.expect_status(200);

    let most = |links: &[(&Link, &str, u64)]| -> Value {
        links.iter().map(|(link, name, count)| json!({"id": link.id, "name": name, "registered": count})).collect()
    };
    let count = |count: u64| json!({"count": count, "more": false});
    for limit in [1, 2, 25] {
        let answers = walk(&world, "", limit).await;
        // A page that ends with the last link does not know that it does.
        assert!(answers.len() - 5_usize.div_ceil(limit) <= 1);
        let last = answers.last().unwrap();
        assert_eq!(last["links"], json!({"open": 3, "deleted": 1, "inactive": 1}));
        // One of the two held seats went back.
        assert_eq!(last["seats"], json!({"taken": 5, "free": 41, "held": 0, "open_without_cap": 1}));
        let states = json!({"reserved": 3, "pending": 1, "enrolled": 1, "lapsed": 4, "removed": 1, "waiting": 0});
        assert_eq!(last["by_state"], states);
        assert_eq!(last["funnel"], json!({"opened": 7, "registered": 10, "signed_in": 1}));
        let members = json!({"unverified": count(7), "rejected": count(0), "pending": count(1), "granted": count(2), "revoked": count(1)});
        assert!(answers.iter().all(|answer| answer["members"] == members), "{members}");
        assert_eq!(last["days"], 7);
        let lately = most(&[(&open, "Open", 3), (&approval, "Approval", 2), (&gone, "Gone", 1)]);
        assert_eq!(last["most_registered"], lately);
        let month = walk(&world, "&days=30", limit).await.pop().unwrap();
        let of_month = most(&[(&old, "Old", 4), (&open, "Open", 3), (&approval, "Approval", 2), (&gone, "Gone", 1)]);
        assert_eq!((&month["days"], &month["most_registered"]), (&json!(30), &of_month));
    }
    for days in ["8", "0", "", "x", "7.0"] {
        world.get(&format!("/v1/overview?days={days}")).await.expect_status(422);
    }
}

#[tokio::test]
async fn the_overview_of_a_new_organization_counts_zero_of_everything() {
    let world = World::start().await;
    let overview = world.get("/v1/overview").await.expect_status(200).json();
    let states = json!({"reserved": 0, "pending": 0, "enrolled": 0, "lapsed": 0, "removed": 0, "waiting": 0});
    assert_eq!(overview["by_state"], states);
    assert_eq!(overview["links"], json!({}));
    assert_eq!(overview["seats"], json!({"taken": 0, "free": 0, "held": 0, "open_without_cap": 0}));
    assert_eq!(overview["funnel"], json!({"opened": 0, "registered": 0, "signed_in": 0}));
    assert_eq!((&overview["most_registered"], &overview["next"]), (&json!([]), &json!(null)));
}

#[tokio::test]
async fn an_overview_of_many_links_fits_its_cursor_and_costs_the_same_a_page_whatever_the_members() {
    let world = World::start_without_stream(|_| {}).await;
    let name = "Straße ".repeat(14);
    let mut links = Vec::new();
    for _ in 0..30 {
        links.push(world.link(json!({"name": name.trim(), "cap": 20, "admission": "approval"})).await);
    }
    let cost = async || {
        let mark = world.proxy.mark();
        let answer = world.get("/v1/overview").await.expect_status(200).json();
        assert!(answer["next"].is_string());
        let calls = world.proxy.since(mark);
        let mut units = calls.capacity();
        // The count of members reads the index as far as its bound.
        units.read_indexes = 0.0;
        (calls.by_operation(), units)
    };
    register(&world, &links[29], 1, "first").await;
    for (number, link) in links.iter().enumerate().skip(5) {
        register(&world, link, 1, &format!("a{number}-")).await;
    }
    let few = cost().await;
    for (number, link) in links.iter().enumerate().skip(5) {
        register(&world, link, 8, &format!("b{number}-")).await;
    }
    assert_eq!(cost().await, few);
    let answers = walk(&world, "", 25).await;
    assert_eq!(answers.len(), 2);
    let last = &answers[1];
    assert_eq!((&last["links"], &last["funnel"]["registered"]), (&json!({"open": 30}), &json!(226)));
    assert_eq!(last["most_registered"].as_array().unwrap().len(), 10);
    assert_eq!(last["most_registered"][0]["registered"], 10);
}

#[tokio::test]
async fn seats_that_are_kept_for_the_waiting_are_held_and_not_free() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": false})).await;
    register(&world, &link, 3, "one").await;
    let seats = async || walk(&world, "", 25).await.pop().unwrap()["seats"].clone();
    assert_eq!(seats().await, json!({"taken": 1, "free": 0, "held": 0, "open_without_cap": 0}));
    world.edit(&link, json!({"cap": 2})).await.expect_status(200);
    assert_eq!(seats().await, json!({"taken": 1, "free": 0, "held": 1, "open_without_cap": 0}));
    // Two wait: the third seat that is free is nobody's, and no newcomer's either while they wait.
    world.edit(&link, json!({"cap": 4})).await.expect_status(200);
    assert_eq!(seats().await["held"], 2);
    world.edit(&link, json!({"state": "inactive"})).await.expect_status(200);
    assert_eq!(seats().await["held"], 0);
}
