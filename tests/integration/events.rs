//! What changes is told on the event bus: every change once, each with the link it came through, whatever goes wrong on the way.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tests::{
    World,
    bus_stand_in::{BusFault, BusStandIn},
    fault_proxy::Boundary,
    http::Client,
};

const PATIENCE: Duration = Duration::from_secs(30);

/// What was told, once `enough` says that all is there.
async fn told(world: &World, enough: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    let until = Instant::now() + PATIENCE;
    loop {
        let events: Vec<Value> = world.running.events.all().into_iter().map(|event| event["detail"].clone()).collect();
        if enough(&events) {
            return events;
        }
        assert!(Instant::now() < until, "{events:#?}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

fn kinds_of<'e>(events: &'e [Value], field: &str, id: &str) -> Vec<&'e str> {
    let of = events.iter().filter(|event| event["data"][field] == id);
    of.map(|event| event["type"].as_str().unwrap()).collect()
}

fn has(events: &[Value], kind: &str) -> bool {
    events.iter().any(|event| event["type"] == kind)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_persons_way_through_a_link_is_told_with_the_link_in_every_event() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let id = world.member_id("ana@example.com").await;
    assert_eq!(world.grant(&id).await, "granted");
    let _ = world.post("/v1/members/revocations", json!({"members": [id]})).await.expect_status(200);
    let _ = world.post("/v1/members/restorations", json!({"members": [id]})).await.expect_status(200);
    let _ = world.edit(&link, json!({"cap": 5, "name": "Other"})).await.expect_status(200);
    let _ = world.delete(&format!("/v1/members/{id}")).await.expect_status(204);
    let _ = world.delete(&format!("/v1/links/{}", link.id)).await.expect_status(204);
    let events = told(&world, |events| has(events, "member.erased") && has(events, "link.deleted")).await;

    let mut kinds = kinds_of(&events, "member_id", &id);
    kinds[1..3].sort_unstable();
    let expected = [
        "enrollment.pending",
        "access.granted",
        "enrollment.enrolled",
        "access.revoked",
        "access.restored",
        "member.erased",
    ];
    assert_eq!(kinds, expected, "access and enrollment change in one transaction, in no order: {events:#?}");
    for event in events.iter().filter(|event| event["data"]["member_id"] == id.as_str()) {
        assert_eq!(event["data"]["link_id"], link.id.as_str(), "{event}");
    }
    let of_link: Vec<_> = kinds_of(&events, "link_id", &link.id);
    let of_link: Vec<_> = of_link.into_iter().filter(|kind| kind.starts_with("link.")).collect();
    assert_eq!(of_link, ["link.created", "link.updated", "link.deleted"]);
    let updated = events.iter().find(|event| event["type"] == "link.updated").unwrap();
    assert_eq!(updated["data"]["changed"], json!(["cap", "name"]));
    let ids: BTreeSet<_> = events.iter().map(|event| event["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), events.len(), "each with an id of its own");
    let all = serde_json::to_string(&events).unwrap();
    assert!(!all.contains("ana@example.com") && !all.contains(&link.code) && !all.contains("Some Body"), "{all}");

    let page = Client::new(&world.running.base_url);
    let shown = page.get("/dev/events.json").await.expect_status(200).json();
    assert_eq!(shown.as_array().unwrap().len(), world.running.events.all().len());
    assert_eq!((&shown[0]["source"], &shown[0]["detail"]), (&json!("access-links"), &events[0]));
    assert!(page.get("/dev/events").await.expect_status(200).text().contains("<h2>member.erased</h2>"));
}

/// A record of the stream, as the table's new item of an entity.
fn record(number: u32, item: &Value, before: Option<&Value>) -> Value {
    let mut change = json!({
        "ApproximateCreationDateTime": 1_795_330_845, "Keys": {"PK": item["PK"], "SK": item["SK"]}, "NewImage": item,
        "SequenceNumber": format!("{number:03}"), "SizeBytes": 120, "StreamViewType": "NEW_AND_OLD_IMAGES",
    });
    if let Some(before) = before {
        change["OldImage"] = before.clone();
    }
    json!({
        "eventID": format!("e{number}"), "eventName": "INSERT", "eventVersion": "1.1", "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1", "dynamodb": change,
    })
}

/// A world with a bus of the test's own, and records of twelve links that were made in it.
async fn recorded() -> (World, BusStandIn, Vec<Value>) {
    let bus = BusStandIn::start().unwrap();
    let endpoint = bus.endpoint();
    let world = World::start_without_stream(|options| options.eventbridge_endpoint = Some(endpoint)).await;
    for _ in 0..12 {
        world.link(json!({})).await;
    }
    let records = (1..).zip(world.items("link")).map(|(number, item)| record(number, &item, None)).collect();
    (world, bus, records)
}

async fn publish(world: &World, records: &[Value]) -> Vec<String> {
    let answer = world.running.invoke("publish-events", json!({"Records": records})).await.unwrap();
    let failures = answer["batchItemFailures"].as_array().unwrap();
    failures.iter().map(|failure| failure["itemIdentifier"].as_str().unwrap().to_owned()).collect()
}

fn ids(bus: &BusStandIn) -> Vec<String> {
    bus.entries().into_iter().map(|(_, _, detail)| detail["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_bus_does_not_take_is_reported_and_told_again_under_the_same_id() {
    let (world, bus, records) = recorded().await;
    bus.fail_next(BusFault::RefuseEntry);
    bus.fail_next(BusFault::RefuseEntry);
    let failed = publish(&world, &records).await;
    assert_eq!(failed.len(), 2, "{failed:?}");
    assert_eq!(ids(&bus).len(), 10);
    // The stream hands over everything from the first record that failed.
    assert_eq!(publish(&world, &records).await, [""; 0]);
    let all = ids(&bus);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 12, "each change has one id, however often it is told");
    assert_eq!(all.len(), 22);
    assert!(bus.entries().iter().all(|(source, kind, _)| source == "access-links" && kind == "link.created"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_of_the_bus_tells_twice_and_loses_nothing() {
    let (world, bus, records) = recorded().await;
    bus.fail_next(BusFault::LoseAnswer);
    let failed = publish(&world, &records).await;
    if !failed.is_empty() {
        assert_eq!(publish(&world, &records).await, [""; 0]);
    }
    assert_eq!(ids(&bus).iter().collect::<BTreeSet<_>>().len(), 12);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_that_cannot_be_read_does_not_hold_up_the_others() {
    let (world, bus, mut records) = recorded().await;
    records[3]["dynamodb"]["NewImage"]["state"] = json!({"S": "of a later release"});
    assert_eq!(publish(&world, &records).await, [""; 0]);
    assert_eq!(ids(&bus).len(), 11);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_queued_job_is_handed_over_and_nobody_else_is_told() {
    let (world, bus, _) = recorded().await;
    let id = world.start_grants(json!({})).await;
    let job = world.items("job").remove(0);
    assert_eq!(publish(&world, &[record(1, &job, None)]).await, [""; 0]);
    let [(source, kind, detail)] = &bus.entries()[..] else { panic!("{:?}", bus.entries()) };
    assert_eq!((source.as_str(), kind.as_str()), ("access-links.internal", "job.queued"));
    assert_eq!((&detail["job"], &detail["organization"]), (&json!(id), &job["organization"]["S"]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_table_does_not_answer_nothing_about_access_is_told_wrongly() {
    let (world, bus, _) = recorded().await;
    let link = world.link(json!({"admission": "approval"})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let id = world.member_id("ana@example.com").await;
    let is_hers = |item: &Value| item["id"]["S"] == id.as_str();
    let before = world.items("member").into_iter().find(is_hers).unwrap();
    assert_eq!(world.grant(&id).await, "granted");
    let after = world.items("member").into_iter().find(is_hers).unwrap();
    let records = [record(1, &after, Some(&before))];
    world.proxy.kill_at(0, Boundary::Before);
    assert_eq!(publish(&world, &records).await, ["001"]);
    assert_eq!(bus.entries().len(), 0);
    world.proxy.revive();
    assert_eq!(publish(&world, &records).await, [""; 0]);
    let (_, kind, detail) = bus.entries().remove(0);
    assert_eq!((kind.as_str(), &detail["data"]["link_id"]), ("access.granted", &json!(link.id)));
}
