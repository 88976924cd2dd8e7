//! Correcting the address of a registration: the browser that made it can, for a while, and nobody else; seat and place in the line stay;
//! and nobody learns whether an address is known.

use std::{collections::BTreeMap, time::Duration};

use chrono::TimeDelta;
use futures::{future::join, future::join_all};
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

async fn correct(world: &World, browser: char, link: &Link, email: &str, to: &str) -> Answer {
    let body = json!({"email": email, "code_verifier": verifier_of(browser), "new_email": to});
    world.client.post(&format!("/v1/join/{}/correct-address", link.code), body).await
}

async fn states(world: &World, link: &Link) -> Value {
    world.stats(link).await["by_state"].clone()
}

/// A world whose mail goes when it is told to.
async fn quiet() -> World {
    World::start_without_stream(|_| {}).await
}

/// The addresses on a link, each with its state, in the order in which they registered.
async fn people(world: &World, link: &Link) -> Vec<(String, String)> {
    let rows = world.stats(link).await["enrollments"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut people: Vec<_> = rows
        .iter()
        .map(|row| (text(&row["registered_at"]), text(&row["member"]["email"]), text(&row["state"])))
        .collect();
    people.sort();
    people.into_iter().map(|(_, email, state)| (email, state)).collect()
}

fn member(world: &World, email: &str) -> Option<Value> {
    world.items("member").into_iter().find(|member| member.to_string().contains(&format!("\"{email}\"")))
}

fn enrolled(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(email, state)| ((*email).to_owned(), (*state).to_owned())).collect()
}

#[tokio::test]
async fn the_last_seat_goes_along_to_the_right_address_with_all_that_was_said() {
    let world = quiet().await;
    let asked = json!([{"key": "trade", "label": "Trade", "kind": "text", "required": true}]);
    let link = world.link(json!({"cap": 1, "fields": asked})).await;
    let said = json!({
        "name": "Anna Welder", "answers": {"trade": "Welder"}, "language": "pl",
        "code_challenge": tests::world::challenge_of('a'),
    });
    world.register_with(&link.code, WRONG, said).await.expect_status(202);
    let before = world.items("enrollment").remove(0);
    let answer = correct(&world, 'a', &link, WRONG, RIGHT).await.expect_status(202);
    assert_eq!(answer.json(), json!({"status": "check_your_mail"}));
    assert_eq!(people(&world, &link).await, enrolled(&[(RIGHT, "reserved")]));
    let after = world.items("enrollment").remove(0);
    for field in ["registered_at", "lapses_at", "answers", "challenge", "lot", "given"] {
        assert_eq!(after[field], before[field], "{field}");
    }
    let is = member(&world, RIGHT).expect("the right one");
    assert_eq!((&is["name"]["S"], &is["language"]["S"]), (&json!("Anna Welder"), &json!("pl")));
    assert_eq!(member(&world, WRONG), None, "somebody else's address is not kept");
    world.check_books(&link);
    world.deliver().await;
    assert_eq!((world.mails_to(WRONG), world.mails_to(RIGHT)), (0, 1));
    world.sign_in(RIGHT).await;
    let found = states(&world, &link).await;
    assert_eq!((&found["enrolled"], &found["removed"], &found["reserved"]), (&json!(1), &json!(0), &json!(0)));
    world.check_books(&link);
}

#[tokio::test]
async fn a_mail_that_was_sent_to_the_wrong_address_signs_nobody_in() {
    let world = quiet().await;
    let link = world.link(json!({"cap": 1})).await;
    world.register_from('a', &link.code, WRONG).await.expect_status(202);
    world.deliver().await;
    let token = world.login_token(WRONG, 1).await;
    correct(&world, 'a', &link, WRONG, RIGHT).await.expect_status(202);
    let spent = world.client.post("/v1/sessions", json!({"token": token})).await.expect_status(401);
    assert_eq!(spent.error_code(), "invalid_login_token");
    world.client.post("/v1/login-links", json!({"email": WRONG})).await.expect_status(202);
    world.deliver().await;
    assert_eq!((world.mails_to(WRONG), world.mails_to(RIGHT)), (1, 1));
    // And once more, back: whoever got the address right the first time.
    correct(&world, 'a', &link, RIGHT, WRONG).await.expect_status(202);
    assert_eq!(people(&world, &link).await, enrolled(&[(WRONG, "reserved")]));
    world.check_books(&link);
}

