//! API keys: programs act for an organization with them, as far as their scope goes and as long as they are good.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use futures::future::join_all;
use local::Template;
use serde_json::{Value, json};
use tests::{
    World,
    description::Description,
    fault_proxy::Fault,
    http::{Answer, Call},
};

use crate::{
    faults::{at_each_boundary, dying, tell},
    refusals::{self, Still, Who},
};

fn create(world: &World, scope: &str) -> Call {
    world.client.post("/v1/api-keys", json!({"name": format!("To {scope}"), "scope": scope})).bearer(&world.admin)
}

/// A key of this scope: its id and its text.
async fn key(world: &World, scope: &str) -> (String, String) {
    let made = create(world, scope).await.expect_status(201).json();
    let text = |field: &str| made[field].as_str().unwrap().to_owned();
    (text("id"), text("key"))
}

async fn revoke(world: &World, id: &str) -> Answer {
    world.delete(&format!("/v1/api-keys/{id}")).await
}

async fn list(world: &World) -> Vec<Value> {
    world.get("/v1/api-keys").await.expect_status(200).json()["api_keys"].as_array().unwrap().clone()
}

/// Every route for which somebody has to be known, with a body where it takes one.
fn routes(world: &World, link: &tests::world::Link, id: &str) -> Vec<(Who, String, Call)> {
    let call = |method: &str, path: &str| world.client.call(method.parse().unwrap(), path);
    let bodied = refusals::bodied(link, id)
        .into_iter()
        .map(|(who, method, path, body)| (who, format!("{method} {path}"), call(method, &path).json(&body)));
    let bodiless = refusals::bodiless(&link.id, id)
        .into_iter()
        .map(|(who, method, path)| (who, format!("{method} {path}"), call(method, &path)));
    bodied.chain(bodiless).filter(|(who, ..)| *who != Who::Anyone).collect()
}

/// What a person does, and no program: it would hold on to what it has, or let others in as admins. As the API is described.
fn is_for_people(route: &str) -> bool {
    let (method, path) = route.split_once(' ').unwrap();
    let api = Description::get();
    !api.takes_api_keys(api.operation_of(method, path).unwrap())
}

const UNKNOWN: &str = "99999999-9999-4999-8999-999999999999";

#[tokio::test]
async fn a_key_is_shown_once_and_listed_without_its_text() {
    let world = World::start().await;
    let me = world.member_id(&local::FirstOrganization::default().admin_email).await;
    let made = create(&world, "read").await.expect_status(201).json();
    let text = made["key"].as_str().unwrap();
    assert!(text.starts_with("alk_") && text.len() == 90, "{text}");
    let listed = list(&world).await;
    let mut without = made.clone();
    without.as_object_mut().unwrap().remove("key");
    assert_eq!(listed, [without]);
    assert_eq!((&listed[0]["name"], &listed[0]["scope"]), (&json!("To read"), &json!("read")));
    assert_eq!((&listed[0]["created_by"], &listed[0]["last_used_at"]), (&json!(me), &Value::Null));
    // Neither the text nor its secret half is in the table.
    let held = format!("{:?}", world.contents());
    assert!(!held.contains(text) && !held.contains(&text[50..]));
    let two = create(&world, "manage").await.expect_status(201).json();
    let ids: Vec<_> = list(&world).await.iter().map(|key| key["id"].clone()).collect();
    assert_eq!(ids, [two["id"].clone(), made["id"].clone()], "the newest first");
}

#[tokio::test]
async fn a_key_to_read_sees_what_admins_see_and_changes_nothing() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let (_, key) = key(&world, "read").await;
    // It is noted as used now, and then not again for a while.
    world.client.get("/v1/links").bearer(&key).await.expect_status(200);
    let still = Still::new(world).await;
    for (_, route, call) in routes(&still.world, &link, UNKNOWN) {
        let answer = call.bearer(&key).await;
        if is_for_people(&route) {
            refusals::refused(&answer, 403, "forbidden", &route);
        } else if route.starts_with("GET ") {
            assert!([200, 404].contains(&answer.status.as_u16()), "{route}: {}", answer.text());
        } else {
            refusals::refused(&answer, 403, "insufficient_scope", &route);
        }
    }
    still.check();
}

#[tokio::test]
async fn a_key_to_manage_does_what_admins_do_but_for_what_is_a_persons() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let (_, key) = key(&world, "manage").await;
    for (_, route, call) in routes(&world, &link, UNKNOWN) {
        let answer = call.bearer(&key).await;
        if is_for_people(&route) {
            refusals::refused(&answer, 403, "forbidden", &route);
        } else {
            assert!(![401, 403, 500, 503].contains(&answer.status.as_u16()), "{route}: {}", answer.text());
        }
    }
}

