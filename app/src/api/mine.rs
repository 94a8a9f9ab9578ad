//! What the page of one of somebody's own threads asks for while it is open.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use pigeon_wire::ThreadId;
use pigeon_wire::mailbox::UserEntry;
use pigeon_wire::message::{Posted, ReplyForm};

use crate::UiError;

/// Posts a message. Sent again under the same key, it is the same message.
#[server(prefix = "/ui", endpoint = "mine/reply", input = Json, output = Json)]
pub async fn own_reply(
    /// Which thread.
    thread: ThreadId,
    /// The message.
    form: ReplyForm,
) -> Result<Posted, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::user::reply(&office, &account, thread, &form).await?)
}

/// Marks what a visible page has shown, up to a place.
#[server(prefix = "/ui", endpoint = "mine/seen", input = Json, output = Json)]
pub async fn own_seen(
    /// Which thread.
    thread: ThreadId,
    /// The place of the newest entry that was seen.
    upto: i64,
) -> Result<(), UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::user::seen(&office, &account, thread, upto).await?)
}

/// The entries before a place, oldest first, and whether there are still older ones.
#[server(prefix = "/ui", endpoint = "mine/before", input = Json, output = Json)]
pub async fn own_before(
    /// Which thread.
    thread: ThreadId,
    /// The place of the oldest entry that the page holds.
    place: i64,
) -> Result<(Vec<UserEntry>, bool), UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::user::before(&office, &account, thread, place).await?)
}
