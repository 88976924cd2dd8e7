//! People who register again are counted once: as they are now, and on the day of the later registration.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::Fault,
    world::{Link, changed, verifier_of},
};

use crate::faults::{at_each_boundary, tell};

/// What is known of a link's people: by state, and how many there are in all.
async fn numbers(world: &World, link: &Link) -> (Value, Value) {
    let stats = world.stats(link).await;
    (stats["by_state"].clone(), stats["funnel"].clone())
}

/// The numbers of a link through which one person registered, and is in this state.
fn one(state: &str, signed_in: u64) -> (Value, Value) {
    let mut states = json!({"reserved": 0, "pending": 0, "enrolled": 0, "lapsed": 0, "removed": 0, "waiting": 0});
    states[state] = json!(1);
    (states, json!({"opened": 0, "registered": 1, "signed_in": signed_in}))
}

/// The enrollment of somebody as the table holds it.
fn enrollment_of(world: &World, link: &Link, email: &str) -> Value {
    let members = world.items("member");
    let member = members.iter().find(|item| item["email"]["S"] == email).expect("a member");
    let is_theirs = |item: &Value| item["member"] == member["id"] && item["link"]["S"] == link.id.as_str();
    world.items("enrollment").into_iter().find(is_theirs).expect("an enrollment")
}

async fn withdraw(world: &World, link: &Link, email: &str) {
    let body = json!({"email": email, "code_verifier": verifier_of('a')});
    world.client.post(&format!("/v1/join/{}/withdraw", link.code), body).await.expect_status(204);
}

/// Somebody whose registration was taken back and made again, in a world without a stream: the enrollment before and after.
async fn replaced(world: &World, link: &Link, email: &str) -> (Value, Value) {
    world.register_from('a', &link.code, email).await.expect_status(202);
    withdraw(world, link, email).await;
    let before = enrollment_of(world, link, email);
    world.clock.advance(TimeDelta::seconds(1));
    world.register_from('a', &link.code, email).await.expect_status(202);
    (before, enrollment_of(world, link, email))
}

#[tokio::test]
async fn who_registers_again_after_lapsing_withdrawing_or_leaving_is_counted_once() {
    let mut world = World::start().await;
    // Many lots, so that the second registration mostly stands in another one.
    let fields = json!({"cap": 1_024});
    let (lapsed, withdrawn, left) =
        (world.link(fields.clone()).await, world.link(fields.clone()).await, world.link(fields).await);

    world.register(&left.code, "leaves@example.com").await.expect_status(202);
    let session = world.sign_in("leaves@example.com").await;
    let path = format!("/v1/me/enrollments/{}", left.id);
    for _ in 0..3 {
        world.client.delete(&path).bearer(&session).await.expect_status(204);
        world.clock.advance(TimeDelta::seconds(1));
        let join = world.client.post(&format!("/v1/join/{}", left.code), json!({})).bearer(&session);
        assert_eq!(join.await.expect_status(200).json()["status"], "enrolled");
    }
    world.counted(&left).await;
    assert_eq!(numbers(&world, &left).await, one("enrolled", 1));

    for _ in 0..3 {
        world.register_from('a', &withdrawn.code, "typo@example.com").await.expect_status(202);
        withdraw(&world, &withdrawn, "typo@example.com").await;
        world.clock.advance(TimeDelta::seconds(1));
    }
    world.counted(&withdrawn).await;
    assert_eq!(numbers(&world, &withdrawn).await, one("removed", 0));

    for _ in 0..2 {
        world.register(&lapsed.code, "late@example.com").await.expect_status(202);
        world.clock.advance(TimeDelta::hours(50));
        world.running.run_schedule("sweep-expired").await.unwrap();
    }
    world.sign_in_admin_again().await;
    world.counted(&lapsed).await;
    assert_eq!(numbers(&world, &lapsed).await, one("lapsed", 0));
    let days = world.stats(&lapsed).await["per_day"].clone();
    assert_eq!(days.as_array().map(Vec::len), Some(1), "the first registration is on no day any more: {days}");
    for link in [&lapsed, &withdrawn, &left] {
        world.check_books(link);
    }
}

#[tokio::test]
async fn a_replaced_enrollment_is_taken_out_once_however_often_and_late_the_stream_tells_of_it() {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({"cap": 512})).await;
    let (before, after) = replaced(&world, &link, "ana@example.com").await;
    // Before the record comes, both are counted.
    assert_eq!(numbers(&world, &link).await.1["registered"], 2);
    // They have withdrawn and registered once more before the first record comes.
    withdraw(&world, &link, "ana@example.com").await;
    let second = enrollment_of(&world, &link, "ana@example.com");
    world.clock.advance(TimeDelta::seconds(1));
    world.register_from('a', &link.code, "ana@example.com").await.expect_status(202);
    let third = enrollment_of(&world, &link, "ana@example.com");
    let records = [changed(1, Some(&before), &after), changed(2, Some(&second), &third)];
    for _ in 0..3 {
        for record in &records {
            assert_eq!(world.publish(std::slice::from_ref(record)).await, [""; 0]);
        }
    }
    world.counted(&link).await;
    assert_eq!(numbers(&world, &link).await, one("reserved", 0));
    world.check_books(&link);
    // What remembers it names nobody.
    let kept = world.items("counted_out");
    assert_eq!(kept.len(), 2);
    let member = after["member"]["S"].as_str().unwrap();
    assert!(kept.iter().all(|item| !item.to_string().contains(member) && item["delete_after"]["N"].is_string()));
}

#[tokio::test]
async fn a_change_that_is_no_new_registration_takes_nothing_out() {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({"cap": 3})).await;
    world.register_from('a', &link.code, "ana@example.com").await.expect_status(202);
    let before = enrollment_of(&world, &link, "ana@example.com");
    withdraw(&world, &link, "ana@example.com").await;
    let after = enrollment_of(&world, &link, "ana@example.com");
    assert_eq!(world.publish(&[changed(1, Some(&before), &after)]).await, [""; 0]);
    assert_eq!(numbers(&world, &link).await, one("removed", 0));
    assert_eq!(world.items("counted_out"), [Value::Null; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_of_the_stream_that_dies_takes_a_replaced_enrollment_out_once() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 1_000})).await;
    at_each_boundary(&world, async |case| {
        let (nth, boundary) = crate::faults::boundary_of(case);
        world.proxy.revive();
        let email = format!("worker{case}@example.com");
        let (before, after) = replaced(&world, &link, &email).await;
        let record = [changed(1, Some(&before), &after)];
        world.proxy.kill_at(nth, boundary);
        let failed = world.publish(&record).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        assert!(dead || failed.is_empty(), "{failed:?}");
        assert_eq!(world.publish(&record).await, [""; 0]);
        world.counted(&link).await;
        world.check_books(&link);
        tell(&world, dead);
    })
    .await;
    world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer);
    let (before, after) = replaced(&world, &link, "lost@example.com").await;
    world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer);
    assert_eq!(world.publish(&[changed(1, Some(&before), &after)]).await, [""; 0]);
    world.counted(&link).await;
}
