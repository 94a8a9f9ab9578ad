//! Searching.

use axum::extract::{Query, State};
use pigeon_core::search;
use pigeon_wire::search::{Order, Search};
use serde::Deserialize;
use utoipa::IntoParams;

use super::bearer::{Program, Reads};
use super::known;
use super::model::{Hit, HitPage};
use super::thread::fresh;
use crate::Hall;
use crate::refusal::Answer;

/// What is searched for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SearchAsk {
    /// Words, quoted phrases and operators like `from:`, `is:open`, `in:note`.
    pub q: String,
    /// `ranked` or `newest`.
    pub order: Option<String>,
    /// Where the page before ended: its `next`.
    pub after: Option<String>,
}

/// Finds messages and notes.
#[utoipa::path(
    get, path = "/api/v1/search", tag = "search",
    params(SearchAsk),
    responses((status = 200, body = HitPage), super::doc::Refusals),
    security(("token" = ["read"]))
)]
pub async fn find(
    State(hall): State<Hall>,
    program: Program<Reads>,
    Query(asked): Query<SearchAsk>,
) -> Answer {
    let search = Search {
        order: known(asked.order.as_ref())?.unwrap_or(Order::Ranked),
        after: known(asked.after.as_ref())?,
        typed: asked.q,
    };
    let page = search::page(&hall.office, &program.account, search).await?;
    let hits = page.hits.unwrap_or_default();
    Ok(fresh(HitPage {
        items: hits.into_iter().map(Hit::from).collect(),
        total: page.total.count,
        total_is_more: page.total.more,
        next: page.next.map(|place| place.to_string()),
    }))
}
