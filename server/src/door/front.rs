//! The front door.

use axum::extract::State;
use axum::response::Response;

use super::login;
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::{Hall, page};

/// `GET /`: people with an account go to their inbox or their own threads, everybody else to the
/// form.
pub async fn show(State(hall): State<Hall>, asking: Asking) -> Answer {
    let to: Result<Response, _> = match &asking.account {
        Some(account) => Ok(page::see_other(login::home(&hall.office, account).await?)),
        None => Ok(page::see_other("/contact")),
    };
    to
}
