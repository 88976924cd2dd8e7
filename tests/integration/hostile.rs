//! Values that no form sends, in every place of every body that the description shows: refused or taken, never an error of ours,
//! and what was taken is read again by everything that lists it.

use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use futures::future::join_all;
use hyper::Method;
use serde_json::{Value, json};
use tests::{Description, World, http::Client, world::Link};

/// JSON texts: what a number, a text, a list or an object can be at its worst.
fn hostile() -> Vec<String> {
    let numbers = [
        "0",
        "-0.0",
        "-1",
        "1.5",
        "5e-324",
        "-1e-131",
        "1e-130",
        "1e15",
        "1.1e15",
        "1e126",
        "-1.7976931348623157e308",
        "18446744073709551615",
        "-9223372036854775808",
        "123456789012345678901234567890123456789012345",
        "0.1234567890123456789012345678901234567890123",
    ];
    let texts = [
        "",
        " ",
        "#",
        "ORG#x",
        "x",
        "\u{0}",
        "a\nb",
        "\u{202e}cod",
        "a\u{200b}b",
        "\u{feff}",
        "👩\u{200d}🚀",
        "=1+1",
        "5e-324",
        "2027-01-01",
        "-262143-01-01",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:60Z",
        "true",
        "null",
    ];
    let long = ["x".repeat(1_025), "𝔛".repeat(3_500), "x".repeat(15_000)];
    let others = [
        "null",
        "true",
        "{}",
        "[]",
        "[null]",
        "[\"\"]",
        "[\"x\",\"x\"]",
        "[5e-324]",
        "{\"\":\"\"}",
        "{\"x\":{\"y\":[]}}",
    ];
    let nested = format!("{}{}", "[".repeat(100), "]".repeat(100));
    let many = json!((0..1_500).map(|number| number.to_string()).collect::<Vec<_>>()).to_string();
    let texts = texts.iter().map(|text| json!(text).to_string()).chain(long.iter().map(|text| json!(text).to_string()));
    numbers.iter().chain(&others).map(ToString::to_string).chain(texts).chain([nested, many]).collect()
}

/// The places of a body: all that its example has, and what the description has beside it.
fn places(example: &Value, more: Option<&Value>) -> Vec<String> {
    fn walk(value: &Value, at: &str, places: &mut Vec<String>) {
        let inner: Vec<(String, &Value)> = match value {
            Value::Object(map) => map.iter().map(|(name, value)| (name.clone(), value)).collect(),
            Value::Array(list) => list.iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect(),
            _ => Vec::new(),
        };
        for (name, value) in inner {
            let at = format!("{at}/{name}");
            walk(value, &at, places);
            places.push(at);
        }
    }
    let mut places = Vec::new();
    walk(example, "", &mut places);
    let described = more.and_then(Value::as_object).into_iter().flatten();
    places.extend(described.map(|(name, _)| format!("/{name}")));
    places.sort();
    places.dedup();
    places
}

/// What a body holds where the hostile value goes.
const HERE: &str = "the hostile value goes here";

fn with_mark(example: &Value, place: &str) -> Value {
    let mut body = example.clone();
    match body.pointer_mut(place) {
        Some(value) => *value = json!(HERE),
        None => body[&place[1..]] = json!(HERE),
    }
    body
}

/// The things that the paths of the operations lead to.
struct Stage {
    world: World,
    link: Link,
    member: String,
    spare: String,
    webhook: String,
}

impl Stage {
    async fn new() -> Self {
        let world = World::start().await;
        let fields = json!([
            {"key": "trade", "label": "Trade", "kind": "choice", "options": ["Welder", "Rigger"]},
            {"key": "years", "label": "Years", "kind": "number"},
            {"key": "company", "label": "Company", "kind": "text"},
            {"key": "since", "label": "Since", "kind": "date"},
        ]);
        let link = world.link(json!({"fields": fields})).await;
        for email in ["ana@example.com", "spare@example.com"] {
            world.register(&link.code, email).await.expect_status(202);
        }
        let (member, spare) = (world.member_id("ana@example.com").await, world.member_id("spare@example.com").await);
        let webhook = world.post("/v1/webhooks", json!({"url": "https://hooks.example/x"})).await.expect_status(201);
        let webhook = webhook.json()["id"].as_str().unwrap().to_owned();
        Self { world, link, member, spare, webhook }
    }

    fn path(&self, path: &str) -> String {
        let id = match path.split('/').nth(2).unwrap_or_default() {
            "links" => &self.link.id,
            "members" => &self.member,
            "webhooks" => &self.webhook,
            _ => "77777777-7777-4777-8777-777777777777",
        };
        path.replace("{code}", &self.link.code).replace("{id}", id).replace("{member}", &self.member)
    }

