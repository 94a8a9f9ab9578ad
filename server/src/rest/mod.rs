//! The JSON API under `/api/v1`: what people do on their pages, for programs. A program shows a token
//! in `Authorization: Bearer`, a guest's program the secret of a link; cookies are never looked at
//! here, so that no other site's page can act with them and no origin is asked for.
//!
//! Each door names the scope that it needs by its type ([`bearer::Program`]), and each command asks for
//! the right once more, bounded by the token's scopes. The document at `/api/v1/openapi.json` is made
//! of these doors.

pub mod act;
pub mod admin;
pub mod bearer;
pub mod contact;
pub mod doc;
pub mod figures;
pub mod file;
pub mod guest;
pub mod model;
pub mod own;
pub mod party;
pub mod people;
pub mod search;
pub mod thread;
pub mod waiting;

use axum::http::HeaderMap;
use pigeon_wire::Fault;
use pigeon_wire::fault::{Field, Problem};

/// The header that makes a post the same post.
pub const KEY: &str = "idempotency-key";

/// The idempotency key of a post, which every post to this API must have.
pub(crate) fn key(headers: &HeaderMap) -> Result<String, Fault> {
    let key = headers.get(KEY).and_then(|value| value.to_str().ok());
    key.map(str::to_owned)
        .ok_or_else(|| Fault::field(Field::Key, Problem::Missing))
}

/// A word of an address that is given must be one that is known.
pub(crate) fn known<T: std::str::FromStr>(word: Option<&String>) -> Result<Option<T>, Fault> {
    word.map(|word| word.parse().map_err(|_| Fault::Malformed))
        .transpose()
}
