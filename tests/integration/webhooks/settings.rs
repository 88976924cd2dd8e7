//! What a webhook is: its secret, where it may lead, whose it is, and how many there are.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::json;
use tests::{
    World,
    fault_proxy::Fault,
    receiver::{Manner, Receiver},
};

use super::{by_hand, id, is_signed, ping, send, until, webhook};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn old_and_new_secret_sign_side_by_side_for_a_day() {
    let (mut world, receiver, hook) = by_hand(Manner::Answers(200)).await;
    let path = format!("/v1/webhooks/{}/secret", id(&hook));
    // An answer that is lost replaces it once.
    world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer);
    let rotated = world.post(&path, json!({})).await.expect_status(200).json();
    assert_eq!(rotated["version"], 2);
    // Whoever does not get that answer asks for another one.
    let again = world.post(&path, json!({})).await.expect_status(200).json();
    let [old, lost, new] = [&hook, &rotated, &again].map(|told| told["secret"].as_str().unwrap());
    ping(&world, &hook).await;
    send(&world).await;
    world.clock.advance(TimeDelta::hours(24));
    world.sign_in_admin_again().await;
    ping(&world, &hook).await;
    send(&world).await;
    let received = receiver.received();
    assert!([old, lost, new].iter().all(|secret| is_signed(&received[0], secret)));
    assert!(!is_signed(&received[1], old) && !is_signed(&received[1], lost) && is_signed(&received[1], new));
    let audit = world.get("/v1/audit").await.expect_status(200);
    let host = receiver.url().split('/').nth(2).unwrap().to_owned();
    assert_eq!(audit.json()["records"][0]["subject"], json!({"kind": "webhook", "id": hook["id"], "name": host}));
    let audit = audit.text();
    assert!(audit.contains("webhook_secret_rotated") && !audit.contains("whsec_"), "{audit}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_webhook_leads_into_the_network_of_the_system() {
    let world = World::start_without_stream(|options| {
        options.environment.insert("WEBHOOK_TARGETS".to_owned(), "public".to_owned());
    })
    .await;
    for url in [
        "http://example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/",
        "https://a.b:22/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://a.b:+443/",
    ] {
        let refused = world.post("/v1/webhooks", json!({"url": url})).await.expect_status(422);
        assert!(refused.json()["error"]["fields"]["url"].is_string(), "{url}");
    }
    // A name may lead anywhere, and elsewhere tomorrow: what counts is where it leads when a connection is made.
    let hook = webhook(&world, "https://localhost:8443/").await;
    ping(&world, &hook).await;
    assert_eq!(send(&world).await, ["refused_address"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_organization_has_ten_webhooks_of_its_own() {
    let world = World::start().await;
    let other = world.other_organization("other@example.com").await;
    let receiver = Receiver::start(Manner::Answers(200)).unwrap();
    let hook = webhook(&world, &receiver.url()).await;
    let path = format!("/v1/webhooks/{}", id(&hook));
    for call in [
        world.client.get(&path),
        world.client.patch(&path, json!({"version": 1, "state": "inactive"})),
        world.client.delete(&path),
        world.client.post(&format!("{path}/secret"), json!({})),
        world.client.post(&format!("{path}/pings"), json!({})),
        world.client.get(&format!("{path}/deliveries")),
        world.client.post(&format!("{path}/deliveries/{}/redeliveries", id(&hook)), json!({})),
    ] {
        assert_eq!(call.bearer(&other).await.expect_status(404).error_code(), "not_found");
    }
    let body = json!({"name": "Theirs", "admission": "instant"});
    let _ = world.client.post("/v1/links", body).bearer(&other).await.expect_status(201);
    let body = || json!({"url": receiver.url()});
    let at_once = (0..20).map(|_| world.client.post("/v1/webhooks", body()).bearer(&world.admin).into_future());
    let made = join_all(at_once).await.iter().filter(|answer| answer.status == 201).count();
    assert!(made <= 9, "{made} and the first are more than ten");
    for _ in made..9 {
        webhook(&world, &receiver.url()).await;
    }
    let full = world.post("/v1/webhooks", json!({"url": receiver.url()})).await.expect_status(409);
    assert_eq!(full.error_code(), "too_many_webhooks");
    let _ = world.delete(&path).await.expect_status(204);
    let _ = world.delete(&path).await.expect_status(404);
    let ours = world.link(json!({})).await;
    until(async || receiver.received().len() == 9).await;
    assert!(receiver.received().iter().all(|received| received.body.contains(&ours.id)), "not those of others");
}

#[tokio::test]
async fn no_api_key_is_told_where_a_webhook_leads_beyond_its_host() {
    let world = World::start().await;
    let hook = webhook(&world, "https://hooks.example.com/T00/whsec-like-path?k=v").await;
    let path = format!("/v1/webhooks/{}", id(&hook));
    let moved = json!({"version": 1, "url": "https://hooks.example.com/T01/another-path"});
    let _ = world.patch(&path, moved).await.expect_status(200);
    let made = json!({"name": "Reader", "scope": "read"});
    let key = world.post("/v1/api-keys", made).await.expect_status(201).json()["key"].as_str().unwrap().to_owned();
    let by_key = world.client.get("/v1/audit").bearer(&key).await.expect_status(200);
    let edited =
        by_key.json()["records"].as_array().unwrap().iter().find(|one| one["act"] == "webhook_edited").cloned();
    let edited = edited.expect("the edit is told all the same");
    assert_eq!(
        (&edited["before"]["url"], &edited["after"]["url"]),
        (&json!("hooks.example.com"), &json!("hooks.example.com"))
    );
    let table = world.client.get("/v1/audit").header("Accept", "text/csv").bearer(&key).await.expect_status(200).text();
    // Whole parts of the path: the answers hold times too, and a short piece such as "T00" stands in those after midnight.
    for answer in [by_key.text(), table] {
        for hidden in ["/T00", "whsec-like-path", "/T01", "another-path"] {
            assert!(!answer.contains(hidden), "{hidden} in {answer}");
        }
    }
    let by_admin = world.get("/v1/audit").await.expect_status(200).text();
    assert!(by_admin.contains("/T00/") && by_admin.contains("/T01/"), "{by_admin}");
}
