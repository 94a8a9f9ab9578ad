//! What a reader likes: language and colours, kept in a cookie of theirs.

use std::str::FromStr;

use axum::extract::State;
use pigeon_app::Theme;
use pigeon_wire::Fault;
use pigeon_wire::person::Language;

use super::form::Form;
use super::login::local;
use crate::refusal::Answer;
use crate::{Hall, cookie, page};

/// `POST /lang`.
pub async fn language(State(hall): State<Hall>, typed: Form) -> Answer {
    keep::<Language>(&hall, &typed, "language", cookie::LANGUAGE)
}

/// `POST /theme`.
pub async fn theme(State(hall): State<Hall>, typed: Form) -> Answer {
    keep::<Theme>(&hall, &typed, "theme", cookie::THEME)
}

/// Keeps a word that is one of the choices, and goes back to where it was chosen.
fn keep<T: FromStr>(hall: &Hall, typed: &Form, field: &str, cookie: &str) -> Answer {
    let word = typed.text(field);
    word.parse::<T>().map_err(|_| Fault::Malformed)?;
    let next = typed.text("next");
    let back = page::see_other(local(&next).unwrap_or("/"));
    Ok(page::with_cookie(
        back,
        hall.cookies.keep_taste(cookie, &word),
    ))
}
