//! Every grant mails, once in effect, whatever SES does; and what cannot be sent is seen.

use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join_all;
use serde_json::{Value, json};
use tests::{
    SesStandIn, World,
    fault_proxy::{Boundary, Fault, FaultPlan, Matching},
    ses_stand_in::Failure,
};

fn ses(world: &World) -> &SesStandIn {
    world.ses.as_ref().expect("the world has a stand-in for SES")
}

/// A world whose mail goes when it is told to.
async fn world() -> World {
    World::start_without_stream(|options| {
        options.environment.insert("MAIL_ATTEMPTS_MAX".to_owned(), "3".to_owned());
    })
    .await
}

/// Such a world whose calls give up soon, for a table that does not answer.
async fn impatient() -> World {
    World::start_without_stream(|options| {
        for (name, value) in [("REDEMPTION_BUDGET_MS", "100"), ("MAIL_ATTEMPTS_MAX", "3")] {
            options.environment.insert(name.to_owned(), value.to_owned());
        }
    })
    .await
}

/// Registers these people through a new approval link and gives their ids.
async fn waiting(world: &World, emails: &[String]) -> Vec<String> {
    let link = world.link(json!({"admission": "approval"})).await;
    for email in emails {
        world.register(&link.code, email).await.expect_status(202);
    }
    let path = format!("/v1/members?limit=100&link={}", link.id);
    let page = world.get(&path).await.expect_status(200).json();
    page["members"].as_array().unwrap().iter().map(|member| member["id"].as_str().unwrap().to_owned()).collect()
}

async fn grant(world: &World, ids: &[String]) {
    let answer = world.post("/v1/members/grants", json!({"members": ids})).await.expect_status(200).json();
    let results = answer["results"].as_array().unwrap();
    assert!(results.iter().all(|result| result["outcome"] == "granted"), "{answer}");
}

/// Somebody who has been granted access, their mail still queued.
async fn granted(world: &World, email: &str) {
    let ids = waiting(world, &[email.to_owned()]).await;
    grant(world, &ids).await;
}

/// What the admin sees of the last mail to a member.
async fn seen(world: &World, email: &str) -> (Value, Value) {
    let page = world.get("/v1/members?limit=100").await.expect_status(200).json();
    let member = page["members"].as_array().unwrap().iter().find(|member| member["email"] == email);
    let mail = &member.unwrap()["mail"];
    (mail["state"].clone(), mail["reason"].clone())
}

/// Lets time pass, sweeps, and sends what the sweep found.
async fn later(world: &World, time: TimeDelta) -> Value {
    world.clock.advance(time);
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.deliver().await
}

fn states(world: &World) -> Vec<String> {
    let mut states: Vec<_> =
        world.items("mail").iter().map(|mail| mail["state"]["S"].as_str().unwrap().to_owned()).collect();
    states.sort_unstable();
    states.dedup();
    states
}

