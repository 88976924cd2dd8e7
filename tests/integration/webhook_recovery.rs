//! A receiver that comes back: what waited arrives soon.

use std::time::Duration;

use chrono::TimeDelta;
use serde_json::Value;
use tests::receiver::Manner;

use crate::webhooks::{by_hand, deliveries, send, send_at_once, sign_in_again, sweep, tell};

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
    sign_in_again(&mut world).await;
    assert_eq!(deliveries(&world, &hook, "&state=delivered").await.len(), 15);
}
