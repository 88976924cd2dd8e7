//! What an admin sees of one member.

use serde_json::{Value, json};
use tests::World;

#[tokio::test]
async fn an_admin_sees_through_which_links_a_member_came_and_what_they_were_given() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let first = world.link(json!({"name": "Spring", "allocation": {"sites": [site]}})).await;
    let second = world.link(json!({"name": "Autumn", "admission": "approval"})).await;
    let third = world.link(json!({"name": "Winter"})).await;
    for email in ["ana@example.com", "ana+crew@example.com", "bo@example.com"] {
        world.register(&first.code, email).await.expect_status(202);
    }
    world.register(&second.code, "ana@example.com").await.expect_status(202);
    let id = world.member_id("ana@example.com").await;
    let path = format!("/v1/members/{id}");
    assert_eq!(world.get(&path).await.expect_status(200).json()["sessions"], 0);
    assert_eq!(world.grant(&id).await, "granted");
    world.login_token("ana@example.com", 2).await;
    let session = world.sign_in("ana@example.com").await;
    let joined = world.client.post(&format!("/v1/join/{}", third.code), json!({})).bearer(&session).await;
    assert_eq!(joined.expect_status(200).json()["status"], "enrolled");
    world.delete(&format!("/v1/links/{}", second.id)).await.expect_status(204);

    let seen = world.get(&path).await.expect_status(200).json();
    let member = &seen["member"];
    let listed = world.get("/v1/members?access=granted").await.expect_status(200).json();
    let listed = listed["members"].as_array().unwrap().iter().find(|member| member["id"] == id.as_str()).unwrap();
    for (name, value) in listed.as_object().unwrap() {
        assert_eq!(&member[name], value, "{name}");
    }
    assert_eq!(member["allocation"]["sites"], json!([{"id": site, "name": "Site 0"}]));
    assert_eq!(member["possible_duplicates"], json!([world.member_id("ana+crew@example.com").await]));
    assert_eq!(seen["sessions"], 1);

    let enrollments = seen["enrollments"].as_array().unwrap();
    let of = |name: &str| enrollments.iter().find(|one| one["link"]["name"] == name).unwrap();
    assert_eq!(enrollments.len(), 3);
    assert_eq!(of("Spring")["allocation"]["sites"][0]["name"], "Site 0");
    assert_eq!((&of("Autumn")["link"]["state"], &of("Autumn")["state"]), (&json!("deleted"), &json!("enrolled")));
    let admin = world.get("/v1/me").await.json()["member"]["id"].clone();
    assert_eq!((&of("Autumn")["granted_by"], &of("Winter")["granted_by"]), (&admin, &Value::Null));
    assert!(enrollments.iter().all(|one| one["enrolled_at"].is_string() && one["lapses_at"].is_null()));

    let mails = seen["mails"].as_array().unwrap();
    let kinds: Vec<_> = mails.iter().map(|mail| mail["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["grant", "registration"], "the newest first");
    assert!(mails.iter().all(|mail| mail["state"] == "sent" && mail["at"].is_string() && mail["reason"].is_null()));
    // No secret and no key of the table leaves with it.
    for absent in ["login_tokens", "hash", "PK", "message_id"] {
        assert!(!seen.to_string().contains(absent), "{absent}");
    }
}

#[tokio::test]
async fn possible_duplicates_are_told_within_the_organization_alone() {
    let world = World::start().await;
    let other = world.other_organization("boss@other.example").await;
    let body = json!({"name": "Theirs", "admission": "approval"});
    let theirs = world.client.post("/v1/links", body).bearer(&other).await.expect_status(201).json();
    let ours = world.link(json!({"admission": "approval"})).await;
    world.register(&ours.code, "ana@example.com").await.expect_status(202);
    world.register(theirs["code"].as_str().unwrap(), "ana+b@example.com").await.expect_status(202);
    let id = world.member_id("ana@example.com").await;
    let duplicates =
        async || world.get(&format!("/v1/members/{id}")).await.json()["member"]["possible_duplicates"].clone();
    assert_eq!(duplicates().await, json!([]));
    world.register(&ours.code, "Ana+C@example.com").await.expect_status(202);
    assert_eq!(duplicates().await.as_array().unwrap().len(), 1);
    // A login link goes to the address that was asked for, and to no other form of it.
    assert_eq!(world.grant(&id).await, "granted");
    world.client.post("/v1/login-links", json!({"email": "ana+c@example.com"})).await.expect_status(202);
    world.client.post("/v1/login-links", json!({"email": "ANA@example.com"})).await.expect_status(202);
    world.login_token("ana@example.com", 2).await;
    assert_eq!(world.mails_to("Ana+C@example.com"), 0);
}
