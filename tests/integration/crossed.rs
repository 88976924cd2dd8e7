//! Two acts that cross: one has read what it decides by, and before it writes the other is done. What the first then writes must
//! hold only if it still may.

use futures::future::join;
use local::FirstOrganization;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::Matching,
    http::{Answer, Call},
};

fn member(world: &World, id: &str) -> Value {
    world.items("member").into_iter().find(|item| item["id"]["S"] == id).unwrap_or_default()
}

/// Makes the first call, holds its transaction, which must mention this text, does `between`, and lets it go on.
async fn crossing(world: &World, first: Call, mention: &str, between: impl AsyncFn()) -> Answer {
    let mut pause = world.proxy.hold_next(Matching::operation("TransactWriteItems").mentioning(mention));
    let first = first.bearer(&world.admin);
    let second = async {
        pause.reached().await;
        between().await;
        pause.release();
    };
    join(async { first.await }, second).await.0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_becomes_an_admin_while_their_access_is_revoked_is_not_shut_out() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    world.sign_in("ana@example.com").await;
    let ana = world.member_id("ana@example.com").await;
    let revoke = world.client.post("/v1/members/revocations", json!({"members": [ana]}));
    let revoked = crossing(&world, revoke, "revoked", async || {
        let body = json!({"email": "ana@example.com", "name": "Ana"});
        world.post("/v1/admins", body).await.expect_status(201);
    })
    .await;
    assert_eq!(revoked.json()["results"][0]["outcome"], "is_admin");
    let is = member(&world, &ana);
    assert_eq!((&is["role"]["S"], &is["access"]["S"]), (&json!("admin"), &json!("granted")));
    // So the organization keeps one who can sign in when the other goes.
    let me = world.member_id(&FirstOrganization::default().admin_email).await;
    world.delete(&format!("/v1/admins/{me}")).await.expect_status(204);
    world.login_token("ana@example.com", 2).await;
    let ana = world.sign_in("ana@example.com").await;
    let _ = world.client.get("/v1/admins").bearer(&ana).await.expect_status(200);
}
