//! The sheet of keys and the palette, as parts of a page.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use pigeon_app::ssr::keys_part;
use pigeon_core::session;

use crate::desk::Desk;
use crate::refusal::Answer;

/// `GET /keys`.
pub async fn show(desk: Desk) -> Answer {
    let me = session::me(desk.office(), desk.account()).await?;
    let part = keys_part(desk.frame().clone(), me.permissions);
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, part).into_response())
}
