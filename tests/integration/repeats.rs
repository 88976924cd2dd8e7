//! Registering again: whatever the answer tells everybody comes true by mail, once, and no mail goes to anybody else.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Fault, Matching},
    world::Link,
};

/// A world whose mail goes when it is told to.
async fn world() -> World {
    World::start_without_stream(|options| {
        options.environment.insert("MAILS_PER_RECIPIENT_HOUR".to_owned(), "1000".to_owned());
    })
    .await
}

/// The kinds of the mails to somebody, in the order in which they were queued.
fn kinds(world: &World, id: &str) -> Vec<String> {
    let mut mails: Vec<_> = world.items("mail").into_iter().filter(|mail| mail["member"]["S"] == id).collect();
    mails.sort_by_key(|mail| mail["created_at"]["N"].as_str().and_then(|at| at.parse::<i64>().ok()));
    mails.iter().map(|mail| mail["kind"]["S"].as_str().unwrap().to_owned()).collect()
}

/// What somebody is told who registers, and the kinds of the mails that come of it.
async fn register(world: &World, link: &Link, email: &str) -> (String, Vec<String>) {
    world.clock.advance(TimeDelta::seconds(1));
    let before = world.items("mail").len();
    let answer = world.register(&link.code, email).await;
    let told = match answer.status.as_u16() {
        202 => answer.json()["status"].as_str().unwrap().to_owned(),
        _ => answer.error_code(),
    };
    world.deliver().await;
    let all = world.items("mail").len() - before;
    let kinds = if all == 0 { Vec::new() } else { kinds(world, &world.member_id(email).await) };
    (told, kinds.into_iter().rev().take(all).collect())
}

fn told(status: &str, kinds: &[&str]) -> (String, Vec<String>) {
    (status.to_owned(), kinds.iter().map(|&kind| kind.to_owned()).collect())
}

async fn act(world: &World, route: &str, email: &str) {
    let body = json!({"members": [world.member_id(email).await]});
    world.post(&format!("/v1/members/{route}"), body).await.expect_status(200);
}

async fn take_out(world: &World, link: &Link, email: &str) {
    let id = world.member_id(email).await;
    world.delete(&format!("/v1/links/{}/enrollments/{id}", link.id)).await.expect_status(204);
}

#[tokio::test]
async fn who_may_sign_in_and_registers_again_is_mailed_a_login_link() {
    let world = world().await;
    let link = world.link(json!({"cap": 1})).await;
    assert_eq!(register(&world, &link, "ana@example.com").await, told("check_your_mail", &["registration"]));
    // A seat is kept for her; the link is full, and its answer tells nothing of that.
    assert_eq!(register(&world, &link, "ana@example.com").await, told("link_full", &["login"]));
    world.sign_in("ana@example.com").await;
    assert_eq!(register(&world, &link, "ana@example.com").await, told("link_full", &["login"]));
    world.edit(&link, json!({"cap": 5})).await.expect_status(200);
    assert_eq!(register(&world, &link, "ana@example.com").await, told("check_your_mail", &["login"]));
    let token = world.login_token("ana@example.com", 4).await;
    let _ = world.client.post("/v1/sessions", json!({"token": token})).await.expect_status(201);
    // Where an admin looks first, she is in already.
    let approval = world.link(json!({"admission": "approval"})).await;
    world.register(&approval.code, "ana@example.com").await.expect_status(202);
    world.grant(&world.member_id("ana@example.com").await).await;
    world.deliver().await;
    assert_eq!(register(&world, &approval, "ana@example.com").await, told("awaiting_approval", &["login"]));
}

#[tokio::test]
async fn who_registers_through_a_second_link_gets_its_own_mail_alone() {
    let world = world().await;
    let (one, other) = (world.link(json!({})).await, world.link(json!({})).await);
    register(&world, &one, "ana@example.com").await;
    world.sign_in("ana@example.com").await;
    assert_eq!(register(&world, &other, "ana@example.com").await, told("check_your_mail", &["registration"]));
}

