//! Whom an admin refuses is mailed where the admin chooses so: once, with the admin's words, whatever dies or does not answer.

use chrono::TimeDelta;
use serde_json::{Value, json};
use tests::{
    World,
    ses_stand_in::{Failure, Message},
    world::{Link, feedback},
};

use crate::faults::{at_each_boundary, dying, tell};

const ANA: &str = "ana@example.com";
const WORDS: &str = "The course is full until spring.";

/// A world whose mail goes when it is told to.
async fn world() -> World {
    World::start_without_stream(|options| {
        options.environment.insert("MAIL_ATTEMPTS_MAX".to_owned(), "3".to_owned());
    })
    .await
}

async fn approval(world: &World) -> Link {
    world.link(json!({"admission": "approval"})).await
}

/// Somebody who waits for an admin.
async fn waiting(world: &World, email: &str) -> String {
    let link = approval(world).await;
    world.register(&link.code, email).await.expect_status(202);
    world.member_id(email).await
}

/// Refuses a member, and gives the outcome.
async fn refuse(world: &World, id: &str, mail: Value) -> String {
    let body = json!({"members": [id], "mail": mail});
    let answer = world.post("/v1/members/refusals", body).await.expect_status(200);
    answer.json()["results"][0]["outcome"].as_str().unwrap().to_owned()
}

fn messages_to(world: &World, email: &str) -> Vec<Message> {
    world.ses.as_ref().unwrap().messages_to(email)
}

/// The mails about a refusal, as the table holds them.
fn refusal_mails(world: &World) -> Vec<Value> {
    world.items("mail").into_iter().filter(|mail| mail["kind"]["S"] == "refused").collect()
}

/// What the admin sees of the last mail to the member: its state, and why.
async fn seen(world: &World, id: &str) -> (Value, Value) {
    let file = world.get(&format!("/v1/members/{id}")).await.expect_status(200).json();
    (file["member"]["mail"]["state"].clone(), file["member"]["mail"]["reason"].clone())
}

/// Lets time pass, sweeps, and sends what the sweep found.
async fn later(world: &World, time: TimeDelta) {
    world.clock.advance(time);
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.deliver().await;
}

#[tokio::test]
async fn a_refused_person_is_mailed_the_words_of_the_admin_in_their_own_language() {
    let world = world().await;
    world.patch("/v1/organization", json!({"support_contact": "help@acme.example"})).await.expect_status(200);
    let link = approval(&world).await;
    world.register_with(&link.code, ANA, json!({"language": "de"})).await.expect_status(202);
    let id = world.member_id(ANA).await;
    assert_eq!(
        refuse(&world, &id, json!({"message": format!(" {WORDS}\r\nSee https://acme.example. ")})).await,
        "refused"
    );
    world.deliver().await;

    let [message] = messages_to(&world, ANA).try_into().expect("one mail");
    let Message { reply_to, headers, subject, text, html, .. } = message;
    assert!(
        subject.starts_with("Ihre Registrierung bei ") && subject.ends_with(" wurde nicht freigegeben"),
        "{subject}"
    );
    assert!(text.contains(&format!("> {WORDS}\n> See https")) && html.contains(WORDS), "{text}");
    for part in [&text, &html] {
        assert!(!part.contains("https:") && !part.contains("sign-in") && part.contains("help@acme.example"), "{part}");
    }
    assert_eq!(
        (reply_to, headers["Auto-Submitted"].as_str()),
        (vec!["help@acme.example".to_owned()], "auto-generated")
    );

    // Once it was sent, nothing keeps what it said.
    assert_eq!(refusal_mails(&world)[0]["state"]["S"], "sent");
    assert!(!format!("{:?}", world.contents()).contains("until spring"));
    assert_eq!(seen(&world, &id).await, (json!("sent"), Value::Null));
    let file = world.get(&format!("/v1/members/{id}")).await.json();
    assert_eq!(file["mails"][0]["kind"], "refused");
    let refusal = world.items("audit").into_iter().find(|record| record["act"]["S"] == "access_refused").unwrap();
    assert_eq!(refusal["after"]["M"]["mailed"]["BOOL"], true);
}

