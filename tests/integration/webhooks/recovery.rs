//! A receiver that comes back, or a webhook that goes elsewhere: what waited arrives soon, and what the old receiver did is forgotten.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::receiver::{Manner, Receiver};

use super::{by_hand, deliveries, id, ping, send, send_at_once, sweep, tell, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_fails_side_by_side_at_one_moment_arrives_minutes_after_the_receiver_is_back() {
    let (world, receiver, hook) = by_hand(Manner::Slow(503, Duration::from_secs(1))).await;
    tell(&world, 15).await;
    assert_eq!(send_at_once(&world).await, ["status"; 15]);
    receiver.turn(Manner::Answers(200));
    for _ in 0..2 {
        world.clock.advance(TimeDelta::minutes(5));
        sweep(&world).await;
        send_at_once(&world).await;
    }
    assert_eq!(deliveries(&world, &hook, "&state=open").await, [Value::Null; 0]);
    assert_eq!(receiver.received().len(), 30);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waited_for_a_probe_goes_minutes_after_it_was_taken() {
    let (mut world, receiver, hook) = by_hand(Manner::HangsUp).await;
    tell(&world, 15).await;
    send(&world).await;
    for _ in 0..6 {
        world.clock.advance(TimeDelta::hours(8));
        sweep(&world).await;
        send(&world).await;
    }
    receiver.turn(Manner::Answers(200));
    world.clock.advance(TimeDelta::hours(23));
    for _ in 0..2 {
        world.clock.advance(TimeDelta::minutes(5));
        sweep(&world).await;
        send(&world).await;
    }
    world.sign_in_admin_again().await;
    assert_eq!(deliveries(&world, &hook, "&state=delivered").await.len(), 15);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_put_off_goes_within_the_hour_after_a_ping_was_taken() {
    let (mut world, receiver, hook) = by_hand(Manner::HangsUp).await;
    tell(&world, 15).await;
    send(&world).await;
    for _ in 0..7 {
        world.clock.advance(TimeDelta::hours(8));
        sweep(&world).await;
        send(&world).await;
    }
    receiver.turn(Manner::Answers(200));
    world.sign_in_admin_again().await;
    ping(&world, &hook).await;
    send(&world).await;
    world.clock.advance(TimeDelta::minutes(62));
    sweep(&world).await;
    send(&world).await;
    world.sign_in_admin_again().await;
    let open = deliveries(&world, &hook, "&state=open").await;
    assert!(open.iter().all(|delivery| delivery["attempts"].as_u64() > Some(1)), "they wait for no other: {open:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_receiver_says_after_the_webhook_has_moved_says_nothing_of_the_new_one() {
    let (world, old, hook) = by_hand(Manner::Slow(410, Duration::from_secs(2))).await;
    let (new, path) = (Receiver::start(Manner::Answers(200)).unwrap(), format!("/v1/webhooks/{}", id(&hook)));
    ping(&world, &hook).await;
    let move_it = async {
        until(async || old.received().len() == 1).await;
        world.patch(&path, json!({"version": 1, "url": new.url()})).await.expect_status(200)
    };
    let (outcomes, _) = tokio::join!(send(&world), move_it);
    assert_eq!(outcomes, ["gone"]);
    let shown = world.get(&path).await.expect_status(200).json();
    assert_eq!(
        (&shown["state"], &shown["version"], &shown["failing_since"]),
        (&json!("active"), &json!(2), &Value::Null)
    );
    tell(&world, 1).await;
    assert_eq!((send(&world).await, new.received().len()), (vec!["delivered".to_owned()], 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_that_goes_elsewhere_is_told_at_once_whatever_failed_before() {
    let (world, _wrong, hook) = by_hand(Manner::HangsUp).await;
    let (right, path) = (Receiver::start(Manner::Answers(200)).unwrap(), format!("/v1/webhooks/{}", id(&hook)));
    tell(&world, 6).await;
    send(&world).await;
    let moved = world.patch(&path, json!({"version": 1, "url": right.url()})).await.expect_status(200).json();
    assert_eq!(moved["failing_since"], Value::Null);
    tell(&world, 1).await;
    assert_eq!((send(&world).await, right.received().len()), (vec!["delivered".to_owned()], 1));
}
