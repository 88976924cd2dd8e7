//! That the description is asked at all: what is not as described is told.

use serde_json::json;

use super::*;

const JSON: &[(&str, &str)] = &[("content-type", "application/json; charset=utf-8")];
const CODE: &str = "/v1/join/x9b9as20v8m0ed24c8e25msdn3";
const LINK: &str = "/v1/links/01a2044d-fbc0-75a1-b2dc-2ff9dfac9b8e";

/// What is wrong with this exchange, or "" if nothing is.
fn fault(method: &str, url: &str, sent: &Value, status: u16, headers: &[(&str, &str)], body: &Value) -> String {
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    let bytes = |value: &Value| if value.is_null() { Vec::new() } else { value.to_string().into_bytes() };
    let (sent, body) = (bytes(sent), bytes(body));
    let exchange = Exchange { method, path, query, sent: &sent, status, headers, body: &body };
    Description::get().check(&exchange).err().unwrap_or_default()
}

fn error(code: &str) -> Value {
    json!({"error": {"code": code, "message": "Words."}})
}

fn told(fault: &str, part: &str) {
    assert!(fault.contains(part), "{part:?} is not said: {fault:?}");
}

#[test]
fn what_is_as_described_passes() {
    let person = json!({"name": "Ana", "email": "ana@example.com", "answers": {"trade": "Welder"}});
    let taken = json!({"status": "check_your_mail"});
    assert_eq!(fault("POST", CODE, &person, 202, JSON, &taken), "");
    assert_eq!(
        fault("GET", "/v1/links?limit=5&cursor=abc", &json!(null), 200, JSON, &json!({"links": [], "next": null})),
        ""
    );
    assert_eq!(fault("DELETE", LINK, &json!({}), 204, &[], &json!(null)), "");
    assert_eq!(fault("GET", "/v1/nothing", &json!(null), 404, JSON, &json!({"message": "Not Found"})), "");
    // What is refused need not be right.
    assert_eq!(fault("POST", CODE, &json!({"nme": 1}), 400, JSON, &error("malformed")), "");
}

#[test]
fn an_answer_that_is_not_described_is_told() {
    let nothing = json!(null);
    told(&fault("GET", LINK, &nothing, 418, JSON, &error("malformed")), "getLink: no answer 418");
    told(&fault("GET", LINK, &nothing, 404, JSON, &error("not_found")), "/error/code");
    told(&fault("GET", LINK, &nothing, 404, JSON, &json!({"message": "Not Found"})), "error");
    told(&fault("GET", LINK, &nothing, 500, JSON, &error("unavailable")), "anyOf");
    told(&fault("GET", LINK, &nothing, 500, JSON, &error("internal")), "anyOf");
    assert_eq!(fault("GET", LINK, &nothing, 500, JSON, &json!({"message": "Internal Server Error"})), "");
    told(&fault("POST", CODE, &nothing, 422, JSON, &error("invalid_fields")), "fields");
    told(&fault("POST", CODE, &nothing, 200, JSON, &json!({"status": "check_your_mail"})), "/status");
    told(&fault("GET", LINK, &nothing, 200, JSON, &json!({"id": "x"})), "required");
    told(&fault("GET", "/v1/links", &nothing, 200, JSON, &json!({"links": [], "next": null, "count": 0})), "count");
    told(&fault("GET", "/v1/links", &nothing, 200, &[("content-type", "text/csv")], &nothing), "text/csv");
    told(&fault("DELETE", LINK, &nothing, 204, JSON, &json!({})), "has a body");
    told(&fault("DELETE", "/v1/sessions/current", &nothing, 204, &[], &nothing), "Set-Cookie");
    told(&fault("GET", "/v1/nothing", &nothing, 200, JSON, &json!({})), "no such operation");
    let late = [("content-type", "application/json"), ("retry-after", "soon")];
    told(&fault("POST", CODE, &nothing, 429, &late, &error("too_many_requests")), "integer");
}

#[test]
fn a_request_that_was_taken_though_it_is_not_described_is_told() {
    let taken = json!({"status": "check_your_mail"});
    let join = |sent: Value| fault("POST", CODE, &sent, 202, JSON, &taken);
    told(&join(json!({"name": "Ana", "email": "ana@example.com", "phone": "1"})), "phone");
    told(&join(json!({"name": "", "email": "ana@example.com"})), "/name");
    told(&join(json!({"name": "A\u{200b}na", "email": "ana@example.com"})), "/name");
    told(&join(json!({"name": "Ana\u{e0041}", "email": "ana@example.com"})), "/name");
    told(&join(json!({"name": "Ana", "email": "ana"})), "/email");
    told(&join(json!({"name": "Ana", "email": format!("{}@example.com", "a".repeat(65))})), "/email");
    told(&join(json!(null)), "not JSON");
    let list = |query: &str| {
        fault("GET", &format!("/v1/members{query}"), &json!(null), 200, JSON, &json!({"members": [], "next": null}))
    };
    assert_eq!(list("?access=without&link=01a2044d-fbc0-75a1-b2dc-2ff9dfac9b8e&q=7"), "");
    told(&list("?limit=101"), "limit=101");
    told(&list("?limit=many"), "limit=many");
    told(&list("?access=all"), "access=all");
    told(&list("?colour=red"), "no parameter colour");
    told(&fault("DELETE", "/v1/links/{x}", &json!(null), 204, &[], &json!(null)), "id={x}");
}
