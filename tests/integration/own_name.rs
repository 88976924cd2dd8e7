//! A name that a registration gave is the member's to correct, once.

use serde_json::{Value, json};
use tests::{World, fault_proxy::Fault};

use crate::refusals::refused;

const ANA: &str = "ana@example.com";

/// Somebody registers Ana's address under a name of their own, and Ana signs in.
async fn registered_by_somebody_else(world: &World) -> String {
    let link = world.link(json!({})).await;
    let body = json!({"name": "Not Ana", "email": ANA});
    world.client.post(&format!("/v1/join/{}", link.code), body).await.expect_status(202);
    world.sign_in(ANA).await
}

async fn me(world: &World, session: &str) -> Value {
    world.client.get("/v1/me").bearer(session).await.expect_status(200).json()["member"].clone()
}

#[tokio::test]
async fn a_member_corrects_the_name_that_somebody_else_gave_them_once() {
    let world = World::start().await;
    let ana = registered_by_somebody_else(&world).await;
    let name = |name: &str| world.client.patch("/v1/me", json!({"name": name})).bearer(&ana);
    assert_eq!(me(&world, &ana).await["name_confirmed"], false);
    for wrong in ["", " ", "a\u{202e}b"] {
        refused(&name(wrong).await, 422, "invalid_fields", wrong);
    }
    let answer = name(" Ana López ").await.expect_status(200);
    assert_eq!(answer.json(), me(&world, &ana).await);
    assert_eq!((&answer.json()["name"], &answer.json()["name_confirmed"]), (&json!("Ana López"), &json!(true)));
    let there = world.contents();
    assert_eq!(name("Ana López").await.expect_status(200).json(), answer.json(), "sent again");
    refused(&name("Another").await, 409, "name_confirmed", "a second time");
    assert_eq!(world.contents(), there);
    let id = world.member_id(ANA).await;
    let seen = world.get(&format!("/v1/members/{id}")).await.expect_status(200).json();
    assert_eq!(seen["member"]["name"], "Ana López");
}

#[tokio::test]
async fn a_name_of_an_admins_is_no_members_to_change() {
    let world = World::start().await;
    let ana = registered_by_somebody_else(&world).await;
    let id = world.member_id(ANA).await;
    let _ = world.patch(&format!("/v1/members/{id}"), json!({"name": "Ana by admin"})).await.expect_status(200);
    assert_eq!(me(&world, &ana).await["name_confirmed"], true);
    let call = world.client.patch("/v1/me", json!({"name": "Ana"})).bearer(&ana);
    refused(&call.await, 409, "name_confirmed", "an admin gave it");
    let admin = world.client.patch("/v1/me", json!({"name": "Somebody"})).bearer(&world.admin);
    refused(&admin.await, 409, "name_confirmed", "the operator gave it");
}

#[tokio::test]
async fn a_confirmed_name_stays_confirmed_when_somebody_registers_its_address_again() {
    let world = World::start().await;
    let ana = registered_by_somebody_else(&world).await;
    let name = json!({"name": "Ana López"});
    world.client.patch("/v1/me", name).bearer(&ana).await.expect_status(200);
    let admin = json!({"name": "Somebody", "email": "admin@example.com"});
    let again = json!({"name": "Not Ana", "email": ANA});
    let other = world.link(json!({})).await;
    for registration in [again, admin] {
        world.client.post(&format!("/v1/join/{}", other.code), registration).await.expect_status(202);
    }
    let seen = me(&world, &ana).await;
    assert_eq!((&seen["name"], &seen["name_confirmed"]), (&json!("Ana López"), &json!(true)));
    assert_eq!(me(&world, &world.admin).await["name_confirmed"], true, "a name that the operator gave");
}

#[tokio::test]
async fn a_name_is_confirmed_once_through_every_fault() {
    let world = World::start().await;
    let ana = registered_by_somebody_else(&world).await;
    let conditional = || tests::fault_proxy::Matching::operation("UpdateItem").mentioning("name_unconfirmed");
    for fault in [Fault::Throttle, Fault::LoseAnswer, Fault::InternalError] {
        world.proxy.fail_next(conditional(), fault);
        let call = world.client.patch("/v1/me", json!({"name": "Ana López"})).bearer(&ana);
        assert_eq!(call.await.expect_status(200).json()["name"], "Ana López", "{fault:?}");
    }
}
