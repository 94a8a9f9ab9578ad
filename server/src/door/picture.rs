//! Pictures of people: out for whoever may see them, in and away for their owner.

use axum::extract::{Path, Request};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse as _;
use pigeon_core::person::picture;
use pigeon_wire::Fault;

use super::account::{ACCOUNT, told};
use super::intake;
use crate::desk::Desk;
use crate::refusal::Answer;

/// What a picture may do in a browser that shows it by itself: nothing.
pub(super) const SANDBOX: &str =
    "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'";
/// Under an address that names the moment of the choice, but asked for again after a while: whoever
/// may not see it any more keeps no more than that.
const KEPT: &str = "private, max-age=600";

/// `GET /picture/{person}`.
pub async fn show(desk: Desk, Path(person): Path<String>) -> Answer {
    let person = person.parse().map_err(|_| Fault::NotFound)?;
    let jpeg = picture::of(desk.office(), desk.account(), person).await?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(picture::MEDIA_TYPE)),
        (CACHE_CONTROL, HeaderValue::from_static(KEPT)),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX)),
    ];
    Ok((StatusCode::OK, headers, jpeg).into_response())
}

/// `POST /account/picture`: an image file of a form.
pub async fn change(desk: Desk, request: Request) -> Answer {
    let changed = intake::one_file(request, "picture", async |name, pieces| {
        picture::change(desk.office(), desk.account(), name, pieces).await
    })
    .await?;
    told(&desk, changed, "picture_saved", |own| own).await
}

/// `POST /account/picture/remove`.
pub async fn remove(desk: Desk) -> Answer {
    picture::remove(desk.office(), desk.account()).await?;
    Ok(crate::desk::done(ACCOUNT, "picture_removed"))
}
