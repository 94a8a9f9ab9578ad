//! What a guest's page asks for while it is open.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use pigeon_wire::ThreadId;
use pigeon_wire::message::{EntryView, Posted, ReplyForm};

use crate::error::UiError;
#[cfg(feature = "ssr")]
use crate::ssr::{guest_caller, guest_writer};
#[cfg(feature = "ssr")]
use pigeon_core::guest;

/// Posts a reply. Sent again under the same key, it is the same reply.
#[server(prefix = "/ui", endpoint = "guest/reply", input = Json, output = Json)]
pub async fn guest_reply(
    /// Which thread.
    thread: ThreadId,
    /// The reply.
    form: ReplyForm,
) -> Result<Posted, UiError> {
    let (office, guest, visitor) = guest_writer(thread).await?;
    // What the page has shown of another thread says nothing of this one.
    let seen = form.seen.filter(|_| guest.thread == thread);
    let form = ReplyForm { seen, ..form };
    Ok(guest::reply(&office, &guest, &form, &visitor).await?)
}

/// Marks what a visible page has shown, up to a place.
#[server(prefix = "/ui", endpoint = "guest/seen", input = Json, output = Json)]
pub async fn guest_seen(
    /// Which thread.
    thread: ThreadId,
    /// The place of the newest entry that was seen.
    upto: i64,
) -> Result<(), UiError> {
    let (office, guest, _) = guest_caller(thread).await?;
    Ok(guest::seen(&office, &guest, upto).await?)
}

/// The entries before a place, oldest first, and whether there are still older ones.
#[server(prefix = "/ui", endpoint = "guest/before", input = Json, output = Json)]
pub async fn guest_before(
    /// Which thread.
    thread: ThreadId,
    /// The place of the oldest entry that the page holds.
    place: i64,
) -> Result<(Vec<EntryView>, bool), UiError> {
    let (office, guest, _) = guest_caller(thread).await?;
    Ok(guest::before(&office, &guest, place).await?)
}