#[tokio::test]
async fn who_was_revoked_or_taken_out_is_mailed_that_they_cannot_join() {
    let world = world().await;
    let link = world.link(json!({})).await;
    for email in ["revoked@example.com", "removed@example.com", "granted@example.com"] {
        register(&world, &link, email).await;
    }
    act(&world, "revocations", "revoked@example.com").await;
    take_out(&world, &link, "removed@example.com").await;
    world.sign_in("granted@example.com").await;
    take_out(&world, &link, "granted@example.com").await;
    for email in ["revoked@example.com", "removed@example.com"] {
        assert_eq!(register(&world, &link, email).await, told("check_your_mail", &["turned_away"]), "{email}");
        let mails = world.texts_to(email);
        let text = mails.last().unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains("be used to join") && !text.contains("http"), "{text}");
    }
    // Who has access through something else signs in.
    assert_eq!(register(&world, &link, "granted@example.com").await, told("check_your_mail", &["login"]));
    // Where nobody is promised mail, none is sent.
    let approval = world.link(json!({"admission": "approval"})).await;
    assert_eq!(register(&world, &approval, "revoked@example.com").await, told("awaiting_approval", &[]));
}

#[tokio::test]
async fn who_waits_for_an_admin_is_mailed_so_only_where_mail_is_promised() {
    let world = world().await;
    let link = world.link(json!({"admission": "approval"})).await;
    assert_eq!(register(&world, &link, "ana@example.com").await, told("awaiting_approval", &[]));
    assert_eq!(register(&world, &link, "ana@example.com").await, told("awaiting_approval", &[]));
    world.edit(&link, json!({"admission": "instant"})).await.expect_status(200);
    assert_eq!(register(&world, &link, "ana@example.com").await, told("check_your_mail", &["not_yet"]));
}

#[tokio::test]
async fn nobody_is_mailed_who_is_no_member_of_the_links_organization() {
    let world = world().await;
    let other = json!({
        "name": "Other", "admin_name": "Other Admin", "admin_email": "other@example.com", "time_zone": "Asia/Tokyo",
    });
    world.running.invoke("create-organization", other).await.unwrap();
    world.deliver().await;
    let link = world.link(json!({"cap": 1})).await;
    register(&world, &link, "ana@example.com").await;
    for email in ["stranger@example.com", "other@example.com"] {
        assert_eq!(register(&world, &link, email).await, told("link_full", &[]));
    }
}

#[tokio::test]
async fn a_request_worked_off_before_its_registration_is_written_leads_to_one_mail() {
    let world = world().await;
    let (one, other) = (world.link(json!({})).await, world.link(json!({})).await);
    register(&world, &one, "ana@example.com").await;
    world.sign_in("ana@example.com").await;
    let id = world.member_id("ana@example.com").await;
    let before = kinds(&world, &id).len();
    let mut held = world.proxy.hold_next(Matching::operation("TransactWriteItems").mentioning(&other.id));
    let (answer, ()) = tokio::join!(async { world.register(&other.code, "ana@example.com").await }, async {
        held.reached().await;
        while world.asked().is_empty() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        world.work_off().await;
        held.release();
    });
    answer.expect_status(202);
    world.deliver().await;
    assert_eq!(kinds(&world, &id).len() - before, 1);
    world.sign_in("ana@example.com").await;
    assert_eq!(world.stats(&other).await["by_state"]["enrolled"], 1);
    world.check_books(&other);
}

#[tokio::test]
async fn a_registration_stands_though_its_request_was_not_written_and_a_repeat_does_not() {
    let world = World::start_without_stream(|options| {
        options.environment.insert("REDEMPTION_BUDGET_MS".to_owned(), "300".to_owned());
    })
    .await;
    let link = world.link(json!({})).await;
    let busy = || {
        let request = || Matching::operation("UpdateItem").mentioning("REQUEST#");
        (0..60).for_each(|_| world.proxy.fail_next(request(), Fault::Throttle));
    };
    busy();
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    assert!(world.asked().is_empty());
    assert_eq!(world.queued().len(), 1, "its mail is written with it");
    busy();
    let again = world.register(&link.code, "ana@example.com").await.expect_status(503);
    assert_eq!(again.error_code(), "unavailable");
    world.check_books(&link);
}

#[tokio::test]
async fn registering_again_and_again_sends_no_more_mails_than_the_mailbox_may_get() {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({})).await;
    let minute = chrono::Utc::now().timestamp() / 60;
    world.clock.advance(TimeDelta::minutes(60 - minute % 60));
    for _ in 0..8 {
        world.register(&link.code, "ana@example.com").await.expect_status(202);
        world.deliver().await;
    }
    assert_eq!(world.mails_to("ana@example.com"), 3);
    let dropped: Vec<Value> = world.items("mail").into_iter().filter(|mail| mail["state"]["S"] == "dropped").collect();
    assert!(dropped.len() == 5 && dropped.iter().all(|mail| mail["reason"]["S"] == "too_many"), "{dropped:?}");
}