#[tokio::test]
async fn every_route_of_an_admin_is_tried_with_keys() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let shape = |route: &str| {
        let (method, path) = route.split_once(' ').unwrap();
        let part = |part: &str| if part.len() >= 26 { "{}".to_owned() } else { part.to_owned() };
        format!("{method} {}", path.split('/').map(part).collect::<Vec<_>>().join("/"))
    };
    let tried: BTreeSet<String> = routes(&world, &link, UNKNOWN).iter().map(|(_, route, _)| shape(route)).collect();
    let template: &Template = &world.running.template;
    let parts = |path: &str| {
        path.split('/')
            .map(|part| if part.starts_with('{') { "{}" } else { part }.to_owned())
            .collect::<Vec<_>>()
            .join("/")
    };
    let all = template.functions.iter().flat_map(|function| &function.routes);
    let all: BTreeSet<String> = all.map(|route| format!("{} {}", route.method, parts(&route.path))).collect();
    let open = [
        "GET /v1/join/{}",
        "GET /v1/logos/{}",
        "POST /v1/join/{}",
        "GET /v1/join/{}/preview",
        "POST /v1/join/{}/opened",
        "POST /v1/join/{}/withdraw",
        "POST /v1/join/{}/correct-address",
        "POST /v1/login-links",
        "POST /v1/sessions",
    ];
    // Its body is a file, not JSON; see the job below.
    let file = "POST /v1/jobs/imports";
    let missing: Vec<_> =
        all.difference(&tried).filter(|route| !open.contains(&route.as_str()) && *route != file).collect();
    assert_eq!(missing, [""; 0]);
}

#[tokio::test]
async fn a_key_that_is_not_good_is_a_strangers() {
    let world = World::start().await;
    let (good, text) = key(&world, "manage").await;
    let (revoked, revoked_text) = key(&world, "manage").await;
    world.client.get("/v1/links").bearer(&text).await.expect_status(200);
    revoke(&world, &revoked).await.expect_status(204);
    let expiring = json!({"name": "Soon over", "scope": "manage", "expires": "2099-01-01"});
    let too_far = world.client.post("/v1/api-keys", expiring).bearer(&world.admin).await;
    assert_eq!(too_far.json()["error"]["fields"]["expires"], "must be within 731 days from now");
    let tomorrow = (chrono::Utc::now() + TimeDelta::hours(6)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let expiring = json!({"name": "Soon over", "scope": "manage", "expires": tomorrow});
    let expiring = world.client.post("/v1/api-keys", expiring).bearer(&world.admin).await.expect_status(201).json();
    let expiring = expiring["key"].as_str().unwrap().to_owned();
    world.client.get("/v1/links").bearer(&expiring).await.expect_status(200);
    world.clock.advance(TimeDelta::hours(7));

    let mut wrong_secret = text.clone();
    wrong_secret.replace_range(70..71, if &text[70..71] == "A" { "B" } else { "A" });
    let mut elsewhere = text.clone();
    elsewhere.replace_range(6..7, if &text[6..7] == "A" { "B" } else { "A" });
    let still = Still::new(world).await;
    for (what, key) in [
        ("revoked", &revoked_text),
        ("expired", &expiring),
        ("of another secret", &wrong_secret),
        ("of another organization", &elsewhere),
        ("cut short", &text[..89].to_owned()),
        ("no key at all", &"alk_".to_owned()),
    ] {
        for call in [still.call("GET", "/v1/links"), still.call("DELETE", &format!("/v1/units/{good}"))] {
            refusals::refused(&call.bearer(key).await, 401, "unauthenticated", what);
        }
    }
    still.check();
}

#[tokio::test]
async fn what_a_key_does_is_recorded_as_its_doing() {
    let world = World::start().await;
    let (id, text) = key(&world, "manage").await;
    let by = format!("key:{id}");
    let link = json!({"name": "By a program", "admission": "approval"});
    let link = world.client.post("/v1/links", link).bearer(&text).await.expect_status(201).json();
    assert_eq!(link["created_by"], by);
    world.register(link["code"].as_str().unwrap(), "ana@example.com").await.expect_status(202);
    let ana = world.member_id("ana@example.com").await;
    let granted = world.client.post("/v1/members/grants", json!({"members": [ana]})).bearer(&text).await.json();
    assert_eq!(granted["results"][0]["outcome"], "granted");
    let stats = world.get(&format!("/v1/links/{}/stats", link["id"].as_str().unwrap())).await.json();
    assert_eq!(stats["enrollments"][0]["granted_by"], by);
    let csv = world.client.get(&format!("/v1/links/{}/stats", link["id"].as_str().unwrap()));
    let csv = csv.header("accept", "text/csv").bearer(&text).await.expect_status(200);
    assert!(csv.text().contains("\"To manage\""), "{}", csv.text());

    let records = world.get("/v1/audit").await.json()["records"].as_array().unwrap().clone();
    let acts: Vec<_> =
        records.iter().map(|record| (record["act"].as_str().unwrap(), record["by"]["id"].clone())).collect();
    assert_eq!(acts[..2], [("access_granted", json!(by)), ("link_created", json!(by))]);
    assert_eq!(records[0]["by"]["name"], "To manage");
    let made = &records[2];
    assert_eq!((&made["act"], &made["subject"]["kind"]), (&json!("api_key_created"), &json!("api_key")));
    assert_eq!((&made["subject"]["id"], &made["subject"]["name"]), (&json!(id), &json!("To manage")));
    assert!(!made.to_string().contains("hash"));

    assert!(list(&world).await[0]["last_used_at"].is_string());
    revoke(&world, &id).await.expect_status(204);
    let before = world.contents();
    revoke(&world, &id).await.expect_status(204);
    assert_eq!(world.contents(), before, "once is enough");
    assert!(list(&world).await[0]["revoked_at"].is_string());
    let last = &world.get("/v1/audit?limit=1").await.json()["records"][0];
    assert_eq!((&last["act"], &last["after"]), (&json!("api_key_revoked"), &json!({"revoked": true})));
}

#[tokio::test]
async fn what_a_key_ordered_is_done_until_the_key_is_revoked() {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({"admission": "approval"})).await;
    for number in 0..3 {
        world.register(&link.code, &format!("worker{number}@example.com")).await.expect_status(202);
    }
    let (_, good) = key(&world, "manage").await;
    let (id, ended) = key(&world, "manage").await;
    let order = |key: &str| world.client.post("/v1/jobs/grants", json!({"filter": {"link": link.id}})).bearer(key);
    let first = order(&ended).await.expect_status(202).json()["id"].as_str().unwrap().to_owned();
    revoke(&world, &id).await.expect_status(204);
    while world.work().await {}
    let job = world.job(&first).await;
    assert_eq!((&job["state"], &job["reason"]), (&json!("cancelled"), &json!("key_gone")));
    assert_eq!(job["created_by"], format!("key:{id}"));
    let second = order(&good).await.expect_status(202).json()["id"].as_str().unwrap().to_owned();
    while world.work().await {}
    let job = world.job(&second).await;
    assert_eq!((&job["state"], &job["outcomes"]), (&json!("done"), &json!({"granted": 3})));
    let people = "name,email\nAda King,ada@example.com\n";
    let import = world.client.call(hyper::Method::POST, "/v1/jobs/imports?access=granted").body("text/csv", people);
    import.bearer(&good).await.expect_status(202);
}

