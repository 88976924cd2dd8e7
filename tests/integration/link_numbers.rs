//! The numbers of a link: opened, registered, signed in, by day of its zone; exact, and at the same cost however many joined.

use chrono::TimeDelta;
use futures::{StreamExt, stream};
use hyper::Method;
use serde_json::{Value, json};
use shared::{clock::Clock, domain::TimeZone};
use tests::{World, fault_proxy::Fault, world::Link};

use crate::faults::at_each_boundary;

async fn open(world: &World, link: &Link) {
    world.client.call(Method::POST, &format!("/v1/join/{}/opened", link.code)).await.expect_status(204);
}

fn funnel(opened: u64, registered: u64, signed_in: u64) -> Value {
    json!({"opened": opened, "registered": registered, "signed_in": signed_in})
}

fn day(world: &World, zone: &str) -> String {
    TimeZone::parse(zone).unwrap().day(world.clock.now()).to_string()
}

/// Asks for a login link and signs in from it.
async fn sign_in_again(world: &World, email: &str) {
    let mails = world.mails_to(email);
    world.client.post("/v1/login-links", json!({"email": email})).await.expect_status(202);
    world.login_token(email, mails + 1).await;
    world.sign_in(email).await;
}

#[tokio::test]
async fn a_links_funnel_tells_who_opened_registered_and_signed_in() {
    let mut world = World::start().await;
    let link = world.link(json!({"cap": 2, "overflow": "waiting_list"})).await;
    for _ in 0..5 {
        open(&world, &link).await;
    }
    for email in ["ana@example.com", "bo@example.com", "cy@example.com"] {
        world.register(&link.code, email).await.expect_status(202);
    }
    let first = day(&world, "Europe/Berlin");
    let stats = world.stats(&link).await;
    assert_eq!(stats["funnel"], funnel(5, 3, 0));
    assert_eq!(stats["by_state"]["waiting"], 1);
    assert_eq!(stats["time_zone"], "Europe/Berlin");
    world.sign_in("ana@example.com").await;
    sign_in_again(&world, "ana@example.com").await;
    let stats = world.stats(&link).await;
    assert_eq!(stats["funnel"], funnel(5, 3, 1));
    let ana = &stats["enrollments"][0];
    assert!(ana["signed_in_at"].is_string() && ana["signed_in_at"] == ana["enrolled_at"]);
    assert_eq!(stats["enrollments"][1]["signed_in_at"], Value::Null);
    assert_eq!(stats["per_day"], json!([{"day": first, "opened": 5, "registered": 3}]));
    // Bo's reservation lapses; two days and more later Bo registers again, and is counted on the later day alone.
    world.clock.advance(TimeDelta::hours(50));
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.sign_in_admin_again().await;
    world.register(&link.code, "bo@example.com").await.expect_status(202);
    open(&world, &link).await;
    world.counted(&link).await;
    let stats = world.stats(&link).await;
    assert_eq!(stats["funnel"], funnel(6, 3, 1));
    let days = json!([
        {"day": first, "opened": 5, "registered": 2},
        {"day": day(&world, "Europe/Berlin"), "opened": 1, "registered": 1},
    ]);
    assert_eq!(stats["per_day"], days);
    world.check_books(&link);
}

#[tokio::test]
async fn whom_an_admin_let_in_has_signed_in_when_they_next_do_and_a_member_at_once() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let approval = world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
    world.register(&approval.code, "ana@example.com").await.expect_status(202);
    assert_eq!(world.grant(&world.member_id("ana@example.com").await).await, "granted");
    assert_eq!(world.stats(&approval).await["funnel"], funnel(0, 1, 0));
    let session = world.sign_in("ana@example.com").await;
    assert_eq!(world.stats(&approval).await["funnel"], funnel(0, 1, 1));
    sign_in_again(&world, "ana@example.com").await;
    assert_eq!(world.stats(&approval).await["funnel"], funnel(0, 1, 1));

    let instant = world.link(json!({"cap": 3})).await;
    let join = world.client.post(&format!("/v1/join/{}", instant.code), json!({})).bearer(&session);
    assert_eq!(join.await.expect_status(200).json()["status"], "enrolled");
    let stats = world.stats(&instant).await;
    assert_eq!(stats["funnel"], funnel(0, 1, 1));
    assert_eq!(stats["enrollments"][0]["signed_in_at"], stats["enrollments"][0]["registered_at"]);
    sign_in_again(&world, "ana@example.com").await;
    assert_eq!(world.stats(&instant).await["funnel"], funnel(0, 1, 1));
    for link in [&approval, &instant] {
        world.check_books(link);
    }
}

