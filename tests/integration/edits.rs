//! Edits during a rush: a dead link is dead at once, and a cap that moves is exact all the time.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    time::Duration,
};

use futures::{StreamExt, stream};
use serde_json::{Value, json};
use tests::{World, fault_proxy::FaultPlan, world::Link};

fn conflicts() -> FaultPlan {
    FaultPlan::conflicts(Duration::from_millis(2)..=Duration::from_millis(8))
}

/// What a rush saw.
#[derive(Default)]
struct Rush {
    /// The number of the next person.
    person: AtomicUsize,
    /// Set when the admin has been answered.
    answered: AtomicBool,
    accepted: AtomicUsize,
    /// Registrations begun after the admin's answer that were accepted.
    accepted_after: AtomicUsize,
    gave_up: AtomicUsize,
}

impl Rush {
    /// Registers `people` people, 48 at a time.
    async fn run(&self, world: &World, code: &str, people: usize) {
        stream::iter(0..people).for_each_concurrent(48, |_| self.one(world, code)).await;
    }

    async fn one(&self, world: &World, code: &str) {
        let person = self.person.fetch_add(1, Ordering::SeqCst);
        let after = self.answered.load(Ordering::SeqCst);
        let answer = world.register(code, &format!("worker{person}@example.com")).await;
        match answer.status.as_u16() {
            202 => {
                self.accepted.fetch_add(1, Ordering::SeqCst);
                if after {
                    self.accepted_after.fetch_add(1, Ordering::SeqCst);
                }
            }
            404 | 409 | 410 => {}
            503 => {
                self.gave_up.fetch_add(1, Ordering::SeqCst);
            }
            status => panic!("{status}: {}", answer.text()),
        }
    }
}

/// Lets people in at `link` while `edit` is made some time into the rush. Once it is answered nobody takes a seat any more, not
/// even those whose registration was under way: the number of seats taken stands still.
async fn dies_at_once(edit: impl AsyncFn(&World, &Link) -> u16) {
    for plan in [FaultPlan::default(), conflicts()] {
        let world = World::start().await;
        let link = world.link(json!({"cap": 2_000})).await;
        world.proxy.set_plan(plan);
        let rush = Rush::default();
        let taken_at_answer = AtomicUsize::new(0);
        let admin = async {
            tokio::time::sleep(Duration::from_millis(400)).await;
            let status = edit(&world, &link).await;
            taken_at_answer.store(world.items("enrollment").len(), Ordering::SeqCst);
            rush.answered.store(true, Ordering::SeqCst);
            status
        };
        let (status, ()) = tokio::join!(admin, rush.run(&world, &link.code, 240));
        assert!((200..300).contains(&status), "{status}");
        world.proxy.set_plan(FaultPlan::default());
        assert_eq!(rush.accepted_after.load(Ordering::SeqCst), 0);
        assert_eq!(world.items("enrollment").len(), taken_at_answer.load(Ordering::SeqCst));
        assert!(rush.accepted.load(Ordering::SeqCst) > 0, "the edit came before anybody");
        world.check_books(&link);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_deactivated_during_a_rush_takes_nobody_after_the_answer() {
    dies_at_once(async |world, link| world.edit(link, json!({"state": "inactive"})).await.status.as_u16()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_deleted_during_a_rush_takes_nobody_after_the_answer() {
    dies_at_once(async |world, link| world.delete(&format!("/v1/links/{}", link.id)).await.status.as_u16()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_old_code_of_a_link_regenerated_during_a_rush_takes_nobody_after_the_answer() {
    dies_at_once(async |world, link| {
        let path = format!("/v1/links/{}/code", link.id);
        world.post(&path, json!({"version": 1})).await.status.as_u16()
    })
    .await;
}

#[tokio::test]
async fn a_regenerated_link_works_by_its_new_code_alone() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 40})).await;
    let path = format!("/v1/links/{}/code", link.id);
    let regenerated = world.post(&path, json!({"version": 1})).await.expect_status(200).json();
    let code = regenerated["code"].as_str().unwrap();
    assert_ne!(code, link.code);
    world.register(code, "ana@example.com").await.expect_status(202);
    let old = world.register(&link.code, "bo@example.com").await.expect_status(404);
    let unknown = world.register("00000000000000000000000000", "bo@example.com").await.expect_status(404);
    assert_eq!(old.text(), unknown.text());
    assert_eq!(world.post(&path, json!({"version": 1})).await.error_code(), "version_conflict");
}

#[tokio::test]
async fn a_deactivated_link_can_be_reactivated_and_an_edit_names_the_version_it_saw() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 40})).await;
    let path = format!("/v1/links/{}", link.id);
    world.patch(&path, json!({"version": 1, "state": "inactive"})).await.expect_status(200);
    assert_eq!(world.register(&link.code, "ana@example.com").await.error_code(), "link_inactive");
    let before = world.contents();
    let late = world.patch(&path, json!({"version": 1, "name": "Late"})).await.expect_status(409);
    assert_eq!(late.error_code(), "version_conflict");
    // The edit that was done is no late one, should its answer have been lost.
    let again = world.patch(&path, json!({"version": 1, "state": "inactive"})).await.expect_status(200).json();
    assert_eq!((&again["version"], &again["state"]), (&json!(2), &json!("inactive")));
    let ahead = world.patch(&path, json!({"version": 3, "state": "inactive"})).await.expect_status(409);
    assert_eq!(ahead.error_code(), "version_conflict");
    assert_eq!(world.contents(), before);
    let active = world.patch(&path, json!({"version": 2, "state": "active"})).await.expect_status(200).json();
    assert_eq!((&active["version"], &active["status"]), (&json!(3), &json!("open")));
    world.register(&link.code, "ana@example.com").await.expect_status(202);
}

