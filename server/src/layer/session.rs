//! The account behind a request, for the doors of people with accounts. A guest's pages never look
//! at it, so that one browser can hold both.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use pigeon_core::session;

use crate::{Hall, Refused};

/// The layer: puts the [`pigeon_core::actor::Account`] into the request, if the cookie's session
/// stands.
pub async fn layer(State(hall): State<Hall>, mut request: Request, next: Next) -> Response {
    if let Some(secret) = hall.cookies.session(request.headers()) {
        match session::recognise(&hall.office, secret).await {
            Ok(Some(account)) => {
                request.extensions_mut().insert(account);
            }
            Ok(None) => {}
            Err(error) => return Refused::from(error).into_response(),
        }
    }
    next.run(request).await
}
