//! The line is kept: while people wait for a link's seat, a free one is theirs in the order in which they came, or an admin's to give.
//! No newcomer overtakes them; and once nobody waits, a newcomer gets what is free.

use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{FaultPlan, Hold, Matching},
    world::Link,
};

use crate::{
    faults::{at_each_boundary, boundary_of, tell},
    waiting::{in_state, states, status, told, waiting_link},
};

/// Takes somebody out of a link, by an admin: their seat, or their place in the line, is free again.
async fn take_out(world: &World, link: &Link, email: &str) {
    let id = world.member_id(email).await;
    world.delete(&format!("/v1/links/{}/enrollments/{id}", link.id)).await.expect_status(204);
}

/// What a link with one seat, which is free, and a line says: one person waits, and the admin gives the seats.
async fn one_seat_and_one_who_waits(world: &World, fields: Value) -> Link {
    let mut all = json!({"admit_waiting": false});
    all.as_object_mut().unwrap().extend(fields.as_object().cloned().unwrap_or_default());
    let link = waiting_link(world, all).await;
    told(world, &link, "in@example.com").await;
    assert_eq!(told(world, &link, "first@example.com").await, "waiting");
    take_out(world, &link, "in@example.com").await;
    link
}

async fn page_of(world: &World, link: &Link) -> Value {
    world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(200).json()["state"].clone()
}

/// Whether the door says that the line is open.
fn line_is_open(world: &World, link: &Link) -> bool {
    let door = world.items("door").into_iter().find(|door| door["link"]["S"] == link.id.as_str()).unwrap();
    door["gate"]["M"]["waiting"]["BOOL"] == true
}

#[tokio::test]
async fn a_free_seat_is_the_admins_to_give_while_people_wait() {
    for admission in ["instant", "approval"] {
        let world = World::start().await;
        let link = one_seat_and_one_who_waits(&world, json!({"admission": admission})).await;
        assert_eq!(world.show(&link).await["seats"], json!({"taken": 0, "free": 1}));
        for newcomer in ["late@example.com", "later@example.com"] {
            assert_eq!(page_of(&world, &link).await, "waiting_list");
            assert_eq!(status(&world, &link, newcomer).await, "waiting");
            world.clock.advance(TimeDelta::seconds(1));
        }
        assert_eq!(world.show(&link).await["status"], "waiting_list");
        let first = world.member_id("first@example.com").await;
        assert_eq!(world.grant(&first).await, "granted");
        assert_eq!(world.grant(&world.member_id("late@example.com").await).await, "link_full");
        world.check_books(&link);
    }
}

#[tokio::test]
async fn once_nobody_waits_a_newcomer_gets_the_free_seat() {
    for admission in ["instant", "approval"] {
        let world = World::start().await;
        let link = one_seat_and_one_who_waits(&world, json!({"admission": admission})).await;
        assert_eq!(page_of(&world, &link).await, "waiting_list");
        take_out(&world, &link, "first@example.com").await;
        assert_eq!(page_of(&world, &link).await, "open");
        assert_eq!(world.show(&link).await["status"], "open");
        let seated = if admission == "instant" { "check_your_mail" } else { "awaiting_approval" };
        assert_eq!(status(&world, &link, "new@example.com").await, seated);
        assert!(!line_is_open(&world, &link));
        assert_eq!(status(&world, &link, "late@example.com").await, "waiting");
        assert!(line_is_open(&world, &link));
        world.check_books(&link);
    }
}

#[tokio::test]
async fn who_is_revoked_or_erased_keeps_no_place_in_the_line() {
    for act in ["revoke", "erase"] {
        let world = World::start().await;
        let link = one_seat_and_one_who_waits(&world, json!({})).await;
        let first = world.member_id("first@example.com").await;
        match act {
            "revoke" => world.post("/v1/members/revocations", json!({"members": [first]})).await.expect_status(200),
            _ => world.delete(&format!("/v1/members/{first}")).await.expect_status(204),
        };
        assert_eq!(status(&world, &link, "new@example.com").await, "check_your_mail", "{act}");
        world.check_books(&link);
    }
}

#[tokio::test]
async fn a_link_that_gave_up_its_waiting_list_is_full_while_people_wait() {
    let world = World::start().await;
    let link = one_seat_and_one_who_waits(&world, json!({})).await;
    world.edit(&link, json!({"overflow": "refuse"})).await.expect_status(200);
    assert_eq!(world.client.get(&format!("/v1/join/{}", link.code)).await.error_code(), "link_full");
    assert_eq!(world.register(&link.code, "new@example.com").await.error_code(), "link_full");
    assert_eq!(world.show(&link).await["status"], "full");
    let first = world.member_id("first@example.com").await;
    assert_eq!(world.grant(&first).await, "granted");
    world.edit(&link, json!({"cap": 2})).await.expect_status(200);
    assert_eq!(page_of(&world, &link).await, "open");
    assert_eq!(status(&world, &link, "new@example.com").await, "check_your_mail");
    world.check_books(&link);
}

