//! The admins are told by mail, once, that a webhook is told of events no more, because its receiver is gone or has failed for too
//! long.

use chrono::TimeDelta;
use local::FirstOrganization;
use serde_json::{Value, json};
use shared::{
    domain::{Language, TimeZone, Timestamp},
    locale,
};
use tests::{World, fault_proxy::Fault, receiver::Manner};

use super::{by_hand, id, ping, send};
use crate::faults::{at_each_boundary, boundary_of, tell};

fn admin() -> String {
    FirstOrganization::default().admin_email
}

/// Sends what is queued, and gives the subjects and texts of the alerts that this admin has got so far.
async fn alerts(world: &World, email: &str) -> Vec<(String, String)> {
    world.deliver().await;
    let messages = world.ses.as_ref().unwrap().messages_to(email).into_iter();
    let alerts = messages.filter(|message| message.text.contains("/admin/webhooks"));
    alerts.map(|message| (message.subject, message.text.replace('\n', " "))).collect()
}

fn queued_alerts(world: &World) -> Vec<Value> {
    let mails = world.items("mail").into_iter();
    mails.filter(|mail| mail["kind"]["S"].as_str().unwrap().starts_with("webhook_")).collect()
}

async fn second_admin(world: &World) {
    world.post("/v1/admins", json!({"name": "Bea", "email": "bea@example.com"})).await.expect_status(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_admin_is_told_once_of_a_receiver_that_is_gone() {
    let (world, receiver, hook) = by_hand(Manner::Answers(410)).await;
    second_admin(&world).await;
    for _ in 0..3 {
        world.post(&format!("/v1/webhooks/{}/pings", id(&hook)), json!({})).await.expect_status(202);
    }
    assert_eq!(send(&world).await.iter().filter(|outcome| *outcome == "gone").count(), 1);
    let host = receiver.url().split('/').nth(2).unwrap().to_owned();
    for email in [admin(), "bea@example.com".to_owned()] {
        let told = alerts(&world, &email).await;
        let [(subject, text)] = &told[..] else { panic!("one alert: {told:?}") };
        assert_eq!(subject, &format!("{host} no longer receives events"));
        assert!(text.contains("the address is gone (410)") && !text.contains("/hook"), "{text}");
    }
    let shown = world.get(&format!("/v1/webhooks/{}", id(&hook))).await.expect_status(200).json();
    assert_eq!((&shown["state"], &shown["reason"]), (&json!("inactive"), &json!("gone")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_failed_for_three_days_is_told_of_with_the_time_since_when() {
    let (mut world, receiver, hook) = by_hand(Manner::HangsUp).await;
    for day in 0..4 {
        assert_eq!(alerts(&world, &admin()).await.len(), 0, "day {day}");
        ping(&world, &hook).await;
        send(&world).await;
        world.clock.advance(TimeDelta::hours(25));
        world.sign_in_admin_again().await;
    }
    let told = alerts(&world, &admin()).await;
    let [(_, text)] = &told[..] else { panic!("one alert: {told:?}") };
    let shown = world.get(&format!("/v1/webhooks/{}", id(&hook))).await.expect_status(200).json();
    let since: chrono::DateTime<chrono::Utc> = shown["failing_since"].as_str().unwrap().parse().unwrap();
    let berlin = TimeZone::parse("Europe/Berlin").unwrap();
    let since = locale::date_time(Language::En, berlin, Timestamp::from_millis(since.timestamp_millis()));
    assert!(text.contains(&format!("any events since {since}")), "{since}: {text}");
    assert!(!text.contains(&receiver.url()), "{text}");
    // Told again once it is active again and fails as long.
    let edit = json!({"version": shown["version"], "state": "active"});
    world.patch(&format!("/v1/webhooks/{}", id(&hook)), edit).await.expect_status(200);
    receiver.turn(Manner::Answers(410));
    ping(&world, &hook).await;
    assert_eq!(send(&world).await, ["gone"]);
    assert_eq!(alerts(&world, &admin()).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_so_any_more_is_told_to_nobody() {
    for undo in ["activated", "deactivated by hand", "deleted"] {
        let (world, _receiver, hook) = by_hand(Manner::Answers(410)).await;
        ping(&world, &hook).await;
        assert_eq!(send(&world).await, ["gone"]);
        assert_eq!(queued_alerts(&world).len(), 1);
        let path = format!("/v1/webhooks/{}", id(&hook));
        let turn = async |version: u64, state: &str| {
            let _ = world.patch(&path, json!({"version": version, "state": state})).await.expect_status(200);
        };
        match undo {
            "activated" => turn(2, "active").await,
            "deactivated by hand" => turn(2, "inactive").await,
            _ => drop(world.delete(&path).await.expect_status(204)),
        }
        assert_eq!(alerts(&world, &admin()).await, Vec::new(), "{undo}");
        assert_eq!(queued_alerts(&world)[0]["state"]["S"], "dropped", "{undo}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_inactive_webhook_has_its_mails_and_an_active_one_has_none_wherever_the_process_dies() {
    let (world, _receiver, hook) = by_hand(Manner::Answers(410)).await;
    second_admin(&world).await;
    let path = format!("/v1/webhooks/{}", id(&hook));
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let (nth, boundary) = boundary_of(case);
        let version = world.get(&path).await.expect_status(200).json()["version"].clone();
        world.patch(&path, json!({"version": version, "state": "active"})).await.expect_status(200);
        let before = queued_alerts(&world).len();
        ping(&world, &hook).await;
        world.proxy.kill_at(nth, boundary);
        send(&world).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        let inactive = world.get(&path).await.expect_status(200).json()["state"] == "inactive";
        assert_eq!(queued_alerts(&world).len() - before, if inactive { 2 } else { 0 });
        assert!(dead || inactive);
        tell(&world, dead);
    })
    .await;
    // An answer that is lost leads to no second mail.
    let version = world.get(&path).await.expect_status(200).json()["version"].clone();
    world.patch(&path, json!({"version": version, "state": "active"})).await.expect_status(200);
    let before = queued_alerts(&world).len();
    ping(&world, &hook).await;
    (0..9).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    send(&world).await;
    let inactive = world.items("webhook")[0]["state"]["S"] == "inactive";
    assert_eq!(queued_alerts(&world).len() - before, if inactive { 2 } else { 0 });
}
