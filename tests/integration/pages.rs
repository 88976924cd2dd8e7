//! Lists of more than a page: nothing lost, nothing doubled, in their order, whatever is asked for.

use std::collections::BTreeSet;

use futures::{StreamExt, stream};
use serde_json::{Value, json};
use tests::{World, world::Link};

/// Every page of a list, `limit` a page, put together; no page is longer than its limit.
async fn walk(world: &World, path: &str, list: &str, limit: usize) -> Vec<Value> {
    let mut found = Vec::new();
    let mut cursor = String::new();
    let separator = if path.contains('?') { '&' } else { '?' };
    for _ in 0..200 {
        let page = world.get(&format!("{path}{separator}limit={limit}{cursor}")).await.expect_status(200).json();
        let items = page[list].as_array().unwrap();
        assert!(items.len() <= limit, "{} of {limit}", items.len());
        found.extend(items.iter().cloned());
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
    panic!("{path} never ends");
}

async fn register(world: &World, link: &Link, emails: impl Iterator<Item = String>) {
    stream::iter(emails)
        .for_each_concurrent(8, |email| async move {
            world.register(&link.code, &email).await.expect_status(202);
        })
        .await;
}

fn emails(from: usize, to: usize) -> impl Iterator<Item = String> {
    (from..to).map(|number| format!("worker{number:03}@example.com"))
}

fn set(items: &[Value], pointer: &str) -> BTreeSet<String> {
    items.iter().map(|item| item.pointer(pointer).and_then(Value::as_str).unwrap().to_owned()).collect()
}

#[tokio::test]
async fn the_statistics_of_a_link_list_every_enrollment_once_oldest_first() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    register(&world, &link, emails(0, 130)).await;
    for limit in [40, 65, 100] {
        let path = format!("/v1/links/{}/stats", link.id);
        let rows = walk(&world, &path, "enrollments", limit).await;
        assert_eq!((rows.len(), set(&rows, "/member/email")), (130, emails(0, 130).collect()));
        let times: Vec<_> = rows.iter().map(|row| row["registered_at"].as_str().unwrap()).collect();
        assert!(times.is_sorted());
    }
    let first = world.get(&format!("/v1/links/{}/stats", link.id)).await.expect_status(200).json();
    assert_eq!(first["enrollments"].as_array().unwrap().len(), 50, "a page has fifty unless asked otherwise");
    assert_eq!(
        first["by_state"],
        json!({"reserved": 0, "pending": 130, "enrolled": 0, "lapsed": 0, "removed": 0, "waiting": 0})
    );
    world.check_books(&link);
}

