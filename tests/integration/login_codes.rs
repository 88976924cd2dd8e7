//! The code that a mail carries beside its link: good in the browser that asked, for few tries, and as long as the link.

use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Fault, FaultPlan, Matching},
    http::Answer,
    world::{challenge_of, verifier_of},
};

use crate::faults::{at_each_boundary, boundary_of, tell};

/// A world whose mail goes when it is told to, and whose calls give up soon.
async fn world() -> World {
    World::start_without_stream(|options| {
        let limits = [("MAILS_PER_RECIPIENT_HOUR", "1000"), ("MAILS_PER_RECIPIENT_DAY", "1000")];
        for (name, value) in limits.into_iter().chain([("REDEMPTION_BUDGET_MS", "1000")]) {
            options.environment.insert(name.to_owned(), value.to_owned());
        }
    })
    .await
}

const ANA: &str = "ana@example.com";

/// Somebody registers from this browser; gives the code of the mail.
async fn register(world: &World, browser: char) -> String {
    let link = world.link(json!({})).await;
    world.register_from(browser, &link.code, ANA).await.expect_status(202);
    world.deliver().await;
    newest_code(world).expect("a code")
}

/// Somebody asks for a login link from this browser; gives the code of the mail.
async fn ask(world: &World, browser: char) -> String {
    let body = json!({"email": ANA, "code_challenge": challenge_of(browser)});
    world.client.post("/v1/login-links", body).await.expect_status(202);
    world.deliver().await;
    newest_code(world).expect("a code")
}

/// The code of the newest mail, if it has one.
fn newest_code(world: &World) -> Option<String> {
    code_in(world.texts_to(ANA).last()?)
}

fn code_in(text: &str) -> Option<String> {
    let is_code = |line: &&str| line.len() == 9 && line.as_bytes()[4] == b'-' && !line.contains(' ');
    text.lines().map(str::trim).find(is_code).map(str::to_owned)
}

async fn enter(world: &World, browser: char, code: &str) -> Answer {
    let body = json!({"code": code, "code_verifier": verifier_of(browser), "session": "bearer"});
    world.client.post("/v1/sessions", body).await
}

async fn spend(world: &World, token: &str) -> Answer {
    world.client.post("/v1/sessions", json!({"token": token, "session": "bearer"})).await
}

#[track_caller]
fn refused(answer: &Answer) {
    assert_eq!(
        (answer.status.as_u16(), answer.error_code().as_str()),
        (401, "invalid_login_code"),
        "{}",
        answer.text()
    );
}

fn tries_left(world: &World) -> Value {
    world.items("login_codes")[0]["tries_left"]["N"].clone()
}

#[tokio::test]
async fn a_code_signs_in_the_browser_that_asked_and_spends_the_link_of_its_mail() {
    let world = world().await;
    let code = register(&world, 'a').await;
    let token = world.login_token(ANA, 1).await;
    let typed = format!(" {} ", code.replace('-', " ").to_lowercase());
    let session = enter(&world, 'a', &typed).await.expect_status(201).json();
    let me = world.client.get("/v1/me").bearer(session["session_token"].as_str().unwrap()).await.expect_status(200);
    assert_eq!(me.json()["member"]["access"], "granted", "the address is proven by it, as by the link");
    assert_eq!(spend(&world, &token).await.error_code(), "invalid_login_token");
    refused(&enter(&world, 'a', &code).await);
}

#[tokio::test]
async fn the_link_spends_the_code_of_its_mail_and_signing_in_kills_all_others() {
    let world = world().await;
    let first = register(&world, 'a').await;
    let second = ask(&world, 'a').await;
    let other = ask(&world, 'b').await;
    let token = world.login_token(ANA, 3).await;
    let _ = spend(&world, &token).await.expect_status(201);
    for (browser, code) in [('a', &first), ('a', &second), ('b', &other)] {
        refused(&enter(&world, browser, code).await);
    }
}

