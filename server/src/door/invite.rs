//! Invitations, for the invited: the mailed link, and the form behind it.

use axum::extract::{Path, State};
use axum::http::header::REFERRER_POLICY;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use pigeon_app::plain::{JOIN_ADDRESS, Join};
use pigeon_core::Error;
use pigeon_core::invitation::{self, Acceptance, Open};
use pigeon_wire::Fault;
use pigeon_wire::person::Language;

use super::form::Form;
use super::login::first_page;
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::{Hall, Refused, page};

/// `GET /invite/{token}`: the token becomes a cookie and leaves the address. Changes nothing: robots
/// that read mail open links too.
pub async fn follow(State(hall): State<Hall>, asking: Asking, Path(token): Path<String>) -> Answer {
    let mut response = match invitation::open(&hall.office, &token).await {
        Ok(open) => {
            let max_age_s = open.expires_at.since(hall.office.now()) / 1000;
            let cookie = hall.cookies.keep_invitation(&token, max_age_s);
            page::with_cookie(page::see_other(JOIN_ADDRESS), cookie)
        }
        Err(error) => closed(&hall, &asking, error)?,
    };
    // The address holds the token: it must not go along to wherever the reader goes next.
    response
        .headers_mut()
        .insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    Ok(response)
}

/// `GET /invite`.
pub async fn show(State(hall): State<Hall>, asking: Asking, headers: HeaderMap) -> Answer {
    let token = hall.cookies.invitation(&headers).unwrap_or_default();
    match invitation::open(&hall.office, token).await {
        Ok(open) => {
            let language = open.language;
            let join = form(&asking, open, String::new(), language, None);
            Ok(page::outside(&hall, &asking, StatusCode::OK, &join))
        }
        Err(error) => closed(&hall, &asking, error),
    }
}

/// `POST /invite`: makes the account and signs it in.
pub async fn accept(
    State(hall): State<Hall>,
    asking: Asking,
    headers: HeaderMap,
    typed: Form,
) -> Answer {
    let office = &hall.office;
    let token = hall.cookies.invitation(&headers).unwrap_or_default();
    let open = match invitation::open(office, token).await {
        Ok(open) => open,
        Err(error) => return closed(&hall, &asking, error),
    };
    let (name, password) = (typed.text("name"), typed.text("password"));
    let language = typed.text("language").parse().unwrap_or(open.language);
    let acceptance = Acceptance {
        name: &name,
        password: &password,
        language,
    };
    let old = hall.cookies.session(&headers);
    match invitation::accept(office, token, acceptance, &asking.visitor, old).await {
        Ok(signed_in) => {
            let kept = hall.cookies.keep_session(&signed_in, office.now());
            let dropped = hall.cookies.drop_invitation();
            let response = page::see_other(first_page(office, &signed_in.secret).await?);
            Ok(page::with_cookie(
                page::with_cookie(response, kept),
                dropped,
            ))
        }
        Err(error) => {
            let refused = Refused::from(error);
            let is_about_the_form = matches!(refused.fault.status(), 422 | 429 | 503);
            if refused.fault == Fault::NotFound {
                return closed(&hall, &asking, Fault::NotFound.into());
            }
            if !asking.reads.pages || !is_about_the_form {
                return Err(refused);
            }
            let join = form(&asking, open, name, language, Some(refused.fault.clone()));
            let shown = page::outside(&hall, &asking, refused.status, &join);
            Ok(refused.timed(shown))
        }
    }
}

fn form(
    asking: &Asking,
    open: Open,
    name: String,
    language: Language,
    fault: Option<Fault>,
) -> Join {
    Join::Open {
        email: open.email,
        by: open.by,
        name,
        language,
        signed_in: asking.account.is_some(),
        fault,
    }
}

/// The page of an invitation that does not work; its cookie has no use any more.
fn closed(hall: &Hall, asking: &Asking, error: Error) -> Answer {
    let refused = Refused::from(error);
    if !asking.reads.pages || refused.fault != Fault::NotFound {
        return Err(refused);
    }
    let shown = page::outside(hall, asking, refused.status, &Join::Closed);
    Ok(page::with_cookie(shown, hall.cookies.drop_invitation()))
}
