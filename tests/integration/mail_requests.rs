//! Requests for mail: a call that names an address writes one, whoever it is; what it leads to is looked up once, whatever dies or is
//! lost between.

use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Fault, FaultPlan, Matching},
};

use crate::faults::{at_each_boundary, boundary_of, tell};

/// A world whose stream is not read, and whose calls give up soon.
async fn world() -> World {
    World::start_without_stream(|options| {
        for (name, value) in [("REDEMPTION_BUDGET_MS", "300"), ("MAILS_PER_RECIPIENT_HOUR", "1000")] {
            options.environment.insert(name.to_owned(), value.to_owned());
        }
    })
    .await
}

async fn ask(world: &World, email: &str) {
    let asked = world.client.post("/v1/login-links", json!({"email": email})).await.expect_status(202);
    assert_eq!(asked.json(), json!({"status": "check_your_mail"}));
}

/// The login mails in the table, of whatever state.
fn login_mails(world: &World) -> usize {
    world.items("mail").iter().filter(|mail| mail["kind"]["S"] == "login").count()
}

/// Members of every kind, each of whom has an address of the same length.
pub async fn people(world: &World) -> [&'static str; 6] {
    let instant = world.link(json!({})).await;
    let approval = world.link(json!({"admission": "approval"})).await;
    let people = [
        "nobody1@example.com",
        "reserve@example.com",
        "pending@example.com",
        "granted@example.com",
        "revoked@example.com",
        "refused@example.com",
    ];
    for email in [people[1], people[3], people[4]] {
        world.register(&instant.code, email).await.expect_status(202);
    }
    for email in [people[2], people[5]] {
        world.register(&approval.code, email).await.expect_status(202);
    }
    world.deliver().await;
    world.sign_in(people[3]).await;
    for (deed, email) in [("revocations", people[4]), ("refusals", people[5])] {
        let id = world.member_id(email).await;
        world.post(&format!("/v1/members/{deed}"), json!({"members": [id]})).await.expect_status(200);
    }
    people
}

#[tokio::test]
async fn asking_for_a_login_link_makes_the_same_calls_for_every_address() {
    let world = world().await;
    let mut seen = Vec::new();
    for email in people(&world).await {
        let mark = world.proxy.mark();
        ask(&world, email).await;
        let calls = world.proxy.since(mark);
        let permissions = calls.permissions();
        seen.push((calls.by_operation(), calls.depth(), calls.capacity(), permissions));
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
    assert_eq!(seen[0].0.iter().collect::<Vec<_>>(), [(&"UpdateItem".to_owned(), &2)], "a counter and the request");
    world.work_off().await;
    assert_eq!(login_mails(&world), 2, "whoever may sign in is mailed: one holds a seat, one has access");
}

#[tokio::test]
async fn a_request_keeps_no_address_once_it_is_worked_off() {
    let world = world().await;
    for email in people(&world).await {
        ask(&world, email).await;
    }
    assert_eq!(world.asked().len(), 6);
    assert!(world.asked().iter().all(|request| request["email"]["S"].is_string()));
    world.work_off().await;
    assert!(world.asked().is_empty());
    for request in world.requests() {
        assert!(!request.to_string().contains('@'), "{request}");
        assert!(request["delete_after"]["N"].is_string() && request["GSI2PK"].is_null(), "{request}");
    }
}

#[tokio::test]
async fn a_request_handed_over_many_times_queues_one_mail() {
    let world = world().await;
    let [.., granted, _, _] = people(&world).await;
    ask(&world, granted).await;
    let asked = world.asked();
    world.proxy.set_plan(FaultPlan::conflicts(Duration::from_millis(1)..=Duration::from_millis(3)));
    join_all((0..5).map(|_| world.send(&asked))).await;
    world.proxy.set_plan(FaultPlan::default());
    world.send(&asked).await;
    assert_eq!(login_mails(&world), 1);
    // And though each answer of the table is lost.
    ask(&world, granted).await;
    (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    world.work_off().await;
    assert_eq!((login_mails(&world), world.asked().len()), (2, 0));
}

#[tokio::test]
async fn a_request_whose_answer_was_lost_is_there_once() {
    let world = world().await;
    let before = world.requests().len();
    for fault in [Fault::LoseAnswer, Fault::InternalError] {
        (0..3).for_each(|_| world.proxy.fail_next(Matching::operation("UpdateItem").mentioning("REQUEST#"), fault));
        ask(&world, "nobody@example.com").await;
    }
    assert_eq!(world.requests().len(), before + 2);
}

#[tokio::test]
async fn a_request_that_cannot_be_written_is_503() {
    let world = world().await;
    let before = world.requests().len();
    (0..60).for_each(|_| {
        world.proxy.fail_next(Matching::operation("UpdateItem").mentioning("REQUEST#"), Fault::Throttle);
    });
    let answer = world.client.post("/v1/login-links", json!({"email": "nobody@example.com"})).await;
    assert_eq!(answer.expect_status(503).error_code(), "unavailable");
    assert_eq!(world.requests().len(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_whose_worker_dies_is_worked_off_later_and_once() {
    let world = world().await;
    let [.., granted, _, _] = people(&world).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let before = login_mails(&world);
        ask(&world, granted).await;
        let (nth, boundary) = boundary_of(case);
        let asked = world.asked();
        world.proxy.kill_at(nth, boundary);
        let answer = world.send(&asked).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        let queued = login_mails(&world) - before;
        assert_eq!(world.asked().is_empty(), queued == 1, "mail and end of the request are one write");
        assert!(dead || answer["batchItemFailures"] == json!([]), "{answer}");
        world.clock.advance(TimeDelta::minutes(3));
        world.running.run_schedule("sweep-expired").await.unwrap();
        world.work_off().await;
        assert_eq!(login_mails(&world) - before, 1);
        tell(&world, dead);
    })
    .await;
}

#[tokio::test]
async fn a_request_that_the_stream_lost_is_handed_over_by_the_sweep_for_a_day() {
    let world = world().await;
    ask(&world, "nobody@example.com").await;
    let due = |request: &Value| request["next_attempt_at"]["N"].clone();
    let first = due(&world.asked()[0]);
    let sweep = async || world.running.run_schedule("sweep-expired").await.unwrap()["requests_requeued"].clone();
    assert_eq!(sweep().await, 0, "not before its time");
    world.clock.advance(TimeDelta::minutes(3));
    assert_eq!(sweep().await, 1);
    assert_ne!(due(&world.asked()[0]), first, "a change of the item is what the stream hands over");
    world.clock.advance(TimeDelta::days(1));
    assert_eq!((sweep().await, world.asked().len()), (json!(0), 0));
    assert!(!world.requests().iter().any(|request| request.to_string().contains('@')));
}

#[tokio::test]
async fn the_stream_works_off_a_request_and_mails() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    world.sign_in("ana@example.com").await;
    ask(&world, "ana@example.com").await;
    ask(&world, "nobody@example.com").await;
    let token = world.login_token("ana@example.com", 2).await;
    let _ = world.client.post("/v1/sessions", json!({"token": token})).await.expect_status(201);
    world.running.rest().await;
    assert_eq!((world.asked().len(), world.mails_to("nobody@example.com")), (0, 0));
}
