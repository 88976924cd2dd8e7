//! Webhooks: every event reaches every receiver that wants it, signed; a receiver that is slow, dead, wrong or late loses nothing
//! and harms nobody else.

mod alerts;
mod delivery;
mod edits;
mod recovery;
mod settings;

use std::time::{Duration, Instant};

use base64::{Engine, prelude::BASE64_STANDARD};
use futures::future::join_all;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::{
    World,
    receiver::{Manner, Received, Receiver},
};

const PATIENCE: Duration = Duration::from_secs(60);

async fn webhook(world: &World, url: &str) -> Value {
    world.post("/v1/webhooks", json!({"url": url})).await.expect_status(201).json()
}

fn id(view: &Value) -> &str {
    view["id"].as_str().unwrap()
}

async fn deliveries(world: &World, webhook: &Value, state: &str) -> Vec<Value> {
    let path = format!("/v1/webhooks/{}/deliveries?limit=100{state}", id(webhook));
    world.get(&path).await.expect_status(200).json()["deliveries"].as_array().unwrap().clone()
}

/// Waits until `holds`.
async fn until(mut holds: impl AsyncFnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !holds().await {
        assert!(Instant::now() < end, "waited too long");
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

/// HMAC-SHA256 by its definition, RFC 2104.
fn hmac(key: &[u8], message: &[u8]) -> Vec<u8> {
    let pad = |byte: u8| -> Vec<u8> {
        let mut block = key.to_vec();
        block.resize(64, 0);
        block.iter().map(|key| key ^ byte).collect()
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().to_vec()
}

/// The signatures of a request, each in base64, and whether one of them is by this secret.
fn is_signed(received: &Received, secret: &str) -> bool {
    let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    let signed =
        format!("{}.{}.{}", received.header("webhook-id"), received.header("webhook-timestamp"), received.body);
    let expected = format!("v1,{}", BASE64_STANDARD.encode(hmac(&key, signed.as_bytes())));
    received.header("webhook-signature").split(' ').any(|signature| signature == expected)
}

/// A world without a stream and a webhook in it. What goes to the webhook is handed over by the test.
async fn by_hand(manner: Manner) -> (World, Receiver, Value) {
    let world = World::start_without_stream(|options| {
        options.environment.insert("REDEMPTION_BUDGET_MS".to_owned(), "300".to_owned());
    })
    .await;
    let receiver = Receiver::start(manner).unwrap();
    let hook = webhook(&world, &receiver.url()).await;
    (world, receiver, hook)
}

async fn ping(world: &World, hook: &Value) -> Value {
    world.post(&format!("/v1/webhooks/{}/pings", id(hook)), json!({})).await.expect_status(202).json()
}

/// Tells `count` links, made now, of which the stream knows.
async fn tell(world: &World, count: usize) {
    let known = world.items("link").len();
    for _ in 0..count {
        world.link(json!({})).await;
    }
    let links: Vec<_> = world.items("link").into_iter().skip(known).collect();
    let event = json!({"Records": links.iter().map(record).collect::<Vec<_>>()});
    let answer = world.running.invoke("publish-events", event).await.unwrap();
    assert_eq!(answer, json!({"batchItemFailures": []}));
}

/// The stream's record of an item that was put. Its number is that of the item.
fn record(item: &Value) -> Value {
    json!({
        "eventID": item["SK"]["S"], "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_795_330_845, "Keys": {"PK": item["PK"], "SK": item["SK"]},
            "NewImage": item, "SequenceNumber": item["SK"]["S"], "SizeBytes": 120,
            "StreamViewType": "NEW_AND_OLD_IMAGES",
        },
    })
}

/// Hands every queued delivery to deliver-webhook, as the bus would, one after the other; gives the outcomes.
async fn send(world: &World) -> Vec<String> {
    let mut outcomes = Vec::new();
    for sent in handed_over(world) {
        outcomes.push(sent.await);
    }
    outcomes
}

/// The same, all side by side.
async fn send_at_once(world: &World) -> Vec<String> {
    join_all(handed_over(world)).await
}

fn handed_over(world: &World) -> impl Iterator<Item = impl Future<Output = String>> {
    let queued = world.items("delivery").into_iter().filter(|delivery| delivery["state"]["S"] == "queued");
    queued.map(async |delivery| {
        let detail = json!({"webhook": delivery["webhook"]["S"], "delivery": delivery["id"]["S"]});
        let event = json!({
            "version": "0", "detail-type": "delivery.queued", "source": "access-links.internal", "detail": detail,
        });
        match world.running.invoke("deliver-webhook", event).await {
            Ok(answer) => answer["outcome"].as_str().unwrap().to_owned(),
            Err(_) => "error".to_owned(),
        }
    })
}

async fn sweep(world: &World) {
    world.running.run_schedule("sweep-expired").await.unwrap();
}
