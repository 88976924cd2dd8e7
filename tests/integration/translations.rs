//! A link's welcome text and questions in more languages: kept, shown, dropped with what they translate, and never an answer.

use serde_json::{Value, json};
use tests::{World, world::Link};

use crate::refusals::{Still, refused};

fn asked() -> Value {
    json!([
        {"key": "size", "label": "Shoe size", "kind": "choice", "options": ["Small", "Large"], "required": true},
        {"key": "trade", "label": "Trade", "kind": "text"},
    ])
}

fn german() -> Value {
    let size = json!({"label": "Schuhgröße", "options": {"Small": "Klein", "Large": "Groß"}});
    json!({"welcome": "Willkommen\nan Bord", "fields": {"size": size, "trade": {"label": "Beruf"}}})
}

async fn translated(world: &World) -> Link {
    let translations = json!({"de": german(), "pl": {"welcome": "Witamy"}});
    world.link(json!({"welcome": "Welcome", "fields": asked(), "translations": translations})).await
}

async fn page(world: &World, link: &Link) -> Value {
    world.client.get(&format!("/v1/join/{}", link.code)).await.expect_status(200).json()
}

/// The names of the fields that an edit is refused for.
async fn named(world: &World, link: &Link, fields: Value) -> Vec<String> {
    let answer = world.edit(link, fields.clone()).await;
    refused(&answer, 422, "invalid_fields", &fields.to_string());
    answer.json()["error"]["fields"].as_object().unwrap().keys().cloned().collect()
}

#[tokio::test]
async fn whoever_opens_a_link_finds_its_texts_in_every_language_they_are_in() {
    let world = World::start().await;
    let link = translated(&world).await;
    let shown = world.show(&link).await;
    let expected = json!({"de": german(), "pl": {"welcome": "Witamy"}});
    assert_eq!((&shown["translations"], &shown["text_language"]), (&expected, &json!("en")));
    let page = page(&world, &link).await;
    assert_eq!(
        (&page["welcome"], &page["translations"], &page["text_language"]),
        (&json!("Welcome"), &expected, &json!("en"))
    );
    let listed = world.get("/v1/links").await.expect_status(200).json();
    assert_eq!(listed["links"][0]["translations"], expected);
}

#[tokio::test]
async fn an_answer_is_the_links_own_option_and_one_column_whatever_was_read() {
    let world = World::start().await;
    let link = translated(&world).await;
    let answer = async |email: &str, language: &str, size: &str| {
        let fields = json!({"language": language, "answers": {"size": size, "trade": "Schweißer"}});
        world.register_with(&link.code, email, fields).await
    };
    refused(&answer("ana@example.com", "de", "Klein").await, 422, "invalid_fields", "a translated option is no answer");
    answer("ana@example.com", "de", "Small").await.expect_status(202);
    answer("bo@example.com", "en", "Large").await.expect_status(202);
    let stats = world.stats(&link).await;
    let sizes: Vec<_> = stats["enrollments"].as_array().unwrap().iter().map(|one| &one["answers"]["size"]).collect();
    assert_eq!(sizes, ["Small", "Large"]);
    let csv =
        world.client.get(&format!("/v1/links/{}/stats", link.id)).bearer(&world.admin).header("accept", "text/csv");
    let csv = csv.await.expect_status(200).text();
    let head = csv.lines().next().unwrap();
    assert_eq!((head.matches("Shoe size").count(), head.matches("Schuhgröße").count()), (1, 0), "{head}");
    assert!(csv.contains("\"Small\"") && !csv.contains("Klein"), "{csv}");
    world.check_books(&link);
}

