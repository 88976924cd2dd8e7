//! The gateway's event, made safe for `lambda_http`.
//!
//! `lambda_http` panics on a `Host` that is none, a query that is no part of a URI, and a body that is no base64, and
//! refuses the whole event for one header beyond ASCII. All of these are the client's to choose, and a panic ends the
//! function, so they are dealt with here first. Host and path are not needed: the gateway has chosen the route.

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD};
use lambda_http::aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use serde_json::{Map, Value};

use super::ApiError;

/// The headers that anything here reads.
const HEADERS: [&str; 10] = [
    "accept",
    "authorization",
    "content-type",
    "cookie",
    EXPECTED_MEMBER,
    IDEMPOTENCY_KEY,
    "origin",
    "sec-fetch-site",
    "x-origin-key",
    "x-viewer-address",
];
/// The key under which something is to be made once.
pub(super) const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The member whose session the client takes the request's to be.
pub(super) const EXPECTED_MEMBER: &str = "expected-member";
/// Longer than a gateway lets through.
const QUERY_MAX: usize = 16_384;

/// Reads the event. The second half is a refusal that the client has earned already.
pub(super) fn read(mut event: Value) -> Result<(ApiGatewayV2httpRequest, Result<(), ApiError>), serde_json::Error> {
    let mut verdict = Ok(());
    if let Some(fields) = event.as_object_mut() {
        fields.insert("rawPath".to_owned(), "/".into());
        fields.insert("headers".to_owned(), headers(fields.get("headers")));
        if let Some(Value::Array(cookies)) = fields.get_mut("cookies") {
            for cookie in cookies {
                *cookie = visible_ascii(cookie.as_str().unwrap_or_default()).into();
            }
        }
        if let Some(query) = query(fields.get("rawQueryString")) {
            fields.insert("rawQueryString".to_owned(), query.into());
        } else {
            fields.insert("rawQueryString".to_owned(), "".into());
            verdict = Err(ApiError::Malformed);
        }
        if fields.get("isBase64Encoded") == Some(&Value::Bool(true))
            && fields.get("body").and_then(Value::as_str).is_some_and(|body| STANDARD.decode(body).is_err())
        {
            fields.insert("body".to_owned(), Value::Null);
            verdict = Err(ApiError::Malformed);
        }
        if let Some(context) = fields.get_mut("requestContext").and_then(Value::as_object_mut) {
            context.remove("domainName");
        }
    }
    Ok((serde_json::from_value(event)?, verdict))
}

/// The headers we read, in visible ASCII: what is not becomes a question mark, and so equals nothing we compare with.
fn headers(given: Option<&Value>) -> Value {
    let mut kept = Map::new();
    for (name, value) in given.and_then(Value::as_object).into_iter().flatten() {
        let name = name.to_ascii_lowercase();
        let Some(value) = value.as_str().filter(|_| HEADERS.contains(&name.as_str())) else { continue };
        let value = match name.as_str() {
            // Every visible character may stand in it: what is none must make it no key.
            IDEMPOTENCY_KEY => replaced(value, ' '),
            _ => visible_ascii(value),
        };
        // The same name in two spellings is a repeated header, which the gateway joins with a comma.
        let value = match kept.get(&name).and_then(Value::as_str) {
            Some(first) => format!("{first},{value}"),
            None => value,
        };
        kept.insert(name, value.into());
    }
    kept.into()
}

fn visible_ascii(text: &str) -> String {
    replaced(text, '?')
}

fn replaced(text: &str, by: char) -> String {
    text.chars().map(|c| if matches!(c, ' '..='~') { c } else { by }).collect()
}

/// The query with everything escaped that a URI can't hold, unless it is far too long.
fn query(given: Option<&Value>) -> Option<String> {
    let given = given.and_then(Value::as_str).unwrap_or_default();
    if given.len() > QUERY_MAX {
        return None;
    }
    let mut query = String::with_capacity(given.len());
    for byte in given.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?%[]".contains(&byte) {
            query.push(char::from(byte));
        } else {
            write!(query, "%{byte:02X}").expect("a string takes all that is written to it");
        }
    }
    Some(query)
}
