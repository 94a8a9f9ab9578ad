//! What users see of their own threads: no type here has a place for a note, an assignee or an address
//! of the team.

use pigeon_wire::{Millis, mailbox};
use serde::Serialize;
use utoipa::ToSchema;

use super::{GuestContent, GuestEntry, Kind, Person, Status};

/// One of the own threads in a list.
#[derive(Serialize, ToSchema)]
pub struct OwnRow {
    /// Which thread.
    pub id: String,
    /// What sort it is.
    pub kind: Kind,
    /// Its subject, if it has one.
    pub subject: Option<String>,
    /// Who else is in it, by display name, or by the address that was typed for whoever has not
    /// answered yet. Nobody in a support thread: the other side is the team.
    pub with: Vec<String>,
    /// Whose turn it is.
    pub status: Status,
    /// When its newest message was written.
    pub active_at: String,
    /// How many messages of others are unread.
    pub unread: i64,
    /// Whether the token's owner wants no mails about it.
    pub muted: bool,
    /// The beginning of its newest message.
    pub preview: String,
}

impl From<mailbox::MailboxRow> for OwnRow {
    fn from(row: mailbox::MailboxRow) -> Self {
        Self {
            id: row.id.to_string(),
            kind: row.kind.into(),
            subject: row.subject,
            with: row.with,
            status: row.status.into(),
            active_at: row.active_at.rfc3339(),
            unread: row.unread,
            muted: row.muted,
            preview: row.preview,
        }
    }
}

/// A page of the own threads.
#[derive(Serialize, ToSchema)]
pub struct OwnPage {
    /// The threads, newest activity first.
    pub items: Vec<OwnRow>,
    /// Where the next page begins. Missing on the last page.
    pub next: Option<String>,
}

/// How much waits for the token's owner in their own threads.
#[derive(Serialize, ToSchema)]
pub struct OwnCounts {
    /// Threads with something unread, muted ones excepted.
    pub unread: i64,
    /// First messages of strangers that wait for an answer.
    pub requests: i64,
}

/// That somebody had read up to a place.
#[derive(Serialize, ToSchema)]
pub struct OwnSeen {
    /// Who; nobody by name where it was the team.
    pub who: Option<String>,
    /// Up to which place.
    pub upto: i64,
    /// When.
    pub at: String,
}

/// One of the own threads.
#[derive(Serialize, ToSchema)]
pub struct OwnThread {
    /// Which thread.
    pub id: String,
    /// What sort it is.
    pub kind: Kind,
    /// Its subject, if it has one.
    pub subject: Option<String>,
    /// Whose turn it is.
    pub status: Status,
    /// When it was started.
    pub opened_at: String,
    /// Who else is in it, as in the list.
    pub with: Vec<String>,
    /// Those who are in it, where it is a direct one.
    pub people: Vec<Person>,
    /// The number of its last change.
    pub change: i64,
    /// How many messages of others are unread.
    pub unread: i64,
    /// Whether the token's owner wants no mails about it.
    pub muted: bool,
    /// How far the others had read, and when.
    pub seen: Vec<OwnSeen>,
}

impl From<mailbox::UserThread> for OwnThread {
    fn from(opened: mailbox::UserThread) -> Self {
        let steps = opened.seen.into_iter().map(|step| OwnSeen {
            who: step.who,
            upto: step.seen.upto,
            at: step.seen.at.rfc3339(),
        });
        Self {
            id: opened.head.id.to_string(),
            kind: opened.kind.into(),
            subject: opened.head.subject,
            status: opened.head.status.into(),
            opened_at: opened.head.opened_at.rfc3339(),
            with: opened.with,
            people: opened.parties.into_iter().map(Person::from).collect(),
            change: opened.change,
            unread: opened.unread,
            muted: opened.muted,
            seen: steps.collect(),
        }
    }
}

/// An entry of one of the own threads. It has no place for a note.
#[derive(Serialize, ToSchema)]
pub struct OwnEntry {
    /// Which entry.
    pub id: String,
    /// Its fixed place in the thread's order.
    pub place: i64,
    /// When it was written.
    pub at: String,
    /// Who wrote it, on the customer's side; the team is known by display name alone.
    pub by: Option<String>,
    /// When its author changed it last.
    pub edited_at: Option<String>,
    /// What it is.
    #[serde(flatten)]
    pub content: GuestContent,
}

impl From<mailbox::UserEntry> for OwnEntry {
    fn from(entry: mailbox::UserEntry) -> Self {
        let GuestEntry {
            id,
            place,
            at,
            content,
        } = entry.entry.into();
        Self {
            id,
            place,
            at,
            by: entry.by.map(|by| by.to_string()),
            edited_at: entry.edited_at.map(Millis::rfc3339),
            content,
        }
    }
}

/// A page of the entries of one of the own threads.
#[derive(Serialize, ToSchema)]
pub struct OwnEntryPage {
    /// The entries, oldest first.
    pub items: Vec<OwnEntry>,
    /// Where older ones are: the `before` to ask with. Missing where there are none.
    pub next: Option<String>,
}

/// A thread that was started.
#[derive(Serialize, ToSchema)]
pub struct OwnThreadMade {
    /// Which thread.
    pub thread: String,
}

/// People, by name.
#[derive(Serialize, ToSchema)]
pub struct PersonList {
    /// The people.
    pub items: Vec<Person>,
}
