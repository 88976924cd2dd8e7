//! Posters: read by a QR decoder that shares no code with what draws them.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tests::{World, http::Answer, world::Link};

async fn poster(world: &World, link: &Link, accept: &str) -> Answer {
    poster_with(world, link, "", accept).await
}

async fn poster_with(world: &World, link: &Link, query: &str, accept: &str) -> Answer {
    let path = format!("/v1/links/{}/poster{query}", link.id);
    world.client.get(&path).bearer(&world.admin).header("accept", accept).await
}

/// What stands in the first attribute of this name after `from`.
fn attribute<'a>(text: &'a str, from: &str, name: &str) -> &'a str {
    let rest = &text[text.find(from).unwrap()..];
    rest.split(&format!(" {name}=\"")).nth(1).unwrap().split('"').next().unwrap()
}

/// Draws the QR code of an SVG with this many pixels for a module, and reads it.
fn scan(svg: &str, pixels: usize) -> String {
    // A poster holds the code as a drawing in the drawing.
    let code = if svg.contains("<svg x=") { "<svg x=" } else { "<svg " };
    let modules: usize = attribute(svg, code, "viewBox").split(' ').next_back().unwrap().parse().unwrap();
    let mut dark = vec![false; modules * modules];
    for run in attribute(svg, "<path", "d").split('M').skip(1) {
        let numbers: Vec<usize> = run
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty())
            .map(|n| n.parse().unwrap())
            .collect();
        let [x, y, length, 1, back] = numbers[..] else { panic!("{run}") };
        assert_eq!(length, back);
        dark[y * modules + x..][..length].fill(true);
    }
    for edge in 0..4 * modules {
        let (row, column) = (edge / modules, edge % modules);
        let far = modules - 1 - row;
        let quiet = [(row, column), (far, column), (column, row), (column, far)];
        assert!(quiet.iter().all(|(row, column)| !dark[row * modules + column]), "four modules around it are white");
    }
    let side = modules * pixels;
    let luma = |x: usize, y: usize| if dark[y / pixels * modules + x / pixels] { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, luma);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    let (meta, content) = grids[0].decode().unwrap();
    // Level Q, as it stands in the format bits.
    assert_eq!(meta.ecc_level, 3);
    content
}

#[tokio::test]
async fn the_qr_code_of_a_poster_is_the_links_address() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let long = "W".repeat(500);
    for fields in [json!({}), json!({"welcome": long, "cap": 3, "allocation": {"sites": [site]}})] {
        let link = world.link(fields).await;
        let url = world.show(&link).await["url"].as_str().unwrap().to_owned();
        let svg = poster(&world, &link, "image/svg+xml").await.expect_status(200).text();
        for pixels in [3, 20] {
            assert_eq!(scan(&svg, pixels), url);
        }
        // The page holds the same drawing.
        let page = poster(&world, &link, "text/html,*/*;q=0.8").await.expect_status(200).text();
        assert!(page.contains(svg.trim_end()));
        assert!(svg.contains(&format!(">{url}</text>")), "the address, to be typed: {svg}");
    }
}

#[tokio::test]
async fn a_poster_says_who_invites_where_to_and_until_when_in_the_organizations_language() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let unit = json!({"kind": "site", "name": "Werft <Nord> & Söhne"});
    world.put(&format!("/v1/units/{site}"), unit).await.expect_status(200);
    let version = world.get("/v1/organization").await.expect_status(200).json()["version"].clone();
    let settings = json!({"version": version, "language": "de", "name": "Schweiß & Co <Nord>"});
    world.patch("/v1/organization", settings).await.expect_status(200);
    let day = chrono::Utc::now().date_naive() + chrono::Days::new(30);
    let fields = json!({
        "name": "Internal name", "description": "Internal note", "welcome": "Willkommen \"an\" Bord",
        "expires": day.to_string(), "allocation": {"sites": [site]},
    });
    let link = world.link(fields).await;
    let page = poster(&world, &link, "").await.expect_status(200).text();
    for shown in [
        "<html lang=\"de\">",
        "Schweiß &#38; Co &#60;Nord&#62;",
        "Standort: Werft &#60;Nord&#62; &#38; Söhne",
        "Willkommen &#34;an&#34; Bord",
        "Scannen Sie",
        "Offen bis ",
        "23:59 Uhr (Europe/Berlin)",
    ] {
        assert!(page.contains(shown), "{shown} is not in {page}");
    }
    assert!(!page.contains("Internal"), "what is the admins' own is not printed");
}

