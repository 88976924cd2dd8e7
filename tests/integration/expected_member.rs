//! Whom a page showed as signed in, and what happens when another member is signed in by the time it calls.

use hyper::Method;
use serde_json::{Value, json};
use tests::{
    Description, World,
    http::{Answer, Call},
};

const NOBODY: &str = "none";

/// Signs in as a browser does; gives the cookie and the member's id.
async fn sign_in(world: &World, email: &str) -> (String, String) {
    let token = world.login_token(email, 1).await;
    let answer = world.client.post("/v1/sessions", json!({"token": token})).await.expect_status(201);
    let id = answer.json()["member"]["id"].as_str().unwrap().to_owned();
    (answer.cookie("access-links-session").unwrap(), id)
}

fn refused(answer: &Answer, status: u16, code: &str, what: &str) {
    assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (status, code), "{what}");
}

#[tokio::test]
async fn every_operation_with_a_session_refuses_another_member_than_the_page_showed_and_changes_nothing() {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({})).await;
    let ana = {
        world.register(&link.code, "ana@example.com").await.expect_status(202);
        world.deliver().await;
        sign_in(&world, "ana@example.com").await.1
    };
    let before = world.contents();
    let mut tried = 0;
    for operation in Description::get().operations() {
        let with_session = Description::get().role(operation).is_some() || operation.id == "redeemLink";
        let described = Description::get().codes(operation, 409).contains(&"other_member");
        assert_eq!(described, with_session, "{} and 409 other_member", operation.id);
        assert_eq!(Description::get().takes_header(operation, "Expected-Member"), with_session, "{}", operation.id);
        if !with_session {
            continue;
        }
        let path = operation.path.replace("{code}", &link.code).replace("{id}", &link.id).replace("{member}", &ana);
        let path = path.replace("{delivery}", &link.id).replace("{link}", &link.id);
        let call = || {
            let method = Method::from_bytes(operation.method.as_bytes()).unwrap();
            let call = world.client.call(method, &path).bearer(&world.admin);
            match Description::get().body_example(operation) {
                Some(("text/csv", file)) => call.body("text/csv", file.as_str().unwrap().to_owned()),
                Some((_, body)) => call.json(body),
                None => call,
            }
        };
        for expected in [ana.as_str(), NOBODY] {
            refused(&call().header("expected-member", expected).await, 409, "other_member", &operation.id);
        }
        refused(&call().header("expected-member", "x").await, 400, "malformed", &operation.id);
        tried += 1;
    }
    assert!(tried > 40, "{tried} operations were tried");
    assert_eq!(world.contents(), before);
}

#[tokio::test]
async fn a_page_that_shows_one_member_does_not_enroll_another_who_signed_in_since() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    for email in ["ana@example.com", "bob@example.com"] {
        world.register(&link.code, email).await.expect_status(202);
    }
    let (_, ana) = sign_in(&world, "ana@example.com").await;
    let (cookie, bob) = sign_in(&world, "bob@example.com").await;
    let other = world.link(json!({"cap": 1})).await;
    let join = |expected: &str, body: Value| -> Call {
        let call = world.client.post(&format!("/v1/join/{}", other.code), body);
        call.cookie(&cookie).header("expected-member", expected)
    };
    refused(&join(&ana, json!({})).await, 409, "other_member", "the page showed Ana");
    let typed = json!({"name": "Cleo", "email": "cleo@example.com"});
    refused(&join(NOBODY, typed).await, 409, "other_member", "the page showed the form for a stranger");
    assert_eq!(world.stats(&other).await["enrollments"], json!([]));
    let answer = join(&bob, json!({})).await.expect_status(200);
    assert_eq!(answer.json(), json!({"status": "enrolled"}));
}

#[tokio::test]
async fn a_session_that_ended_is_not_taken_for_a_strangers_registration() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let (cookie, ana) = sign_in(&world, "ana@example.com").await;
    let join = |expected: &str, body: Value| {
        let call = world.client.post(&format!("/v1/join/{}", link.code), body);
        call.cookie(&cookie).header("expected-member", expected)
    };
    let sign_out = || world.client.delete("/v1/sessions/current").cookie(&cookie);
    refused(&sign_out().header("expected-member", NOBODY).await, 409, "other_member", "nobody was shown");
    let _ = sign_out().header("expected-member", &ana).await.expect_status(204);
    let body = json!({"name": "Bob", "email": "bob@example.com"});
    refused(&join(&ana, body.clone()).await, 401, "unauthenticated", "Ana was shown");
    let _ = join(NOBODY, body).await.expect_status(202);
}

#[tokio::test]
async fn the_expected_member_is_one_id_or_none() {
    let world = World::start().await;
    let me = world.get("/v1/me").await.json()["member"]["id"].as_str().unwrap().to_owned();
    let call = |value: &str| world.client.get("/v1/links").bearer(&world.admin).header("expected-member", value);
    let _ = call(&me).await.expect_status(200);
    for value in ["", "None", "ana@example.com", &me.to_uppercase(), &format!("{{{me}}}"), &format!("{me},{me}")] {
        refused(&call(value).await, 400, "malformed", value);
    }
    refused(&call(&me).and_header("expected-member", &me).await, 400, "malformed", "two headers");
}
