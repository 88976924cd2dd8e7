//! An organization's logo: put by its admins, seen by everybody who has its address, and gone with it.

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use serde_json::{Value, json};
use shared::domain::Picture;
use tests::{
    World,
    fault_proxy::{Boundary, Fault},
    http::Answer,
    pictures::{LOGO, PHOTO, as_logo},
};

const PATH: &str = "/v1/organization/logo";

async fn put(world: &World, picture: &[u8]) -> Value {
    world.put(PATH, as_logo(picture)).await.expect_status(200).json()
}

async fn settings(world: &World) -> Value {
    world.get("/v1/organization").await.expect_status(200).json()
}

/// The path of the logo that an answer tells of.
fn path_of(logo: &Value) -> String {
    let url = logo["url"].as_str().unwrap();
    let at = url.find("/v1/logos/").unwrap();
    assert!(url.starts_with("http"), "{url}");
    url[at..].to_owned()
}

async fn picture_at(world: &World, path: &str) -> Answer {
    world.client.get(path).await
}

/// What the table holds of logos.
fn kept(world: &World) -> usize {
    world.items("logo").len()
}

#[tokio::test]
async fn a_logo_is_seen_by_everybody_at_an_address_that_pages_name_with_its_size() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let join = format!("/v1/join/{}", link.code);
    assert_eq!(world.client.get(&join).await.expect_status(200).json()["logo"], Value::Null);
    let after = put(&world, LOGO).await;
    assert_eq!(after, settings(&world).await);
    let logo = &after["logo"];
    assert_eq!((&after["version"], &logo["width"], &logo["height"]), (&json!(2), &json!(240), &json!(80)));
    assert_eq!(&world.client.get(&join).await.expect_status(200).json()["logo"], logo);
    assert_eq!(&world.get("/v1/me").await.expect_status(200).json()["organization"]["logo"], logo);

    let answer = picture_at(&world, &path_of(logo)).await.expect_status(200);
    assert_eq!(answer.body, LOGO);
    for (header, value) in [
        ("content-type", "image/png"),
        ("cache-control", "public, max-age=31536000, immutable"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox"),
    ] {
        let values: Vec<_> = answer.headers.get_all(header).iter().collect();
        assert_eq!(values, [value], "{header}");
    }
    assert!(!path_of(logo).contains(after["id"].as_str().unwrap()));
    // A registration reads nothing of it, and a page not a call more than without.
    let mark = world.proxy.mark();
    world.client.get(&join).await.expect_status(200);
    let with = world.proxy.since(mark).by_operation();
    world.delete(PATH).await.expect_status(200);
    let mark = world.proxy.mark();
    world.client.get(&join).await.expect_status(200);
    assert_eq!(world.proxy.since(mark).by_operation(), with);
}

#[tokio::test]
async fn what_a_photo_tells_beside_its_picture_is_not_kept() {
    let world = World::start().await;
    let logo = put(&world, PHOTO).await["logo"].clone();
    let answer = picture_at(&world, &path_of(&logo)).await.expect_status(200);
    assert_eq!(answer.header("content-type"), "image/jpeg");
    assert_eq!(answer.body, Picture::read(PHOTO).unwrap().bytes());
    assert!(!answer.text().contains("Exif") && String::from_utf8_lossy(PHOTO).contains("Exif"));
}