#[tokio::test]
async fn those_who_came_to_an_expired_link_go_before_those_who_come_when_it_is_good_again() {
    for admit in [false, true] {
        let world = World::start().await;
        let soon = (chrono::Utc::now() + TimeDelta::minutes(1)).to_rfc3339();
        let link = waiting_link(&world, json!({"cap": 2, "expires": soon, "admit_waiting": admit})).await;
        world.clock.advance(TimeDelta::minutes(2));
        for late in ["a@example.com", "b@example.com", "c@example.com"] {
            assert_eq!(status(&world, &link, late).await, "waiting");
            world.clock.advance(TimeDelta::seconds(1));
        }
        world.running.run_schedule("sweep-expired").await.unwrap();
        let later = (chrono::Utc::now() + TimeDelta::days(9)).to_rfc3339();
        world.edit(&link, json!({"expires": later})).await.expect_status(200);
        assert_eq!(status(&world, &link, "new@example.com").await, "waiting");
        let now = states(&world, &link).await;
        let seated: &[&str] = if admit { &["a@example.com", "b@example.com"] } else { &[] };
        assert_eq!(in_state(&now, "reserved"), seated, "{now:?}");
        assert_eq!(in_state(&now, "waiting").len(), 4 - seated.len());
        world.check_books(&link);
    }
}

#[tokio::test]
async fn the_sweep_closes_a_line_in_which_nobody_is() {
    let world = World::start_with(|options| options.schedules = false).await;
    let link = one_seat_and_one_who_waits(&world, json!({})).await;
    world.running.run_schedule("sweep-expired").await.unwrap();
    assert!(line_is_open(&world, &link), "somebody waits");
    take_out(&world, &link, "first@example.com").await;
    assert!(line_is_open(&world, &link));
    world.running.run_schedule("sweep-expired").await.unwrap();
    assert!(!line_is_open(&world, &link));
    world.check_books(&link);
}

#[tokio::test]
async fn whoever_left_the_line_half_way_keeps_no_newcomer_from_a_free_seat() {
    let world = World::start().await;
    let link = one_seat_and_one_who_waits(&world, json!({})).await;
    let first = world.member_id("first@example.com").await;
    // The process that revokes them dies when they are out, and before they are off the list.
    let sought = Matching::operation("TransactWriteItems").mentioning("revoked");
    world.dies_behind(sought, world.post("/v1/members/revocations", json!({"members": [first]}))).await;
    assert_eq!(told(&world, &link, "new@example.com").await, "waiting");
    take_out(&world, &link, "new@example.com").await;
    world.running.run_schedule("sweep-expired").await.unwrap();
    assert_eq!(told(&world, &link, "newer@example.com").await, "check_your_mail");
    assert_eq!(world.stats(&link).await["by_state"]["removed"], 3);
    world.check_books(&link);
}

