//! One answer for every address, and limits that tell no more than that.

use std::collections::BTreeMap;

use crate::mail_requests::people;
use chrono::TimeDelta;
use serde_json::json;
use tests::{
    World,
    fault_proxy::FaultPlan,
    http::{Answer, Client},
    world::Link,
};

/// Everything a client sees of an answer, but for what names the request and its time.
fn seen(answer: &Answer) -> (u16, BTreeMap<String, String>, String) {
    let named = |name: &str| ["apigw-requestid", "date"].contains(&name);
    let headers = answer.headers.iter().filter(|(name, _)| !named(name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (answer.status.as_u16(), headers, answer.text())
}

/// A world with a member of every kind.
async fn populated() -> World {
    let world = World::start().await;
    let instant = world.link(json!({})).await;
    let approval = world.link(json!({"admission": "approval"})).await;
    for email in ["unverified@example.com", "granted@example.com", "revoked@example.com"] {
        world.register(&instant.code, email).await.expect_status(202);
    }
    for email in ["pending@example.com", "rejected@example.com"] {
        world.register(&approval.code, email).await.expect_status(202);
    }
    world.sign_in("granted@example.com").await;
    turn_away(&world, "revocations", "revoked@example.com").await;
    turn_away(&world, "refusals", "rejected@example.com").await;
    for _ in 0..4 {
        let body = json!({"email": "limited@example.com"});
        world.client.post("/v1/login-links", body).await.expect_status(202);
    }
    world
}

async fn turn_away(world: &World, deed: &str, email: &str) {
    let id = world.member_id(email).await;
    world.post(&format!("/v1/members/{deed}"), json!({"members": [id]})).await.expect_status(200);
}

const ADDRESSES: [&str; 7] = [
    "new@example.com",
    "unverified@example.com",
    "granted@example.com",
    "pending@example.com",
    "revoked@example.com",
    "rejected@example.com",
    "limited@example.com",
];

#[tokio::test]
async fn registering_answers_every_address_alike() {
    let world = populated().await;
    for admission in ["instant", "approval"] {
        let link = world.link(json!({"admission": admission})).await;
        let first = seen(&world.register(&link.code, "stranger@example.com").await.expect_status(202));
        // And again: repeating it answers the same.
        for address in ADDRESSES.iter().chain(&ADDRESSES) {
            assert_eq!(seen(&world.register(&link.code, address).await), first, "{address}");
        }
        world.check_books(&link);
    }
}

#[tokio::test]
async fn asking_for_a_login_link_answers_every_address_alike() {
    let world = populated().await;
    let ask = async |email: &str| world.client.post("/v1/login-links", json!({"email": email})).await;
    let first = seen(&ask("stranger@example.com").await.expect_status(202));
    for address in ADDRESSES {
        assert_eq!(seen(&ask(address).await), first, "{address}");
    }
}

#[tokio::test]
async fn what_a_link_is_is_told_before_the_address_is_looked_at() {
    let world = populated().await;
    let soon = (chrono::Utc::now() + TimeDelta::minutes(10)).to_rfc3339();
    let expired = world.link(json!({"expires": soon})).await;
    let inactive = world.link(json!({})).await;
    let deleted = world.link(json!({})).await;
    let full = world.link(json!({"cap": 1})).await;
    let links = [(&expired, 410), (&inactive, 410), (&deleted, 404), (&full, 409)];
    for (link, _) in links {
        world.register(&link.code, "there@example.com").await.expect_status(202);
    }
    world.edit(&inactive, json!({"state": "inactive"})).await.expect_status(200);
    world.delete(&format!("/v1/links/{}", deleted.id)).await.expect_status(204);
    // Past the expiry.
    world.clock.advance(TimeDelta::minutes(16));
    world.running.rest().await;
    // Some of them may sign in, and are mailed.
    let kept = || {
        let mut contents = world.contents();
        contents.retain(|_, item| !["mail", "token", "member"].iter().any(|entity| item["entity"]["S"] == *entity));
        contents
    };
    let before = kept();
    let unknown = Link { id: String::new(), code: "0".repeat(26) };
    for (link, status) in links.into_iter().chain([(&unknown, 404)]) {
        let answer = world.register(&link.code, "stranger@example.com").await.expect_status(status);
        let (first, code) = (seen(&answer), answer.json()["error"]["code"].clone());
        for address in ADDRESSES.iter().chain(&["there@example.com"]) {
            assert_eq!(seen(&world.register(&link.code, address).await), first, "{address} {status}");
        }
        let looked_at = world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(status);
        assert_eq!(looked_at.json()["error"]["code"], code);
    }
    let malformed = seen(&world.register("no-code", "stranger@example.com").await);
    assert_eq!(malformed, seen(&world.register(&deleted.code, "stranger@example.com").await));
    assert_eq!(kept(), before);
}

#[tokio::test]
async fn registering_makes_the_same_calls_for_every_address() {
    let world = World::start_without_stream(|_| {}).await;
    let addresses = people(&world).await;
    for fields in [
        json!({}),
        json!({"admission": "approval"}),
        json!({"cap": 1}),
        json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": true}),
    ] {
        let link = world.link(fields.clone()).await;
        world.register(&link.code, "first@example.com").await.expect_status(202);
        // The first who waits opens the waiting list.
        world.register(&link.code, "second@example.com").await;
        let mut seen = Vec::new();
        for address in ["stranger@example.com", "first@example.com"].iter().chain(&addresses).chain(&addresses) {
            let mark = world.proxy.mark();
            let answer = world.register(&link.code, address).await;
            seen.push((address, world.proxy.since(mark).by_operation(), answer.status, answer.text()));
        }
        let (_, calls, status, text) = &seen[0];
        for (address, others, other_status, other_text) in &seen {
            assert_eq!((others, other_status, other_text), (calls, status, text), "{address} {fields}");
        }
        assert_eq!(calls["UpdateItem"], 2, "a counter and the request");
    }
}

#[tokio::test]
async fn a_filled_in_honeypot_costs_a_second_step_and_never_the_registration() {
    let world = World::start().await;
    for fields in [json!({}), json!({"admission": "approval"})] {
        let link = world.link(fields).await;
        let before = world.contents();
        for email in ["ana@example.com", "bo@example.com"] {
            let trapped = json!({"website": "https://example.com"});
            let asked = world.register_with(&link.code, email, trapped).await.expect_status(422);
            assert_eq!(asked.error_code(), "confirm_person");
        }
        assert_eq!((world.contents(), world.asked().len()), (before, 0), "nothing is stored");
        world.register_with(&link.code, "ana@example.com", json!({"website": ""})).await.expect_status(202);
        assert_eq!(world.show(&link).await["seats"]["taken"], 1);
        world.running.rest().await;
    }
}

#[tokio::test]
async fn a_filled_in_honeypot_is_answered_as_people_are_up_to_its_question() {
    let world = World::start().await;
    let soon = (chrono::Utc::now() + TimeDelta::minutes(10)).to_rfc3339();
    let late = (chrono::Utc::now() + TimeDelta::days(2)).to_rfc3339();
    let asked = json!([{"key": "trade", "label": "Trade", "kind": "text", "required": true}]);
    let mut links = Vec::new();
    for fields in [
        json!({"expires": soon}),
        json!({"starts": late}),
        json!({"domains": {"only": ["other.example"], "others": "refuse"}}),
        json!({"fields": asked}),
        json!({"cap": 1}),
        json!({}),
    ] {
        links.push(world.link(fields).await);
    }
    let waiting = world.link(json!({"cap": 1, "overflow": "waiting_list"})).await;
    for link in [&links[4], &waiting] {
        world.register(&link.code, "ana@example.com").await.expect_status(202);
    }
    world.edit(&links[5], json!({"state": "inactive"})).await.expect_status(200);
    links.push(Link { id: String::new(), code: "0".repeat(26) });
    world.clock.advance(TimeDelta::minutes(16));
    world.running.rest().await;
    let before = world.contents();
    for link in &links {
        let honest = world.register(&link.code, "bo@example.com").await;
        assert!(honest.status.is_client_error(), "{}", honest.text());
        let trapped = world.register_with(&link.code, "bo@example.com", json!({"website": "x"})).await;
        assert_eq!(seen(&trapped), seen(&honest));
    }
    let nonsense = json!({"name": "", "email": "nonsense", "website": "x"});
    let refused = Client::new(&world.running.base_url).post(&format!("/v1/join/{}", waiting.code), nonsense).await;
    assert_eq!(refused.expect_status(422).error_code(), "invalid_fields");
    let asked = world.register_with(&waiting.code, "bo@example.com", json!({"website": "x"})).await;
    assert_eq!(asked.expect_status(422).error_code(), "confirm_person");
    assert_eq!(world.contents(), before);
}

#[tokio::test]
async fn one_address_is_mailed_three_times_an_hour_and_ten_times_a_day() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let email = "ana@example.com";
    world.register(&link.code, email).await.expect_status(202);
    world.sign_in(email).await;
    let mails = async || {
        let login = |state: &str| {
            let of_state = |mail: &&serde_json::Value| mail["kind"]["S"] == "login" && mail["state"]["S"] == state;
            world.items("mail").iter().filter(of_state).count()
        };
        while world.asked().len() + login("queued") + login("sending") > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        login("sent")
    };
    let ask = async || {
        let answer = world.client.post("/v1/login-links", json!({"email": email})).await.expect_status(202);
        seen(&answer)
    };
    // An hour of its own, whatever the time is now; and not the last one of a day.
    let minute = chrono::Utc::now().timestamp() / 60;
    world.clock.advance(TimeDelta::minutes(24 * 60 - minute % (24 * 60)));
    let first = ask().await;
    for _ in 0..5 {
        assert_eq!(ask().await, first);
    }
    assert_eq!(mails().await, 3);
    // What was dropped uses up nothing.
    for expected in [6, 9, 10, 10] {
        world.clock.advance(TimeDelta::hours(1));
        for _ in 0..4 {
            assert_eq!(ask().await, first);
        }
        assert_eq!(mails().await, expected);
    }
    world.clock.advance(TimeDelta::days(1));
    let before = mails().await;
    assert_eq!(ask().await, first);
    assert_eq!(mails().await, before + 1);
}

#[tokio::test]
async fn one_mailbox_is_mailed_three_times_an_hour_whatever_tags_and_dots_its_address_is_given() {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({})).await;
    // All of them within one hour, and one day.
    let minute = chrono::Utc::now().timestamp() / 60;
    world.clock.advance(TimeDelta::minutes(24 * 60 - minute % (24 * 60)));
    let addresses =
        ["ana.b@example.com", "ana.b+1@example.com", "ANA.B+2@example.com", "anab+3@example.com", "a.n.ab@example.com"];
    for address in addresses {
        world.register(&link.code, address).await.expect_status(202);
    }
    world.register(&link.code, "ana.c@example.com").await.expect_status(202);
    world.deliver().await;
    let sent: usize = addresses.iter().map(|address| world.mails_to(address)).sum();
    assert_eq!((sent, world.mails_to("ana.c@example.com")), (3, 1));
    let dropped = world.items("mail").into_iter().filter(|mail| mail["reason"]["S"] == "too_many").count();
    assert_eq!(dropped, 2, "the admins see why");
    assert_eq!(world.items("enrollment").len(), 6, "each keeps its seat");
}

