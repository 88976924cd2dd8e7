//! A person's data can be handed out, and goes when they are erased; what they took of a link stays counted.

use chrono::TimeDelta;
use local::FirstOrganization;
use serde_json::{Value, json};
use tests::World;

use crate::faults::{at_each_boundary, dying, tell};

const NAME: &str = "Ana Unmistakable";
const ANA: &str = "ana.unmistakable@example.com";

async fn register(world: &World, code: &str) {
    let body = json!({"name": NAME, "email": ANA});
    world.client.post(&format!("/v1/join/{code}"), body).await.expect_status(202);
}

/// The items that name this member, but for the records of what admins did.
fn traces(world: &World, id: &str) -> Vec<Value> {
    let contents = world.contents();
    let of = |((partition, _), item): (&(String, String), &Value)| {
        let named = partition.contains(id) || item.to_string().contains(id);
        (named && item["entity"]["S"] != "audit").then(|| item.clone())
    };
    contents.iter().filter_map(of).collect()
}

#[tokio::test]
async fn an_erased_persons_data_goes_and_the_counts_stay() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let fields = json!([{"key": "shoe", "label": "Shoe size", "kind": "text", "required": false}]);
    let joined = json!({"cap": 5, "allocation": {"sites": [site]}, "fields": fields});
    let joined = world.link(joined).await;
    let body = json!({"name": NAME, "email": ANA, "answers": {"shoe": "forty-four"}});
    world.client.post(&format!("/v1/join/{}", joined.code), body).await.expect_status(202);
    let session = world.sign_in(ANA).await;
    let pending = world.link(json!({"admission": "approval", "cap": 5})).await;
    let reserved = world.link(json!({"cap": 5})).await;
    register(&world, &pending.code).await;
    register(&world, &reserved.code).await;
    world.login_token(ANA, 2).await;
    let id = world.member_id(ANA).await;
    let before = world.stats(&joined).await;
    let path = format!("/v1/members/{id}");
    let _ = world.delete(&path).await.expect_status(204);

    let contents = format!("{:?}", world.contents());
    for word in [NAME, ANA, "forty-four"] {
        assert!(!contents.contains(word), "{word}");
    }
    let traces = traces(&world, &id);
    // A login link that was used or replaced is collected by time, and opens nothing.
    assert!(traces.iter().all(|item| item["entity"]["S"] == "token"), "{traces:?}");
    let erasures: Vec<_> = world.items("audit").into_iter().filter(|one| one["act"]["S"] == "member_erased").collect();
    assert_eq!((erasures.len(), &erasures[0]["subject"]["M"]["id"]["S"]), (1, &json!(id)));

    let stats = world.stats(&joined).await;
    assert_eq!((&stats["by_state"], &stats["link"]["seats"]), (&before["by_state"], &before["link"]["seats"]));
    let row = &stats["enrollments"][0];
    assert_eq!((&row["state"], &row["member"]["erased"]), (&json!("enrolled"), &json!(true)));
    assert_ne!(row["member"]["id"], json!(id));
    assert_eq!(row["registered_at"], before["enrollments"][0]["registered_at"]);
    for (link, taken) in [(&joined, 1), (&pending, 0), (&reserved, 0)] {
        assert_eq!(world.show(link).await["seats"]["taken"], taken);
        world.check_books(link);
    }
    let _ = world.client.get("/v1/me").bearer(&session).await.expect_status(401);
    for gone in [world.get(&path).await, world.delete(&path).await, world.get(&format!("{path}/export")).await] {
        assert_eq!(gone.expect_status(404).error_code(), "not_found");
    }
    let listed = world.get("/v1/members?limit=100").await.expect_status(200).json();
    assert_eq!(listed["members"].as_array().unwrap().len(), 1, "the admin alone");
    assert_eq!(world.get(&format!("/v1/members?unit={site}")).await.json()["members"], json!([]));
    world.client.post("/v1/login-links", json!({"email": ANA})).await.expect_status(202);
    assert_eq!(world.mails_to(ANA), 2);

    // The same address comes as somebody new, and takes a seat of its own.
    register(&world, &joined.code).await;
    assert_eq!(world.show(&joined).await["seats"]["taken"], 2);
    let export = world.get(&format!("{path}/export")).await.expect_status(200).json();
    assert_eq!((&export["acts"], export["enrollments"].as_array().unwrap().len()), (&json!([]), 1));
    world.check_books(&joined);
}

