//! The waiting list: whoever comes too late waits, and seats that come free are given in the order in which people came.

use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Boundary, FaultPlan},
    world::Link,
};

use crate::faults::{at_each_boundary, boundary_of};

pub async fn waiting_link(world: &World, fields: Value) -> Link {
    let mut all = json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": true});
    all.as_object_mut().unwrap().extend(fields.as_object().cloned().unwrap_or_default());
    world.link(all).await
}

pub async fn status(world: &World, link: &Link, email: &str) -> String {
    let answer = world.register(&link.code, email).await.expect_status(202).json();
    answer["status"].as_str().unwrap().to_owned()
}

/// What somebody is told who asks again as long as the answer is "try again".
pub async fn told(world: &World, link: &Link, email: &str) -> String {
    for _ in 0..40 {
        let answer = world.register(&link.code, email).await;
        if answer.status != 503 {
            return answer.expect_status(202).json()["status"].as_str().unwrap().to_owned();
        }
    }
    panic!("never served")
}

/// The states of a link's enrollments, by address.
pub async fn states(world: &World, link: &Link) -> Vec<(String, String)> {
    let stats = world.stats(link).await;
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let rows = stats["enrollments"].as_array().unwrap().iter();
    rows.map(|row| (text(&row["member"]["email"]), text(&row["state"]))).collect()
}

fn enrollments_of(world: &World, link: &Link) -> usize {
    world.items("enrollment").iter().filter(|item| item["link"]["S"] == link.id.as_str()).count()
}

pub fn in_state(states: &[(String, String)], state: &str) -> Vec<String> {
    states.iter().filter(|(_, is)| is == state).map(|(email, _)| email.clone()).collect()
}

#[tokio::test]
async fn who_comes_to_a_full_link_waits_and_a_raised_cap_admits_them_in_order() {
    let world = World::start().await;
    let link = waiting_link(&world, json!({})).await;
    assert_eq!(status(&world, &link, "a@example.com").await, "check_your_mail");
    for late in ["b@example.com", "c@example.com", "d@example.com"] {
        assert_eq!(status(&world, &link, late).await, "waiting");
        world.clock.advance(TimeDelta::seconds(1));
    }
    assert_eq!(status(&world, &link, "c@example.com").await, "waiting", "once more is the same");
    let page = world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(200).json();
    assert_eq!(page["state"], "waiting_list");
    assert_eq!(world.stats(&link).await["by_state"]["waiting"], 3);
    assert_eq!(world.show(&link).await["status"], "waiting_list");
    world.check_books(&link);

    world.edit(&link, json!({"cap": 3})).await.expect_status(200);
    let now = states(&world, &link).await;
    assert_eq!(in_state(&now, "waiting"), ["d@example.com"], "the first two have come in: {now:?}");
    let session = world.sign_in("b@example.com").await;
    let me = world.client.get("/v1/me").bearer(&session).await.expect_status(200).json();
    assert_eq!(me["member"]["access"], "granted");
    world.check_books(&link);
}

#[tokio::test]
async fn a_seat_that_lapses_goes_to_the_first_who_waits() {
    let world = World::start().await;
    let link = waiting_link(&world, json!({})).await;
    status(&world, &link, "a@example.com").await;
    assert_eq!(status(&world, &link, "b@example.com").await, "waiting");
    world.clock.advance(TimeDelta::hours(49));
    world.running.run_schedule("sweep-expired").await.unwrap();
    let mut world = world;
    world.sign_in_admin_again().await;
    let now = states(&world, &link).await;
    assert_eq!((in_state(&now, "lapsed").len(), in_state(&now, "reserved")), (1, vec!["b@example.com".to_owned()]));
    world.sign_in("b@example.com").await;
    world.check_books(&link);
}

#[tokio::test]
async fn an_expired_link_with_a_waiting_list_takes_people_onto_it() {
    let world = World::start().await;
    let expires = (chrono::Utc::now() + TimeDelta::minutes(1)).to_rfc3339();
    let link = waiting_link(&world, json!({"cap": 5, "expires": expires})).await;
    world.clock.advance(TimeDelta::minutes(2));
    assert_eq!(status(&world, &link, "late@example.com").await, "waiting");
    world.running.run_schedule("sweep-expired").await.unwrap();
    assert_eq!(world.stats(&link).await["by_state"]["waiting"], 1, "an expired link admits nobody by itself");
    let id = world.member_id("late@example.com").await;
    assert_eq!(world.grant(&id).await, "granted", "an admin lets in whom they like while a seat is free");
    assert_eq!(world.stats(&link).await["by_state"]["enrolled"], 1);
    world.check_books(&link);
}