#[tokio::test]
async fn a_poster_names_the_training_and_speaks_the_languages_asked_for() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    let module = world.get("/v1/catalog").await.expect_status(200).json()["modules"][0]["title"].clone();
    let translations = json!({"pl": {"welcome": "Witamy na budowie"}});
    let fields = json!({
        "allocation": {"sites": [site]}, "welcome": "Welcome to the yard", "text_language": "en", "translations": translations,
    });
    let link = world.link(fields).await;
    let svg = poster_with(&world, &link, "?languages=pl,es,pl", "image/svg+xml").await.expect_status(200).text();
    let headline = format!(">{} – zeskanuj i dołącz</text>", module.as_str().unwrap());
    for shown in [&*headline, ">Witamy na budowie</text>", ">Zeskanuj ten kod", " lang=\"es\">Escanee este código"] {
        assert!(svg.contains(shown), "{shown} is not in {svg}");
    }
    assert!(!svg.contains("Scan this code"), "only what is asked for");
    let untranslated = poster_with(&world, &link, "?languages=de", "image/svg+xml").await.expect_status(200).text();
    assert!(untranslated.contains(" lang=\"en\">Welcome to the yard</text>"), "{untranslated}");
}

#[tokio::test]
async fn the_qr_code_comes_by_itself_too() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let url = world.show(&link).await["url"].as_str().unwrap().to_owned();
    let drawing = poster_with(&world, &link, "?part=qr", "image/avif,image/*,*/*;q=0.8").await.expect_status(200);
    assert_eq!(drawing.header("content-type"), "image/svg+xml");
    assert_eq!(drawing.header("content-disposition"), "inline; filename=\"qr.svg\"");
    assert_eq!(scan(&drawing.text(), 8), url);
}

#[tokio::test]
async fn a_part_or_a_language_that_there_is_none_of_is_refused_by_name() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    for (query, field) in [("?part=code", "part"), ("?languages=fr", "languages"), ("?languages=", "languages")] {
        let refused = poster_with(&world, &link, query, "text/html").await.expect_status(422);
        assert_eq!(refused.error_code(), "invalid_fields");
        assert!(refused.json()["error"]["fields"][field].is_string(), "{query}");
    }
}

#[tokio::test]
async fn a_poster_allows_nothing_but_its_own_style_and_is_kept_by_nobody() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let page = poster(&world, &link, "text/html").await.expect_status(200);
    let text = page.text();
    let style = text.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
    let hash = STANDARD.encode(Sha256::digest(style));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    assert_eq!(page.header("content-security-policy"), policy);
    assert_eq!(page.headers.get_all("content-security-policy").iter().count(), 1);
    assert!(!text.contains("<script") && !text.contains("style=") && !text.contains("http-equiv"));
    let drawing = poster(&world, &link, "image/svg+xml, text/html;q=0.5").await.expect_status(200);
    let policy = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    assert_eq!(drawing.header("content-security-policy"), policy);
    for (answer, content_type, file) in
        [(page, "text/html; charset=utf-8", "poster.html"), (drawing, "image/svg+xml", "poster.svg")]
    {
        assert_eq!(answer.header("content-type"), content_type);
        assert_eq!(answer.header("content-disposition"), format!("inline; filename=\"{file}\""));
        assert_eq!(answer.header("cache-control"), "no-store");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn a_link_can_be_printed_unless_it_is_deleted() {
    let mut world = World::start().await;
    let day = chrono::Utc::now().date_naive() + chrono::Days::new(1);
    let (expired, inactive) = (world.link(json!({"expires": day.to_string()})).await, world.link(json!({})).await);
    let deleted = world.link(json!({})).await;
    world.edit(&inactive, json!({"state": "inactive"})).await.expect_status(200);
    world.delete(&format!("/v1/links/{}", deleted.id)).await.expect_status(204);
    world.clock.advance(chrono::TimeDelta::days(3));
    world.sign_in_admin_again().await;
    for link in [&expired, &inactive] {
        poster(&world, link, "").await.expect_status(200);
    }
    let gone = poster(&world, &deleted, "text/html").await.expect_status(404);
    assert_eq!(gone.error_code(), "link_not_found");
    assert_eq!(gone.json()["error"]["fields"], Value::Null);
}
