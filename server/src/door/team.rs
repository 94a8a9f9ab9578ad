//! The team's pages. What they show is read by their server functions, which also refuse; here
//! only nobody is sent to log in.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use pigeon_app::{TeamStart, columns, grip};
use pigeon_wire::Fault;

use super::login;
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::{Hall, cookie, page};

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
        hidden: hidden(request.headers()),
        width: width(request.headers()),
    };
    Ok(page::team(&hall, &asking, start, request).await)
}

/// How wide the inbox's list is on this device.
fn width(headers: &HeaderMap) -> Option<u16> {
    cookie::value(headers, grip::COOKIE).and_then(grip::read)
}

/// What rows of the inbox leave out on this device.
fn hidden(headers: &HeaderMap) -> String {
    let kept = cookie::value(headers, columns::COOKIE);
    kept.map(columns::read).unwrap_or_default()
}