#[tokio::test]
async fn an_edit_replaces_the_translations_and_one_of_the_questions_drops_those_of_what_is_gone() {
    let world = World::start().await;
    let link = translated(&world).await;
    let translations = async || world.show(&link).await["translations"].clone();
    // Another option, a question in other words, and one less.
    let fields = json!([{"key": "size", "label": "Boots", "kind": "choice", "options": ["Small", "Medium"]}]);
    world.edit(&link, json!({"fields": fields})).await.expect_status(200);
    let kept = json!({"label": "Schuhgröße", "options": {"Small": "Klein"}});
    let german = json!({"welcome": "Willkommen\nan Bord", "fields": {"size": kept}});
    assert_eq!(translations().await, json!({"de": german, "pl": {"welcome": "Witamy"}}));
    world.edit(&link, json!({"welcome": null})).await.expect_status(200);
    assert_eq!(translations().await, json!({"de": {"fields": {"size": kept}}}));
    assert_eq!(page(&world, &link).await["translations"], translations().await, "the door goes with its link");

    let spanish = json!({"es": {"welcome": " Hola ", "fields": {"size": {"label": " ", "options": {"Small": null}}}}});
    world.edit(&link, json!({"welcome": "Hi", "translations": spanish})).await.expect_status(200);
    assert_eq!(translations().await, json!({"es": {"welcome": "Hola"}}));
    let before = world.show(&link).await;
    let same = world.edit(&link, json!({"translations": {"es": {"welcome": "Hola"}, "de": {"welcome": ""}}})).await;
    assert_eq!(same.expect_status(200).json()["version"], before["version"], "nothing was changed");
    world.edit(&link, json!({"translations": null})).await.expect_status(200);
    assert_eq!(translations().await, json!({}));

    let records = world.get("/v1/audit?limit=2").await.expect_status(200).json()["records"].clone();
    assert_eq!(records[0]["before"], json!({"translations": {"es": {"welcome": "Hola"}}}));
    assert_eq!(records[0]["after"], json!({"translations": {}}));
    assert_eq!(records[1]["after"]["translations"], json!({"es": {"welcome": "Hola"}}));
}

#[tokio::test]
async fn a_translation_of_what_is_not_there_is_refused_by_the_name_of_its_field() {
    let world = World::start().await;
    let link = translated(&world).await;
    let plain = world.link(json!({})).await;
    let still = Still::new(world).await;
    let world = &still.world;
    let long = "x".repeat(501);
    for (translation, field) in [
        (json!({"welcome": long}), "de.welcome"),
        (json!({"welcome": "a\u{202e}b"}), "de.welcome"),
        (json!({"fields": {"helmet": {"label": "Hut"}}}), "de.fields"),
        (json!({"fields": {"Not a key": {"label": "Hut"}}}), "de.fields"),
        (json!({"fields": {"size": {"label": "a\nb"}}}), "de.fields.size.label"),
        (json!({"fields": {"size": {"label": "x".repeat(101)}}}), "de.fields.size.label"),
        (json!({"fields": {"size": {"options": {"Medium": "Mittel"}}}}), "de.fields.size.options"),
        (json!({"fields": {"size": {"options": {"a\0": "Mittel"}}}}), "de.fields.size.options"),
        (json!({"fields": {"size": {"options": {"Small": "a\u{200b}"}}}}), "de.fields.size.options"),
        (json!({"fields": {"trade": {"options": {"Small": "Klein"}}}}), "de.fields.trade.options"),
    ] {
        let translations = json!({"de": translation});
        let expected = format!("translations.{field}");
        assert_eq!(
            named(world, &link, json!({"translations": translations})).await,
            [expected.as_str()],
            "{translation}"
        );
        let body = json!({"name": "L", "admission": "instant", "welcome": "Hi", "fields": asked(), "translations": translations});
        let created = world.post("/v1/links", body).await;
        refused(&created, 422, "invalid_fields", &expected);
        assert!(created.json()["error"]["fields"].as_object().unwrap().keys().eq([&expected]), "{}", created.text());
        for sent in ["helmet", "Medium", "Not a key", "xxx"] {
            assert!(!created.text().contains(sent), "what was sent is not repeated: {}", created.text());
        }
    }
    for (fields, expected) in [
        (json!({"translations": {"fr": {"welcome": "Bienvenue"}}}), "translations"),
        (json!({"translations": {"en": {"welcome": "Hello"}}}), "translations.en"),
        (json!({"text_language": "de"}), "translations.de"),
        (json!({"text_language": "fr"}), "text_language"),
        (json!({"text_language": null}), "text_language"),
    ] {
        assert_eq!(named(world, &link, fields.clone()).await, [expected], "{fields}");
    }
    let welcome = json!({"translations": {"de": {"welcome": "Hallo"}}});
    assert_eq!(named(world, &plain, welcome).await, ["translations.de.welcome"], "there is nothing to translate");
    for malformed in [
        json!([]),
        json!("de"),
        json!({"de": []}),
        json!({"de": null}),
        json!({"de": {"label": "x"}}),
        json!({"de": {"fields": null}}),
        json!({"de": {"fields": {"size": ["x", {}]}}}),
        json!({"de": {"fields": {"size": {"options": ["x"]}}}}),
        json!({"de": {"welcome": 5}}),
    ] {
        let answer = world.edit(&link, json!({"translations": malformed})).await;
        refused(&answer, 400, "malformed", &malformed.to_string());
    }
    still.check();
}

