//! Nothing is half done: an operation's process dies at each of its calls in turn, before the call is applied and after; answers
//! are lost; the table is out of reach. What is there afterwards is all or nothing, and the same call again completes it.

mod members;

use futures::future::join_all;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Boundary, Fault, FaultPlan},
    http::{Answer, Call},
    world::Link,
};

/// More calls than any operation makes here.
const MOST_CALLS: u64 = 80;

/// Runs `case` for each boundary of an operation's calls: it is told the number of the case, must run the operation with the
/// process dying as arranged, and check what is there. Ends with the first case in which the operation lived.
pub async fn at_each_boundary(world: &World, case: impl AsyncFn(u64)) {
    for boundary in [Boundary::Before, Boundary::After] {
        for nth in 1..=MOST_CALLS {
            world.proxy.kill_at(nth, boundary);
            case(nth + if boundary == Boundary::After { MOST_CALLS } else { 0 }).await;
            let lived = !world.proxy.is_dead();
            world.proxy.revive();
            if lived {
                assert!(nth > 1, "the operation made no call");
                break;
            }
            assert!(nth < MOST_CALLS, "the operation never lived");
        }
    }
}

/// The call at which the process dies in a case of [`at_each_boundary`], and on which side of it.
pub fn boundary_of(case: u64) -> (u64, Boundary) {
    if case > MOST_CALLS { (case - MOST_CALLS, Boundary::After) } else { (case, Boundary::Before) }
}

/// Makes the call of a case, its process dying as arranged, and gives the answer and whether it died.
pub async fn dying(world: &World, case: u64, call: Call) -> (Answer, bool) {
    world.proxy.revive();
    let (nth, boundary) = boundary_of(case);
    world.proxy.kill_at(nth, boundary);
    let answer = call.bearer(&world.admin).await;
    let dead = world.proxy.is_dead();
    world.proxy.revive();
    (answer, dead)
}

/// Tells the row of cases that in this one the process died.
pub fn tell(world: &World, dead: bool) {
    if dead {
        world.proxy.kill_at(0, Boundary::Before);
    }
}

fn enrollments_of(world: &World, link: &Link) -> Vec<Value> {
    let all = world.items("enrollment");
    all.into_iter().filter(|enrollment| enrollment["link"]["S"] == link.id.as_str()).collect()
}

fn mails_for(world: &World, member: &Value) -> usize {
    world.items("mail").iter().filter(|mail| mail["member"] == *member).count()
}

