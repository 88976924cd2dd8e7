//! The function's answer as an HTTP response.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value;

/// Turns an answer into a response; none when API Gateway would not understand the answer either.
///
/// Format 2.0 knows `headers` and `cookies`. `multiValueHeaders`, which some libraries write beside them, is of
/// format 1.0 and is not read.
pub(super) fn build(answer: Value) -> Option<Response<Body>> {
    let Some(status) = answer.get("statusCode") else {
        // Without a status the whole answer is the body.
        let body = if let Value::String(text) = answer { text } else { answer.to_string() };
        let mut response = Response::new(Body::from(body));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        return Some(response);
    };
    let status = status.as_u64().or_else(|| status.as_str()?.parse().ok())?;
    let status = StatusCode::from_u16(u16::try_from(status).ok()?).ok()?;
    let body = match answer.get("body") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::String(text)) if answer.get("isBase64Encoded") == Some(&Value::Bool(true)) => {
            STANDARD.decode(text).ok()?
        }
        Some(Value::String(text)) => text.clone().into_bytes(),
        Some(_) => return None,
    };
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Some(sent) = answer.get("headers").and_then(Value::as_object) {
        for (name, value) in sent {
            let value = match value {
                Value::String(text) => text.clone(),
                Value::Number(_) | Value::Bool(_) => value.to_string(),
                _ => return None,
            };
            headers.insert(HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?);
        }
    }
    for cookie in answer.get("cookies").and_then(Value::as_array).into_iter().flatten() {
        headers.append(header::SET_COOKIE, HeaderValue::try_from(cookie.as_str()?).ok()?);
    }
    if !body.is_empty() && !headers.contains_key(header::CONTENT_TYPE) {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain;charset=utf-8"));
    }
    // The server counts for itself.
    headers.remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(body);
    Some(response)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn headers_cookies_and_body_reach_the_client() {
        let response = build(json!({
            "statusCode": 201,
            "headers": {"Content-Type": "application/json", "content-length": "99"},
            "multiValueHeaders": {"x-old": ["1"]},
            "cookies": ["a=1; Secure", "b=2"],
            "body": "{}",
        }))
        .unwrap();
        assert_eq!(response.status(), 201);
        assert_eq!(response.headers()["content-type"], "application/json");
        assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
        assert!(!response.headers().contains_key("x-old") && !response.headers().contains_key("content-length"));
    }

    #[test]
    fn an_answer_that_is_no_response_is_refused_or_is_the_body() {
        for answer in [json!({"statusCode": 99}), json!({"statusCode": "x"}), json!({"statusCode": 200, "body": {}})] {
            assert!(build(answer).is_none());
        }
        assert_eq!(build(json!({"hello": 1})).unwrap().status(), 200);
        assert_eq!(build(json!({"statusCode": 204})).unwrap().headers().len(), 0);
    }
}
