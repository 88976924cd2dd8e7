//! An organization's settings: seen and changed by its admins alone, and in force everywhere at once.

use futures::future::join_all;
use serde_json::{Value, json};
use tests::{
    World,
    fault_proxy::{Boundary, Fault},
};

async fn settings(world: &World) -> Value {
    world.get("/v1/organization").await.expect_status(200).json()
}

async fn change(world: &World, fields: Value) -> Value {
    world.patch("/v1/organization", fields).await.expect_status(200).json()
}

#[tokio::test]
async fn what_is_not_named_stays_and_null_takes_the_contact_away() {
    let world = World::start().await;
    let before = settings(&world).await;
    assert_eq!(
        (&before["name"], &before["language"], &before["support_contact"], &before["version"]),
        (&json!("Demo"), &json!("en"), &Value::Null, &json!(1))
    );
    let contact = "https://acme.example/help";
    let after = change(&world, json!({"version": 1, "support_contact": contact, "language": "pl"})).await;
    assert_eq!(after, settings(&world).await);
    let wanted = json!({
        "id": before["id"], "name": "Demo", "time_zone": "Europe/Berlin", "language": "pl", "support_contact": contact,
        "accent_color": null, "logo": null,
        "version": 2, "created_at": before["created_at"],
    });
    assert_eq!(after, wanted);
    // Without a version it is changed as it stands.
    let after = change(&world, json!({"support_contact": null, "time_zone": "Asia/Tokyo"})).await;
    assert_eq!(
        (&after["support_contact"], &after["time_zone"], &after["version"]),
        (&Value::Null, &json!("Asia/Tokyo"), &json!(3))
    );
    let stale = world.patch("/v1/organization", json!({"version": 2, "name": "Other"})).await.expect_status(409);
    assert_eq!(stale.error_code(), "version_conflict");
    // What was done, and is asked for again because its answer was lost, is answered as it was.
    let again = change(&world, json!({"version": 2, "support_contact": null, "time_zone": "Asia/Tokyo"})).await;
    assert_eq!(again, after);
    let ahead = world.patch("/v1/organization", json!({"version": 4, "time_zone": "Asia/Tokyo"})).await;
    assert_eq!(ahead.expect_status(409).error_code(), "version_conflict");
    let me = world.get("/v1/me").await.expect_status(200).json();
    assert_eq!(me["organization"]["time_zone"], "Asia/Tokyo");
}

#[tokio::test]
async fn a_renamed_organization_has_its_new_name_on_every_join_page_at_once() {
    let world = World::start().await;
    let links = [json!({}), json!({"admission": "approval"}), json!({"cap": 40})];
    let links = join_all(links.map(|fields| world.link(fields))).await;
    change(&world, json!({"name": "Söhne & Töchter", "language": "de"})).await;
    for link in &links {
        let page = world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(200).json();
        assert_eq!((&page["organization"], &page["language"]), (&json!("Söhne & Töchter"), &json!("de")));
    }
}

#[tokio::test]
async fn an_expiry_that_was_set_stays_the_moment_it_is_and_is_shown_in_the_new_zone() {
    let world = World::start().await;
    let day = chrono::Utc::now().date_naive() + chrono::Days::new(30);
    let link = world.link(json!({"expires": day.to_string()})).await;
    let before = world.show(&link).await;
    change(&world, json!({"time_zone": "Asia/Tokyo"})).await;
    let after = world.show(&link).await;
    assert_eq!(before["expires_at"], after["expires_at"]);
    assert!(after["expires_local"].as_str().unwrap().ends_with(" Asia/Tokyo"), "{after}");
}

#[tokio::test]
async fn each_organization_sees_and_changes_its_own() {
    let world = World::start().await;
    let other = world.other_organization("admin@other.example").await;
    let ours = settings(&world).await;
    let theirs = world.client.get("/v1/organization").bearer(&other).await.expect_status(200).json();
    assert_eq!(theirs["name"], "Other");
    let body = json!({"name": "Others", "language": "es"});
    let _ = world.client.patch("/v1/organization", body).bearer(&other).await.expect_status(200);
    assert_eq!(settings(&world).await, ours);
}

