//! Every event reaches every receiver that wants it; one that is slow, dead, wrong or late loses nothing and harms nobody else.

use std::{collections::BTreeSet, time::Duration};

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::Boundary,
    receiver::{Manner, Receiver},
};

use super::{by_hand, deliveries, id, is_signed, ping, record, send, sweep, tell, until, webhook};

/// The waits after the first attempt, the second, and so on, in minutes; a wait is longer by up to a fifth.
const WAITS: [i64; 7] = [1, 5, 30, 120, 300, 600, 1_440];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_reach_a_receiver_signed_and_only_those_it_wants() {
    let world = World::start().await;
    let (all, some) = (Receiver::start(Manner::Answers(204)).unwrap(), Receiver::start(Manner::Answers(200)).unwrap());
    let hook = webhook(&world, &all.url()).await;
    let body = json!({"url": some.url(), "events": ["link.deleted"], "description": "Deletions"});
    world.post("/v1/webhooks", body).await.expect_status(201);
    let link = world.link(json!({})).await;
    let _ = world.delete(&format!("/v1/links/{}", link.id)).await.expect_status(204);
    until(async || all.received().len() == 2 && some.received().len() == 1).await;

    let secret = hook["secret"].as_str().unwrap();
    for received in all.received() {
        let event: Value = serde_json::from_str(&received.body).unwrap();
        assert!(is_signed(&received, secret) && !is_signed(&received, &secret.replacen(&secret[6..8], "AA", 1)));
        assert_eq!((received.header("webhook-id"), received.path.as_str()), (id(&event), "/hook"));
        let at: i64 = received.header("webhook-timestamp").parse().unwrap();
        assert!((Utc::now().timestamp() - at).abs() < 60);
        assert_eq!(event["data"]["link_id"], link.id.as_str());
        // The same as on the bus.
        assert!(world.running.events.all().iter().any(|told| told["detail"] == event), "{event}");
    }
    assert!(some.received()[0].body.contains("\"link.deleted\""));
    until(async || deliveries(&world, &hook, "&state=delivered").await.len() == 2).await;
    let shown = deliveries(&world, &hook, "").await;
    assert_eq!((&shown[0]["last_attempt"]["status"], &shown[0]["attempts"]), (&json!(204), &json!(1)));
    let listed = world.get("/v1/webhooks").await.expect_status(200).text();
    assert!(!listed.contains("whsec_"), "a secret is shown once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_receiver_is_tried_eight_times_and_what_was_given_up_is_sent_again_by_hand() {
    for (manner, reason, status) in [
        (Manner::Answers(500), "status", json!(500)),
        (Manner::Answers(302), "redirect", json!(302)),
        (Manner::HangsUp, "unreachable", Value::Null),
    ] {
        let (mut world, receiver, hook) = by_hand(manner).await;
        let delivery = ping(&world, &hook).await;
        for (attempt, wait) in (1..).zip(WAITS) {
            assert_eq!(send(&world).await, [reason], "attempt {attempt}");
            sweep(&world).await;
            assert_eq!(send(&world).await, [""; 0], "it waits {wait} minutes");
            world.clock.advance(TimeDelta::minutes(wait + wait / 5 + 1));
            sweep(&world).await;
        }
        assert_eq!(send(&world).await, [reason]);
        world.clock.advance(TimeDelta::hours(10));
        sweep(&world).await;
        assert_eq!(send(&world).await, [""; 0]);
        assert!(receiver.received().iter().all(|received| received.path == "/hook"), "no redirect was followed");
        assert_eq!(receiver.received().len(), 8);

        world.sign_in_admin_again().await;
        let failed = deliveries(&world, &hook, "&state=failed").await;
        assert_eq!((failed.len(), id(&failed[0]), &failed[0]["attempts"]), (1, id(&delivery), &json!(8)));
        assert_eq!(
            (&failed[0]["last_attempt"]["reason"], &failed[0]["last_attempt"]["status"]),
            (&json!(reason), &status)
        );
        receiver.turn(Manner::Answers(200));
        let path = format!("/v1/webhooks/{}/deliveries/{}/redeliveries", id(&hook), id(&delivery));
        let again = world.post(&path, json!({})).await.expect_status(202).json();
        assert_eq!((&again["state"], &again["attempts"]), (&json!("queued"), &json!(0)));
        assert_eq!(send(&world).await, ["delivered"]);
        let bodies: BTreeSet<_> = receiver.received().into_iter().map(|received| received.body).collect();
        assert_eq!(bodies.len(), 1, "the same event");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_never_answers_is_given_up_on_within_the_time_limit() {
    let (world, receiver, hook) = by_hand(Manner::Silent).await;
    ping(&world, &hook).await;
    assert_eq!(send(&world).await, ["timed_out"]);
    assert_eq!(receiver.received().len(), 1);
    assert_eq!(deliveries(&world, &hook, "&state=open").await[0]["state"], "waiting");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_is_gone_is_told_no_more_until_an_admin_says_so() {
    let (world, receiver, hook) = by_hand(Manner::Answers(410)).await;
    ping(&world, &hook).await;
    assert_eq!(send(&world).await, ["gone"]);
    let path = format!("/v1/webhooks/{}", id(&hook));
    let shown = world.get(&path).await.expect_status(200).json();
    assert_eq!((&shown["state"], &shown["reason"]), (&json!("inactive"), &json!("gone")));
    tell(&world, 1).await;
    assert_eq!(deliveries(&world, &hook, "").await.len(), 1);
    let refused = world.post(&format!("{path}/pings"), json!({})).await.expect_status(409);
    assert_eq!(refused.error_code(), "webhook_inactive");
    receiver.turn(Manner::Answers(200));
    let edit = json!({"version": shown["version"], "state": "active"});
    let active = world.patch(&path, edit.clone()).await.expect_status(200).json();
    assert_eq!((&active["state"], &active["reason"]), (&json!("active"), &Value::Null));
    assert_eq!(world.patch(&path, edit).await.expect_status(200).json(), active, "it is there already");
    let late = json!({"version": shown["version"], "state": "inactive"});
    assert_eq!(world.patch(&path, late).await.expect_status(409).error_code(), "version_conflict");
    ping(&world, &hook).await;
    assert_eq!(send(&world).await, ["delivered"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_comes_again_leads_to_no_second_delivery() {
    let (world, receiver, hook) = by_hand(Manner::Answers(200)).await;
    world.link(json!({})).await;
    let event = json!({"Records": [record(&world.items("link")[0])]});
    for _ in 0..3 {
        world.running.invoke("publish-events", event.clone()).await.unwrap();
        send(&world).await;
    }
    assert_eq!((receiver.received().len(), deliveries(&world, &hook, "").await.len()), (1, 1));
    // Nor does a hand-over that comes twice at once.
    ping(&world, &hook).await;
    let _ = tokio::join!(send(&world), send(&world), send(&world));
    assert_eq!(receiver.received().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_comes_after_the_lease_loses_nothing() {
    let (world, receiver, hook) = by_hand(Manner::Slow(200, Duration::from_secs(3))).await;
    ping(&world, &hook).await;
    let late = send(&world);
    let meanwhile = async {
        until(async || receiver.received().len() == 1).await;
        world.clock.advance(TimeDelta::minutes(2));
        sweep(&world).await;
        receiver.turn(Manner::Answers(200));
        send(&world).await
    };
    let (late, meanwhile) = tokio::join!(late, meanwhile);
    assert_eq!((late[0].as_str(), meanwhile[0].as_str()), ("delivered", "delivered"));
    let all = deliveries(&world, &hook, "").await;
    assert_eq!((all.len(), &all[0]["state"], receiver.received().len()), (1, &json!("delivered"), 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_call_the_process_dies_at_every_event_arrives() {
    let (world, receiver, hook) = by_hand(Manner::Answers(200)).await;
    let mut expected = BTreeSet::new();
    for boundary in [Boundary::Before, Boundary::After] {
        for nth in 0..6 {
            let before = world.items("link").len();
            world.link(json!({})).await;
            let item = world.items("link").remove(before);
            let event = json!({"Records": [record(&item)]});
            world.proxy.kill_at(nth, boundary);
            let told = world.running.invoke("publish-events", event.clone()).await;
            if told.is_err() || told.is_ok_and(|answer| answer != json!({"batchItemFailures": []})) {
                // The stream hands it over again.
                world.proxy.revive();
                world.running.invoke("publish-events", event).await.unwrap();
            }
            world.proxy.revive();
            world.proxy.kill_at(nth, boundary);
            send(&world).await;
            world.proxy.revive();
            world.clock.advance(TimeDelta::minutes(8));
            sweep(&world).await;
            send(&world).await;
            expected.insert(item["id"]["S"].as_str().unwrap().to_owned());
        }
    }
    world.proxy.revive();
    let received = receiver.received().into_iter().map(|received| {
        let event: Value = serde_json::from_str(&received.body).unwrap();
        event["data"]["link_id"].as_str().unwrap().to_owned()
    });
    assert_eq!(received.collect::<BTreeSet<_>>(), expected);
    let open = world.items("delivery").into_iter().filter(|one| one["state"]["S"] != "delivered").count();
    assert_eq!(open, 0);
    let _ = hook;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_receiver_costs_few_attempts_and_keeps_nobody_else_waiting() {
    let (mut world, dead, hook) = by_hand(Manner::HangsUp).await;
    let good = Receiver::start(Manner::Answers(200)).unwrap();
    webhook(&world, &good.url()).await;
    tell(&world, 40).await;
    send(&world).await;
    assert_eq!(good.received().len(), 40);
    assert!(dead.received().len() <= 6, "{} attempts", dead.received().len());
    // What happens now waits at once; and of all that waits, one at a time tries.
    tell(&world, 10).await;
    assert_eq!(send(&world).await.len(), 10, "those of the receiver that answers");
    for _ in 0..3 {
        let before = dead.received().len();
        world.clock.advance(TimeDelta::minutes(40));
        sweep(&world).await;
        send(&world).await;
        assert!(dead.received().len() - before <= 1, "one probe");
    }
    assert_eq!(good.received().len(), 50);
    // Once it is back, everything arrives.
    dead.turn(Manner::Answers(200));
    for _ in 0..6 {
        world.clock.advance(TimeDelta::hours(3));
        sweep(&world).await;
        send(&world).await;
    }
    world.sign_in_admin_again().await;
    assert_eq!(deliveries(&world, &hook, "&state=delivered").await.len(), 50);
    assert_eq!(world.get(&format!("/v1/webhooks/{}", id(&hook))).await.json()["failing_since"], Value::Null);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_failed_for_three_days_is_told_no_more() {
    let (mut world, _receiver, hook) = by_hand(Manner::HangsUp).await;
    for _ in 0..4 {
        ping(&world, &hook).await;
        send(&world).await;
        world.clock.advance(TimeDelta::hours(25));
        world.sign_in_admin_again().await;
    }
    let shown = world.get(&format!("/v1/webhooks/{}", id(&hook))).await.expect_status(200).json();
    assert_eq!((&shown["state"], &shown["reason"]), (&json!("inactive"), &json!("failing")));
    sweep(&world).await;
    assert!(send(&world).await.iter().all(|outcome| outcome == "nothing_to_send"));
    assert_eq!(deliveries(&world, &hook, "&state=open").await.len(), 0, "what waited is listed as failed");
}