#[tokio::test]
async fn a_bulk_grant_through_a_throttling_ses_mails_everybody_once() {
    let world = World::start_with_ses(|_| {}).await;
    ses(&world).limit_rate(Some(4));
    let emails: Vec<_> = (0..14).map(|number| format!("worker{number}@example.com")).collect();
    let ids = waiting(&world, &emails).await;
    grant(&world, &ids).await;
    let before = ses(&world).messages().len();
    ses(&world).wait_for(1 + 14, Duration::from_secs(60)).await.unwrap();
    assert!(before < 15 && ses(&world).attempts() > 15, "it was throttled");
    while states(&world) != ["sent"] {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    for email in &emails {
        assert_eq!(world.mails_to(email), 1, "{email}");
        assert_eq!(seen(&world, email).await, (json!("sent"), Value::Null));
    }
}

#[tokio::test]
async fn a_mail_that_ses_left_without_an_answer_is_tried_again() {
    let world = world().await;
    for (failure, email, reason, mails) in [
        (Failure::Silence, "silence@example.com", "no_answer", 1),
        (Failure::LoseAnswer, "lost@example.com", "no_answer", 2),
        (Failure::Unavailable, "unavailable@example.com", "no_answer", 1),
        (Failure::Paused, "paused@example.com", "not_set_up", 1),
    ] {
        granted(&world, email).await;
        ses(&world).fail_next([failure]);
        assert_eq!(world.deliver().await["batchItemFailures"], json!([]));
        assert_eq!(seen(&world, email).await, (json!("queued"), json!(reason)));
        // Not before its time.
        later(&world, TimeDelta::seconds(1)).await;
        assert_eq!(states(&world), ["sending", "sent"]);
        later(&world, TimeDelta::minutes(1)).await;
        assert_eq!(seen(&world, email).await, (json!("sent"), Value::Null));
        assert_eq!(world.mails_to(email), mails, "{failure:?}");
        world.sign_in(email).await;
    }
}

#[tokio::test]
async fn one_rejected_address_holds_nobody_up_and_is_shown_to_the_admin() {
    let world = world().await;
    let emails: Vec<_> = ["a", "bad", "c"].map(|name| format!("{name}@example.com")).into();
    ses(&world).reject("bad@example.com");
    let ids = waiting(&world, &emails).await;
    grant(&world, &ids).await;
    assert_eq!(world.deliver().await["batchItemFailures"], json!([]));
    assert_eq!(seen(&world, "bad@example.com").await, (json!("failed"), json!("rejected")));
    for email in ["a@example.com", "c@example.com"] {
        assert_eq!(seen(&world, email).await, (json!("sent"), Value::Null));
        world.sign_in(email).await;
    }
    // Rejected is rejected: nobody tries again.
    let attempts = ses(&world).attempts();
    later(&world, TimeDelta::minutes(30)).await;
    assert_eq!(ses(&world).attempts(), attempts);
}

#[tokio::test]
async fn a_crash_of_send_mail_anywhere_leaves_a_mail_that_the_sweep_picks_up() {
    let world = impatient().await;
    let mut boundaries = 0;
    'calls: for nth in 1..50 {
        for boundary in [Boundary::Before, Boundary::After] {
            let email = format!("worker{nth}{}@example.com", if boundary == Boundary::Before { "b" } else { "a" });
            granted(&world, &email).await;
            // What the registration asked for is worked off before; this is about the mail of the grant.
            world.work_off().await;
            world.proxy.kill_at(nth, boundary);
            world.deliver().await;
            let died = world.proxy.is_dead();
            world.proxy.revive();
            if !died {
                break 'calls;
            }
            boundaries += 1;
            later(&world, TimeDelta::minutes(3)).await;
            assert_eq!(states(&world), ["sent"], "{nth} {boundary:?}");
            // SES has no token against doubles: a crash between its answer and our record costs a second mail, no more.
            assert!((1..=2).contains(&world.mails_to(&email)), "{nth} {boundary:?}");
            assert_eq!(seen(&world, &email).await, (json!("sent"), Value::Null));
            world.sign_in(&email).await;
        }
    }
    assert!(boundaries >= 8, "{boundaries}");
}

#[tokio::test]
async fn a_member_granted_many_times_at_once_and_again_is_mailed_once() {
    let world = world().await;
    let ids = waiting(&world, &["ana@example.com".to_owned()]).await;
    let held = Duration::from_millis(1)..=Duration::from_millis(3);
    world.proxy.set_plan(FaultPlan::conflicts(held));
    let outcomes = join_all((0..6).map(|_| async { world.grant(&ids[0]).await })).await;
    world.proxy.set_plan(FaultPlan::default());
    // Who could not be served in time may be sent again.
    assert!(outcomes.iter().filter(|outcome| *outcome == "granted").count() <= 1, "{outcomes:?}");
    let again = world.grant(&ids[0]).await;
    assert!(["granted", "already_granted"].contains(&again.as_str()), "{again}");
    assert_eq!(world.grant(&ids[0]).await, "already_granted");
    assert_eq!(world.queued().len(), 1);
    world.deliver().await;
    assert_eq!(world.mails_to("ana@example.com"), 1);
}

#[tokio::test]
async fn a_mail_handed_over_again_and_at_once_is_sent_once() {
    let world = world().await;
    granted(&world, "ana@example.com").await;
    let queued = world.queued();
    join_all((0..5).map(|_| world.send(&queued))).await;
    world.send(&queued).await;
    assert_eq!(world.mails_to("ana@example.com"), 1);
    let unknown = json!({"PK": {"S": "MAIL#44444444-4444-4444-8444-444444444444"}, "SK": {"S": "MAIL"}});
    let other = json!({"PK": {"S": "MEMBER#44444444-4444-4444-8444-444444444444"}, "SK": {"S": "MEMBER"}});
    assert_eq!(world.send(&[unknown, other]).await["batchItemFailures"], json!([]));
}

#[tokio::test]
async fn a_mail_the_table_cannot_serve_is_reported_and_the_others_go() {
    let world = impatient().await;
    let emails: Vec<_> = (0..3).map(|number| format!("worker{number}@example.com")).collect();
    let ids = waiting(&world, &emails).await;
    grant(&world, &ids).await;
    let queued = world.queued();
    let stuck = queued[1]["PK"]["S"].as_str().unwrap();
    for _ in 0..30 {
        world.proxy.fail_next(Matching::any().mentioning(stuck), Fault::Throttle);
    }
    let answer = world.send(&queued).await;
    assert_eq!(answer["batchItemFailures"], json!([{"itemIdentifier": "2"}]));
    assert_eq!(emails.iter().map(|email| world.mails_to(email)).sum::<usize>(), 2);
    assert_eq!(world.queued().len(), 1);
}

