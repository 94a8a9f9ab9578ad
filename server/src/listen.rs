//! Connections: one task each, in bounds, and let go in good order. The framework's own loop sets no
//! time for a request's head, so that a client who says nothing would hold its connection for ever.

use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use axum::serve::Listener;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::timeout;
use tower::ServiceExt as _;

/// How long a client may take for the head of its next request; also how long it may stay silent.
const HEAD_TIME: Duration = Duration::from_mins(1);
/// Most bytes of a request's head.
const HEAD_BYTES_MAX: usize = 64 * 1024;
/// How long requests that are under way may take after the word to stop.
const FINISH_TIME: Duration = Duration::from_secs(10);

/// Serves `router` until `stop` is done, then finishes the requests that are under way. Sockets are
/// not waited for: they belong to the office.
pub async fn serve(mut listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_buf_size(HEAD_BYTES_MAX);
    let (stopping, told) = watch::channel(());
    let mut stop = pin!(stop);
    loop {
        let (io, peer) = tokio::select! {
            // The framework's way of accepting, which waits when the system has no more to give.
            accepted = Listener::accept(&mut listener) => accepted,
            () = &mut stop => break,
        };
        let router = router.clone();
        let service = service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request)
        });
        let connection = http.serve_connection(prepared(io), service).with_upgrades();
        let mut told = told.clone();
        #[expect(
            clippy::disallowed_methods,
            reason = "a connection is a task of its own"
        )]
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                ended = &mut connection => ended,
                // Also when nobody is left to tell it.
                _ = told.changed() => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            if let Err(error) = ended {
                // Clients hang up as they like.
                tracing::debug!(%error, "a connection broke");
            }
        });
    }
    drop((listener, told));
    stopping.send_replace(());
    if timeout(FINISH_TIME, stopping.closed()).await.is_err() {
        tracing::warn!("some requests did not end in time");
    }
}

/// Frames and answers are small and wait for nobody: they are never held back to fill a packet.
fn prepared(io: TcpStream) -> TokioIo<TcpStream> {
    if let Err(error) = io.set_nodelay(true) {
        tracing::debug!(%error, "a connection without TCP_NODELAY");
    }
    TokioIo::new(io)
}
