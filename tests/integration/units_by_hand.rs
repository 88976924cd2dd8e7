//! Units given by hand and through links, and taken back.

use futures::future::join;
use serde_json::{Value, json};
use tests::{World, world::Link};

async fn sites_of(world: &World, id: &str) -> Value {
    world.get(&format!("/v1/members/{id}")).await.expect_status(200).json()["member"]["sites"].clone()
}

/// Whether the member stands in the list of this unit, as list-members reads it and as the table holds it.
async fn is_listed(world: &World, unit: &str, id: &str) -> bool {
    let page = world.get(&format!("/v1/members?unit={unit}&limit=100")).await.expect_status(200).json();
    let listed = page["members"].as_array().unwrap().iter().any(|member| member["id"] == id);
    let place = |item: &Value| {
        let ends = |name: &str, end: &str| item[name]["S"].as_str().unwrap().ends_with(end);
        ends("PK", unit) && ends("SK", id)
    };
    assert_eq!(world.items("unit_member").iter().any(place), listed, "the list is in step with the member");
    listed
}

async fn remove(world: &World, link: &Link, id: &str) {
    let _ = world.delete(&format!("/v1/links/{}/enrollments/{id}", link.id)).await.expect_status(204);
}

/// Somebody who is granted through these links.
async fn granted(world: &World, email: &str, links: &[&Link]) -> String {
    for link in links {
        world.register(&link.code, email).await.expect_status(202);
    }
    let id = world.member_id(email).await;
    assert_eq!(world.grant(&id).await, "granted");
    id
}

fn approval(sites: &[&str]) -> Value {
    json!({"admission": "approval", "cap": 50, "allocation": {"sites": sites}})
}

#[tokio::test]
async fn an_admin_puts_a_member_in_these_units_and_no_others() {
    let world = World::start().await;
    let ((one, _), (two, module), (three, _)) = (world.site().await, world.site().await, world.site().await);
    let link = world.link(approval(&[&one, &three])).await;
    let id = granted(&world, "ana@example.com", &[&link]).await;
    let session = world.sign_in("ana@example.com").await;
    let path = format!("/v1/members/{id}");
    let member = world.patch(&path, json!({"allocation": {"sites": [two, three]}})).await.expect_status(200).json();
    assert_eq!((&member["id"], &member["sites"]), (&json!(id), &json!([two, three])));
    let seen = world.get(&path).await.json();
    assert_eq!(seen["member"]["assigned"], json!({"groups": [], "sites": [two], "regions": []}));
    assert_eq!(
        seen["enrollments"][0]["allocation"]["sites"][0]["id"],
        one.as_str(),
        "what the link gave stays on record"
    );
    let mine = world.client.get("/v1/me").bearer(&session).await.expect_status(200).json();
    assert!(mine["modules"].as_array().unwrap().iter().any(|has| has["id"] == module.as_str()));
    for (unit, listed) in [(&one, false), (&two, true), (&three, true)] {
        assert_eq!(is_listed(&world, unit, &id).await, listed);
    }

    let renamed = world.patch(&path, json!({"name": "Ana Nowak"})).await.expect_status(200).json();
    assert_eq!((&renamed["name"], &renamed["sites"]), (&json!("Ana Nowak"), &json!([two, three])));
    let before = world.contents();
    for same in [json!({}), json!({"name": "Ana Nowak", "allocation": {"sites": [three, two]}})] {
        world.patch(&path, same).await.expect_status(200);
    }
    assert_eq!(world.contents(), before, "what is so already is not written, nor recorded");
    for (field, value) in [
        ("name", json!("")),
        ("name", Value::Null),
        ("name", json!("x".repeat(101))),
        ("allocation", json!({"groups": [one]})),
        ("allocation", json!({"sites": ["x"]})),
        ("allocation", Value::Null),
    ] {
        let answer = world.patch(&path, json!({field: value})).await.expect_status(422);
        assert!(answer.json()["error"]["fields"][field].is_string(), "{}", answer.text());
    }
    assert_eq!(world.contents(), before);
    let none = world.patch(&path, json!({"allocation": {}})).await.expect_status(200).json();
    assert_eq!(none["sites"], json!([]));
    // Records tell that a name changed, not how.
    let audit = world.items("audit");
    let edits = audit.iter().filter(|record| record["act"]["S"] == "member_edited");
    assert_eq!(edits.count(), 3);
    assert!(audit.iter().all(|record| !record.to_string().contains("Nowak")));
}

