//! What is made is made once for each `Idempotency-Key`, however often it is asked for.

mod troubles;

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use functions::operations;
use serde_json::{Value, json};
use tests::{
    World,
    description::Description,
    http::{Answer, Call},
    world::Link,
};

use crate::{description::operation_id, refusals::refused};

const KEY: &str = "Idempotency-Key";

/// One of the operations that make something.
struct Creating {
    operation: &'static str,
    /// What it makes.
    entity: &'static str,
    /// Asks for it, as the admin.
    call: Call,
    /// Asks for something else.
    other: Call,
}

impl Creating {
    fn made(&self, world: &World) -> usize {
        world.items(self.entity).len()
    }
}

/// A call of each of them. `mark` tells those from others of the same kind that have to differ.
fn creating(world: &World, model: &Link, mark: &str) -> Vec<Creating> {
    let post = |path: &str, body: Value| world.client.post(path, body).bearer(&world.admin);
    let of = |operation, entity, call, other| Creating { operation, entity, call, other };
    let link = |name: &str| post("/v1/links", json!({"name": name, "admission": "instant", "cap": 20}));
    let duplicate = |id: &str| post(&format!("/v1/links/{id}/duplicates"), json!({"name": "Twin"}));
    let grants = |access: &str| post("/v1/jobs/grants", json!({"filter": {"access": access}}));
    let import = |access: &str| {
        let call = world.client.call("POST".parse().unwrap(), &format!("/v1/jobs/imports?access={access}"));
        call.body("text/csv", "name,email\nIda,ida@example.com\n").bearer(&world.admin)
    };
    let admin = |name: &str| {
        let email = format!("{name}{mark}@example.com");
        post("/v1/admins", json!({"name": "Ada Unmistakable", "email": email}))
    };
    let key = |scope: &str| post("/v1/api-keys", json!({"name": "HR", "scope": scope}));
    let webhook = |path: &str| post("/v1/webhooks", json!({"url": format!("https://hooks.example.com/{path}")}));
    vec![
        of("create-link", "link", link("One"), link("Other")),
        of("duplicate-link", "link", duplicate(&model.id), duplicate("01a2044d-fbc0-75a1-b2dc-2ff9dfac9b8e")),
        of("start-grants", "job", grants("pending"), grants("without")),
        of("start-import", "job", import("granted"), import("pending")),
        of("add-admin", "admin", admin("ada"), admin("bea")),
        of("create-api-key", "api_key", key("read"), key("manage")),
        of("create-webhook", "webhook", webhook("one"), webhook("other")),
    ]
}

/// A world in which nothing happens but what is called, with a link to duplicate.
async fn quiet() -> (World, Link) {
    let world = World::start_without_stream(|_| {}).await;
    let model = world.link(json!({})).await;
    (world, model)
}

/// What an answer tells also where it is given again.
fn without_secret(answer: &Answer) -> Value {
    let mut body = answer.json();
    // A secret is told once, and so is what stands in a file of people.
    for secret in ["key", "secret", "file"] {
        body.as_object_mut().unwrap().remove(secret);
    }
    body
}

fn is_replayed(answer: &Answer) -> bool {
    answer.header("idempotent-replayed") == "true"
}

/// Holds that the answer is the first one given again.
#[track_caller]
fn replays(first: &Answer, again: &Answer) {
    assert!(is_replayed(again) && again.status == first.status, "{} {}", again.status, again.text());
    assert_eq!(again.text(), without_secret(first).to_string(), "each byte as at first");
}

