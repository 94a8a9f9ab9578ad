//! The secrets of a guest's threads, for the doors of guests. They are only carried here: what one
//! opens is asked where it is used.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use pigeon_app::ssr::GuestSecrets;

use crate::Hall;

/// The layer: puts the [`GuestSecrets`] of the cookies into the request.
pub async fn layer(State(hall): State<Hall>, mut request: Request, next: Next) -> Response {
    let secrets = GuestSecrets(hall.cookies.guest(request.headers()));
    request.extensions_mut().insert(secrets);
    next.run(request).await
}
