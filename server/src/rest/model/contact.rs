//! What the team knows of a customer, and whose messages are kept from it.

use pigeon_wire::{Millis, contact};
use serde::Serialize;
use utoipa::ToSchema;

use super::Status;

/// What the team knows of a customer.
#[derive(Serialize, ToSchema)]
pub struct Contact {
    /// Which person.
    pub id: String,
    /// Their display name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// Whether they have no account.
    pub guest: bool,
    /// Whether the address is verified.
    pub verified: bool,
    /// The language that they read.
    pub language: String,
    /// How many threads there are under the address, up to 1000.
    pub threads: i64,
    /// How many of them are not closed.
    pub unclosed: i64,
    /// What the team has noted about them; empty where it has noted nothing.
    pub note: String,
    /// The note's version: whoever writes it names the one that they saw.
    pub note_version: i64,
    /// Who changed the note last.
    pub note_by: Option<String>,
    /// When that was.
    pub note_at: Option<String>,
    /// What keeps their messages from the team.
    pub blocks: Vec<Block>,
}

impl From<contact::ContactCard> for Contact {
    fn from(card: contact::ContactCard) -> Self {
        let (text, version, by, at) = match card.note {
            Some(note) => (
                note.text,
                note.version,
                Some(note.by),
                Some(note.changed_at),
            ),
            None => (String::new(), 0, None, None),
        };
        Self {
            id: card.id.to_string(),
            name: card.name,
            email: card.email,
            guest: card.guest,
            verified: card.verified,
            language: card.language.to_string(),
            threads: card.threads,
            unclosed: card.unclosed,
            note: text,
            note_version: version,
            note_by: by,
            note_at: at.map(Millis::rfc3339),
            blocks: card.blocks.into_iter().map(Block::from).collect(),
        }
    }
}

/// A customer's thread.
#[derive(Serialize, ToSchema)]
pub struct ContactThread {
    /// Which thread.
    pub id: String,
    /// Its subject, if it has one.
    pub subject: Option<String>,
    /// Whose turn it is.
    pub status: Status,
    /// Whether its customer's address is verified.
    pub verified: bool,
    /// When its newest message was written.
    pub active_at: String,
}

impl From<contact::ContactThread> for ContactThread {
    fn from(thread: contact::ContactThread) -> Self {
        Self {
            id: thread.id.to_string(),
            subject: thread.subject,
            status: thread.status.into(),
            verified: thread.verified,
            active_at: thread.active_at.rfc3339(),
        }
    }
}

/// A page of a customer's threads.
#[derive(Serialize, ToSchema)]
pub struct ContactThreadPage {
    /// The threads, newest first.
    pub items: Vec<ContactThread>,
    /// Where the next page begins. Missing on the last page.
    pub next: Option<String>,
}

/// The version of a note that was written.
#[derive(Serialize, ToSchema)]
pub struct NoteWritten {
    /// It.
    pub version: i64,
}

/// A blocked address or domain.
#[derive(Serialize, ToSchema)]
pub struct Block {
    /// Which block.
    pub id: String,
    /// `address` or `domain`.
    pub kind: String,
    /// The address, or the domain that is blocked with all below it.
    pub what: String,
    /// Who blocked it.
    pub by: String,
    /// When.
    pub at: String,
}

impl From<contact::Block> for Block {
    fn from(block: contact::Block) -> Self {
        Self {
            id: block.id.to_string(),
            kind: block.kind.to_string(),
            what: block.what,
            by: block.by,
            at: block.created_at.rfc3339(),
        }
    }
}

/// A page of blocks.
#[derive(Serialize, ToSchema)]
pub struct BlockPage {
    /// The blocks, newest first.
    pub items: Vec<Block>,
    /// Where the next page begins. Missing on the last page.
    pub next: Option<String>,
}
