//! Mails are in the language in which a member registered, or chose since; the organization's where there is none. Nobody chooses it
//! for somebody who has signed in.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Fault, Matching},
    world::Link,
};

use crate::refusals::refused;

const ANA: &str = "ana@example.com";

/// A world of a German organization, whose mail goes when it is told to.
async fn world() -> World {
    let world = World::start_without_stream(|options| {
        for name in ["MAILS_PER_RECIPIENT_HOUR", "MAILS_PER_RECIPIENT_DAY"] {
            options.environment.insert(name.to_owned(), "1000".to_owned());
        }
    })
    .await;
    world.patch("/v1/organization", json!({"language": "de"})).await.expect_status(200);
    world
}

async fn register(world: &World, link: &Link, email: &str, language: Value) {
    world.register_with(&link.code, email, json!({"language": language})).await.expect_status(202);
    world.deliver().await;
}

/// The languages of the mails to an address, one after the other.
fn languages(world: &World, email: &str) -> Vec<String> {
    let messages = world.ses.as_ref().unwrap().messages_to(email);
    let language = |html: &str| html.split("<html lang=\"").nth(1).map(|rest| rest[..2].to_owned());
    messages.iter().map(|message| language(&message.html).expect("a page has a language")).collect()
}

async fn deed(world: &World, route: &str, email: &str) {
    let id = world.member_id(email).await;
    world.post(&format!("/v1/members/{route}"), json!({"members": [id]})).await.expect_status(200);
    world.deliver().await;
}

/// The language that a member is shown as their own.
async fn own(world: &World, session: &str) -> Value {
    let me = world.client.get("/v1/me").bearer(session).await.expect_status(200).json();
    me["member"]["language"].clone()
}

