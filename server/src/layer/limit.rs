//! How much a door reads, and for how long.

use std::time::Duration;

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use pigeon_wire::Fault;
use tokio::time::timeout;

use crate::Refused;

/// Most bytes of a body: several times the longest message, however it is encoded.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
/// How long a client may take to send its body.
const BODY_TIME: Duration = Duration::from_secs(30);

/// The layer: reads the body whole, so that no door ever waits for a client in the middle of its
/// work, and answers what is too large or too slow.
pub async fn layer(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    if body.size_hint().lower() > u64::try_from(BODY_BYTES_MAX).unwrap_or(u64::MAX) {
        return Refused::from(Fault::TooLarge).into_response();
    }
    match timeout(BODY_TIME, to_bytes(body, BODY_BYTES_MAX)).await {
        Ok(Ok(bytes)) => {
            next.run(Request::from_parts(parts, Body::from(bytes)))
                .await
        }
        Ok(Err(failed)) if is_too_large(&failed) => Refused::from(Fault::TooLarge).into_response(),
        Ok(Err(_)) => Refused::from(Fault::Malformed).into_response(),
        Err(_) => Refused::too_slow().into_response(),
    }
}

/// Whether reading failed for the size, or because the client stopped or broke the framing.
fn is_too_large(failed: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(failed);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}
