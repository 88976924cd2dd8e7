//! What becomes of mails after SES took them is seen by the admins, and an address that is no good is not mailed again until an
//! admin says so.

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Boundary, Fault},
    world::feedback,
};

const ANA: &str = "ana@example.com";

/// A world without a stream, in which Ana was granted access and mailed; her id and the mail's.
async fn mailed() -> (World, String, String) {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({"admission": "approval"})).await;
    world.register(&link.code, ANA).await.expect_status(202);
    let id = world.member_id(ANA).await;
    assert_eq!(world.grant(&id).await, "granted");
    world.deliver().await;
    let mail = newest_mail(&world, &id);
    (world, id, mail)
}

fn newest_mail(world: &World, member: &str) -> String {
    let mails = world.items("mail").into_iter().filter(|mail| mail["member"]["S"] == member);
    let created = |mail: &Value| mail["created_at"]["N"].as_str().unwrap().parse::<u64>().unwrap();
    mails.max_by_key(created).unwrap()["id"]["S"].as_str().unwrap().to_owned()
}

async fn say(world: &World, kind: &str, bounce: &str, mail: &str) -> String {
    let event = feedback(kind, bounce, mail, Utc::now().into());
    let answer = world.running.invoke("record-mail-feedback", event).await.unwrap();
    answer["outcome"].as_str().unwrap().to_owned()
}

/// What the admin sees: the state of the last mail with its reason, and whether the address is suppressed.
async fn seen(world: &World, id: &str) -> (String, Value, bool) {
    let file = world.get(&format!("/v1/members/{id}")).await.expect_status(200).json();
    let member = &file["member"];
    let state = member["mail"]["state"].as_str().unwrap().to_owned();
    (state, member["mail"]["reason"].clone(), member["suppressed"] == true)
}

async fn suppressed(world: &World) -> Vec<Value> {
    let list = world.get("/v1/suppressions").await.expect_status(200).json();
    list["suppressions"].as_array().unwrap().clone()
}

async fn ask(world: &World) {
    let answer = world.client.post("/v1/login-links", json!({"email": ANA})).await.expect_status(202);
    assert_eq!(answer.json(), json!({"status": "check_your_mail"}));
    world.deliver().await;
}

async fn clear(world: &World, id: &str, status: u16) {
    let _ = world.delete(&format!("/v1/suppressions/{id}")).await.expect_status(status);
}

#[tokio::test]
async fn an_address_that_bounced_for_good_or_complained_is_mailed_no_more_until_it_is_cleared() {
    for (kind, state, reason) in [("Bounce", "bounced", "permanent"), ("Complaint", "complained", "complaint")] {
        let (world, id, mail) = mailed().await;
        assert_eq!(seen(&world, &id).await, ("sent".to_owned(), Value::Null, false));
        assert_eq!(say(&world, kind, "Permanent", &mail).await, "recorded");
        assert_eq!(seen(&world, &id).await, (state.to_owned(), json!(reason), true));
        let list = suppressed(&world).await;
        assert_eq!((list.len(), &list[0]["member"]["email"], &list[0]["reason"]), (1, &json!(ANA), &json!(state)));
        ask(&world).await;
        assert_eq!(world.mails_to(ANA), 1);
        assert_eq!(seen(&world, &id).await, ("dropped".to_owned(), json!("suppressed"), true));

        let resent = world.post("/v1/members/login-mails", json!({"members": [id]})).await.expect_status(200).json();
        assert_eq!(resent["results"][0]["outcome"], "suppressed");

        clear(&world, &id, 204).await;
        assert_eq!(suppressed(&world).await, Vec::<Value>::new());
        ask(&world).await;
        assert_eq!((world.mails_to(ANA), seen(&world, &id).await), (2, ("sent".to_owned(), Value::Null, false)));
        clear(&world, &id, 404).await;
        let cleared = world.items("audit").into_iter().filter(|record| record["act"]["S"] == "suppression_cleared");
        let cleared: Vec<_> = cleared.collect();
        assert_eq!((cleared.len(), &cleared[0]["before"]["M"]["suppressed"]["S"]), (1, &json!(state)));
    }
}

