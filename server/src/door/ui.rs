//! Server functions: what the pages' programs call.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, Method};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use leptos::server_fn::axum::server_fn_paths;
use leptos_axum::handle_server_fns_with_context;
use pigeon_wire::Fault;

use super::form::media_type;
use crate::refusal::{Answer, PROBLEM_TYPE};
use crate::{Hall, Refused};

/// Marks an answer as an error of the function, for the framework's own client.
const ERROR_HEADER: HeaderName = HeaderName::from_static("serverfnerror");
/// Most bytes of an error's document.
const PROBLEM_BYTES_MAX: usize = 64 * 1024;

/// `POST /ui/…`.
pub async fn call(State(hall): State<Hall>, mut request: Request) -> Answer {
    let path = request.uri().path();
    if !server_fn_paths().any(|(known, method)| known == path && method == Method::POST) {
        return Err(Fault::NotFound.into());
    }
    if media_type(request.headers()).as_deref() != Some("application/json") {
        return Err(Refused::unsupported_type());
    }
    // Asked for a page, the framework would send the caller back to wherever it came from.
    request.headers_mut().remove(ACCEPT);
    let office = hall.office.clone();
    let context = move || provide_context(office.clone());
    let response = handle_server_fns_with_context(context, request)
        .await
        .into_response();
    told(response).await
}

/// An error with its fault's status: the framework answers every one with 500.
async fn told(response: Response) -> Answer {
    if !response.headers().contains_key(ERROR_HEADER) {
        return Ok(response);
    }
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, PROBLEM_BYTES_MAX)
        .await
        .map_err(|_| Fault::Internal)?;
    let fault: Fault = serde_json::from_slice(&bytes).unwrap_or(Fault::Internal);
    let refused = Refused::from(fault);
    parts.status = refused.status;
    parts
        .headers
        .insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_TYPE));
    Ok(refused.timed(Response::from_parts(parts, Body::from(bytes))))
}
