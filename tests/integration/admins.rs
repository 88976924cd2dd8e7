//! Admins are added and removed by admins alone, and one always stays.

use futures::future::join;
use local::FirstOrganization;
use serde_json::{Value, json};
use tests::{World, http::Answer, world::feedback};

async fn add(world: &World, session: &str, email: &str) -> Answer {
    world.client.post("/v1/admins", json!({"email": email, "name": "Some Admin"})).bearer(session).await
}

async fn remove(world: &World, session: &str, id: &str) -> Answer {
    world.client.delete(&format!("/v1/admins/{id}")).bearer(session).await
}

/// The addresses of the admins, as this one sees them.
async fn admins(world: &World, session: &str) -> Vec<String> {
    let page = world.client.get("/v1/admins").bearer(session).await.expect_status(200).json();
    let mut emails: Vec<_> =
        page["admins"].as_array().unwrap().iter().map(|admin| admin["email"].as_str().unwrap().to_owned()).collect();
    emails.sort_unstable();
    emails
}

async fn role(world: &World, session: &str) -> Value {
    world.client.get("/v1/me").bearer(session).await.expect_status(200).json()["member"]["role"].clone()
}

#[tokio::test]
async fn a_member_and_somebody_new_become_admins_and_sign_in_as_such() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let before = world.sign_in("ana@example.com").await;
    let ana = world.member_id("ana@example.com").await;
    let added = add(&world, &world.admin, "Ana@example.com").await.expect_status(201).json();
    let as_is = (&added["id"], &added["role"], &added["name"]);
    assert_eq!(as_is, (&json!(ana), &json!("admin"), &json!("Some Body")), "a member keeps their name");
    // A member's session lasts for a month; an admin's must not.
    let _ = world.client.get("/v1/me").bearer(&before).await.expect_status(401);
    world.login_token("ana@example.com", 2).await;
    let ana_now = world.sign_in("ana@example.com").await;
    assert_eq!(role(&world, &ana_now).await, "admin");

    add(&world, &ana_now, "bo@example.com").await.expect_status(201);
    let text = world.login_token("bo@example.com", 1).await;
    assert!(!text.is_empty());
    assert!(world.texts_to("bo@example.com")[0].contains("has made you an admin"));
    let bo = world.sign_in("bo@example.com").await;
    assert_eq!(admins(&world, &bo).await, ["admin@example.com", "ana@example.com", "bo@example.com"]);
    let contents = world.contents();
    add(&world, &bo, "ana@example.com").await.expect_status(200);
    assert_eq!(world.contents(), contents, "who is one already is mailed nothing");
    // An admin who opens a link stays one, and nobody becomes one by it.
    world.register(&link.code, "bo@example.com").await.expect_status(202);
    assert_eq!(role(&world, &bo).await, "admin");
    world.register(&link.code, "cy@example.com").await.expect_status(202);
    assert_eq!(role(&world, &world.sign_in("cy@example.com").await).await, "member");
}

