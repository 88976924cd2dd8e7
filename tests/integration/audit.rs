//! What admins did stays told: every act with who, what, before and after; listed, exported, and never overwritten.

use std::sync::Arc;

use chrono::TimeDelta;
use functions::{App, app::Services};
use serde_json::{Value, json};
use shared::{
    clock::Clock,
    config::Config,
    domain::{MemberId, Module, ModuleId, OrganizationId, TimeZone, Timestamp, Title},
    random::Random,
};
use tests::{World, fault_proxy::Fault};

use crate::faults::at_each_boundary;

const UNIT: &str = "00000000-0000-4000-8000-0000000000aa";
const MODULE: &str = "00000000-0000-4000-9000-0000000000aa";

async fn records(world: &World) -> Vec<Value> {
    let page = world.get("/v1/audit?limit=100").await.expect_status(200).json();
    assert_eq!(page["next"], Value::Null);
    page["records"].as_array().unwrap().clone()
}

/// Act, subject, before and after of each, oldest first.
fn told(records: &[Value]) -> Vec<(String, Value, Value, Value)> {
    let text = |record: &Value| record["act"].as_str().unwrap().to_owned();
    records
        .iter()
        .rev()
        .map(|record| (text(record), record["subject"].clone(), record["before"].clone(), record["after"].clone()))
        .collect()
}

#[tokio::test]
async fn what_an_admin_does_to_the_catalog_is_told_with_before_and_after() {
    let world = World::start().await;
    let module = format!("/v1/modules/{MODULE}");
    let unit = format!("/v1/units/{UNIT}");
    let put = |url: &str| json!({"title": "Heights", "url": url});
    world.put(&module, put("https://training.example/1")).await.expect_status(200);
    world.put(&unit, json!({"kind": "site", "name": "Yard"})).await.expect_status(200);
    for _ in 0..2 {
        // The second time nothing changes, and nothing is told.
        world.put(&unit, json!({"kind": "site", "name": "Yard", "modules": [MODULE]})).await.expect_status(200);
    }
    world.put(&module, put("https://training.example/2")).await.expect_status(200);
    world.put(&unit, json!({"kind": "group", "name": "Yard"})).await.expect_status(422);
    for path in [&unit, &module, &unit] {
        world.delete(path).await.expect_status(204);
    }
    let records = records(&world).await;
    let (unit, module) =
        (json!({"kind": "unit", "id": UNIT, "name": null}), json!({"kind": "module", "id": MODULE, "name": null}));
    let text = |act: &str| act.to_owned();
    let one = |name: &str, value: Value| json!({ name: value });
    let made = json!({"kind": "site", "name": "Yard", "modules": []});
    let gone = json!({"kind": "site", "name": "Yard", "modules": [MODULE]});
    let nothing = json!({"kind": null, "name": null, "modules": null});
    let url = |number: u8| json!(format!("https://training.example/{number}"));
    let title = |value: Value, url: Value| json!({"title": value, "url": url});
    let expected = vec![
        (text("module_put"), module.clone(), title(json!(null), json!(null)), title(json!("Heights"), url(1))),
        (text("unit_put"), unit.clone(), nothing.clone(), made),
        (text("unit_put"), unit.clone(), one("modules", json!([])), one("modules", json!([MODULE]))),
        (text("module_put"), module.clone(), one("url", url(1)), one("url", url(2))),
        (text("unit_deleted"), unit, gone, nothing),
        (text("module_deleted"), module, title(json!("Heights"), url(2)), title(json!(null), json!(null))),
    ];
    assert_eq!(told(&records[..6]), expected);
    let me = world.get("/v1/me").await.json()["member"].clone();
    assert!(records[..6].iter().all(|record| record["by"] == json!({"id": me["id"], "name": me["name"]})));
    // The first of all is the operator's.
    let first = records.last().unwrap();
    let organization = world.get("/v1/me").await.json()["organization"].clone();
    assert_eq!((&first["act"], &first["by"], records.len()), (&json!("organization_created"), &Value::Null, 7));
    let subject = json!({"kind": "organization", "id": organization["id"], "name": organization["name"]});
    assert_eq!(first["subject"], subject);
    assert_eq!(first["after"]["name"], organization["name"]);
}

