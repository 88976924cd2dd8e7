//! Finding people among members: by how name or address begin, by mail that does not reach them, and in an order.

mod index;

use futures::{StreamExt, stream};
use serde_json::{Value, json};
use tests::{World, world::Link};

use crate::refusals::{Still, refused};

async fn register(world: &World, link: &Link, name: &str, email: &str) {
    let body = json!({"name": name, "email": email});
    world.client.post(&format!("/v1/join/{}", link.code), body).await.expect_status(202);
}

/// The names on all pages of a query, as they come; no page is longer than its limit.
async fn names(world: &World, query: &str, limit: usize) -> Vec<String> {
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/v1/members?limit={limit}&{query}{cursor}");
        let page = world.get(&path).await.expect_status(200).json();
        let members = page["members"].as_array().unwrap();
        assert!(members.len() <= limit);
        let people = members.iter().filter(|member| member["role"] == "member");
        names.extend(people.map(|member| member["name"].as_str().unwrap().to_owned()));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return names,
        }
    }
}

/// Five people, the first two granted.
async fn crew() -> (World, Link) {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    for (name, email) in [
        ("Łukasz Ćwik", "lukasz@yard.example"),
        ("Anna-Maria O'Neil", "zoe@example.com"),
        ("Zoë Weiß", "ana.w@example.com"),
        ("Ålesund Ås", "aas@yard.example"),
        ("bo rivet", "Bo+welder@example.com"),
    ] {
        register(&world, &link, name, email).await;
    }
    for email in ["lukasz@yard.example", "zoe@example.com"] {
        let id = world.member_id(email).await;
        assert_eq!(world.grant(&id).await, "granted");
    }
    world.indexed().await;
    (world, link)
}

#[tokio::test]
async fn people_are_found_by_the_beginning_of_any_word_of_their_name_or_part_of_their_address() {
    let (world, link) = crew().await;
    let (site, _) = world.site().await;
    let id = world.member_id("zoe@example.com").await;
    world.patch(&format!("/v1/members/{id}"), json!({"allocation": {"sites": [site]}})).await.expect_status(200);
    for (query, expected) in [
        ("q=lukasz", vec!["Łukasz Ćwik"]),
        ("q=%C5%81UK", vec!["Łukasz Ćwik"]),
        ("q=cwik", vec!["Łukasz Ćwik"]),
        ("q=neil", vec!["Anna-Maria O'Neil"]),
        ("q=anna-m%20o", vec!["Anna-Maria O'Neil"]),
        // By name, and by address.
        ("q=zoe", vec!["Anna-Maria O'Neil", "Zoë Weiß"]),
        ("q=an", vec!["Anna-Maria O'Neil", "Zoë Weiß"]),
        ("q=ana%20weiss", vec!["Zoë Weiß"]),
        ("q=bo%2Bwelder%40example.com", vec!["bo rivet"]),
        ("q=o%27neil", vec!["Anna-Maria O'Neil"]),
        ("q=O%E2%80%99NEIL", vec!["Anna-Maria O'Neil"]),
        ("q=oneil%20maria", vec!["Anna-Maria O'Neil"]),
        ("q=welder", vec!["bo rivet"]),
        ("q=%40yard", vec!["Ålesund Ås", "Łukasz Ćwik"]),
        ("q=yard.ex%20cwik", vec!["Łukasz Ćwik"]),
        ("q=example", vec!["Anna-Maria O'Neil", "Zoë Weiß", "bo rivet", "Ålesund Ås", "Łukasz Ćwik"]),
        ("q=ivet", vec![]),
        ("q=ard", vec![]),
        ("q=zoe&access=granted", vec!["Anna-Maria O'Neil"]),
        ("q=zoe&access=revoked", vec![]),
        (&format!("q=zoe&link={}", link.id), vec!["Anna-Maria O'Neil", "Zoë Weiß"]),
        (&format!("q=zoe&link={}", world.link(json!({})).await.id), vec![]),
        ("q=zoe&link=00000000-0000-7000-8000-000000000000", vec![]),
        (&format!("q=zoe&unit={site}"), vec!["Anna-Maria O'Neil"]),
        (&format!("q=zoe&unit={site}&access=without"), vec![]),
    ] {
        for limit in [1, 3, 100] {
            let mut found = names(&world, query, limit).await;
            found.sort();
            assert_eq!(found, expected, "{query} {limit}");
        }
    }
}

