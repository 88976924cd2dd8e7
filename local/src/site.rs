//! The one address of the local system: the API under `/v1`, mailbox and events under `/dev/`, pages everywhere else.

use std::{net::SocketAddr, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{ConnectInfo, State},
    http::{HeaderValue, Method, Request, Response, StatusCode, header},
    serve::ListenerExt,
};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{
    bus::{self, Recorder},
    gateway::Gateway,
    mailbox::{self, Mailbox},
    web::Web,
};

/// What answers requests.
pub(crate) struct Site {
    pub gateway: Arc<Gateway>,
    pub mailbox: Mailbox,
    pub events: Recorder,
    pub web: Web,
}

/// Serves until told to stop.
pub(crate) fn serve(listener: TcpListener, site: Site, stopped: oneshot::Receiver<()>) -> JoinHandle<()> {
    let router = Router::new().fallback(answer).with_state(Arc::new(site));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    tokio::spawn(async move {
        let stopped = async move { drop(stopped.await) };
        if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(stopped).await {
            tracing::error!(%error, "the gateway stopped");
        }
    })
}

async fn answer(
    State(site): State<Arc<Site>>,
    ConnectInfo(source): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response<Body> {
    let path = request.uri().path();
    if path == "/v1" || path.starts_with("/v1/") {
        return site.gateway.handle(request, source.ip()).await;
    }
    if path.starts_with("/dev/") {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut response = Response::new(Body::from("Only GET\n"));
            *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return response;
        }
        // Login links are read here: a page that got this address under a name of its own must not.
        let (uri, headers) = (request.uri(), request.headers());
        let show = || mailbox::show(&site.mailbox, uri, headers).or_else(|| bus::show(&site.events, uri, headers));
        if let Some(response) = is_local(&request).then(show).flatten() {
            return response;
        }
        let mut response = Response::new(Body::from("Not found\n"));
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    }
    site.web.handle(request).await
}

/// Whether the request names this machine as its host.
fn is_local(request: &Request<Body>) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').filter(|(_, port)| port.chars().all(|c| c.is_ascii_digit())).map_or(host, |h| h.0);
    ["localhost", "127.0.0.1", "[::1]"].contains(&name)
}