#[tokio::test]
async fn more_enrollments_than_a_transaction_holds_are_all_noted() {
    let world = World::start_with(|options| {
        options.environment.insert("MAILS_PER_RECIPIENT_HOUR".to_owned(), "1000".to_owned());
    })
    .await;
    let mut links = Vec::new();
    for _ in 0..60 {
        let link = world.link(json!({"admission": "approval", "cap": 1})).await;
        world.register(&link.code, "ana@example.com").await.expect_status(202);
        links.push(link);
    }
    assert_eq!(world.grant(&world.member_id("ana@example.com").await).await, "granted");
    world.sign_in("ana@example.com").await;
    for link in &links {
        assert_eq!(world.stats(link).await["funnel"], funnel(0, 1, 1));
    }
}

#[tokio::test]
async fn days_are_those_of_the_zone_the_organization_had_when_the_link_was_made() {
    let world = World::start().await;
    // 25 hours apart: never the same day.
    let zones = ["Pacific/Kiritimati", "Pacific/Pago_Pago"];
    for zone in zones {
        world.patch("/v1/organization", json!({"time_zone": zone})).await.expect_status(200);
        let link = world.link(json!({})).await;
        world.patch("/v1/organization", json!({"time_zone": "Europe/Berlin"})).await.expect_status(200);
        let before = day(&world, zone);
        open(&world, &link).await;
        world.register(&link.code, &format!("{}@example.com", zone.len())).await.expect_status(202);
        let stats = world.stats(&link).await;
        assert_eq!(stats["time_zone"], zone);
        // Midnight may pass meanwhile.
        if day(&world, zone) == before {
            assert_eq!(stats["per_day"], json!([{"day": before, "opened": 1, "registered": 1}]));
        }
    }
}

#[tokio::test]
async fn a_sign_in_whose_answer_is_lost_is_counted_once() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    assert_eq!(world.grant(&world.member_id("ana@example.com").await).await, "granted");
    world.login_token("ana@example.com", 1).await;
    (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    world.sign_in("ana@example.com").await;
    assert_eq!(world.stats(&link).await["funnel"], funnel(0, 1, 1));
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_in_whose_process_dies_is_counted_if_it_happened() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval", "cap": 1_000})).await;
    at_each_boundary(&world, async |case| {
        let (nth, boundary) = crate::faults::boundary_of(case);
        world.proxy.revive();
        let email = format!("worker{case}@example.com");
        world.register(&link.code, &email).await.expect_status(202);
        assert_eq!(world.grant(&world.member_id(&email).await).await, "granted");
        let token = world.login_token(&email, 1).await;
        let before = world.items("session").len();
        world.proxy.kill_at(nth, boundary);
        let _ = world.client.post("/v1/sessions", json!({"token": token, "session": "bearer"})).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        let noted = world.items("enrollment").iter().filter(|item| item["signed_in_at"]["N"].is_string()).count();
        assert_eq!(world.stats(&link).await["funnel"]["signed_in"], noted);
        assert!(noted <= world.items("session").len(), "nobody is counted who is not in: {before}");
        world.check_books(&link);
        if dead {
            world.proxy.kill_at(0, tests::fault_proxy::Boundary::Before);
        }
    })
    .await;
}

