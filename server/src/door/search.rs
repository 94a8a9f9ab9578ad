//! Searching.

use axum::http::Uri;
use pigeon_app::plain::{self, Section};
use pigeon_core::search;
use pigeon_wire::search::{Order, SEARCH_CHARS_MAX, Search};

use super::form::Form;
use crate::desk::Desk;
use crate::refusal::Answer;

/// `GET /search?q=…&order=…&after=…`. What is no order and no place to go on from is left out.
pub async fn show(desk: Desk, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let asked = Search {
        typed: asked.text("q").chars().take(SEARCH_CHARS_MAX).collect(),
        order: asked.text("order").parse().unwrap_or(Order::Ranked),
        after: asked.text("after").parse().ok(),
    };
    let found = search::page(desk.office(), desk.account(), asked).await;
    desk.show(Section::Search, found, plain::search).await
}
