//! An admin corrects the address of a member who has never signed in: all that is theirs goes along, once; and nobody's who has.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::{
    World,
    http::Answer,
    world::{Link, feedback},
};

use crate::faults::{at_each_boundary, dying, tell};

const WRONG: &str = "anna@exmaple.example";
const RIGHT: &str = "anna@example.com";

async fn correct(world: &World, id: &str, to: &str) -> Answer {
    world.post(&format!("/v1/members/{id}/correct-address"), json!({"email": to})).await
}

/// The items that name this member, but for records of what admins did and of what was mailed or told.
fn traces(world: &World, id: &str) -> Vec<Value> {
    let contents = world.engine.contents().expect("the table can be read");
    let kept = ["audit", "mail", "delivery"];
    let of = |((partition, sort), item): (&(String, String), &Value)| {
        let mut item = item.clone();
        item.as_object_mut().expect("an item").remove("corrected_from");
        let named = partition.contains(id) || sort.contains(id) || item.to_string().contains(id);
        let entity = item["entity"]["S"].as_str().unwrap_or_default().to_owned();
        (named && !kept.contains(&entity.as_str())).then_some(item)
    };
    contents.iter().filter_map(of).collect()
}

/// Somebody who waits for one link's admin, holds a seat of another, was refused by a third, and is in a unit by hand.
async fn anna(world: &World) -> (String, Vec<Link>, String) {
    let (site, _) = world.site().await;
    let approval = json!({"admission": "approval", "cap": 3, "allocation": {"sites": [site]}});
    let links = vec![
        world.link(approval.clone()).await,
        world.link(json!({"cap": 1})).await,
        world.link(json!({"admission": "approval"})).await,
        world.link(json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": true})).await,
    ];
    world.register(&links[3].code, "first@example.com").await.expect_status(202);
    world.register(&links[2].code, WRONG).await.expect_status(202);
    let id = world.member_id(WRONG).await;
    world.post("/v1/members/refusals", json!({"members": [id]})).await.expect_status(200);
    for link in [&links[0], &links[1], &links[3]] {
        world.register(&link.code, WRONG).await.expect_status(202);
    }
    let body = json!({"allocation": {"sites": [site]}});
    world.patch(&format!("/v1/members/{id}"), body).await.expect_status(200);
    (id, links, site)
}

#[tokio::test]
async fn all_that_is_a_members_goes_along_and_nothing_stays_behind() {
    let world = World::start_without_stream(|options| options.schedules = false).await;
    let (old, links, site) = anna(&world).await;
    world.deliver().await;
    let token = world.login_token(WRONG, 1).await;
    let before = world.get(&format!("/v1/members/{old}")).await.expect_status(200).json();
    let answer = correct(&world, &old, RIGHT).await.expect_status(200).json();
    let new = answer["id"].as_str().expect("an id").to_owned();
    assert_ne!(new, old);
    assert_eq!((&answer["email"], &answer["sites"]), (&json!(RIGHT), &json!([site])));
    let after = world.get(&format!("/v1/members/{new}")).await.expect_status(200).json();
    assert_eq!(after["enrollments"], before["enrollments"]);
    for field in ["name", "access", "created_at", "allocation", "assigned", "role"] {
        assert_eq!(after["member"][field], before["member"][field], "{field}");
    }
    for link in &links {
        world.check_books(link);
    }
    let in_unit = world.get(&format!("/v1/members?unit={site}")).await.expect_status(200).json();
    assert_eq!((in_unit["members"].as_array().map(Vec::len), &in_unit["members"][0]["id"]), (Some(1), &json!(new)));
    world.get(&format!("/v1/members/{old}")).await.expect_status(404);
    let spent = world.client.post("/v1/sessions", json!({"token": token})).await.expect_status(401);
    assert_eq!(spent.error_code(), "invalid_login_token");
    let record = world.items("audit").into_iter().find(|one| one["act"]["S"] == "address_corrected").expect("a record");
    assert_eq!(record["subject"]["M"]["id"]["S"], new);
    assert_eq!(
        (&record["before"]["M"]["member"]["S"], &record["after"]["M"]["member"]["S"]),
        (&json!(old), &json!(new))
    );
    assert!(!record.to_string().contains("anna@"), "a record names people by id alone");
    world.deliver().await;
    assert_eq!(world.mails_to(RIGHT), 1);
    world.sign_in(RIGHT).await;
    for link in &links {
        world.check_books(link);
    }
    assert_eq!(traces(&world, &old), Vec::<Value>::new());
}

#[tokio::test]
async fn the_place_in_the_line_goes_along() {
    let world = World::start_without_stream(|_| {}).await;
    let (id, links, _) = anna(&world).await;
    world.clock.advance(chrono::TimeDelta::seconds(1));
    world.register(&links[3].code, "behind@example.com").await.expect_status(202);
    correct(&world, &id, RIGHT).await.expect_status(200);
    let first = world.member_id("first@example.com").await;
    world.delete(&format!("/v1/links/{}/enrollments/{first}", links[3].id)).await.expect_status(204);
    let rows = world.stats(&links[3]).await["enrollments"].as_array().cloned().unwrap_or_default();
    let state = |email: &str| rows.iter().find(|row| row["member"]["email"] == email).map(|row| row["state"].clone());
    assert_eq!((state(RIGHT), state("behind@example.com")), (Some(json!("reserved")), Some(json!("waiting"))));
    world.check_books(&links[3]);
}

#[tokio::test]
async fn an_address_stays_that_is_proven_taken_an_admins_or_shut_out() {
    let world = World::start().await;
    let (instant, approval) = (world.link(json!({})).await, world.link(json!({"admission": "approval"})).await);
    for email in ["in@example.com", "out@example.com"] {
        world.register(&instant.code, email).await.expect_status(202);
    }
    world.sign_in("in@example.com").await;
    world.register(&approval.code, WRONG).await.expect_status(202);
    let (wrong, proven, out) = (
        world.member_id(WRONG).await,
        world.member_id("in@example.com").await,
        world.member_id("out@example.com").await,
    );
    world.post("/v1/members/revocations", json!({"members": [out]})).await.expect_status(200);
    let admin = world.member_id(&local::FirstOrganization::default().admin_email).await;
    let cases = [
        (&proven, RIGHT, "address_proven"),
        (&admin, RIGHT, "is_admin"),
        (&out, RIGHT, "is_revoked"),
        (&wrong, "in@example.com", "address_taken"),
        (&wrong, "out@example.com", "address_taken"),
    ];
    world.running.rest().await;
    let before = world.contents();
    for (id, to, code) in cases {
        assert_eq!(correct(&world, id, to).await.expect_status(409).error_code(), code);
    }
    for body in [json!({}), json!({"email": "nonsense"})] {
        world.post(&format!("/v1/members/{wrong}/correct-address"), body).await.expect_status(422);
    }
    // The same address is no change, in whatever letters it is typed.
    let same = correct(&world, &wrong, &WRONG.to_uppercase()).await.expect_status(200);
    assert_eq!(same.json()["email"], WRONG);
    assert_eq!(world.contents(), before);
    // Somebody who was granted access by an admin and has never come is not proven.
    assert_eq!(world.grant(&wrong).await, "granted");
    let granted = correct(&world, &wrong, RIGHT).await.expect_status(200).json();
    assert_eq!(granted["access"], "granted");
    let again = correct(&world, &wrong, RIGHT).await.expect_status(200).json();
    assert_eq!(again["id"], granted["id"], "asked for again it is answered alike");
    world.sign_in(RIGHT).await;
    assert_eq!(correct(&world, again["id"].as_str().unwrap(), WRONG).await.error_code(), "address_proven");
    let foreign = world.other_organization("other@example.com").await;
    let path = format!("/v1/members/{}/correct-address", again["id"].as_str().unwrap());
    world.client.post(&path, json!({"email": WRONG})).bearer(&foreign).await.expect_status(404);
}

#[tokio::test]
async fn an_address_that_mail_came_back_from_does_the_right_one_no_harm() {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({"admission": "approval"})).await;
    world.register(&link.code, WRONG).await.expect_status(202);
    let old = world.member_id(WRONG).await;
    assert_eq!(world.grant(&old).await, "granted");
    world.deliver().await;
    let mail = world.items("mail").into_iter().find(|mail| mail["member"]["S"] == old.as_str()).expect("a mail");
    let mail = mail["id"]["S"].as_str().expect("an id").to_owned();
    let bounce = || feedback("Bounce", "Permanent", &mail, chrono::Utc::now().into());
    world.running.invoke("record-mail-feedback", bounce()).await.expect("feedback is recorded");
    assert_eq!(world.get("/v1/suppressions").await.json()["suppressions"].as_array().map(Vec::len), Some(1));
    let new = correct(&world, &old, RIGHT).await.expect_status(200).json();
    assert_eq!((&new["suppressed"], &new["mail"]), (&json!(false), &Value::Null));
    assert_eq!(world.get("/v1/suppressions").await.json()["suppressions"], json!([]));
    // Said again, late.
    world.running.invoke("record-mail-feedback", bounce()).await.expect("feedback is recorded");
    world.deliver().await;
    world.sign_in(RIGHT).await;
    assert_eq!(traces(&world, &old), Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correction_is_told_and_the_index_of_members_follows() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    world.register(&link.code, WRONG).await.expect_status(202);
    world.indexed().await;
    let old = world.member_id(WRONG).await;
    let new = correct(&world, &old, RIGHT).await.expect_status(200).json()["id"].clone();
    let until = Instant::now() + Duration::from_secs(30);
    let told = loop {
        let all: Vec<Value> = world.running.events.all().into_iter().map(|event| event["detail"].clone()).collect();
        let of: Vec<_> = all.into_iter().filter(|event| event["data"]["previous_member_id"] == old.as_str()).collect();
        if of.len() == 2 {
            break of;
        }
        assert!(Instant::now() < until, "{of:?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    };
    for event in &told {
        assert_eq!((&event["data"]["member_id"], &event["data"]["link_id"]), (&new, &json!(link.id)));
    }
    let mut kinds: Vec<_> = told.iter().map(|event| event["type"].as_str().unwrap_or_default()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["enrollment.moved", "member.corrected"]);
    world.indexed().await;
    let found = async |query: &str| {
        world.get(&format!("/v1/members?q={query}")).await.expect_status(200).json()["members"].as_array().map(Vec::len)
    };
    assert_eq!((found("exmaple").await, found("anna").await), (Some(0), Some(1)));
    assert_eq!(traces(&world, &old), Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correction_whose_process_dies_moves_all_or_nothing() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let link = world.link(json!({"cap": 1_000})).await;
    let approval = world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let (wrong, right) = (format!("wrong{case}@example.com"), format!("right{case}@example.com"));
        for link in [&link, &approval] {
            world.register(&link.code, &wrong).await.expect_status(202);
        }
        let old = world.member_id(&wrong).await;
        world.grant(&old).await;
        let call = world.client.post(&format!("/v1/members/{old}/correct-address"), json!({"email": right}));
        let (answer, dead) = dying(&world, case, call).await;
        assert!(dead || answer.status == 200, "{}", answer.text());
        for link in [&link, &approval] {
            world.check_books(link);
        }
        let again = correct(&world, &old, &right).await.expect_status(200).json();
        for link in [&link, &approval] {
            world.check_books(link);
        }
        let records = world.items("audit");
        let of = |one: &&Value| one["act"]["S"] == "address_corrected" && one["subject"]["M"]["id"]["S"] == again["id"];
        assert_eq!(records.iter().filter(of).count(), 1);
        let mails = world.items("mail");
        assert_eq!(mails.iter().filter(|mail| mail["member"]["S"] == again["id"]).count(), 1);
        tell(&world, dead);
    })
    .await;
}
