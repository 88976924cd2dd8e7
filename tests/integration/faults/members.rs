//! What admins do to members is done as a whole or not at all, and once, whatever dies or is lost.

use serde_json::{Value, json};
use tests::{World, fault_proxy::Fault};

use super::{at_each_boundary, dying, tell};

/// How often an act is on record about a member.
fn recorded(world: &World, act: &str, member: &str) -> usize {
    let of = |record: &&Value| record["act"]["S"] == act && record["subject"]["M"]["id"]["S"] == member;
    world.items("audit").iter().filter(of).count()
}

fn mails_of(world: &World, member: &str) -> usize {
    world.items("mail").iter().filter(|mail| mail["member"]["S"] == member).count()
}

fn member(world: &World, id: &str) -> Value {
    world.items("member").into_iter().find(|item| item["id"]["S"] == id).unwrap_or_default()
}

/// The outcome of a bulk call for its one member.
fn outcome(answer: &tests::http::Answer) -> String {
    answer.json()["results"][0]["outcome"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_whose_process_dies_gives_each_seat_back_once() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval", "cap": 1_000})).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let email = format!("worker{case}@example.com");
        world.register(&link.code, &email).await.expect_status(202);
        let id = world.member_id(&email).await;
        let refuse = || world.client.post("/v1/members/refusals", json!({"members": [id]}));
        let (answer, dead) = dying(&world, case, refuse()).await;
        assert!(dead || outcome(&answer) == "refused", "{}", answer.text());
        let refused = member(&world, &id)["access"]["S"] == "rejected";
        assert_eq!(recorded(&world, "access_refused", &id), usize::from(refused));
        world.check_books(&link);
        let again = refuse().bearer(&world.admin).await;
        assert_eq!(outcome(&again), if refused { "nothing_pending" } else { "refused" });
        assert_eq!((recorded(&world, "access_refused", &id), mails_of(&world, &id)), (1, 0));
        assert_eq!(world.show(&link).await["seats"]["taken"], 0);
        world.check_books(&link);
        tell(&world, dead);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restoration_whose_process_dies_gives_access_and_one_mail_or_nothing() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let email = format!("worker{case}@example.com");
        world.register(&link.code, &email).await.expect_status(202);
        let id = world.member_id(&email).await;
        world.grant(&id).await;
        world.post("/v1/members/revocations", json!({"members": [id]})).await.expect_status(200);
        let mails = mails_of(&world, &id);
        let restore = || world.client.post("/v1/members/restorations", json!({"members": [id]}));
        let (answer, dead) = dying(&world, case, restore()).await;
        assert!(dead || outcome(&answer) == "restored", "{}", answer.text());
        let restored = member(&world, &id)["access"]["S"] == "granted";
        assert_eq!(recorded(&world, "access_restored", &id), usize::from(restored));
        assert_eq!(mails_of(&world, &id), mails + usize::from(restored));
        let again = restore().bearer(&world.admin).await;
        assert_eq!(outcome(&again), if restored { "not_revoked" } else { "restored" });
        assert_eq!((recorded(&world, "access_restored", &id), mails_of(&world, &id)), (1, mails + 1));
        tell(&world, dead);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_mail_sent_anew_whose_process_dies_is_queued_once() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let email = format!("worker{case}@example.com");
        world.register(&link.code, &email).await.expect_status(202);
        let id = world.member_id(&email).await;
        world.grant(&id).await;
        let resend = || world.client.post("/v1/members/login-mails", json!({"members": [id]}));
        let (answer, dead) = dying(&world, case, resend()).await;
        assert!(dead || outcome(&answer) == "queued", "{}", answer.text());
        let queued = recorded(&world, "login_resent", &id);
        assert_eq!(mails_of(&world, &id), 1 + queued);
        let again = resend().bearer(&world.admin).await;
        assert_eq!(outcome(&again), if queued == 1 { "too_soon" } else { "queued" });
        assert_eq!((recorded(&world, "login_resent", &id), mails_of(&world, &id)), (1, 2));
        tell(&world, dead);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_removal_whose_process_dies_takes_the_units_and_gives_the_seat_back_once() {
    let world = World::start().await;
    let ((site, _), (other, _)) = (world.site().await, world.site().await);
    let sites = json!({"sites": [site, other]});
    let link = world.link(json!({"admission": "approval", "cap": 1_000, "allocation": sites})).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let email = format!("worker{case}@example.com");
        world.register(&link.code, &email).await.expect_status(202);
        let id = world.member_id(&email).await;
        world.grant(&id).await;
        let remove = || world.client.delete(&format!("/v1/links/{}/enrollments/{id}", link.id));
        let (answer, dead) = dying(&world, case, remove()).await;
        assert!(dead || answer.status == 204, "{}", answer.text());
        let removed = recorded(&world, "enrollment_removed", &id);
        let places = || {
            let of = |item: &&Value| item["SK"]["S"].as_str().unwrap().ends_with(&id);
            world.items("unit_member").iter().filter(of).count()
        };
        assert_eq!((places(), removed <= 1), (2 - 2 * removed, true));
        assert_eq!(member(&world, &id)["sites"].is_null(), removed == 1);
        world.check_books(&link);
        remove().bearer(&world.admin).await.expect_status(204);
        assert_eq!((recorded(&world, "enrollment_removed", &id), places()), (1, 0));
        assert_eq!(world.show(&link).await["seats"]["taken"], 0);
        world.check_books(&link);
        tell(&world, dead);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_by_hand_whose_process_dies_keeps_member_and_lists_in_step() {
    let world = World::start().await;
    let ((one, _), (two, _)) = (world.site().await, world.site().await);
    let link = world.link(json!({"admission": "approval", "allocation": {"sites": [one]}})).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let email = format!("worker{case}@example.com");
        world.register(&link.code, &email).await.expect_status(202);
        let id = world.member_id(&email).await;
        world.grant(&id).await;
        let body = json!({"allocation": {"sites": [two]}, "name": "Other Name"});
        let change = || world.client.patch(&format!("/v1/members/{id}"), body.clone());
        let (answer, dead) = dying(&world, case, change()).await;
        assert!(dead || answer.status == 200, "{}", answer.text());
        let changed = member(&world, &id)["name"]["S"] == "Other Name";
        let site = if changed { &two } else { &one };
        assert_eq!(member(&world, &id)["sites"]["SS"], json!([site]));
        let places: Vec<_> = world
            .items("unit_member")
            .into_iter()
            .filter(|item| item["SK"]["S"].as_str().unwrap().ends_with(&id))
            .collect();
        assert!(places.len() == 1 && places[0]["PK"]["S"].as_str().unwrap().ends_with(site), "{places:?}");
        assert_eq!(recorded(&world, "member_edited", &id), usize::from(changed));
        change().bearer(&world.admin).await.expect_status(200);
        assert_eq!(member(&world, &id)["assigned"]["M"]["sites"]["SS"], json!([two]));
        assert_eq!(recorded(&world, "member_edited", &id), 1);
        tell(&world, dead);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_admin_added_or_removed_whose_process_dies_is_one_or_is_none() {
    let world = World::start().await;
    let is_admin = |id: &str| {
        let listed = world.items("admin").iter().any(|item| item["SK"]["S"].as_str().unwrap().ends_with(id));
        assert_eq!(member(&world, id)["role"]["S"] == "admin", listed, "role and list are in step");
        listed
    };
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let email = format!("admin{case}@example.com");
        let add = || world.client.post("/v1/admins", json!({"email": email, "name": "Some Admin"}));
        let (answer, dead) = dying(&world, case, add()).await;
        assert!(dead || answer.status == 201, "{}", answer.text());
        let added = add().bearer(&world.admin).await;
        assert!(added.status == 200 || added.status == 201, "{}", added.text());
        let id = added.json()["id"].as_str().unwrap().to_owned();
        assert!(is_admin(&id));
        assert_eq!((recorded(&world, "admin_added", &id), mails_of(&world, &id)), (1, 1));
        tell(&world, dead);
    })
    .await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let email = format!("goer{case}@example.com");
        let body = json!({"email": email, "name": "Some Admin"});
        let id = world.post("/v1/admins", body).await.json()["id"].as_str().unwrap().to_owned();
        let remove = || world.client.delete(&format!("/v1/admins/{id}"));
        let (answer, dead) = dying(&world, case, remove()).await;
        assert!(dead || answer.status == 204, "{}", answer.text());
        assert_eq!(recorded(&world, "admin_removed", &id), usize::from(!is_admin(&id)));
        remove().bearer(&world.admin).await.expect_status(204);
        assert!(!is_admin(&id));
        assert_eq!(recorded(&world, "admin_removed", &id), 1);
        tell(&world, dead);
    })
    .await;
}

