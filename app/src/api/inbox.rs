//! The inbox's list.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use pigeon_wire::inbox::{InboxPage, RowCursor, View};

use crate::UiError;

/// A page of one view, from its newest row or from where the last page ended.
#[server(prefix = "/ui", endpoint = "inbox/page", input = Json, output = Json)]
pub async fn page(
    /// Which view.
    view: View,
    /// Where the last page ended.
    after: Option<RowCursor>,
) -> Result<InboxPage, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::inbox::page(&office, &account, view, after).await?)
}

/// How many threads need a reply from the caller.
#[server(prefix = "/ui", endpoint = "inbox/badge", input = Json, output = Json)]
pub async fn badge() -> Result<i64, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::inbox::badge(&office, &account).await?)
}