#[tokio::test]
async fn everything_held_about_a_person_is_in_one_file() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let fields = json!([{"key": "shoe", "label": "Shoe size", "kind": "text", "required": false}]);
    let link = json!({"name": "Spring", "admission": "approval", "allocation": {"sites": [site]}, "fields": fields});
    let link = world.link(link).await;
    let body = json!({"name": NAME, "email": ANA, "answers": {"shoe": "forty-four"}});
    world.client.post(&format!("/v1/join/{}", link.code), body).await.expect_status(202);
    let id = world.member_id(ANA).await;
    assert_eq!(world.grant(&id).await, "granted");
    world.sign_in(ANA).await;
    let answer = world.get(&format!("/v1/members/{id}/export")).await.expect_status(200);
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"member.json\"");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    let export = answer.json();
    assert_eq!((&export["member"]["name"], &export["member"]["email"]), (&json!(NAME), &json!(ANA)));
    assert_eq!(export["member"]["allocation"]["sites"][0]["name"], "Site 0");
    let enrollment = &export["enrollments"][0];
    assert_eq!((&enrollment["link"]["name"], &enrollment["answers"]["shoe"]), (&json!("Spring"), &json!("forty-four")));
    assert_eq!(export["mails"][0]["kind"], "grant");
    assert_eq!(export["acts"][0]["act"], "access_granted");
    assert!(export["sessions"][0]["began_at"].is_string());
    for absent in ["login_tokens", "hash", "PK"] {
        assert!(!export.to_string().contains(absent), "{absent}");
    }
}

#[tokio::test]
async fn an_admin_is_not_erased_and_one_who_ceased_to_be_one_is() {
    let world = World::start().await;
    let me = world.member_id(&FirstOrganization::default().admin_email).await;
    assert_eq!(world.delete(&format!("/v1/members/{me}")).await.expect_status(409).error_code(), "is_admin");
    let bo = world.post("/v1/admins", json!({"email": "bo@example.com", "name": "Bo"})).await.expect_status(201).json();
    let bo = bo["id"].as_str().unwrap();
    assert_eq!(world.delete(&format!("/v1/members/{bo}")).await.expect_status(409).error_code(), "is_admin");
    let _ = world.delete(&format!("/v1/admins/{bo}")).await.expect_status(204);
    let _ = world.delete(&format!("/v1/members/{bo}")).await.expect_status(204);
    assert!(world.items("member").iter().all(|member| member["id"]["S"] != bo));
}

#[tokio::test]
async fn somebody_with_more_enrollments_than_a_transaction_holds_is_erased() {
    let world = World::start().await;
    let mut links = Vec::new();
    for _ in 0..70 {
        let link = world.link(json!({"admission": "approval", "cap": 1})).await;
        register(&world, &link.code).await;
        links.push(link);
    }
    let id = world.member_id(ANA).await;
    let _ = world.delete(&format!("/v1/members/{id}")).await.expect_status(204);
    assert_eq!(traces(&world, &id), Vec::<Value>::new());
    let left: Vec<_> = world.items("enrollment");
    assert_eq!(left.len(), 70);
    assert!(left.iter().all(|one| one["state"]["S"] == "removed" && one["member"] == left[0]["member"]));
    for link in &links {
        assert_eq!(world.show(link).await["seats"]["taken"], 0);
        world.check_books(link);
    }
}