#[tokio::test]
async fn a_bounce_that_may_pass_a_delay_and_a_reject_are_shown_and_suppress_nobody() {
    for (kind, bounce, state, reason) in [
        ("Bounce", "Transient", "bounced", "transient"),
        ("Bounce", "Undetermined", "bounced", "transient"),
        ("DeliveryDelay", "", "sent", "delayed"),
        ("Reject", "", "failed", "rejected"),
    ] {
        let (world, id, mail) = mailed().await;
        assert_eq!(say(&world, kind, bounce, &mail).await, "recorded");
        assert_eq!(seen(&world, &id).await, (state.to_owned(), json!(reason), false));
        assert_eq!(suppressed(&world).await, Vec::<Value>::new());
        ask(&world).await;
        assert_eq!(world.mails_to(ANA), 2);
    }
}

#[tokio::test]
async fn feedback_twice_or_out_of_order_ends_with_the_worst_that_was_said() {
    let (world, id, mail) = mailed().await;
    for (kind, bounce, outcome, state) in [
        ("DeliveryDelay", "", "recorded", "sent"),
        ("DeliveryDelay", "", "known", "sent"),
        ("Bounce", "Transient", "recorded", "bounced"),
        ("DeliveryDelay", "", "known", "bounced"),
        ("Bounce", "Permanent", "recorded", "bounced"),
        ("Bounce", "Permanent", "known", "bounced"),
        ("Bounce", "Transient", "known", "bounced"),
        ("Reject", "", "known", "bounced"),
        ("Complaint", "", "recorded", "complained"),
        ("Bounce", "Permanent", "known", "complained"),
        ("Complaint", "", "known", "complained"),
    ] {
        assert_eq!(say(&world, kind, bounce, &mail).await, outcome, "{kind} {bounce}");
        assert_eq!(seen(&world, &id).await.0, state, "{kind} {bounce}");
    }
    assert_eq!(suppressed(&world).await.len(), 1);
}

#[tokio::test]
async fn what_is_heard_late_of_an_older_mail_is_not_said_of_the_last_one() {
    let (world, id, first) = mailed().await;
    world.clock.advance(TimeDelta::seconds(5));
    ask(&world).await;
    assert_eq!(say(&world, "Bounce", "Transient", &first).await, "recorded");
    assert_eq!(seen(&world, &id).await, ("sent".to_owned(), Value::Null, false));
    let file = world.get(&format!("/v1/members/{id}")).await.json();
    let states: Vec<_> = file["mails"].as_array().unwrap().iter().map(|mail| mail["state"].clone()).collect();
    assert!(states.contains(&json!("bounced")) && states.contains(&json!("sent")), "{file}");
}

#[tokio::test]
async fn what_was_said_before_an_admin_cleared_the_address_suppresses_it_no_more() {
    let (world, id, first) = mailed().await;
    ask(&world).await;
    let second = newest_mail(&world, &id);
    let before = Utc::now();
    assert_eq!(say(&world, "Bounce", "Permanent", &first).await, "recorded");
    clear(&world, &id, 204).await;
    let late = feedback("Bounce", "Permanent", &second, before.into());
    world.running.invoke("record-mail-feedback", late).await.unwrap();
    assert_eq!(seen(&world, &id).await, ("bounced".to_owned(), json!("permanent"), false));
    assert_eq!(suppressed(&world).await, Vec::<Value>::new());
}

#[tokio::test]
async fn feedback_about_nothing_of_ours_changes_nothing() {
    let (world, id, mail) = mailed().await;
    world.client.post("/v1/login-links", json!({"email": ANA})).await.expect_status(202);
    world.work_off().await;
    let unsent = world.queued()[0]["id"]["S"].as_str().unwrap().to_owned();
    let before = world.contents();
    for (mail, outcome) in [
        ("44444444-4444-4444-8444-444444444444", "unknown"),
        // Nobody can have heard of a mail that was not sent.
        (unsent.as_str(), "unknown"),
        ("", "ignored"),
        ("MAIL#x", "ignored"),
    ] {
        assert_eq!(say(&world, "Bounce", "Permanent", mail).await, outcome, "{mail}");
    }
    assert_eq!(say(&world, "Open", "", &mail).await, "ignored");
    assert_eq!(say(&world, "Bounce", "Permanent", &id).await, "unknown");
    assert_eq!(world.contents(), before);
}

