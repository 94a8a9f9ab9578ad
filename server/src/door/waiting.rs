//! Replies that are sent later: the moments that are offered, and the reader's own that wait.

use axum::response::Response;
use pigeon_app::plain::{Section, scheduled};
use pigeon_app::ssr::moments_part;
use pigeon_core::waiting;

use super::canned::part;
use crate::desk::Desk;
use crate::refusal::Answer;

/// `GET /later`: the moments, as a part of a page. They are the same for everybody.
pub async fn moments(desk: Desk) -> Response {
    part(moments_part(desk.frame().clone()))
}

/// `GET /scheduled`: the reader's own.
pub async fn show(desk: Desk) -> Answer {
    let told = waiting::own_list(desk.office(), desk.account()).await;
    desk.show(Section::Scheduled, told, |all| scheduled(&all))
        .await
}
