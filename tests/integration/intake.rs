//! Whom a link takes: from when on, from which mail domains, and what it asks them.

use chrono::TimeDelta;
use serde_json::json;
use tests::{
    World,
    fault_proxy::{Fault, Matching},
    pictures::{LOGO, as_logo},
};

use crate::refusals::refused;

#[tokio::test]
async fn a_link_opens_at_its_start_and_not_before() {
    let world = World::start().await;
    let starts = (chrono::Utc::now() + TimeDelta::hours(1)).to_rfc3339();
    let link = world.link(json!({"starts": starts})).await;
    assert_eq!(world.show(&link).await["status"], "scheduled");
    let before = world.contents();
    refused(&world.register(&link.code, "ana@example.com").await, 409, "link_not_started", "early");
    assert_eq!(world.contents(), before, "nothing was written");
    let path = format!("/v1/join/{}", link.code);
    let page = world.client.get(&path).await.expect_status(200).json();
    assert_eq!(page["state"], "scheduled");
    assert!(page["starts_at"].is_string(), "people are told when to come: {page}");
    world.clock.advance(TimeDelta::minutes(61));
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    assert_eq!(world.client.get(&path).await.expect_status(200).json()["state"], "open");
}

#[tokio::test]
async fn a_start_date_means_the_beginning_of_that_day_in_the_organizations_zone() {
    let world = World::start().await;
    let day = (chrono::Utc::now() + TimeDelta::days(200)).format("%Y-%m-%d").to_string();
    let link = world.link(json!({"starts": day})).await;
    let shown = world.show(&link).await;
    assert!(shown["starts_local"].as_str().unwrap().starts_with(&format!("{day} 00:00 ")), "{shown}");
}

#[tokio::test]
async fn a_link_that_would_start_after_its_expiry_is_refused_whichever_is_moved() {
    let world = World::start().await;
    let at = |days| (chrono::Utc::now() + TimeDelta::days(days)).to_rfc3339();
    let body = json!({"name": "Link", "admission": "instant", "starts": at(3), "expires": at(2)});
    refused(&world.post("/v1/links", body).await, 422, "invalid_fields", "created");
    let link = world.link(json!({"starts": at(1), "expires": at(2)})).await;
    refused(&world.edit(&link, json!({"starts": at(3)})).await, 422, "invalid_fields", "start moved");
    world.edit(&link, json!({"starts": at(3), "expires": at(4)})).await.expect_status(200);
    refused(&world.edit(&link, json!({"expires": at(2)})).await, 422, "invalid_fields", "expiry moved");
    assert_eq!(world.show(&link).await["version"], 2);
}

#[tokio::test]
async fn a_link_for_some_mail_domains_takes_nobody_else() {
    let world = World::start().await;
    let link = world.link(json!({"domains": {"only": ["Acme.example", "@café.example"], "others": "refuse"}})).await;
    let page = world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(200).json();
    assert_eq!(page["domains"], json!(["acme.example", "café.example"]));
    assert_eq!(world.show(&link).await["domains"]["only"], page["domains"]);
    let before = world.contents();
    for other in ["ana@example.com", "ana@sub.acme.example", "ana@notacme.example"] {
        let answer = world.register(&link.code, other).await;
        refused(&answer, 422, "invalid_fields", other);
        assert!(answer.json()["error"]["fields"]["email"].is_string());
    }
    assert_eq!(world.contents(), before, "nothing was written");
    for meant in ["ana@ACME.example", "bo@café.example", "cy@xn--caf-dma.example"] {
        world.register(&link.code, meant).await.expect_status(202);
    }
    assert_eq!(world.stats(&link).await["by_state"]["reserved"], 3);
}

#[tokio::test]
async fn an_instant_link_holds_other_domains_for_approval() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 3, "domains": {"only": ["acme.example"], "others": "approval"}})).await;
    let status = async |email| world.register(&link.code, email).await.expect_status(202).json()["status"].clone();
    assert_eq!(status("ana@acme.example").await, "check_your_mail");
    assert_eq!(status("guest@example.com").await, "awaiting_approval");
    assert_eq!(status("guest@example.com").await, "awaiting_approval");
    assert_eq!(world.mails_to("guest@example.com"), 0, "nothing is mailed before an admin has looked");
    let guest = world.member_id("guest@example.com").await;
    assert_eq!(world.grant(&guest).await, "granted");
    world.sign_in("guest@example.com").await;
    world.sign_in("ana@acme.example").await;
    assert_eq!(world.stats(&link).await["by_state"]["enrolled"], 2);
    world.check_books(&link);
}