/// A world with some acts on a link and its people, a minute and then a day between some of them.
async fn busy() -> World {
    let world = World::start().await;
    let link = world.link(json!({"name": "=Crew, \"early\"", "admission": "approval", "cap": 5})).await;
    for number in 0..3 {
        world.register(&link.code, &format!("worker{number}@example.com")).await.expect_status(202);
    }
    world.clock.advance(TimeDelta::minutes(10));
    for cap in [6, 7] {
        world.edit(&link, json!({"cap": cap})).await.expect_status(200);
    }
    world.clock.advance(TimeDelta::minutes(10));
    let member = world.member_id("worker0@example.com").await;
    assert_eq!(world.grant(&member).await, "granted");
    world.post("/v1/members/revocations", json!({"members": [member]})).await.expect_status(200);
    world.delete(&format!("/v1/links/{}", link.id)).await.expect_status(204);
    world
}

#[tokio::test]
async fn acts_are_listed_newest_first_with_the_names_of_those_they_speak_of() {
    let world = busy().await;
    let all = records(&world).await;
    let acts: Vec<_> = all.iter().map(|record| record["act"].as_str().unwrap()).collect();
    let expected = [
        "link_deleted",
        "access_revoked",
        "access_granted",
        "link_edited",
        "link_edited",
        "link_created",
        "organization_created",
    ];
    assert_eq!(acts, expected);
    assert_eq!(all[0]["subject"]["name"], "=Crew, \"early\"");
    assert_eq!((&all[1]["subject"]["kind"], &all[1]["subject"]["name"]), (&json!("member"), &json!("Some Body")));
    assert_eq!((&all[3]["before"], &all[3]["after"]), (&json!({"cap": 6}), &json!({"cap": 7})));
    // Records name people by id alone.
    let stored = world.items("audit").iter().map(Value::to_string).collect::<String>();
    for name in ["Some Body", "worker0", "@example.com"] {
        assert!(!stored.contains(name), "{name}");
    }
    // Page by page.
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = world.get(&format!("/v1/audit?limit=2{cursor}")).await.expect_status(200).json();
        found.extend(page["records"].as_array().unwrap().clone());
        let Some(next) = page["next"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, all);
}

#[tokio::test]
async fn acts_are_found_by_when_they_were_done() {
    let world = busy().await;
    let all = records(&world).await;
    let at = |number: usize| all[number]["at"].as_str().unwrap();
    for (query, expected) in [
        (format!("from={}", at(3)), &all[..4]),
        (format!("to={}", at(3)), &all[4..]),
        (format!("from={}&to={}", at(4), at(2)), &all[3..5]),
        ("from=2020-01-01".to_owned(), &all[..]),
        ("to=2020-01-01".to_owned(), &[]),
        ("from=2020-01-01&to=2199-12-31".to_owned(), &all[..]),
        ("from=0001-01-01&to=9999-12-31".to_owned(), &all[..]),
    ] {
        let page = world.get(&format!("/v1/audit?{query}")).await.expect_status(200).json();
        assert_eq!(page["records"].as_array().unwrap(), expected, "{query}");
    }
    for (query, field) in [
        ("from=yesterday", "from"),
        ("to=2026-02-30", "to"),
        ("from=", "from"),
        ("from=2026-02-02&to=2026-02-01", "to"),
        ("from=2026-02-02T00:00:00Z&to=2026-02-02T00:00:00Z", "to"),
    ] {
        let answer = world.get(&format!("/v1/audit?{query}")).await.expect_status(422).json();
        assert!(answer["error"]["fields"][field].is_string(), "{query}");
    }
    // A day is one of the organization's zone.
    let day = |at: &str| {
        let at: chrono::DateTime<chrono::Utc> = at.parse().unwrap();
        TimeZone::parse("Europe/Berlin").unwrap().day(at.into()).to_string()
    };
    let (newest, oldest) = (day(at(0)), day(at(6)));
    let page = world.get(&format!("/v1/audit?from={oldest}&to={newest}")).await.expect_status(200).json();
    assert_eq!(page["records"].as_array().unwrap(), &all);
}