#[tokio::test]
async fn members_are_found_by_access_link_and_unit_in_any_combination() {
    let world = World::start().await;
    let (one, two) = (world.site().await.0, world.site().await.0);
    let first = world.link(json!({"admission": "approval", "allocation": {"sites": [one]}})).await;
    let second = world.link(json!({"admission": "approval", "allocation": {"sites": [one, two]}})).await;
    let third = world.link(json!({"allocation": {"sites": [two]}})).await;
    // 0..70 through the first, 60..115 through the second, 110..125 through the third.
    register(&world, &first, emails(0, 70)).await;
    register(&world, &second, emails(60, 115)).await;
    register(&world, &third, emails(110, 125)).await;
    let all = walk(&world, "/v1/members", "members", 100).await;
    let id = |email: &str| {
        let member = all.iter().find(|member| member["email"] == email).unwrap();
        member["id"].as_str().unwrap().to_owned()
    };
    let ids = |from, to| emails(from, to).map(|email| id(&email)).collect::<Vec<_>>();
    // 0..30 and 60..65 granted, of these 20..30 revoked.
    for members in [ids(0, 30), ids(60, 65)] {
        world.post("/v1/members/grants", json!({"members": members})).await.expect_status(200);
    }
    world.post("/v1/members/revocations", json!({"members": ids(20, 30)})).await.expect_status(200);

    let some = |ranges: &[(usize, usize)]| -> BTreeSet<String> {
        ranges.iter().flat_map(|(from, to)| emails(*from, *to)).collect()
    };
    let (first, second, third) = (&first.id, &second.id, &third.id);
    for (filter, expected) in [
        ("access=pending".to_owned(), some(&[(30, 60), (65, 115)])),
        ("access=unverified".to_owned(), some(&[(115, 125)])),
        ("access=without".to_owned(), some(&[(30, 60), (65, 125)])),
        ("access=granted".to_owned(), some(&[(0, 20), (60, 65)])),
        ("access=revoked".to_owned(), some(&[(20, 30)])),
        (format!("link={first}"), some(&[(0, 70)])),
        (format!("link={third}"), some(&[(110, 125)])),
        (format!("link={second}&access=pending"), some(&[(65, 115)])),
        (format!("link={third}&access=without"), some(&[(110, 125)])),
        (format!("link={third}&access=unverified"), some(&[(115, 125)])),
        (format!("link={first}&access=revoked"), some(&[(20, 30)])),
        // In a unit is who has landed there.
        (format!("unit={one}"), some(&[(0, 30), (60, 65)])),
        (format!("unit={two}"), some(&[(60, 65)])),
        (format!("unit={one}&access=granted"), some(&[(0, 20), (60, 65)])),
        (format!("unit={one}&access=revoked"), some(&[(20, 30)])),
        // Who has no access yet is of the unit that they will be in.
        (format!("unit={one}&access=pending"), some(&[(30, 60), (65, 115)])),
        (format!("link={first}&unit={two}"), some(&[(60, 65)])),
        (format!("link={second}&unit={one}"), some(&[(60, 65)])),
        (format!("link={first}&unit={one}&access=revoked"), some(&[(20, 30)])),
        (format!("link={third}&unit={one}"), BTreeSet::new()),
    ] {
        for limit in [7, 100] {
            let mut found = walk(&world, &format!("/v1/members?{filter}"), "members", limit).await;
            found.retain(|member| member["role"] != "admin");
            let addresses = set(&found, "/email");
            assert_eq!(addresses.len(), found.len(), "{filter} {limit}: somebody twice");
            assert_eq!(addresses, expected, "{filter} {limit}");
        }
    }
    let everybody = walk(&world, "/v1/members", "members", 7).await;
    assert_eq!((everybody.len(), set(&everybody, "/id").len()), (126, 126));
}

#[tokio::test]
async fn the_links_of_an_organization_come_newest_first() {
    let world = World::start().await;
    let mut made = Vec::new();
    for number in 0..110 {
        made.push(world.link(json!({"name": format!("Link {number}"), "cap": 5})).await.id);
    }
    // Deleted ones stay listed with what they enrolled.
    world.delete(&format!("/v1/links/{}", made[50])).await.expect_status(204);
    made.reverse();
    for limit in [25, 55, 100] {
        let found = walk(&world, "/v1/links", "links", limit).await;
        let ids: Vec<_> = found.iter().map(|link| link["id"].as_str().unwrap()).collect();
        assert_eq!(ids, made, "{limit}");
        let deleted = found.iter().filter(|link| link["status"] == "deleted");
        assert_eq!(deleted.count(), 1);
        assert!(found.iter().all(|link| link["seats"]["taken"] == 0));
    }
}

#[tokio::test]
async fn a_list_that_changes_while_it_is_read_loses_nobody_who_stays() {
    let world = World::start().await;
    let link = world.link(json!({"admission": "approval"})).await;
    register(&world, &link, emails(0, 30)).await;
    let path = format!("/v1/members?link={}&limit=10", link.id);
    let page = world.get(&path).await.expect_status(200).json();
    let next = page["next"].as_str().unwrap().to_owned();
    let mut found = page["members"].as_array().unwrap().clone();
    // Somebody already seen goes, newcomers come.
    let gone = found[9]["id"].clone();
    world.post("/v1/members/revocations", json!({"members": [gone]})).await.expect_status(200);
    register(&world, &link, emails(30, 35)).await;
    let mut cursor = Some(next);
    while let Some(next) = cursor {
        let page = world.get(&format!("{path}&cursor={next}")).await.expect_status(200).json();
        found.extend(page["members"].as_array().unwrap().iter().cloned());
        cursor = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!((found.len(), set(&found, "/email")), (35, emails(0, 35).collect()));
}
