//! Whether the server can do its work.

use axum::extract::State;
use axum::response::IntoResponse;
use pigeon_wire::Fault;

use crate::Hall;
use crate::refusal::Answer;

/// Seconds after which it is worth asking again.
const RETRY_AFTER_S: u32 = 2;

/// `GET /healthz`: 200 while the database answers.
pub async fn show(State(hall): State<Hall>) -> Answer {
    if hall.office.is_well().await {
        Ok("ok".into_response())
    } else {
        Err(Fault::Busy {
            retry_after_s: RETRY_AFTER_S,
        }
        .into())
    }
}
