//! What the pages for developers share: how they are asked for, answered and escaped.

use anyhow::Result;
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
};

/// A message's own HTML may style itself, and that is all it may; no script runs and nothing is fetched.
const POLICY: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// Whether the page at `base` is asked for as JSON; none when another is asked for.
pub(crate) fn as_json(path: &str, base: &str, headers: &HeaderMap) -> Option<bool> {
    let accepts = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match path.strip_prefix(base)? {
        "" | "/" => Some(accepts.contains("application/json") && !accepts.contains("text/html")),
        ".json" => Some(true),
        _ => None,
    }
}

/// The beginning of a page, up to its heading.
pub(crate) fn head(title: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} · Access links</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"/css/tokens.css\"><link rel=\"stylesheet\" href=\"/css/base.css\">\
         <link rel=\"stylesheet\" href=\"/css/mailbox.css\"></head><body><main class=\"mailbox\"><h1>{title}</h1>"
    )
}

/// The answer with what was rendered.
pub(crate) fn respond(rendered: Result<String>, as_json: bool) -> Response<Body> {
    let (status, body) = match rendered {
        Ok(body) => (StatusCode::OK, body),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("This can't be read: {error:#}")),
    };
    let kind = match (status, as_json) {
        (StatusCode::OK, true) => "application/json; charset=utf-8",
        (StatusCode::OK, false) => "text/html; charset=utf-8",
        _ => "text/plain; charset=utf-8",
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    for (name, value) in [
        ("content-type", kind),
        ("content-security-policy", POLICY),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// A text as part of a page.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
