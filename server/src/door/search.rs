//! Searching.

use axum::http::Uri;
use pigeon_app::plain::{self, Reach, Section};
use pigeon_core::search;
use pigeon_wire::search::{Order, SEARCH_CHARS_MAX, Search};

use super::form::Form;
use crate::Refused;
use crate::desk::Desk;
use crate::refusal::Answer;

/// `GET /search?q=…&order=…&after=…`. What is no order and no place to go on from is left out.
pub async fn show(desk: Desk, uri: Uri) -> Answer {
    let found = search::page(desk.office(), desk.account(), asked(&uri)?).await;
    let view = |page| plain::search(Reach::Team, page);
    desk.show(Section::Search, found, view).await
}

/// `GET /threads/search?q=…`: the same in the reader's own threads.
pub async fn own(desk: Desk, uri: Uri) -> Answer {
    let found = search::own_page(desk.office(), desk.account(), asked(&uri)?).await;
    let view = |page| plain::search(Reach::Own, page);
    desk.show(Section::Threads, found, view).await
}

fn asked(uri: &Uri) -> Result<Search, Refused> {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    Ok(Search {
        typed: asked.text("q").chars().take(SEARCH_CHARS_MAX).collect(),
        order: asked.text("order").parse().unwrap_or(Order::Ranked),
        after: asked.text("after").parse().ok(),
    })
}
