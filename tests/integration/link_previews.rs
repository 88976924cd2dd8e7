//! What messengers show of a link that somebody sends.

use serde_json::json;
use tests::{World, http::Answer, world::Link};

async fn preview(world: &World, link: &Link) -> Answer {
    world.client.get(&format!("/v1/join/{}/preview", link.code)).await
}

/// The content of the page's property of this name.
fn property<'a>(page: &'a str, name: &str) -> &'a str {
    let (_, rest) = page.split_once(&format!("<meta property=\"{name}\" content=\"")).unwrap();
    rest.split_once("\">").unwrap().0
}

#[tokio::test]
async fn a_preview_names_the_organization_and_nothing_of_the_link() {
    let world = World::start().await;
    let link = world.link(json!({"name": "Scabs of May", "description": "strike", "welcome": "Hello there"})).await;
    world
        .patch("/v1/organization", json!({"name": "Müller & <b>\"Söhne\"</b>", "language": "de"}))
        .await
        .expect_status(200);
    let answer = preview(&world, &link).await.expect_status(200);
    assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(answer.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    let page = answer.text();
    let name = "Müller &#38; &#60;b&#62;&#34;Söhne&#34;&#60;/b&#62;";
    assert_eq!(property(&page, "og:site_name"), name);
    assert_eq!(property(&page, "og:title"), format!("Schulung bei {name}"));
    assert_eq!(property(&page, "og:url"), world.show(&link).await["url"].as_str().unwrap());
    assert!(page.contains("<html lang=\"de\">"), "{page}");
    for internal in ["Scabs", "strike", "Hello", "<b>"] {
        assert!(!page.contains(internal), "{page}");
    }
}

#[tokio::test]
async fn a_link_is_previewed_in_whatever_state_it_is_until_it_is_deleted() {
    let world = World::start().await;
    let link = world.link(json!({"cap": 1})).await;
    let path = format!("/v1/links/{}", link.id);
    let before = preview(&world, &link).await.expect_status(200).text();
    world.patch(&path, json!({"version": 1, "state": "inactive"})).await.expect_status(200);
    assert_eq!(preview(&world, &link).await.expect_status(200).text(), before);
    assert!(world.items("openings").is_empty(), "a look counts nothing");
    world.client.call(hyper::Method::DELETE, &path).bearer(&world.admin).await.expect_status(204);
    assert_eq!(preview(&world, &link).await.expect_status(404).error_code(), "link_not_found");
}