#[tokio::test]
async fn a_change_is_recorded_with_what_it_changed() {
    let world = World::start().await;
    change(&world, json!({"name": "Acme", "time_zone": "Europe/Berlin"})).await;
    let records: Vec<_> =
        world.items("audit").into_iter().filter(|record| record["act"]["S"] == "organization_edited").collect();
    assert_eq!(records.len(), 1);
    assert_eq!(
        (&records[0]["before"]["M"], &records[0]["after"]["M"]),
        (&json!({"name": {"S": "Demo"}}), &json!({"name": {"S": "Acme"}}))
    );
}

#[tokio::test]
async fn a_change_whose_process_dies_is_all_there_or_not_at_all() {
    let world = World::start().await;
    let mut deaths = 0;
    for boundary in [Boundary::Before, Boundary::After] {
        for nth in 1..20 {
            let before = settings(&world).await;
            let records = world.items("audit").len();
            world.proxy.kill_at(nth, boundary);
            let name = format!("Name {nth} {boundary:?}");
            let answer = world.patch("/v1/organization", json!({"version": before["version"], "name": name})).await;
            let died = world.proxy.is_dead();
            world.proxy.revive();
            let after = settings(&world).await;
            let changed = after["name"] == name.as_str();
            assert_eq!(world.items("audit").len() - records, usize::from(changed));
            assert_eq!(after["version"].as_u64().unwrap() - before["version"].as_u64().unwrap(), u64::from(changed));
            if !died {
                assert!(changed && answer.status == 200, "{}", answer.text());
                break;
            }
            deaths += 1;
        }
    }
    assert!(deaths >= 6, "{deaths}");
}

#[tokio::test]
async fn a_change_whose_answer_is_lost_is_made_once() {
    let world = World::start().await;
    (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    let after = change(&world, json!({"version": 1, "name": "Lost and found"})).await;
    assert_eq!((&after, &after["version"]), (&settings(&world).await, &json!(2)));
}

#[tokio::test]
async fn the_accent_colour_is_in_force_on_pages_and_posters_at_once_in_shades_that_can_be_read() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let join = format!("/v1/join/{}", link.code);
    let poster = async || {
        let path = format!("/v1/links/{}/poster", link.id);
        world.client.get(&path).bearer(&world.admin).header("accept", "image/svg+xml").await.expect_status(200).text()
    };
    let plain = poster().await;
    assert!(!plain.contains("#707000"), "{plain}");
    let after = change(&world, json!({"accent_color": "#FFFF00"})).await;
    assert_eq!(after["accent_color"], "#ffff00");
    let accent = json!({
        "light": {
            "color": "#707000", "strong": "#545400", "soft": "#f4f4eb",
            "button": {"color": "#ffff00", "strong": "#d7d700", "edge": "#8b8b00", "text": "#000000"},
        },
        "dark": {
            "color": "#ffff00", "strong": "#ffff40", "soft": "#2a2f20",
            "button": {"color": "#ffff00", "strong": "#d7d700", "edge": "#ffff00", "text": "#000000"},
        },
    });
    assert_eq!(world.client.get(&join).await.expect_status(200).json()["accent"], accent);
    assert_eq!(world.get("/v1/me").await.expect_status(200).json()["organization"]["accent"], accent);
    let colored = poster().await;
    assert_eq!(colored.matches("#707000").count(), 2, "a band and a headline: {colored}");
    assert!(colored.contains(r##"<path fill="#000""##), "the code stays black: {colored}");
    let records: Vec<_> =
        world.items("audit").into_iter().filter(|record| record["act"]["S"] == "organization_edited").collect();
    assert_eq!(records[0]["after"]["M"], json!({"accent_color": {"S": "#ffff00"}}));

    let refused = world.patch("/v1/organization", json!({"accent_color": "red"})).await.expect_status(422).json();
    assert_eq!(refused["error"]["fields"]["accent_color"], "must be a color such as #0b5fae");
    assert_eq!(settings(&world).await, after);
    change(&world, json!({"accent_color": null})).await;
    assert_eq!(world.client.get(&join).await.expect_status(200).json()["accent"], Value::Null);
    assert_eq!(poster().await, plain);
}
