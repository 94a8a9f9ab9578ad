//! What hooks are told, as JSON. Two families, as everywhere: what is told of a thread to everybody
//! has no place for a note, an assignee or an address; what the team alone sees is told in types of
//! its own. Names and forms are those of the API for programs.

use serde::Serialize;

use super::HookEvent;
use crate::attachment::AttachmentView;
use crate::id::Millis;
use crate::message::{Content, EntryView};
use crate::note::{StaffContent, StaffEntryView};
use crate::person::PersonRef;
use crate::thread::{PublicHead, Side, Source, StaffHead, Status};

/// The body of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Envelope<D> {
    /// What happened.
    pub r#type: HookEvent,
    /// When (RFC 3339, as all moments).
    pub timestamp: String,
    /// More of it.
    pub data: D,
}

impl<D> Envelope<D> {
    /// What happened at `at`.
    pub fn new(event: HookEvent, at: Millis, data: D) -> Self {
        Self {
            r#type: event,
            timestamp: at.rfc3339(),
            data,
        }
    }
}

/// A file that came with a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewsFile {
    /// Which file.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub bytes: i64,
}

fn files(all: &[AttachmentView]) -> Vec<NewsFile> {
    let file = |file: &AttachmentView| NewsFile {
        id: file.id.to_string(),
        name: file.name.clone(),
        bytes: file.bytes,
    };
    all.iter().map(file).collect()
}

/// What everybody in a thread may know. It has no place for what the team alone sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PublicNews {
    /// Somebody wrote.
    Message {
        /// In which thread.
        thread: PublicThread,
        /// What.
        message: PublicMessage,
    },
    /// The thread's status is another one now.
    Status {
        /// Which thread, as it is now.
        thread: PublicThread,
        /// What it was.
        from: Status,
    },
    /// The thread was started.
    Thread {
        /// Which thread.
        thread: PublicThread,
    },
}

/// A thread as everybody in it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicThread {
    /// Which thread.
    pub id: String,
    /// Its subject, if it has one.
    pub subject: Option<String>,
    /// Whose turn it is.
    pub status: Status,
    /// When it was started.
    pub opened_at: String,
}

impl From<&PublicHead> for PublicThread {
    fn from(head: &PublicHead) -> Self {
        Self {
            id: head.id.to_string(),
            subject: head.subject.clone(),
            status: head.status,
            opened_at: head.opened_at.rfc3339(),
        }
    }
}

/// A message as everybody in its thread sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicMessage {
    /// Which message.
    pub id: String,
    /// When it was written.
    pub at: String,
    /// The author's display name.
    pub author: String,
    /// On which side they stand.
    pub side: Side,
    /// The text; empty where files say it all.
    pub text: String,
    /// Its files.
    pub files: Vec<NewsFile>,
}

impl PublicMessage {
    /// An entry that is a message; nothing of another one.
    pub fn of(entry: &EntryView) -> Option<Self> {
        match &entry.content {
            Content::Message {
                author,
                side,
                body,
                attachments,
                ..
            } => Some(Self {
                id: entry.id.to_string(),
                at: entry.at.rfc3339(),
                author: author.clone(),
                side: *side,
                text: body.clone(),
                files: files(attachments),
            }),
            Content::Event { .. } => None,
        }
    }
}

/// What the team alone may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum TeamNews {
    /// Somebody wrote a message or a note.
    Message {
        /// In which thread.
        thread: TeamThread,
        /// What.
        message: TeamMessage,
    },
    /// The thread's status is another one now.
    Status {
        /// Which thread, as it is now.
        thread: TeamThread,
        /// What it was.
        from: Status,
    },
    /// Somebody else looks after the thread now, or nobody.
    Assigned {
        /// Which thread, as it is now.
        thread: TeamThread,
        /// Who did before.
        from: Option<NewsPerson>,
    },
    /// The thread was started.
    Thread {
        /// Which thread.
        thread: TeamThread,
    },
}

/// Somebody with an account, or a guest who wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewsPerson {
    /// Which person.
    pub id: String,
    /// Their display name.
    pub name: String,
}

impl From<&PersonRef> for NewsPerson {
    fn from(person: &PersonRef) -> Self {
        Self {
            id: person.id.to_string(),
            name: person.name.clone(),
        }
    }
}

/// Whose question a thread is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewsCustomer {
    /// Which person.
    pub id: String,
    /// Display name as typed.
    pub name: String,
    /// Address.
    pub email: String,
    /// Whether a message came in by a link that was mailed there.
    pub verified: bool,
    /// Whether they have no account.
    pub guest: bool,
}

/// A thread as the team sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TeamThread {
    /// Which thread.
    pub id: String,
    /// Its subject, if it has one.
    pub subject: Option<String>,
    /// Whose turn it is.
    pub status: Status,
    /// Where it came from.
    pub source: Source,
    /// Whose question it is.
    pub customer: NewsCustomer,
    /// Who looks after it.
    pub assignee: Option<NewsPerson>,
    /// When it was started.
    pub opened_at: String,
}

impl From<&StaffHead> for TeamThread {
    fn from(head: &StaffHead) -> Self {
        Self {
            id: head.public.id.to_string(),
            subject: head.public.subject.clone(),
            status: head.public.status,
            source: head.source,
            customer: NewsCustomer {
                id: head.customer.id.to_string(),
                name: head.customer.name.clone(),
                email: head.customer.email.clone(),
                verified: head.customer.verified,
                guest: head.customer.guest,
            },
            assignee: head.assignee.as_ref().map(NewsPerson::from),
            opened_at: head.public.opened_at.rfc3339(),
        }
    }
}

choice! {
    /// What somebody wrote.
    Written {
        /// A message that everybody in the thread sees.
        Message = "message",
        /// An internal note: the customer must never see it.
        Note = "note",
    }
}

/// A message or note as the team sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TeamMessage {
    /// Which entry.
    pub id: String,
    /// Which of both.
    pub kind: Written,
    /// Its fixed place in the thread's order.
    pub place: i64,
    /// When it was written.
    pub at: String,
    /// Who wrote it.
    pub author: NewsPerson,
    /// On which side they stand.
    pub side: Side,
    /// The text; empty where files say it all.
    pub text: String,
    /// Its files.
    pub files: Vec<NewsFile>,
}

impl TeamMessage {
    /// An entry that somebody wrote; nothing of another one.
    pub fn of(entry: &StaffEntryView) -> Option<Self> {
        let (kind, body, attachments) = match &entry.content {
            StaffContent::Message {
                body, attachments, ..
            } => (Written::Message, body, attachments),
            StaffContent::Note {
                body, attachments, ..
            } => (Written::Note, body, attachments),
            StaffContent::Event(_) => return None,
        };
        Some(Self {
            id: entry.id.to_string(),
            kind,
            place: entry.place,
            at: entry.at.rfc3339(),
            author: NewsPerson::from(&entry.author),
            side: entry.side,
            text: body.clone(),
            files: files(attachments),
        })
    }
}