#[tokio::test]
async fn a_mail_of_a_moment_ago_goes_though_no_index_has_it_yet() {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({"cap": 5})).await;
    for sent in [true, false] {
        register(&world, &link.code).await;
        let id = world.member_id(ANA).await;
        let mails = traces(&world, &id).into_iter().filter(|item| item["entity"]["S"] == "mail").collect::<Vec<_>>();
        assert_eq!(mails.len(), 1);
        if sent {
            world.send(&mails).await;
        }
        world.not_listed_yet(&mails).await;
        let _ = world.delete(&format!("/v1/members/{id}")).await.expect_status(204);
        if !sent {
            world.send(&mails).await;
        }
        let left = traces(&world, &id).into_iter().filter(|item| item["entity"]["S"] != "token").collect::<Vec<_>>();
        assert_eq!(left, Vec::<Value>::new(), "sent before: {sent}");
        assert_eq!(world.mails_to(ANA), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erasure_whose_process_dies_is_finished_by_the_sweep() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let approval = world.link(json!({"admission": "approval", "cap": 500, "allocation": {"sites": [site]}})).await;
    let instant = world.link(json!({"cap": 500})).await;
    at_each_boundary(&world, async |case| {
        world.proxy.revive();
        let email = format!("worker{case}@example.com");
        world.register(&approval.code, &email).await.expect_status(202);
        let id = world.member_id(&email).await;
        assert_eq!(world.grant(&id).await, "granted");
        world.register(&instant.code, &email).await.expect_status(202);
        world.login_token(&email, 2).await;
        world.running.rest().await;
        let taken = async || {
            let (one, other) = (world.show(&approval).await, world.show(&instant).await);
            (one["seats"]["taken"].clone(), other["seats"]["taken"].clone())
        };
        let before = taken().await;
        let (answer, dead) = dying(&world, case, world.client.delete(&format!("/v1/members/{id}"))).await;
        assert!(dead || answer.status == 204, "{}", answer.text());
        let begun = world
            .items("audit")
            .iter()
            .filter(|one| one["subject"]["M"]["id"]["S"] == id.as_str() && one["act"]["S"] == "member_erased")
            .count();
        world.clock.advance(TimeDelta::milliseconds(1));
        world.running.run_schedule("sweep-expired").await.unwrap();
        if begun == 0 {
            let _ = world.get(&format!("/v1/members/{id}")).await.expect_status(200);
            assert_eq!(taken().await, before);
            let _ = world.delete(&format!("/v1/members/{id}")).await.expect_status(204);
        }
        let left = traces(&world, &id);
        assert!(left.iter().all(|item| item["entity"]["S"] == "token"), "{left:?}");
        assert_eq!(taken().await, (before.0, json!(before.1.as_u64().unwrap() - 1)));
        for link in [&approval, &instant] {
            world.check_books(link);
        }
        tell(&world, dead);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_somebody_erased_only_that_is_left_which_is_said_to_be_left() {
    let world = World::start().await;
    let upload = |file: String| {
        let call = world.client.post("/v1/jobs/imports?access=granted", json!({}));
        call.body("text/csv", file).bearer(&world.admin)
    };
    let job = upload(format!("name,email\n{NAME},{ANA}\n")).await.expect_status(202).json();
    let imported = world.ended_job(job["id"].as_str().unwrap()).await;
    assert_eq!(imported["outcomes"], json!({"created": 1}));
    let session = world.sign_in(ANA).await;
    let id = world.member_id(ANA).await;
    // An admin for a while, who made a link, let somebody in and ordered a job.
    world.post("/v1/admins", json!({"email": ANA, "name": NAME})).await.expect_status(201);
    world.login_token(ANA, 2).await;
    let as_admin = world.sign_in(ANA).await;
    let link = json!({"name": "Hers", "admission": "approval", "cap": 1, "overflow": "waiting_list"});
    let link = world.client.post("/v1/links", link).bearer(&as_admin).await.expect_status(201).json();
    world.register(link["code"].as_str().unwrap(), "bo@example.com").await.expect_status(202);
    let bo = world.member_id("bo@example.com").await;
    let grant = world.client.post("/v1/members/grants", json!({"members": [bo]}));
    grant.bearer(&as_admin).await.expect_status(200);
    let order = world.client.post("/v1/jobs/grants", json!({"filter": {}})).bearer(&as_admin).await;
    world.ended_job(order.expect_status(202).json()["id"].as_str().unwrap()).await;
    world.delete(&format!("/v1/admins/{id}")).await.expect_status(204);
    // On a waiting list, asking for mail, and bounced.
    register(&world, link["code"].as_str().unwrap()).await;
    world.client.post("/v1/login-links", json!({"email": ANA})).await.expect_status(202);
    world.login_token(ANA, 3).await;
    let mails = world.items("mail");
    let mail = mails.iter().find(|mail| mail["member"]["S"] == id.as_str()).unwrap()["id"]["S"].as_str().unwrap();
    let bounced = tests::world::feedback("Bounce", "Permanent", mail, chrono::Utc::now().into());
    world.running.invoke("record-mail-feedback", bounced).await.unwrap();
    assert_eq!(world.items("suppression").len(), 1);

    let _ = world.delete(&format!("/v1/members/{id}")).await.expect_status(204);
    for session in [session, as_admin] {
        let _ = world.client.get("/v1/me").bearer(&session).await.expect_status(401);
    }
    let contents = world.engine.contents().unwrap();
    let everything = format!("{contents:?}");
    for word in [NAME, ANA, "ana.unmistakable"] {
        assert!(!everything.contains(word), "{word}");
    }
    let mut left = std::collections::BTreeSet::new();
    for (key, item) in &contents {
        let attributes = item.as_object().unwrap().iter();
        let naming = attributes.filter(|(_, value)| value.to_string().contains(&id)).map(|(name, _)| name.as_str());
        let entity = item["entity"]["S"].as_str().unwrap_or(&key.0);
        left.extend(naming.map(|name| format!("{entity}.{name}")));
    }
    let said = [
        "audit.GSI1PK",
        "audit.by",
        "audit.subject",
        "enrollment.granted_by",
        "job.created_by",
        "job_row.member",
        "link.created_by",
        "member.granted_by",
    ];
    assert_eq!(left, said.map(str::to_owned).into());
}
