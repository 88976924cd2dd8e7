use super::*;
use crate::random::SystemRandom;

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_millis(1_795_330_800_000).plus(TimeDelta::minutes(minutes))
}

fn webhook() -> Webhook {
    Webhook {
        id: WebhookId::from_bytes([1; 16]),
        organization: OrganizationId::from_bytes([2; 16]),
        url: "https://example.com/".to_owned(),
        description: None,
        events: Some(BTreeSet::from([EventType::LinkCreated])),
        state: WebhookState::Active,
        reason: None,
        version: 1,
        secret: WebhookSecret::generate(&SystemRandom),
        old_secrets: Vec::new(),
        created_at: at(0),
        created_by: MemberId::from_bytes([3; 16]),
        failures: 0,
        failing_since: None,
        next_probe_at: None,
        revision: 1,
    }
}

#[test]
fn old_and_new_secret_sign_side_by_side_for_a_day() {
    let mut webhook = webhook();
    let old = webhook.secret.clone();
    webhook.rotate(WebhookSecret::generate(&SystemRandom), at(0));
    assert_eq!(webhook.secrets(at(24 * 60 - 1)), [&webhook.secret, &old]);
    assert_eq!(webhook.secrets(at(24 * 60)), [&webhook.secret]);
}

#[test]
fn of_secrets_that_follow_each_other_fast_the_last_five_sign() {
    let mut webhook = webhook();
    let mut made = vec![webhook.secret.clone()];
    for minute in 0..6 {
        webhook.rotate(WebhookSecret::generate(&SystemRandom), at(minute));
        made.insert(0, webhook.secret.clone());
    }
    assert_eq!(webhook.secrets(at(6)), made[..5].iter().collect::<Vec<_>>());
    // The one that was replaced at minute 2 is the oldest of them.
    assert_eq!(webhook.secrets(at(24 * 60 + 2)), made[..4].iter().collect::<Vec<_>>());
    webhook.rotate(WebhookSecret::generate(&SystemRandom), at(24 * 60 + 60));
    assert_eq!(webhook.old_secrets.len(), 1, "what signs no more is not kept");
}

#[test]
fn it_is_told_of_what_it_wants_while_it_is_active() {
    let mut webhook = webhook();
    assert!(webhook.wants(EventType::LinkCreated) && !webhook.wants(EventType::LinkDeleted));
    webhook.events = None;
    assert!(webhook.wants(EventType::LinkDeleted));
    webhook.set_state(WebhookState::Inactive);
    assert!(!webhook.wants(EventType::LinkDeleted));
}

#[test]
fn after_some_failures_one_delivery_is_tried_at_a_time_until_one_is_taken() {
    let mut webhook = webhook();
    for _ in 0..4 {
        webhook.failed(at(0), false, false);
    }
    assert_eq!((webhook.is_probed(), webhook.shut_until(at(0))), (false, None));
    webhook.failed(at(0), false, false);
    assert_eq!(webhook.shut_until(at(0)), Some(at(1)));
    webhook.failed(at(1), false, true);
    assert_eq!(webhook.shut_until(at(1)), Some(at(6)));
    webhook.succeeded();
    assert_eq!((webhook.is_probed(), webhook.shut_until(at(1))), (false, None));
}

#[test]
fn failures_side_by_side_are_one_moment_and_the_wait_grows_with_each_probe() {
    let mut webhook = webhook();
    for _ in 0..100 {
        webhook.failed(at(0), false, false);
    }
    assert_eq!(webhook.shut_until(at(0)), Some(at(1)));
    for (now, next) in [(1, 6), (6, 36)] {
        // While one tries, the others wait no longer than that takes.
        webhook.begin_probe(at(now + 1));
        assert_eq!(webhook.shut_until(at(now)), Some(at(now + 1)));
        webhook.failed(at(now), false, true);
        webhook.failed(at(now), false, false);
        assert_eq!(webhook.shut_until(at(now)), Some(at(next)));
    }
    webhook.move_to(webhook.url.clone());
    assert_eq!(webhook.shut_until(at(6)), Some(at(36)));
    webhook.move_to("https://example.org/".to_owned());
    assert_eq!((webhook.shut_until(at(6)), webhook.failing_since), (None, None));
}

#[test]
fn a_receiver_that_is_gone_or_failed_for_three_days_is_told_no_more() {
    let mut dead = webhook();
    dead.failed(at(0), false, false);
    dead.failed(at(3 * 24 * 60 - 1), false, false);
    assert_eq!(dead.state, WebhookState::Active);
    dead.failed(at(3 * 24 * 60), false, false);
    assert_eq!((dead.state, dead.reason.as_deref()), (WebhookState::Inactive, Some("failing")));
    let mut gone = webhook();
    gone.failed(at(0), true, false);
    assert_eq!((gone.state, gone.reason.as_deref()), (WebhookState::Inactive, Some("gone")));
    gone.set_state(WebhookState::Active);
    assert_eq!((gone.failures, gone.reason), (0, None));
}
