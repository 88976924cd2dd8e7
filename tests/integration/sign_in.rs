//! Signing in: what a login link is good for, how long, and how a session ends.

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Fault, FaultPlan, Matching},
    http::Answer,
};

/// A world in which one address may be mailed as often as a test likes.
async fn world() -> World {
    World::start_with(|options| {
        for limit in ["MAILS_PER_RECIPIENT_HOUR", "MAILS_PER_RECIPIENT_DAY"] {
            options.environment.insert(limit.to_owned(), "1000".to_owned());
        }
    })
    .await
}

/// Registers somebody through a new instant link.
async fn register(world: &World, email: &str) {
    let link = world.link(json!({})).await;
    world.register(&link.code, email).await.expect_status(202);
}

/// Asks for a login link and gives its token.
async fn ask(world: &World, email: &str) -> String {
    let before = world.mails_to(email);
    world.client.post("/v1/login-links", json!({"email": email})).await.expect_status(202);
    world.login_token(email, before + 1).await
}

async fn spend(world: &World, token: &str) -> Answer {
    world.client.post("/v1/sessions", json!({"token": token, "session": "bearer"})).await
}

#[track_caller]
fn refused(answer: &Answer) {
    assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (401, "invalid_login_token"));
}

async fn is_in(world: &World, session: &str) -> bool {
    match world.client.get("/v1/me").bearer(session).await.status.as_u16() {
        200 => true,
        401 => false,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_login_token_spent_twenty_times_at_once_gives_one_session() {
    let world = world().await;
    register(&world, "ana@example.com").await;
    let token = world.login_token("ana@example.com", 1).await;
    let before = world.items("session").len();
    let held = std::time::Duration::from_millis(5)..=std::time::Duration::from_millis(15);
    world.proxy.set_plan(FaultPlan::conflicts(held));
    let answers = join_all((0..20).map(|_| spend(&world, &token))).await;
    world.proxy.set_plan(FaultPlan::default());
    let (good, bad): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!(good.len(), 1);
    bad.iter().for_each(refused);
    assert_eq!(world.items("session").len(), before + 1);
    refused(&spend(&world, &token).await);
}

#[tokio::test]
async fn a_login_link_that_was_asked_for_is_good_for_fifteen_minutes() {
    let world = world().await;
    for email in ["ana@example.com", "bo@example.com"] {
        register(&world, email).await;
        world.login_token(email, 1).await;
    }
    let (ana, bo) = (ask(&world, "ana@example.com").await, ask(&world, "bo@example.com").await);
    world.clock.advance(TimeDelta::minutes(14));
    let _ = spend(&world, &ana).await.expect_status(201);
    world.clock.advance(TimeDelta::seconds(61));
    refused(&spend(&world, &bo).await);
    // The reservation lives on, and a new link is asked for.
    let fresh = ask(&world, "bo@example.com").await;
    let _ = spend(&world, &fresh).await.expect_status(201);
}

#[tokio::test]
async fn a_login_link_that_a_grant_sent_is_good_for_a_day() {
    let world = world().await;
    let link = world.link(json!({"admission": "approval"})).await;
    let mut tokens = Vec::new();
    for email in ["ana@example.com", "bo@example.com"] {
        world.register(&link.code, email).await.expect_status(202);
        assert_eq!(world.grant(&world.member_id(email).await).await, "granted");
        tokens.push(world.login_token(email, 1).await);
    }
    world.clock.advance(TimeDelta::minutes(24 * 60 - 1));
    let _ = spend(&world, &tokens[0]).await.expect_status(201);
    world.clock.advance(TimeDelta::seconds(61));
    refused(&spend(&world, &tokens[1]).await);
}

#[tokio::test]
async fn three_login_links_live_at_once_and_signing_in_ends_them_all() {
    let world = world().await;
    register(&world, "ana@example.com").await;
    let mut tokens = vec![world.login_token("ana@example.com", 1).await];
    for _ in 0..3 {
        tokens.push(ask(&world, "ana@example.com").await);
    }
    refused(&spend(&world, &tokens[0]).await);
    let _ = spend(&world, &tokens[2]).await.expect_status(201);
    for token in [&tokens[1], &tokens[2], &tokens[3]] {
        refused(&spend(&world, token).await);
    }
}

#[tokio::test]
async fn a_sign_in_whose_answer_was_lost_on_the_way_still_signs_in() {
    let world = world().await;
    for (email, fault) in [("ana@example.com", Fault::LoseAnswer), ("bo@example.com", Fault::InternalError)] {
        register(&world, email).await;
        let token = world.login_token(email, 1).await;
        let before = world.items("session").len();
        world.proxy.fail_next(Matching::operation("TransactWriteItems").mentioning("SESSION#"), fault);
        let answer = spend(&world, &token).await.expect_status(201).json();
        assert!(is_in(&world, answer["session_token"].as_str().unwrap()).await);
        assert_eq!(world.items("session").len(), before + 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_workers_session_ends_after_a_week_unused_and_after_thirty_days() {
    let world = world().await;
    for email in ["ana@example.com", "bo@example.com"] {
        register(&world, email).await;
    }
    let (ana, bo) = (world.sign_in("ana@example.com").await, world.sign_in("bo@example.com").await);
    world.clock.advance(TimeDelta::hours(7 * 24 - 1));
    assert!(is_in(&world, &ana).await);
    world.clock.advance(TimeDelta::hours(2));
    assert!(!is_in(&world, &bo).await);
    for _ in 0..3 {
        assert!(is_in(&world, &ana).await);
        world.clock.advance(TimeDelta::days(6));
    }
    assert!(is_in(&world, &ana).await);
    world.clock.advance(TimeDelta::days(5));
    assert!(!is_in(&world, &ana).await);
}

#[tokio::test]
async fn an_admins_session_ends_after_an_hour_unused_and_after_twelve_hours() {
    let mut world = world().await;
    world.clock.advance(TimeDelta::minutes(59));
    assert!(is_in(&world, &world.admin).await);
    world.clock.advance(TimeDelta::minutes(61));
    assert!(!is_in(&world, &world.admin).await);
    world.sign_in_admin_again().await;
    for _ in 0..14 {
        world.clock.advance(TimeDelta::minutes(50));
        assert!(is_in(&world, &world.admin).await);
    }
    world.clock.advance(TimeDelta::minutes(25));
    assert!(!is_in(&world, &world.admin).await);
}

#[tokio::test]
async fn signing_out_ends_this_session_and_no_other() {
    let world = world().await;
    register(&world, "ana@example.com").await;
    let one = world.sign_in("ana@example.com").await;
    ask(&world, "ana@example.com").await;
    let other = world.sign_in("ana@example.com").await;
    let answer = world.client.delete("/v1/sessions/current").bearer(&one).await.expect_status(204);
    assert_eq!(answer.header("set-cookie"), "access-links-session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    assert!(!is_in(&world, &one).await);
    assert!(is_in(&world, &other).await);
    let _ = world.client.delete("/v1/sessions/current").bearer(&one).await.expect_status(401);
}

#[tokio::test]
async fn a_revoked_member_is_out_at_once_and_stays_out_whatever_link_they_open() {
    let world = world().await;
    register(&world, "ana@example.com").await;
    let session = world.sign_in("ana@example.com").await;
    let token = ask(&world, "ana@example.com").await;
    let id = world.member_id("ana@example.com").await;
    let revoked = world.post("/v1/members/revocations", json!({"members": [id]})).await.expect_status(200).json();
    assert_eq!(revoked["results"][0]["outcome"], "revoked");
    assert!(!is_in(&world, &session).await);
    refused(&spend(&world, &token).await);

    for admission in ["instant", "approval"] {
        let link = world.link(json!({"admission": admission, "cap": 5})).await;
        // What mail tells them is another matter.
        let kept = || ["enrollment", "lot", "session", "token"].map(|entity| world.items(entity));
        let before = kept();
        let body = json!({"name": "Ana", "email": "ana@example.com"});
        world.register(&link.code, "ana@example.com").await.expect_status(202);
        world.client.post(&format!("/v1/join/{}", link.code), body).bearer(&session).await.expect_status(202);
        world.client.post("/v1/login-links", json!({"email": "ana@example.com"})).await.expect_status(202);
        world.running.rest().await;
        assert_eq!(kept(), before);
    }
    assert_eq!(world.grant(&id).await, "revoked");
    assert!(!is_in(&world, &session).await);
}

#[tokio::test]
async fn the_cookie_is_strict_and_changes_something_only_from_our_own_pages() {
    let world = world().await;
    register(&world, "ana@example.com").await;
    let token = world.login_token("ana@example.com", 1).await;
    let answer = world.client.post("/v1/sessions", json!({"token": token})).await.expect_status(201);
    assert!(answer.json()["session_token"].is_null());
    let cookie = answer.cookie("access-links-session").unwrap();
    let attributes = "Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000";
    assert_eq!(answer.header("set-cookie"), format!("{cookie}; {attributes}"));

    let me = || world.client.get("/v1/me").cookie(&cookie);
    let _ = me().await.expect_status(200);
    let _ = me().header("sec-fetch-site", "cross-site").await.expect_status(200);
    let out = || world.client.delete("/v1/sessions/current").cookie(&cookie);
    for hostile in [
        out().without("sec-fetch-site"),
        out().header("sec-fetch-site", "cross-site"),
        out().header("sec-fetch-site", "same-site"),
        out().header("sec-fetch-site", "none"),
        out().without("sec-fetch-site").header("origin", "https://evil.example"),
        out().without("sec-fetch-site").header("origin", "null"),
    ] {
        assert_eq!(hostile.await.expect_status(403).error_code(), "csrf_failed");
    }
    let bearer = cookie.strip_prefix("access-links-session=").unwrap();
    let two = world.client.get("/v1/me").cookie(&format!("{cookie}; {cookie}")).await;
    let both = me().bearer(bearer).await;
    for doubtful in [two, both] {
        assert_eq!(doubtful.expect_status(400).error_code(), "malformed");
    }
    let _ = me().await.expect_status(200);
    let base_url = world.running.base_url.as_str();
    let _ = out().without("sec-fetch-site").header("origin", base_url).await.expect_status(204);
    let _ = me().await.expect_status(401);
}

#[tokio::test]
async fn knowing_an_address_gives_nothing_without_its_mailbox() {
    let world = world().await;
    let (site, _) = world.site().await;
    register(&world, "ana@example.com").await;
    let session = world.sign_in("ana@example.com").await;
    let me = world.client.get("/v1/me").bearer(&session).await.json();
    let link = world.link(json!({"allocation": {"sites": [site]}})).await;
    let body = json!({"name": "Mallory", "email": "ANA@example.com"});
    let answer = world.client.post(&format!("/v1/join/{}", link.code), body).await.expect_status(202);
    assert_eq!((answer.json(), answer.cookie("access-links-session")), (json!({"status": "check_your_mail"}), None));
    // Neither name nor address nor units of the member are what the stranger would have them be.
    assert_eq!(world.client.get("/v1/me").bearer(&session).await.json(), me);
    world.login_token("ana@example.com", 2).await;
    assert!(world.texts_to("ana@example.com").iter().all(|text| !text.contains("Mallory")));
    assert_eq!(world.mails_to("ANA@example.com"), 2, "all mail went to the stored address");
}

#[tokio::test]
async fn looking_changes_nothing() {
    let world = world().await;
    register(&world, "ana@example.com").await;
    let token = world.login_token("ana@example.com", 1).await;
    let link = world.link(json!({})).await;
    let before = settled(&world).await;
    let paths = [
        format!("/sign-in?t={token}"),
        format!("/v1/sessions?token={token}"),
        format!("/join/{}", link.code),
        format!("/v1/join/{}", link.code),
        "/v1/me".to_owned(),
        "/v1/links".to_owned(),
        format!("/v1/links/{}", link.id),
        format!("/v1/links/{}/stats", link.id),
        "/v1/members".to_owned(),
        "/v1/catalog".to_owned(),
    ];
    for path in paths {
        for method in ["GET", "HEAD", "OPTIONS"] {
            let call = world.client.call(method.parse().unwrap(), &path);
            let _ = call.clone().await;
            let _ = call.bearer(&world.admin).await;
        }
    }
    assert_eq!(world.contents(), before);
    let _ = spend(&world, &token).await.expect_status(201);
}

/// The contents of the table once no mail is on its way.
async fn settled(world: &World) -> std::collections::BTreeMap<(String, String), Value> {
    while world.items("mail").iter().any(|mail| mail["state"]["S"] != "sent") {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    world.contents()
}

#[tokio::test]
async fn signing_in_ends_the_session_that_the_browser_had_and_no_other() {
    let world = world().await;
    register(&world, "ana@example.com").await;
    let elsewhere = world.sign_in("ana@example.com").await;
    let in_browser = {
        let token = ask(&world, "ana@example.com").await;
        let answer = world.client.post("/v1/sessions", json!({"token": token})).await.expect_status(201);
        answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
    };
    let token_of = |cookie: &str| cookie.split_once('=').unwrap().1.to_owned();
    let first = token_of(&in_browser);
    let sign_in = |token: String, session: &str| {
        world.client.post("/v1/sessions", json!({"token": token, "session": session})).cookie(&in_browser)
    };

    // Neither a token that is none nor a program's session takes its place.
    let _ = sign_in("x".repeat(43), "cookie").await.expect_status(401);
    assert!(is_in(&world, &first).await);
    register(&world, "bob@example.com").await;
    let token = world.login_token("bob@example.com", 1).await;
    let _ = sign_in(token, "bearer").await.expect_status(201);
    assert!(is_in(&world, &first).await);
    // A bearer that is shown is no browser's.
    let token = ask(&world, "bob@example.com").await;
    let call = world.client.post("/v1/sessions", json!({"token": token, "session": "cookie"})).bearer(&elsewhere);
    let _ = call.await.expect_status(201);
    assert!(is_in(&world, &elsewhere).await);

    let token = ask(&world, "bob@example.com").await;
    let answer = sign_in(token, "cookie").await.expect_status(201);
    let second = token_of(answer.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap());
    assert!(is_in(&world, &second).await && !is_in(&world, &first).await);
    assert!(is_in(&world, &elsewhere).await, "the same member's session in another place");
}
