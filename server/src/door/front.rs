//! The front door.

use axum::response::Response;

use super::login::HOME;
use crate::asking::Asking;
use crate::page;

/// `GET /`: people with an account go to their inbox, everybody else to the form.
pub async fn show(asking: Asking) -> Response {
    page::see_other(if asking.account.is_some() {
        HOME
    } else {
        "/contact"
    })
}
