//! Pictures of people: out for whoever may see them, in and away for their owner.

use axum::extract::{FromRequest as _, Multipart, Path, Request};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::IntoResponse as _;
use pigeon_core::Error;
use pigeon_core::person::picture;
use pigeon_wire::Fault;
use pigeon_wire::attachment::FileProblem;

use super::account::{ACCOUNT, told};
use super::intake;
use crate::Refused;
use crate::desk::Desk;
use crate::refusal::Answer;

/// What a picture may do in a browser that shows it by itself: nothing.
const SANDBOX: &str = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'";
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
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| Refused::unsupported_type())?;
    let mut changed: Result<(), Error> = Err(Fault::file("", FileProblem::Empty).into());
    while let Some(mut part) = parts.next_field().await.map_err(|why| intake::why(&why))? {
        let name = part.file_name().unwrap_or_default().to_owned();
        if name.is_empty() || part.name() != Some("picture") {
            intake::read_over(&mut part).await?;
            continue;
        }
        let mut cut = None;
        let pieces = intake::pieces(&mut part, &mut cut);
        changed = picture::change(desk.office(), desk.account(), &name, pieces).await;
        if let Some(cut) = cut {
            return Err(cut);
        }
        // A browser that is still sending hears no answer.
        intake::read_over(&mut part).await?;
        break;
    }
    told(&desk, changed, "picture_saved", |own| own).await
}

/// `POST /account/picture/remove`.
pub async fn remove(desk: Desk) -> Answer {
    picture::remove(desk.office(), desk.account()).await?;
    Ok(crate::desk::done(ACCOUNT, "picture_removed"))
}