#[tokio::test]
async fn the_language_of_the_texts_is_the_organizations_unless_it_is_said() {
    let world = World::start().await;
    let link =
        world.link(json!({"welcome": "Hallo", "text_language": "de", "translations": {"en": {"welcome": "Hi"}}})).await;
    assert_eq!(page(&world, &link).await["text_language"], "de");
    let plain = world.link(json!({"welcome": "Hi"})).await;
    let version = world.get("/v1/organization").await.expect_status(200).json()["version"].clone();
    world.patch("/v1/organization", json!({"version": version, "language": "pl"})).await.expect_status(200);
    assert_eq!(page(&world, &plain).await["text_language"], "en", "it is still in the language it was written in");
    world.edit(&plain, json!({"text_language": "es"})).await.expect_status(200);
    assert_eq!(page(&world, &plain).await["text_language"], "es");
}

#[tokio::test]
async fn a_poster_has_the_welcome_text_in_its_own_language() {
    let world = World::start().await;
    let link = translated(&world).await;
    let poster = async || world.get(&format!("/v1/links/{}/poster", link.id)).await.expect_status(200).text();
    assert!(poster().await.contains(">Welcome<"));
    for (language, shown) in [("de", ">Willkommen<"), ("es", ">Welcome<"), ("pl", ">Witamy<")] {
        let version = world.get("/v1/organization").await.expect_status(200).json()["version"].clone();
        world.patch("/v1/organization", json!({"version": version, "language": language})).await.expect_status(200);
        assert!(poster().await.contains(shown), "{language}");
    }
}

#[tokio::test]
async fn a_link_with_all_that_it_can_hold_is_far_from_what_an_item_can() {
    let world = World::start_with(|options| {
        // Beyond what is deployed, so that the bound is what is met first.
        options.environment.insert("BODY_LIMIT_BYTES".to_owned(), "65536".to_owned());
    })
    .await;
    let link = world.link(json!({})).await;
    let wide = |n: usize| "𝔛".repeat(n);
    for round in 0..10 {
        let field = |n| json!({"key": format!("{}{round}{n}", "k".repeat(38)), "label": wide(100), "kind": "text"});
        world.edit(&link, json!({"fields": (0..10).map(field).collect::<Vec<_>>()})).await.expect_status(200);
    }
    let options: Vec<_> = (10..40).map(|n| format!("{n}{}", wide(98))).collect();
    let fields = json!([{"key": "size", "label": wide(100), "kind": "choice", "options": options}]);
    let texts = json!({"welcome": wide(500), "description": wide(500), "fields": fields});
    world.edit(&link, texts).await.expect_status(200);
    let german = |count: usize| {
        let options: serde_json::Map<_, _> =
            options[..count].iter().map(|option| (option.clone(), json!(wide(100)))).collect();
        json!({"translations": {"de": {"welcome": wide(500), "fields": {"size": {"options": options}}}}})
    };
    world.edit(&link, german(18)).await.expect_status(200);
    assert_eq!(named(&world, &link, german(19)).await, ["translations"], "that is over the bound");
    for (entity, bound) in [("link", 100_000), ("door", 50_000)] {
        let bytes = world.items(entity)[0].to_string().len();
        assert!(bytes < bound, "{entity}: {bytes}");
    }
    let records = world.items("audit").into_iter().map(|record| record.to_string().len()).max();
    assert!(records < Some(100_000), "{records:?}");
    world
        .register_with(&link.code, "ana@example.com", json!({"answers": {"size": options[0]}}))
        .await
        .expect_status(202);
}
