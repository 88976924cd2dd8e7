//! What no field takes: each is refused by name, the right ones are not, and nothing is left behind.

mod values;

use serde_json::{Value, json};
use tests::World;

use self::values::{ID, bad_addresses, bad_names, link_fields, many};
use crate::refusals::{Still, refused};

#[tokio::test]
async fn a_link_takes_no_field_that_breaks_its_rules() {
    let world = World::start().await;
    let (site, _) = world.site().await;
    for number in 0..51 {
        let unit = json!({"kind": "site", "name": "Site"});
        world.put(&format!("/v1/units/{}", many(number)), unit).await.expect_status(200);
    }
    let link = world.link(json!({"cap": 5, "allocation": {"sites": [site]}})).await;
    let still = Still::new(world).await;
    let world = &still.world;
    for (name, bad, of_another_type) in link_fields(&site) {
        let bad = bad.into_iter().map(|value| (value, 422, "invalid_fields"));
        let cases = bad.chain(of_another_type.into_iter().map(|value| (value, 400, "malformed")));
        for (value, status, code) in cases {
            let mut create = json!({"name": "Link", "admission": "instant"});
            let mut update = json!({"version": 1});
            create[name] = value.clone();
            update[name] = value.clone();
            for answer in
                [world.post("/v1/links", create).await, world.patch(&format!("/v1/links/{}", link.id), update).await]
            {
                refused(&answer, status, code, &format!("{name} {value}"));
                let fields = answer.json()["error"]["fields"].clone();
                assert!(status == 400 || fields.as_object().unwrap().keys().eq([name]), "{fields}");
            }
        }
    }
    let all = json!({"name": "", "admission": "x", "cap": 0, "expires": "x"});
    let fields = world.post("/v1/links", all).await.expect_status(422).json()["error"]["fields"].clone();
    assert!(
        fields.as_object().unwrap().keys().eq(["admission", "cap", "expires", "name"]),
        "every one is named: {fields}"
    );
    let none = world.post("/v1/links", json!({})).await.expect_status(422).json()["error"]["fields"].clone();
    assert!(none.as_object().unwrap().keys().eq(["admission", "name"]), "{none}");
    still.check();
}

#[tokio::test]
async fn an_edit_names_the_version_it_is_of_and_clears_nothing_that_a_link_needs() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let still = Still::new(world).await;
    let path = format!("/v1/links/{}", link.id);
    let code = format!("{path}/code");
    for version in [json!(null), json!(-1), json!(1.5), json!("1"), json!([1])] {
        let edit = still.world.patch(&path, json!({"version": version, "name": "Other"})).await;
        refused(&edit, 400, "malformed", "version");
        refused(&still.world.post(&code, json!({"version": version})).await, 400, "malformed", "version");
    }
    refused(&still.world.patch(&path, json!({"name": "Other"})).await, 400, "malformed", "no version");
    for version in [0, 2, u64::MAX] {
        let edit = still.world.patch(&path, json!({"version": version, "name": "Other"})).await;
        refused(&edit, 409, "version_conflict", "version");
        refused(&still.world.post(&code, json!({"version": version})).await, 409, "version_conflict", "version");
    }
    for state in ["deleted", "ACTIVE", "open", ""] {
        let edit = still.world.patch(&path, json!({"version": 1, "state": state})).await;
        refused(&edit, 422, "invalid_fields", state);
    }
    for name in ["name", "description", "admission", "allocation", "state"] {
        let edit = still.world.patch(&path, json!({"version": 1, name: null})).await;
        refused(&edit, 422, "invalid_fields", name);
    }
    still.check();
}

#[tokio::test]
async fn nobody_registers_or_asks_for_a_login_link_with_what_is_no_name_or_address() {
    let world = World::start().await;
    let links = [world.link(json!({})).await, world.link(json!({"admission": "approval"})).await];
    let still = Still::new(world).await;
    let post = async |path: &str, body: Value| still.world.client.post(path, body).await;
    for link in &links {
        let join = format!("/v1/join/{}", link.code);
        for name in bad_names() {
            let answer = post(&join, json!({"name": name, "email": "ana@example.com"})).await;
            refused(&answer, 422, "invalid_fields", &name.to_string());
        }
        for email in bad_addresses() {
            let answer = post(&join, json!({"name": "Ana", "email": email})).await;
            refused(&answer, 422, "invalid_fields", &email.to_string());
        }
        refused(&post(&join, json!({})).await, 422, "invalid_fields", "nothing");
        for body in [json!({"name": 5, "email": "a@b.co"}), json!({"name": "Ana", "email": ["a@b.co", "c@d.co"]})] {
            refused(&post(&join, body).await, 400, "malformed", "another type");
        }
        // What a link gives is not for the one who registers to say.
        for more in ["role", "access", "organization", "allocation"] {
            let body = json!({"name": "Ana", "email": "ana@example.com", more: "admin"});
            refused(&post(&join, body).await, 400, "malformed", more);
        }
    }
    for email in bad_addresses() {
        let answer = post("/v1/login-links", json!({"email": email})).await;
        refused(&answer, 422, "invalid_fields", &email.to_string());
    }
    for token in ["", "x", "../..", "a\0", &"A".repeat(43), &"A".repeat(5_000)] {
        let answer = post("/v1/sessions", json!({"token": token})).await;
        refused(&answer, 401, "invalid_login_token", token);
    }
    for body in [json!({}), json!({"token": 5}), json!({"token": "A", "session": "forever"})] {
        refused(&post("/v1/sessions", body).await, 400, "malformed", "sign-in");
    }
    still.check();
}