/// How many seats are taken in the table at this moment.
fn taken(world: &World) -> u64 {
    let number = |item: &Value| item["taken"]["N"].as_str().and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    world.items("lot").iter().map(number).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cap_raised_and_lowered_during_a_rush_is_never_exceeded() {
    for plan in [FaultPlan::default(), conflicts()] {
        let world = World::start().await;
        let link = world.link(json!({"cap": 100})).await;
        world.proxy.set_plan(plan);
        let rush = Rush::default();
        let admin = async {
            let mut cap_before = 100;
            for cap in [40, 260, 180, 300] {
                tokio::time::sleep(Duration::from_millis(150)).await;
                let edited = world.edit(&link, json!({"cap": cap})).await.expect_status(200).json();
                let at_answer = taken(&world);
                assert!(at_answer <= cap.max(cap_before), "{at_answer} taken: {edited}");
                if at_answer >= cap {
                    // Closed, though the rush goes on: no seat more is taken.
                    assert_eq!(edited["status"], "full");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    assert_eq!(taken(&world), at_answer);
                }
                cap_before = cap.max(at_answer);
            }
        };
        tokio::join!(admin, rush.run(&world, &link.code, 500));
        // Those who had to give up were told to try again, and the last ones do.
        for _ in 0..3 {
            rush.run(&world, &link.code, 120).await;
        }
        world.proxy.set_plan(FaultPlan::default());
        assert_eq!(world.show(&link).await["seats"], json!({"taken": 300, "free": 0}));
        assert_eq!(world.items("enrollment").len(), 300);
        world.check_books(&link);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cap_below_the_seats_taken_closes_the_link_and_removes_no_one() {
    let mut world = World::start().await;
    let link = world.link(json!({"cap": 40})).await;
    for person in 0..20 {
        world.register(&link.code, &format!("worker{person}@example.com")).await.expect_status(202);
    }
    let lowered = world.edit(&link, json!({"cap": 10})).await.expect_status(200).json();
    assert_eq!((&lowered["seats"], &lowered["status"]), (&json!({"taken": 20, "free": 0}), &json!("full")));
    assert_eq!(world.register(&link.code, "late@example.com").await.error_code(), "link_full");

    // Nine of the twenty claim their seats; the others lapse. Nine are below the cap of ten, so one seat is free again: once.
    for person in 0..9 {
        world.sign_in(&format!("worker{person}@example.com")).await;
    }
    world.clock.advance(chrono::TimeDelta::hours(49));
    let swept = world.running.run_schedule("sweep-expired").await.unwrap();
    assert_eq!(swept["reservations_lapsed"], 11);
    world.sign_in_admin_again().await;
    assert_eq!(world.show(&link).await["seats"], json!({"taken": 9, "free": 1}));
    world.register(&link.code, "late@example.com").await.expect_status(202);
    assert_eq!(world.register(&link.code, "later@example.com").await.error_code(), "link_full");
    world.check_books(&link);

    let raised = world.edit(&link, json!({"cap": 12})).await.expect_status(200).json();
    assert_eq!(raised["seats"], json!({"taken": 10, "free": 2}));
    world.register(&link.code, "later@example.com").await.expect_status(202);
    let unlimited = world.edit(&link, json!({"cap": null})).await.expect_status(200).json();
    assert_eq!(unlimited["seats"], json!({"taken": 11, "free": null}));
    for person in 0..20 {
        world.register(&link.code, &format!("more{person}@example.com")).await.expect_status(202);
    }
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_is_told_full_while_seats_are_dealt_anew() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 1_024})).await;
    world.edit(&link, json!({"cap": 400})).await.expect_status(200);
    let rush = Rush::default();
    let edits = async {
        for cap in [401, 400, 401, 400, 401] {
            world.edit(&link, json!({"cap": cap})).await.expect_status(200);
        }
    };
    tokio::join!(edits, rush.run(&world, &link.code, 300));
    // There was a seat for everyone all the time.
    assert_eq!(rush.accepted.load(Ordering::SeqCst) + rush.gave_up.load(Ordering::SeqCst), 300);
    world.check_books(&link);
}
