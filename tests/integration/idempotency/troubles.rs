//! Calls side by side, answers that are lost, processes that die: what is asked for under one key is made once all the same.

use std::{collections::BTreeSet, time::Duration};

use futures::future::join_all;
use serde_json::json;
use tests::{
    World,
    fault_proxy::{Fault, FaultPlan, Hold},
};

use super::{KEY, creating, is_replayed, quiet, replays, without_secret};
use crate::faults::{at_each_boundary, dying, tell};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_calls_at_once_one_makes_it_and_all_are_answered_alike() {
    let trouble = FaultPlan {
        hold: Some(Hold::of_transactions(Duration::from_millis(2)..=Duration::from_millis(8))),
        throttle: 0.02,
        ..FaultPlan::default()
    };
    for (plan, mark) in [(FaultPlan::default(), "a"), (trouble, "b")] {
        let (world, model) = quiet().await;
        for one in creating(&world, &model, mark) {
            let before = (one.made(&world), world.items("audit").len());
            world.proxy.set_plan(plan.clone());
            let answers = join_all((0..12).map(|_| one.call.clone().header(KEY, "k").into_future())).await;
            world.proxy.set_plan(FaultPlan::default());
            let after = (one.made(&world), world.items("audit").len());
            assert_eq!(after, (before.0 + 1, before.1 + 1), "{}", one.operation);
            let told: BTreeSet<_> = answers.iter().map(|answer| without_secret(answer).to_string()).collect();
            assert_eq!(told.len(), 1, "{}: {told:?}", one.operation);
            let statuses: BTreeSet<_> = answers.iter().map(|answer| answer.status).collect();
            assert!(statuses.len() == 1 && answers[0].status.is_success(), "{}: {statuses:?}", one.operation);
            let made = answers.iter().filter(|answer| !is_replayed(answer)).count();
            assert_eq!(made, 1, "{}", one.operation);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_calls_for_the_last_place_under_one_key_none_is_told_that_there_is_none() {
    let (world, _) = quiet().await;
    for number in 0..9 {
        let url = format!("https://hooks.example.com/{number}");
        world.post("/v1/webhooks", json!({"url": url})).await.expect_status(201);
    }
    let last = json!({"url": "https://hooks.example.com/last"});
    let call = world.client.post("/v1/webhooks", last).bearer(&world.admin).header(KEY, "k");
    let answers = join_all((0..12).map(|_| call.clone().into_future())).await;
    assert!(answers.iter().all(|answer| answer.status == 201), "{:?}", answers.iter().map(|answer| answer.status));
    assert_eq!(world.items("webhook").len(), 10);
}

#[tokio::test]
async fn whoever_made_it_is_answered_whole_though_the_table_s_answer_was_lost() {
    let (world, model) = quiet().await;
    for one in creating(&world, &model, "") {
        let before = one.made(&world);
        // Every attempt of the SDK loses its answer, so that the store begins anew and finds its own work.
        (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
        let call = || one.call.clone().header(KEY, "k");
        if one.operation == "start-import" {
            // Its pages are written before it is.
            (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
        }
        let first = call().await;
        assert!(first.status.is_success() && !is_replayed(&first), "{}: {}", one.operation, first.text());
        for (operation, secret) in [("create-api-key", "key"), ("create-webhook", "secret")] {
            assert_eq!(first.json()[secret].is_string(), one.operation == operation, "{}", one.operation);
        }
        assert_eq!(one.made(&world), before + 1, "{}", one.operation);
        replays(&first, &call().await);
        assert_eq!(one.made(&world), before + 1, "{}", one.operation);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_dying_process_made_or_did_not_make_is_there_once_after_a_repeat() {
    let world = World::start_without_stream(|_| {}).await;
    let model = world.link(json!({})).await;
    for place in 0..creating(&world, &model, "").len() {
        at_each_boundary(&world, async |case| {
            world.proxy.revive();
            let one = creating(&world, &model, &case.to_string()).swap_remove(place);
            let key = format!("k{case}");
            let before = one.made(&world);
            let (answer, dead) = dying(&world, case, one.call.clone().header(KEY, &key)).await;
            assert!(dead || answer.status.is_success(), "{}: {}", one.operation, answer.text());
            let made = one.made(&world) - before;
            let again = one.call.clone().header(KEY, &key).await;
            assert!(again.status.is_success(), "{}: {}", one.operation, again.text());
            assert_eq!(is_replayed(&again), made == 1, "{} in case {case}", one.operation);
            assert_eq!(one.made(&world), before + 1, "{} in case {case}", one.operation);
            if one.operation == "create-webhook" {
                let id = again.json()["id"].as_str().unwrap().to_owned();
                let _ = world.delete(&format!("/v1/webhooks/{id}")).await.expect_status(204);
            }
            tell(&world, dead);
        })
        .await;
    }
}
