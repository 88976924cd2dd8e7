//! Admins are told by mail, once each, that a link fills up, that it is full, and that it will expire; and, at most hourly, that people wait.

use chrono::TimeDelta;
use local::FirstOrganization;
use serde_json::{Value, json};
use tests::{World, fault_proxy::Boundary, world::Link};

async fn world() -> World {
    World::start_without_stream(|_| {}).await
}

/// Sweeps, sends what is queued, and gives the subjects of the alerts that the admin has got so far.
async fn alerts(world: &World) -> Vec<String> {
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.deliver().await;
    let admin = FirstOrganization::default().admin_email;
    let messages = world.ses.as_ref().unwrap().messages_to(&admin);
    let alerts = messages.into_iter().filter(|message| message.text.contains("/admin/links/"));
    // Those about people who wait have tests of their own.
    alerts
        .filter(|message| !message.subject.starts_with("People are waiting for access"))
        .map(|message| message.subject)
        .collect()
}

async fn fill(world: &World, link: &Link, people: std::ops::Range<usize>) {
    for person in people {
        world.register(&link.code, &format!("{}-{person}@example.com", link.id)).await.expect_status(202);
    }
}

/// An instant so many hours from now, as the world's clock tells it.
fn in_hours(hours: i64) -> Value {
    json!((chrono::Utc::now() + TimeDelta::hours(hours)).to_rfc3339())
}

#[tokio::test]
async fn a_link_that_fills_up_is_told_of_at_eighty_percent_and_when_it_is_full_once_each() {
    let world = world().await;
    let link = world.link(json!({"name": "Crew", "cap": 10, "admission": "approval"})).await;
    fill(&world, &link, 0..7).await;
    assert_eq!(alerts(&world).await, Vec::<String>::new());
    fill(&world, &link, 7..8).await;
    assert_eq!(alerts(&world).await, ["“Crew” is 80% full"]);
    fill(&world, &link, 8..9).await;
    assert_eq!(alerts(&world).await.len(), 1);
    fill(&world, &link, 9..10).await;
    for _ in 0..2 {
        assert_eq!(alerts(&world).await, ["“Crew” is 80% full", "“Crew” is full"]);
    }
    // A higher cap begins anew.
    world.edit(&link, json!({"cap": 12})).await.expect_status(200);
    assert_eq!(alerts(&world).await.len(), 3);
    fill(&world, &link, 10..12).await;
    assert_eq!(alerts(&world).await[2..], ["“Crew” is 80% full", "“Crew” is full"]);
    // An edit of something else does not.
    world.edit(&link, json!({"name": "Other"})).await.expect_status(200);
    assert_eq!(alerts(&world).await.len(), 4);
}

#[tokio::test]
async fn a_link_filled_at_once_is_only_told_to_be_full() {
    let world = world().await;
    let link = world.link(json!({"name": "Two", "cap": 2})).await;
    let open = world.link(json!({"name": "Open"})).await;
    fill(&world, &link, 0..2).await;
    fill(&world, &open, 0..3).await;
    assert_eq!(alerts(&world).await, ["“Two” is full"]);
}

#[tokio::test]
async fn an_expiry_is_told_of_a_week_and_a_day_before_once_each() {
    let world = world().await;
    let link = world.link(json!({"name": "Spring", "expires": in_hours(8 * 24)})).await;
    assert_eq!(alerts(&world).await, Vec::<String>::new());
    world.clock.advance(TimeDelta::hours(25));
    for _ in 0..2 {
        assert_eq!(alerts(&world).await, ["“Spring” expires in 7 days"]);
    }
    world.clock.advance(TimeDelta::hours(6 * 24));
    for _ in 0..2 {
        assert_eq!(alerts(&world).await, ["“Spring” expires in 7 days", "“Spring” expires in 1 day"]);
    }
    world.clock.advance(TimeDelta::hours(25));
    assert_eq!(alerts(&world).await.len(), 2);
    assert_eq!(world.items("link")[0]["expiry_noted"]["BOOL"], true, "the sweep still notes {}", link.id);
}

