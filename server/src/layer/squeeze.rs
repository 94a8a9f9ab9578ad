//! Pages and JSON leave compressed for whoever takes it. What browsers keep is compressed beforehand
//! (`assets.rs`) and passes as it is; live events must not wait in a compressor, and files are what
//! somebody sent.
//!
//! An answer that holds a secret beside what a stranger chose can tell the secret by its length. Ours hold
//! none that lasts: nonces and keys of forms are new in every answer, tokens are shown once, and another
//! site cannot have a signed-in page asked for in the background, since the cookie is `SameSite=Lax`.

use axum::http::header::CONTENT_TYPE;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, Predicate as _, SizeAbove};

/// Below this many bytes compression gains less than one packet.
const BYTES_MIN: u16 = 1024;
/// Brotli's quality, and gzip's: beyond it the time doubles, and the page shrinks by a twentieth.
const QUALITY: i32 = 4;

type Squeezed = And<SizeAbove, fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool>;

/// The layer, which says `Vary: Accept-Encoding` as well.
pub fn layer() -> CompressionLayer<Squeezed> {
    let worded: fn(StatusCode, Version, &HeaderMap, &Extensions) -> bool = is_worded;
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(QUALITY))
        .compress_when(SizeAbove::new(BYTES_MIN).and(worded))
}

/// Whether an answer is a page, or JSON for a page or a program.
fn is_worded(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| {
        ["text/html", "application/json", "application/problem+json"]
            .iter()
            .any(|worded| kind.starts_with(worded))
    })
}
