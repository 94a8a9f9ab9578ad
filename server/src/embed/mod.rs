//! What pages of other sites reach: the script and the frame that they show, and an API for a visitor
//! for whom the site vouches. Nothing here looks at a cookie. A page of another site is answered if
//! the owner has listed it, and shows a token; the doors of guests answer our own frame alone.

pub mod file;
pub mod frame;
pub mod guest;
pub mod session;
pub mod user;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ORIGIN, VARY,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use pigeon_core::actor::Account;
use pigeon_core::embed;
use pigeon_wire::{Fault, setting};

use crate::rest::bearer::presented;
use crate::{Hall, Refused};

/// What an answer says to pages of other sites, refusals too.
pub const KEPT: [HeaderName; 3] = [
    ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS,
    VARY,
];

/// Where a request comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum From {
    /// From no page at all.
    NoPage,
    /// From a page of ours.
    Us,
    /// From a page of a site that the owner has listed.
    Listed(HeaderValue),
    /// From any other page.
    Strangers,
}

impl From {
    /// What the request's `Origin` says.
    pub fn of(hall: &Hall, headers: &HeaderMap) -> Self {
        let Some(origin) = headers.get(ORIGIN) else {
            return Self::NoPage;
        };
        let Ok(text) = origin.to_str() else {
            return Self::Strangers;
        };
        if hall.origins.are_ours(text) {
            return Self::Us;
        }
        let listed = &hall.office.settings().embed_origins;
        match setting::origin(text) {
            Some(known) if listed.contains(&known) => Self::Listed(origin.clone()),
            _ => Self::Strangers,
        }
    }
}

/// The layer of the doors for pages of listed sites: answers what browsers ask beforehand, and lets
/// nobody else's page in. A credential of the browser's own is never asked for.
pub async fn layer(State(hall): State<Hall>, request: Request, next: Next) -> Response {
    let from = From::of(&hall, request.headers());
    let mut response = match &from {
        From::Strangers => Refused::foreign_origin().into_response(),
        From::Listed(_) if *request.method() == Method::OPTIONS => allowed(),
        _ => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.append(VARY, HeaderValue::from_static("Origin"));
    if let From::Listed(origin) = from {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let exposed = HeaderValue::from_static("retry-after");
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
    }
    response
}

/// The answer to what a browser asks before it lets a page write.
fn allowed() -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    for (name, value) in [
        (ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
        (
            ACCESS_CONTROL_ALLOW_HEADERS,
            "authorization, content-type, idempotency-key",
        ),
        (ACCESS_CONTROL_MAX_AGE, "600"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Somebody for whom a site vouches, known by their token alone.
pub struct Vouched(pub Account);

impl FromRequestParts<Hall> for Vouched {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, hall: &Hall) -> Result<Self, Refused> {
        let token = presented(&parts.headers).ok_or(Fault::NotSignedIn)?;
        let known = embed::recognise(&hall.office, token).await?;
        Ok(Self(known.ok_or(Fault::NotSignedIn)?))
    }
}
