//! What guests see: no type here has a place for a note, an assignee or an address of the team.

use pigeon_wire::message::{Content, EntryView};
use pigeon_wire::thread;
use serde::Serialize;
use utoipa::ToSchema;

use super::{File, Side, Status, files};

/// A guest's thread, as the guest sees it.
#[derive(Serialize, ToSchema)]
pub struct GuestThread {
    /// Which thread.
    pub id: String,
    /// Its subject, if it has one.
    pub subject: Option<String>,
    /// Whose turn it is.
    pub status: Status,
    /// When it was started.
    pub opened_at: String,
    /// The guest's own name.
    pub name: String,
}

impl From<&thread::GuestThread> for GuestThread {
    fn from(opened: &thread::GuestThread) -> Self {
        Self {
            id: opened.head.id.to_string(),
            subject: opened.head.subject.clone(),
            status: opened.head.status.into(),
            opened_at: opened.head.opened_at.rfc3339(),
            name: opened.name.clone(),
        }
    }
}

/// An entry as the guest sees it. It has no place for a note.
#[derive(Serialize, ToSchema)]
pub struct GuestEntry {
    /// Which entry.
    pub id: String,
    /// Its fixed place in the guest's order.
    pub place: i64,
    /// When it was written.
    pub at: String,
    /// What it is.
    #[serde(flatten)]
    pub content: GuestContent,
}

/// What a guest's entry is.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum GuestContent {
    /// Somebody wrote.
    Message {
        /// The author's display name.
        author: String,
        /// On which side they stand.
        side: Side,
        /// The text; empty where files say it all.
        text: String,
        /// Its files.
        files: Vec<File>,
    },
    /// Something happened.
    Event {
        /// Who did it, by display name.
        author: String,
        /// On which side they stand.
        side: Side,
        /// What, in one word.
        event: String,
    },
}

impl From<EntryView> for GuestEntry {
    fn from(entry: EntryView) -> Self {
        let content = match entry.content {
            Content::Message {
                author,
                side,
                body,
                attachments,
                ..
            } => GuestContent::Message {
                author,
                side: side.into(),
                text: body,
                files: files(attachments),
            },
            Content::Event {
                author,
                side,
                event,
            } => GuestContent::Event {
                author,
                side: side.into(),
                event: event.to_string(),
            },
        };
        Self {
            id: entry.id.to_string(),
            place: entry.place,
            at: entry.at.rfc3339(),
            content,
        }
    }
}

/// A page of a guest's entries.
#[derive(Serialize, ToSchema)]
pub struct GuestPage {
    /// The entries, oldest first.
    pub items: Vec<GuestEntry>,
    /// Where older ones are: the `before` to ask with. Missing where there are none.
    pub next: Option<String>,
}