#[tokio::test]
async fn another_logo_takes_the_place_of_the_one_before_and_none_is_left_over() {
    let world = World::start().await;
    let first = put(&world, LOGO).await["logo"].clone();
    // The same again changes nothing.
    assert_eq!(put(&world, LOGO).await["version"], 2);
    let second = put(&world, PHOTO).await;
    assert_eq!((second["version"].as_u64(), kept(&world)), (Some(3), 1));
    picture_at(&world, &path_of(&first)).await.expect_status(404);
    picture_at(&world, &path_of(&second["logo"])).await.expect_status(200);
    let none = world.delete(PATH).await.expect_status(200).json();
    assert_eq!((&none["logo"], &none["version"], kept(&world)), (&Value::Null, &json!(4), 0));
    let gone = picture_at(&world, &path_of(&second["logo"])).await.expect_status(404);
    assert_eq!((gone.error_code(), gone.header("cache-control")), ("not_found".to_owned(), "no-store"));
    // Taken away again, it is as it was.
    assert_eq!(world.delete(PATH).await.expect_status(200).json(), none);
    let acts = world.items("audit").into_iter().filter(|record| record["act"]["S"] == "organization_edited");
    let mut told: Vec<_> = acts.map(|record| (record["before"]["M"].clone(), record["after"]["M"].clone())).collect();
    told.sort_by_key(|(before, _)| before.to_string());
    let hash = |logo: &Value| json!({"logo": {"S": path_of(logo).trim_start_matches("/v1/logos/")}});
    let no_logo = json!({"logo": {"NULL": true}});
    let (one, two) = (hash(&first), hash(&second["logo"]));
    assert_eq!(told.len(), 3);
    for pair in [(no_logo.clone(), one.clone()), (one, two.clone()), (two, no_logo)] {
        assert!(told.contains(&pair), "{pair:?} of {told:?}");
    }
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_changes_nothing() {
    let world = World::start().await;
    put(&world, LOGO).await;
    let before = world.contents();
    let mut damaged = LOGO.to_vec();
    damaged[20] ^= 1;
    for (picture, words) in [
        (STANDARD.encode(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "must be a PNG or JPEG picture"),
        (STANDARD.encode(damaged), "is damaged, or not a complete picture"),
        (STANDARD.encode(vec![0; 24 * 1024 + 1]), "must be at most 24 KB"),
        ("no base64".to_owned(), "must be base64"),
        (STANDARD.encode(LOGO).trim_end_matches('=').to_owned() + "A", "must be base64"),
    ] {
        let refused = world.put(PATH, json!({"picture": picture})).await.expect_status(422).json();
        assert_eq!(refused["error"]["fields"]["picture"], words);
    }
    let missing = world.put(PATH, json!({})).await.expect_status(422).json();
    assert!(missing["error"]["fields"]["picture"].is_string());
    let long = world.put(PATH, json!({"picture": "A".repeat(40_000)})).await.expect_status(413);
    assert_eq!(long.error_code(), "body_too_large");
    world.put(PATH, json!({"picture": STANDARD.encode(LOGO), "kind": "png"})).await.expect_status(400);
    assert_eq!(world.contents(), before);
}

#[tokio::test]
async fn a_logo_of_a_version_that_was_overtaken_is_refused_and_a_repeat_is_not() {
    let world = World::start().await;
    let with_version = |version: u64, picture: &[u8]| {
        let mut body = as_logo(picture);
        body["version"] = json!(version);
        world.put(PATH, body)
    };
    with_version(1, LOGO).await.expect_status(200);
    let stale = with_version(1, PHOTO).await.expect_status(409);
    assert_eq!(stale.error_code(), "version_conflict");
    assert_eq!(with_version(1, LOGO).await.expect_status(200).json()["version"], 2);
    // An edit of the settings from before the logo is overtaken by it.
    let stale = world.patch("/v1/organization", json!({"version": 1, "name": "Acme"})).await.expect_status(409);
    assert_eq!(stale.error_code(), "version_conflict");
}

#[tokio::test]
async fn each_organization_has_a_logo_of_its_own_even_of_the_same_picture() {
    let world = World::start().await;
    let other = world.other_organization("admin@other.example").await;
    let ours = path_of(&put(&world, LOGO).await["logo"]);
    let theirs = world.client.put(PATH, as_logo(LOGO)).bearer(&other).await.expect_status(200).json();
    let theirs = path_of(&theirs["logo"]);
    assert_ne!(ours, theirs);
    world.client.delete(PATH).bearer(&other).await.expect_status(200);
    picture_at(&world, &theirs).await.expect_status(404);
    picture_at(&world, &ours).await.expect_status(200);
    for hash in ["", "x", &"0".repeat(64), &ours.to_uppercase()[10..]] {
        picture_at(&world, &format!("/v1/logos/{hash}")).await.expect_status(404);
    }
}

#[tokio::test]
async fn a_poster_has_the_logo_within() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let path = format!("/v1/links/{}/poster", link.id);
    let poster = async |accept: &str| {
        world.client.get(&path).bearer(&world.admin).header("accept", accept).await.expect_status(200).text()
    };
    let plain = poster("image/svg+xml").await;
    assert!(!plain.contains("<image"));
    put(&world, LOGO).await;
    let image = format!("href=\"data:image/png;base64,{}\"", STANDARD.encode(LOGO)).replace('+', "&#43;");
    for accept in ["image/svg+xml", "text/html"] {
        let drawn = poster(accept).await.replace('+', "&#43;");
        assert_eq!(drawn.matches(&image).count(), 1, "{drawn}");
    }
}

#[tokio::test]
async fn a_logo_whose_process_dies_is_all_there_or_not_at_all() {
    let world = World::start().await;
    let mut deaths = 0;
    for boundary in [Boundary::Before, Boundary::After] {
        for nth in 1..20 {
            world.delete(PATH).await.expect_status(200);
            world.proxy.kill_at(nth, boundary);
            let answer = world.put(PATH, as_logo(LOGO)).await;
            let died = world.proxy.is_dead();
            world.proxy.revive();
            let logo = &settings(&world).await["logo"];
            assert_eq!(kept(&world), usize::from(!logo.is_null()));
            if !logo.is_null() {
                picture_at(&world, &path_of(logo)).await.expect_status(200);
            }
            if !died {
                assert!(!logo.is_null() && answer.status == 200, "{}", answer.text());
                break;
            }
            deaths += 1;
        }
    }
    assert!(deaths >= 6, "{deaths}");
    (0..3).for_each(|_| world.proxy.fail_next("TransactWriteItems", Fault::LoseAnswer));
    assert_eq!(put(&world, PHOTO).await["logo"]["height"], 16);
    assert_eq!(kept(&world), 1);
}

#[tokio::test]
async fn a_logo_goes_when_its_organization_is_closed() {
    let world = World::start().await;
    let other = world.other_organization("admin@other.example").await;
    let logo = world.client.put(PATH, as_logo(LOGO)).bearer(&other).await.expect_status(200).json();
    let ours = path_of(&put(&world, LOGO).await["logo"]);
    assert_eq!(kept(&world), 2);
    let event = json!({"organization_id": logo["id"], "name": "Other"});
    world.running.invoke("close-organization", event).await.unwrap();
    picture_at(&world, &path_of(&logo["logo"])).await.expect_status(404);
    picture_at(&world, &ours).await.expect_status(200);
    assert_eq!(kept(&world), 1);
    world.clock.advance(TimeDelta::minutes(6));
    world.running.run_schedule("sweep-expired").await.unwrap();
    let closed = world.items("organization").into_iter().find(|item| item["name"]["S"] == "Other").unwrap();
    assert_eq!((closed.get("logo"), &closed["closing"]["M"]["stage"]["S"]), (None, &json!("closed")));
}
