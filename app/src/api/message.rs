//! What the team writes: replies and internal notes.

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use pigeon_wire::ThreadId;
use pigeon_wire::draft::DraftKept;
use pigeon_wire::message::{Posted, ReplyForm};
use pigeon_wire::note::NoteForm;
use pigeon_wire::waiting::SendWhen;

use crate::UiError;

/// Posts a reply that everybody in the thread sees: at once, or when it is said.
#[server(prefix = "/ui", endpoint = "message/reply", input = Json, output = Json)]
pub async fn reply(
    /// Which thread.
    thread: ThreadId,
    /// The reply.
    form: ReplyForm,
    /// When; `None`: at once.
    when: Option<SendWhen>,
    /// The acts that go with it, as the page was given them beside a canned reply; nothing for none.
    #[server(default)]
    acts: String,
) -> Result<Posted, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    let acts = crate::ssr::acts(&acts)?;
    let sent = pigeon_core::message::send(&office, &account, thread, &form, when, &acts).await?;
    Ok(sent.posted())
}

/// Adds a note that only the team sees.
#[server(prefix = "/ui", endpoint = "note/add", input = Json, output = Json)]
pub async fn add_note(
    /// Which thread.
    thread: ThreadId,
    /// The note.
    form: NoteForm,
) -> Result<Posted, UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::note::add(&office, &account, thread, &form).await?)
}

/// Keeps what is being written.
#[server(prefix = "/ui", endpoint = "draft/keep", input = Json, output = Json)]
pub async fn keep_draft(
    /// The draft.
    draft: DraftKept,
) -> Result<(), UiError> {
    let (office, account) = crate::ssr::caller().await?;
    Ok(pigeon_core::draft::keep(&office, &account, draft).await?)
}
