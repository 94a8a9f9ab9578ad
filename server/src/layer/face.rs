//! The face of a refusal: a page for people, problem details for programs. Also gives whatever the
//! framework refuses by itself the one shape that every door speaks.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use pigeon_app::GuestPage;
use pigeon_wire::Fault;

use crate::asking::Asking;
use crate::rest::bearer;
use crate::{Hall, Refused, embed, page};

/// The layer.
pub async fn layer(State(hall): State<Hall>, request: Request, next: Next) -> Response {
    let asking = Asking::of(request.extensions())
        .filter(|asking| asking.reads.pages && !is_for_programs(request.uri().path()));
    let response = next.run(request).await;
    let Some(refused) = refusal_in(&response) else {
        return response;
    };
    let Some(asking) = asking else {
        return worded(refused, &response);
    };
    let status = refused.status;
    let page = match refused.fault.clone() {
        Fault::NotFound => GuestPage::NotFound,
        fault => GuestPage::Trouble { fault },
    };
    refused.timed(page::guest(&hall, &asking, status, page))
}

/// A door's own refusal, or what the framework means by a bare status.
fn refusal_in(response: &Response) -> Option<Refused> {
    let status = response.status();
    if let Some(refused) = response.extensions().get::<Refused>() {
        return Some(refused.clone());
    }
    let is_refusal = status.is_client_error() || status.is_server_error();
    let is_bare = response
        .headers()
        .get(CONTENT_TYPE)
        .is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"));
    (is_refusal && is_bare).then(|| Refused::of_status(status))
}

/// Problem details, with what the framework said of the allowed methods, what the layer of the API
/// says of the token, and which page may read it.
fn worded(refused: Refused, bare: &Response) -> Response {
    let mut response = refused.into_response();
    if bare.status() == StatusCode::METHOD_NOT_ALLOWED
        && let Some(allowed) = bare.headers().get(ALLOW)
    {
        response.headers_mut().insert(ALLOW, allowed.clone());
    }
    for kept in bearer::KEPT.into_iter().chain(embed::KEPT) {
        if let Some(value) = bare.headers().get(&kept) {
            response.headers_mut().insert(kept, value.clone());
        }
    }
    response
}

fn is_for_programs(path: &str) -> bool {
    ["/ui/", "/api/", "/pkg/"]
        .iter()
        .any(|prefix| path.starts_with(prefix))
}