#[test]
fn whatever_makes_something_takes_the_key() {
    /// What a POST makes that needs no key, by the operation, and why.
    const BY_THEMSELVES: [(&str, &str); 7] = [
        ("signIn", "a login token is good once"),
        ("redeemLink", "a person has one enrollment in a link"),
        ("correctRegistration", "a registration that has been moved is not at the old address any more"),
        ("requestLogin", "mails are limited by their recipient"),
        ("cancelJob", "a job is stopped once"),
        ("redeliver", "there is one delivery of an event, whatever is ordered"),
        ("pingWebhook", "a ping is an event that says nothing"),
    ];
    let api = Description::get();
    let makes = |operation: &&tests::description::Operation| {
        operation.method == "POST" && api.statuses(operation).any(|status| [201, 202].contains(&status))
    };
    let by_themselves: BTreeSet<_> = BY_THEMSELVES.iter().map(|(id, _)| (*id).to_owned()).collect();
    let making: BTreeSet<_> = api.operations().iter().filter(makes).map(|operation| operation.id.clone()).collect();
    let taking = operations::ALL.iter().filter(|operation| operation.creates_once);
    let taking: BTreeSet<_> = taking.map(|operation| operation_id(operation.name)).collect();
    assert_eq!(making.difference(&by_themselves).cloned().collect::<BTreeSet<_>>(), taking);
    let described = api.operations().iter().filter(|operation| api.takes_header(operation, KEY));
    assert_eq!(described.map(|operation| operation.id.clone()).collect::<BTreeSet<_>>(), taking);
}

#[tokio::test]
async fn what_is_asked_for_again_is_not_made_again_and_answered_as_at_first() {
    let (world, model) = quiet().await;
    let calls = creating(&world, &model, "");
    let taking = operations::ALL.iter().filter(|operation| operation.creates_once).map(|operation| operation.name);
    assert_eq!(calls.iter().map(|one| one.operation).collect::<Vec<_>>(), tried(taking, &calls));
    for one in calls {
        let before = one.made(&world);
        let first = one.call.clone().header(KEY, "7f0c8a52").await;
        assert!(first.status.is_success() && !is_replayed(&first), "{}: {}", one.operation, first.text());
        assert_eq!(one.made(&world), before + 1, "{}", one.operation);
        let there = world.contents();
        // Bare and quoted it is the same key.
        for key in ["7f0c8a52", "\"7f0c8a52\""] {
            let again = one.call.clone().header(KEY, key).await;
            replays(&first, &again);
        }
        assert_eq!(world.contents(), there, "{}", one.operation);
        // Without a key, or under another, it is something else; only an admin is one already.
        if one.operation != "add-admin" {
            let third = one.call.clone().header(KEY, "another").await;
            assert!(third.status == first.status && third.json()["id"] != first.json()["id"], "{}", third.text());
            assert!(one.call.clone().await.status == first.status);
            assert_eq!(one.made(&world), before + 3, "{}", one.operation);
        }
        let answers = world.items("given_answer");
        for secret in [first.json()["key"].as_str(), first.json()["secret"].as_str()].into_iter().flatten() {
            assert!(!format!("{answers:?}").contains(secret));
        }
        assert!(!format!("{answers:?}").contains("7f0c8a52"), "the key itself is stored nowhere");
    }
}