#[tokio::test]
async fn a_grant_does_not_take_a_link_that_is_being_edited_for_a_full_one() {
    let world = World::start().await;
    let link = waiting_link(&world, json!({"admit_waiting": false})).await;
    told(&world, &link, "in@example.com").await;
    assert_eq!(told(&world, &link, "first@example.com").await, "waiting");
    // The process that raises the cap dies before any lot has its part of it.
    let sought = Matching::operation("TransactWriteItems").mentioning(&link.id);
    let version = world.show(&link).await["version"].clone();
    let path = format!("/v1/links/{}", link.id);
    world.dies_behind(sought, world.patch(&path, json!({"version": version, "cap": 2}))).await;
    assert_eq!(world.grant(&world.member_id("first@example.com").await).await, "granted");
    assert_eq!(world.show(&link).await["seats"], json!({"taken": 2, "free": 0}));
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_whose_opening_is_cut_off_is_opened_by_the_next_who_comes() {
    let world = World::start().await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let link = waiting_link(&world, json!({"admit_waiting": false})).await;
        told(&world, &link, &format!("in{case}@example.com")).await;
        let [first, second] = ["first", "second"].map(|name| format!("{name}{case}@example.com"));
        let (nth, boundary) = boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        let answer = world.register(&link.code, &first).await;
        let cut_off = world.proxy.is_dead();
        world.proxy.revive();
        assert!(cut_off || answer.status == 202, "{}", answer.text());
        for person in [&second, &first, &second] {
            assert_eq!(told(&world, &link, person).await, "waiting", "case {case}");
        }
        let by_state = world.stats(&link).await["by_state"].clone();
        assert_eq!((&by_state["reserved"], &by_state["waiting"]), (&json!(1), &json!(2)), "case {case}");
        world.check_books(&link);
        tell(&world, cut_off);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_whose_closing_is_cut_off_is_closed_by_the_next_who_comes() {
    let world = World::start().await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let link = waiting_link(&world, json!({"admit_waiting": false})).await;
        for name in ["in", "out"] {
            told(&world, &link, &format!("{name}{case}@example.com")).await;
        }
        for name in ["in", "out"] {
            take_out(&world, &link, &format!("{name}{case}@example.com")).await;
        }
        let (nth, boundary) = boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        let [first, second] = ["first", "second"].map(|name| format!("{name}{case}@example.com"));
        let answer = world.register_from('a', &link.code, &first).await;
        let cut_off = world.proxy.is_dead();
        world.proxy.revive();
        assert!(cut_off || answer.status == 202, "{}", answer.text());
        // The one seat may be theirs by now: their browser shows that it is the same.
        let again = world.register_from('a', &link.code, &first).await;
        assert_eq!(again.expect_status(202).json()["status"], "check_your_mail", "case {case}");
        assert_eq!(told(&world, &link, &second).await, "waiting", "case {case}");
        world.check_books(&link);
        tell(&world, cut_off);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rush_at_a_line_in_which_nobody_is_takes_every_seat_and_no_more() {
    let world = World::start_with(|options| options.schedules = false).await;
    let link = waiting_link(&world, json!({"cap": 20})).await;
    let people = |name: &'static str, number: u32| {
        let (world, link) = (&world, &link);
        (0..number).map(move |person| async move { told(world, link, &format!("{name}{person}@example.com")).await })
    };
    join_all(people("in", 20)).await;
    assert_eq!(status(&world, &link, "waits@example.com").await, "waiting");
    world.edit(&link, json!({"cap": 40})).await.expect_status(200);
    assert_eq!(world.stats(&link).await["by_state"]["waiting"], 0);
    assert!(line_is_open(&world, &link));
    world.proxy.set_plan(FaultPlan::conflicts(Duration::from_millis(2)..=Duration::from_millis(8)));
    let told = join_all(people("late", 60)).await;
    world.proxy.set_plan(FaultPlan::default());
    let count = |status: &str| told.iter().filter(|told| *told == status).count();
    assert_eq!((count("check_your_mail"), count("waiting")), (19, 41));
    world.check_books(&link);
}

/// Eight have the seats, eight wait; six of the seats come free, one by one and all at once, while newcomers come, those who wait come
/// again, and the sweep runs.
async fn released_in_a_rush(plan: FaultPlan, admit: bool) {
    let mut world = World::start_with(|options| options.schedules = false).await;
    let link = waiting_link(&world, json!({"cap": 8, "admission": "approval", "admit_waiting": admit})).await;
    for number in 0..16 {
        let expected = if number < 8 { "awaiting_approval" } else { "waiting" };
        assert_eq!(status(&world, &link, &format!("p{number}@example.com")).await, expected);
        world.clock.advance(TimeDelta::seconds(1));
    }
    let mut leaving = Vec::new();
    for number in 0..6 {
        leaving.push(world.member_id(&format!("p{number}@example.com")).await);
    }
    world.proxy.set_plan(plan);
    let refusals = join_all(leaving.iter().map(|id| {
        let world = &world;
        async move {
            for _ in 0..40 {
                let answer = world.post("/v1/members/refusals", json!({"members": [id]})).await;
                if answer.status == 200 && answer.json()["results"][0]["outcome"] != "unavailable" {
                    return;
                }
            }
            panic!("never refused")
        }
    }));
    let newcomers = join_all((0..24).map(|person| {
        let (world, link) = (&world, &link);
        async move {
            tokio::time::sleep(Duration::from_millis(person * 5)).await;
            assert_eq!(told(world, link, &format!("late{person}@example.com")).await, "waiting");
        }
    }));
    let again = join_all((8..16).map(|number| {
        let (world, link) = (&world, &link);
        async move { told(world, link, &format!("p{number}@example.com")).await }
    }));
    let sweep = world.running.run_schedule("sweep-expired");
    let _ = tokio::join!(refusals, newcomers, again, sweep);
    world.proxy.set_plan(FaultPlan::default());
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.sign_in_admin_again().await;

    let names = |numbers: std::ops::Range<u32>| numbers.map(|number| format!("p{number}@example.com"));
    let now = states(&world, &link).await;
    let pending: Vec<_> = if admit { names(6..14).collect() } else { names(6..8).collect() };
    assert_eq!(in_state(&now, "pending"), pending, "{now:?}");
    assert_eq!(in_state(&now, "waiting").len(), if admit { 2 + 24 } else { 8 + 24 });
    if !admit {
        for (place, name) in names(8..15).enumerate() {
            let outcome = world.grant(&world.member_id(&name).await).await;
            assert_eq!(outcome, if place < 6 { "granted" } else { "link_full" }, "{name}");
        }
    }
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn seats_that_come_free_in_a_rush_go_to_the_line_in_its_order() {
    let conflicts = Hold::of_transactions(Duration::from_millis(2)..=Duration::from_millis(8));
    let trouble = FaultPlan { hold: Some(conflicts), throttle: 0.01, lose_answer: 0.01, ..FaultPlan::default() };
    for admit in [true, false] {
        released_in_a_rush(FaultPlan::default(), admit).await;
        released_in_a_rush(trouble.clone(), admit).await;
    }
}
