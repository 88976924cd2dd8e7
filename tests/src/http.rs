//! A small HTTP client for tests against the gateway: JSON in, JSON out, with a session as cookie or as bearer token.
//!
//! It sends what a browser on the site itself would: `application/json` and `Sec-Fetch-Site: same-origin` on calls that
//! change something. A test of a refusal replaces or removes them.

use std::{
    future::{Future, IntoFuture},
    pin::Pin,
};

use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{
    HeaderMap, Method, Request, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, HeaderName, HeaderValue, SET_COOKIE},
};
use hyper_util::{
    client::legacy::{Client as Pool, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;

use crate::description::{Description, Exchange};

/// A client of one server. Clones share its connections, which belong to the runtime of the test that uses them.
#[derive(Debug, Clone)]
pub struct Client {
    base: String,
    pool: Pool<HttpConnector, Full<Bytes>>,
    described: bool,
}

impl Client {
    /// A client of the server at `base`, such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn new(base: &str) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        let pool = Pool::builder(TokioExecutor::new()).build(connector);
        Self { base: base.trim_end_matches('/').to_owned(), pool, described: false }
    }

    /// The same client, of which every call to the API is held against `docs/openapi.yaml`: the answer, and the request too when it
    /// was taken. (Not in a build for benchmarks, whose figures are of the system alone.)
    #[must_use]
    pub fn described(self) -> Self {
        Self { described: cfg!(debug_assertions), ..self }
    }

    /// `GET path`.
    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    /// `POST path` with a JSON body.
    pub fn post(&self, path: &str, body: Value) -> Call {
        self.call(Method::POST, path).json(&body)
    }

    /// `PUT path` with a JSON body.
    pub fn put(&self, path: &str, body: Value) -> Call {
        self.call(Method::PUT, path).json(&body)
    }

    /// `PATCH path` with a JSON body.
    pub fn patch(&self, path: &str, body: Value) -> Call {
        self.call(Method::PATCH, path).json(&body)
    }

    /// `DELETE path` with an empty JSON object, the content type being asked for.
    pub fn delete(&self, path: &str) -> Call {
        self.call(Method::DELETE, path).json(&Value::Object(serde_json::Map::new()))
    }

    /// Any call, without a body or content type.
    pub fn call(&self, method: Method, path: &str) -> Call {
        let mut headers = HeaderMap::new();
        if !method.is_safe() {
            headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
        }
        Call { client: self.clone(), method, url: format!("{}{path}", self.base), headers, body: Bytes::new() }
    }
}

/// A call being put together. Awaiting it sends it.
#[derive(Debug, Clone)]
#[must_use = "a call is sent when it is awaited"]
pub struct Call {
    client: Client,
    method: Method,
    url: String,
    headers: HeaderMap,
    body: Bytes,
}

impl Call {
    /// With this JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// With this body, whatever it is; an empty content type sends none.
    pub fn body(mut self, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        self.body = body.into();
        if content_type.is_empty() {
            self.without("content-type")
        } else {
            self.header(CONTENT_TYPE.as_str(), content_type)
        }
    }

    /// As the holder of this session token, sent as a bearer token.
    pub fn bearer(self, token: &str) -> Self {
        self.header(AUTHORIZATION.as_str(), &format!("Bearer {token}"))
    }

    /// As the holder of this cookie, `name=value`.
    pub fn cookie(self, cookie: &str) -> Self {
        self.header(COOKIE.as_str(), cookie)
    }

    /// With this header in place of any of that name.
    ///
    /// # Panics
    /// When name or value can't stand in a header.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.insert(
            HeaderName::from_bytes(name.as_bytes()).expect("a test names a header rightly"),
            HeaderValue::from_bytes(value.as_bytes()).expect("a test gives a header a value it can have"),
        );
        self
    }

    /// With this header too, beside any of that name.
    ///
    /// # Panics
    /// See [`Self::header`].
    pub fn and_header(mut self, name: &str, value: &str) -> Self {
        self.headers.append(
            HeaderName::from_bytes(name.as_bytes()).expect("a test names a header rightly"),
            HeaderValue::from_bytes(value.as_bytes()).expect("a test gives a header a value it can have"),
        );
        self
    }

    /// Without this header.
    pub fn without(mut self, name: &str) -> Self {
        self.headers.remove(name);
        self
    }

    /// Sends it, for tests in which the server may be gone; awaiting the call is simpler in all others.
    ///
    /// # Errors
    /// When no whole answer arrives.
    ///
    /// # Panics
    /// When it, or a request that was taken, is not as described.
    pub async fn send(self) -> Result<Answer> {
        let mut request = Request::new(Full::new(self.body.clone()));
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = self.url.parse().with_context(|| format!("not a URL: {}", self.url))?;
        *request.headers_mut() = self.headers;
        let uri = request.uri().clone();
        let (head, body) = self.client.pool.request(request).await.context("no answer")?.into_parts();
        let body = body.collect().await.context("the answer breaks off")?.to_bytes();
        let answer = Answer { status: head.status, headers: head.headers, body };
        if self.client.described && uri.path().starts_with("/v1/") {
            let headers: Vec<_> =
                answer.headers.iter().filter_map(|(name, value)| Some((name.as_str(), value.to_str().ok()?))).collect();
            let exchange = Exchange {
                method: self.method.as_str(),
                path: uri.path(),
                query: uri.query().unwrap_or_default(),
                sent: &self.body,
                status: answer.status.as_u16(),
                headers: &headers,
                body: &answer.body,
            };
            if let Err(fault) = Description::get().check(&exchange) {
                panic!("{} {uri} is not as docs/openapi.yaml has it: {fault}", self.method);
            }
        }
        Ok(answer)
    }
}

