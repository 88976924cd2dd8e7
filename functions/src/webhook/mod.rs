//! Webhooks on the wire: where they may go, how they are signed, and the one request of a delivery.
//!
//! The form is that of Standard Webhooks, <https://www.standardwebhooks.com>.

mod address;
mod signature;
mod target;

use std::{sync::OnceLock, time::Duration};

use http_body_util::Full;
use hyper_rustls::{ConfigBuilderExt, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use lambda_http::http::{Request, StatusCode, header};
use shared::{
    config::WebhookTargets,
    domain::{Timestamp, WebhookSecret},
};

use address::Resolver;

pub use target::{NoTarget, check_url};

/// How long a receiver has for everything: connection, handshake, answer.
const TIME_LIMIT: Duration = Duration::from_secs(8);
/// How long of that for the connection.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);

type HttpClient = Client<HttpsConnector<HttpConnector<Resolver>>, Full<bytes::Bytes>>;

/// Sends deliveries. The client is built with the first one: most functions send none.
pub struct Sender {
    targets: WebhookTargets,
    client: OnceLock<Option<HttpClient>>,
}

/// A delivery to make.
pub struct Message<'m> {
    /// Where to.
    pub url: &'m str,
    /// The event's id.
    pub id: String,
    /// Now: a receiver refuses what is too old.
    pub at: Timestamp,
    /// The event.
    pub body: &'m str,
    /// The secrets it is signed with, side by side.
    pub secrets: Vec<&'m WebhookSecret>,
}

/// What a receiver did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Response {
    /// It answered with this status.
    Answered(StatusCode),
    /// It did not answer in time.
    TimedOut,
    /// The address is none that webhooks may go to.
    Refused,
    /// No connection, or one that broke.
    Unreachable,
}

impl Sender {
    /// A sender that goes to these targets alone.
    #[must_use]
    pub fn new(targets: WebhookTargets) -> Self {
        Self { targets, client: OnceLock::new() }
    }

    /// Makes one request. Redirects are not followed, and of the answer nothing is read but its status.
    pub async fn send(&self, message: &Message<'_>) -> Response {
        if check_url(message.url, self.targets).is_err() {
            return Response::Refused;
        }
        let request = Request::post(message.url)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::USER_AGENT, "access-links-webhooks/1")
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", message.at.epoch_seconds())
            .header("webhook-signature", signature::header(message))
            .body(Full::from(message.body.to_owned()));
        let (Ok(request), Some(client)) = (request, self.client.get_or_init(|| client(self.targets))) else {
            return Response::Refused;
        };
        match tokio::time::timeout(TIME_LIMIT, client.request(request)).await {
            Ok(Ok(answer)) => Response::Answered(answer.status()),
            Ok(Err(error)) if address::was_refused(&error) => Response::Refused,
            Ok(Err(_)) => Response::Unreachable,
            Err(_) => Response::TimedOut,
        }
    }
}

fn client(targets: WebhookTargets) -> Option<HttpClient> {
    let provider = std::sync::Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .ok()?
        .with_native_roots()
        .ok()?
        .with_no_client_auth();
    let mut http = HttpConnector::new_with_resolver(Resolver(targets));
    http.enforce_http(false);
    http.set_connect_timeout(Some(CONNECT_LIMIT));
    let https = HttpsConnectorBuilder::new().with_tls_config(tls);
    let https = match targets {
        WebhookTargets::Public => https.https_only(),
        WebhookTargets::Any => https.https_or_http(),
    };
    // No connection is kept: each request looks its host up, and the address is checked, anew.
    let connector = https.enable_http1().wrap_connector(http);
    Some(Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(connector))
}
