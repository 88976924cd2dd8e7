//! The one address of the local system: the API under `/v1`, mailbox and events under `/dev/`, the operator's functions as
//! Lambda has them, pages everywhere else.

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
    guard,
    lambda_api::LambdaApi,
    mailbox::{self, Mailbox},
    web::Web,
};

/// What answers requests.
pub(crate) struct Site {
    pub gateway: Arc<Gateway>,
    pub mailbox: Mailbox,
    pub events: Recorder,
    pub web: Web,
    /// The host of the public origin, beside the names of this machine.
    pub own_host: String,
    pub lambda: LambdaApi,
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
    // A page of another site that got this address under a name of its own must neither read nor do anything here.
    let (uri, headers) = (request.uri(), request.headers());
    if !guard::is_this_machine(headers, uri) && !guard::host(headers, uri).eq_ignore_ascii_case(&site.own_host) {
        return refused(StatusCode::MISDIRECTED_REQUEST, "Nothing is served here under this name\n");
    }
    let path = request.uri().path();
    if path == "/v1" || path.starts_with("/v1/") {
        return site.gateway.handle(request, source.ip()).await;
    }
    if path.starts_with("/dev/") {
        if !matches!(*request.method(), Method::GET | Method::HEAD) {
            let mut response = refused(StatusCode::METHOD_NOT_ALLOWED, "Only GET\n");
            response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return response;
        }
        // Login links are read here, by people on this machine alone, whatever the public origin is.
        let (uri, headers) = (request.uri(), request.headers());
        let show = || mailbox::show(&site.mailbox, uri, headers).or_else(|| bus::show(&site.events, uri, headers));
        if let Some(response) = guard::is_this_machine(headers, uri).then(show).flatten() {
            return response;
        }
        return refused(StatusCode::NOT_FOUND, "Not found\n");
    }
    if let Some(function) = LambdaApi::function_of(path).map(str::to_owned)
        && guard::is_this_machine(request.headers(), request.uri())
    {
        return site.lambda.call(&function, request).await;
    }
    site.web.handle(request).await
}

fn refused(status: StatusCode, why: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(why));
    *response.status_mut() = status;
    response
}
