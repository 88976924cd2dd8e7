//! How often a link's page was opened: counted by a call the page makes, in whatever state the link is, and in nobody's way.

use chrono::TimeDelta;
use futures::future::join_all;
use hyper::Method;
use serde_json::{Value, json};
use shared::{
    clock::Clock,
    domain::{TimeZone, Timestamp},
};
use tests::{World, fault_proxy::Fault, http::Answer};

async fn open(world: &World, code: &str) -> Answer {
    world.client.call(Method::POST, &format!("/v1/join/{code}/opened")).await
}

/// The counts of all counters of all links, by the name of the attribute.
fn counted(world: &World, name: &str) -> u64 {
    let number = |item: &Value| item[name]["N"].as_str().map_or(0, |count| count.parse::<u64>().unwrap());
    world.items("openings").iter().map(number).sum()
}

fn today(world: &World) -> String {
    let now: Timestamp = world.clock.now();
    let day = TimeZone::parse("Europe/Berlin").unwrap().day(now);
    format!("d{}", (day - chrono::NaiveDate::default()).num_days())
}

#[tokio::test]
async fn a_link_is_opened_as_often_as_its_page_says_and_never_by_a_look() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 40})).await;
    let lots = world.items("lot");
    for _ in 0..3 {
        world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(200);
    }
    assert_eq!(counted(&world, "opened"), 0);
    let opened = join_all((0..40).map(|_| open(&world, &link.code))).await;
    assert!(opened.iter().all(|answer| answer.status == 204 && answer.body.is_empty()));
    assert_eq!((counted(&world, "opened"), counted(&world, &today(&world))), (40, 40));
    assert!(world.items("openings").len() > 1, "they do not meet in one item");
    assert_eq!(world.items("lot"), lots, "nobody's seat is in the way");
    let first = today(&world);
    world.clock.advance(TimeDelta::days(1));
    open(&world, &link.code).await.expect_status(204);
    assert_eq!((counted(&world, "opened"), counted(&world, &first), counted(&world, &today(&world))), (41, 40, 1));
    // Two years later that first day is forgotten, where its counter is counted on again.
    world.clock.advance(TimeDelta::days(730));
    join_all((0..60).map(|_| open(&world, &link.code))).await;
    assert_eq!((counted(&world, "opened"), counted(&world, &first)), (101, 0));
}

#[tokio::test]
async fn a_link_is_opened_whatever_its_state_while_its_code_is_known() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 1})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    open(&world, &link.code).await.expect_status(204);
    world.edit(&link, json!({"state": "inactive"})).await.expect_status(200);
    open(&world, &link.code).await.expect_status(204);
    assert_eq!(counted(&world, "opened"), 2);
    let body = json!({"version": world.show(&link).await["version"]});
    world.post(&format!("/v1/links/{}/code", link.id), body).await.expect_status(200);
    let before = world.contents();
    for code in [&link.code, "x", "00000000000000000000000000", "%23"] {
        assert_eq!(open(&world, code).await.expect_status(404).error_code(), "link_not_found");
    }
    assert_eq!(world.contents(), before);
    let code = world.show(&link).await["code"].as_str().unwrap().to_owned();
    open(&world, &code).await.expect_status(204);
    world.delete(&format!("/v1/links/{}", link.id)).await.expect_status(204);
    open(&world, &code).await.expect_status(404);
    assert_eq!(counted(&world, "opened"), 3, "a new code goes on with the link's count");
}

#[tokio::test]
async fn who_opens_a_link_too_often_is_not_counted_and_can_still_register() {
    let world = World::start_with(|options| {
        options.environment.insert("REQUESTS_PER_IP_MINUTE".to_owned(), "5".to_owned());
    })
    .await;
    let link = world.link(json!({})).await;
    let answers = join_all((0..8).map(|_| open(&world, &link.code))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 204).count(), 5);
    assert_eq!(answers.iter().filter(|answer| answer.error_code() == "too_many_requests").count(), 3);
    assert_eq!(counted(&world, "opened"), 5);
    world.register(&link.code, "ana@example.com").await.expect_status(202);
}

#[tokio::test]
async fn an_opening_that_cannot_be_counted_is_told_and_a_conflict_is_waited_out() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    (0..4).for_each(|_| world.proxy.fail_next("UpdateItem", Fault::Throttle));
    open(&world, &link.code).await.expect_status(204);
    assert_eq!(counted(&world, "opened"), 1);
}
