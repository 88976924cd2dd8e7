//! The workers of jobs: they die, meet each other, are stopped, and find the table in trouble.

use chrono::TimeDelta;
use serde_json::json;
use tests::{
    World,
    fault_proxy::{Boundary, Fault, Matching},
    world::Link,
};

use super::{check_granted, emails, register};

/// A world whose stream is not read, with this many people pending on a link.
async fn waiting(people: usize) -> (World, Link) {
    waiting_with(people, &[]).await
}

/// The same with these settings.
async fn waiting_with(people: usize, settings: &[(&str, &str)]) -> (World, Link) {
    let world = World::start_without_stream(|options| {
        for (name, value) in settings.iter().chain(&[("MAILS_PER_RECIPIENT_DAY", "1000")]) {
            options.environment.insert((*name).to_owned(), (*value).to_owned());
        }
    })
    .await;
    let link = world.link(json!({"admission": "approval"})).await;
    register(&world, &link, emails("ana", people)).await;
    // What the index takes to show them is over.
    world.clock.advance(TimeDelta::seconds(5));
    (world, link)
}

/// Works on the job until it has ended, handed on by the sweep where a worker died.
async fn finish(world: &World) {
    for _ in 0..10 {
        if world.items("job").iter().all(|job| job["ended_at"]["N"].is_string()) {
            return;
        }
        // Nobody else may have it until its lease is over.
        world.clock.advance(TimeDelta::minutes(3));
        let swept = world.running.run_schedule("sweep-expired").await.unwrap();
        assert_eq!(swept["failed"], 0, "{swept}");
        assert!(world.work().await);
    }
    panic!("a job that does not end");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_whose_worker_dies_at_any_call_is_finished_by_the_next() {
    let (mut world, link) = waiting(0).await;
    let mut cases = 0;
    for boundary in [Boundary::Before, Boundary::After] {
        for nth in 1.. {
            let name = format!("{boundary:?}{nth}x").to_lowercase();
            register(&world, &link, emails(&name, 2)).await;
            let id = world.start_grants(json!({"link": link.id})).await;
            world.clock.advance(TimeDelta::seconds(5));
            world.proxy.kill_at(nth, boundary);
            world.work().await;
            let lived = !world.proxy.is_dead();
            world.proxy.revive();
            finish(&world).await;
            world.clock.advance(TimeDelta::hours(2));
            world.sign_in_admin_again().await;
            let job = world.job(&id).await;
            assert_eq!((&job["state"], &job["outcomes"]), (&json!("done"), &json!({"granted": 2})), "{name}: {job}");
            let rows = world.report(&id).await;
            assert_eq!(rows.len(), 2, "{name}");
            check_granted(&world, &rows, emails(&name, 2));
            cases += 1;
            if lived {
                break;
            }
        }
    }
    assert!(cases > 20, "{cases}");
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_of_several_pages_whose_workers_die_again_and_again_comes_to_its_end() {
    const PEOPLE: usize = 120;
    let (mut world, link) = waiting(PEOPLE).await;
    let id = world.start_grants(json!({"link": link.id})).await;
    world.clock.advance(TimeDelta::seconds(5));
    for nth in [2, 9, 60, 90, 130, 170, 200] {
        world.proxy.kill_at(nth, if nth % 2 == 0 { Boundary::Before } else { Boundary::After });
        world.work().await;
        world.proxy.revive();
        world.clock.advance(TimeDelta::minutes(3));
        world.running.run_schedule("sweep-expired").await.unwrap();
    }
    finish(&world).await;
    world.clock.advance(TimeDelta::hours(2));
    world.sign_in_admin_again().await;
    let job = world.job(&id).await;
    assert_eq!((&job["state"], &job["outcomes"]), (&json!("done"), &json!({"granted": PEOPLE})), "{job}");
    let rows = world.report(&id).await;
    assert_eq!(rows.len(), PEOPLE);
    check_granted(&world, &rows, emails("ana", PEOPLE));
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_workers_do_not_work_on_one_job_at_once() {
    let (world, link) = waiting(120).await;
    let id = world.start_grants(json!({"link": link.id})).await;
    world.clock.advance(TimeDelta::seconds(5));
    let event = world.queued_jobs().remove(0);
    let work = || world.running.invoke("work-jobs", event.clone());
    let (one, other, third) = tokio::join!(work(), work(), work());
    for answer in [one, other, third] {
        assert_eq!(answer.unwrap(), json!({"job": id}));
    }
    let job = world.job(&id).await;
    assert_eq!((&job["state"], &job["outcomes"]), (&json!("done"), &json!({"granted": 120})));
    assert_eq!(world.items("job")[0]["claims"]["N"], "1");
    check_granted(&world, &world.report(&id).await, emails("ana", 120));
    // What is done is not begun again, whoever hands it over.
    let before = world.contents();
    world.running.invoke("work-jobs", event).await.unwrap();
    assert_eq!(world.contents(), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_is_stopped_where_it_is_and_what_it_did_stays() {
    let (world, link) = waiting(3).await;
    let id = world.start_grants(json!({"link": link.id})).await;
    let path = format!("/v1/jobs/{id}/cancellation");
    for _ in 0..2 {
        let job = world.post(&path, json!({})).await.expect_status(202).json();
        assert_eq!((&job["state"], &job["cancelling"]), (&json!("queued"), &json!(true)));
    }
    assert!(world.work().await);
    let job = world.job(&id).await;
    assert_eq!((&job["state"], &job["cancelling"], &job["done"]), (&json!("cancelled"), &json!(false), &json!(0)));
    assert_eq!(world.stats(&link).await["by_state"]["pending"], 3);
    let before = world.contents();
    assert_eq!(world.post(&path, json!({})).await.expect_status(202).json()["state"], "cancelled");
    assert_eq!(world.contents(), before);
    let cancelled = world.items("audit").into_iter().filter(|record| record["act"]["S"] == "job_cancelled");
    assert_eq!(cancelled.count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whom_the_table_cannot_serve_is_tried_again_and_reported_in_the_end() {
    // Less time than forty conflicts take.
    let (mut world, link) = waiting_with(3, &[("REDEMPTION_BUDGET_MS", "1000")]).await;
    let id = world.start_grants(json!({"link": link.id})).await;
    world.clock.advance(TimeDelta::seconds(5));
    // The first of the list: where a page ends is named by the last, and the job is not to meet what is meant for a person.
    let unlucky = world.stats(&link).await["enrollments"][0]["member"]["id"].as_str().unwrap().to_owned();
    for _ in 0..15 {
        if world.items("job")[0]["ended_at"]["N"].is_string() {
            break;
        }
        // Every transaction of theirs meets another.
        for _ in 0..40 {
            let theirs = Matching::operation("TransactWriteItems").mentioning(&format!("MEMBER#{unlucky}"));
            world.proxy.fail_next(theirs, Fault::Conflict(0));
        }
        world.work().await;
        world.clock.advance(TimeDelta::minutes(3));
        world.running.run_schedule("sweep-expired").await.unwrap();
    }
    world.clock.advance(TimeDelta::hours(2));
    world.sign_in_admin_again().await;
    let job = world.job(&id).await;
    assert_eq!((&job["state"], &job["outcomes"]), (&json!("done"), &json!({"granted": 2, "unavailable": 1})), "{job}");
}