    /// The operation's example, about things that there are.
    async fn example(&self, id: &str, path: &str, example: &Value) -> Value {
        let mut body = example.clone();
        if body.get("members").is_some() {
            body["members"] = json!([self.spare]);
        }
        if id == "redeemLink" {
            body["answers"] = json!({"trade": "Welder", "years": 3, "company": "Acme", "since": "2026-02-28"});
        }
        if body.get("version").is_some() {
            let shown = path.strip_suffix("/code").unwrap_or(path);
            body["version"] = self.world.get(shown).await.expect_status(200).json()["version"].clone();
        }
        body
    }

    /// Sends each hostile value in each place of one operation's body, and gives what was answered with an error of ours.
    async fn attack(&self, operation: &tests::description::Operation, example: &Value) -> (usize, Vec<String>) {
        let description = Description::get();
        let method = Method::from_bytes(operation.method.as_bytes()).unwrap();
        let path = self.path(&operation.path);
        let schema = format!(
            "/paths/{}/{}/requestBody/content/application~1json/schema",
            operation.path.replace('/', "~1"),
            operation.method.to_lowercase()
        );
        let more = description.at(&schema).map(|schema| &schema["properties"]);
        // What is taken is held against the description by every other test.
        let client = Client::new(&self.world.running.base_url);
        let (mut calls, mut failures) = (0, Vec::new());
        for place in places(example, more) {
            for value in hostile() {
                let body = with_mark(&self.example(&operation.id, &path, example).await, &place);
                let body = body.to_string().replace(&json!(HERE).to_string(), &value);
                let call = client.call(method.clone(), &path).body("application/json", body);
                let open = description.is_open(operation);
                let answer = if open { call.await } else { call.bearer(&self.world.admin).await };
                calls += 1;
                if answer.status.is_server_error() {
                    failures.push(format!("{} {place} {:.60}: {}", operation.id, value, answer.text()));
                }
            }
        }
        (calls, failures)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_value_in_any_place_of_any_body_is_an_error_of_ours() {
    let stage = Stage::new().await;
    let description = Description::get();
    let bodied = description.operations().iter().filter_map(|operation| match description.body_example(operation) {
        Some(("application/json", example)) => Some((operation, example)),
        _ => None,
    });
    let attacked = join_all(bodied.map(|(operation, example)| stage.attack(operation, example))).await;
    let (calls, failures): (Vec<_>, Vec<_>) = attacked.into_iter().unzip();
    assert!(calls.iter().sum::<usize>() > 3_000, "{calls:?}");
    let failures = failures.concat();
    assert!(failures.is_empty(), "{} of {calls:?}:\n{}", failures.len(), failures.join("\n"));
    // What was taken is read again.
    let Stage { world, link, member, webhook, .. } = &stage;
    let (link, member, webhook) =
        (format!("/v1/links/{}", link.id), format!("/v1/members/{member}"), format!("/v1/webhooks/{webhook}"));
    for path in [
        "/v1/links",
        &link,
        &format!("{link}/stats"),
        &format!("{link}/poster"),
        "/v1/members",
        "/v1/members?sort=name",
        &member,
        &format!("{member}/export"),
        "/v1/catalog",
        "/v1/audit",
        "/v1/jobs",
        "/v1/webhooks",
        &webhook,
        "/v1/api-keys",
        "/v1/admins",
        "/v1/organization",
        "/v1/overview",
    ] {
        world.get(path).await.expect_status(200);
    }
}

#[tokio::test]
async fn no_member_can_be_in_more_units_than_one_item_holds() {
    let world = World::start().await;
    let id = |number: usize| format!("33333333-3333-4333-8333-{number:012}");
    let put =
        async |number| world.put(&format!("/v1/units/{}", id(number)), json!({"kind": "site", "name": "Site"})).await;
    put(0).await.expect_status(200);
    // As many as there may be, laid beside the first one: each by a call of its own would take minutes.
    let first = world.contents().into_iter().find(|(_, item)| item["entity"]["S"] == "unit").unwrap();
    let table = tests::sdk::dynamodb(world.engine.endpoint(), tests::sdk::Patience::default());
    let item = |number| {
        let text = |text: &str| AttributeValue::S(text.replace(&id(0), &id(number)));
        let attributes = first.1.as_object().unwrap().iter();
        let strings = attributes.filter_map(|(name, value)| Some((name.clone(), text(value["S"].as_str()?))));
        strings.chain([("modules".to_owned(), AttributeValue::L(Vec::new()))]).collect()
    };
    let puts: Vec<WriteRequest> = (1..2_000)
        .map(|number| PutRequest::builder().set_item(Some(item(number))).build().unwrap())
        .map(|put| WriteRequest::builder().put_request(put).build())
        .collect();
    for some in puts.chunks(25) {
        table.batch_write_item().request_items(world.engine.table(), some.to_vec()).send().await.unwrap();
    }
    let answer = put(2_000).await.expect_status(422).json();
    assert!(answer["error"]["fields"]["id"].is_string(), "{answer}");
    put(7).await.expect_status(200);
    world.delete(&format!("/v1/units/{}", id(7))).await.expect_status(204);
    put(2_000).await.expect_status(200);
}
