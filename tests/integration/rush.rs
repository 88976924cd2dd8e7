//! Many at once through one link: the cap is exact, and one person takes one seat. Each test runs with the engine as it is, and
//! through a proxy that makes writes conflict, throttles them, and loses their answers.

use std::time::Duration;

use futures::{StreamExt, future::join_all, stream};
use serde_json::json;
use tests::{
    World,
    fault_proxy::{FaultPlan, Hold},
    world::Link,
};

/// What a table under load does: holds items while it writes them, throttles, and now and then an answer is lost on its way.
fn trouble() -> FaultPlan {
    FaultPlan {
        hold: Some(Hold::of_transactions(Duration::from_millis(2)..=Duration::from_millis(8))),
        throttle: 0.01,
        lose_answer: 0.01,
        ..FaultPlan::default()
    }
}

/// Registers `people` at once, each under an own address; gives how many were accepted, were told "full", and had to give up.
async fn rush(world: &World, link: &Link, people: usize) -> (usize, usize, usize) {
    let calls = (0..people).map(|person| async move {
        let answer = world.register(&link.code, &format!("worker{person}@example.com")).await;
        match answer.status.as_u16() {
            202 => (1, 0, 0),
            409 => {
                assert_eq!(answer.error_code(), "link_full");
                (0, 1, 0)
            }
            503 => (0, 0, 1),
            status => panic!("{status}: {}", answer.text()),
        }
    });
    let answers: Vec<_> = stream::iter(calls).buffer_unordered(64).collect().await;
    answers.into_iter().fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_people_at_one_seat_one_gets_it() {
    for plan in [FaultPlan::default(), trouble()] {
        let world = World::start().await;
        let link = world.link(json!({"cap": 1})).await;
        world.proxy.set_plan(plan);
        assert_eq!(rush(&world, &link, 50).await, (1, 49, 0));
        world.proxy.set_plan(FaultPlan::default());
        assert_eq!(world.show(&link).await["seats"], json!({"taken": 1, "free": 0}));
        assert_eq!(world.items("enrollment").len(), 1);
        world.check_books(&link);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_thousand_people_at_five_hundred_seats_five_hundred_get_one() {
    four_at_each_seat(500, FaultPlan::default()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_four_people_at_each_seat_one_gets_it_through_conflicts() {
    four_at_each_seat(100, FaultPlan::conflicts(Duration::from_millis(2)..=Duration::from_millis(8))).await;
}

async fn four_at_each_seat(seats: usize, plan: FaultPlan) {
    let world = World::start().await;
    let link = world.link(json!({"cap": seats})).await;
    world.proxy.set_plan(plan);
    let (accepted, full, gave_up) = rush(&world, &link, 4 * seats).await;
    world.proxy.set_plan(FaultPlan::default());
    assert_eq!(accepted + full + gave_up, 4 * seats);
    // Whoever had to give up was told to try again; they do, and then every seat is taken.
    let (late, ..) = rush(&world, &link, if gave_up > 0 { 4 * seats } else { 0 }).await;
    assert!(accepted == seats || late >= seats, "{accepted} accepted, {gave_up} gave up");
    assert_eq!(world.show(&link).await["seats"], json!({"taken": seats, "free": 0}));
    assert_eq!(world.items("enrollment").len(), seats);
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_person_fifty_times_at_once_takes_one_seat_and_gets_one_mail() {
    for plan in [FaultPlan::default(), trouble()] {
        let world = World::start().await;
        // A link with room to spare, and one whose last seat is the person's own.
        for cap in [40, 1] {
            let link = world.link(json!({"cap": cap})).await;
            world.proxy.set_plan(plan.clone());
            let email = format!("ana{cap}@example.com");
            let answers = join_all((0..50).map(|_| world.register_from('a', &link.code, &email))).await;
            world.proxy.set_plan(FaultPlan::default());
            for answer in answers {
                assert_eq!(answer.expect_status(202).json(), json!({"status": "check_your_mail"}));
            }
            assert_eq!(world.show(&link).await["seats"], json!({"taken": 1, "free": cap - 1}));
            world.check_books(&link);
        }
        assert_eq!(world.items("enrollment").len(), 2);
        let mails = world.items("mail");
        let registrations = mails.iter().filter(|mail| mail["kind"]["S"] == "registration").count();
        assert_eq!(registrations, 2, "one mail for each seat");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_who_took_the_last_seat_is_answered_alike_when_the_same_browser_asks_again() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 1})).await;
    for _ in 0..3 {
        world.register_from('a', &link.code, "ana@example.com").await.expect_status(202);
    }
    // Neither the address nor the browser alone is answered as before.
    world.register(&link.code, "ana@example.com").await.expect_status(409);
    world.register_from('b', &link.code, "ana@example.com").await.expect_status(409);
    world.register_from('a', &link.code, "bo@example.com").await.expect_status(409);
    // Long after, a full link answers everyone alike.
    world.clock.advance(chrono::TimeDelta::minutes(16));
    assert_eq!(world.register_from('a', &link.code, "ana@example.com").await.error_code(), "link_full");
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seats_given_back_during_a_rush_are_taken_again_once() {
    let mut world = World::start().await;
    let link = world.link(json!({"cap": 64})).await;
    assert_eq!(rush(&world, &link, 64).await, (64, 0, 0));
    world.clock.advance(chrono::TimeDelta::hours(49));
    // Two sweeps at once, and newcomers meanwhile: each seat comes back once.
    world.proxy.set_plan(FaultPlan::conflicts(Duration::from_millis(1)..=Duration::from_millis(4)));
    let sweep = || async { world.running.run_schedule("sweep-expired").await };
    let newcomers = join_all((0..120).map(|person| {
        let (world, code) = (&world, &link.code);
        async move {
            tokio::time::sleep(Duration::from_millis(person * 3)).await;
            world.register(code, &format!("late{person}@example.com")).await.status
        }
    }));
    let (one, other, statuses) = tokio::join!(sweep(), sweep(), newcomers);
    let lapsed = |swept: anyhow::Result<serde_json::Value>| swept.unwrap()["reservations_lapsed"].as_u64().unwrap();
    assert_eq!(lapsed(one) + lapsed(other), 64);
    world.proxy.set_plan(FaultPlan::default());
    world.sign_in_admin_again().await;
    let accepted = statuses.iter().filter(|status| status.as_u16() == 202).count();
    assert!(accepted <= 64, "{accepted} accepted");
    let taken = world.show(&link).await["seats"]["taken"].as_u64().unwrap();
    assert_eq!(taken, accepted as u64);
    world.check_books(&link);
}
