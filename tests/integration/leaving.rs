//! Leaving a link: the seat is free again once, the next in line gets it, and what others gave stays.

use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Fault, FaultPlan},
    http::{Answer, Call},
    world::Link,
};

use crate::faults::{at_each_boundary, boundary_of, tell};

const ANA: &str = "ana@example.com";
const BO: &str = "bo@example.com";

fn call(world: &World, session: &str, link: &str) -> Call {
    world.client.delete(&format!("/v1/me/enrollments/{link}")).bearer(session)
}

async fn leave(world: &World, session: &str, link: &Link) -> Answer {
    call(world, session, &link.id).await
}

async fn me(world: &World, session: &str) -> Value {
    world.client.get("/v1/me").bearer(session).await.expect_status(200).json()
}

/// Somebody who is in through this link, with their session.
async fn enrolled(world: &World, link: &Link, email: &str) -> String {
    world.register(&link.code, email).await.expect_status(202);
    world.sign_in(email).await
}

/// A signed-in member registers through a link.
async fn join(world: &World, session: &str, link: &Link) -> Value {
    let call = world.client.post(&format!("/v1/join/{}", link.code), json!({})).bearer(session);
    call.await.expect_status(200).json()["status"].clone()
}

async fn taken(world: &World, link: &Link) -> Value {
    world.show(link).await["seats"]["taken"].clone()
}

/// Whether a member stands in the list of a site.
fn listed(world: &World, site: &str, id: &str) -> bool {
    let ends = |item: &Value, name: &str, end: &str| item[name]["S"].as_str().unwrap_or_default().ends_with(end);
    world.items("unit_member").iter().any(|item| ends(item, "PK", site) && ends(item, "SK", id))
}

#[tokio::test]
async fn who_leaves_loses_what_the_link_alone_gave_and_may_register_again() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let link = world.link(json!({"name": "Internal", "cap": 1, "allocation": {"sites": [site]}})).await;
    let session = enrolled(&world, &link, ANA).await;
    let id = world.member_id(ANA).await;
    let mine = me(&world, &session).await;
    assert_eq!(
        (&mine["enrollments"][0]["link"], &mine["enrollments"][0]["state"], &mine["enrollments"][0]["units"]),
        (&json!(link.id), &json!("enrolled"), &json!([mine["sites"][0]["name"]]))
    );
    assert!(!mine.to_string().contains("Internal"), "a link's name is for admins");
    for _ in 0..2 {
        leave(&world, &session, &link).await.expect_status(204);
        assert_eq!(world.show(&link).await["seats"], json!({"taken": 0, "free": 1}));
        world.check_books(&link);
    }
    let mine = me(&world, &session).await;
    assert_eq!((&mine["sites"], &mine["modules"], &mine["enrollments"]), (&json!([]), &json!([]), &json!([])));
    assert_eq!(mine["member"]["access"], "granted");
    assert!(!listed(&world, &site, &id));
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(join(&world, &session, &link).await, "enrolled");
    assert_eq!(me(&world, &session).await["sites"][0]["id"], site.as_str());
    assert!(listed(&world, &site, &id));
    world.check_books(&link);
    leave(&world, &session, &link).await.expect_status(204);
    // From a browser without their session too, as somebody new.
    world.register(&link.code, ANA).await.expect_status(202);
    assert_eq!(taken(&world, &link).await, 1);
    let body = json!({"token": world.login_token(ANA, 2).await, "session": "bearer"});
    let answer = world.client.post("/v1/sessions", body).await.expect_status(201).json();
    let session = answer["session_token"].as_str().expect("a session");
    assert_eq!(me(&world, session).await["enrollments"][0]["state"], "enrolled");
    world.check_books(&link);
}

#[tokio::test]
async fn units_by_hand_and_of_another_link_stay_and_so_do_others() {
    let world = World::start().await;
    let ((shared, _), (alone, _), (by_hand, _)) = (world.site().await, world.site().await, world.site().await);
    let link = world.link(json!({"allocation": {"sites": [shared, alone, by_hand]}})).await;
    let other = world.link(json!({"allocation": {"sites": [shared]}})).await;
    let (id, session) = {
        let session = enrolled(&world, &other, ANA).await;
        let id = world.member_id(ANA).await;
        let body = json!({"allocation": {"sites": [shared, by_hand]}});
        world.patch(&format!("/v1/members/{id}"), body).await.expect_status(200);
        assert_eq!(join(&world, &session, &link).await, "enrolled");
        (id, session)
    };
    let bo = enrolled(&world, &link, BO).await;
    let before = me(&world, &bo).await;
    leave(&world, &session, &link).await.expect_status(204);
    let mine = me(&world, &session).await;
    let mut sites: Vec<_> = mine["sites"].as_array().unwrap().iter().map(|site| site["id"].clone()).collect();
    sites.sort_by_key(ToString::to_string);
    let mut stay = vec![json!(shared), json!(by_hand)];
    stay.sort_by_key(ToString::to_string);
    assert_eq!(sites, stay);
    assert_eq!([&shared, &by_hand, &alone].map(|site| listed(&world, site, &id)), [true, true, false]);
    assert_eq!(mine["enrollments"].as_array().unwrap().len(), 1);
    assert_eq!(me(&world, &bo).await, before, "another member's enrollment is untouched");
    assert_eq!((taken(&world, &link).await, taken(&world, &other).await), (json!(1), json!(1)));
    world.check_books(&link);
    world.check_books(&other);
}