#[tokio::test]
async fn a_login_token_rests_nowhere_but_in_the_mail() {
    let world = world().await;
    granted(&world, "ana@example.com").await;
    ses(&world).fail_next([Failure::LoseAnswer]);
    world.deliver().await;
    later(&world, TimeDelta::minutes(1)).await;
    let first = world.texts_to("ana@example.com")[0].clone();
    let (_, first) = first.split_once("?t=").unwrap();
    let first = first.split_whitespace().next().unwrap();
    let token = world.login_token("ana@example.com", 2).await;
    let session = world.sign_in("ana@example.com").await;
    let secret = session.rsplit('.').next().unwrap_or(&session).to_owned();
    for item in world.engine.contents().unwrap().into_values() {
        let text = item.to_string();
        for hidden in [first, &token, &session, &secret] {
            assert!(!text.contains(hidden), "{}", item["PK"]);
        }
    }
}

#[tokio::test]
async fn mails_that_ses_refuses_use_up_no_login_link() {
    let world = world().await;
    granted(&world, "ana@example.com").await;
    world.deliver().await;
    let tokens = world.items("token");
    ses(&world).fail_next([Failure::Paused, Failure::Throttle, Failure::Paused, Failure::Paused, Failure::Paused]);
    for _ in 0..2 {
        world.client.post("/v1/login-links", json!({"email": "ana@example.com"})).await.expect_status(202);
        world.deliver().await;
    }
    later(&world, TimeDelta::minutes(2)).await;
    assert_eq!((world.mails_to("ana@example.com"), world.items("token")), (1, tokens));
    world.sign_in("ana@example.com").await;
}

#[tokio::test]
async fn a_mail_that_cannot_be_sent_ends_as_failed_before_the_admins_eyes() {
    let world = world().await;
    granted(&world, "ana@example.com").await;
    ses(&world).fail_next([Failure::Paused; 3]);
    world.deliver().await;
    for _ in 0..4 {
        later(&world, TimeDelta::minutes(5)).await;
    }
    assert_eq!(ses(&world).attempts(), 1 + 3);
    assert_eq!(seen(&world, "ana@example.com").await, (json!("failed"), json!("not_set_up")));
    assert_eq!(world.mails_to("ana@example.com"), 0);
}

#[tokio::test]
async fn a_mail_whose_every_attempt_crashes_ends_as_failed_before_the_admins_eyes() {
    let world = impatient().await;
    granted(&world, "ana@example.com").await;
    for _ in 0..6 {
        // The mail is looked at; mail, member and organization are read; then the claim is written.
        world.proxy.kill_at(5, Boundary::After);
        world.deliver().await;
        world.proxy.revive();
        world.clock.advance(TimeDelta::minutes(5));
        world.running.run_schedule("sweep-expired").await.unwrap();
    }
    world.deliver().await;
    assert_eq!(seen(&world, "ana@example.com").await, (json!("failed"), json!("no_answer")));
}

#[tokio::test]
async fn who_was_revoked_meanwhile_is_not_mailed() {
    let world = world().await;
    granted(&world, "ana@example.com").await;
    let id = world.member_id("ana@example.com").await;
    world.post("/v1/members/revocations", json!({"members": [id]})).await.expect_status(200);
    world.deliver().await;
    assert_eq!((world.mails_to("ana@example.com"), states(&world)), (0, vec!["dropped".to_owned(), "sent".to_owned()]));
    assert!(world.items("token").is_empty());
}

#[tokio::test]
async fn a_mail_comes_from_the_organization_and_its_answer_goes_to_the_support_contact() {
    let world = world().await;
    let named = json!({"version": 1, "name": "Söhne, Bau & Co", "support_contact": "help@soehne.example"});
    world.patch("/v1/organization", named).await.expect_status(200);
    granted(&world, "ana@example.com").await;
    world.deliver().await;
    let message = ses(&world).messages_to("ana@example.com").pop().expect("a mail");
    let (shown, address) = message.from.rsplit_once(' ').expect("a name and an address");
    assert_eq!(address, "<access-links@example.com>");
    assert!(shown.starts_with("=?utf-8?b?") && message.from.is_ascii(), "{}", message.from);
    assert_eq!(message.reply_to, ["help@soehne.example"]);
    assert_eq!(message.headers["Auto-Submitted"], "auto-generated");
}

#[tokio::test]
async fn a_mail_of_an_organization_whose_support_contact_is_a_page_has_no_other_address_for_answers() {
    let world = world().await;
    let named = json!({"version": 1, "support_contact": "https://acme.example/help"});
    world.patch("/v1/organization", named).await.expect_status(200);
    granted(&world, "ana@example.com").await;
    world.deliver().await;
    let message = ses(&world).messages_to("ana@example.com").pop().expect("a mail");
    assert_eq!((message.from.as_str(), message.reply_to.len()), ("Demo <access-links@example.com>", 0));
}
