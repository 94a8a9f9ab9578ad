//! The inbox's list.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use pigeon_wire::inbox::{Ask, InboxPage, RowCursor, ViewCounts};

use crate::UiError;

/// A page of a list, from its first row or from where the last page ended.
#[server(prefix = "/ui", endpoint = "inbox/page", input = Json, output = Json)]
pub async fn page(
    /// Which view, what of it, in which order.
    ask: Ask,
    /// Where the last page ended.
    after: Option<RowCursor>,
) -> Result<InboxPage, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::inbox::page(&office, &account, ask, after).await?)
}

/// How many threads each view holds for the caller.
#[server(prefix = "/ui", endpoint = "inbox/counts", input = Json, output = Json)]
pub async fn counts() -> Result<ViewCounts, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::inbox::counts(&office, &account).await?)
}

/// How many threads need a reply from the caller.
#[server(prefix = "/ui", endpoint = "inbox/badge", input = Json, output = Json)]
pub async fn badge() -> Result<i64, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::inbox::badge(&office, &account).await?)
}
