//! Organizations do not see each other: a foreign id is an unknown one.

use std::collections::BTreeMap;

use functions::http::{Binding, Page};
use serde_json::{Value, json};
use tests::{
    World,
    http::{Answer, Call},
    world::Link,
};

const OTHER_ADMIN: &str = "admin@other.example";
const UNKNOWN: &str = "77777777-7777-4777-8777-777777777777";

/// Everything a client sees of an answer, but for what names the request and its time, and the ids it asked for.
fn seen(answer: &Answer, asked: &str) -> (u16, BTreeMap<String, String>, String) {
    let named = |name: &str| ["apigw-requestid", "date", "content-length"].contains(&name);
    let headers = answer.headers.iter().filter(|(name, _)| !named(name.as_str()));
    let headers = headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    (answer.status.as_u16(), headers, answer.text().replace(asked, "ID"))
}

/// What the first organization has: a link with three people, one of them in a site, and a catalog.
struct First {
    world: World,
    other: String,
    link: Link,
    site: String,
    module: String,
    member: String,
    job: String,
    key: String,
}

async fn first() -> First {
    let world = World::start_with(|options| {
        options.environment.insert("MAILS_PER_RECIPIENT_HOUR".to_owned(), "10".to_owned());
    })
    .await;
    let (site, module) = world.site().await;
    let link = world.link(json!({"admission": "approval", "cap": 9, "allocation": {"sites": [site]}})).await;
    for number in 0..3 {
        world.register(&link.code, &format!("worker{number}@example.com")).await.expect_status(202);
    }
    let member = world.member_id("worker0@example.com").await;
    assert_eq!(world.grant(&member).await, "granted");
    world.sign_in("worker0@example.com").await;
    let member = world.member_id("worker1@example.com").await;
    let other = world.other_organization(OTHER_ADMIN).await;
    // Of a group that nobody waits for.
    let group = "66666666-6666-4666-8666-666666666666";
    world.put(&format!("/v1/units/{group}"), json!({"kind": "group", "name": "Nobody"})).await.expect_status(200);
    let job = world.start_grants(json!({"unit": group})).await;
    world.ended_job(&job).await;
    let key = world.post("/v1/api-keys", json!({"name": "Wallboard", "scope": "read"})).await.json();
    let key = key["id"].as_str().unwrap().to_owned();
    First { world, other, link, site, module, member, job, key }
}

