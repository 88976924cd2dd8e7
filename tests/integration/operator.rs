//! What an operator does with organizations: creates them once, sees them all, and closes one without touching another.

use chrono::TimeDelta;
use futures::future::join_all;
use local::FirstOrganization;
use serde_json::{Value, json};
use tests::World;

use crate::faults::{at_each_boundary, tell};

const ADA: &str = "ada@acme.example";
const WORKER: &str = "worker.unmistakable@example.com";

fn acme(more: Value) -> Value {
    let mut event = json!({"name": "Acme", "admin_name": "Ada", "admin_email": ADA, "time_zone": "Europe/Berlin"});
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    event
}

async fn create(world: &World, more: Value) -> Value {
    world.running.invoke("create-organization", acme(more)).await.expect("an answer")
}

/// The text of the error that an operation answers with.
async fn refusal(world: &World, operation: &str, event: Value) -> String {
    format!("{:#}", world.running.invoke(operation, event).await.expect_err("an error"))
}

async fn organizations(world: &World) -> Vec<Value> {
    let answer = world.running.invoke("list-organizations", json!({})).await.expect("a list");
    answer["organizations"].as_array().unwrap().clone()
}

async fn state(world: &World, id: &Value) -> String {
    let all = organizations(world).await;
    let found = all.iter().find(|one| one["id"] == *id).expect("it is listed");
    found["state"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn creating_an_organization_again_creates_no_second_one() {
    let world = World::start().await;
    let all = join_all((0..8).map(|_| create(&world, json!({})))).await;
    assert_eq!(all.iter().filter(|one| one["created"] == true).count(), 1, "{all:?}");
    assert!(all.iter().all(|one| one["organization_id"] == all[0]["organization_id"]), "{all:?}");
    world.login_token(ADA, 1).await;
    world.running.rest().await;
    let before = world.contents();
    // Case is no difference in an address, nor in a name.
    let again =
        create(&world, json!({"name": "ACME", "admin_email": "Ada@Acme.Example", "time_zone": "Asia/Tokyo"})).await;
    assert_eq!((&again["created"], &again["organization_id"]), (&json!(false), &all[0]["organization_id"]));
    assert_eq!(world.contents(), before);
    assert_eq!(world.mails_to(ADA), 1);

    // Whoever wants another one says so.
    let other = create(&world, json!({"key": "the-second-Acme"})).await;
    assert_eq!(other["created"], true);
    assert_ne!(other["organization_id"], all[0]["organization_id"]);
    assert_eq!(create(&world, json!({"key": "the-second-Acme"})).await["created"], false);
    assert_eq!(create(&world, json!({"admin_email": "bo@acme.example"})).await["created"], true);
    assert!(refusal(&world, "create-organization", acme(json!({"key": "a,b"}))).await.contains("key: "));
    assert_eq!(organizations(&world).await.len(), 4);
}

#[tokio::test]
async fn all_organizations_are_listed_page_by_page_the_oldest_first() {
    let world = World::start().await;
    for number in 0..4 {
        world.clock.advance(TimeDelta::seconds(1));
        create(&world, json!({"name": format!("Company {number}")})).await;
    }
    let mut names = Vec::new();
    let mut event = json!({"limit": 2});
    let mut pages = 0;
    loop {
        let page = world.running.invoke("list-organizations", event.clone()).await.unwrap();
        names.extend(
            page["organizations"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()),
        );
        pages += 1;
        if page["next"].is_null() {
            break;
        }
        event["after"] = page["next"].clone();
    }
    assert_eq!(names, ["Demo", "Company 0", "Company 1", "Company 2", "Company 3"]);
    assert_eq!(pages, 3);
    for (event, field) in
        [(json!({"limit": 0}), "limit: "), (json!({"limit": 1001}), "limit: "), (json!({"after": {}}), "after: ")]
    {
        assert!(refusal(&world, "list-organizations", event).await.contains(field));
    }
}

/// An organization beside the world's own, with somebody in each state.
struct Acme {
    id: Value,
    admin: String,
    worker: String,
    key: String,
    code: String,
    link: String,
}

async fn settled_acme(world: &World) -> Acme {
    let id = create(world, json!({})).await["organization_id"].clone();
    let admin = world.sign_in(ADA).await;
    let post = async |path: &str, body: Value| world.client.post(path, body).bearer(&admin).await;
    let link =
        post("/v1/links", json!({"name": "Crew", "admission": "instant", "cap": 9})).await.expect_status(201).json();
    let waiting = post("/v1/links", json!({"name": "Yard", "admission": "approval"})).await.expect_status(201).json();
    let key = post("/v1/api-keys", json!({"name": "HR", "scope": "manage"})).await.expect_status(201).json();
    post("/v1/webhooks", json!({"url": "http://localhost:9/hook"})).await.expect_status(201);
    post("/v1/admins", json!({"email": "bo@acme.example", "name": "Bo"})).await.expect_status(201);
    let code = link["code"].as_str().unwrap().to_owned();
    let mails = world.login_texts_to(WORKER).len();
    world.register(&code, WORKER).await.expect_status(202);
    world.login_token(WORKER, mails + 1).await;
    let worker = world.sign_in(WORKER).await;
    world.register(&code, "reserved@example.com").await.expect_status(202);
    world.register(waiting["code"].as_str().unwrap(), "pending@example.com").await.expect_status(202);
    let key = key["key"].as_str().unwrap().to_owned();
    Acme { id, admin, worker, key, code, link: link["id"].as_str().unwrap().to_owned() }
}

impl Acme {
    async fn close(&self, world: &World) -> anyhow::Result<Value> {
        world.running.invoke("close-organization", json!({"organization_id": self.id, "name": "Acme"})).await
    }

    /// That nobody gets in any more, by whatever way.
    async fn expect_shut(&self, world: &World) {
        for session in [&self.admin, &self.worker] {
            let _ = world.client.get("/v1/me").bearer(session).await.expect_status(401);
        }
        let _ = world.client.get("/v1/links").bearer(&self.key).await.expect_status(401);
        let seen = world.client.get(&format!("/v1/join/{}", self.code)).await.expect_status(404);
        assert_eq!(seen.error_code(), "link_not_found");
        assert_eq!(world.register(&self.code, "new@example.com").await.error_code(), "link_not_found");
        let members = world.items("member").into_iter().filter(|member| member["organization"]["S"] == self.id);
        for member in members {
            assert_eq!(
                (&member["access"]["S"], &member["role"]["S"]),
                (&json!("revoked"), &json!("member")),
                "{member}"
            );
        }
        let of = |item: &Value| item["organization"]["S"] == self.id;
        assert!(world.items("webhook").iter().all(|one| !of(one)), "a webhook is left");
        assert!(world.items("admin").iter().all(|one| !of(one)), "an admin is left");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closed_organization_lets_nobody_in_and_leaves_the_others_alone() {
    let world = World::start_with(|options| {
        options.environment.insert("MAILS_PER_RECIPIENT_HOUR".to_owned(), "1000".to_owned());
    })
    .await;
    let ours = world.link(json!({"cap": 5})).await;
    world.register(&ours.code, WORKER).await.expect_status(202);
    let here = world.sign_in(WORKER).await;
    let acme = settled_acme(&world).await;
    world.running.rest().await;

    let before = world.contents();
    let close = |id: Value, name: &str| json!({"organization_id": id, "name": name});
    for (event, said) in [
        (close(acme.id.clone(), "Acme Welding"), "name: "),
        (close(json!("77777777-7777-4777-8777-777777777777"), "Acme"), "organization_id: "),
        (close(json!("Acme"), "Acme"), "organization_id: "),
    ] {
        assert!(refusal(&world, "close-organization", event).await.contains(said));
    }
    assert_eq!(world.contents(), before);

    let closed = acme.close(&world).await.unwrap();
    assert_eq!((&closed["state"], &closed["name"]), (&json!("closing"), &json!("Acme")));
    acme.expect_shut(&world).await;
    // A login link is no way back, and nobody is mailed.
    let mails = [ADA, WORKER, "reserved@example.com", "pending@example.com"].map(|to| (to, world.mails_to(to)));
    for (to, count) in mails {
        world.client.post("/v1/login-links", json!({"email": to})).await.expect_status(202);
        world.running.rest().await;
        // Whom the other organization knows too, it mails.
        assert_eq!(world.mails_to(to), count + usize::from(to == WORKER), "{to}");
    }
    assert_eq!(acme.close(&world).await.unwrap()["closed_at"], closed["closed_at"], "closing again changes nothing");
    assert!(refusal(&world, "create-organization", acme_again()).await.contains("key: "));

    let _ = world.client.get("/v1/me").bearer(&here).await.expect_status(200);
    world.register(&ours.code, "newcomer@example.com").await.expect_status(202);
    world.check_books(&ours);
    let demo = organizations(&world).await.into_iter().find(|one| one["name"] == "Demo").unwrap();
    assert_eq!((&demo["state"], &demo["closed_at"]), (&json!("open"), &Value::Null));
}

fn acme_again() -> Value {
    acme(json!({}))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_ends_only_when_a_later_look_finds_nothing_and_people_are_erased_after_90_days() {
    let world = World::start().await;
    let acme = settled_acme(&world).await;
    acme.close(&world).await.unwrap();
    world.running.run_schedule("sweep-expired").await.unwrap();
    assert_eq!(state(&world, &acme.id).await, "closing");

    // A request that was let in before writes after everybody was shut out.
    let late = world.running.app.store.link(acme.id.as_str().unwrap().parse_id(), acme.link.parse_id()).await.unwrap();
    let mut late = late.unwrap();
    late.id = "01900000-0000-7000-8000-0000000000ff".parse_id();
    late.code = shared::domain::LinkCode::parse("zzzzzzzzzzzzzzzzzzzzzzzzzz").unwrap();
    late.state = shared::domain::LinkState::Active;
    late.deleted = None;
    world.running.app.store.create_link(&late, None).await.unwrap();
    world.register("zzzzzzzzzzzzzzzzzzzzzzzzzz", "late@example.com").await.expect_status(202);
    world.clock.advance(TimeDelta::minutes(5));
    world.running.run_schedule("sweep-expired").await.unwrap();
    assert_eq!(world.register("zzzzzzzzzzzzzzzzzzzzzzzzzz", "later@example.com").await.error_code(), "link_not_found");
    acme.expect_shut(&world).await;
    assert_eq!(state(&world, &acme.id).await, "closing", "that look found something");
    world.clock.advance(TimeDelta::minutes(5));
    world.running.run_schedule("sweep-expired").await.unwrap();
    assert_eq!(state(&world, &acme.id).await, "closed");

    world.clock.advance(TimeDelta::days(89));
    world.running.run_schedule("sweep-expired").await.unwrap();
    assert_eq!(state(&world, &acme.id).await, "closed");
    let held = || format!("{:?}", world.contents());
    assert!(held().contains(WORKER));
    world.clock.advance(TimeDelta::days(1));
    for _ in 0..3 {
        world.running.run_schedule("sweep-expired").await.unwrap();
    }
    assert_eq!(state(&world, &acme.id).await, "erased");
    for word in [WORKER, ADA, "reserved@example.com", "pending@example.com", "late@example.com", "bo@acme.example"] {
        assert!(!held().contains(word), "{word}");
    }
    assert!(held().contains(&FirstOrganization::default().admin_email));
    world.running.run_schedule("sweep-expired").await.unwrap();
    assert_eq!(organizations(&world).await.len(), 2, "it stays listed");
}

/// Reads an id that a test knows to be one.
trait ParseId {
    fn parse_id<T: serde::de::DeserializeOwned>(&self) -> T;
}

impl ParseId for str {
    fn parse_id<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_value(json!(self)).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_closing_whose_process_dies_is_finished_by_the_sweep() {
    let world = World::start().await;
    let number = std::sync::atomic::AtomicU32::new(0);
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let number = number.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let email = format!("admin{number}@acme.example");
        let id = create(&world, json!({"admin_email": email})).await["organization_id"].clone();
        let admin = world.sign_in(&email).await;
        // With a cap it has one lot; without one it has 64, each of which is a call.
        let link = json!({"name": "Crew", "admission": "instant", "cap": 8});
        let link = world.client.post("/v1/links", link).bearer(&admin).await.expect_status(201).json();
        let code = link["code"].as_str().unwrap();
        world.register(code, &format!("worker{number}@example.com")).await.expect_status(202);
        world.running.rest().await;
        let (nth, boundary) = crate::faults::boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        let event = json!({"organization_id": id, "name": "Acme"});
        let answer = world.running.invoke("close-organization", event.clone()).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        assert!(dead || answer.is_ok(), "{answer:?}");
        // Unless nothing was written at all, the sweep does it; then closing it again does.
        if state(&world, &id).await == "open" {
            world.running.invoke("close-organization", event).await.unwrap();
        }
        world.clock.advance(TimeDelta::minutes(5));
        world.running.run_schedule("sweep-expired").await.unwrap();
        let _ = world.client.get("/v1/me").bearer(&admin).await.expect_status(401);
        assert_eq!(world.register(code, "new@example.com").await.error_code(), "link_not_found");
        let members = world.items("member").into_iter().filter(|member| member["organization"]["S"] == id);
        assert!(members.into_iter().all(|member| member["access"]["S"] == "revoked"), "somebody is in");
        tell(&world, dead);
    })
    .await;
}
