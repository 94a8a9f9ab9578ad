//! The first start: a one-time link, printed by the program, makes the owner.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use pigeon_app::plain::{OwnerForm, Setup};
use pigeon_core::setup;
use pigeon_wire::Fault;

use super::form::Form;
use super::login::HOME;
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::{Hall, Refused, page};

/// `GET /setup/{token}`.
pub async fn show(State(hall): State<Hall>, asking: Asking, Path(token): Path<String>) -> Answer {
    if !setup::is_open(&hall.office, &token).await? {
        return used(&hall, &asking, &token);
    }
    let shown = page_of(&token, Some(OwnerForm::default()));
    Ok(page::outside(&hall, &asking, StatusCode::OK, &shown))
}

/// `POST /setup/{token}`.
pub async fn claim(
    State(hall): State<Hall>,
    asking: Asking,
    Path(token): Path<String>,
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
            if refused.fault == Fault::NotFound {
                return used(&hall, &asking, &token);
            }
            let is_about_the_form = matches!(refused.fault.status(), 422 | 429 | 503);
            if !asking.reads.pages || !is_about_the_form {
                return Err(refused);
            }
            let form = OwnerForm {
                name,
                email,
                fault: Some(refused.fault.clone()),
            };
            let shown = page_of(&token, Some(form));
            let shown = page::outside(&hall, &asking, refused.status, &shown);
            Ok(refused.timed(shown))
        }
    }
}

/// The page of a link that was used already, or never was one.
fn used(hall: &Hall, asking: &Asking, token: &str) -> Answer {
    let refused = Refused::from(Fault::NotFound);
    if !asking.reads.pages {
        return Err(refused);
    }
    let shown = page_of(token, None);
    Ok(page::outside(hall, asking, refused.status, &shown))
}

fn page_of(token: &str, form: Option<OwnerForm>) -> Setup {
    Setup {
        here: ["/setup/", token].concat(),
        form,
    }
}
