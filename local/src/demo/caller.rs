//! Calls the system as the people of the demo do: through its gateway, each from an address of their own.

use std::net::{IpAddr, Ipv4Addr};

use anyhow::{Context, Result, bail};
use axum::{
    body::{Body, to_bytes},
    http::{Method, Request, header},
};
use serde_json::Value;

use crate::system::Running;

const LARGEST: usize = 10 * 1024 * 1024;

/// One request.
pub(super) struct Call<'c> {
    method: Method,
    path: &'c str,
    bearer: Option<&'c str>,
    body: Option<(&'static str, String)>,
}

/// What came back.
pub(super) struct Answer {
    pub status: u16,
    pub body: Value,
    call: String,
}

impl<'c> Call<'c> {
    fn new(method: Method, path: &'c str) -> Self {
        Self { method, path, bearer: None, body: None }
    }

    pub(super) fn get(path: &'c str) -> Self {
        Self::new(Method::GET, path)
    }

    pub(super) fn delete(path: &'c str) -> Self {
        Self::new(Method::DELETE, path)
    }

    /// A `POST` without a body.
    pub(super) fn tell(path: &'c str) -> Self {
        Self::new(Method::POST, path)
    }

    pub(super) fn post(path: &'c str, body: &Value) -> Self {
        Self::new(Method::POST, path).json(body)
    }

    pub(super) fn put(path: &'c str, body: &Value) -> Self {
        Self::new(Method::PUT, path).json(body)
    }

    pub(super) fn patch(path: &'c str, body: &Value) -> Self {
        Self::new(Method::PATCH, path).json(body)
    }

    /// A `POST` of a table.
    pub(super) fn file(path: &'c str, csv: String) -> Self {
        Self { body: Some(("text/csv", csv)), ..Self::new(Method::POST, path) }
    }

    fn json(self, body: &Value) -> Self {
        Self { body: Some(("application/json", body.to_string())), ..self }
    }

    /// Shows a session or an API key.
    pub(super) fn bearer(self, token: &'c str) -> Self {
        Self { bearer: Some(token), ..self }
    }

    /// Makes the call from the address of the caller of this number.
    pub(super) async fn by(self, running: &Running, caller: usize) -> Result<Answer> {
        // The path may hold a code.
        let call = format!("{} {}", self.method, self.path.split('/').take(3).collect::<Vec<_>>().join("/"));
        let mut request = Request::builder().method(self.method).uri(self.path).header(header::HOST, "localhost");
        if let Some(token) = self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        let body = match self.body {
            Some((kind, text)) => {
                request = request.header(header::CONTENT_TYPE, kind);
                Body::from(text)
            }
            None => Body::empty(),
        };
        let response = running.request(request.body(body)?, address(caller)).await;
        let status = response.status().as_u16();
        let bytes = to_bytes(response.into_body(), LARGEST).await.with_context(|| call.clone())?;
        Ok(Answer { status, body: serde_json::from_slice(&bytes).unwrap_or_default(), call })
    }
}

impl Answer {
    /// The body, if it is an answer of this status.
    pub(super) fn expect(self, status: u16) -> Result<Value> {
        if self.status != status {
            bail!("{} was answered by {} {}", self.call, self.status, self.body);
        }
        Ok(self.body)
    }
}

/// Private addresses: the limits for one address hold for the people of the demo as they do for others.
fn address(caller: usize) -> IpAddr {
    let [.., high, low] = caller.to_be_bytes();
    IpAddr::V4(Ipv4Addr::new(10, 20, high, low))
}