#[tokio::test]
async fn the_people_of_a_link_can_be_had_as_csv_with_what_they_answered() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let fields = json!([
        {"key": "shift", "label": "Shift, \"own\"", "kind": "choice", "required": true, "options": ["early", "late"]},
        {"key": "note", "label": "Note", "kind": "text", "required": false},
        {"key": "years", "label": "Years", "kind": "number", "required": false},
    ]);
    // Five and a half hours before UTC all year.
    world.patch("/v1/organization", json!({"time_zone": "Asia/Kolkata"})).await.expect_status(200);
    let body = json!({"admission": "approval", "allocation": {"sites": [site]}, "fields": fields, "allocation_ends": {"after_days": 90}});
    let link = world.link(body).await;
    for (number, note) in ["=SUM(A1)", "plain"].into_iter().enumerate() {
        let body = json!({
            "name": "Some Body", "email": format!("worker{number}@example.com"), "answers": {"shift": "late", "note": note, "years": -1.5},
        });
        world.client.post(&format!("/v1/join/{}", link.code), body).await.expect_status(202);
    }
    let id = world.member_id("worker0@example.com").await;
    assert_eq!(world.grant(&id).await, "granted");
    // What is asked no more was answered nevertheless.
    world.edit(&link, json!({"fields": [{"key": "note", "label": "Remark", "kind": "text"}]})).await.expect_status(200);
    let csv = async |query: &str| {
        let path = format!("/v1/links/{}/stats{query}", link.id);
        let answer = world.client.get(&path).bearer(&world.admin).header("accept", "text/csv").await.expect_status(200);
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"enrollments.csv\"");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        answer
    };
    let whole = csv("").await.text();
    let rows: Vec<_> = whole.lines().collect();
    let headings = "\u{feff}\"member id\",\"name\",\"email\",\"state\",\"registered (Asia/Kolkata)\",\"landed (Asia/Kolkata)\",\
                    \"signed in (Asia/Kolkata)\",\"granted by\",\"groups\",\"sites\",\"regions\",\"allocation ends (Asia/Kolkata)\",\
                    \"Remark\",\"Shift, \"\"own\"\"\",\"Years\"";
    assert_eq!((rows.len(), rows[0]), (3, headings));
    let row = world.stats(&link).await["enrollments"][0].clone();
    assert_eq!(row["answers"], json!({"shift": "late", "note": "=SUM(A1)", "years": -1.5}));
    let admin = world.get("/v1/me").await.json()["member"]["name"].as_str().unwrap().to_owned();
    let text = |name: &str| {
        let at: chrono::DateTime<chrono::Utc> = row[name].as_str().unwrap().parse().unwrap();
        (at + TimeDelta::minutes(330)).format("%Y-%m-%d %H:%M:%S").to_string()
    };
    let (registered, landed, ends) = (text("registered_at"), text("enrolled_at"), text("allocation_ends_at"));
    let expected = format!(
        "\"{id}\",\"Some Body\",\"worker0@example.com\",\"enrolled\",\"{registered}\",\"{landed}\",\"\",\"{admin}\",\"\",\"Site 0\",\
         \"\",\"{ends}\",\"'=SUM(A1)\",\"late\",\"-1.5\""
    );
    assert_eq!(rows[1], expected);
    // As spreadsheets expect it where numbers have a comma.
    let expected = expected.replace("\",\"", "\";\"").replace("-1.5", "-1,5");
    assert_eq!(csv("?separator=semicolon").await.text().lines().nth(1), Some(expected.as_str()));
    let first = csv("?limit=1").await;
    let next = first.header("x-next-cursor").to_owned();
    let second = csv(&format!("?limit=1&cursor={next}")).await;
    let third = match second.header("x-next-cursor") {
        "" => String::new(),
        next => csv(&format!("?limit=1&cursor={next}")).await.text(),
    };
    assert_eq!(first.text() + &second.text() + &third, whole);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_links_numbers_cost_the_same_for_ten_members_and_for_a_thousand() {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({"admission": "approval"})).await;
    let path = format!("/v1/links/{}/stats?limit=10", link.id);
    let cost = async || {
        let mark = world.proxy.mark();
        let answer = world.get(&path).await.expect_status(200).json();
        assert_eq!(answer["enrollments"].as_array().unwrap().len(), 10);
        let calls = world.proxy.since(mark);
        (calls.by_operation(), calls.capacity(), answer["funnel"]["registered"].as_u64().unwrap())
    };
    let register = async |from: u64, to: u64| {
        stream::iter(from..to)
            .for_each_concurrent(16, |number| {
                let (world, link) = (&world, &link);
                async move {
                    world.register(&link.code, &format!("worker{number}@example.com")).await.expect_status(202);
                }
            })
            .await;
    };
    // More than the page, so that either page has a next one.
    register(0, 11).await;
    let (calls, units, registered) = cost().await;
    assert_eq!(registered, 11);
    register(11, 1_000).await;
    let of_many = cost().await;
    assert_eq!((of_many.0, of_many.1, of_many.2), (calls, units, 1_000));
    world.check_books(&link);
}