/// Every record that a query finds, `limit` at a time.
async fn walked(world: &World, query: &str, limit: usize) -> Vec<Value> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = world.get(&format!("/v1/audit?limit={limit}&{query}{cursor}")).await.expect_status(200).json();
        let records = page["records"].as_array().unwrap();
        assert!(records.len() <= limit, "{query}");
        found.extend(records.clone());
        let Some(next) = page["next"].as_str() else { return found };
        cursor = format!("&cursor={next}");
    }
}

#[tokio::test]
async fn acts_are_found_by_who_did_them_and_what_they_were() {
    let world = busy().await;
    let made = world.post("/v1/api-keys", json!({"name": "HR", "scope": "manage"})).await.expect_status(201).json();
    let by_key = world.client.put(&format!("/v1/units/{UNIT}"), json!({"kind": "site", "name": "Yard"}));
    by_key.bearer(made["key"].as_str().unwrap()).await.expect_status(200);
    let all = records(&world).await;
    let me = world.get("/v1/me").await.json()["member"]["id"].as_str().unwrap().to_owned();
    let key = format!("key:{}", made["id"].as_str().unwrap());
    let from = all.iter().find(|record| record["act"] == "link_edited").unwrap()["at"].as_str().unwrap().to_owned();
    let are = |act: &'static str| move |record: &Value| record["act"] == act;
    type Wanted<'w> = Box<dyn Fn(&Value) -> bool + 'w>;
    let cases: [(String, usize, Wanted); 8] = [
        (format!("by={me}"), 7, Box::new(|record| record["by"]["id"] == me)),
        (format!("by={key}"), 1, Box::new(|record| record["by"]["id"] == key)),
        ("by=system".to_owned(), 1, Box::new(|record| record["by"].is_null())),
        ("by=operator".to_owned(), 0, Box::new(|_| false)),
        ("act=link_edited".to_owned(), 2, Box::new(are("link_edited"))),
        (format!("by={me}&act=link_edited"), 2, Box::new(are("link_edited"))),
        (format!("by={key}&act=link_edited"), 0, Box::new(|_| false)),
        (
            format!("by={me}&act=link_edited&from={from}"),
            1,
            Box::new(|record| record["act"] == "link_edited" && record["at"].as_str() >= Some(&from)),
        ),
    ];
    for (query, count, wanted) in &cases {
        let expected: Vec<_> = all.iter().filter(|record| wanted(record)).cloned().collect();
        assert_eq!(expected.len(), *count, "{query}");
        for limit in [1, 2, 100] {
            assert_eq!(walked(&world, query, limit).await, expected, "{query}, {limit} at a time");
        }
    }
    let csv = world.client.get("/v1/audit?act=link_edited").bearer(&world.admin).header("accept", "text/csv");
    assert_eq!(csv.await.expect_status(200).text().lines().count(), 3);
    // A cursor goes on in the list that it is of, and in no other.
    let page = world.get("/v1/audit?limit=1&act=link_edited").await.expect_status(200).json();
    let cursor = page["next"].as_str().unwrap();
    for other in ["act=link_created".to_owned(), format!("act=link_edited&by={me}"), String::new()] {
        world.get(&format!("/v1/audit?limit=1&{other}&cursor={cursor}")).await.expect_status(400);
    }
    for (query, field) in [("by=me", "by"), ("by=", "by"), ("by=key:", "by"), ("act=link", "act"), ("act=", "act")] {
        let answer = world.get(&format!("/v1/audit?{query}")).await.expect_status(422).json();
        assert!(answer["error"]["fields"][field].is_string(), "{query}");
    }
}

#[tokio::test]
async fn an_act_that_is_older_than_a_thousand_others_is_found_behind_empty_pages() {
    let world = World::start().await;
    for number in 0..1_001 {
        let unit = json!({"kind": "site", "name": format!("Yard {number}")});
        world.put(&format!("/v1/units/{UNIT}"), unit).await.expect_status(200);
    }
    let page = world.get("/v1/audit?act=organization_created").await.expect_status(200).json();
    assert_eq!((page["records"].as_array().unwrap().len(), page["next"].is_string()), (0, true));
    assert_eq!(walked(&world, "act=organization_created", 50).await.len(), 1);
}

