//! Refusing those who wait, giving access back, and sending the login mail anew.

use serde_json::{Value, json};
use tests::World;

/// Calls a bulk operation for these members and gives the outcomes.
async fn outcomes(world: &World, route: &str, members: &[&str]) -> Vec<String> {
    let answer = world.post(&format!("/v1/members/{route}"), json!({"members": members})).await.expect_status(200);
    let results = answer.json()["results"].as_array().cloned().unwrap();
    results.iter().map(|result| result["outcome"].as_str().unwrap().to_owned()).collect()
}

async fn access_of(world: &World, id: &str) -> Value {
    world.get(&format!("/v1/members/{id}")).await.expect_status(200).json()["member"]["access"].clone()
}

#[tokio::test]
async fn refusing_gives_the_seats_back_and_leaves_a_newcomer_with_nothing_to_sign_in_for() {
    let world = World::start().await;
    let first = world.link(json!({"admission": "approval", "cap": 1})).await;
    let second = world.link(json!({"admission": "approval", "cap": 2})).await;
    let instant = world.link(json!({})).await;
    world.register(&first.code, "ana@example.com").await.expect_status(202);
    world.register(&second.code, "ana@example.com").await.expect_status(202);
    assert_eq!(world.register(&first.code, "bo@example.com").await.error_code(), "link_full");
    let ana = world.member_id("ana@example.com").await;

    assert_eq!(outcomes(&world, "refusals", &[&ana, "x"]).await, ["refused", "not_found"]);
    assert_eq!(outcomes(&world, "refusals", &[&ana]).await, ["nothing_pending"]);
    for link in [&first, &second] {
        assert_eq!(world.stats(link).await["by_state"]["removed"], 1);
        assert_eq!(world.show(link).await["seats"]["taken"], 0);
        world.check_books(link);
    }
    assert_eq!(access_of(&world, &ana).await, "rejected");
    let pending = world.get("/v1/members?access=pending").await.json();
    assert_eq!(pending["members"], json!([]));
    world.client.post("/v1/login-links", json!({"email": "ana@example.com"})).await.expect_status(202);
    assert!(world.items("mail").iter().all(|mail| mail["member"]["S"] != ana.as_str()), "nobody is mailed");

    // The seat is for somebody else; by the same link the refused one does not come back.
    world.register(&first.code, "bo@example.com").await.expect_status(202);
    let before = world.contents();
    world.register(&second.code, "ana@example.com").await.expect_status(202);
    assert_eq!(world.contents(), before);
    // Through another link they may: a refusal is about a registration, not about the person.
    world.register(&instant.code, "ana@example.com").await.expect_status(202);
    world.sign_in("ana@example.com").await;
    assert_eq!(access_of(&world, &ana).await, "granted");
    world.check_books(&second);
}

#[tokio::test]
async fn refusing_takes_nothing_from_a_member_but_what_waits() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let instant = world.link(json!({"allocation": {"sites": [site]}})).await;
    let approval = world.link(json!({"admission": "approval", "cap": 5})).await;
    world.register(&instant.code, "ana@example.com").await.expect_status(202);
    let session = world.sign_in("ana@example.com").await;
    let join = || world.client.post(&format!("/v1/join/{}", approval.code), json!({})).bearer(&session);
    assert_eq!(join().await.expect_status(200).json()["status"], "pending");
    let ana = world.member_id("ana@example.com").await;
    assert_eq!(outcomes(&world, "refusals", &[&ana]).await, ["refused"]);
    let mine = world.client.get("/v1/me").bearer(&session).await.expect_status(200).json();
    assert_eq!(mine["sites"][0]["id"], site.as_str());
    // A signed-in member is told, and stays out of the link.
    assert_eq!(join().await.expect_status(200).json()["status"], "removed");
    assert_eq!(world.grant(&ana).await, "already_granted");
    for (link, taken) in [(&instant, 1), (&approval, 0)] {
        assert_eq!(world.show(link).await["seats"]["taken"], taken);
        world.check_books(link);
    }
}

#[tokio::test]
async fn a_refused_seat_opens_a_link_that_was_over_its_cap() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval", "cap": 3})).await;
    let mut ids = Vec::new();
    for number in 0..3 {
        let email = format!("worker{number}@example.com");
        world.register(&link.code, &email).await.expect_status(202);
        ids.push(world.member_id(&email).await);
    }
    world.edit(&link, json!({"cap": 2})).await.expect_status(200);
    let both: Vec<_> = ids[..2].iter().map(String::as_str).collect();
    assert_eq!(outcomes(&world, "refusals", &both).await, ["refused", "refused"]);
    world.register(&link.code, "late@example.com").await.expect_status(202);
    assert_eq!(world.register(&link.code, "later@example.com").await.error_code(), "link_full");
    world.check_books(&link);
}

#[tokio::test]
async fn who_is_restored_has_what_they_had_and_signs_in_anew() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let link = world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
    for email in ["ana@example.com", "bo@example.com"] {
        world.register(&link.code, email).await.expect_status(202);
    }
    let (ana, bo) = (world.member_id("ana@example.com").await, world.member_id("bo@example.com").await);
    assert_eq!(world.grant(&ana).await, "granted");
    let old = world.sign_in("ana@example.com").await;
    assert_eq!(outcomes(&world, "restorations", &[&ana, "x"]).await, ["not_revoked", "not_found"]);
    assert_eq!(outcomes(&world, "revocations", &[&ana, &bo]).await, ["revoked", "revoked"]);
    assert_eq!(outcomes(&world, "login-mails", &[&ana]).await, ["no_access"]);

    assert_eq!(outcomes(&world, "restorations", &[&ana, &bo]).await, ["restored", "restored"]);
    world.login_token("ana@example.com", 2).await;
    let _ = world.client.get("/v1/me").bearer(&old).await.expect_status(401);
    let new = world.sign_in("ana@example.com").await;
    let mine = world.client.get("/v1/me").bearer(&new).await.expect_status(200).json();
    assert_eq!(mine["sites"][0]["id"], site.as_str());
    // Who never had access is not given any by that, nor a mail that leads nowhere; their registration was taken from them.
    assert_eq!(access_of(&world, &bo).await, "unverified");
    assert!(world.items("mail").iter().all(|mail| mail["member"]["S"] != bo.as_str()));
    assert_eq!(outcomes(&world, "restorations", &[&ana]).await, ["not_revoked"]);
    world.check_books(&link);
}

#[tokio::test]
async fn a_login_mail_is_sent_anew_to_who_can_sign_in_and_once_a_minute() {
    let mut world = World::start().await;
    let instant = world.link(json!({})).await;
    let approval = world.link(json!({"admission": "approval"})).await;
    world.register(&instant.code, "ana@example.com").await.expect_status(202);
    world.register(&approval.code, "bo@example.com").await.expect_status(202);
    let (ana, bo) = (world.member_id("ana@example.com").await, world.member_id("bo@example.com").await);
    world.login_token("ana@example.com", 1).await;
    assert_eq!(outcomes(&world, "login-mails", &[&ana, &bo, "x"]).await, ["queued", "no_access", "not_found"]);
    assert_eq!(outcomes(&world, "login-mails", &[&ana]).await, ["too_soon"]);
    world.login_token("ana@example.com", 2).await;
    // The link an admin sent is good for a day; one that was asked for would be for a quarter of an hour.
    world.clock.advance(chrono::TimeDelta::hours(23));
    world.sign_in("ana@example.com").await;
    world.sign_in_admin_again().await;
    assert_eq!(outcomes(&world, "login-mails", &[&ana]).await, ["queued"]);
    world.login_token("ana@example.com", 3).await;
}