/// Those that a registration wrote; registering again sends others.
fn registration_mails_for(world: &World, member: &Value) -> usize {
    let mails = world.items("mail");
    mails.iter().filter(|mail| mail["member"] == *member && mail["kind"]["S"] == "registration").count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_registration_whose_process_dies_leaves_all_of_it_or_nothing() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 1_000})).await;
    at_each_boundary(&world, async |case| {
        let email = format!("worker{case}@example.com");
        let before = enrollments_of(&world, &link).len();
        let answer = world.register(&link.code, &email).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        let enrolled = enrollments_of(&world, &link).len() - before;
        assert!(enrolled <= 1);
        assert!(dead || answer.status == 202, "{}", answer.text());
        world.check_books(&link);
        // The same call again completes it, whatever was there.
        world.register(&link.code, &email).await.expect_status(202);
        let enrollments = enrollments_of(&world, &link);
        assert_eq!(enrollments.len(), before + 1);
        let newest = enrollments.iter().find(|enrollment| registration_mails_for(&world, &enrollment["member"]) != 1);
        assert!(newest.is_none(), "an enrollment without its one mail: {newest:?}");
        world.check_books(&link);
        if dead {
            world.proxy.kill_at(0, Boundary::Before);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_whose_process_dies_is_finished_by_the_sweep() {
    let world = World::start().await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let link = world.link(json!({"cap": 20})).await;
        for person in 0..3 {
            world.register(&link.code, &format!("worker{case}-{person}@example.com")).await.expect_status(202);
        }
        let (nth, boundary) = boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        let body = json!({"version": 1, "cap": 40, "welcome": "Hello"});
        let answer = world.patch(&format!("/v1/links/{}", link.id), body).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        assert!(dead || answer.status == 200, "{}", answer.text());

        world.running.run_schedule("sweep-expired").await.unwrap();
        let shown = world.show(&link).await;
        let edited = shown["version"] == 2;
        let (cap, welcome) = if edited { (40, json!("Hello")) } else { (20, Value::Null) };
        assert_eq!((&shown["cap"], &shown["welcome"]), (&json!(cap), &welcome));
        assert_eq!(shown["seats"], json!({"taken": 3, "free": cap - 3}));
        let seats: u64 = lots(&world, &link).iter().map(|lot| number(lot, "seats")).sum();
        assert_eq!(seats, cap);
        world.register(&link.code, &format!("late{case}@example.com")).await.expect_status(202);
        world.check_books(&link);
        if dead {
            world.proxy.kill_at(0, Boundary::Before);
        }
    })
    .await;
}

fn lots(world: &World, link: &Link) -> Vec<Value> {
    let prefix = format!("LOT#{}#", link.id);
    world.items("lot").into_iter().filter(|lot| lot["PK"]["S"].as_str().unwrap().starts_with(&prefix)).collect()
}

fn number(item: &Value, name: &str) -> u64 {
    item[name]["N"].as_str().and_then(|text| text.parse().ok()).unwrap_or_else(|| panic!("no {name}: {item}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_grant_whose_process_dies_gives_everything_and_one_mail_or_nothing() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let link = world.link(json!({"admission": "approval", "allocation": {"sites": [site]}})).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let email = format!("worker{case}@example.com");
        world.register(&link.code, &email).await.expect_status(202);
        let id = world.member_id(&email).await;
        let member = json!({"S": id});
        let (nth, boundary) = boundary_of(case);
        world.proxy.kill_at(nth, boundary);
        let answer = world.post("/v1/members/grants", json!({"members": [id]})).await;
        let dead = world.proxy.is_dead();
        world.proxy.revive();
        assert!(dead || answer.json()["results"][0]["outcome"] == "granted", "{}", answer.text());

        let found = world.items("member").into_iter().find(|item| item["id"] == member).unwrap();
        let granted = found["access"]["S"] == "granted";
        let enrollment = enrollments_of(&world, &link).into_iter().find(|item| item["member"] == member).unwrap();
        assert_eq!(enrollment["state"]["S"] == "enrolled", granted);
        assert_eq!(found["sites"]["SS"].is_array(), granted);
        assert_eq!(mails_for(&world, &member), usize::from(granted));
        world.check_books(&link);
        let outcome = world.grant(&id).await;
        assert_eq!(outcome, if granted { "already_granted" } else { "granted" });
        assert_eq!(mails_for(&world, &member), 1);
        world.check_books(&link);
        if dead {
            world.proxy.kill_at(0, Boundary::Before);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sweep_whose_process_dies_gives_each_seat_back_once() {
    let mut world = World::start().await;
    let link = world.link(json!({"cap": 600})).await;
    let total: u64 = 24;
    join_all((0..total).map(|person| {
        let (world, code) = (&world, &link.code);
        async move { world.register(code, &format!("worker{person}@example.com")).await.expect_status(202) }
    }))
    .await;
    world.clock.advance(chrono::TimeDelta::hours(49));
    // Each sweep dies somewhat later than the one before it; each leaves the books in order.
    let mut lapsed = 0;
    for nth in (25..190).step_by(15) {
        let boundary = if nth % 2 == 0 { Boundary::Before } else { Boundary::After };
        world.proxy.kill_at(nth, boundary);
        let _dead = world.running.run_schedule("sweep-expired").await;
        world.proxy.revive();
        world.check_books(&link);
        let states = enrollments_of(&world, &link);
        lapsed = states.iter().filter(|enrollment| enrollment["state"]["S"] == "lapsed").count();
    }
    assert!(lapsed > 0);
    world.running.run_schedule("sweep-expired").await.unwrap();
    world.sign_in_admin_again().await;
    assert_eq!(world.show(&link).await["seats"], json!({"taken": 0, "free": 600}));
    assert_eq!(world.stats(&link).await["by_state"]["lapsed"], total);
    world.check_books(&link);
}

#[tokio::test]
async fn an_answer_lost_on_its_way_changes_nothing_for_the_one_who_asked() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let link = world.link(json!({"cap": 40, "allocation": {"sites": [site]}})).await;
    let approval = world.link(json!({"admission": "approval"})).await;
    let faults = [Fault::LoseAnswer, Fault::InternalError];
    for (fault, number) in faults.into_iter().zip(0..) {
        let (ana, bo) = (format!("ana{number}@example.com"), format!("bo{number}@example.com"));
        // Every attempt of the SDK loses its answer, so that ours begins anew.
        let lose = |times| (0..times).for_each(|_| world.proxy.fail_next("TransactWriteItems", fault));
        lose(3);
        world.register(&link.code, &ana).await.expect_status(202);
        world.register(&approval.code, &bo).await.expect_status(202);
        let id = world.member_id(&bo).await;
        lose(3);
        assert_eq!(world.grant(&id).await, "granted");
        let token = world.login_token(&ana, 1).await;
        lose(3);
        let body = json!({"token": token, "session": "bearer"});
        let session = world.client.post("/v1/sessions", body).await.expect_status(201).json();
        let session = session["session_token"].as_str().unwrap().to_owned();
        let mine = world.client.get("/v1/me").bearer(&session).await.expect_status(200).json();
        assert_eq!(mine["sites"][0]["id"], site.as_str());
        world.login_token(&bo, 1).await;
    }
    lose_on_link(&world).await;
    for link in [&link, &approval] {
        assert_eq!(world.show(link).await["seats"]["taken"], 2);
        world.check_books(link);
    }
}

/// Making and editing a link whose answers are lost makes one link and one edit.
async fn lose_on_link(world: &World) {
    let before = world.items("link").len();
    (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    let link = world.link(json!({"cap": 20})).await;
    assert_eq!(world.items("link").len(), before + 1);
    (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    let edited = world.patch(&format!("/v1/links/{}", link.id), json!({"version": 1, "cap": 7})).await;
    assert_eq!(edited.expect_status(200).json()["version"], 2);
    assert_eq!(lots(world, &link).iter().map(|lot| number(lot, "seats")).sum::<u64>(), 7);
}

#[tokio::test]
async fn a_table_that_is_too_busy_is_told_as_503_with_nothing_written() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 40})).await;
    let before = world.contents();
    let plan = FaultPlan { throttle: 1.0, operations: vec!["TransactWriteItems"], ..FaultPlan::default() };
    for plan in [plan, FaultPlan { throttle: 1.0, ..FaultPlan::default() }] {
        world.proxy.set_plan(plan);
        let answer = world.register(&link.code, "ana@example.com").await.expect_status(503);
        assert_eq!(answer.error_code(), "unavailable");
        assert!(!answer.header("retry-after").is_empty());
        world.proxy.set_plan(FaultPlan::default());
        assert_eq!(world.contents(), before);
        assert_eq!(world.mails_to("ana@example.com"), 0);
    }
}
