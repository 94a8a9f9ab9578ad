//! The site's logo: out to everybody, in and away for whoever may change settings.

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::IntoResponse as _;
use pigeon_core::setting::logo;

use super::asset::FOR_EVER;
use super::form::Form;
use super::picture::SANDBOX;
use super::settings::HERE;
use super::{intake, settings};
use crate::Hall;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

/// The name of the form's field.
const FIELD: &str = "logo";

/// Where the logo of this version is.
pub fn address(version: &str) -> String {
    ["/logo.png?v=", version].concat()
}

/// `GET /logo.png?v=…`.
pub async fn show(State(hall): State<Hall>, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let png = logo::bytes(&hall.office, &asked.text("v")).await?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(logo::MEDIA_TYPE)),
        (CACHE_CONTROL, HeaderValue::from_static(FOR_EVER)),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(SANDBOX)),
    ];
    Ok((StatusCode::OK, headers, png).into_response())
}

/// `POST /settings/logo`: an image file of a form.
pub async fn change(desk: Desk, request: Request) -> Answer {
    let changed = intake::one_file(request, FIELD, async |name, pieces| {
        logo::change(desk.office(), desk.account(), name, pieces).await
    })
    .await?;
    match changed {
        Ok(()) => Ok(done(HERE, "logo_saved")),
        Err(error) => settings::logo_refused(&desk, error).await,
    }
}

/// `POST /settings/logo/remove`.
pub async fn remove(desk: Desk) -> Answer {
    match logo::remove(desk.office(), desk.account()).await {
        Ok(()) => Ok(done(HERE, "logo_removed")),
        Err(error) => settings::logo_refused(&desk, error).await,
    }
}
