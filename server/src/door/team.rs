//! The team's pages. What they show is read by their server functions, which also refuse; here
//! only nobody is sent to log in.

use axum::extract::{Request, State};
use pigeon_app::TeamStart;
use pigeon_wire::Fault;

use super::login;
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::{Hall, page};

/// `GET /inbox`, `/inbox/{id}` and `/dashboard`.
pub async fn show(State(hall): State<Hall>, asking: Asking, request: Request) -> Answer {
    if asking.account.is_none() {
        if !asking.reads.pages {
            return Err(Fault::NotSignedIn.into());
        }
        return Ok(page::see_other(&login::address(request.uri())));
    }
    let start = TeamStart {
        frame: asking.frame.clone(),
        login: None,
        setup: None,
    };
    Ok(page::team(&hall, &asking, start, request).await)
}
