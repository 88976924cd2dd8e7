//! Requests as the gateway delivers them, hostile ones included, through [`serve`].

use std::sync::Arc;

use aws_config::{BehaviorVersion, SdkConfig};
use lambda_http::http::StatusCode;
use serde::Deserialize;
use serde_json::json;
use shared::{
    clock::SystemClock,
    config::{Config, OriginKeys},
    random::SystemRandom,
};

use super::*;
use crate::{app::Services, http::Fields, operation::Invocation};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    name: Option<String>,
}

/// Tells what it read.
async fn echo(_: App, request: ApiRequest) -> Result<Reply, ApiError> {
    let mut fields = Fields::default();
    let body: Body = if *request.method() == Method::GET { Body { name: None } } else { request.json()? };
    let name = fields.optional("name", body.name, |name| if name.is_empty() { Err("is empty") } else { Ok(name) });
    let (name,) = fields.finish((name,))?;
    let page = request.page()?;
    Ok(Reply::ok(&json!({
        "id": request.path_param("id"),
        "absent": request.path_param("absent"),
        "filter": request.query("filter")?,
        "limit": page.limit,
        "ip": request.source_ip(),
        "session": request.session_token()?.is_some(),
        "name": name,
    })))
}

async fn fail(_: App, _: ApiRequest) -> Result<Reply, ApiError> {
    Err(ApiError::internal("the table said something secret"))
}

async fn unavailable(_: App, _: ApiRequest) -> Result<Reply, ApiError> {
    Err(ApiError::unavailable("throttled"))
}

async fn sign_in(_: App, _: ApiRequest) -> Result<Reply, ApiError> {
    Ok(Reply::no_content().with_cookie("__Host-session=abc; Path=/"))
}

/// A handler must be what an operation is made of.
const ECHO: fn(App, LambdaEvent<Value>) -> Invocation = |app, event| Box::pin(serve(app, event, echo));

fn app() -> App {
    app_with(Config::new("access-links", "https://join.example.com", "training@example.com").unwrap())
}

fn app_with(config: Config) -> App {
    let sdk = SdkConfig::builder().behavior_version(BehaviorVersion::latest()).build();
    let services = Services { dynamodb: sdk.clone(), ses: sdk.clone(), eventbridge: sdk };
    App::connect(config, services, Arc::new(SystemClock), Arc::new(SystemRandom))
}

fn request(method: &str) -> Value {
    json!({
        "version": "2.0",
        "routeKey": format!("{method} /v1/things/{{id}}"),
        "rawPath": "/v1/things/a b",
        "rawQueryString": "",
        "headers": { "host": "join.example.com", "content-type": "application/json" },
        "pathParameters": { "id": "a b" },
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api",
            "domainName": "join.example.com",
            "http": { "method": method, "path": "/v1/things/a b", "protocol": "HTTP/1.1", "sourceIp": "192.0.2.7" },
            "requestId": "gateway-id",
            "routeKey": format!("{method} /v1/things/{{id}}"),
            "stage": "$default",
            "time": "12/Mar/2026:19:03:58 +0000",
            "timeEpoch": 1_773_342_238_000_u64
        },
        "isBase64Encoded": false
    })
}

/// The request with this put at these JSON pointers' places.
fn changed(mut request: Value, changes: &[(&str, Value)]) -> Value {
    for (pointer, value) in changes {
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        request.pointer_mut(parent).unwrap()[name] = value.clone();
    }
    request
}

fn event(payload: Value) -> LambdaEvent<Value> {
    let mut context = lambda_http::Context::default();
    context.request_id = "lambda-id".to_owned();
    LambdaEvent::new(payload, context)
}

async fn answer(payload: Value) -> (u64, Value) {
    let response = ECHO(app(), event(payload)).await.unwrap();
    (response["statusCode"].as_u64().unwrap(), serde_json::from_str(response["body"].as_str().unwrap()).unwrap())
}

