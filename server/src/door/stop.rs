//! Ending the mails about a thread by the key that a mail carries.

use axum::extract::{Path, State};
use axum::http::header::{CONTENT_TYPE, REFERRER_POLICY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use pigeon_app::plain::Stop;
use pigeon_app::ssr::outside_document;
use pigeon_core::{Error, stop};
use pigeon_wire::Fault;

use super::form::Form;
use crate::Hall;
use crate::asking::Asking;
use crate::refusal::Answer;

/// `GET /stop/{token}`: changes nothing, since robots that read mail open links too.
pub async fn show(State(hall): State<Hall>, asking: Asking, Path(token): Path<String>) -> Answer {
    let wants = stop::wants(&hall.office, &token).await;
    page(&hall, &asking, &token, wants, false)
}

/// `POST /stop/{token}`: from a mail program at one click, or from the page. Without a redirect, as
/// RFC 8058 asks.
pub async fn set(
    State(hall): State<Hall>,
    asking: Asking,
    Path(token): Path<String>,
    typed: Form,
) -> Answer {
    let wants = typed.text("mails") == "on";
    let set = stop::set(&hall.office, &token, wants).await;
    page(&hall, &asking, &token, set.map(|()| wants), true)
}

fn page(
    hall: &Hall,
    asking: &Asking,
    token: &str,
    wants: Result<bool, Error>,
    done: bool,
) -> Answer {
    let (status, page) = match wants {
        Ok(wants) => {
            let address = ["/stop/", token].concat();
            let page = Stop::Known {
                address,
                wants,
                done,
            };
            (StatusCode::OK, page)
        }
        Err(Error::Fault(Fault::NotFound)) if asking.reads.pages => {
            (StatusCode::NOT_FOUND, Stop::Unknown)
        }
        Err(error) => return Err(error.into()),
    };
    let document = outside_document(asking.frame.clone(), &page, &hall.assets());
    let headers = [
        (
            CONTENT_TYPE,
            HeaderValue::from_static("text/html; charset=utf-8"),
        ),
        // The address is a key.
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    ];
    Ok::<Response, _>((status, headers, document).into_response())
}