/// Those of `taking`, in the order of the calls.
fn tried(taking: impl Iterator<Item = &'static str>, calls: &[Creating]) -> Vec<&'static str> {
    let place = |name: &&str| calls.iter().position(|one| one.operation == *name);
    let mut taking: Vec<_> = taking.collect();
    taking.sort_by_key(place);
    taking
}

#[tokio::test]
async fn a_key_belongs_to_one_request() {
    let (world, model) = quiet().await;
    for one in creating(&world, &model, "") {
        let first = one.call.clone().header(KEY, "k").await;
        assert!(first.status.is_success(), "{}", first.text());
        let there = world.contents();
        let other = one.other.clone().header(KEY, "k").await;
        refused(&other, 422, "idempotency_key_reused", one.operation);
        assert_eq!(world.contents(), there, "{}", one.operation);
        replays(&first, &one.call.clone().header(KEY, "k").await);
    }
    // The same body sent otherwise is another one too.
    let path = "/v1/api-keys";
    let text = |text: &'static str| world.client.post(path, json!({})).body("application/json", text);
    let first = text(r#"{"name":"A","scope":"read"}"#).bearer(&world.admin).header(KEY, "s").await;
    assert_eq!(first.status, 201);
    let spaced = text(r#"{"name": "A","scope":"read"}"#).bearer(&world.admin).header(KEY, "s").await;
    refused(&spaced, 422, "idempotency_key_reused", "spaced");
}

#[tokio::test]
async fn what_can_be_no_key_is_refused() {
    let (world, model) = quiet().await;
    let there = world.contents();
    let long = "x".repeat(256);
    for one in creating(&world, &model, "") {
        for key in ["", "\"\"", "a b", "\"a", "a,b", "é", long.as_str()] {
            let answer = one.call.clone().header(KEY, key).await;
            refused(&answer, 400, "invalid_idempotency_key", key);
        }
        let two = one.call.clone().header(KEY, "a").and_header(KEY, "a").await;
        refused(&two, 400, "invalid_idempotency_key", "two");
    }
    assert_eq!(world.contents(), there);
}

#[tokio::test]
async fn everyone_has_keys_of_their_own() {
    let (world, _) = quiet().await;
    let made = world.post("/v1/api-keys", json!({"name": "HR", "scope": "manage"})).await.expect_status(201).json();
    let program = made["key"].as_str().unwrap().to_owned();
    world.post("/v1/admins", json!({"name": "Bea", "email": "bea@example.com"})).await.expect_status(201);
    world.deliver().await;
    let colleague = world.sign_in("bea@example.com").await;
    let event =
        json!({"name": "Other", "admin_name": "Cy", "admin_email": "cy@example.com", "time_zone": "Asia/Tokyo"});
    world.running.invoke("create-organization", event).await.unwrap();
    world.deliver().await;
    let elsewhere = world.sign_in("cy@example.com").await;
    let mut ids = BTreeMap::new();
    for caller in [&world.admin, &program, &colleague, &elsewhere] {
        let call = || world.client.post("/v1/links", json!({"name": "L", "admission": "instant"})).header(KEY, "k");
        let first = call().bearer(caller).await.expect_status(201);
        assert!(!is_replayed(&first), "another's key");
        replays(&first, &call().bearer(caller).await);
        ids.insert(first.json()["id"].to_string(), ());
    }
    assert_eq!(ids.len(), 4);
    // Whoever is nobody any more is told nothing.
    let id = world.member_id("bea@example.com").await;
    let _ = world.delete(&format!("/v1/admins/{id}")).await.expect_status(204);
    let call = world.client.post("/v1/links", json!({"name": "L", "admission": "instant"})).header(KEY, "k");
    assert!([401, 403].contains(&call.bearer(&colleague).await.status.as_u16()));
}

#[tokio::test]
async fn after_a_day_it_is_another_creation() {
    let (world, _) = quiet().await;
    let made = world.post("/v1/api-keys", json!({"name": "HR", "scope": "manage"})).await.expect_status(201).json();
    let program = made["key"].as_str().unwrap().to_owned();
    let call = || {
        let body = json!({"name": "L", "admission": "instant"});
        world.client.post("/v1/links", body).header(KEY, "k").bearer(&program)
    };
    let first = call().await.expect_status(201);
    world.clock.advance(TimeDelta::hours(24) - TimeDelta::minutes(1));
    replays(&first, &call().await);
    world.clock.advance(TimeDelta::minutes(2));
    // The old answer is still in the table, which collects late.
    assert_eq!(world.items("given_answer").len(), 1);
    let second = call().await.expect_status(201);
    assert!(!is_replayed(&second) && second.json()["id"] != first.json()["id"]);
    replays(&second, &call().await);
    assert_eq!(world.items("given_answer").len(), 1);
}

#[tokio::test]
async fn what_was_refused_is_tried_anew() {
    let (world, _) = quiet().await;
    let hook = |number: usize| {
        let url = format!("https://hooks.example.com/{number}");
        world.client.post("/v1/webhooks", json!({"url": url})).bearer(&world.admin).header(KEY, &format!("k{number}"))
    };
    let there = world.contents();
    let wrong = world.client.post("/v1/webhooks", json!({"url": "no address"})).bearer(&world.admin).header(KEY, "k0");
    refused(&wrong.await, 422, "invalid_fields", "wrong");
    assert_eq!(world.contents(), there);
    let mut made = Vec::new();
    for number in 0..10 {
        made.push(hook(number).await.expect_status(201));
    }
    refused(&hook(10).await, 409, "too_many_webhooks", "the eleventh");
    // The tenth left no room for itself.
    replays(&made[9], &hook(9).await);
    let first = made[0].json()["id"].as_str().unwrap().to_owned();
    let _ = world.delete(&format!("/v1/webhooks/{first}")).await.expect_status(204);
    let eleventh = hook(10).await.expect_status(201);
    assert!(!is_replayed(&eleventh));
    // What was deleted since is still what was answered.
    replays(&made[0], &hook(0).await);
    assert_eq!(world.items("webhook").len(), 10);
}

#[tokio::test]
async fn an_answer_about_a_person_goes_with_them_and_does_not_bring_them_back() {
    let (world, _) = quiet().await;
    let add = |key: &str| {
        let body = json!({"name": "Ada Unmistakable", "email": "ada.unmistakable@example.com"});
        world.client.post("/v1/admins", body).bearer(&world.admin).header(KEY, key)
    };
    let first = add("k").await.expect_status(201);
    let told = add("told").await.expect_status(200);
    let kept = format!("{:?}", world.items("given_answer")).to_lowercase();
    assert!(!kept.contains("unmistakable"));
    let id = first.json()["id"].as_str().unwrap().to_owned();
    let _ = world.delete(&format!("/v1/admins/{id}")).await.expect_status(204);
    // Asked for again they are no admin for it, whichever of the two it was.
    replays(&first, &add("k").await);
    replays(&told, &add("told").await);
    assert_eq!(world.items("admin").len(), 1);
    let _ = world.delete(&format!("/v1/members/{id}")).await.expect_status(204);
    let there = world.contents();
    refused(&add("k").await, 404, "not_found", "erased");
    assert_eq!(world.contents(), there);
    assert!(!format!("{there:?}").to_lowercase().contains("unmistakable"));
}

#[tokio::test]
async fn a_links_code_is_not_kept_with_the_answer_that_told_it() {
    let (world, model) = quiet().await;
    for path in ["/v1/links".to_owned(), format!("/v1/links/{}/duplicates", model.id)] {
        let body = if path == "/v1/links" { json!({"name": "L", "admission": "instant"}) } else { json!({}) };
        let call = || world.client.post(&path, body.clone()).bearer(&world.admin).header(KEY, "k");
        let first = call().await.expect_status(201);
        let code = first.json()["code"].as_str().unwrap().to_owned();
        let answers = world.items("given_answer");
        assert!(!answers.is_empty() && !format!("{answers:?}").contains(&code), "{path}");
        replays(&first, &call().await);
        // Once the code is dead, it stands nowhere, and the answer has the one that lives.
        let id = first.json()["id"].as_str().unwrap().to_owned();
        let version = json!({"version": first.json()["version"]});
        let _ = world.post(&format!("/v1/links/{id}/code"), version).await.expect_status(200);
        assert!(!format!("{:?}", world.contents()).contains(&code), "{path}");
        let again = call().await;
        assert!(is_replayed(&again));
        let now = world.show(&Link { id, code: code.clone() }).await;
        assert_eq!((&again.json()["code"], &again.json()["url"]), (&now["code"], &now["url"]));
        assert_ne!(again.json()["code"], code.as_str());
    }
}
