//! Two acts that cross: one has read what it decides by, and before it writes the other is done. What the first then writes must
//! hold only if it still may.

use std::time::Duration;

use chrono::TimeDelta;
use futures::future::join;
use local::FirstOrganization;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Matching, Moment},
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

/// The items that name this member, but for the records of what admins did and spent login links.
fn traces(world: &World, id: &str) -> Vec<Value> {
    let contents = world.contents();
    let of = |((partition, _), item): (&(String, String), &Value)| {
        let named = partition.contains(id) || item.to_string().contains(id);
        (named && item["entity"]["S"] != "audit" && item["entity"]["S"] != "token").then(|| item.clone())
    };
    contents.iter().filter_map(of).collect()
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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_erased_while_they_are_restored_stays_erased() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval", "cap": 9})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let ana = world.member_id("ana@example.com").await;
    assert_eq!(world.grant(&ana).await, "granted");
    world.post("/v1/members/revocations", json!({"members": [ana]})).await.expect_status(200);
    // The erasure has begun and is held before its end.
    let mut pause = world.proxy.hold_next(Matching::operation("TransactWriteItems").mentioning("access_restored"));
    let restore = world.client.post("/v1/members/restorations", json!({"members": [ana]})).bearer(&world.admin);
    let erase = async {
        pause.reached().await;
        let mut last = world.proxy.hold_next(Matching::operation("TransactWriteItems").mentioning("#SUPPRESSED"));
        let erase = async { world.delete(&format!("/v1/members/{ana}")).await };
        let rest = async {
            last.reached().await;
            pause.release();
            tokio::time::sleep(Duration::from_millis(300)).await;
            let during = member(&world, &ana);
            last.release();
            during
        };
        join(erase, rest).await
    };
    let (restored, (erased, during)) = join(async { restore.await }, erase).await;
    assert_eq!(erased.status, 204);
    assert_eq!(during["access"]["S"], "revoked", "{during}");
    assert!(during["GSI1PK"].is_null(), "back in the list: {during}");
    assert_eq!(restored.json()["results"][0]["outcome"], "not_found");
    assert_eq!(traces(&world, &ana), Vec::<Value>::new());
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn units_given_while_somebody_is_erased_leave_no_trace_of_them() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let link = world.link(json!({"admission": "approval"})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let ana = world.member_id("ana@example.com").await;
    assert_eq!(world.grant(&ana).await, "granted");
    let change = world.client.patch(&format!("/v1/members/{ana}"), json!({"allocation": {"sites": [site]}}));
    let mut pause = world.proxy.hold_next(Matching::operation("TransactWriteItems").mentioning(&site));
    let between = async {
        pause.reached().await;
        let mut last = world.proxy.hold_next(Matching::operation("TransactWriteItems").mentioning("#SUPPRESSED"));
        let erase = async { world.delete(&format!("/v1/members/{ana}")).await };
        let rest = async {
            last.reached().await;
            pause.release();
            tokio::time::sleep(Duration::from_millis(300)).await;
            last.release();
        };
        join(erase, rest).await.0
    };
    let (changed, erased) = join(async { change.bearer(&world.admin).await }, between).await;
    assert_eq!((changed.status.as_u16(), erased.status.as_u16()), (404, 204), "{}", changed.text());
    assert_eq!(traces(&world, &ana), Vec::<Value>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_mail_asked_for_while_somebody_is_erased_leaves_no_trace_of_them() {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({"admission": "approval"})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let ana = world.member_id("ana@example.com").await;
    assert_eq!(world.grant(&ana).await, "granted");
    world.client.post("/v1/login-links", json!({"email": "ana@example.com"})).await.expect_status(202);
    // The mail is written by whoever works off the request.
    let mut held = world.proxy.hold_next(Matching::operation("TransactWriteItems").mentioning("login"));
    let erase = async {
        held.reached().await;
        let _ = world.delete(&format!("/v1/members/{ana}")).await.expect_status(204);
        held.release();
    };
    join(world.work_off(), erase).await;
    world.deliver().await;
    assert_eq!(traces(&world, &ana), Vec::<Value>::new());
}

#[tokio::test]
async fn whoever_left_the_waiting_list_half_way_keeps_nobody_behind_them_from_a_seat() {
    let mut world = World::start().await;
    let link = world.link(json!({"cap": 1, "overflow": "waiting_list", "admit_waiting": true})).await;
    for email in ["a@example.com", "b@example.com", "c@example.com"] {
        world.register(&link.code, email).await.expect_status(202);
        world.clock.advance(TimeDelta::seconds(1));
    }
    // The process that revokes the first who waits dies when they are out, and before they are off the list.
    let first = world.member_id("b@example.com").await;
    let sought = Matching::operation("TransactWriteItems").mentioning("revoked");
    world.dies_behind(sought, world.post("/v1/members/revocations", json!({"members": [first]}))).await;
    assert_eq!(member(&world, &first)["access"]["S"], "revoked");
    // The seat lapses, and goes to the next who may have it.
    world.clock.advance(TimeDelta::hours(49));
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.sign_in_admin_again().await;
    let by_state = world.stats(&link).await["by_state"].clone();
    assert_eq!((&by_state["reserved"], &by_state["waiting"]), (&json!(1), &json!(0)), "{by_state}");
    assert_eq!(by_state["removed"], 1);
    world.sign_in("c@example.com").await;
    world.check_books(&link);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_worker_that_lost_its_job_takes_no_rows_from_the_one_that_has_it() {
    let world = World::start_without_stream(|_| {}).await;
    let mut file = String::from("name,email\n");
    (0..120).for_each(|number| file.push_str(&format!("Worker,worker{number}@example.com\n")));
    let upload = world.client.post("/v1/jobs/imports?access=pending", json!({})).body("text/csv", file);
    upload.bearer(&world.admin).await.expect_status(202);
    let page = |number: u8| {
        let sought = Matching::operation("GetItem").mentioning(&format!("#PAGE#{number:06}"));
        world.proxy.hold_next(sought)
    };
    let mut at_first = page(0);
    let late = async { world.work().await };
    let rest = async {
        at_first.reached().await;
        // Its lease is over, and another goes on, beyond the page the first one is about to read.
        world.clock.advance(TimeDelta::minutes(3));
        world.running.run_schedule("sweep-expired").await.unwrap();
        let mut at_second = page(1);
        let other = async { world.work().await };
        let between = async {
            at_second.reached().await;
            at_first.release();
            tokio::time::sleep(Duration::from_millis(300)).await;
            at_second.release();
        };
        join(other, between).await.0
    };
    assert_eq!(join(late, rest).await, (true, true));
    let job = &world.items("job")[0];
    assert_eq!(
        (&job["state"]["S"], &job["outcomes"]["M"]),
        (&json!("done"), &json!({"created": {"N": "120"}})),
        "{job}"
    );
    assert_eq!(world.items("job_page").len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_is_to_admit_the_waiting_stays_due_whatever_is_settled_meanwhile() {
    let world = World::start_with(|options| options.schedules = false).await;
    let link = world.link(json!({"cap": 80, "overflow": "waiting_list", "admission": "approval"})).await;
    for number in 0..160 {
        world.register(&link.code, &format!("p{number}@example.com")).await.expect_status(202);
    }
    // Its admins are told that it is full, so that it is not looked at for that; and its seats come free.
    world.running.run_schedule("sweep-expired").await.unwrap();
    let states = world.stats(&link).await;
    let rows = states["enrollments"].as_array().unwrap().iter().filter(|row| row["state"] == "pending");
    let pending: Vec<_> = rows.map(|row| row["member"]["id"].clone()).collect();
    assert_eq!(pending.len(), 80);
    world.post("/v1/members/refusals", json!({"members": pending})).await.expect_status(200);

    let of_link = || Matching::operation("TransactWriteItems").mentioning(&link.id);
    let path = format!("/v1/links/{}", link.id);
    let version = world.show(&link).await["version"].as_u64().unwrap();
    let mut written = world.proxy.hold_next_at(of_link(), Moment::Applied);
    let terms = json!({"version": version, "domains": {"only": ["a.example"], "others": "approval"}});
    let first = async { world.patch(&path, terms).await };
    let rest = async {
        written.reached().await;
        let mut settled = world.proxy.hold_next(of_link());
        written.release();
        settled.reached().await;
        let mut told = world.proxy.hold_next_at(of_link(), Moment::Applied);
        let second = async { world.patch(&path, json!({"version": version + 1, "admit_waiting": true})).await };
        let order = async {
            told.reached().await;
            settled.release();
            tokio::time::sleep(Duration::from_millis(300)).await;
            told.release();
        };
        join(second, order).await.0
    };
    let (one, other) = join(first, rest).await;
    assert_eq!((one.status.as_u16(), other.status.as_u16()), (200, 200), "{} {}", one.text(), other.text());
    for _ in 0..2 {
        world.running.run_schedule("sweep-expired").await.unwrap();
    }
    let by_state = world.stats(&link).await["by_state"].clone();
    assert_eq!((&by_state["pending"], &by_state["waiting"]), (&json!(80), &json!(0)), "{by_state}");
    world.check_books(&link);
}
