//! The event of payload format 2.0.

use std::{collections::BTreeMap, net::IpAddr};

use axum::http::{HeaderMap, header, request::Parts};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::{DateTime, Utc};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value, json};

/// What the gateway knows about a request beside the request itself.
pub(super) struct About<'r> {
    pub request_id: &'r str,
    pub route_key: &'r str,
    pub path_parameters: &'r BTreeMap<String, String>,
    pub source: IpAddr,
    pub received: DateTime<Utc>,
}

/// Headers between two neighbours, which no gateway hands on.
const HOP_BY_HOP: [&str; 8] = [
    "connection",
    "expect",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// Turns a request into the event.
pub(super) fn build(request: &Parts, body: &[u8], about: &About<'_>) -> Value {
    // API Gateway decodes the path, parameters included, and cuts it at a question mark that comes to light that way;
    // the query string stays as it was sent.
    let decoded = percent_decode_str(request.uri.path()).decode_utf8_lossy();
    let path = decoded.split('?').next().unwrap_or_default();
    let query = request.uri.query().unwrap_or_default();
    let headers = headers(&request.headers, about);
    let host = headers.get("host").and_then(Value::as_str).unwrap_or("localhost");
    let mut event = json!({
        "version": "2.0",
        "routeKey": about.route_key,
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "local",
            "domainName": host,
            "domainPrefix": host.split('.').next().unwrap_or_default(),
            "http": {
                "method": request.method.as_str(),
                "path": path,
                "protocol": format!("{:?}", request.version),
                "sourceIp": about.source.to_string(),
                "userAgent": headers.get("user-agent").and_then(Value::as_str).unwrap_or_default(),
            },
            "requestId": about.request_id,
            "routeKey": about.route_key,
            "stage": "$default",
            "time": about.received.format("%d/%b/%Y:%H:%M:%S +0000").to_string(),
            "timeEpoch": about.received.timestamp_millis(),
        },
        "isBase64Encoded": false,
    });
    let cookies = cookies(&request.headers);
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    if !query.is_empty() {
        event["queryStringParameters"] = query_parameters(query);
    }
    if !about.path_parameters.is_empty() {
        event["pathParameters"] = json!(about.path_parameters);
    }
    if !body.is_empty() {
        match std::str::from_utf8(body) {
            Ok(text) if is_text(&request.headers) => event["body"] = json!(text),
            _ => {
                event["body"] = json!(STANDARD.encode(body));
                event["isBase64Encoded"] = json!(true);
            }
        }
    }
    event
}

/// Lower-case names; repeated ones joined with commas; cookies apart; and what a gateway adds of its own.
fn headers(sent: &HeaderMap, about: &About<'_>) -> Map<String, Value> {
    let mut headers = Map::new();
    for name in sent.keys().filter(|name| *name != header::COOKIE && !HOP_BY_HOP.contains(&name.as_str())) {
        let values: Vec<_> = sent.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        headers.insert(name.as_str().to_owned(), json!(values.join(",")));
    }
    // Whatever a client claims about the way it came stands before what the gateway saw.
    let source = about.source.to_string();
    let forwarded = match headers.get("x-forwarded-for").and_then(Value::as_str) {
        Some(claimed) => format!("{claimed}, {source}"),
        None => source,
    };
    headers.insert("x-forwarded-for".to_owned(), json!(forwarded));
    headers.insert("x-forwarded-proto".to_owned(), json!("http"));
    let port = headers.get("host").and_then(Value::as_str).and_then(|host| host.rsplit_once(':')).map_or("80", |h| h.1);
    let port = port.to_owned();
    headers.insert("x-forwarded-port".to_owned(), json!(port));
    let trace: String = about.request_id.chars().filter(char::is_ascii_hexdigit).take(24).collect();
    headers.insert("x-amzn-trace-id".to_owned(), json!(format!("Root=1-{:08x}-{trace}", about.received.timestamp())));
    headers
}

fn cookies(headers: &HeaderMap) -> Vec<String> {
    let lines = headers.get_all(header::COOKIE).iter().map(|line| String::from_utf8_lossy(line.as_bytes()));
    lines
        .flat_map(|line| line.split(';').map(|cookie| cookie.trim().to_owned()).collect::<Vec<_>>())
        .filter(|cookie| !cookie.is_empty())
        .collect()
}