#[tokio::test]
async fn a_job_that_grants_takes_no_filter_that_breaks_its_rules() {
    let still = Still::new(World::start().await).await;
    let path = "/v1/jobs/grants";
    for (name, value) in [
        ("access", json!("granted")),
        ("access", json!("")),
        ("access", json!("PENDING")),
        ("link", json!("x")),
        ("link", json!("#")),
        ("unit", json!("")),
        ("unit", json!(ID[1..])),
    ] {
        let answer = still.world.post(path, json!({"filter": {name: value}})).await;
        refused(&answer, 422, "invalid_fields", &format!("{name} {value}"));
        assert!(answer.json()["error"]["fields"].as_object().unwrap().keys().eq([name]));
    }
    for body in [
        json!({}),
        json!({"filter": null}),
        json!({"filter": []}),
        json!({"filter": ["pending", null, null]}),
        json!({"filter": {"access": 5}}),
        json!({"filter": {"links": []}}),
        json!({"members": [ID]}),
    ] {
        refused(&still.world.post(path, body).await, 400, "malformed", path);
    }
    still.check();
}

#[tokio::test]
async fn many_members_at_once_are_one_to_a_hundred_ids() {
    let still = Still::new(World::start().await).await;
    for route in ["grants", "revocations", "refusals", "restorations", "login-mails"] {
        let path = &format!("/v1/members/{route}");
        for members in [json!([]), json!(vec![ID; 101])] {
            let answer = still.world.post(path, json!({"members": members})).await;
            refused(&answer, 422, "invalid_fields", path);
        }
        for members in [json!(null), json!("x"), json!([5]), json!({}), json!([[ID]])] {
            let answer = still.world.post(path, json!({"members": members})).await;
            refused(&answer, 400, "malformed", path);
        }
        let ids = [ID, "x", "", "MEMBER#1", &ID.to_uppercase().replace('7', "A"), ID];
        let answer = still.world.post(path, json!({"members": ids})).await.expect_status(200).json();
        let results = answer["results"].as_array().unwrap();
        assert!(results.len() == 5 && results.iter().all(|result| result["outcome"] == "not_found"), "{answer}");
    }
    still.check();
}

#[tokio::test]
async fn the_mail_of_a_refusal_takes_no_text_that_breaks_its_rules() {
    let world = World::start_without_stream(|_| {}).await;
    let link = world.link(json!({"admission": "approval"})).await;
    world.register(&link.code, "ana@example.com").await.expect_status(202);
    let ana = world.member_id("ana@example.com").await;
    let still = Still::new(world).await;
    let path = "/v1/members/refusals";
    for message in
        ["x".repeat(501), "a\u{202e}b".to_owned(), "a\u{200b}b".to_owned(), "a\tb".to_owned(), "\0".to_owned()]
    {
        let body = json!({"members": [ana], "mail": {"message": message}});
        let answer = still.world.post(path, body).await;
        refused(&answer, 422, "invalid_fields", &message);
        assert!(answer.json()["error"]["fields"].as_object().unwrap().keys().eq(["message"]));
    }
    for mail in [json!(true), json!("x"), json!([]), json!(["x"]), json!({"message": 5}), json!({"text": "x"})] {
        refused(&still.world.post(path, json!({"members": [ana], "mail": mail})).await, 400, "malformed", path);
    }
    still.check();
}

#[tokio::test]
async fn the_catalog_takes_no_unit_or_module_that_breaks_its_rules() {
    let world = World::start().await;
    let (site, module) = world.site().await;
    let still = Still::new(world).await;
    let (unit_path, module_path) = (format!("/v1/units/{site}"), format!("/v1/modules/{module}"));
    let long = format!("https://a.example/{}", "x".repeat(2_000));
    let urls = [
        "",
        "a",
        "/a",
        "//a.example",
        "http://a.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "https:",
        "https://",
        "https:///a",
        "https://a example/",
        "https://a.example/\0",
        "https://a.example/\n",
        "https://a.example/\u{202e}cod",
        "https://a.example/\u{200b}",
        "https://good.example@evil.example/",
        "\u{1}https://a.example",
        &long,
    ];
    for (path, good, field, bad, of_another_type) in [
        (&unit_path, json!({"kind": "site", "name": "Site"}), "name", bad_names(), vec![json!(5)]),
        (
            &unit_path,
            json!({"kind": "site", "name": "Site"}),
            "kind",
            vec![json!("team"), json!(""), json!("group"), json!(null)],
            vec![json!(5)],
        ),
        (
            &unit_path,
            json!({"kind": "site", "name": "Site"}),
            "modules",
            vec![json!(["x"]), json!([ID]), json!(vec![&module; 101])],
            vec![json!("x"), json!([5]), json!(null), json!({})],
        ),
        (&module_path, json!({"title": "M", "url": "https://a.example"}), "title", bad_names(), vec![json!(5)]),
        (
            &module_path,
            json!({"title": "M", "url": "https://a.example"}),
            "url",
            urls.map(|url| json!(url)).into(),
            vec![json!(5), json!({})],
        ),
    ] {
        let bad = bad.into_iter().map(|value| (value, 422, "invalid_fields"));
        for (value, status, code) in bad.chain(of_another_type.into_iter().map(|value| (value, 400, "malformed"))) {
            let mut body = good.clone();
            body[field] = value.clone();
            refused(&still.world.put(path, body).await, status, code, &format!("{field} {value}"));
        }
    }
    still.check();
}
