//! Pages as answers.

use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::provide_context;
use leptos_axum::render_app_async_with_context;
use pigeon_app::plain::Outside;
use pigeon_app::{GuestPage, GuestView, TeamStart, ssr, team_shell};

use crate::Hall;
use crate::asking::Asking;

/// A guest's page.
pub fn guest(hall: &Hall, asking: &Asking, status: StatusCode, page: GuestPage) -> Response {
    let view = GuestView {
        frame: asking.frame.clone(),
        page,
    };
    let document = ssr::guest_document(
        view,
        hall.office.settings().zone(),
        &hall.assets(),
        &asking.nonce,
    );
    let kind = [(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    )];
    (status, kind, document).into_response()
}

/// A page of the team, at the address of `request`. Its server functions see who asks in the
/// request's extensions, and set the answer's status where they refuse.
pub async fn team(hall: &Hall, asking: &Asking, start: TeamStart, request: Request) -> Response {
    let nonce = asking.nonce.clone();
    let office = hall.office.clone();
    let context = {
        let nonce = nonce.clone();
        move || {
            provide_context(office.clone());
            // After the framework's own, so that it is the nonce of the header that counts.
            provide_context(nonce.clone());
        }
    };
    let assets = hall.assets();
    let app = move || team_shell(start.clone(), &assets, &nonce);
    render_app_async_with_context(context, app)(request).await
}

/// A page outside of the team's frame, which needs no program.
pub fn outside(hall: &Hall, asking: &Asking, status: StatusCode, page: &impl Outside) -> Response {
    let document = ssr::outside_document(asking.frame.clone(), page, &hall.assets());
    let kind = [(
        CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    )];
    (status, kind, document).into_response()
}

/// "It is done, read on there": after every form, so that reloading repeats nothing.
pub fn see_other(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(path) = HeaderValue::try_from(path) {
        response.headers_mut().insert(LOCATION, path);
    }
    response
}

/// The answer with a cookie.
pub fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