#[tokio::test]
async fn an_expiry_that_is_moved_is_told_of_anew_and_one_set_near_only_as_far_as_it_is() {
    let mut world = world().await;
    let link = world.link(json!({"name": "Near", "expires": in_hours(3 * 24)})).await;
    assert_eq!(alerts(&world).await, Vec::<String>::new());
    world.clock.advance(TimeDelta::hours(2 * 24 + 1));
    assert_eq!(alerts(&world).await, ["“Near” expires in 1 day"]);
    world.sign_in_admin_again().await;
    world.edit(&link, json!({"expires": in_hours(2 * 24 + 1 + 8 * 24)})).await.expect_status(200);
    assert_eq!(alerts(&world).await.len(), 1);
    world.clock.advance(TimeDelta::hours(25));
    assert_eq!(alerts(&world).await[1..], ["“Near” expires in 7 days"]);
}

#[tokio::test]
async fn of_a_link_that_takes_nobody_nothing_is_told() {
    let mut world = world().await;
    let off = world.link(json!({"name": "Off", "cap": 1, "expires": in_hours(8 * 24)})).await;
    fill(&world, &off, 0..1).await;
    world.edit(&off, json!({"state": "inactive"})).await.expect_status(200);
    world.clock.advance(TimeDelta::hours(25));
    assert_eq!(alerts(&world).await, Vec::<String>::new());
    world.sign_in_admin_again().await;
    // Deactivated while the mail was on its way: it is dropped.
    world.edit(&off, json!({"state": "active"})).await.expect_status(200);
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.edit(&off, json!({"state": "inactive"})).await.expect_status(200);
    assert_eq!(alerts(&world).await, Vec::<String>::new());
    let dropped = world.items("mail").into_iter().filter(|mail| mail["state"]["S"] == "dropped");
    assert_eq!(dropped.count(), 2);
}

#[tokio::test]
async fn every_admin_of_the_organization_is_told_and_nobody_else_is() {
    let world = world().await;
    world
        .running
        .invoke(
            "create-organization",
            json!({
                "name": "Other", "admin_name": "Other", "admin_email": "admin@other.example", "time_zone": "Asia/Tokyo",
            }),
        )
        .await
        .unwrap();
    let link = world.link(json!({"name": "Two", "cap": 1})).await;
    fill(&world, &link, 0..1).await;
    assert_eq!(alerts(&world).await, ["“Two” is full"]);
    let told = world.items("mail").into_iter().filter(|mail| mail["kind"]["S"] == "link_full");
    assert_eq!(told.count(), 1);
    // The alert made no login link, and took none away.
    let admin = FirstOrganization::default().admin_email;
    assert!(!world.texts_to(&admin).last().unwrap().contains("?t="));
}

#[tokio::test]
async fn a_sweep_whose_process_dies_leaves_an_alert_that_is_told_once() {
    let world = world().await;
    let mut told = 0;
    let mut deaths = 0;
    'calls: for nth in (20..90).step_by(3) {
        for boundary in [Boundary::Before, Boundary::After] {
            let link = world.link(json!({"cap": 1})).await;
            fill(&world, &link, 0..1).await;
            world.deliver().await;
            world.proxy.kill_at(nth, boundary);
            let _ = world.running.run_schedule("sweep-expired").await;
            let died = world.proxy.is_dead();
            world.proxy.revive();
            told += 1;
            assert_eq!(alerts(&world).await.len(), told, "{nth} {boundary:?}");
            if !died {
                break 'calls;
            }
            deaths += 1;
        }
    }
    assert!(deaths >= 4, "{deaths}");
}

