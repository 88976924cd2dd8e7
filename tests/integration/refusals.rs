//! What no operation takes: every route against bodies that are none, wrong types of content, wrong callers, wrong ids and
//! wrong pages. Each refusal has its status, code and shape, and leaves nothing behind.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::{
    World,
    http::{Answer, Call},
    pictures::{LOGO, as_logo},
};

/// Who may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anyone,
    Member,
    Admin,
}

/// Every route that takes a body, with one that is good.
pub fn bodied(link: &tests::world::Link, id: &str) -> Vec<(Who, &'static str, String, Value)> {
    let (link, code) = (&link.id, &link.code);
    vec![
        (Who::Anyone, "POST", format!("/v1/join/{code}"), json!({"name": "Ana", "email": "ana@example.com"})),
        (Who::Anyone, "POST", "/v1/login-links".to_owned(), json!({"email": "ana@example.com"})),
        (Who::Anyone, "POST", "/v1/sessions".to_owned(), json!({"token": "A"})),
        (Who::Member, "PATCH", "/v1/me".to_owned(), json!({"name": "Other"})),
        (Who::Admin, "POST", "/v1/links".to_owned(), json!({"name": "Link", "admission": "instant"})),
        (Who::Admin, "PATCH", format!("/v1/links/{link}"), json!({"version": 1, "name": "Other"})),
        (Who::Admin, "POST", format!("/v1/links/{link}/code"), json!({"version": 1})),
        (Who::Admin, "POST", format!("/v1/links/{link}/duplicates"), json!({"name": "Copy"})),
        (Who::Admin, "POST", "/v1/links/changes".to_owned(), json!({"links": [id], "change": {"state": "inactive"}})),
        (Who::Admin, "PATCH", format!("/v1/members/{id}"), json!({"name": "Other"})),
        (Who::Admin, "POST", format!("/v1/members/{id}/correct-address"), json!({"email": "other@example.com"})),
        (Who::Admin, "POST", "/v1/admins".to_owned(), json!({"name": "Ana", "email": "ana@example.com"})),
        (Who::Admin, "POST", "/v1/api-keys".to_owned(), json!({"name": "HR", "scope": "read"})),
        (Who::Admin, "POST", "/v1/webhooks".to_owned(), json!({"url": "https://a.example/events"})),
        (Who::Admin, "PATCH", format!("/v1/webhooks/{id}"), json!({"version": 1, "state": "inactive"})),
        (Who::Admin, "POST", "/v1/members/grants".to_owned(), json!({"members": [id]})),
        (Who::Admin, "POST", "/v1/members/grants/previews".to_owned(), json!({"members": [id]})),
        (Who::Admin, "POST", "/v1/members/revocations".to_owned(), json!({"members": [id]})),
        (Who::Admin, "POST", "/v1/members/refusals".to_owned(), json!({"members": [id]})),
        (Who::Admin, "POST", "/v1/members/restorations".to_owned(), json!({"members": [id]})),
        (Who::Admin, "POST", "/v1/members/login-mails".to_owned(), json!({"members": [id]})),
        (Who::Admin, "PATCH", "/v1/organization".to_owned(), json!({"name": "Other"})),
        (Who::Admin, "PUT", "/v1/organization/logo".to_owned(), as_logo(LOGO)),
        (Who::Admin, "POST", "/v1/jobs/grants".to_owned(), json!({"filter": {}})),
        (Who::Admin, "PUT", format!("/v1/units/{id}"), json!({"kind": "site", "name": "Site"})),
        (Who::Admin, "PUT", format!("/v1/modules/{id}"), json!({"title": "Module", "url": "https://a.example/"})),
    ]
}

