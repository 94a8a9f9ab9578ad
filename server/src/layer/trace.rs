//! Each request gets an id, under which the log keeps whatever happens to it. The log names the
//! door, never the path, since a path may hold a token.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use leptos::nonce::Nonce;
use tracing::Instrument;

/// Tells the client the id, so that a report of trouble can name it.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What tells the requests of this run from those of every other.
static RUN: LazyLock<String> = LazyLock::new(|| Nonce::new().chars().take(8).collect());
static COUNT: AtomicU64 = AtomicU64::new(0);

/// The layer.
pub async fn layer(request: Request, next: Next) -> Response {
    let id = format!("{}-{}", *RUN, COUNT.fetch_add(1, Ordering::Relaxed));
    let door = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("none", MatchedPath::as_str);
    let span = tracing::info_span!("request", id, method = %request.method(), door);
    let header = HeaderValue::try_from(id);
    let began = Instant::now();
    let answer = async {
        let mut response = next.run(request).await;
        let status = response.status().as_u16();
        let took_ms = began.elapsed().as_secs_f64() * 1000.0;
        if response.status().is_server_error() {
            tracing::warn!(status, took_ms, "the server could not answer");
        } else {
            tracing::debug!(status, took_ms, "answered");
        }
        if let Ok(header) = header {
            response.headers_mut().insert(REQUEST_ID, header);
        }
        response
    };
    answer.instrument(span).await
}