async fn code(payload: Value) -> (u64, String) {
    let (status, body) = answer(payload).await;
    (status, body["error"]["code"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_request_is_read_as_the_gateway_delivers_it() {
    let changes = [("/rawQueryString", json!("filter=a%20b&limit=7")), ("/body", json!(r#"{"name":"Ana"}"#))];
    let (status, body) = answer(changed(request("POST"), &changes)).await;
    assert_eq!(status, 200);
    let read = json!({"id": "a b", "absent": "", "filter": "a b", "limit": 7, "ip": "192.0.2.7", "session": false, "name": "Ana"});
    assert_eq!(body, read);
}

#[tokio::test]
async fn every_answer_has_the_headers_of_an_api() {
    let response = ECHO(app(), event(request("GET"))).await.unwrap();
    for (name, value) in [
        ("content-type", "application/json; charset=utf-8"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ] {
        assert_eq!(response["headers"][name], value, "{name}");
    }
    assert!(response["headers"]["strict-transport-security"].is_string());
    assert_eq!(response["isBase64Encoded"], false);
}

#[tokio::test]
async fn a_base64_body_is_decoded_before_it_is_measured_and_read() {
    use base64::{Engine, engine::general_purpose::STANDARD};

    let encoded = |text: &str| {
        changed(request("POST"), &[("/isBase64Encoded", json!(true)), ("/body", json!(STANDARD.encode(text)))])
    };
    assert_eq!(answer(encoded(r#"{"name":"Ana"}"#)).await.1["name"], "Ana");
    assert_eq!(code(encoded(&format!(r#"{{"name":"{}"}}"#, "x".repeat(16_384)))).await, (413, "body_too_large".into()));
    let just_fits = format!(r#"{{"name":"{}"}}"#, "x".repeat(16_384 - 11));
    assert_eq!(answer(encoded(&just_fits)).await.0, 200);
}

#[tokio::test]
async fn nothing_a_client_sends_breaks_the_function() {
    let post = |changes: &[(&str, Value)]| changed(request("POST"), changes);
    let cases = [
        (post(&[]), 400, "malformed"),
        (post(&[("/body", json!("[]"))]), 400, "malformed"),
        (post(&[("/body", json!("not base64!")), ("/isBase64Encoded", json!(true))]), 400, "malformed"),
        (post(&[("/body", json!(r#"{"name":""}"#))]), 422, "invalid_fields"),
        (post(&[("/headers/content-type", json!("text/plain"))]), 415, "unsupported_media_type"),
        (post(&[("/headers/content-type", json!("applicatión/json"))]), 415, "unsupported_media_type"),
        (post(&[("/headers/origin", json!("https://evil.example"))]), 403, "csrf_failed"),
        (post(&[("/headers/origin", json!("https://jöin.example.com"))]), 403, "csrf_failed"),
        (post(&[("/cookies", json!(["__Host-session=x"]))]), 403, "csrf_failed"),
        (post(&[("/rawQueryString", json!("x".repeat(100_000)))]), 400, "malformed"),
    ];
    for (payload, status, expected) in cases {
        let shown = payload.to_string();
        assert_eq!(code(payload).await, (status, expected.to_owned()), "{}", &shown[..shown.len().min(900)]);
    }

    let get = |changes: &[(&str, Value)]| changed(request("GET"), changes);
    let cases = [
        (get(&[("/headers/host", json!("a b[")), ("/requestContext/domainName", json!("]["))]), 200, ""),
        (get(&[("/headers/x-näme", json!("\u{1}"))]), 200, ""),
        (get(&[("/headers/x-custom", json!("ünsafe"))]), 200, ""),
        (get(&[("/rawPath", json!("//[/\\ \u{0}"))]), 200, ""),
        (get(&[("/rawQueryString", json!("a=<\"> {}|\\^`#\u{7f}é%zz&&=&%"))]), 200, ""),
        (get(&[("/rawQueryString", json!("filter=a&filter=b"))]), 400, "malformed"),
        (get(&[("/rawQueryString", json!("limit=0"))]), 422, "invalid_fields"),
        (get(&[("/rawQueryString", json!("limit=101"))]), 422, "invalid_fields"),
        (get(&[("/rawQueryString", json!("limit=1e1"))]), 422, "invalid_fields"),
        (get(&[("/cookies", json!(["__Host-session=x", "__Host-session=y"]))]), 400, "malformed"),
        (get(&[("/cookies", json!(["a=\u{e9}", "__Host-session=x"]))]), 200, ""),
        (get(&[("/headers/authorization", json!("Bearer x"))]), 401, "unauthenticated"),
        (get(&[("/requestContext/http/sourceIp", json!("2001:db8:1:2:3::4"))]), 200, ""),
    ];
    for (payload, status, expected) in cases {
        let shown = payload.to_string();
        assert_eq!(code(payload).await, (status, expected.to_owned()), "{shown}");
    }
}

#[tokio::test]
async fn an_error_tells_the_client_no_more_than_it_may_know() {
    let (_, body) = answer(changed(request("POST"), &[("/body", json!(r#"{"secret-field":"secret"}"#))])).await;
    assert!(!body.to_string().contains("secret"), "{body}");

    let response = serve(app(), event(request("GET")), fail).await.unwrap();
    let body: Value = serde_json::from_str(response["body"].as_str().unwrap()).unwrap();
    assert_eq!(response["statusCode"], 500);
    let told = json!({"error": {"code": "internal", "message": "Something went wrong.", "request_id": "lambda-id"}});
    assert_eq!(body, told);

    let response = serve(app(), event(request("GET")), unavailable).await.unwrap();
    assert_eq!((&response["statusCode"], &response["headers"]["retry-after"]), (&json!(503), &json!("1")));
}

#[tokio::test]
async fn work_that_the_time_limit_would_cut_off_is_answered_before() {
    async fn endless(_: App, _: ApiRequest) -> Result<Reply, ApiError> {
        std::future::pending().await
    }
    let limit = std::time::Duration::from_secs(2);
    let began = Instant::now();
    let mut event = event(request("POST"));
    event.payload["body"] = json!("{}");
    let deadline = SystemTime::now().duration_since(UNIX_EPOCH).unwrap() + limit;
    event.context.deadline = u64::try_from(deadline.as_millis()).unwrap();
    let response = serve(app(), event, endless).await.unwrap();
    assert!(began.elapsed() < limit, "it took {:?}", began.elapsed());
    assert_eq!((&response["statusCode"], &response["headers"]["retry-after"]), (&json!(503), &json!("1")));
    let body: Value = serde_json::from_str(response["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["error"]["code"], "unavailable");
}

#[tokio::test]
async fn bad_fields_are_named_with_their_words() {
    let (_, body) = answer(changed(request("POST"), &[("/body", json!(r#"{"name":""}"#))])).await;
    assert_eq!(body["error"]["fields"], json!({"name": "is empty"}));
}

#[tokio::test]
async fn cookies_travel_in_their_own_list() {
    let response = serve(app(), event(request("GET")), sign_in).await.unwrap();
    assert_eq!(response["statusCode"], StatusCode::NO_CONTENT.as_u16());
    assert_eq!(response["cookies"], json!(["__Host-session=abc; Path=/"]));
    assert!(response["headers"].get("set-cookie").is_none());
    assert_eq!(response["headers"]["cache-control"], "no-store");
}

#[tokio::test]
async fn an_event_that_is_no_request_is_an_error() {
    for payload in [json!(null), json!({}), json!({"Records": []}), json!([1])] {
        assert!(serve(app(), event(payload), echo).await.is_err());
    }
}

#[tokio::test]
async fn behind_a_distribution_its_key_is_asked_for_and_the_viewers_address_believed() {
    // The SHA-256 of "the key".
    let digest = "3a0aac44832e55528a834fec737786c999e7b8dea8bd601bb59f195237d58b2e";
    let mut config = Config::new("access-links", "https://join.example.com", "training@example.com").unwrap();
    config.origin_keys = OriginKeys::parse(digest).unwrap();
    for (key, viewer, answered) in [
        (Some("the key"), Some("198.51.100.4"), (200, json!("198.51.100.4"))),
        (Some("the key"), Some("2001:db8:1:2:3::4"), (200, json!("2001:db8:1:2::/64"))),
        // Nobody's address is one more address to count by.
        (Some("the key"), None, (200, json!(""))),
        (Some("another"), Some("198.51.100.4"), (403, json!(null))),
        (Some("the key,the key"), Some("198.51.100.4"), (403, json!(null))),
        (Some(digest), Some("198.51.100.4"), (403, json!(null))),
        (None, Some("198.51.100.4"), (403, json!(null))),
    ] {
        let headers = json!({"X-Origin-Key": key.unwrap_or_default(), "X-Viewer-Address": viewer.unwrap_or_default()});
        let payload = changed(request("GET"), &[("/headers", headers)]);
        let response = ECHO(app_with(config.clone()), event(payload)).await.unwrap();
        let body: Value = serde_json::from_str(response["body"].as_str().unwrap()).unwrap();
        assert_eq!((response["statusCode"].as_u64().unwrap(), body["ip"].clone()), answered, "{key:?} {viewer:?}");
        if answered.0 == 403 {
            assert_eq!(body["error"]["code"], "direct_call");
        }
    }
    // Without one, both headers are a client's own words.
    let headers = json!({"x-origin-key": "the key", "x-viewer-address": "198.51.100.4"});
    assert_eq!(answer(changed(request("GET"), &[("/headers", headers)])).await.1["ip"], "192.0.2.7");
}