/// Every route that takes none.
pub fn bodiless(link: &str, id: &str) -> Vec<(Who, &'static str, String)> {
    vec![
        (Who::Anyone, "POST", "/v1/join/00000000000000000000000000/opened".to_owned()),
        (Who::Member, "DELETE", "/v1/sessions/current".to_owned()),
        (Who::Member, "GET", "/v1/me".to_owned()),
        (Who::Member, "DELETE", format!("/v1/me/enrollments/{link}")),
        (Who::Admin, "GET", "/v1/links".to_owned()),
        (Who::Admin, "GET", format!("/v1/links/{link}")),
        (Who::Admin, "DELETE", format!("/v1/links/{link}")),
        (Who::Admin, "GET", format!("/v1/links/{link}/stats")),
        (Who::Admin, "GET", format!("/v1/links/{link}/poster")),
        (Who::Admin, "DELETE", format!("/v1/links/{link}/enrollments/{id}")),
        (Who::Admin, "GET", "/v1/admins".to_owned()),
        (Who::Admin, "GET", "/v1/webhooks".to_owned()),
        (Who::Admin, "GET", format!("/v1/webhooks/{id}")),
        (Who::Admin, "DELETE", format!("/v1/webhooks/{id}")),
        (Who::Admin, "POST", format!("/v1/webhooks/{id}/secret")),
        (Who::Admin, "POST", format!("/v1/webhooks/{id}/pings")),
        (Who::Admin, "GET", format!("/v1/webhooks/{id}/deliveries")),
        (Who::Admin, "POST", format!("/v1/webhooks/{id}/deliveries/{id}/redeliveries")),
        (Who::Admin, "GET", "/v1/api-keys".to_owned()),
        (Who::Admin, "DELETE", format!("/v1/api-keys/{id}")),
        (Who::Admin, "DELETE", format!("/v1/members/{id}")),
        (Who::Admin, "GET", format!("/v1/members/{id}/export")),
        (Who::Admin, "DELETE", format!("/v1/admins/{id}")),
        (Who::Admin, "GET", "/v1/members".to_owned()),
        (Who::Admin, "GET", format!("/v1/members/{id}")),
        (Who::Admin, "GET", "/v1/jobs".to_owned()),
        (Who::Admin, "GET", format!("/v1/jobs/{id}")),
        (Who::Admin, "POST", format!("/v1/jobs/{id}/cancellation")),
        (Who::Admin, "GET", format!("/v1/jobs/{id}/report")),
        (Who::Admin, "GET", "/v1/catalog".to_owned()),
        (Who::Admin, "GET", "/v1/organization".to_owned()),
        (Who::Admin, "DELETE", "/v1/organization/logo".to_owned()),
        (Who::Admin, "GET", "/v1/suppressions".to_owned()),
        (Who::Admin, "DELETE", format!("/v1/suppressions/{id}")),
        (Who::Admin, "GET", "/v1/audit".to_owned()),
        (Who::Admin, "GET", "/v1/overview".to_owned()),
        (Who::Admin, "GET", format!("/v1/units/{id}/usage")),
        (Who::Admin, "DELETE", format!("/v1/units/{id}")),
        (Who::Admin, "DELETE", format!("/v1/modules/{id}")),
    ]
}

/// A world that knows what it held, and holds at the end that it holds the same.
pub struct Still {
    pub world: World,
    before: BTreeMap<(String, String), Value>,
    mails: usize,
}