#[tokio::test]
async fn feedback_whose_process_dies_is_recorded_whole_by_the_next_attempt() {
    let mut deaths = 0;
    let (world, id, _) = mailed().await;
    'calls: for nth in 1..20 {
        for boundary in [Boundary::Before, Boundary::After] {
            world.clock.advance(TimeDelta::hours(2));
            ask(&world).await;
            let mail = newest_mail(&world, &id);
            let event = feedback("Bounce", "Permanent", &mail, (Utc::now() + TimeDelta::days(9)).into());
            world.proxy.kill_at(nth, boundary);
            let _ = world.running.invoke("record-mail-feedback", event.clone()).await;
            let died = world.proxy.is_dead();
            world.proxy.revive();
            // EventBridge delivers it again.
            world.running.invoke("record-mail-feedback", event).await.unwrap();
            let items = world.items("suppression");
            let member = world.items("member").into_iter().find(|member| member["id"]["S"] == id.as_str()).unwrap();
            assert_eq!((items.len(), &member["suppressed"]["S"]), (1, &json!("bounced")));
            assert_eq!(member["last_mail"]["M"]["state"]["S"], "bounced");
            // Clears what stands there, as clear-suppression does; the admin's session has ended by now.
            let admin = world.running.app.store.admins(organization(&world)).await.unwrap().remove(0);
            let member = shared::domain::MemberId::parse(&id).unwrap();
            assert!(world.running.app.store.clear_suppression(&(&admin).into(), member).await.unwrap());
            assert_eq!(world.items("suppression"), Vec::<Value>::new());
            if !died {
                break 'calls;
            }
            deaths += 1;
        }
    }
    assert!(deaths >= 4, "{deaths}");
}

fn organization(world: &World) -> shared::domain::OrganizationId {
    let item = world.items("organization").remove(0);
    shared::domain::OrganizationId::parse(item["id"]["S"].as_str().unwrap()).unwrap()
}

#[tokio::test]
async fn a_clearing_whose_answer_is_lost_is_done_once() {
    let (world, id, mail) = mailed().await;
    say(&world, "Bounce", "Permanent", &mail).await;
    world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer);
    clear(&world, &id, 204).await;
    let cleared = world.items("audit").into_iter().filter(|record| record["act"]["S"] == "suppression_cleared");
    assert_eq!(cleared.count(), 1);
}

#[tokio::test]
async fn each_organization_has_suppressions_of_its_own() {
    let (world, id, mail) = mailed().await;
    say(&world, "Complaint", "", &mail).await;
    let event = json!({
        "name": "Other", "admin_name": "Ana", "admin_email": ANA, "time_zone": "Asia/Tokyo",
    });
    world.running.invoke("create-organization", event).await.unwrap();
    world.deliver().await;
    // The same address there is another member, who said nothing.
    assert_eq!(world.mails_to(ANA), 2);
    let other = world.sign_in(ANA).await;
    let theirs = world.client.get("/v1/suppressions").bearer(&other).await.expect_status(200).json();
    assert_eq!(theirs, json!({"suppressions": [], "next": null}));
    let _ = world.client.delete(&format!("/v1/suppressions/{id}")).bearer(&other).await.expect_status(404);
    assert_eq!(suppressed(&world).await.len(), 1);
}

#[tokio::test]
async fn the_local_mailbox_bounces_and_complains_as_the_simulator_of_ses_does() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    for (email, state, is_suppressed) in [
        ("bounce+one@simulator.amazonses.com", "bounced", true),
        ("complaint@simulator.amazonses.com", "complained", true),
        ("ooto@simulator.amazonses.com", "bounced", false),
    ] {
        world.register(&link.code, email).await.expect_status(202);
        let id = world.member_id(email).await;
        let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
        loop {
            let file = world.get(&format!("/v1/members/{id}")).await.expect_status(200).json();
            if file["member"]["mail"]["state"] == state {
                assert_eq!(file["member"]["suppressed"], is_suppressed, "{email}");
                break;
            }
            assert!(std::time::Instant::now() < until, "{email}: {file}");
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    }
}
