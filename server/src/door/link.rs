//! Links that come by mail: following one, and asking for a fresh one.

use axum::extract::{Path, State};
use axum::http::header::REFERRER_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use pigeon_app::GuestPage;
use pigeon_core::guest::{self, Followed, LinkRequest};
use pigeon_wire::Fault;

use super::form::Form;
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::{Hall, Refused, page};

/// `GET /t/{token}`: the token becomes a cookie and leaves the address. Changes nothing: robots
/// that read mail open links too.
pub async fn follow(State(hall): State<Hall>, asking: Asking, Path(token): Path<String>) -> Answer {
    let mut response = match guest::follow(&hall.office, &token).await? {
        Followed::Thread { thread, max_age_s } => {
            let cookie = hall.cookies.keep_guest(thread, &token, max_age_s);
            page::with_cookie(page::see_other(&format!("/c/{thread}")), cookie)
        }
        Followed::Expired { email_hint } => closed(
            &hall,
            &asking,
            Fault::Expired,
            Some(email_hint),
            Some(token),
        ),
        Followed::Unknown => closed(&hall, &asking, Fault::NotFound, None, None),
    };
    // The address holds the token: it must not go along to wherever the reader goes next.
    response
        .headers_mut()
        .insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(response)
}

/// `GET /link`.
pub async fn show(State(hall): State<Hall>, asking: Asking) -> Response {
    let page = GuestPage::LinkForm {
        email: String::new(),
        fault: None,
    };
    page::guest(&hall, &asking, StatusCode::OK, page)
}

/// `POST /link`: the same answer whether or not there is anything to send.
pub async fn request(State(hall): State<Hall>, asking: Asking, typed: Form) -> Answer {
    let (email, token) = (typed.text("email"), typed.text("token"));
    let request = if token.is_empty() {
        LinkRequest::Typed(email.clone())
    } else {
        LinkRequest::Token(token)
    };
    match guest::request_link(&hall.office, request, &asking.visitor).await {
        Ok(()) => Ok(page::see_other("/link/sent")),
        Err(error) => {
            let refused = Refused::from(error);
            if !asking.reads.pages || refused.status.is_server_error() {
                return Err(refused);
            }
            let page = GuestPage::LinkForm {
                email,
                fault: Some(refused.fault.clone()),
            };
            Ok(refused.timed(page::guest(&hall, &asking, refused.status, page)))
        }
    }
}

/// `GET /link/sent`.
pub async fn sent(State(hall): State<Hall>, asking: Asking) -> Response {
    page::guest(&hall, &asking, StatusCode::OK, GuestPage::LinkSent)
}

fn closed(
    hall: &Hall,
    asking: &Asking,
    fault: Fault,
    email_hint: Option<String>,
    token: Option<String>,
) -> Response {
    let refused = Refused::from(fault);
    if !asking.reads.pages {
        return refused.into_response();
    }
    let page = GuestPage::Expired {
        email_hint,
        token,
        thread: None,
        kept: None,
    };
    page::guest(hall, asking, refused.status, page)
}