#[tokio::test]
async fn the_next_in_line_gets_the_seat_and_who_waits_can_leave() {
    let world = World::start().await;
    let first = world.link(json!({})).await;
    let list = json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": true});
    let link = world.link(list).await;
    let approval = world.link(json!({"admission": "approval"})).await;
    let holder = enrolled(&world, &link, ANA).await;
    let waits = enrolled(&world, &first, BO).await;
    let next = enrolled(&world, &first, "cy@example.com").await;
    for session in [&waits, &next] {
        world.clock.advance(TimeDelta::seconds(1));
        assert_eq!(join(&world, session, &link).await, "waiting");
    }
    assert_eq!(join(&world, &waits, &approval).await, "pending");
    leave(&world, &waits, &link).await.expect_status(204);
    leave(&world, &waits, &approval).await.expect_status(204);
    let mine = me(&world, &waits).await;
    assert_eq!((mine["enrollments"].as_array().unwrap().len(), &mine["member"]["access"]), (1, &json!("granted")));
    assert_eq!(world.show(&approval).await["seats"]["taken"], 0);
    leave(&world, &holder, &link).await.expect_status(204);
    let states = world.stats(&link).await["by_state"].clone();
    assert_eq!((&states["waiting"], &states["removed"], &states["reserved"]), (&json!(0), &json!(2), &json!(1)));
    let of_next = me(&world, &next).await["member"]["id"].clone();
    let holds = |item: &Value| item["link"]["S"] == link.id.as_str() && item["member"]["S"] == of_next;
    let seat = world.items("enrollment").into_iter().find(holds).expect("an enrollment");
    assert_eq!(seat["state"]["S"], "reserved", "they are mailed");
    for link in [&link, &approval] {
        world.check_books(link);
    }
}

#[tokio::test]
async fn nobody_leaves_what_is_not_theirs_and_who_was_taken_out_stays_out() {
    let world = World::start().await;
    let (link, other) = (world.link(json!({})).await, world.link(json!({})).await);
    let ana = enrolled(&world, &link, ANA).await;
    let bo = enrolled(&world, &other, BO).await;
    for unknown in [other.id.as_str(), "01900000-0000-7000-8000-0000000000ff", "none"] {
        assert_eq!(call(&world, &ana, unknown).await.expect_status(404).error_code(), "link_not_found");
    }
    let nobody = world.client.delete(&format!("/v1/me/enrollments/{}", link.id)).await.expect_status(401);
    assert_eq!(nobody.error_code(), "unauthenticated");
    let meant = call(&world, &bo, &other.id).header("expected-member", &world.member_id(ANA).await).await;
    assert_eq!(meant.expect_status(409).error_code(), "other_member");
    assert_eq!((taken(&world, &link).await, taken(&world, &other).await), (json!(1), json!(1)));
    let id = world.member_id(ANA).await;
    world.delete(&format!("/v1/links/{}/enrollments/{id}", link.id)).await.expect_status(204);
    leave(&world, &ana, &link).await.expect_status(204);
    assert_eq!(join(&world, &ana, &link).await, "removed", "leaving afterwards opens no door");
    assert_eq!(taken(&world, &link).await, 0);
    world.check_books(&link);
}

#[tokio::test]
async fn a_deleted_link_is_left_all_the_same() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let link = world.link(json!({"allocation": {"sites": [site]}})).await;
    let session = enrolled(&world, &link, ANA).await;
    world.delete(&format!("/v1/links/{}", link.id)).await.expect_status(204);
    leave(&world, &session, &link).await.expect_status(204);
    assert_eq!(me(&world, &session).await["sites"], json!([]));
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaving_fifty_times_at_once_frees_one_seat() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 3})).await;
    let ana = enrolled(&world, &link, ANA).await;
    for email in [BO, "cy@example.com"] {
        world.register(&link.code, email).await.expect_status(202);
    }
    world.proxy.set_plan(FaultPlan::conflicts(Duration::from_millis(2)..=Duration::from_millis(6)));
    let answers = join_all((0..50).map(|_| leave(&world, &ana, &link))).await;
    let told: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    assert!(told.iter().all(|status| [204, 503].contains(status)) && told.contains(&204), "{told:?}");
    assert_eq!(world.show(&link).await["seats"], json!({"taken": 2, "free": 1}));
    world.check_books(&link);
}

#[tokio::test]
async fn leaving_whose_answer_is_lost_is_done_once() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 5})).await;
    let ana = enrolled(&world, &link, ANA).await;
    world.register(&link.code, BO).await.expect_status(202);
    world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer);
    leave(&world, &ana, &link).await.expect_status(204);
    assert_eq!(world.show(&link).await["seats"], json!({"taken": 1, "free": 4}));
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn leaving_whose_process_dies_gives_the_seat_back_once() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let first = world.link(json!({})).await;
    let session = enrolled(&world, &first, ANA).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let link = world.link(json!({"cap": 20, "allocation": {"sites": [site]}})).await;
        assert_eq!(join(&world, &session, &link).await, "enrolled");
        let (nth, boundary) = boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        let answer = leave(&world, &session, &link).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        assert!(dead || answer.status == 204, "{}", answer.text());
        world.check_books(&link);
        leave(&world, &session, &link).await.expect_status(204);
        assert_eq!(taken(&world, &link).await, 0);
        assert_eq!(me(&world, &session).await["sites"], json!([]));
        world.check_books(&link);
        tell(&world, dead);
    })
    .await;
}