#[tokio::test]
async fn who_acts_on_a_member_is_told_what_was_done_although_the_answers_of_the_table_are_lost() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval", "cap": 9})).await;
    for (fault, number) in [Fault::LoseAnswer, Fault::InternalError].into_iter().zip(0..) {
        let lose = || (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", fault));
        let (ana, bo) = (format!("ana{number}@example.com"), format!("bo{number}@example.com"));
        world.register(&link.code, &ana).await.expect_status(202);
        world.register(&link.code, &bo).await.expect_status(202);
        let (ana, bo) = (world.member_id(&ana).await, world.member_id(&bo).await);
        let act = async |route: &str, id: &str| {
            lose();
            outcome(&world.post(&format!("/v1/members/{route}"), json!({"members": [id]})).await)
        };
        assert_eq!(act("refusals", &bo).await, "refused");
        assert_eq!(world.grant(&ana).await, "granted");
        assert_eq!(act("login-mails", &ana).await, "queued");
        world.post("/v1/members/revocations", json!({"members": [ana]})).await.expect_status(200);
        assert_eq!(act("restorations", &ana).await, "restored");
        lose();
        world.patch(&format!("/v1/members/{ana}"), json!({"name": "Other Name"})).await.expect_status(200);
        lose();
        world.delete(&format!("/v1/links/{}/enrollments/{ana}", link.id)).await.expect_status(204);
        assert_eq!((recorded(&world, "member_edited", &ana), recorded(&world, "enrollment_removed", &ana)), (1, 1));
        for (act, id) in [("access_refused", &bo), ("login_resent", &ana), ("access_restored", &ana)] {
            assert_eq!(recorded(&world, act, id), 1, "{act}");
        }
        lose();
        let body = json!({"email": format!("dee{number}@example.com"), "name": "Some Admin"});
        let dee = world.post("/v1/admins", body).await.expect_status(201).json()["id"].as_str().unwrap().to_owned();
        lose();
        world.delete(&format!("/v1/admins/{dee}")).await.expect_status(204);
        assert_eq!((recorded(&world, "admin_added", &dee), recorded(&world, "admin_removed", &dee)), (1, 1));
        world.check_books(&link);
    }
}
