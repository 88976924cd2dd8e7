//! Copies of links: everything of the model but its code and what became of it.

use chrono::{Days, TimeDelta};
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Boundary, Fault},
    world::Link,
};

use crate::{
    faults::{at_each_boundary, boundary_of},
    refusals::{Still, refused},
};

async fn copy(world: &World, link: &Link, body: Value) -> Value {
    world.post(&format!("/v1/links/{}/duplicates", link.id), body).await.expect_status(201).json()
}

fn of(view: &Value) -> Link {
    let text = |name: &str| view[name].as_str().unwrap().to_owned();
    Link { id: text("id"), code: text("code") }
}

fn in_days(days: u64) -> String {
    chrono::Utc::now().date_naive().checked_add_days(Days::new(days)).unwrap().to_string()
}

/// What a copy has of its own.
const OWN: [&str; 7] = ["id", "name", "url", "code", "version", "created_at", "updated_at"];

#[tokio::test]
async fn a_copy_has_all_of_its_model_but_the_code_and_the_people() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let fields = json!({
        "name": "Early shift", "description": "Yard 3", "welcome": "Welcome", "expires": in_days(30), "cap": 40,
        "admission": "approval", "allocation": {"sites": [site]}, "text_language": "es",
        "fields": [{"key": "size", "label": "Talla", "kind": "choice", "options": ["Chica", "Grande"]}],
        "translations": {"de": {"welcome": "Willkommen", "fields": {"size": {"options": {"Chica": "Klein"}}}}},
    });
    let model = world.link(fields).await;
    world.register(&model.code, "ana@example.com").await.expect_status(202);
    let made = copy(&world, &model, json!({})).await;
    let second = of(&made);
    assert_eq!(world.show(&second).await, made);
    assert_eq!((&made["name"], &made["version"]), (&json!("Early shift (copy)"), &json!(1)));
    assert_eq!(made["seats"], json!({"taken": 0, "free": 40}));
    let shown = world.show(&model).await;
    for (name, value) in shown.as_object().unwrap() {
        if OWN.contains(&name.as_str()) {
            assert_ne!(&made[name], &Value::Null, "{name}");
        } else if name != "seats" {
            assert_eq!(&made[name], value, "{name}");
        }
    }
    assert_ne!((&made["id"], &made["code"]), (&shown["id"], &shown["code"]));
    // Each takes its own people.
    world.register(&second.code, "ana@example.com").await.expect_status(202);
    world.register(&second.code, "bo@example.com").await.expect_status(202);
    for (link, taken) in [(&model, 1), (&second, 2)] {
        assert_eq!(world.show(link).await["seats"]["taken"], taken);
        world.check_books(link);
    }
    assert_eq!(copy(&world, &model, json!({"name": " Late shift "})).await["name"], "Late shift");
    let records = world.items("audit").into_iter().filter(|record| record["act"]["S"] == "link_duplicated");
    let of_models: Vec<_> = records.map(|record| record["after"]["M"]["copy_of"]["S"].clone()).collect();
    assert_eq!(of_models, [json!(model.id), json!(model.id)]);
}

#[tokio::test]
async fn a_copy_is_open_whatever_became_of_its_model() {
    let mut world = World::start().await;
    let expired = world.link(json!({"expires": in_days(1)})).await;
    let (inactive, deleted, full) = (world.link(json!({})).await, world.link(json!({})).await, json!({"cap": 1}));
    let full = world.link(full).await;
    world.register(&full.code, "ana@example.com").await.expect_status(202);
    world.edit(&inactive, json!({"state": "inactive"})).await.expect_status(200);
    world.delete(&format!("/v1/links/{}", deleted.id)).await.expect_status(204);
    world.clock.advance(TimeDelta::days(3));
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.sign_in_admin_again().await;
    for model in [&expired, &inactive, &deleted, &full] {
        let made = copy(&world, model, json!({})).await;
        assert_eq!((&made["state"], &made["status"]), (&json!("active"), &json!("open")));
        assert_eq!((&made["expires_at"], &made["deleted_at"]), (&Value::Null, &Value::Null));
        world.register(&of(&made).code, "bo@example.com").await.expect_status(202);
    }
}

#[tokio::test]
async fn a_copy_takes_no_name_that_is_none() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let still = Still::new(world).await;
    for name in ["", "  ", "a\nb", &"x".repeat(101)] {
        let path = format!("/v1/links/{}/duplicates", link.id);
        let answer = still.world.post(&path, json!({"name": name})).await;
        refused(&answer, 422, "invalid_fields", name);
    }
    still.check();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copy_whose_process_dies_is_there_with_its_door_and_record_or_not_at_all() {
    let world = World::start().await;
    let model = world.link(json!({"cap": 20})).await;
    let path = format!("/v1/links/{}/duplicates", model.id);
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let count = || ["link", "door", "audit"].map(|entity| world.items(entity).len());
        let before = count();
        let (nth, boundary) = boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        let answer = world.post(&path, json!({})).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        let after = count();
        let made = after[0] - before[0];
        assert!(made <= 1 && after == before.map(|count| count + made), "{before:?} {after:?}");
        assert!(dead || answer.status == 201, "{}", answer.text());
        if dead {
            world.proxy.kill_at(0, Boundary::Before);
        }
    })
    .await;
    let before = world.items("link").len();
    (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    let made = copy(&world, &model, json!({})).await;
    assert_eq!(world.items("link").len(), before + 1);
    world.check_books(&of(&made));
}