#[tokio::test]
async fn each_code_that_was_mailed_for_a_browser_is_good() {
    let world = world().await;
    let first = register(&world, 'a').await;
    let second = ask(&world, 'a').await;
    assert_ne!(first, second);
    let _ = enter(&world, 'a', &first).await.expect_status(201);
    let (third, fourth) = (ask(&world, 'a').await, ask(&world, 'a').await);
    let _ = enter(&world, 'a', &fourth).await.expect_status(201);
    refused(&enter(&world, 'a', &third).await);
}

#[tokio::test]
async fn a_wrong_code_uses_up_a_try_and_after_five_all_are_dead_but_the_link() {
    let world = world().await;
    let code = register(&world, 'a').await;
    let token = world.login_token(ANA, 1).await;
    for left in ["4", "3", "2", "1", "0"] {
        refused(&enter(&world, 'a', "0000-0000").await);
        assert_eq!(tries_left(&world), left);
    }
    refused(&enter(&world, 'a', &code).await);
    assert_eq!(tries_left(&world), "0");
    // Another mail brings tries of its own.
    let next = ask(&world, 'a').await;
    assert_eq!(tries_left(&world), "5");
    refused(&enter(&world, 'a', "0000-0000").await);
    let _ = enter(&world, 'a', &next).await.expect_status(201);
    // Nothing of that touches the links.
    assert_eq!(spend(&world, &token).await.error_code(), "invalid_login_token", "spent by the sign-in alone");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn codes_tried_at_once_are_compared_no_more_often_than_there_are_tries() {
    let world = world().await;
    let code = register(&world, 'a').await;
    world.proxy.set_plan(FaultPlan::conflicts(Duration::from_millis(1)..=Duration::from_millis(3)));
    let answers = join_all((0..30).map(|_| enter(&world, 'a', "0000-0000"))).await;
    world.proxy.set_plan(FaultPlan::default());
    assert!(answers.iter().all(|answer| [401, 503].contains(&answer.status.as_u16())));
    assert_eq!(tries_left(&world), "0", "none is tried beyond the last");
    refused(&enter(&world, 'a', &code).await);
}

#[tokio::test]
async fn whatever_is_wrong_with_a_code_is_answered_alike() {
    let world = world().await;
    let code = register(&world, 'a').await;
    let mut seen = Vec::new();
    for (browser, code) in [('a', "0000-0000"), ('b', code.as_str()), ('b', "0000-0000"), ('a', "no code"), ('a', "")] {
        let answer = enter(&world, browser, code).await;
        refused(&answer);
        seen.push(answer.text());
    }
    let body = json!({"code": code, "code_verifier": "short"});
    seen.push(world.client.post("/v1/sessions", body).await.expect_status(401).text());
    world.clock.advance(TimeDelta::hours(25));
    seen.push(enter(&world, 'a', &code).await.expect_status(401).text());
    assert!(seen.iter().all(|text| *text == seen[0]), "{seen:#?}");
}

#[tokio::test]
async fn a_call_shows_a_token_or_a_code_and_not_both() {
    let world = world().await;
    let (token, code, verifier) = ("A".repeat(43), "K7QX-93BM", verifier_of('a'));
    for body in [
        json!({}),
        json!({"code": code}),
        json!({"code_verifier": verifier}),
        json!({"token": token, "code": code, "code_verifier": verifier}),
        json!({"token": token, "code_verifier": verifier}),
    ] {
        assert_eq!(world.client.post("/v1/sessions", body).await.expect_status(400).error_code(), "malformed");
    }
    for challenge in ["", "short", &"*".repeat(43)] {
        let body = json!({"email": ANA, "code_challenge": challenge});
        let answer = world.client.post("/v1/login-links", body).await.expect_status(422).json();
        assert!(answer["error"]["fields"]["code_challenge"].is_string(), "{answer}");
    }
}

#[tokio::test]
async fn a_mail_that_no_browser_asked_for_carries_no_code() {
    let world = world().await;
    let link = world.link(json!({})).await;
    world.register(&link.code, ANA).await.expect_status(202);
    world.deliver().await;
    assert_eq!(newest_code(&world), None);
    let approval = world.link(json!({"admission": "approval"})).await;
    world.register_from('a', &approval.code, "bo@example.com").await.expect_status(202);
    world.grant(&world.member_id("bo@example.com").await).await;
    world.deliver().await;
    let text = world.texts_to("bo@example.com").pop().expect("a mail");
    assert_eq!(code_in(&text), None, "{text}");
    assert!(world.items("login_codes").is_empty());
}

#[tokio::test]
async fn a_first_registrations_mail_is_good_for_a_day_and_one_that_was_asked_for_a_quarter_of_an_hour() {
    let world = world().await;
    let code = register(&world, 'a').await;
    world.clock.advance(TimeDelta::minutes(24 * 60 - 1));
    let _ = enter(&world, 'a', &code).await.expect_status(201);
    let code = ask(&world, 'a').await;
    world.clock.advance(TimeDelta::minutes(15));
    refused(&enter(&world, 'a', &code).await);
    assert!(world.texts_to(ANA)[0].contains("24 hours") && world.texts_to(ANA)[1].contains("15 minutes"));
}

#[tokio::test]
async fn a_code_rests_nowhere_but_in_the_mail() {
    let world = world().await;
    let code = register(&world, 'a').await;
    let plain = code.replace('-', "");
    for item in world.engine.contents().unwrap().into_values() {
        let text = item.to_string();
        for hidden in [code.as_str(), &plain, &plain.to_lowercase(), &verifier_of('a')] {
            assert!(!text.contains(hidden), "{}", item["PK"]);
        }
    }
    let delete_after = world.items("login_codes")[0]["delete_after"]["N"].clone();
    assert!(delete_after.as_str().unwrap().parse::<i64>().unwrap() > chrono::Utc::now().timestamp());
}

#[tokio::test]
async fn a_person_in_two_organizations_gets_a_code_for_each() {
    let world = world().await;
    let other = json!({"name": "Other", "admin_name": "Ana", "admin_email": ANA, "time_zone": "Asia/Tokyo"});
    world.running.invoke("create-organization", other).await.unwrap();
    world.deliver().await;
    register(&world, 'b').await;
    ask(&world, 'a').await;
    let texts = world.texts_to(ANA);
    let codes: Vec<_> = texts.iter().rev().take(2).filter_map(|text| code_in(text)).collect();
    let mut organizations = Vec::new();
    for code in codes {
        let session = enter(&world, 'a', &code).await.expect_status(201).json();
        let me = world.client.get("/v1/me").bearer(session["session_token"].as_str().unwrap()).await.json();
        organizations.push(me["organization"]["name"].as_str().unwrap().to_owned());
    }
    organizations.sort_unstable();
    assert_eq!(organizations, ["Demo", "Other"]);
}

#[tokio::test]
async fn a_sign_in_by_code_whose_answer_was_lost_on_the_way_still_signs_in() {
    let world = world().await;
    for fault in [Fault::LoseAnswer, Fault::InternalError] {
        let code = if world.mails_to(ANA) == 0 { register(&world, 'a').await } else { ask(&world, 'a').await };
        let before = world.items("session").len();
        world.proxy.fail_next(Matching::operation("UpdateItem").mentioning("CODES#"), fault);
        world.proxy.fail_next(Matching::operation("TransactWriteItems").mentioning("SESSION#"), fault);
        let _ = enter(&world, 'a', &code).await.expect_status(201);
        assert_eq!(world.items("session").len(), before + 1, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_with_a_code_whose_sender_dies_is_sent_later_with_a_code_that_is_good() {
    let world = world().await;
    register(&world, 'a').await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let body = json!({"email": ANA, "code_challenge": challenge_of('a')});
        world.client.post("/v1/login-links", body).await.expect_status(202);
        world.work_off().await;
        let queued = world.queued();
        let (nth, boundary) = boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        world.send(&queued).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        world.clock.advance(TimeDelta::minutes(3));
        world.running.run_schedule("sweep-expired").await.unwrap();
        world.deliver().await;
        let code = newest_code(&world).expect("a code");
        let _ = enter(&world, 'a', &code).await.expect_status(201);
        tell(&world, dead);
    })
    .await;
}
