//! Whom an admin rejected stands in a state of their own, until they register anew or are let in.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    World,
    world::{Link, verifier_of},
};

const ANA: &str = "ana@example.com";

async fn quiet() -> World {
    World::start_without_stream(|_| {}).await
}

async fn deed(world: &World, deed: &str, email: &str) -> Value {
    let id = world.member_id(email).await;
    let answer = world.post(&format!("/v1/members/{deed}"), json!({"members": [id]})).await.expect_status(200);
    answer.json()["results"][0]["outcome"].clone()
}

async fn access(world: &World, email: &str) -> Value {
    let id = world.member_id(email).await;
    world.get(&format!("/v1/members/{id}")).await.expect_status(200).json()["member"]["access"].clone()
}

async fn approval(world: &World) -> Link {
    world.link(json!({"admission": "approval"})).await
}

/// Registers somebody through a link of its own, and rejects them.
async fn rejected(world: &World, email: &str) -> Link {
    let link = approval(world).await;
    world.register(&link.code, email).await.expect_status(202);
    assert_eq!(deed(world, "refusals", email).await, "refused");
    link
}

#[tokio::test]
async fn a_rejected_newcomer_is_listed_and_counted_as_rejected() {
    let world = World::start().await;
    let link = rejected(&world, ANA).await;
    let other = approval(&world).await;
    world.register(&other.code, "bo@example.com").await.expect_status(202);
    let instant = world.link(json!({})).await;
    world.register(&instant.code, "cy@example.com").await.expect_status(202);
    let listed = async |query: &str| -> Vec<String> {
        let list = world.get(&format!("/v1/members?{query}")).await.expect_status(200).json();
        let email = |member: &Value| member["email"].as_str().unwrap().split('@').next().unwrap().to_owned();
        list["members"].as_array().unwrap().iter().map(email).collect()
    };
    assert_eq!(listed("access=rejected").await, ["ana"]);
    assert_eq!(listed(&format!("access=rejected&link={}", link.id)).await, ["ana"]);
    assert_eq!(listed(&format!("access=rejected&link={}", other.id)).await, [""; 0]);
    assert_eq!(listed("access=rejected&sort=name").await, ["ana"]);
    assert_eq!(listed("access=unverified").await, ["cy"]);
    // Those without access stand together.
    for sort in ["", "&sort=access", "&limit=3"] {
        assert_eq!(listed(&format!("access=without{sort}")).await, ["cy", "ana", "bo"], "{sort}");
    }
    assert_eq!(listed("q=example&sort=access&access=without").await, ["cy", "ana", "bo"]);
    let overview = world.get("/v1/overview").await.expect_status(200).json();
    assert_eq!(overview["members"]["rejected"], json!({"count": 1, "more": false}));
    assert_eq!(overview["members"]["unverified"]["count"], 1);
    let audit = world.get("/v1/audit?limit=10").await.expect_status(200).json();
    let refused = audit["records"].as_array().unwrap().iter().find(|one| one["act"] == "access_refused").unwrap();
    assert_eq!((&refused["before"]["access"], &refused["after"]["access"]), (&json!("pending"), &json!("rejected")));
}

#[tokio::test]
async fn somebody_rejected_who_registers_through_another_link_is_as_any_newcomer() {
    let world = World::start().await;
    for (admission, becomes) in [("approval", "pending"), ("instant", "unverified")] {
        let email = format!("{admission}@example.com");
        let first = rejected(&world, &email).await;
        // By the same link nobody comes back.
        world.register(&first.code, &email).await.expect_status(202);
        world.running.rest().await;
        assert_eq!(access(&world, &email).await, "rejected");
        let second = world.link(json!({"admission": admission})).await;
        world.register(&second.code, &email).await.expect_status(202);
        world.running.rest().await;
        assert_eq!(access(&world, &email).await, becomes);
        world.check_books(&second);
    }
    assert_eq!(deed(&world, "grants", "approval@example.com").await, "granted");
    for email in ["approval@example.com", "instant@example.com"] {
        world.sign_in(email).await;
        assert_eq!(access(&world, email).await, "granted");
    }
}

