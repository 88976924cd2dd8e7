//! What the stand-ins for services of AWS share: a port of their own, for those with the key, and how they refuse.

use anyhow::{Context, Result};
use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::guard::{self, Access};

/// Serves a service on a free loopback port, to those who show this key, and gives its address.
///
/// # Errors
/// When no port can be had.
pub(crate) async fn serve(service: &'static str, router: Router, access: &Access) -> Result<(String, JoinHandle<()>)> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await;
    let listener = listener.with_context(|| format!("no free port on 127.0.0.1 for the {service}"))?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    let router = guard::guarded(router, access.clone());
    let server = tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(%error, "the {service} stopped");
        }
    });
    Ok((endpoint, server))
}

/// A request that is refused: its status, AWS's name for why, and words.
pub(crate) type Refusal = (StatusCode, &'static str, String);

/// The answer to a request, in the service's content type.
pub(crate) fn answer(content_type: &'static str, outcome: Result<Value, Refusal>) -> Response {
    let kind = [("content-type", content_type)];
    match outcome {
        Ok(body) => (kind, body.to_string()).into_response(),
        Err((status, name, message)) => {
            (status, kind, [("x-amzn-errortype", name)], json!({ "message": message }).to_string()).into_response()
        }
    }
}