/// Decoded; the values of one name joined with commas.
fn query_parameters(query: &str) -> Value {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
    let mut parameters: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in pairs {
        parameters
            .entry(name)
            .and_modify(|all| {
                all.push(',');
                all.push_str(&value);
            })
            .or_insert(value);
    }
    json!(parameters)
}

/// What API Gateway hands on as it is; every other body comes in base64, a form's among them.
fn is_text(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.starts_with("text/")
        || ["application/json", "application/javascript", "application/xml"].contains(&kind.as_str())
        || kind.ends_with("+json")
        || kind.ends_with("+xml")
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn event(request: axum::http::request::Builder, body: &[u8]) -> Value {
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let parameters = BTreeMap::from([("code".to_owned(), "a b".to_owned())]);
        let about = About {
            request_id: "5d7c3f0e-1b7b-4a53-9d0c-2f8f1f3f9a11",
            route_key: "POST /v1/join/{code}",
            path_parameters: &parameters,
            source: IpAddr::from([127, 0, 0, 1]),
            received: DateTime::from_timestamp_millis(1_583_348_638_390).unwrap(),
        };
        build(&parts, body, &about)
    }

    #[test]
    fn a_request_becomes_the_event_of_payload_format_2() {
        let request = Request::post("/v1/join/a%20b?x=1&y=%C3%A4+b&x=2")
            .header("Host", "localhost:3000")
            .header("Content-Type", "application/json; charset=utf-8")
            .header("User-Agent", "curl/8")
            .header("X-One", "a")
            .header("X-One", "b")
            .header("Cookie", "a=1; b=2")
            .header("Cookie", "c=3")
            .header("Connection", "keep-alive");
        let event = event(request, br#"{"name":"x"}"#);
        assert_eq!(event["version"], "2.0");
        assert_eq!(event["routeKey"], "POST /v1/join/{code}");
        assert_eq!(event["rawPath"], "/v1/join/a b");
        assert_eq!(event["rawQueryString"], "x=1&y=%C3%A4+b&x=2");
        assert_eq!(event["queryStringParameters"], json!({"x": "1,2", "y": "ä b"}));
        assert_eq!(event["pathParameters"], json!({"code": "a b"}));
        assert_eq!(event["cookies"], json!(["a=1", "b=2", "c=3"]));
        assert_eq!(event["headers"]["x-one"], "a,b");
        assert_eq!(event["headers"]["x-forwarded-for"], "127.0.0.1");
        assert_eq!(event["headers"]["x-forwarded-port"], "3000");
        assert!(event["headers"].get("cookie").is_none() && event["headers"].get("connection").is_none());
        assert_eq!((&event["body"], &event["isBase64Encoded"]), (&json!(r#"{"name":"x"}"#), &json!(false)));
        let context = &event["requestContext"];
        assert_eq!(context["http"]["method"], "POST");
        assert_eq!(context["http"]["protocol"], "HTTP/1.1");
        assert_eq!(context["http"]["userAgent"], "curl/8");
        assert_eq!(context["time"], "04/Mar/2020:19:03:58 +0000");
        assert_eq!(context["timeEpoch"], 1_583_348_638_390_i64);
        assert_eq!(context["stage"], "$default");
    }

    #[test]
    fn what_is_not_text_comes_in_base64() {
        let form = event(Request::post("/v1/x").header("Content-Type", "application/x-www-form-urlencoded"), b"a=1");
        assert_eq!((&form["body"], &form["isBase64Encoded"]), (&json!("YT0x"), &json!(true)));
        let broken = event(Request::post("/v1/x").header("Content-Type", "application/json"), b"\xff");
        assert_eq!((&broken["body"], &broken["isBase64Encoded"]), (&json!("/w=="), &json!(true)));
    }

    #[test]
    fn what_is_not_there_is_left_out() {
        let event = event(Request::get("/v1/me"), b"");
        for name in ["body", "cookies", "queryStringParameters"] {
            assert!(event.get(name).is_none(), "{name}");
        }
    }

    #[test]
    fn a_client_cannot_replace_the_address_the_gateway_saw() {
        let event = event(Request::get("/v1/me").header("X-Forwarded-For", "10.0.0.1"), b"");
        assert_eq!(event["headers"]["x-forwarded-for"], "10.0.0.1, 127.0.0.1");
        assert_eq!(event["requestContext"]["http"]["sourceIp"], "127.0.0.1");
    }
}
