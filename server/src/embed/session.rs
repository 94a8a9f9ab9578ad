//! A site's word for its visitor is taken here, and what may be begun is told.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use pigeon_core::embed::{self, Unvouched, Word};
use serde::Deserialize;
use serde_json::json;

use crate::asking::Asking;
use crate::refusal::Answer;
use crate::{Hall, Refused};

/// A site's word.
#[derive(Deserialize)]
pub struct Vouching {
    /// The signed token.
    token: String,
}

/// `GET /embed/able`: what may be begun without being vouched for.
pub async fn able(State(hall): State<Hall>) -> Answer {
    let guests = hall.office.settings().allow_guest_threads;
    Ok(Json(json!({ "guests": guests })).into_response())
}

/// `POST /embed/session`.
pub async fn vouch(
    State(hall): State<Hall>,
    asking: Asking,
    Json(vouching): Json<Vouching>,
) -> Answer {
    match embed::vouch(&hall.office, &vouching.token, &asking.visitor).await? {
        Word::Good {
            token,
            until,
            person,
        } => {
            let left_s = until.since(hall.office.now()) / 1000;
            let known = json!({ "token": token, "expires_in_s": left_s, "person": person });
            Ok(Json(known).into_response())
        }
        Word::Bad(why) => Err(Refused::unvouched(code(why))),
    }
}

/// Why, as a word: whoever sets a site up needs it, and it tells a stranger nothing of a secret.
const fn code(why: Unvouched) -> &'static str {
    match why {
        Unvouched::Malformed => "vouch_malformed",
        Unvouched::Algorithm => "vouch_algorithm",
        Unvouched::Key => "vouch_key",
        Unvouched::Signature => "vouch_signature",
        Unvouched::Expired => "vouch_expired",
        Unvouched::Early => "vouch_early",
        Unvouched::TooLong => "vouch_too_long",
        Unvouched::Audience => "vouch_audience",
        Unvouched::Subject => "vouch_subject",
        Unvouched::Deactivated => "vouch_deactivated",
    }
}