#[tokio::test]
async fn who_is_taken_out_of_a_link_keeps_what_is_given_otherwise_and_frees_the_seat() {
    let world = World::start().await;
    let ((one, _), (two, _), (three, _)) = (world.site().await, world.site().await, world.site().await);
    let first = world.link(approval(&[&one, &two, &three])).await;
    let second = world.link(approval(&[&two])).await;
    let id = granted(&world, "ana@example.com", &[&first, &second]).await;
    let session = world.sign_in("ana@example.com").await;
    // Taken away by hand and given by hand again: now it is by hand.
    let path = format!("/v1/members/{id}");
    for sites in [json!([one, two]), json!([one, two, three])] {
        world.patch(&path, json!({"allocation": {"sites": sites}})).await.expect_status(200);
    }
    remove(&world, &first, &id).await;
    assert_eq!(sites_of(&world, &id).await, json!([two, three]));
    assert!(!is_listed(&world, &one, &id).await);
    assert!(is_listed(&world, &two, &id).await);
    assert_eq!(world.show(&first).await["seats"]["taken"], 0);
    assert_eq!(world.stats(&first).await["by_state"]["removed"], 1);
    let before = world.contents();
    remove(&world, &first, &id).await;
    assert_eq!(world.contents(), before, "once is enough");

    // By the same link they do not come back by themselves, signed in or not.
    let join = world.client.post(&format!("/v1/join/{}", first.code), json!({})).bearer(&session).await;
    assert_eq!(join.expect_status(200).json()["status"], "removed");
    assert_eq!(world.contents(), before);
    // A stranger with their address is mailed nothing but a login link.
    world.register(&first.code, "ana@example.com").await.expect_status(202);
    world.running.rest().await;
    for entity in ["enrollment", "lot", "unit_member", "link", "session"] {
        let there = before.values().filter(|item| item["entity"]["S"] == entity).cloned().collect::<Vec<_>>();
        assert_eq!(world.items(entity), there, "{entity}");
    }
    assert_eq!(sites_of(&world, &id).await, json!([two, three]));
    remove(&world, &second, &id).await;
    assert_eq!(sites_of(&world, &id).await, json!([three]));
    // The session lives: they are out of a link, not of the organization.
    world.client.get("/v1/me").bearer(&session).await.expect_status(200);
    for link in [&first, &second] {
        world.check_books(link);
    }
}

#[tokio::test]
async fn who_waits_or_has_reserved_is_taken_out_the_same_way() {
    let world = World::start().await;
    let (pending, instant) = (world.link(approval(&[])).await, world.link(json!({"cap": 1})).await);
    world.register(&pending.code, "ana@example.com").await.expect_status(202);
    world.register(&instant.code, "bo@example.com").await.expect_status(202);
    let (ana, bo) = (world.member_id("ana@example.com").await, world.member_id("bo@example.com").await);
    for (link, id) in [(&pending, &ana), (&instant, &bo)] {
        remove(&world, link, id).await;
        assert_eq!(world.show(link).await["seats"]["taken"], 0);
        assert_eq!(world.get(&format!("/v1/members/{id}")).await.json()["member"]["access"], "rejected");
        world.check_books(link);
    }
    // The login link that was mailed leads nowhere now.
    let token = world.login_token("bo@example.com", 1).await;
    let answer = world.client.post("/v1/sessions", json!({"token": token})).await.expect_status(401);
    assert_eq!(answer.error_code(), "invalid_login_token");
    world.register(&instant.code, "cy@example.com").await.expect_status(202);
    for (link, id) in [(&pending, &bo), (&instant, &ana)] {
        let answer = world.delete(&format!("/v1/links/{}/enrollments/{id}", link.id)).await.expect_status(404);
        assert_eq!(answer.error_code(), "not_found");
    }
    world.delete(&format!("/v1/links/{}", pending.id)).await.expect_status(204);
    remove(&world, &pending, &ana).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_links_that_end_at_once_the_second_takes_what_both_gave() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let (first, second) = (world.link(approval(&[&site])).await, world.link(approval(&[&site])).await);
    for round in 0..12 {
        let id = granted(&world, &format!("worker{round}@example.com"), &[&first, &second]).await;
        assert!(is_listed(&world, &site, &id).await);
        join(remove(&world, &first, &id), remove(&world, &second, &id)).await;
        assert_eq!(sites_of(&world, &id).await, json!([]), "round {round}");
        assert!(!is_listed(&world, &site, &id).await);
    }
    for link in [&first, &second] {
        world.check_books(link);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_that_another_link_gives_meanwhile_is_not_taken() {
    let world = World::start_with(|options| {
        options.environment.insert("MAILS_PER_RECIPIENT_HOUR".to_owned(), "100".to_owned());
    })
    .await;
    let (site, _) = world.site().await;
    let first = world.link(approval(&[&site])).await;
    let instant = world.link(json!({"allocation": {"sites": [site]}})).await;
    for round in 0..12 {
        let email = format!("worker{round}@example.com");
        let id = granted(&world, &email, &[&first]).await;
        let session = world.sign_in(&email).await;
        let enter = async {
            let path = format!("/v1/join/{}", instant.code);
            world.client.post(&path, json!({})).bearer(&session).await.expect_status(200);
        };
        join(remove(&world, &first, &id), enter).await;
        assert_eq!(sites_of(&world, &id).await, json!([site]), "round {round}");
        assert!(is_listed(&world, &site, &id).await);
    }
    world.check_books(&instant);
}