#[tokio::test]
async fn the_whole_of_it_can_be_had_as_csv_page_by_page() {
    let world = busy().await;
    let all = records(&world).await;
    let csv = async |query: &str| {
        let answer = world.client.get(&format!("/v1/audit{query}")).bearer(&world.admin).header("accept", "text/csv");
        let answer = answer.await.expect_status(200);
        assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"audit.csv\"");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        answer
    };
    let whole = csv("?limit=1000").await;
    assert_eq!(whole.header("x-next-cursor"), "");
    let rows: Vec<_> = whole.text().lines().map(str::to_owned).collect();
    assert_eq!(rows.len(), all.len() + 1);
    let headings = r#"﻿"id","at (ZONE)","by","by name","act","subject kind","subject","subject name","before","after""#;
    let zone = world.get("/v1/organization").await.json()["time_zone"].as_str().unwrap().to_owned();
    assert_eq!(rows[0], headings.replace("ZONE", &zone));
    let (_, at) = rows[1].split_once(r#"",""#).unwrap();
    assert!(chrono::NaiveDateTime::parse_from_str(&at[..19], "%Y-%m-%d %H:%M:%S").is_ok(), "{at}");
    assert!(rows[1].contains(r#","'=Crew, ""early""","#), "{}", rows[1]);
    assert!(rows[4].ends_with(r#","{""cap"":6}","{""cap"":7}""#), "{}", rows[4]);
    let mut pages = String::new();
    let mut cursor = String::new();
    loop {
        let page = csv(&format!("?limit=3{cursor}")).await;
        pages.push_str(&page.text());
        if page.header("x-next-cursor").is_empty() {
            break;
        }
        cursor = format!("&cursor={}", page.header("x-next-cursor"));
    }
    assert_eq!(pages, whole.text());
    let refused = world.client.get("/v1/audit?limit=1001").bearer(&world.admin).header("accept", "text/csv");
    refused.await.expect_status(422);
}

#[tokio::test]
async fn an_act_whose_answer_is_lost_is_told_once() {
    let world = World::start().await;
    let lose = || (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    let unit = format!("/v1/units/{UNIT}");
    lose();
    world.put(&unit, json!({"kind": "site", "name": "Yard"})).await.expect_status(200);
    lose();
    world.delete(&unit).await.expect_status(204);
    let acts: Vec<_> = told(&records(&world).await).into_iter().map(|(act, ..)| act).collect();
    assert_eq!(acts, ["organization_created", "unit_put", "unit_deleted"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_act_whose_process_dies_is_done_and_told_or_neither() {
    let world = World::start().await;
    at_each_boundary(&world, async |case| {
        let name = format!("Yard {case}");
        let id = format!("00000000-0000-4000-8000-{case:012}");
        let _ = world.put(&format!("/v1/units/{id}"), json!({"kind": "site", "name": name})).await;
        let there = world.items("unit").iter().any(|unit| unit["id"]["S"] == id.as_str());
        let told = world.items("audit").iter().any(|record| record["subject"]["M"]["id"]["S"] == id.as_str());
        assert_eq!(there, told, "case {case}");
    })
    .await;
}

/// A clock that stands still, and chance that is always the same: every act of theirs gets the same id.
struct Same;

impl Clock for Same {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000)
    }
}

impl Random for Same {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(7);
    }
}

#[tokio::test]
async fn no_record_takes_the_place_of_another() {
    let world = World::start().await;
    let mut environment = world.running.environment.clone();
    environment.insert("REDEMPTION_BUDGET_MS".to_owned(), "150".to_owned());
    let config = Config::from_lookup(|name| Ok(environment.get(name).cloned())).unwrap();
    let sdk = || tests::sdk::access().sdk(world.engine.endpoint());
    let services = Services { dynamodb: sdk(), ses: sdk(), eventbridge: sdk() };
    let store = App::connect(config, services, Arc::new(Same), Arc::new(Same)).store.clone();
    let organization = OrganizationId::parse(UNIT).unwrap();
    let module = |title: &str| Module {
        id: ModuleId::parse(MODULE).unwrap(),
        title: Title::parse(title).unwrap(),
        url: "https://training.example/".to_owned(),
    };
    let by = MemberId::from_bytes([1; 16]).into();
    store.put_module(organization, by, &module("First")).await.unwrap();
    let before = world.contents();
    assert!(store.put_module(organization, by, &module("Second")).await.unwrap_err().is_transient());
    assert_eq!(world.contents(), before, "neither the act nor its record");
}