#[tokio::test]
async fn there_are_fifty_keys_at_most_whoever_asks_at_once() {
    let world = World::start().await;
    let answers = join_all((0..60).map(|_| create(&world, "read").into_future())).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    let refused =
        answers.iter().filter(|answer| answer.status == 409 && answer.error_code() == "too_many_keys").count();
    assert!(made <= 50 && made + refused + answers.iter().filter(|answer| answer.status == 503).count() == 60);
    for _ in made..50 {
        create(&world, "read").await.expect_status(201);
    }
    assert_eq!(create(&world, "read").await.error_code(), "too_many_keys");
    let first = list(&world).await[0]["id"].as_str().unwrap().to_owned();
    revoke(&world, &first).await.expect_status(204);
    revoke(&world, &first).await.expect_status(204);
    create(&world, "read").await.expect_status(201);
    assert_eq!(create(&world, "read").await.error_code(), "too_many_keys", "a key revoked twice makes room once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_whose_making_or_revoking_dies_is_there_with_its_record_or_not_at_all() {
    let world = World::start().await;
    let recorded = |act: &str| world.items("audit").iter().filter(|record| record["act"]["S"] == act).count();
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let (keys, made) = (world.items("api_key").len(), recorded("api_key_created"));
        let call = world.client.post("/v1/api-keys", json!({"name": "Some key", "scope": "read"}));
        let (answer, dead) = dying(&world, case, call).await;
        assert!(dead || answer.status == 201, "{}", answer.text());
        let put = world.items("api_key").len() - keys;
        assert!(put <= 1 && recorded("api_key_created") == made + put);
        tell(&world, dead);
    })
    .await;
    world.proxy.revive();
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let (id, _) = key(&world, "read").await;
        let before = recorded("api_key_revoked");
        let (answer, dead) = dying(&world, case, world.client.delete(&format!("/v1/api-keys/{id}"))).await;
        assert!(dead || answer.status == 204, "{}", answer.text());
        revoke(&world, &id).await.expect_status(204);
        assert_eq!(recorded("api_key_revoked"), before + 1);
        tell(&world, dead);
    })
    .await;
}

#[tokio::test]
async fn a_key_whose_answers_are_lost_is_made_and_revoked_once() {
    let world = World::start().await;
    (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    let (id, text) = key(&world, "read").await;
    assert_eq!(world.items("api_key").len(), 1);
    world.client.get("/v1/links").bearer(&text).await.expect_status(200);
    (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    revoke(&world, &id).await.expect_status(204);
    world.client.get("/v1/links").bearer(&text).await.expect_status(401);
}