#[tokio::test]
async fn nobody_is_mailed_unless_the_admin_chooses_so_and_nobody_twice() {
    let world = world().await;
    let bo = waiting(&world, "bo@example.com").await;
    assert_eq!(refuse(&world, &bo, Value::Null).await, "refused");
    // Nothing waits any more, so there is nothing to tell.
    assert_eq!(refuse(&world, &bo, json!({"message": WORDS})).await, "nothing_pending");
    let ana = waiting(&world, ANA).await;
    for outcome in ["refused", "nothing_pending", "nothing_pending"] {
        assert_eq!(refuse(&world, &ana, json!({"message": " \n "})).await, outcome);
    }
    world.deliver().await;
    assert_eq!((messages_to(&world, "bo@example.com").len(), refusal_mails(&world).len()), (0, 1));
    let [message] = messages_to(&world, ANA).try_into().expect("one mail");
    assert!(message.subject.ends_with("was not approved") && !message.text.contains('>'), "{}", message.text);
    for record in world.items("audit").iter().filter(|record| record["act"]["S"] == "access_refused") {
        let mailed = record["subject"]["M"]["id"]["S"] == ana.as_str();
        assert_eq!(record["after"]["M"].get("mailed").is_some(), mailed, "{record}");
    }
}

#[tokio::test]
async fn a_person_refused_for_forty_six_links_is_mailed_once() {
    let world = world().await;
    for _ in 0..46 {
        let link = approval(&world).await;
        world.register(&link.code, ANA).await.expect_status(202);
    }
    let id = world.member_id(ANA).await;
    assert_eq!(refuse(&world, &id, json!({"message": WORDS})).await, "refused");
    let refused = |record: &&Value| record["act"]["S"] == "access_refused";
    assert_eq!(world.items("audit").iter().filter(refused).count(), 2);
    world.deliver().await;
    assert_eq!((refusal_mails(&world).len(), messages_to(&world, ANA).len()), (1, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_whose_process_dies_leads_to_one_mail_with_its_repeat() {
    let world = World::start().await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let id = waiting(&world, &format!("worker{case}@example.com")).await;
        let body = json!({"members": [id], "mail": {"message": WORDS}});
        let call = || world.client.post("/v1/members/refusals", body.clone());
        let (answer, dead) = dying(&world, case, call()).await;
        assert!(dead || answer.json()["results"][0]["outcome"] == "refused", "{}", answer.text());
        let of = |mail: &&Value| mail["member"]["S"] == id.as_str();
        let member = world.items("member").into_iter().find(|member| member["id"]["S"] == id.as_str()).unwrap();
        let refused = member["access"]["S"] == "rejected";
        assert_eq!(refusal_mails(&world).iter().filter(of).count(), usize::from(refused));
        call().bearer(&world.admin).await.expect_status(200);
        assert_eq!(refusal_mails(&world).iter().filter(of).count(), 1);
        tell(&world, dead);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_mailed_once_ses_takes_it_and_its_words_are_kept_until_then() {
    let world = world().await;
    for (failure, email) in [(Failure::Paused, "paused@example.com"), (Failure::Silence, "silence@example.com")] {
        let id = waiting(&world, email).await;
        assert_eq!(refuse(&world, &id, json!({"message": WORDS})).await, "refused");
        world.ses.as_ref().unwrap().fail_next([failure]);
        world.deliver().await;
        assert_eq!(seen(&world, &id).await.0, "queued");
        let export = world.get(&format!("/v1/members/{id}/export")).await.expect_status(200).json();
        assert_eq!(export["mails"][0]["message"], WORDS, "what is kept is handed out");
        later(&world, TimeDelta::minutes(1)).await;
        let [message] = messages_to(&world, email).try_into().expect("one mail");
        assert!(message.text.contains(WORDS), "{}", message.text);
        let export = world.get(&format!("/v1/members/{id}/export")).await.expect_status(200).json();
        assert_eq!((&export["mails"][0]["state"], &export["mails"][0]["message"]), (&json!("sent"), &Value::Null));
    }
}

#[tokio::test]
async fn a_refusal_that_ses_rejects_or_that_is_not_to_be_mailed_is_shown_to_the_admin() {
    let world = world().await;
    world.ses.as_ref().unwrap().reject("bad@example.com");
    let bad = waiting(&world, "bad@example.com").await;
    refuse(&world, &bad, json!({"message": WORDS})).await;
    world.deliver().await;
    assert_eq!(seen(&world, &bad).await, (json!("failed"), json!("rejected")));

    // A mail to this address came back before they waited for an admin.
    let instant = world.link(json!({})).await;
    world.register(&instant.code, ANA).await.expect_status(202);
    world.deliver().await;
    let mail = world.items("mail").into_iter().find(|mail| mail["kind"]["S"] == "registration").unwrap();
    let bounce = feedback("Bounce", "Permanent", mail["id"]["S"].as_str().unwrap(), chrono::Utc::now().into());
    world.running.invoke("record-mail-feedback", bounce).await.unwrap();
    let ana = waiting(&world, ANA).await;
    refuse(&world, &ana, json!({"message": WORDS})).await;
    world.deliver().await;
    assert_eq!(seen(&world, &ana).await, (json!("dropped"), json!("suppressed")));
    assert_eq!(messages_to(&world, ANA).len(), 1, "the registration's alone");
    assert!(!format!("{:?}", world.contents()).contains("until spring"), "what is not sent is not kept either");
}

#[tokio::test]
async fn refusals_over_all_organizations_fill_a_mailbox_no_more_than_logins_do() {
    let world = world().await;
    // By as many addresses of one mailbox as somebody likes to make up.
    for number in 0..5 {
        let id = waiting(&world, &format!("ana+{number}@example.com")).await;
        assert_eq!(refuse(&world, &id, json!({"message": WORDS})).await, "refused");
        world.deliver().await;
        let expected = if number < 3 { (json!("sent"), Value::Null) } else { (json!("dropped"), json!("too_many")) };
        assert_eq!(seen(&world, &id).await, expected);
    }
}

#[tokio::test]
async fn nobody_is_told_of_a_refusal_who_was_given_access_after_it() {
    let world = world().await;
    let id = waiting(&world, ANA).await;
    refuse(&world, &id, json!({"message": WORDS})).await;
    let body = json!({"members": [id], "include_rejected": true});
    let answer = world.post("/v1/members/grants", body).await.expect_status(200).json();
    assert_eq!(answer["results"][0]["outcome"], "granted");
    world.deliver().await;
    let [message] = messages_to(&world, ANA).try_into().expect("one mail");
    assert!(message.text.contains("/sign-in?t="), "{}", message.text);
    assert_eq!(refusal_mails(&world)[0]["state"]["S"], "dropped");
}

#[tokio::test]
async fn who_has_access_is_told_of_a_refusal_too() {
    let world = world().await;
    let instant = world.link(json!({})).await;
    world.register(&instant.code, ANA).await.expect_status(202);
    world.deliver().await;
    world.sign_in(ANA).await;
    let id = waiting(&world, ANA).await;
    assert_eq!(refuse(&world, &id, json!({})).await, "refused");
    world.deliver().await;
    assert_eq!(messages_to(&world, ANA).last().unwrap().subject.split(' ').next(), Some("Your"));
    assert_eq!(refusal_mails(&world)[0]["state"]["S"], "sent");
}

#[tokio::test]
async fn erasing_a_member_takes_the_words_of_a_refusal_that_waits_to_be_sent() {
    let world = world().await;
    let id = waiting(&world, ANA).await;
    refuse(&world, &id, json!({"message": WORDS})).await;
    assert!(format!("{:?}", world.contents()).contains("until spring"));
    let _ = world.delete(&format!("/v1/members/{id}")).await.expect_status(204);
    assert!(!format!("{:?}", world.contents()).contains("until spring"));
    world.deliver().await;
    assert_eq!(messages_to(&world, ANA).len(), 0);
}