#[tokio::test]
async fn a_correction_asked_for_twice_is_answered_alike_and_done_once() {
    let world = quiet().await;
    let link = world.link(json!({"cap": 1})).await;
    world.register_from('a', &link.code, WRONG).await.expect_status(202);
    let first = correct(&world, 'a', &link, WRONG, RIGHT).await.expect_status(202);
    let before = world.contents();
    let again = correct(&world, 'a', &link, WRONG, RIGHT).await.expect_status(202);
    assert_eq!(again.text(), first.text());
    correct(&world, 'a', &link, RIGHT, RIGHT).await.expect_status(202);
    assert_eq!(world.contents(), before);
    world.deliver().await;
    assert_eq!(world.mails_to(RIGHT), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_newcomer_gets_the_seat_while_its_address_is_corrected() {
    let world = World::start().await;
    world.proxy.set_plan(FaultPlan::conflicts(Duration::from_millis(2)..=Duration::from_millis(6)));
    let link = world.link(json!({"cap": 3})).await;
    for (browser, email) in [('a', WRONG), ('b', "bo@example.com"), ('c', "cy@example.com")] {
        world.register_from(browser, &link.code, email).await.expect_status(202);
    }
    let newcomers: Vec<_> = (0..20).map(|number| format!("newcomer{number}@example.com")).collect();
    let rush = join_all(newcomers.iter().map(|email| async { world.register(&link.code, email).await }));
    let (corrected, refused) = join(async { correct(&world, 'a', &link, WRONG, RIGHT).await }, rush).await;
    assert_eq!(corrected.status, 202, "{}", corrected.text());
    assert!(refused.iter().all(|answer| answer.status == 409), "somebody came in between");
    let expected = [(RIGHT, "reserved"), ("bo@example.com", "reserved"), ("cy@example.com", "reserved")];
    let mut found = people(&world, &link).await;
    found.sort();
    assert_eq!(found, enrolled(&expected));
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_corrections_at_once_leave_one_seat_with_one_person() {
    let world = World::start().await;
    world.proxy.set_plan(FaultPlan::conflicts(Duration::from_millis(2)..=Duration::from_millis(6)));
    let link = world.link(json!({"cap": 3})).await;
    world.register_from('a', &link.code, WRONG).await.expect_status(202);
    let to: Vec<_> = (0..20).map(|number| format!("anna{number}@example.com")).collect();
    let answers = join_all(to.iter().map(|to| correct(&world, 'a', &link, WRONG, to))).await;
    let told: Vec<_> = answers.iter().map(|answer| answer.status.as_u16()).collect();
    assert!(told.iter().all(|status| [202, 503].contains(status)) && told.contains(&202), "{told:?}");
    let found = people(&world, &link).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(world.show(&link).await["seats"], json!({"taken": 1, "free": 2}));
    world.check_books(&link);
}

#[tokio::test]
async fn the_place_in_the_line_is_kept() {
    let world = quiet().await;
    let link = world.link(json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": true})).await;
    for (browser, email) in [('i', "in@example.com"), ('a', WRONG), ('b', "bo@example.com")] {
        world.register_from(browser, &link.code, email).await.expect_status(202);
        world.clock.advance(TimeDelta::seconds(1));
    }
    correct(&world, 'a', &link, WRONG, RIGHT).await.expect_status(202);
    let line = [("in@example.com", "reserved"), (RIGHT, "waiting"), ("bo@example.com", "waiting")];
    assert_eq!(people(&world, &link).await, enrolled(&line));
    world.check_books(&link);
    let body = json!({"email": "in@example.com", "code_verifier": verifier_of('i')});
    world.client.post(&format!("/v1/join/{}/withdraw", link.code), body).await.expect_status(204);
    let line = [("in@example.com", "removed"), (RIGHT, "reserved"), ("bo@example.com", "waiting")];
    assert_eq!(people(&world, &link).await, enrolled(&line));
    world.deliver().await;
    assert_eq!((world.mails_to(RIGHT), world.mails_to(WRONG), world.mails_to("bo@example.com")), (1, 0, 0));
    world.check_books(&link);
}

#[tokio::test]
async fn a_request_that_an_admin_is_to_look_at_goes_along_and_mails_nobody() {
    let world = quiet().await;
    let link = world.link(json!({"admission": "approval", "cap": 1})).await;
    world.register_from('a', &link.code, WRONG).await.expect_status(202);
    let answer = correct(&world, 'a', &link, WRONG, RIGHT).await.expect_status(202);
    assert_eq!(answer.json(), json!({"status": "awaiting_approval"}));
    world.deliver().await;
    assert_eq!((world.mails_to(WRONG), world.mails_to(RIGHT)), (0, 0));
    let id = world.member_id(RIGHT).await;
    assert_eq!(world.grant(&id).await, "granted");
    world.deliver().await;
    world.sign_in(RIGHT).await;
    world.check_books(&link);
}

#[tokio::test]
async fn the_links_domains_decide_of_the_new_address_as_of_every_other() {
    let world = quiet().await;
    let held = json!({"cap": 1, "domains": {"only": ["example.com"], "others": "approval"}});
    let link = world.link(held).await;
    world.register_from('a', &link.code, RIGHT).await.expect_status(202);
    let answer = correct(&world, 'a', &link, RIGHT, "anna@other.example").await.expect_status(202);
    assert_eq!(answer.json()["status"], "awaiting_approval");
    assert_eq!(people(&world, &link).await, enrolled(&[("anna@other.example", "pending")]));
    world.check_books(&link);
    let answer = correct(&world, 'a', &link, "anna@other.example", RIGHT).await.expect_status(202);
    assert_eq!(answer.json()["status"], "check_your_mail");
    assert_eq!(people(&world, &link).await, enrolled(&[(RIGHT, "reserved")]));
    world.check_books(&link);
    let only = world.link(json!({"domains": {"only": ["example.com"], "others": "refuse"}})).await;
    world.register_from('a', &only.code, RIGHT).await.expect_status(202);
    for browser in ['a', 'x'] {
        let refused = correct(&world, browser, &only, RIGHT, "anna@other.example").await.expect_status(422);
        assert!(refused.json()["error"]["fields"]["new_email"].is_string());
    }
}

#[tokio::test]
async fn whom_the_right_address_is_known_of_already_keeps_what_they_have_and_the_seat_is_free_once() {
    let world = quiet().await;
    let link = world.link(json!({"cap": 5})).await;
    for (browser, email) in [('b', "there@example.com"), ('c', "revoked@example.com")] {
        world.register_from(browser, &link.code, email).await.expect_status(202);
    }
    let other = world.link(json!({})).await;
    world.register_from('d', &other.code, "elsewhere@example.com").await.expect_status(202);
    world.deliver().await;
    world.sign_in("elsewhere@example.com").await;
    let id = world.member_id("revoked@example.com").await;
    world.post("/v1/members/revocations", json!({"members": [id]})).await.expect_status(200);
    for (to, taken) in [("there@example.com", 1), ("revoked@example.com", 1), ("elsewhere@example.com", 2)] {
        let from = format!("typo-of-{to}");
        world.register_from('a', &link.code, &from).await.expect_status(202);
        correct(&world, 'a', &link, &from, to).await.expect_status(202);
        assert_eq!(world.show(&link).await["seats"]["taken"], taken, "{to}");
        world.check_books(&link);
    }
    world.deliver().await;
    let told = |email: &str| world.texts_to(email).last().cloned().unwrap_or_default();
    assert!(told("there@example.com").contains("/sign-in?t=") && told("elsewhere@example.com").contains("/sign-in?t="));
    assert_eq!(world.texts_to("revoked@example.com").len(), 2, "the first mail, and that they cannot join");
    assert!(!told("revoked@example.com").contains("/sign-in?t="));
    let access = |email: &str| member(&world, email).expect("a member")["access"]["S"].clone();
    assert_eq!((access("revoked@example.com"), access("elsewhere@example.com")), (json!("revoked"), json!("granted")));
    world.check_books(&link);
}

#[tokio::test]
async fn a_known_members_name_is_told_to_nobody_who_registered_their_address() {
    let world = quiet().await;
    let (first, second) = (world.link(json!({})).await, world.link(json!({})).await);
    world.register_with(&first.code, "bob@example.com", json!({"name": "Bob Secret"})).await.expect_status(202);
    world.register_from('a', &second.code, "bob@example.com").await.expect_status(202);
    correct(&world, 'a', &second, "bob@example.com", RIGHT).await.expect_status(202);
    assert_eq!(member(&world, RIGHT).expect("the right one")["name"]["S"], "Some Body");
    let bob = member(&world, "bob@example.com").expect("he stays");
    assert_eq!(bob["name"]["S"], "Bob Secret");
    assert_eq!(people(&world, &first).await, enrolled(&[("bob@example.com", "reserved")]));
    world.check_books(&first);
    world.check_books(&second);
}

#[tokio::test]
async fn nothing_is_corrected_by_another_browser_too_late_too_often_or_of_somebody_who_is_in() {
    let mut world = World::start().await;
    let link = world.link(json!({"cap": 10})).await;
    for (browser, email) in
        [('a', "late@example.com"), ('b', "in@example.com"), ('c', WRONG), ('d', "often0@example.com")]
    {
        world.register_from(browser, &link.code, email).await.expect_status(202);
    }
    world.register(&link.code, "plain@example.com").await.expect_status(202);
    world.sign_in("in@example.com").await;
    for (browser, email) in [('x', WRONG), ('b', "in@example.com"), ('a', "plain@example.com")] {
        correct(&world, browser, &link, email, RIGHT).await.expect_status(202);
    }
    for number in 0..6 {
        let [from, to] = [number, number + 1].map(|number| format!("often{number}@example.com"));
        correct(&world, 'd', &link, &from, &to).await.expect_status(202);
    }
    let is = |email: &str| member(&world, email).is_some();
    assert_eq!((is(RIGHT), is("often5@example.com"), is("often6@example.com")), (false, true, false));
    world.clock.advance(TimeDelta::hours(25));
    correct(&world, 'a', &link, "late@example.com", RIGHT).await.expect_status(202);
    assert!(member(&world, RIGHT).is_none());
    world.sign_in_admin_again().await;
    assert_eq!(world.show(&link).await["seats"]["taken"], 5);
    world.check_books(&link);
}

#[tokio::test]
async fn a_dead_link_takes_no_other_address_and_a_full_or_expired_one_does() {
    let mut world = World::start().await;
    let soon = (chrono::Utc::now() + TimeDelta::minutes(10)).to_rfc3339();
    let expired = world.link(json!({"expires": soon})).await;
    let (inactive, deleted) = (world.link(json!({})).await, world.link(json!({})).await);
    for link in [&expired, &inactive, &deleted] {
        world.register_from('a', &link.code, WRONG).await.expect_status(202);
    }
    world.edit(&inactive, json!({"state": "inactive"})).await.expect_status(200);
    world.delete(&format!("/v1/links/{}", deleted.id)).await.expect_status(204);
    let answer = correct(&world, 'a', &inactive, WRONG, RIGHT).await.expect_status(410);
    assert_eq!(answer.error_code(), "link_inactive");
    correct(&world, 'a', &deleted, WRONG, RIGHT).await.expect_status(404);
    world.clock.advance(TimeDelta::minutes(16));
    correct(&world, 'a', &expired, WRONG, RIGHT).await.expect_status(202);
    world.sign_in_admin_again().await;
    assert_eq!(people(&world, &expired).await, enrolled(&[(RIGHT, "reserved")]));
    assert_eq!(people(&world, &inactive).await, enrolled(&[(WRONG, "reserved")]));
    for body in [
        json!({"email": WRONG, "new_email": RIGHT}),
        json!({"email": WRONG, "code_verifier": "short", "new_email": RIGHT}),
    ] {
        let path = format!("/v1/join/{}/correct-address", expired.code);
        let answer = world.client.post(&path, body).await.expect_status(422);
        assert!(answer.json()["error"]["fields"]["code_verifier"].is_string());
    }
}

/// What a client sees of an answer, but for what names the request and its time, and the calls that were made for it.
fn seen(world: &World, mark: tests::fault_proxy::Mark, answer: &Answer) -> impl PartialEq + std::fmt::Debug + use<> {
    let named = |name: &str| ["apigw-requestid", "date"].contains(&name);
    let headers = answer.headers.iter().filter(|(name, _)| !named(name.as_str()));
    let headers: BTreeMap<_, _> = headers.map(|(name, value)| (name.to_string(), value.clone())).collect();
    (answer.status.as_u16(), headers, answer.text(), world.proxy.since(mark).by_operation())
}

#[tokio::test]
async fn a_correction_answers_every_address_alike_with_the_same_calls() {
    let world = quiet().await;
    let link = world.link(json!({"cap": 500})).await;
    let approval = world.link(json!({"admission": "approval"})).await;
    for email in ["unverified@example.com", "granted@example.com", "revoked@example.com"] {
        world.register_from('b', &link.code, email).await.expect_status(202);
    }
    for email in ["pending@example.com", "rejected@example.com"] {
        world.register_from('b', &approval.code, email).await.expect_status(202);
    }
    world.deliver().await;
    world.sign_in("granted@example.com").await;
    for (deed, email) in [("revocations", "revoked@example.com"), ("refusals", "rejected@example.com")] {
        let id = world.member_id(email).await;
        world.post(&format!("/v1/members/{deed}"), json!({"members": [id]})).await.expect_status(200);
    }
    let kinds =
        ["stranger", "unverified", "granted", "revoked", "pending", "rejected"].map(|who| format!("{who}@example.com"));
    let before = world.items("enrollment");
    let mut by_others = Vec::new();
    for from in &kinds {
        for to in &kinds {
            let mark = world.proxy.mark();
            let answer = correct(&world, 'x', &link, from, to).await;
            by_others.push(seen(&world, mark, &answer));
        }
    }
    assert!(by_others.iter().all(|one| *one == by_others[0]), "{by_others:?}");
    assert_eq!(world.items("enrollment"), before);
    // And of the browser that can prove that it registered, whoever has the new address.
    let mut by_itself = Vec::new();
    for (number, to) in kinds.iter().chain(&kinds[1..]).enumerate() {
        let typo = format!("typo{number}@example.com");
        world.register_from('a', &link.code, &typo).await.expect_status(202);
        let mark = world.proxy.mark();
        let answer = correct(&world, 'a', &link, &typo, to).await;
        assert_eq!(answer.text(), r#"{"status":"check_your_mail"}"#);
        by_itself.push(seen(&world, mark, &answer));
    }
    assert!(by_itself.iter().all(|one| *one == by_itself[0]), "{by_itself:?}");
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_correction_whose_process_dies_leaves_all_of_it_or_nothing() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 1_000})).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let (wrong, right) = (format!("wrong{case}@example.com"), format!("right{case}@example.com"));
        world.register_from('a', &link.code, &wrong).await.expect_status(202);
        let (nth, boundary) = boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        let answer = correct(&world, 'a', &link, &wrong, &right).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        assert!(dead || answer.status == 202, "{}", answer.text());
        world.check_books(&link);
        let taken = world.show(&link).await["seats"]["taken"].clone();
        correct(&world, 'a', &link, &wrong, &right).await.expect_status(202);
        assert_eq!(world.show(&link).await["seats"]["taken"], taken, "one seat, before and after");
        let is = member(&world, &right).expect("the right one");
        let mails = world.items("mail").into_iter().filter(|mail| mail["member"] == is["id"]).count();
        assert_eq!((mails, member(&world, &wrong)), (1, None));
        world.check_books(&link);
        tell(&world, dead);
    })
    .await;
}

#[tokio::test]
async fn a_correction_whose_answer_is_lost_is_done_once() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 5})).await;
    world.register_from('a', &link.code, WRONG).await.expect_status(202);
    world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer);
    correct(&world, 'a', &link, WRONG, RIGHT).await.expect_status(202);
    assert_eq!(people(&world, &link).await, enrolled(&[(RIGHT, "reserved")]));
    world.check_books(&link);
}