#[tokio::test]
async fn a_request_that_is_handed_over_before_its_registration_is_looked_at_again() {
    let world = quiet().await;
    rejected(&world, ANA).await;
    world.work_off().await;
    // The link is full: nothing of this registration ever comes.
    let full = world.link(json!({"cap": 1})).await;
    world.register(&full.code, "bo@example.com").await.expect_status(202);
    world.work_off().await;
    world.register(&full.code, ANA).await.expect_status(409);
    world.work_off().await;
    assert_eq!(world.asked().len(), 1, "it may be on its way");
    world.clock.advance(TimeDelta::minutes(3));
    assert_eq!(world.running.run_schedule("sweep-expired").await.unwrap()["requests_requeued"], 1);
    world.work_off().await;
    assert_eq!((world.asked().len(), access(&world, ANA).await), (0, json!("rejected")));
    // Of one that came meanwhile the second look takes notice.
    let link = approval(&world).await;
    world.register(&link.code, ANA).await.expect_status(202);
    assert_eq!(access(&world, ANA).await, "rejected", "the call writes the same for every address");
    world.work_off().await;
    assert_eq!((world.asked().len(), access(&world, ANA).await), (0, json!("pending")));
}

#[tokio::test]
async fn somebody_rejected_who_takes_a_new_registration_back_is_rejected_still() {
    let world = quiet().await;
    rejected(&world, ANA).await;
    for admission in ["instant", "approval"] {
        let link = world.link(json!({"admission": admission})).await;
        world.register_from('a', &link.code, ANA).await.expect_status(202);
        world.work_off().await;
        assert_ne!(access(&world, ANA).await, "rejected");
        let body = json!({"email": ANA, "code_verifier": verifier_of('a')});
        world.client.post(&format!("/v1/join/{}/withdraw", link.code), body).await.expect_status(204);
        assert_eq!(access(&world, ANA).await, "rejected", "{admission}");
        world.check_books(&link);
    }
}

#[tokio::test]
async fn a_refusal_rejects_nobody_who_holds_a_seat_elsewhere() {
    let world = World::start().await;
    let instant = world.link(json!({})).await;
    let link = approval(&world).await;
    for link in [&link, &instant] {
        world.register(&link.code, ANA).await.expect_status(202);
    }
    assert_eq!(deed(&world, "refusals", ANA).await, "refused");
    assert_eq!(access(&world, ANA).await, "unverified");
    world.sign_in(ANA).await;
    assert_eq!(access(&world, ANA).await, "granted");
}

#[tokio::test]
async fn somebody_rejected_is_let_in_by_an_admin_who_says_so_and_by_no_seat_they_let_lapse() {
    let mut world = World::start().await;
    let instant = world.link(json!({"cap": 1})).await;
    world.register(&instant.code, ANA).await.expect_status(202);
    world.clock.advance(TimeDelta::hours(49));
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.sign_in_admin_again().await;
    rejected(&world, ANA).await;
    assert_eq!(access(&world, ANA).await, "rejected");
    assert_eq!(deed(&world, "login-mails", ANA).await, "no_access");
    assert_eq!(deed(&world, "grants", ANA).await, "rejected");
    let id = world.member_id(ANA).await;
    let body = json!({"members": [id], "include_rejected": true});
    let said = world.post("/v1/members/grants/previews", body.clone()).await.expect_status(200).json();
    assert_eq!(said["outcomes"], json!({"granted": 1}));
    let done = world.post("/v1/members/grants", body).await.expect_status(200).json();
    assert_eq!((&done["results"][0]["outcome"], access(&world, ANA).await), (&json!("granted"), json!("granted")));
    assert_eq!(world.stats(&instant).await["by_state"]["enrolled"], 1);
    world.check_books(&instant);
}

#[tokio::test]
async fn somebody_rejected_can_be_revoked_restored_corrected_and_erased() {
    let world = World::start().await;
    rejected(&world, ANA).await;
    let id = world.member_id(ANA).await;
    let body = json!({"email": "anna@example.com"});
    world.post(&format!("/v1/members/{id}/correct-address"), body).await.expect_status(200);
    let now = "anna@example.com";
    assert_eq!(access(&world, now).await, "rejected");
    assert_eq!(deed(&world, "revocations", now).await, "revoked");
    assert_eq!(deed(&world, "restorations", now).await, "restored");
    assert_eq!(access(&world, now).await, "unverified", "as everybody who never had access");
    rejected(&world, now).await;
    let id = world.member_id(now).await;
    let _ = world.delete(&format!("/v1/members/{id}")).await;
    world.running.rest().await;
    let left = world.get("/v1/members?counts=true").await.expect_status(200).json();
    assert_eq!(left["counts"]["rejected"]["count"], 0);
}