#[tokio::test]
async fn members_come_in_the_order_that_is_asked_for_on_every_page() {
    let (world, link) = crew().await;
    let by_time = ["Łukasz Ćwik", "Anna-Maria O'Neil", "Zoë Weiß", "Ålesund Ås", "bo rivet"];
    let by_name = ["Ålesund Ås", "Anna-Maria O'Neil", "bo rivet", "Łukasz Ćwik", "Zoë Weiß"];
    let by_access = ["Zoë Weiß", "Ålesund Ås", "bo rivet", "Łukasz Ćwik", "Anna-Maria O'Neil"];
    for (query, expected) in [
        ("", &by_access[..]),
        ("sort=access", &by_access),
        ("sort=created", &by_time),
        ("sort=newest", &by_time.iter().rev().copied().collect::<Vec<_>>()),
        ("sort=newest&access=pending", &["bo rivet", "Ålesund Ås", "Zoë Weiß"]),
        ("sort=name", &by_name),
        ("sort=name&access=pending", &["Ålesund Ås", "bo rivet", "Zoë Weiß"]),
        ("sort=access&q=example", &by_access),
        ("sort=name&q=zoe", &["Anna-Maria O'Neil", "Zoë Weiß"]),
        ("sort=newest&q=example", &by_time.iter().rev().copied().collect::<Vec<_>>()),
        (&format!("sort=name&link={}", link.id), &by_name),
        (&format!("sort=access&link={}", link.id), &by_access),
    ] {
        for limit in [1, 2, 100] {
            assert_eq!(names(&world, query, limit).await, expected, "{query} {limit}");
        }
    }
}

#[tokio::test]
async fn whom_mail_does_not_reach_is_found_by_that() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    register(&world, &link, "Reached", "reached@example.com").await;
    register(&world, &link, "Lost", "bounce+lost@simulator.amazonses.com").await;
    world.indexed().await;
    let until = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while names(&world, "mail=trouble", 100).await.is_empty() {
        assert!(std::time::Instant::now() < until, "nobody's mail is in trouble");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    for query in ["mail=trouble", "mail=trouble&q=lo", "mail=trouble&sort=name", "mail=trouble&access=without"] {
        assert_eq!(names(&world, query, 1).await, ["Lost"], "{query}");
    }
    assert!(names(&world, "mail=trouble&q=rea", 1).await.is_empty());
}

#[tokio::test]
async fn one_is_found_among_many_on_the_first_page_and_all_are_sorted() {
    // What else reads the table would be counted along.
    let world = World::start_without_stream(|options| options.schedules = false).await;
    let link = world.link(json!({"admission": "approval"})).await;
    let people = (0..620).map(|number| (format!("Person {:03}", 619 - number), format!("p{number}@example.com")));
    let people: Vec<_> = people.collect();
    stream::iter(&people).for_each_concurrent(32, |(name, email)| register(&world, &link, name, email)).await;
    register(&world, &link, "Needle", "needle@example.com").await;
    world.index_anew().await;
    for (query, queries, most) in [("need", 1, 6.0), ("needle%20example", 2, 12.0), ("person%20p7@", 2, 130.0)] {
        let mark = world.proxy.mark();
        let page = world.get(&format!("/v1/members?q={query}&limit=1")).await.expect_status(200).json();
        let cost = world.proxy.since(mark);
        // Beside what every call of an admin reads: the organization, a query for each word, and the people found.
        let units = cost.capacity().read();
        assert!(
            cost.of("Query") == queries && units < most,
            "{query}: {} queries, {units} read units",
            cost.of("Query")
        );
        assert_eq!(page["members"].as_array().unwrap().len(), 1, "{query}");
    }
    let first = world.get("/v1/members?q=person&limit=7").await.expect_status(200).json();
    assert!(first["members"].as_array().unwrap().len() == 7 && first["next"].is_string());
    assert_eq!(names(&world, "q=person", 100).await.len(), 620, "each once");
    let mut sorted: Vec<_> = people.into_iter().map(|(name, _)| name).collect();
    sorted.sort();
    sorted.insert(0, "Needle".to_owned());
    assert_eq!(names(&world, "sort=name", 100).await, sorted);
}

#[tokio::test]
async fn a_cursor_belongs_to_all_of_its_query() {
    let (world, _) = crew().await;
    let other = world.other_organization("admin@other.example").await;
    world.indexed().await;
    let queries = [
        "",
        "q=a",
        "q=an",
        "sort=name",
        "sort=created",
        "sort=newest",
        "sort=name&q=a",
        "mail=trouble",
        "q=a&access=without",
    ];
    for from in queries {
        let page = world.get(&format!("/v1/members?limit=1&{from}")).await.expect_status(200).json();
        let Some(cursor) = page["next"].as_str() else { continue };
        for to in queries {
            let path = format!("/v1/members?limit=1&{to}&cursor={cursor}");
            let status = if from == to { 200 } else { 400 };
            let _ = world.get(&path).await.expect_status(status);
            let foreign = world.client.get(&path).bearer(&other).await.expect_status(400);
            assert_eq!(foreign.error_code(), "invalid_cursor");
        }
    }
    let foreign = world.client.get("/v1/members?q=a&sort=name").bearer(&other).await.expect_status(200).json();
    let found: Vec<&Value> = foreign["members"].as_array().unwrap().iter().map(|member| &member["email"]).collect();
    assert_eq!(found, ["admin@other.example"]);
}

#[tokio::test]
async fn what_nobody_can_be_found_by_is_refused() {
    let still = Still::new(World::start().await).await;
    let long = format!("q={}", "x".repeat(101));
    for query in ["q=", "q=%20", "q=%CC%81", "q=--", &long, "mail=", "mail=sent", "sort=", "sort=email", "sort=Name"] {
        let answer = still.world.get(&format!("/v1/members?{query}")).await;
        refused(&answer, 422, "invalid_fields", query);
    }
    still.check();
}
