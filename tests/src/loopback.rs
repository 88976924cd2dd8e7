//! Small HTTP servers on loopback: what the proxy and the stand-ins share.
//!
//! They run on threads of their own, not on the runtime of the test that starts them: a test's runtime is often a
//! single thread, and a server that shares it would answer late exactly when the test is busiest.

use std::{
    future::Future,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, LazyLock},
};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Request, Response, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    runtime::Runtime,
    task::{AbortHandle, JoinSet},
};

/// Connections that may wait to be accepted: a rush opens thousands at once.
const BACKLOG: u32 = 8192;

static HARNESS: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("harness")
        .enable_all()
        .build()
        .expect("the machine gives two threads")
});

/// The runtime that the harness's servers run on. It lives as long as the process.
pub(crate) fn runtime() -> &'static Runtime {
    &HARNESS
}

/// A listener on a free loopback port.
pub(crate) fn listen() -> io::Result<TcpListener> {
    let _inside = runtime().enter();
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0)))?;
    socket.listen(BACKLOG)
}

/// What a server does with a request.
pub enum Reaction {
    /// Answers it.
    Answer(Response<Full<Bytes>>),
    /// Closes the connection without an answer.
    HangUp,
    /// Neither answers nor closes: the client waits until it gives up.
    Silence,
}

/// A running server. It stops, and its connections close, when this is dropped.
#[derive(Debug)]
pub struct Served {
    address: SocketAddr,
    accepting: AbortHandle,
}

impl Served {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens, as a URL without a trailing slash.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Serves every request with `handler` on a free loopback port.
///
/// A handler runs to its end even when its client has gone: a service does not stop working because a caller hung up.
///
/// # Errors
/// When no port can be had.
pub fn serve<H, F>(handler: H) -> io::Result<Served>
where
    H: Fn(Request<Bytes>) -> F + Send + Sync + 'static,
    F: Future<Output = Reaction> + Send + 'static,
{
    let listener = listen()?;
    let address = listener.local_addr()?;
    let handler = Arc::new(handler);
    let accepting = runtime().spawn(async move {
        let mut connections = JoinSet::new();
        loop {
            if let Ok((stream, _)) = listener.accept().await {
                connections.spawn(converse(stream, Arc::clone(&handler)));
            }
            while connections.try_join_next().is_some() {}
        }
    });
    Ok(Served { address, accepting: accepting.abort_handle() })
}

/// Serves one connection until either side closes it.
async fn converse<H, F>(stream: TcpStream, handler: Arc<H>)
where
    H: Fn(Request<Bytes>) -> F + Send + Sync + 'static,
    F: Future<Output = Reaction> + Send + 'static,
{
    // Small answers must not wait for an acknowledgement; where that can't be set it only costs time.
    stream.set_nodelay(true).ok();
    let service = service_fn(move |request| react(request, Arc::clone(&handler)));
    // A connection that ends in an error is the client's business, or a hang-up we were asked for.
    http1::Builder::new().timer(TokioTimer::new()).serve_connection(TokioIo::new(stream), service).await.ok();
}

async fn react<H, F>(request: Request<Incoming>, handler: Arc<H>) -> Result<Response<Full<Bytes>>, HungUp>
where
    H: Fn(Request<Bytes>) -> F,
    F: Future<Output = Reaction> + Send + 'static,
{
    let (head, body) = request.into_parts();
    let body = body.collect().await.map_err(|_| HungUp)?.to_bytes();
    match tokio::spawn(handler(Request::from_parts(head, body))).await {
        Ok(Reaction::Answer(response)) => Ok(response),
        Ok(Reaction::HangUp) | Err(_) => Err(HungUp),
        Ok(Reaction::Silence) => std::future::pending().await,
    }
}

/// Makes the server close a connection that was to have no answer.
#[derive(Debug, thiserror::Error)]
#[error("hung up")]
struct HungUp;