#[tokio::test]
async fn every_operation_answers_a_foreign_id_as_an_unknown_one_and_changes_nothing() {
    let First { world, other, link, site, module, member, job, key } = first().await;
    let before = world.contents();
    let client = &world.client;
    let create = |field: &str, id: &str| {
        let body = json!({"name": "Link", "admission": "instant", "allocation": {field: [id]}});
        client.post("/v1/links", body)
    };
    type Make<'a> = Box<dyn Fn(&str) -> Call + 'a>;
    let calls: Vec<(&str, Make<'_>)> = vec![
        (&link.id, Box::new(|id| client.get(&format!("/v1/links/{id}")))),
        (&link.id, Box::new(|id| client.get(&format!("/v1/links/{id}/stats")))),
        (&link.id, Box::new(|id| client.get(&format!("/v1/links/{id}/poster")))),
        (&link.id, Box::new(|id| client.get(&format!("/v1/links/{id}/stats?limit=1")))),
        (&link.id, Box::new(|id| client.patch(&format!("/v1/links/{id}"), json!({"version": 1, "state": "inactive"})))),
        (&link.id, Box::new(|id| client.patch(&format!("/v1/links/{id}"), json!({"version": 7, "cap": 1})))),
        (&link.id, Box::new(|id| client.post(&format!("/v1/links/{id}/code"), json!({"version": 1})))),
        (&link.id, Box::new(|id| client.post(&format!("/v1/links/{id}/duplicates"), json!({})))),
        (
            &link.id,
            Box::new(|id| client.post("/v1/links/changes", json!({"links": [id], "change": {"state": "inactive"}}))),
        ),
        (&link.id, Box::new(|id| client.delete(&format!("/v1/links/{id}")))),
        (&link.id, Box::new(|id| client.get(&format!("/v1/members?link={id}")))),
        (&link.id, Box::new(|id| client.get(&format!("/v1/members?link={id}&limit=1")))),
        (&link.id, Box::new(|id| client.get(&format!("/v1/members?link={id}&access=pending&limit=1")))),
        (&site, Box::new(|id| client.get(&format!("/v1/members?unit={id}")))),
        (&site, Box::new(|id| client.get(&format!("/v1/members?unit={id}&limit=1")))),
        (&site, Box::new(|id| create("sites", id))),
        (&site, Box::new(|id| create("groups", id))),
        (&site, Box::new(|id| client.get(&format!("/v1/units/{id}/usage")))),
        (&site, Box::new(|id| client.delete(&format!("/v1/units/{id}")))),
        (&module, Box::new(|id| client.delete(&format!("/v1/modules/{id}")))),
        (
            &module,
            Box::new(|id| {
                let body = json!({"kind": "site", "name": "Mine", "modules": [id]});
                client.put("/v1/units/55555555-5555-4555-8555-555555555555", body)
            }),
        ),
        (&member, Box::new(|id| client.delete(&format!("/v1/admins/{id}")))),
        (&key, Box::new(|id| client.delete(&format!("/v1/api-keys/{id}")))),
        (&member, Box::new(|id| client.delete(&format!("/v1/members/{id}")))),
        (&member, Box::new(|id| client.get(&format!("/v1/members/{id}/export")))),
        (&member, Box::new(|id| client.get(&format!("/v1/members/{id}")))),
        (&link.id, Box::new(|id| client.post("/v1/jobs/grants", json!({"filter": {"link": id}})))),
        (&site, Box::new(|id| client.post("/v1/jobs/grants", json!({"filter": {"unit": id}})))),
        (&link.id, Box::new(|id| client.post("/v1/members/grants/previews", json!({"filter": {"link": id}})))),
        (&site, Box::new(|id| client.post("/v1/members/grants/previews", json!({"filter": {"unit": id}})))),
        (&member, Box::new(|id| client.post("/v1/members/grants/previews", json!({"members": [id]})))),
        (&job, Box::new(|id| client.get(&format!("/v1/jobs/{id}")))),
        (&job, Box::new(|id| client.get(&format!("/v1/jobs/{id}/report")))),
        (&job, Box::new(|id| client.post(&format!("/v1/jobs/{id}/cancellation"), json!({})))),
        (&member, Box::new(|id| client.patch(&format!("/v1/members/{id}"), json!({"name": "Mine"})))),
        (&member, Box::new(|id| client.delete(&format!("/v1/links/{}/enrollments/{id}", link.id)))),
        (&link.id, Box::new(|id| client.delete(&format!("/v1/links/{id}/enrollments/{member}")))),
        (&link.id, Box::new(|id| client.delete(&format!("/v1/me/enrollments/{id}")))),
        (&member, Box::new(|id| client.post("/v1/members/grants", json!({"members": [id]})))),
        (&member, Box::new(|id| client.delete(&format!("/v1/suppressions/{id}")))),
        (&member, Box::new(|id| client.post("/v1/members/revocations", json!({"members": [id]})))),
        (&member, Box::new(|id| client.post("/v1/members/refusals", json!({"members": [id]})))),
        (&member, Box::new(|id| client.post("/v1/members/restorations", json!({"members": [id]})))),
        (&member, Box::new(|id| client.post("/v1/members/login-mails", json!({"members": [id]})))),
    ];
    for (number, (foreign, call)) in calls.iter().enumerate() {
        let met = seen(&call(foreign).bearer(&other).await, foreign);
        let unknown = seen(&call(UNKNOWN).bearer(&other).await, UNKNOWN);
        assert_eq!(met, unknown, "call {number}");
        assert!(met.0 < 500, "call {number}: {met:?}");
        // The own admin's call is another matter: it is not the id that is wrong.
    }
    assert_eq!(world.contents(), before);
    let own = world.get(&format!("/v1/members?link={}&limit=1", link.id)).await.expect_status(200).json();
    assert!(own["members"].as_array().unwrap().len() == 1 && own["next"].is_string());
    let catalog = client.get("/v1/catalog").bearer(&other).await.expect_status(200).json();
    assert_eq!(catalog, json!({"groups": [], "sites": [], "regions": [], "modules": []}));
    let members = client.get("/v1/members").bearer(&other).await.expect_status(200).json();
    assert_eq!(members["members"].as_array().unwrap().len(), 1);
    let links = client.get("/v1/links").bearer(&other).await.expect_status(200).json();
    assert_eq!(links["links"], json!([]));
    let audit = client.get("/v1/audit").bearer(&other).await.expect_status(200).json();
    assert_eq!(audit["records"].as_array().unwrap().len(), 1, "its own creation");
    let jobs = client.get("/v1/jobs").bearer(&other).await.expect_status(200).json();
    assert_eq!(jobs["jobs"], json!([]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_unit_in_a_body_or_a_file_is_no_unit() {
    let First { world, other, site, .. } = first().await;
    let client = &world.client;
    let body = json!({"name": "Link", "admission": "instant"});
    let theirs = client.post("/v1/links", body).bearer(&other).await.expect_status(201).json();
    let me = client.get("/v1/me").bearer(&other).await.expect_status(200).json();
    let sites = json!({"sites": [site]});
    for call in [
        client.patch(
            &format!("/v1/links/{}", theirs["id"].as_str().unwrap()),
            json!({"version": 1, "allocation": sites}),
        ),
        client.patch(&format!("/v1/members/{}", me["member"]["id"].as_str().unwrap()), json!({"allocation": sites})),
    ] {
        assert_eq!(call.bearer(&other).await.expect_status(422).error_code(), "invalid_fields");
    }
    let ended = async |order: Answer| {
        let path = format!("/v1/jobs/{}", order.expect_status(202).json()["id"].as_str().unwrap());
        loop {
            let job = client.get(&path).bearer(&other).await.expect_status(200).json();
            if job["state"] == "done" {
                return job["outcomes"].clone();
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    let before = world.items("member");
    let file = format!("name,email,sites\nEve,eve@other.example,{site}\nEve,eva@other.example,Site 0\n");
    let upload = client.post("/v1/jobs/imports?access=granted", json!({})).body("text/csv", file);
    assert_eq!(ended(upload.bearer(&other).await).await, json!({"unknown_unit": 2}));
    let grants = client.post("/v1/jobs/grants", json!({"filter": {"unit": site, "access": "without"}}));
    assert_eq!(grants.bearer(&other).await.expect_status(422).error_code(), "invalid_fields");
    assert_eq!(world.items("member"), before);
}

#[tokio::test]
async fn a_cursor_is_good_only_in_the_list_it_came_from() {
    let First { world, other, link, site, .. } = first().await;
    let second = world.link(json!({})).await;
    let lists = [
        "/v1/links?limit=1".to_owned(),
        "/v1/members?limit=1".to_owned(),
        "/v1/audit?limit=1".to_owned(),
        "/v1/overview?limit=1".to_owned(),
        "/v1/overview?limit=1&days=30".to_owned(),
        "/v1/audit?limit=1&from=2020-01-01".to_owned(),
        "/v1/audit?limit=1&to=2199-12-31".to_owned(),
        "/v1/members?limit=1&access=pending".to_owned(),
        "/v1/members?limit=1&access=without".to_owned(),
        format!("/v1/members?limit=1&link={}", link.id),
        format!("/v1/members?limit=1&unit={site}"),
        format!("/v1/links/{}/stats?limit=1", link.id),
        format!("/v1/links/{}/stats?limit=1", second.id),
    ];
    let mut cursors = 0;
    for from in &lists {
        let page = world.get(from).await.expect_status(200).json();
        let Some(cursor) = page["next"].as_str() else { continue };
        cursors += 1;
        for to in &lists {
            let status = if from == to { 200 } else { 400 };
            let answer = world.get(&format!("{to}&cursor={cursor}")).await.expect_status(status);
            assert!(status == 200 || answer.error_code() == "invalid_cursor");
            let foreign = world.client.get(&format!("{to}&cursor={cursor}")).bearer(&other).await;
            assert_eq!((foreign.status.as_u16(), foreign.error_code().as_str()), (400, "invalid_cursor"), "{to}");
        }
    }
    assert!(cursors >= 6, "{cursors}");
}

#[tokio::test]
async fn a_made_up_cursor_is_refused_as_one() {
    let world = World::start().await;
    world.link(json!({})).await;
    let me = world.get("/v1/me").await.expect_status(200).json();
    let organization = me["organization"]["id"].as_str().unwrap();
    let links = Binding::new("list-links").and(organization);
    let members = ["", "", "", "", "", ""];
    let members = members.into_iter().fold(Binding::new("list-members").and(organization), Binding::and);
    for key in
        [json!({}), json!({"x": "y"}), json!({"SK": "ORG"}), json!({"SK": ""}), json!({"SK": "LINK#1", "PK": "x"})]
    {
        for (list, binding) in [("links", &links), ("members", &members)] {
            let cursor = Page::next(Some(&key), binding).unwrap().unwrap();
            let answer = world.get(&format!("/v1/{list}?cursor={cursor}")).await.expect_status(400);
            assert_eq!(answer.error_code(), "invalid_cursor", "{list} {key}");
        }
    }
}

#[tokio::test]
async fn the_same_unit_id_in_two_organizations_is_two_units() {
    let First { world, other, link, site, module, .. } = first().await;
    let members = async |session: &str| {
        let page = world.client.get(&format!("/v1/members?unit={site}")).bearer(session).await.expect_status(200);
        page.json()["members"].as_array().unwrap().len()
    };
    let catalog = world.get("/v1/catalog").await.json();
    let put = |path: String, body: Value| world.client.put(&path, body).bearer(&other);
    put(format!("/v1/modules/{module}"), json!({"title": "Theirs", "url": "https://b.example/"}))
        .await
        .expect_status(200);
    // Of another kind, even: a unit keeps its kind within its organization.
    let unit = json!({"kind": "region", "name": "Theirs", "modules": [module]});
    put(format!("/v1/units/{site}"), unit).await.expect_status(200);
    assert_eq!(world.get("/v1/catalog").await.json(), catalog);
    assert_eq!((members(&world.admin).await, members(&other).await), (1, 0));

    let body = json!({"name": "Theirs", "admission": "instant", "allocation": {"regions": [site]}});
    let theirs = world.client.post("/v1/links", body).bearer(&other).await.expect_status(201).json();
    world.register(theirs["code"].as_str().unwrap(), "eve@other.example").await.expect_status(202);
    world.sign_in("eve@other.example").await;
    assert_eq!((members(&world.admin).await, members(&other).await), (1, 1));

    for path in [format!("/v1/units/{site}"), format!("/v1/modules/{module}")] {
        let _ = world.client.delete(&path).bearer(&other).await.expect_status(204);
    }
    assert_eq!(world.get("/v1/catalog").await.json(), catalog);
    assert_eq!((members(&world.admin).await, members(&other).await), (1, 1));
    world.check_books(&link);
}

#[tokio::test]
async fn who_is_signed_in_to_another_organization_is_a_stranger() {
    let First { world, other, .. } = first().await;
    let link = world.link(json!({})).await;
    let before = world.contents();
    let path = format!("/v1/join/{}", link.code);
    let join = |body: Value| world.client.post(&path, body).bearer(&other);
    // A member of this organization would be in with this.
    assert_eq!(join(json!({})).await.expect_status(422).error_code(), "invalid_fields");
    assert_eq!(world.contents(), before);
    let answer = join(json!({"name": "Other Admin", "email": OTHER_ADMIN})).await.expect_status(202);
    assert_eq!(answer.json(), json!({"status": "check_your_mail"}));
    let stats = world.stats(&link).await;
    assert_eq!(stats["enrollments"][0]["state"], "reserved");
    assert_eq!(stats["enrollments"][0]["member"]["access"], "unverified");
    // The mail leads into this organization, as a member: the role there is another matter.
    world.login_token(OTHER_ADMIN, 2).await;
    let session = world.sign_in(OTHER_ADMIN).await;
    let me = world.client.get("/v1/me").bearer(&session).await.expect_status(200).json();
    assert_eq!((&me["organization"]["name"], &me["member"]["role"]), (&json!("Demo"), &json!("member")));
    let _ = world.client.get("/v1/links").bearer(&session).await.expect_status(403);
    let me = world.client.get("/v1/me").bearer(&other).await.expect_status(200).json();
    assert_eq!((&me["organization"]["name"], &me["member"]["role"]), (&json!("Other"), &json!("admin")));
    world.check_books(&link);
}

#[tokio::test]
async fn one_address_in_two_organizations_is_two_people() {
    let First { world, other, .. } = first().await;
    let body = json!({"name": "Link", "admission": "instant"});
    let theirs = world.client.post("/v1/links", body).bearer(&other).await.expect_status(201).json();
    let ours = world.link(json!({})).await;
    let email = "both@example.com";
    world.register(&ours.code, email).await.expect_status(202);
    let here = world.sign_in(email).await;
    world.register(theirs["code"].as_str().unwrap(), email).await.expect_status(202);
    world.login_token(email, 2).await;
    let there = world.sign_in(email).await;
    let organization = async |session: &str| {
        let me = world.client.get("/v1/me").bearer(session).await.expect_status(200).json();
        (me["organization"]["name"].clone(), me["member"]["id"].clone())
    };
    let (here_is, there_is) = (organization(&here).await, organization(&there).await);
    assert_eq!((&here_is.0, &there_is.0), (&json!("Demo"), &json!("Other")));
    assert_ne!(here_is.1, there_is.1);
    // One question, a login link for each; and out of one is not out of the other.
    let revoke = json!({"members": [here_is.1]});
    world.client.post("/v1/login-links", json!({"email": email})).await.expect_status(202);
    world.login_token(email, 4).await;
    world.post("/v1/members/revocations", revoke).await.expect_status(200);
    let _ = world.client.get("/v1/me").bearer(&here).await.expect_status(401);
    organization(&there).await;
}