#[tokio::test]
async fn one_client_address_is_slowed_down_whatever_it_claims_to_be() {
    let world = World::start_with(|options| {
        options.environment.insert("REQUESTS_PER_IP_MINUTE".to_owned(), "5".to_owned());
    })
    .await;
    let link = world.link(json!({})).await;
    let before = world.contents();
    let mut answers = Vec::new();
    // A minute may end among them, so twice the limit and one.
    for number in 0..11 {
        let body = json!({"email": format!("nobody{number}@example.com")});
        let call = world.client.post("/v1/login-links", body);
        answers.push(call.header("x-forwarded-for", &format!("203.0.113.{number}")).await);
    }
    assert_eq!(world.contents(), before);
    let limited = answers.iter().find(|answer| answer.status == 429).expect("there is a limit");
    assert_eq!((limited.error_code().as_str(), limited.header("retry-after")), ("too_many_requests", "60"));
    assert!(answers[..5].iter().all(|answer| answer.status == 202));
    world.clock.advance(TimeDelta::minutes(2));
    world.register(&link.code, "ana@example.com").await.expect_status(202);
}

#[tokio::test]
async fn login_tokens_are_not_tried_out_at_leisure() {
    let world = World::start_with(|options| {
        options.environment.insert("SIGN_INS_PER_IP_MINUTE".to_owned(), "2".to_owned());
    })
    .await;
    let link = world.link(json!({})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let token = world.login_token("ana@example.com", 1).await;
    let spend = async |token: &str| world.client.post("/v1/sessions", json!({"token": token})).await;
    let mut limited = None;
    for _ in 0..5 {
        let answer = spend(&"A".repeat(43)).await;
        if answer.status == 429 {
            limited = Some(answer);
        }
    }
    assert_eq!(limited.expect("there is a limit").header("retry-after"), "60");
    world.clock.advance(TimeDelta::minutes(2));
    let _ = spend(&token).await.expect_status(201);
}

#[tokio::test]
async fn who_cannot_be_counted_is_refused_and_leaves_nothing() {
    let world = World::start_with(|options| {
        options.environment.insert("REDEMPTION_BUDGET_MS".to_owned(), "300".to_owned());
    })
    .await;
    let link = world.link(json!({})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let token = world.login_token("ana@example.com", 1).await;
    while world.items("mail").iter().any(|mail| mail["state"]["S"] != "sent") {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let before = world.contents();
    // Nothing else is written with UpdateItem on these routes.
    let throttled = FaultPlan { throttle: 1.0, operations: vec!["UpdateItem"], ..FaultPlan::default() };
    world.proxy.set_plan(throttled);
    let answers = [
        world.register(&link.code, "bo@example.com").await,
        world.client.post("/v1/login-links", json!({"email": "ana@example.com"})).await,
        world.client.post("/v1/sessions", json!({"token": token})).await,
    ];
    world.proxy.set_plan(FaultPlan::default());
    for answer in answers {
        let answer = answer.expect_status(503);
        assert_eq!((answer.error_code().as_str(), answer.header("retry-after")), ("unavailable", "1"));
    }
    assert_eq!(world.contents(), before);
    let _ = world.client.post("/v1/sessions", json!({"token": token})).await.expect_status(201);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn asking_again_and_again_for_somebody_else_does_not_use_up_their_login_links() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let email = "ana@example.com";
    world.register(&link.code, email).await.expect_status(202);
    world.login_token(email, 1).await;
    let ask = || world.client.post("/v1/login-links", json!({"email": email}));
    for _ in 0..2 {
        ask().await.expect_status(202);
    }
    let token = world.login_token(email, 3).await;
    for answer in futures::future::join_all((0..20).map(|_| async { ask().await })).await {
        answer.expect_status(202);
    }
    let open = |mail: &serde_json::Value| matches!(mail["state"]["S"].as_str(), Some("queued" | "sending"));
    while world.items("mail").iter().any(open) {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(world.mails_to(email), 3);
    let _ = world.client.post("/v1/sessions", json!({"token": token})).await.expect_status(201);
}