#[tokio::test]
async fn who_is_no_admin_any_more_is_a_member_and_the_last_one_stays() {
    let world = World::start().await;
    let me = world.member_id(&FirstOrganization::default().admin_email).await;
    let last = remove(&world, &world.admin, &me).await.expect_status(409);
    assert_eq!(last.error_code(), "last_admin");
    let ana = add(&world, &world.admin, "ana@example.com").await.json()["id"].as_str().unwrap().to_owned();
    let session = world.sign_in("ana@example.com").await;
    for (route, outcome) in
        [("revocations", "is_admin"), ("refusals", "nothing_pending"), ("restorations", "not_revoked")]
    {
        let results = world.post(&format!("/v1/members/{route}"), json!({"members": [ana]})).await.expect_status(200);
        assert_eq!(results.json()["results"][0]["outcome"], outcome);
    }
    remove(&world, &world.admin, &ana).await.expect_status(204);
    let _ = world.client.get("/v1/me").bearer(&session).await.expect_status(401);
    let before = world.contents();
    remove(&world, &world.admin, &ana).await.expect_status(204);
    assert_eq!(world.contents(), before, "once is enough");
    assert_eq!(remove(&world, &world.admin, &me).await.error_code(), "last_admin");
    world.client.post("/v1/login-links", json!({"email": "ana@example.com"})).await.expect_status(202);
    world.login_token("ana@example.com", 2).await;
    let session = world.sign_in("ana@example.com").await;
    assert_eq!(role(&world, &session).await, "member");
    let _ = world.client.get("/v1/admins").bearer(&session).await.expect_status(403);

    world.post("/v1/members/revocations", json!({"members": [ana]})).await.expect_status(200);
    let refused = add(&world, &world.admin, "ana@example.com").await.expect_status(409);
    assert_eq!(refused.error_code(), "is_revoked");
    for body in [json!({}), json!({"email": "x", "name": "Ana"}), json!({"email": "a@example.com", "name": ""})] {
        world.post("/v1/admins", body).await.expect_status(422);
    }
    // One who goes by themselves leaves it to another.
    add(&world, &world.admin, "bo@example.com").await.expect_status(201);
    remove(&world, &world.admin, &me).await.expect_status(204);
    let bo = world.sign_in("bo@example.com").await;
    assert_eq!(admins(&world, &bo).await, ["bo@example.com"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_admins_who_remove_each_other_at_once_one_stays() {
    let world = World::start().await;
    let emails = [FirstOrganization::default().admin_email, "bo@example.com".to_owned()];
    add(&world, &world.admin, &emails[1]).await.expect_status(201);
    let mut sessions = [world.admin.clone(), world.sign_in(&emails[1]).await];
    let ids = [world.member_id(&emails[0]).await, world.member_id(&emails[1]).await];
    for round in 0..12 {
        let (one, other) = join(remove(&world, &sessions[0], &ids[1]), remove(&world, &sessions[1], &ids[0])).await;
        let left = usize::from(one.status != 204);
        assert!((one.status == 204) != (other.status == 204), "round {round}: {} {}", one.text(), other.text());
        assert_eq!(admins(&world, &sessions[left]).await, [emails[left].clone()]);
        let gone = 1 - left;
        let mails = world.mails_to(&emails[gone]);
        add(&world, &sessions[left], &emails[gone]).await.expect_status(201);
        world.login_token(&emails[gone], mails + 1).await;
        sessions[gone] = world.sign_in(&emails[gone]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_admins_who_both_go_at_once_one_stays() {
    let world = World::start().await;
    let emails = [FirstOrganization::default().admin_email, "bo@example.com".to_owned()];
    add(&world, &world.admin, &emails[1]).await.expect_status(201);
    let mut sessions = [world.admin.clone(), world.sign_in(&emails[1]).await];
    let ids = [world.member_id(&emails[0]).await, world.member_id(&emails[1]).await];
    for round in 0..8 {
        let (one, other) = join(remove(&world, &sessions[0], &ids[0]), remove(&world, &sessions[1], &ids[1])).await;
        let left = usize::from(one.status == 204);
        assert!((one.status == 204) != (other.status == 204), "round {round}: {} {}", one.text(), other.text());
        assert_eq!(admins(&world, &sessions[left]).await, [emails[left].clone()]);
        let gone = 1 - left;
        let mails = world.mails_to(&emails[gone]);
        add(&world, &sessions[left], &emails[gone]).await.expect_status(201);
        world.login_token(&emails[gone], mails + 1).await;
        sessions[gone] = world.sign_in(&emails[gone]).await;
    }
}

#[tokio::test]
async fn an_admin_whom_no_mail_reaches_is_not_left_alone() {
    let world = World::start().await;
    let me = world.member_id(&FirstOrganization::default().admin_email).await;
    let bo = add(&world, &world.admin, "bo@example.com").await.json()["id"].as_str().unwrap().to_owned();
    let session = world.sign_in("bo@example.com").await;
    let mail = world.items("mail").into_iter().find(|mail| mail["member"]["S"] == bo.as_str()).unwrap();
    let bounced = feedback("Bounce", "Permanent", mail["id"]["S"].as_str().unwrap(), chrono::Utc::now().into());
    world.running.invoke("record-mail-feedback", bounced).await.unwrap();
    let before = world.contents();
    for by in [&world.admin, &session] {
        assert_eq!(remove(&world, by, &me).await.expect_status(409).error_code(), "last_admin");
    }
    assert_eq!(world.contents(), before);
    // Once it does again, they can be.
    let _ = world.delete(&format!("/v1/suppressions/{bo}")).await;
    remove(&world, &session, &me).await.expect_status(204);
    assert_eq!(admins(&world, &session).await, ["bo@example.com"]);
}

#[tokio::test]
async fn an_admin_whom_no_mail_reaches_can_be_removed() {
    let world = World::start().await;
    let bo = add(&world, &world.admin, "bo@example.com").await.json()["id"].as_str().unwrap().to_owned();
    world.login_token("bo@example.com", 1).await;
    let mail = world.items("mail").into_iter().find(|mail| mail["member"]["S"] == bo.as_str()).unwrap();
    let bounced = feedback("Bounce", "Permanent", mail["id"]["S"].as_str().unwrap(), chrono::Utc::now().into());
    world.running.invoke("record-mail-feedback", bounced).await.unwrap();
    remove(&world, &world.admin, &bo).await.expect_status(204);
}