impl IntoFuture for Call {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

    /// Sends it.
    ///
    /// # Panics
    /// When no whole answer arrives.
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.send().await.expect("the server answers") })
    }
}

/// What a server answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub body: Bytes,
}

impl Answer {
    /// The body as JSON; `null` for an empty one.
    ///
    /// # Panics
    /// When it is something else.
    #[must_use]
    pub fn json(&self) -> Value {
        if self.body.is_empty() {
            return Value::Null;
        }
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("not JSON ({error}): {}", self.text()))
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header, or "" where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The stable code of an error answer, or "" where there is none.
    #[must_use]
    pub fn error_code(&self) -> String {
        let body: Value = serde_json::from_slice(&self.body).unwrap_or_default();
        body["error"]["code"].as_str().unwrap_or_default().to_owned()
    }

    /// The cookie of this name that the answer sets, as `name=value`, to be sent back with [`Call::cookie`].
    #[must_use]
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all(SET_COOKIE).into_iter().filter_map(|cookie| cookie.to_str().ok());
        let mut pairs = set.filter_map(|cookie| cookie.split(';').next());
        pairs.rfind(|pair| pair.split_once('=').is_some_and(|(set, _)| set == name)).map(str::to_owned)
    }

    /// The answer itself, once its status is the expected one.
    ///
    /// # Panics
    /// When it is another, with the body.
    #[track_caller]
    pub fn expect_status(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        self
    }
}

#[cfg(test)]
mod tests {
    use hyper::Response;
    use serde_json::json;

    use super::*;
    use crate::loopback::{self, Reaction};

    /// Answers with what it was sent.
    fn echo() -> loopback::Served {
        let seen = |request: &Request<Bytes>| {
            let header =
                |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
            json!({
                "method": request.method().as_str(),
                "path": request.uri().path(),
                "type": header("content-type"),
                "site": header("sec-fetch-site"),
                "authorization": header("authorization"),
                "cookie": header("cookie"),
                "body": String::from_utf8_lossy(request.body()),
            })
        };
        loopback::serve(move |request| {
            let seen = seen(&request);
            let response =
                Response::builder().status(201).header("set-cookie", "a=1; Path=/").header("set-cookie", "b=2");
            std::future::ready(Reaction::Answer(response.body(Full::from(seen.to_string())).unwrap()))
        })
        .unwrap()
    }

    #[tokio::test]
    async fn calls_look_as_those_of_the_site_itself_do() {
        let server = echo();
        let client = Client::new(&server.url());
        let answer = client.post("/v1/x", json!({"a": 1})).bearer("token").cookie("b=2").await.expect_status(201);
        let expected = json!({
            "method": "POST", "path": "/v1/x", "type": "application/json", "site": "same-origin",
            "authorization": "Bearer token", "cookie": "b=2", "body": "{\"a\":1}",
        });
        assert_eq!(answer.json(), expected);
        assert_eq!(answer.cookie("b").as_deref(), Some("b=2"));
        assert_eq!(answer.cookie("c"), None);
    }

    #[tokio::test]
    async fn a_call_can_be_made_wrong_on_purpose() {
        let server = echo();
        let client = Client::new(&server.url());
        let answer = client.post("/", json!({})).body("", "{").without("sec-fetch-site").await.json();
        assert_eq!((&answer["type"], &answer["site"], &answer["body"]), (&Value::Null, &Value::Null, &json!("{")));
        assert_eq!(client.get("/").await.json()["site"], Value::Null);
    }

    #[tokio::test]
    async fn a_server_that_is_gone_is_an_error() {
        let url = echo().url();
        assert!(Client::new(&url).get("/").send().await.is_err());
    }
}