#[tokio::test]
async fn nobody_is_granted_past_the_cap() {
    let world = World::start().await;
    let link = waiting_link(&world, json!({"admit_waiting": false, "admission": "approval"})).await;
    assert_eq!(status(&world, &link, "a@example.com").await, "awaiting_approval");
    assert_eq!(status(&world, &link, "b@example.com").await, "waiting");
    let id = world.member_id("b@example.com").await;
    let before = world.contents();
    assert_eq!(world.grant(&id).await, "link_full");
    assert_eq!(world.contents(), before, "nothing was written");
    world.edit(&link, json!({"cap": 2})).await.expect_status(200);
    assert_eq!(world.stats(&link).await["by_state"]["waiting"], 1, "the link leaves it to its admin");
    assert_eq!(world.grant(&id).await, "granted");
    world.check_books(&link);
}

async fn access(world: &World, email: &str) -> String {
    let id = world.member_id(email).await;
    let member = world.get(&format!("/v1/members/{id}")).await.expect_status(200).json();
    member["member"]["access"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn who_is_admitted_waits_for_no_admin_any_more() {
    let mut world = World::start().await;
    let link = waiting_link(&world, json!({})).await;
    let approval = world.link(json!({"admission": "approval"})).await;
    status(&world, &link, "a@example.com").await;
    for late in ["b@example.com", "c@example.com"] {
        assert_eq!(status(&world, &link, late).await, "waiting");
        assert_eq!(access(&world, late).await, "pending");
    }
    assert_eq!(status(&world, &approval, "c@example.com").await, "awaiting_approval");
    world.edit(&link, json!({"cap": 3})).await.expect_status(200);
    assert_eq!(in_state(&states(&world, &link).await, "reserved").len(), 3);
    assert_eq!(access(&world, "b@example.com").await, "unverified");
    assert_eq!(access(&world, "c@example.com").await, "pending", "through the other link");
    world.clock.advance(TimeDelta::hours(49));
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.sign_in_admin_again().await;
    assert_eq!(in_state(&states(&world, &link).await, "lapsed").len(), 3);
    assert_eq!(access(&world, "b@example.com").await, "unverified");
    world.check_books(&link);
}

#[tokio::test]
async fn who_waits_on_a_deleted_link_waits_for_nothing_and_can_be_granted_access() {
    let world = World::start().await;
    let link = waiting_link(&world, json!({})).await;
    status(&world, &link, "a@example.com").await;
    assert_eq!(status(&world, &link, "b@example.com").await, "waiting");
    world.delete(&format!("/v1/links/{}", link.id)).await.expect_status(204);
    let id = world.member_id("b@example.com").await;
    assert_eq!(world.grant(&id).await, "granted");
    assert_eq!(world.stats(&link).await["by_state"]["waiting"], 1, "nobody gets a seat of a deleted link");
    world.check_books(&link);
}

#[tokio::test]
async fn who_waits_and_would_be_refused_by_now_is_looked_at_by_an_admin() {
    let world = World::start().await;
    let link = waiting_link(&world, json!({})).await;
    status(&world, &link, "a@example.com").await;
    assert_eq!(status(&world, &link, "b@other.example").await, "waiting");
    assert_eq!(status(&world, &link, "c@example.com").await, "waiting");
    let only = json!({"cap": 3, "domains": {"only": ["example.com"], "others": "refuse"}});
    world.edit(&link, only).await.expect_status(200);
    let now = states(&world, &link).await;
    assert_eq!(in_state(&now, "pending"), ["b@other.example"]);
    assert_eq!(in_state(&now, "reserved"), ["a@example.com", "c@example.com"]);
    world.check_books(&link);
}

#[tokio::test]
async fn who_waits_and_comes_again_overtakes_nobody() {
    let world = World::start().await;
    let link = waiting_link(&world, json!({"admit_waiting": false})).await;
    status(&world, &link, "a@example.com").await;
    for late in ["b@example.com", "c@example.com"] {
        assert_eq!(status(&world, &link, late).await, "waiting");
        world.clock.advance(TimeDelta::seconds(1));
    }
    world.edit(&link, json!({"cap": 2})).await.expect_status(200);
    for again in ["c@example.com", "b@example.com"] {
        assert_eq!(status(&world, &link, again).await, "waiting", "the admin gives the seat");
    }
    // A member who is signed in learns the same, and takes no seat either.
    let other = world.link(json!({})).await;
    status(&world, &other, "c@example.com").await;
    let session = world.sign_in("c@example.com").await;
    let body = json!({"name": "Worker", "email": "c@example.com"});
    let again = world.client.post(&format!("/v1/join/{}", link.code), body).bearer(&session).await;
    assert_eq!(again.expect_status(200).json(), json!({"status": "waiting"}));
    assert_eq!(in_state(&states(&world, &link).await, "waiting").len(), 2);
    world.edit(&link, json!({"admit_waiting": true})).await.expect_status(200);
    let now = states(&world, &link).await;
    assert_eq!(in_state(&now, "reserved"), ["a@example.com", "b@example.com"], "the first in the line: {now:?}");
    world.check_books(&link);
}

#[tokio::test]
async fn a_full_link_with_a_waiting_list_tells_nobody_who_is_known() {
    let world = World::start().await;
    let link = waiting_link(&world, json!({"cap": 2})).await;
    for email in ["in@example.com", "revoked@example.com"] {
        status(&world, &link, email).await;
        world.sign_in(email).await;
    }
    let revoked = world.member_id("revoked@example.com").await;
    world.post("/v1/members/revocations", json!({"members": [revoked]})).await.expect_status(200);
    world.clock.advance(TimeDelta::minutes(16));
    for email in ["new@example.com", "in@example.com", "revoked@example.com", "new@example.com"] {
        assert_eq!(status(&world, &link, email).await, "waiting", "{email}");
    }
    assert_eq!(world.stats(&link).await["by_state"]["waiting"], 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admission_whose_process_dies_is_finished_by_the_sweep_and_mailed_once() {
    let world = World::start().await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let link = waiting_link(&world, json!({})).await;
        let [first, second] = ["first", "second"].map(|name| format!("{name}{case}@example.com"));
        told(&world, &link, &first).await;
        assert_eq!(told(&world, &link, &second).await, "waiting");
        let (nth, boundary) = boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        let raised = world.patch(&format!("/v1/links/{}", link.id), json!({"version": 1, "cap": 2})).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        assert!(dead || raised.status == 200, "{}", raised.text());
        world.running.run_schedule("sweep-expired").await.unwrap();
        let waits = u64::from(world.show(&link).await["cap"] == 1);
        let by_state = world.stats(&link).await["by_state"].clone();
        assert_eq!((&by_state["waiting"], &by_state["reserved"]), (&json!(waits), &json!(2 - waits)));
        let id = world.member_id(&second).await;
        let mails = world.items("mail").iter().filter(|mail| mail["member"]["S"] == id.as_str()).count();
        assert_eq!(mails, usize::from(waits == 0));
        world.check_books(&link);
        if dead {
            world.proxy.kill_at(0, Boundary::Before);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_place_on_the_waiting_list_is_taken_whole_or_not_at_all() {
    let world = World::start().await;
    let link = waiting_link(&world, json!({})).await;
    told(&world, &link, "first@example.com").await;
    at_each_boundary(&world, async |case| {
        let email = format!("late{case}@example.com");
        let before = enrollments_of(&world, &link);
        let answer = world.register(&link.code, &email).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        assert!(dead || answer.status == 202, "{}", answer.text());
        assert!(enrollments_of(&world, &link) - before <= 1);
        assert_eq!(told(&world, &link, &email).await, "waiting");
        assert_eq!(enrollments_of(&world, &link), before + 1);
        world.check_books(&link);
        if dead {
            world.proxy.kill_at(0, Boundary::Before);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rush_on_a_link_with_a_waiting_list_seats_the_cap_and_keeps_the_rest() {
    let world = World::start().await;
    let link = waiting_link(&world, json!({"cap": 20})).await;
    world.proxy.set_plan(FaultPlan::conflicts(Duration::from_millis(2)..=Duration::from_millis(8)));
    let people = (0..60).map(|person| {
        let (world, link) = (&world, &link);
        async move { status(world, link, &format!("p{person}@example.com")).await }
    });
    let told = join_all(people).await;
    world.proxy.set_plan(FaultPlan::default());
    let count = |status: &str| told.iter().filter(|told| *told == status).count();
    assert_eq!((count("check_your_mail"), count("waiting")), (20, 40));
    let by_state = world.stats(&link).await["by_state"].clone();
    assert_eq!((&by_state["reserved"], &by_state["waiting"]), (&json!(20), &json!(40)));
    world.check_books(&link);
    world.edit(&link, json!({"cap": 45})).await.expect_status(200);
    world.running.run_schedule("sweep-expired").await.unwrap();
    let by_state = world.stats(&link).await["by_state"].clone();
    assert_eq!((&by_state["reserved"], &by_state["waiting"]), (&json!(45), &json!(15)));
    world.check_books(&link);
}