impl Still {
    /// What the world holds from now on.
    pub async fn new(world: World) -> Self {
        while world.items("mail").iter().any(|mail| mail["state"]["S"] != "sent") {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let (before, mails) = (world.contents(), world.running.mailbox.count().unwrap());
        Self { world, before, mails }
    }

    /// Nothing was written and no mail left.
    pub fn check(&self) {
        assert_eq!(self.world.contents(), self.before);
        assert_eq!(self.world.running.mailbox.count().unwrap(), self.mails);
    }

    pub fn call(&self, method: &str, path: &str) -> Call {
        self.world.client.call(method.parse().unwrap(), path)
    }

    /// As whoever may.
    fn allowed(&self, who: Who, method: &str, path: &str) -> Call {
        let call = self.call(method, path);
        if who == Who::Anyone { call } else { call.bearer(&self.world.admin) }
    }
}

/// A refusal looks like one: this status and code, words, and the headers of every answer.
#[track_caller]
pub fn refused(answer: &Answer, status: u16, code: &str, what: &str) {
    assert_eq!((answer.status.as_u16(), answer.error_code().as_str()), (status, code), "{what}: {}", answer.text());
    let body = answer.json();
    let error = body["error"].as_object().unwrap();
    assert!(body.as_object().unwrap().len() == 1 && error["message"].as_str().unwrap().len() > 10, "{body}");
    assert_eq!(error.contains_key("fields"), code == "invalid_fields", "{body}");
    let of_file = error.get("fields").is_some_and(|fields| fields.get("file").is_some());
    assert_eq!(error.contains_key("why"), of_file, "{body}");
    let parts = 2 + usize::from(code == "invalid_fields") + usize::from(of_file);
    assert_eq!(error.len(), parts, "{body}");
    for (name, value) in [
        ("content-type", "application/json; charset=utf-8"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(answer.header(name), value, "{what}");
    }
    assert!(answer.header("strict-transport-security").starts_with("max-age="), "{what}");
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

const ID: &str = "77777777-7777-4777-8777-777777777777";

#[tokio::test]
async fn a_body_that_is_no_object_of_known_fields_is_refused_by_every_route() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let still = Still::new(world).await;
    for (who, method, path, good) in bodied(&link, ID) {
        let text = good.to_string();
        let values: Vec<_> = good.as_object().unwrap().values().cloned().collect();
        let name = good.as_object().unwrap().keys().next().unwrap().clone();
        let mut unknown = good.clone();
        unknown["isAdmin"] = json!(true);
        let hostile: Vec<Vec<u8>> = vec![
            vec![],
            b"[]".into(),
            json!(values).to_string().into(),
            json!([good]).to_string().into(),
            b"null".into(),
            b"\"text\"".into(),
            b"5".into(),
            b"{".into(),
            b"{\"a\":NaN}".into(),
            unknown.to_string().into(),
            format!("\u{feff}{text}").into(),
            format!("{text}{text}").into(),
            format!("{text},").into(),
            text.replacen('{', &format!("{{{}:{},", json!(name), good[&name]), 1).into(),
            text.replacen('"', "\"\\ud800", 1).into(),
            [text.as_bytes(), b"\xff"].concat(),
            format!("{{{}:{}}}", json!(name), "[".repeat(5_000)).into(),
        ];
        for body in hostile {
            let what = format!("{method} {path} {}", String::from_utf8_lossy(&body[..body.len().min(80)]));
            let answer = still.allowed(who, method, &path).body("application/json", body).await;
            refused(&answer, 400, "malformed", &what);
        }
    }
    still.check();
}

#[tokio::test]
async fn only_exactly_json_of_a_bearable_length_is_read() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let still = Still::new(world).await;
    for (who, method, path, good) in bodied(&link, ID) {
        let what = format!("{method} {path}");
        for content_type in [
            "",
            "text/plain",
            "application/json, text/plain",
            "application/json; charset=utf-8",
            "application/x-www-form-urlencoded",
            "multipart/form-data",
            "application/jsonp",
        ] {
            let answer = still.allowed(who, method, &path).body(content_type, good.to_string()).await;
            refused(&answer, 415, "unsupported_media_type", &format!("{what} {content_type}"));
        }
        // A picture in base64 is longer than everything else.
        let beyond = if path.ends_with("/logo") { 36_865 } else { 16_385 };
        let long = format!("{}{}", good, " ".repeat(beyond - good.to_string().len()));
        let answer = still.allowed(who, method, &path).body("application/json", long).await;
        refused(&answer, 413, "body_too_large", &what);
        let binary = vec![0xff; beyond];
        let answer = still.allowed(who, method, &path).body("application/json", binary).await;
        refused(&answer, 413, "body_too_large", &what);
    }
    still.check();
}

#[tokio::test]
async fn whoever_may_not_call_a_route_is_told_nothing_else() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    world.register(&link.code, "worker@example.com").await.expect_status(202);
    let worker = world.sign_in("worker@example.com").await;
    let still = Still::new(world).await;
    let with_body = bodied(&link, ID).into_iter().map(|(who, method, path, body)| (who, method, path, Some(body)));
    let without = bodiless(&link.id, ID).into_iter().map(|(who, method, path)| (who, method, path, None));
    for (who, method, path, body) in with_body.chain(without) {
        let what = format!("{method} {path}");
        let call = || {
            let call = still.call(method, &path);
            if let Some(body) = &body { call.json(body) } else { call }
        };
        if method != "GET" {
            for site in ["cross-site", "same-site", "none"] {
                let answer = call().header("sec-fetch-site", site).await;
                refused(&answer, 403, "csrf_failed", &what);
            }
            let evil = call().without("sec-fetch-site").header("origin", "https://evil.example").await;
            refused(&evil, 403, "csrf_failed", &what);
        }
        if who == Who::Anyone {
            continue;
        }
        refused(&call().await, 401, "unauthenticated", &what);
        refused(&call().bearer("nonsense").await, 401, "unauthenticated", &what);
        refused(&call().cookie("access-links-session=nonsense").await, 401, "unauthenticated", &what);
        // The right member with a made-up secret, and the right secret in another's name.
        let forged = format!("{}AAAA", &worker[..worker.len() - 4]);
        refused(&call().bearer(&forged).await, 401, "unauthenticated", &what);
        if who == Who::Admin {
            refused(&call().bearer(&worker).await, 403, "forbidden", &what);
            // Before the body is looked at, and the id.
            let blind = still.call(method, &path).body("text/plain", "{").bearer(&worker).await;
            refused(&blind, 403, "forbidden", &what);
        }
    }
    still.check();
}