#[tokio::test]
async fn a_link_asks_what_its_admin_wants_to_know_and_keeps_the_answers() {
    let world = World::start().await;
    let fields = json!([
        {"key": "company", "label": "Your company", "kind": "text", "required": true},
        {"key": "trade", "label": "Trade", "kind": "choice", "options": ["Welder", "Rigger"], "required": true},
        {"key": "years", "label": "Years", "kind": "number"},
        {"key": "since", "label": "Since", "kind": "date"},
    ]);
    let link = world.link(json!({"fields": fields})).await;
    let page = world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(200).json();
    assert_eq!(page["fields"][1]["options"], json!(["Welder", "Rigger"]));
    let path = format!("/v1/join/{}", link.code);
    let register = async |answers: serde_json::Value| {
        world.client.post(&path, json!({"name": "Ana", "email": "ana@example.com", "answers": answers})).await
    };
    let before = world.contents();
    for (answers, named) in [
        (json!({}), vec!["answers.company", "answers.trade"]),
        (json!({"company": "A", "trade": "Cook"}), vec!["answers.trade"]),
        (json!({"company": "A", "trade": "Welder", "years": "3"}), vec!["answers.years"]),
        (
            json!({"company": "A\u{202e}", "trade": "Welder", "since": "2026-02-30"}),
            vec!["answers.company", "answers.since"],
        ),
        (json!({"company": "A", "trade": "Welder", "=cmd": 1}), vec!["answers"]),
    ] {
        let answer = register(answers).await;
        refused(&answer, 422, "invalid_fields", &format!("{named:?}"));
        assert!(answer.json()["error"]["fields"].as_object().unwrap().keys().eq(&named), "{}", answer.text());
    }
    assert_eq!(world.contents(), before, "nothing was written");
    let given = json!({"company": " Acme ", "trade": "Welder", "years": 3, "since": "2026-02-28"});
    register(given).await.expect_status(202);
    let enrollment = &world.items("enrollment")[0];
    assert_eq!(enrollment["answers"]["M"]["company"]["S"], "Acme");
    assert_eq!(enrollment["answers"]["M"]["years"]["N"], "3");
    // What is asked of later people does not touch what was answered.
    world.edit(&link, json!({"fields": []})).await.expect_status(200);
    assert_eq!(world.items("enrollment")[0]["answers"], enrollment["answers"]);
}

#[tokio::test]
async fn what_a_link_gives_carries_its_end() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let link = world.link(json!({"allocation": {"sites": [site]}, "allocation_ends": {"after_days": 30}})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    assert!(world.items("enrollment")[0].get("allocation_ends_at").is_none(), "it has not begun");
    world.sign_in("ana@example.com").await;
    let enrollment = &world.items("enrollment")[0];
    let number = |name: &str| enrollment[name]["N"].as_str().unwrap().parse::<i64>().unwrap();
    assert_eq!(number("allocation_ends_at") - number("enrolled_at"), 30 * 86_400_000);
}

#[tokio::test]
async fn a_whole_number_may_be_spelled_with_a_point() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 40.0, "allocation_ends": {"after_days": 90.0}})).await;
    let shown = world.show(&link).await;
    assert_eq!((&shown["cap"], &shown["allocation_ends"]), (&json!(40), &json!({"after_days": 90})));
    let path = format!("/v1/links/{}", link.id);
    let edited = world.patch(&path, json!({"version": 1.0, "cap": 50.0})).await.expect_status(200).json();
    assert_eq!((&edited["version"], &edited["cap"]), (&json!(2), &json!(50)));
    world.post(&format!("{path}/code"), json!({"version": 2.0})).await.expect_status(200);
    world.patch("/v1/organization", json!({"version": 1.0, "name": "Acme"})).await.expect_status(200);
    let refused = world.patch(&path, json!({"version": 3, "cap": 50.5})).await.expect_status(422).json();
    assert!(refused["error"]["fields"]["cap"].is_string());
    world.patch(&path, json!({"version": 3.5, "cap": 50})).await.expect_status(400);
}

