//! How much a door reads, and for how long.

use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures::{Stream, StreamExt as _, stream};
use pigeon_wire::Fault;
use pigeon_wire::attachment::MB;
use tokio::time::{Instant, timeout};

use crate::door::form::media_type;
use crate::{Hall, Refused};

/// Most bytes of a body: several times the longest message, however it is encoded.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
/// How long a client may take to send its body, and be silent while it sends files.
const BODY_TIME: Duration = Duration::from_secs(30);
/// Fewest bytes a second that must come on the average after that time, where files are sent: less
/// than any line that carries pages, and enough for the largest file within a day.
const PACE_BYTES: u64 = 4096;

/// The layer: reads the body whole, so that no door ever waits for a client in the middle of its
/// work, and answers what is too large or too slow. Doors that take files get the body as it comes,
/// within bounds of its own.
pub async fn layer(State(hall): State<Hall>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    if body.is_end_stream() {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let with_files = most_with_files(&hall, &parts);
    let most = with_files.unwrap_or_else(|| size(BODY_BYTES_MAX));
    if body.size_hint().lower() > most {
        return Refused::from(Fault::TooLarge).into_response();
    }
    if with_files.is_some() {
        let paced = Body::from_stream(paced(body, most));
        return next.run(Request::from_parts(parts, paced)).await;
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

/// Most bytes of the body at a door that takes files; `None` at every other door, and for a form
/// that cannot carry any.
fn most_with_files(hall: &Hall, parts: &Parts) -> Option<u64> {
    let path = parts.extensions.get::<MatchedPath>()?.as_str();
    let is_form = || media_type(&parts.headers).as_deref() == Some("multipart/form-data");
    let rules = hall.office.settings().file_rules();
    let files = match (&parts.method, path) {
        (
            &Method::POST,
            "/c/{id}/file"
            | "/inbox/{id}/file"
            | "/api/v1/guest/files"
            | "/api/v1/threads/{id}/files"
            | "/api/v1/own/threads/{id}/files",
        ) => 1,
        (&Method::POST, "/account/picture") if is_form() => 1,
        // One more than is taken, so that there can be an answer that says so.
        (&Method::POST, "/contact" | "/c/{id}" | "/threads/new" | "/threads/{id}") if is_form() => {
            u64::from(rules.most) + 1
        }
        _ => return None,
    };
    let file = u64::from(rules.mb) * MB.unsigned_abs();
    // A file that is too large shall be read on for as much again, for the same reason.
    Some(2 * files * file + size(BODY_BYTES_MAX))
}

fn size(bytes: usize) -> u64 {
    u64::try_from(bytes).unwrap_or(u64::MAX)
}

/// Why a body with files was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cut {
    /// It came too slowly.
    #[error("too slow")]
    Slow,
    /// It went on for too long.
    #[error("too large")]
    Large,
    /// It broke off.
    #[error("broken off")]
    Broken,
}

/// A body as it comes, as long as it comes fast enough and not for too long.
fn paced(body: Body, most: u64) -> impl Stream<Item = Result<Bytes, Cut>> {
    let began = Instant::now();
    let state = (body.into_data_stream(), 0_u64);
    stream::try_unfold(state, move |(mut pieces, came)| async move {
        if came > 0 {
            // Whoever reads forms takes all that is ready before it hands any of it on: without a
            // pause, a fast line would fill the memory.
            tokio::task::yield_now().await;
        }
        let Ok(next) = timeout(BODY_TIME, pieces.next()).await else {
            return Err(Cut::Slow);
        };
        let Some(piece) = next else { return Ok(None) };
        let piece = piece.map_err(|_| Cut::Broken)?;
        let came = came + size(piece.len());
        if came > most {
            Err(Cut::Large)
        } else if is_slow(began.elapsed(), came) {
            Err(Cut::Slow)
        } else {
            Ok(Some((piece, (pieces, came))))
        }
    })
}

/// Whether so many bytes are too few after such a time.
const fn is_slow(after: Duration, came: u64) -> bool {
    came < after.saturating_sub(BODY_TIME).as_secs() * PACE_BYTES
}

/// Why reading a body failed, as a door tells it.
pub fn cut(failed: &(dyn std::error::Error + 'static)) -> Refused {
    let mut cause = Some(failed);
    while let Some(error) = cause {
        match error.downcast_ref::<Cut>() {
            Some(Cut::Slow) => return Refused::too_slow(),
            Some(Cut::Large) => return Fault::TooLarge.into(),
            Some(Cut::Broken) => return Fault::Malformed.into(),
            None => cause = error.source(),
        }
    }
    Fault::Malformed.into()
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

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(pieces: &[usize], most: u64) -> Result<usize, Cut> {
        let pieces = pieces
            .iter()
            .map(|bytes| Ok::<_, Cut>(Bytes::from(vec![0; *bytes])));
        let body = Body::from_stream(stream::iter(pieces.collect::<Vec<_>>()));
        let mut all = Box::pin(paced(body, most));
        let mut came = 0;
        while let Some(piece) = all.next().await {
            came += piece?.len();
        }
        Ok(came)
    }

    #[tokio::test]
    async fn a_body_is_cut_off_at_its_bound_wherever_its_pieces_end() {
        assert_eq!(read(&[60, 40], 100).await, Ok(100));
        assert_eq!(read(&[60, 41], 100).await, Err(Cut::Large));
        assert_eq!(read(&[], 100).await, Ok(0));
    }

    #[test]
    fn a_slow_line_is_waited_for_and_one_that_only_drips_is_not() {
        let seconds = Duration::from_secs;
        assert!(!is_slow(seconds(30), 0));
        // A hundred megabytes by a line of ten kilobytes a second.
        assert!(!is_slow(seconds(10_000), 100_000_000));
        assert!(is_slow(seconds(130), 100 * PACE_BYTES - 1));
        assert!(is_slow(seconds(3600), 3600));
    }

    #[test]
    fn the_cause_is_found_however_deep_it_lies() {
        let inner = axum::Error::new(Cut::Slow);
        let outer = axum::Error::new(inner);
        assert_eq!(cut(&outer).status.as_u16(), 408);
        assert_eq!(cut(&axum::Error::new(Cut::Large)).status.as_u16(), 413);
        assert_eq!(cut(&std::io::Error::other("?")).status.as_u16(), 400);
    }
}
