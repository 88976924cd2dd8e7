//! Taking a registration back: the browser that made it can, for a while, and nobody else; the seat is free again, once; and nobody
//! learns whether an address is known.

use std::{collections::BTreeMap, time::Duration};

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Fault, FaultPlan},
    http::Answer,
    world::{Link, verifier_of},
};

use crate::faults::{at_each_boundary, boundary_of, tell};

const WRONG: &str = "anna@exmaple.example";
const RIGHT: &str = "anna@example.com";

async fn withdraw(world: &World, browser: char, link: &Link, email: &str) -> Answer {
    let body = json!({"email": email, "code_verifier": verifier_of(browser)});
    world.client.post(&format!("/v1/join/{}/withdraw", link.code), body).await
}

async fn states(world: &World, link: &Link) -> Value {
    world.stats(link).await["by_state"].clone()
}

/// A world whose mail goes when it is told to.
async fn quiet() -> World {
    World::start_without_stream(|_| {}).await
}

/// What registers through this link is answered, on it and by its mail.
fn status(answer: &Answer) -> String {
    answer.json()["status"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_last_seat_is_free_for_the_right_address_at_once_and_the_wrong_one_gets_no_mail() {
    let world = quiet().await;
    let link = world.link(json!({"cap": 1})).await;
    world.register_from('a', &link.code, WRONG).await.expect_status(202);
    world.register_from('a', &link.code, "anna@other.example").await.expect_status(409);
    withdraw(&world, 'a', &link, WRONG).await.expect_status(204);
    assert_eq!(world.show(&link).await["seats"], json!({"taken": 0, "free": 1}));
    world.register_from('a', &link.code, RIGHT).await.expect_status(202);
    world.check_books(&link);
    world.deliver().await;
    assert_eq!((world.mails_to(WRONG), world.mails_to(RIGHT)), (0, 1));
    world.sign_in(RIGHT).await;
    let found = states(&world, &link).await;
    assert_eq!((&found["enrolled"], &found["removed"], &found["reserved"]), (&json!(1), &json!(1), &json!(0)));
}

#[tokio::test]
async fn a_mail_that_was_sent_signs_nobody_in_after_the_registration_was_taken_back() {
    let world = quiet().await;
    let link = world.link(json!({})).await;
    world.register_from('a', &link.code, WRONG).await.expect_status(202);
    world.deliver().await;
    let token = world.login_token(WRONG, 1).await;
    withdraw(&world, 'a', &link, WRONG).await.expect_status(204);
    let spent = world.client.post("/v1/sessions", json!({"token": token})).await.expect_status(401);
    assert_eq!(spent.error_code(), "invalid_login_token");
    // Asking for another leads to no mail: there is nothing to sign in for.
    world.client.post("/v1/login-links", json!({"email": WRONG})).await.expect_status(202);
    world.deliver().await;
    assert_eq!(world.mails_to(WRONG), 1);
    world.check_books(&link);
}

#[tokio::test]
async fn who_took_a_registration_back_may_register_again() {
    let world = quiet().await;
    for fields in [json!({"cap": 1}), json!({"cap": 1, "admission": "approval"})] {
        let link = world.link(fields).await;
        let first = status(&world.register_from('a', &link.code, RIGHT).await.expect_status(202));
        withdraw(&world, 'a', &link, RIGHT).await.expect_status(204);
        world.clock.advance(TimeDelta::seconds(1));
        let again = status(&world.register_from('a', &link.code, RIGHT).await.expect_status(202));
        assert_eq!(again, first);
        assert_eq!(world.show(&link).await["seats"], json!({"taken": 1, "free": 0}));
        world.check_books(&link);
        withdraw(&world, 'a', &link, RIGHT).await.expect_status(204);
        assert_eq!(world.show(&link).await["seats"], json!({"taken": 0, "free": 1}), "and take it back again");
        world.check_books(&link);
    }
}

#[tokio::test]
async fn whom_an_admin_took_out_after_a_withdrawal_stays_out() {
    let world = quiet().await;
    let link = world.link(json!({"admission": "approval"})).await;
    world.register_from('a', &link.code, RIGHT).await.expect_status(202);
    withdraw(&world, 'a', &link, RIGHT).await.expect_status(204);
    world.register_from('a', &link.code, RIGHT).await.expect_status(202);
    let id = world.member_id(RIGHT).await;
    world.post("/v1/members/refusals", json!({"members": [id]})).await.expect_status(200);
    world.register_from('a', &link.code, RIGHT).await.expect_status(202);
    assert_eq!(world.show(&link).await["seats"]["taken"], 0);
    world.check_books(&link);
}

#[tokio::test]
async fn a_request_that_is_taken_back_waits_for_no_admin() {
    let world = quiet().await;
    let (link, other) =
        (world.link(json!({"admission": "approval"})).await, world.link(json!({"admission": "approval"})).await);
    for link in [&link, &other] {
        world.register_from('a', &link.code, RIGHT).await.expect_status(202);
    }
    let id = world.member_id(RIGHT).await;
    let access = async || world.get(&format!("/v1/members/{id}")).await.json()["member"]["access"].clone();
    withdraw(&world, 'a', &link, RIGHT).await.expect_status(204);
    assert_eq!(access().await, "pending", "the other one waits");
    withdraw(&world, 'a', &other, RIGHT).await.expect_status(204);
    assert_eq!(access().await, "unverified");
}

#[tokio::test]
async fn the_next_in_line_gets_the_seat_and_who_waits_can_leave_the_line() {
    let world = quiet().await;
    let link = world.link(json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": true})).await;
    for (browser, email) in [('a', WRONG), ('b', "bo@example.com"), ('c', "cy@example.com")] {
        world.register_from(browser, &link.code, email).await.expect_status(202);
        world.clock.advance(TimeDelta::seconds(1));
    }
    withdraw(&world, 'b', &link, "bo@example.com").await.expect_status(204);
    assert_eq!(states(&world, &link).await["waiting"], 1);
    withdraw(&world, 'a', &link, WRONG).await.expect_status(204);
    let found = states(&world, &link).await;
    assert_eq!((&found["reserved"], &found["waiting"], &found["removed"]), (&json!(1), &json!(0), &json!(2)));
    world.deliver().await;
    assert_eq!((world.mails_to("cy@example.com"), world.mails_to("bo@example.com")), (1, 0));
    world.check_books(&link);
}

#[tokio::test]
async fn nothing_is_taken_back_by_another_browser_too_late_or_of_somebody_who_is_in() {
    let mut world = World::start().await;
    let link = world.link(json!({"cap": 10})).await;
    for (browser, email) in [('a', "late@example.com"), ('b', "in@example.com"), ('c', RIGHT)] {
        world.register_from(browser, &link.code, email).await.expect_status(202);
    }
    // Without a proof there is none to show.
    world.register(&link.code, "plain@example.com").await.expect_status(202);
    world.sign_in("in@example.com").await;
    for (browser, email) in [('x', RIGHT), ('b', "in@example.com"), ('a', "plain@example.com")] {
        withdraw(&world, browser, &link, email).await.expect_status(204);
    }
    let other = world.link(json!({})).await;
    withdraw(&world, 'c', &other, RIGHT).await.expect_status(204);
    assert_eq!(world.show(&link).await["seats"]["taken"], 4);
    world.clock.advance(TimeDelta::hours(25));
    withdraw(&world, 'a', &link, "late@example.com").await.expect_status(204);
    world.sign_in_admin_again().await;
    assert_eq!(world.show(&link).await["seats"]["taken"], 4);
    world.check_books(&link);
}

#[tokio::test]
async fn taking_back_answers_every_address_alike_with_the_same_calls() {
    let world = quiet().await;
    let link = world.link(json!({})).await;
    let approval = world.link(json!({"admission": "approval"})).await;
    for email in ["unverified@example.com", "granted@example.com", "revoked@example.com"] {
        world.register_from('a', &link.code, email).await.expect_status(202);
    }
    world.register_from('a', &approval.code, "pending@example.com").await.expect_status(202);
    world.deliver().await;
    world.sign_in("granted@example.com").await;
    let id = world.member_id("revoked@example.com").await;
    world.post("/v1/members/revocations", json!({"members": [id]})).await.expect_status(200);
    let before = world.items("enrollment");
    let mut seen = Vec::new();
    for link in [&link, &approval] {
        for who in ["stranger", "unverified", "granted", "revoked", "pending"] {
            let mark = world.proxy.mark();
            let answer = withdraw(&world, 'x', link, &format!("{who}@example.com")).await;
            let named = |name: &str| ["apigw-requestid", "date"].contains(&name);
            let headers = answer.headers.iter().filter(|(name, _)| !named(name.as_str()));
            let headers: BTreeMap<_, _> = headers.map(|(name, value)| (name.to_string(), value.clone())).collect();
            seen.push((answer.status.as_u16(), headers, answer.text(), world.proxy.since(mark).by_operation()));
        }
    }
    assert!(seen.iter().all(|one| one.0 == 204 && *one == seen[0]), "{seen:?}");
    assert_eq!(world.items("enrollment"), before);
    // The one who can prove it is answered in the same words.
    let (answer, first) = (withdraw(&world, 'a', &link, "unverified@example.com").await, &seen[0]);
    assert_eq!((answer.status.as_u16(), &answer.text()), (first.0, &first.2));
}

#[tokio::test]
async fn what_is_wrong_with_the_call_is_told_by_the_link_and_the_form_alone() {
    let world = quiet().await;
    let link = world.link(json!({"cap": 1})).await;
    world.register_from('a', &link.code, WRONG).await.expect_status(202);
    let unknown = Link { id: String::new(), code: "0".repeat(26) };
    withdraw(&world, 'a', &unknown, WRONG).await.expect_status(404);
    for body in [json!({"email": WRONG}), json!({"email": WRONG, "code_verifier": "short"})] {
        let answer = world.client.post(&format!("/v1/join/{}/withdraw", link.code), body).await.expect_status(422);
        assert!(answer.json()["error"]["fields"]["code_verifier"].is_string());
    }
    // A link that takes nobody any more gives a seat back all the same.
    world.edit(&link, json!({"state": "inactive"})).await.expect_status(200);
    withdraw(&world, 'a', &link, WRONG).await.expect_status(204);
    assert_eq!(world.show(&link).await["seats"]["taken"], 0);
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_withdrawals_at_once_free_one_seat() {
    let world = World::start().await;
    world.proxy.set_plan(FaultPlan::conflicts(Duration::from_millis(2)..=Duration::from_millis(6)));
    let link = world.link(json!({"cap": 3})).await;
    for (browser, email) in [('a', WRONG), ('b', "bo@example.com"), ('c', "cy@example.com")] {
        world.register_from(browser, &link.code, email).await.expect_status(202);
    }
    let answers = join_all((0..50).map(|_| withdraw(&world, 'a', &link, WRONG))).await;
    let told: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    assert!(told.iter().all(|status| [204, 503].contains(status)), "{told:?}");
    assert!(told.contains(&204));
    assert_eq!(world.show(&link).await["seats"], json!({"taken": 2, "free": 1}));
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_withdrawal_whose_process_dies_gives_the_seat_back_once() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 1_000})).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let email = format!("worker{case}@example.com");
        world.register_from('a', &link.code, &email).await.expect_status(202);
        let (nth, boundary) = boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        let answer = withdraw(&world, 'a', &link, &email).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        assert!(dead || answer.status == 204, "{}", answer.text());
        world.check_books(&link);
        withdraw(&world, 'a', &link, &email).await.expect_status(204);
        assert_eq!(world.show(&link).await["seats"]["taken"], 0);
        world.check_books(&link);
        tell(&world, dead);
    })
    .await;
}

#[tokio::test]
async fn a_withdrawal_whose_answer_is_lost_is_done_once() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 5})).await;
    world.register_from('a', &link.code, WRONG).await.expect_status(202);
    world.register_from('b', &link.code, RIGHT).await.expect_status(202);
    world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer);
    withdraw(&world, 'a', &link, WRONG).await.expect_status(204);
    assert_eq!(world.show(&link).await["seats"]["taken"], 1);
    world.check_books(&link);
}
