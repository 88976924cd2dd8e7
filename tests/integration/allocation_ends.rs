//! What a link gave ends when it said so, once, and nothing else with it.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{World, fault_proxy::Boundary, world::Link};

async fn sites_of(world: &World, id: &str) -> Value {
    world.get(&format!("/v1/members/{id}")).await.expect_status(200).json()["member"]["sites"].clone()
}

async fn granted(world: &World, email: &str, links: &[&Link]) -> String {
    for link in links {
        world.register(&link.code, email).await.expect_status(202);
    }
    let id = world.member_id(email).await;
    assert_eq!(world.grant(&id).await, "granted");
    id
}

async fn sweep(world: &World) -> Value {
    let swept = world.running.run_schedule("sweep-expired").await.unwrap();
    assert_eq!(swept["failed"], 0, "{swept}");
    swept
}

fn ended(world: &World) -> Vec<Value> {
    world.items("audit").into_iter().filter(|record| record["act"]["S"] == "allocation_ended").collect()
}

fn giving(site: &str, ends: Value) -> Value {
    json!({"admission": "approval", "cap": 9, "allocation": {"sites": [site]}, "allocation_ends": ends})
}

#[tokio::test]
async fn units_go_when_their_time_is_over_and_the_seat_and_what_others_give_stay() {
    let mut world = World::start().await;
    let ((one, _), (two, _), (three, _)) = (world.site().await, world.site().await, world.site().await);
    let short = world.link(giving(&one, json!({"after_days": 2}))).await;
    let long = world.link(giving(&two, json!({"after_days": 9}))).await;
    let shared = world.link(giving(&three, json!({"after_days": 2}))).await;
    let ever = world.link(giving(&three, Value::Null)).await;
    let id = granted(&world, "ana@example.com", &[&short, &long, &shared, &ever]).await;
    // What a link says later is for those who come later.
    world.edit(&long, json!({"allocation_ends": {"after_days": 1}})).await.expect_status(200);
    let late = granted(&world, "bo@example.com", &[&long]).await;
    assert_eq!(sweep(&world).await["allocations_ended"], 0);

    world.clock.advance(TimeDelta::hours(49));
    assert_eq!(sweep(&world).await["allocations_ended"], 3);
    assert_eq!(sweep(&world).await["allocations_ended"], 0, "once");
    world.sign_in_admin_again().await;
    assert_eq!(sites_of(&world, &id).await, json!([two, three]));
    assert_eq!(sites_of(&world, &late).await, json!([]));
    let records = ended(&world);
    assert_eq!(records.len(), 3);
    assert!(records.iter().all(|record| record["by"].is_null()), "nobody did it");
    let seen = world.get(&format!("/v1/members/{id}")).await.json();
    for enrollment in seen["enrollments"].as_array().unwrap() {
        let over = [&short.id, &shared.id].contains(&&enrollment["link"]["id"].as_str().unwrap().to_owned());
        assert_eq!(enrollment["state"], "enrolled");
        assert_eq!(enrollment["allocation_ended_at"].is_string(), over, "{enrollment}");
    }
    assert_eq!(seen["member"]["access"], "granted");
    let places = world.items("unit_member");
    assert_eq!(places.len(), 2, "{places:?}");
    for (link, taken) in [(&short, 1), (&long, 2), (&shared, 1), (&ever, 1)] {
        assert_eq!(world.show(link).await["seats"]["taken"], taken);
        world.check_books(link);
    }
    // Who is taken out of a link whose time is over loses nothing more; out of the last that gives a unit, the unit.
    for (link, left) in [(&short, json!([two, three])), (&ever, json!([two]))] {
        let _ = world.delete(&format!("/v1/links/{}/enrollments/{id}", link.id)).await.expect_status(204);
        assert_eq!(sites_of(&world, &id).await, left);
    }
}

#[tokio::test]
async fn a_member_who_joins_by_themselves_and_one_given_units_by_hand_are_treated_alike() {
    let mut world = World::start().await;
    let (site, _) = world.site().await;
    let fields = json!({"allocation": {"sites": [site]}, "allocation_ends": {"after_days": 1}});
    let (first, second) = (world.link(json!({})).await, world.link(fields).await);
    world.register(&first.code, "ana@example.com").await.expect_status(202);
    let session = world.sign_in("ana@example.com").await;
    let join = world.client.post(&format!("/v1/join/{}", second.code), json!({})).bearer(&session).await;
    assert_eq!(join.expect_status(200).json()["status"], "enrolled");
    let ana = world.member_id("ana@example.com").await;
    world.register(&second.code, "bo@example.com").await.expect_status(202);
    world.sign_in("bo@example.com").await;
    let bo = world.member_id("bo@example.com").await;
    let path = format!("/v1/members/{bo}");
    for sites in [json!([]), json!([site])] {
        world.patch(&path, json!({"allocation": {"sites": sites}})).await.expect_status(200);
    }
    world.clock.advance(TimeDelta::hours(25));
    assert_eq!(sweep(&world).await["allocations_ended"], 2);
    world.sign_in_admin_again().await;
    assert_eq!((sites_of(&world, &ana).await, sites_of(&world, &bo).await), (json!([]), json!([site])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sweep_that_dies_ends_an_allocation_once() {
    let mut world = World::start().await;
    let (site, _) = world.site().await;
    let link = world
        .link(json!({
            "admission": "approval", "allocation": {"sites": [site]}, "allocation_ends": {"after_days": 1},
        }))
        .await;
    let mut ids = Vec::new();
    for number in 0..10 {
        ids.push(granted(&world, &format!("worker{number}@example.com"), &[&link]).await);
    }
    world.clock.advance(TimeDelta::hours(25));
    for nth in (48..90).step_by(6) {
        let boundary = if nth % 4 == 0 { Boundary::Before } else { Boundary::After };
        world.proxy.kill_at(nth, boundary);
        let _dead = world.running.run_schedule("sweep-expired").await;
        world.proxy.revive();
        let gone = world.items("enrollment").iter().filter(|one| one["allocation_ended_at"]["N"].is_string()).count();
        assert_eq!((world.items("unit_member").len(), ended(&world).len()), (10 - gone, gone));
    }
    sweep(&world).await;
    assert_eq!((world.items("unit_member").len(), ended(&world).len()), (0, 10));
    world.sign_in_admin_again().await;
    world.check_books(&link);
}