#[tokio::test]
async fn a_link_that_takes_nobody_says_whom_to_ask_and_an_unknown_one_says_nothing() {
    let world = World::start().await;
    let settings = json!({"support_contact": "help@demo.example", "accent_color": "#7a1fa2"});
    world.patch("/v1/organization", settings).await.expect_status(200);
    let full = world.link(json!({"cap": 1})).await;
    world.register(&full.code, "first@example.com").await.expect_status(202);
    let over = world.link(json!({"expires": (chrono::Utc::now() + TimeDelta::minutes(1)).to_rfc3339()})).await;
    let off = world.link(json!({})).await;
    world.edit(&off, json!({"state": "inactive"})).await.expect_status(200);
    let gone = world.link(json!({})).await;
    world.delete(&format!("/v1/links/{}", gone.id)).await.expect_status(204);
    let open = world.link(json!({})).await;
    world.put("/v1/organization/logo", as_logo(LOGO)).await.expect_status(200);
    let mut seen = world.client.get(&format!("/v1/join/{}", open.code)).await.expect_status(200).json();
    let (accent, logo) = (seen["accent"].take(), seen["logo"].take());
    assert_eq!((&accent["light"]["button"]["color"], &logo["width"]), (&json!("#7a1fa2"), &json!(240)));
    world.clock.advance(TimeDelta::minutes(2));
    let whom = json!({"organization": "Demo", "support_contact": "help@demo.example", "accent": accent, "logo": logo});
    for (link, status, ask) in
        [(full, 409, whom.clone()), (over, 410, whom.clone()), (off, 410, whom), (gone, 404, json!(null))]
    {
        let answer = world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(status).json();
        assert_eq!(answer["error"]["ask"], ask, "{answer}");
    }
}

#[tokio::test]
async fn who_opens_a_link_reads_the_site_and_the_training_and_can_join_without_their_names() {
    let world = World::start().await;
    let (site, module) = world.site().await;
    let link = world.link(json!({"allocation": {"sites": [site]}})).await;
    let view = async || world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(200).json();
    let catalog = world.get("/v1/catalog").await.expect_status(200).json();
    let title = catalog["modules"].as_array().unwrap().iter().find(|one| one["id"] == module.as_str()).unwrap();
    let named = json!({"sites": [catalog["sites"][0]["name"]], "modules": [title["title"]], "more": false});
    assert_eq!(view().await["gives"], named);

    // The names can't be read: nobody is kept from joining.
    let names = || Matching::operation("BatchGetItem").mentioning("UNIT#");
    (0..5).for_each(|_| world.proxy.fail_next(names(), Fault::Throttle));
    assert_eq!(view().await["gives"], json!({"sites": [], "modules": [], "more": false}));

    world.delete(&format!("/v1/units/{site}")).await.expect_status(204);
    assert_eq!(view().await["gives"], json!({"sites": [], "modules": [], "more": false}));
}

#[tokio::test]
async fn a_look_at_a_link_names_four_units_and_modules_at_most_and_reads_no_others() {
    let world = World::start().await;
    let id = |kind: u8, n: u8| format!("00000000-0000-4000-8000-0000000000{kind}{n}");
    let modules: Vec<_> = (0..6).map(|n| (id(1, n), format!("Module {n}"))).collect();
    for (id, title) in &modules {
        let module = json!({"title": title, "url": "https://training.example/x"});
        world.put(&format!("/v1/modules/{id}"), module).await.expect_status(200);
    }
    let ids: Vec<_> = modules.iter().map(|(id, _)| id).collect();
    let mut sites = Vec::new();
    for n in 0..6 {
        let id = id(2, n);
        let unit = json!({"kind": "site", "name": format!("Yard {n}"), "modules": ids});
        world.put(&format!("/v1/units/{id}"), unit).await.expect_status(200);
        sites.push(id);
    }
    let link = world.link(json!({"allocation": {"sites": sites}})).await;
    let view = world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(200).json();
    let count = |field: &str| view["gives"][field].as_array().unwrap().len();
    assert_eq!((count("sites"), count("modules"), &view["gives"]["more"]), (4, 4, &json!(true)));

    // What was deleted takes the place of nothing that is there.
    for site in &sites[..3] {
        world.delete(&format!("/v1/units/{site}")).await.expect_status(204);
    }
    for (module, _) in &modules[..3] {
        world.delete(&format!("/v1/modules/{module}")).await.expect_status(204);
    }
    let view = world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(200).json();
    let left = json!({"sites": ["Yard 3", "Yard 4", "Yard 5"], "modules": ["Module 3", "Module 4", "Module 5"], "more": false});
    assert_eq!(view["gives"], left);
}