/// An instant so many hours from now, as the world's clock tells it.
fn in_hours(hours: i64) -> Value {
    json!((chrono::Utc::now() + TimeDelta::hours(hours)).to_rfc3339())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_mail_to_somebody_who_registered_in_polish_is_polish() {
    let world = world().await;
    let (instant, approval) = (world.link(json!({})).await, world.link(json!({"admission": "approval"})).await);
    let one = world.link(json!({"cap": 1, "overflow": "waiting_list"})).await;
    let pl = || json!("pl");

    // Registered, signed in, asked for a login link, made an admin, and told of links.
    register(&world, &instant, ANA, pl()).await;
    world.sign_in(ANA).await;
    world.client.post("/v1/login-links", json!({"email": ANA})).await.expect_status(202);
    world.deliver().await;
    world.post("/v1/admins", json!({"email": ANA, "name": "Ana"})).await.expect_status(201);
    let ten = world.link(json!({"cap": 10, "admission": "approval"})).await;
    for person in 0..9 {
        register(&world, &ten, &format!("crew{person}@example.com"), Value::Null).await;
    }
    world.link(json!({"expires": in_hours(9 * 24)})).await;
    world.running.run_schedule("sweep-expired").await.unwrap();
    register(&world, &ten, "crew9@example.com", Value::Null).await;
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.deliver().await;
    // Registered again while an admin looks, then granted; and revoked, and registered again.
    register(&world, &approval, "granted@example.com", pl()).await;
    world.edit(&approval, json!({"admission": "instant"})).await.expect_status(200);
    register(&world, &approval, "granted@example.com", pl()).await;
    deed(&world, "grants", "granted@example.com").await;
    register(&world, &instant, "revoked@example.com", pl()).await;
    deed(&world, "revocations", "revoked@example.com").await;
    register(&world, &instant, "revoked@example.com", pl()).await;
    // Waited for a seat, and got it.
    register(&world, &one, "first@example.com", Value::Null).await;
    register(&world, &one, "admitted@example.com", pl()).await;
    world.edit(&one, json!({"cap": 2, "admit_waiting": true})).await.expect_status(200);
    world.deliver().await;

    let polish = [ANA, "granted@example.com", "revoked@example.com", "admitted@example.com"];
    for email in polish {
        let languages = languages(&world, email);
        assert!(!languages.is_empty() && languages.iter().all(|language| language == "pl"), "{email}: {languages:?}");
    }
    assert_eq!(languages(&world, "first@example.com"), ["de"], "the organization's for who says none");
    let mut ids = Vec::new();
    for email in polish {
        ids.push(world.member_id(email).await);
    }
    for days in [3, 5] {
        world.clock.advance(TimeDelta::days(days));
        world.running.run_schedule("sweep-expired").await.unwrap();
        world.deliver().await;
    }
    assert!(languages(&world, ANA).iter().all(|language| language == "pl"));
    let mails = world.items("mail").into_iter();
    let theirs = mails.filter(|mail| ids.iter().any(|id| mail["member"]["S"] == id.as_str()));
    let kinds: BTreeSet<_> = theirs.map(|mail| mail["kind"]["S"].as_str().unwrap().to_owned()).collect();
    let expected = [
        "admin",
        "admitted",
        "grant",
        "link_expiring_day",
        "link_expiring_week",
        "link_filling",
        "link_full",
        "link_waiting",
        "login",
        "not_yet",
        "registration",
        "turned_away",
    ];
    assert_eq!(kinds, expected.map(str::to_owned).into());
}

#[tokio::test]
async fn a_member_who_has_signed_in_is_written_to_as_before_whoever_registers_the_address() {
    let world = world().await;
    let (first, second) = (world.link(json!({})).await, world.link(json!({})).await);
    register(&world, &first, ANA, json!("pl")).await;
    register(&world, &first, "bo@example.com", Value::Null).await;
    let (ana, bo) = (world.sign_in(ANA).await, world.sign_in("bo@example.com").await);
    for email in [ANA, "bo@example.com"] {
        register(&world, &second, email, json!("es")).await;
    }
    assert_eq!(languages(&world, ANA), ["pl", "pl"]);
    assert_eq!(languages(&world, "bo@example.com"), ["de", "de"], "a member who has none keeps the organization's");
    assert_eq!((own(&world, &ana).await, own(&world, &bo).await), (json!("pl"), Value::Null));
    let admin = world.get("/v1/me").await.expect_status(200).json()["member"]["email"].as_str().unwrap().to_owned();
    register(&world, &second, &admin, json!("es")).await;
    assert_eq!(own(&world, &world.admin).await, Value::Null);
}

#[tokio::test]
async fn who_has_not_signed_in_and_has_no_language_gets_that_of_a_registration_and_keeps_it() {
    let world = world().await;
    let link = world.link(json!({})).await;
    for (language, expected) in [(Value::Null, "de"), (json!("es"), "es"), (json!("pl"), "es")] {
        let other = world.link(json!({})).await;
        register(&world, &other, ANA, language).await;
        assert_eq!(languages(&world, ANA).last().unwrap(), expected);
    }
    register(&world, &link, "bo@example.com", json!("en")).await;
    assert_eq!(languages(&world, "bo@example.com"), ["en"]);
}

#[tokio::test]
async fn a_member_changes_the_language_of_their_mails_as_often_as_they_like() {
    let world = world().await;
    register(&world, &world.link(json!({})).await, ANA, json!("pl")).await;
    let ana = world.sign_in(ANA).await;
    for language in ["es", "en", "en"] {
        let call = world.client.patch("/v1/me", json!({"language": language})).bearer(&ana);
        let answer = call.await.expect_status(200).json();
        assert_eq!((&answer["language"], &answer["name_confirmed"]), (&json!(language), &json!(false)));
        world.client.post("/v1/login-links", json!({"email": ANA})).await.expect_status(202);
        world.deliver().await;
        assert_eq!(languages(&world, ANA).last().unwrap(), language);
    }
    let id = world.member_id(ANA).await;
    let seen = world.get(&format!("/v1/members/{id}")).await.expect_status(200).json();
    assert_eq!(seen["member"]["language"], "en");
    let export = world.get(&format!("/v1/members/{id}/export")).await.expect_status(200).json();
    assert_eq!(export["member"]["language"], "en");
    // Both at once are one write: a name that is not taken leaves the language alone.
    let both = |name: &str| world.client.patch("/v1/me", json!({"name": name, "language": "de"})).bearer(&ana);
    assert_eq!(both("Ana López").await.expect_status(200).json()["language"], "de");
    let call = world.client.patch("/v1/me", json!({"name": "Another", "language": "pl"})).bearer(&ana);
    refused(&call.await, 409, "name_confirmed", "a second name");
    assert_eq!(own(&world, &ana).await, "de");
}

#[tokio::test]
async fn a_language_that_there_is_not_is_refused_and_nothing_is_written() {
    let world = world().await;
    let link = world.link(json!({})).await;
    register(&world, &link, ANA, json!("pl")).await;
    let ana = world.sign_in(ANA).await;
    let there = world.contents();
    for wrong in ["", "PL", "pl-PL", "fr", "pl "] {
        let body = json!({"name": "Bo", "email": "bo@example.com", "language": wrong});
        let answer = world.client.post(&format!("/v1/join/{}", link.code), body).await;
        refused(&answer, 422, "invalid_fields", wrong);
        assert_eq!(answer.json()["error"]["fields"]["language"], "must be \"en\", \"es\", \"de\" or \"pl\"");
        let answer = world.client.patch("/v1/me", json!({"language": wrong})).bearer(&ana).await;
        refused(&answer, 422, "invalid_fields", wrong);
    }
    for nothing in [json!({}), json!({"language": null})] {
        refused(&world.client.patch("/v1/me", nothing).bearer(&ana).await, 422, "invalid_fields", "neither");
    }
    assert_eq!(world.contents(), there);
}

#[tokio::test]
async fn a_language_is_kept_through_every_fault() {
    let world = world().await;
    register(&world, &world.link(json!({})).await, ANA, json!("pl")).await;
    let ana = world.sign_in(ANA).await;
    for (fault, language) in [(Fault::Throttle, "es"), (Fault::LoseAnswer, "de"), (Fault::InternalError, "en")] {
        world.proxy.fail_next(Matching::operation("UpdateItem").mentioning("language"), fault);
        let call = world.client.patch("/v1/me", json!({"language": language})).bearer(&ana);
        assert_eq!(call.await.expect_status(200).json()["language"], language, "{fault:?}");
        assert_eq!(own(&world, &ana).await, language);
    }
}