#[tokio::test]
async fn an_id_that_is_none_is_answered_as_one_that_is_unknown() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let (unit, _) = world.site().await;
    let still = Still::new(world).await;
    let upper = link.id.to_uppercase();
    let braces = format!("%7B{}%7D", link.id);
    let plain = link.id.replace('-', "");
    let ids = [ID, "x", "..", "%23", "a%23b", "%00", "%2e%2e%2f", "%ff", "LINK", &upper, &braces, &plain, &unit[1..]];
    for id in ids {
        let good = bodied(&tests::world::Link { id: id.to_owned(), code: id.to_owned() }, id);
        let bad_id = |path: &str| path.contains(id);
        for (who, method, path, body) in good.into_iter().filter(|(_, _, path, _)| bad_id(path)) {
            let code = if path.contains("/join/") || path.contains("/links/") { "link_not_found" } else { "not_found" };
            if code == "not_found" && id == ID {
                continue;
            }
            let answer = still.allowed(who, method, &path).json(&body).await;
            refused(&answer, 404, code, &format!("{method} {path}"));
        }
        for (who, method, path) in bodiless(id, id).into_iter().filter(|(_, _, path)| bad_id(path)) {
            let of_link = path.contains("/links/") || path.contains("/me/enrollments/");
            let code = if of_link { "link_not_found" } else { "not_found" };
            if code == "not_found" && id == ID {
                continue;
            }
            let answer = still.allowed(who, method, &path).await;
            refused(&answer, 404, code, &format!("{method} {path}"));
        }
    }
    still.check();
}

#[tokio::test]
async fn a_page_nobody_offered_is_refused() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let still = Still::new(world).await;
    let lists = ["/v1/links", "/v1/members", "/v1/jobs", "/v1/audit", "/v1/overview"].map(str::to_owned);
    for path in lists.into_iter().chain([format!("/v1/links/{}/stats", link.id)]) {
        for limit in ["0", "101", "-1", "1.5", "x", "", "99999999999999999999", "%00", "1%20"] {
            let answer = still.world.get(&format!("{path}?limit={limit}")).await;
            refused(&answer, 422, "invalid_fields", &format!("{path} {limit}"));
            assert!(answer.json()["error"]["fields"]["limit"].is_string());
        }
        for cursor in ["x", "", "AAAA", "%00", &"A".repeat(3_000), "eyJQSyI6IngifQ"] {
            let answer = still.world.get(&format!("{path}?cursor={cursor}")).await;
            refused(&answer, 400, "invalid_cursor", &format!("{path} {cursor}"));
        }
        let twice = still.world.get(&format!("{path}?limit=1&limit=2")).await;
        assert!([400, 422].contains(&twice.status.as_u16()), "{}", twice.text());
    }
    for filter in ["access=all", "access=", "access=GRANTED", "link=x", "unit=x", "link=", "unit=%23"] {
        let answer = still.world.get(&format!("/v1/members?{filter}")).await;
        refused(&answer, 422, "invalid_fields", filter);
    }
    still.check();
}

#[tokio::test]
async fn there_are_no_other_routes() {
    let world = World::start().await;
    let link = world.link(json!({})).await;
    let still = Still::new(world).await;
    for (method, path) in [
        ("PUT", "/v1/links".to_owned()),
        ("DELETE", "/v1/links".to_owned()),
        ("PUT", format!("/v1/links/{}", link.id)),
        ("GET", "/v1/sessions".to_owned()),
        ("GET", "/v1/members/grants".to_owned()),
        ("POST", "/v1/organizations".to_owned()),
        ("POST", "/v1/create-organization".to_owned()),
        ("POST", "/v1/send-mail".to_owned()),
        ("GET", "/v1".to_owned()),
        ("GET", "/v1/links/".to_owned()),
    ] {
        let answer = still.call(method, &path).bearer(&still.world.admin).await;
        assert!([404, 405].contains(&answer.status.as_u16()), "{method} {path}: {}", answer.status);
    }
    still.check();
}