/// The texts of the mails about people who wait at a link that the admin has got so far.
async fn digests(world: &World) -> Vec<String> {
    alerts(world).await;
    let messages = world.ses.as_ref().unwrap().messages_to(&FirstOrganization::default().admin_email);
    let told = messages.into_iter().filter(|message| message.subject.starts_with("People are waiting for access"));
    told.map(|message| message.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

#[tokio::test]
async fn who_waits_is_told_of_at_most_hourly_and_only_when_somebody_new_waits() {
    let world = world().await;
    let link = world.link(json!({"name": "Crew", "admission": "approval"})).await;
    assert_eq!(digests(&world).await.len(), 0);
    fill(&world, &link, 0..2).await;
    let told = digests(&world).await;
    assert_eq!(told.len(), 1);
    assert!(told[0].contains("2 people who registered"), "{}", told[0]);
    assert!(told[0].contains(&format!("/admin/links/{}", link.id)) && !told[0].contains("?t="), "{}", told[0]);
    fill(&world, &link, 2..3).await;
    assert_eq!(digests(&world).await.len(), 1, "the hour is not over");
    world.clock.advance(TimeDelta::minutes(61));
    let told = digests(&world).await;
    assert_eq!(told.len(), 2);
    assert!(told[1].contains("3 people who registered"), "{}", told[1]);
    world.clock.advance(TimeDelta::hours(3));
    assert_eq!(digests(&world).await.len(), 2, "nobody new waits");
}

#[tokio::test]
async fn two_sweeps_at_once_tell_of_who_waits_once() {
    let world = world().await;
    let link = world.link(json!({"admission": "approval"})).await;
    fill(&world, &link, 0..1).await;
    let sweep = || world.running.run_schedule("sweep-expired");
    let (one, other) = tokio::join!(sweep(), sweep());
    one.unwrap();
    other.unwrap();
    assert_eq!(digests(&world).await.len(), 1);
}

#[tokio::test]
async fn who_waits_is_not_told_of_where_nobody_decides_or_the_admin_wants_no_mail() {
    let world = world().await;
    let silent = world.link(json!({"name": "Silent", "admission": "approval", "notify_waiting": false})).await;
    let instant = world.link(json!({"name": "Instant"})).await;
    fill(&world, &silent, 0..2).await;
    fill(&world, &instant, 0..2).await;
    assert_eq!(digests(&world).await.len(), 0);
    world.edit(&silent, json!({"notify_waiting": true})).await.expect_status(200);
    assert_eq!(digests(&world).await.len(), 1);
}

/// How many people the page shows that the mail about a link leads to: those in its list of people who wait for an admin.
async fn listed(world: &World, link: &Link) -> usize {
    let rows = world.stats(link).await["enrollments"].as_array().unwrap().clone();
    rows.iter().filter(|row| row["state"] == "pending" || row["state"] == "waiting").count()
}

#[tokio::test]
async fn who_waits_is_counted_as_the_page_of_the_link_lists_them() {
    let mut world = world().await;
    let fields = json!({"name": "Crew", "domains": {"only": ["acme.example"], "others": "approval"}});
    let link = world.link(fields).await;
    fill(&world, &link, 0..2).await;
    // Some come in at once, and one of those who waited is decided on: they wait for nobody.
    for person in 0..3 {
        world.register(&link.code, &format!("in{person}@acme.example")).await.expect_status(202);
    }
    let decided = world.member_id(&format!("{}-0@example.com", link.id)).await;
    world.post("/v1/members/refusals", json!({"members": [decided]})).await.expect_status(200);
    let told = digests(&world).await;
    assert_eq!((told.len(), listed(&world, &link).await), (1, 1));
    assert!(told[0].contains("One person who registered"), "{}", told[0]);
    world.clock.advance(TimeDelta::minutes(61));
    world.sign_in_admin_again().await;
    world.register(&link.code, "in3@acme.example").await.expect_status(202);
    assert_eq!(digests(&world).await.len(), 1, "who comes in at once is no reason for a mail");
    fill(&world, &link, 2..4).await;
    let told = digests(&world).await;
    assert_eq!((told.len(), listed(&world, &link).await), (2, 3));
    assert!(told[1].contains("3 people who registered"), "{}", told[1]);
}

#[tokio::test]
async fn people_on_the_waiting_list_of_a_full_link_are_counted_where_an_admin_gives_the_seats() {
    let world = world().await;
    let lined =
        |by_itself: bool| json!({"name": "Two", "cap": 2, "overflow": "waiting_list", "admit_waiting": by_itself});
    let (by_hand, by_itself) = (world.link(lined(false)).await, world.link(lined(true)).await);
    for link in [&by_hand, &by_itself] {
        fill(&world, link, 0..5).await;
    }
    let told = digests(&world).await;
    assert_eq!((told.len(), listed(&world, &by_hand).await), (1, 3));
    assert!(told[0].contains("3 people who registered") && told[0].contains(&by_hand.id), "{}", told[0]);
}

#[tokio::test]
async fn who_was_given_a_seat_from_the_waiting_list_and_waits_for_an_admin_then_is_told_of() {
    let world = world().await;
    let fields = json!({"cap": 1, "admission": "approval", "overflow": "waiting_list", "admit_waiting": true});
    let link = world.link(fields).await;
    fill(&world, &link, 0..2).await;
    assert_eq!(digests(&world).await.len(), 1);
    let first = world.member_id(&format!("{}-0@example.com", link.id)).await;
    world.post("/v1/members/refusals", json!({"members": [first]})).await.expect_status(200);
    assert_eq!(world.stats(&link).await["by_state"]["pending"], 1);
    world.clock.advance(TimeDelta::minutes(61));
    assert_eq!(digests(&world).await.len(), 2);
}
