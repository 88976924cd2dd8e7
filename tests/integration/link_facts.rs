//! What admins are told of a link's past: its replaced code and its deletion, and whom it let in.

use serde_json::{Value, json};
use tests::{World, fault_proxy::Fault, world::Link};

/// The link as it is shown alone, in the list and with its numbers, which is alike.
async fn shown(world: &World, link: &Link) -> Value {
    let alone = world.show(link).await;
    let links = world.get("/v1/links?limit=100").await.expect_status(200).json();
    let listed = links["links"].as_array().unwrap().iter().find(|listed| listed["id"] == link.id.as_str());
    assert_eq!(listed, Some(&alone));
    assert_eq!(world.stats(link).await["link"], alone);
    alone
}

fn facts(view: &Value) -> [Value; 4] {
    ["code_replaced_at", "code_replaced_by", "deleted_at", "deleted_by"].map(|name| view[name].clone())
}

#[tokio::test]
async fn admins_see_when_and_by_whom_a_code_was_replaced_and_a_link_deleted() {
    let world = World::start().await;
    let me = world.get("/v1/me").await.expect_status(200).json()["member"]["id"].clone();
    let link = world.link(json!({"name": "Welders", "cap": 5})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    const NULL: Value = Value::Null;
    assert_eq!(facts(&shown(&world, &link).await), [NULL; 4]);

    (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    let path = format!("/v1/links/{}", link.id);
    let answer = world.post(&format!("{path}/code"), json!({"version": 1})).await.expect_status(200).json();
    let replaced = shown(&world, &link).await;
    assert_eq!(answer, replaced);
    let at = replaced["updated_at"].clone();
    assert_eq!(facts(&replaced), [at.clone(), me.clone(), NULL, NULL]);

    // Another edit leaves the facts as they are.
    world.edit(&link, json!({"name": "Welders, early shift", "cap": 6})).await.expect_status(200);
    assert_eq!(facts(&shown(&world, &link).await), [at.clone(), me.clone(), NULL, NULL]);

    world.delete(&path).await.expect_status(204);
    let deleted = shown(&world, &link).await;
    assert_eq!(facts(&deleted), [at, me.clone(), deleted["deleted_at"].clone(), me]);
    assert!(deleted["deleted_at"].is_string());
    // Deleting it again is no second deletion.
    world.delete(&path).await.expect_status(404);
    assert_eq!(shown(&world, &link).await, deleted);

    let stats = world.stats(&link).await;
    assert_eq!((&stats["link"]["name"], &stats["link"]["status"]), (&json!("Welders, early shift"), &json!("deleted")));
    assert_eq!(stats["enrollments"][0]["member"]["email"], "ana@example.com");
    let members = world.get(&format!("/v1/members?link={}", link.id)).await.expect_status(200).json();
    assert_eq!(members["members"].as_array().unwrap().len(), 1);
}
