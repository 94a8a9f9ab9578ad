//! The first start: a one-time link, printed by the program, makes the owner.

use axum::extract::{Path, Request, State};
use axum::http::Uri;
use axum::response::Response;
use pigeon_app::{SetupState, TeamStart};
use pigeon_core::setup;
use pigeon_wire::Fault;

use super::form::Form;
use super::login::HOME;
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::{Hall, Refused, page};

/// `GET /setup/{token}`.
pub async fn show(
    State(hall): State<Hall>,
    asking: Asking,
    Path(token): Path<String>,
    request: Request,
) -> Answer {
    if !setup::is_open(&hall.office, &token).await? {
        return used(&hall, &asking, request).await;
    }
    let state = SetupState {
        token,
        name: String::new(),
        email: String::new(),
        fault: None,
    };
    Ok(form(&hall, &asking, Some(state), request).await)
}

/// `POST /setup/{token}`.
pub async fn claim(
    State(hall): State<Hall>,
    asking: Asking,
    Path(token): Path<String>,
    uri: Uri,
    typed: Form,
) -> Answer {
    let (name, email) = (typed.text("name"), typed.text("email"));
    let password = typed.text("password");
    let office = &hall.office;
    match setup::claim(office, &token, &name, &email, &password, &asking.visitor).await {
        Ok(signed_in) => {
            let cookie = hall.cookies.keep_session(&signed_in, office.now());
            Ok(page::with_cookie(page::see_other(HOME), cookie))
        }
        Err(error) => {
            let refused = Refused::from(error);
            let request = page::request_for(&uri, &asking);
            if refused.fault == Fault::NotFound {
                return used(&hall, &asking, request).await;
            }
            let is_about_the_form = matches!(refused.fault.status(), 422 | 429 | 503);
            if !asking.reads.pages || !is_about_the_form {
                return Err(refused);
            }
            let state = SetupState {
                token,
                name,
                email,
                fault: Some(refused.fault.clone()),
            };
            let mut shown = form(&hall, &asking, Some(state), request).await;
            *shown.status_mut() = refused.status;
            Ok(refused.timed(shown))
        }
    }
}

/// The page of a link that was used already, or never was one.
async fn used(hall: &Hall, asking: &Asking, request: Request) -> Answer {
    let refused = Refused::from(Fault::NotFound);
    if !asking.reads.pages {
        return Err(refused);
    }
    let mut shown = form(hall, asking, None, request).await;
    *shown.status_mut() = refused.status;
    Ok(shown)
}

/// The form for the owner; the page says so when there is none to show.
async fn form(
    hall: &Hall,
    asking: &Asking,
    setup: Option<SetupState>,
    request: Request,
) -> Response {
    let start = TeamStart {
        frame: asking.frame.clone(),
        login: None,
        setup,
        hidden: String::new(),
        width: None,
    };
    page::team(hall, asking, start, request).await
}
