//! An answer, with the headers every answer of the API has.

use base64::{Engine, engine::general_purpose::STANDARD};
use lambda_http::{
    Body, Response,
    http::{HeaderName, HeaderValue, StatusCode, header},
};
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::csv::{BYTE_ORDER_MARK, Csv};

/// What every answer carries, after `docs/SECURITY.md`: it is data, for this caller, now, and no page.
pub const ALWAYS: [(HeaderName, &str); 4] = [
    (header::CACHE_CONTROL, "no-store"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
];

/// An answer to an HTTP request.
#[derive(Debug)]
pub struct Reply(Response<Body>);

impl Reply {
    /// An answer with a JSON body.
    ///
    /// # Panics
    /// If `body` has no JSON form: a map with keys that are not text, or a failing serializer.
    #[must_use]
    pub fn json(status: StatusCode, body: &impl Serialize) -> Self {
        let body = serde_json::to_string(body).expect("an answer is made of types that have a JSON form");
        let mut reply = Self::bare(status, Body::Text(body));
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        reply.0.headers_mut().insert(header::CONTENT_TYPE, json);
        reply
    }

    /// 200 with a JSON body.
    #[must_use]
    pub fn ok(body: &impl Serialize) -> Self {
        Self::json(StatusCode::OK, body)
    }

    /// 200 with a table as CSV, to be saved under `file_name`, plain ASCII. The header `x-next-cursor` has the cursor of the next
    /// page, where there is one.
    ///
    /// # Panics
    /// If the file name or the cursor is not visible ASCII.
    #[must_use]
    pub fn csv(file_name: &'static str, csv: Csv, next: Option<&str>) -> Self {
        let text = csv.finish();
        // Of a text that begins with a byte order mark, lambda_http takes one off before it is sent.
        let text = if text.starts_with(BYTE_ORDER_MARK) { format!("{BYTE_ORDER_MARK}{text}") } else { text };
        let reply = Self::bare(StatusCode::OK, Body::Text(text))
            .header("content-type", "text/csv; charset=utf-8")
            .header("content-disposition", &format!("attachment; filename=\"{file_name}\""));
        next.into_iter().fold(reply, |reply, cursor| reply.header("x-next-cursor", cursor))
    }

    /// 200 with a text of this content type, to be looked at in the browser; saved, it is `file_name`, plain ASCII.
    ///
    /// # Panics
    /// If the content type or the file name is not visible ASCII.
    #[must_use]
    pub fn document(content_type: &'static str, file_name: &'static str, text: String) -> Self {
        Self::bare(StatusCode::OK, Body::Text(text))
            .header("content-type", content_type)
            .header("content-disposition", &format!("inline; filename=\"{file_name}\""))
    }

    /// 200 with a picture of this media type. It may be cached by everybody and for good, because another picture has another address.
    /// Opened by itself, it is a document without any rights.
    ///
    /// # Panics
    /// Never: media types are visible ASCII.
    #[must_use]
    pub fn picture(content_type: &'static str, bytes: Vec<u8>) -> Self {
        let mut reply = Self::bare(StatusCode::OK, Body::Binary(bytes)).header("content-type", content_type);
        for (name, value) in [
            (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"),
        ] {
            reply.0.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        reply
    }

    /// The same answer, a page in which exactly this inline style sheet applies, and pictures that stand in the page itself. Nothing
    /// else is allowed to it: no script, no form, nothing loaded.
    ///
    /// # Panics
    /// Never: a hash is visible ASCII.
    #[must_use]
    pub fn with_style(self, style: &str) -> Self {
        let hash = STANDARD.encode(Sha256::digest(style));
        self.allowing(&format!("style-src 'sha256-{hash}'; img-src data:"))
    }

    /// The same answer, a drawing that may show pictures which stand in it, and nothing else.
    #[must_use]
    pub fn with_pictures(self) -> Self {
        self.allowing("img-src data:")
    }

    fn allowing(mut self, sources: &str) -> Self {
        let policy =
            format!("default-src 'none'; {sources}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        let policy = HeaderValue::from_str(&policy).expect("our own policies are visible ASCII");
        self.0.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        self
    }

    /// 204, without a body.
    #[must_use]
    pub fn no_content() -> Self {
        Self::bare(StatusCode::NO_CONTENT, Body::Empty)
    }

    fn bare(status: StatusCode, body: Body) -> Self {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        for (name, value) in ALWAYS {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        Self(response)
    }

    /// The same answer with one more header.
    ///
    /// # Panics
    /// If `value` is no header's value: control characters or text beyond ASCII.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_str(value).expect("our own headers are visible ASCII");
        self.0.headers_mut().append(HeaderName::from_static(name), value);
        self
    }

    /// The same answer with a `Set-Cookie`, as [`super::SessionCookie`] makes it.
    #[must_use]
    pub fn with_cookie(self, cookie: &str) -> Self {
        self.header("set-cookie", cookie)
    }

    /// The same answer with the fields of its JSON body in the order of their names. What is no JSON stays as it is.
    #[must_use]
    pub fn in_order(mut self) -> Self {
        if let Body::Text(text) = self.0.body()
            && let Ok(value) = serde_json::from_str::<Value>(text)
        {
            *self.0.body_mut() = Body::Text(value.to_string());
        }
        self
    }

    /// The answer's status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status()
    }

    /// The answer as `lambda_http` takes it.
    #[must_use]
    pub fn into_response(self) -> Response<Body> {
        self.0
    }
}
