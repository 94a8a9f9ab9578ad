//! What is found, and who is listed.

use pigeon_wire::{Millis, search as found, team};
use serde::Serialize;
use utoipa::ToSchema;

use super::Status;

/// A found message or note.
#[derive(Serialize, ToSchema)]
pub struct Hit {
    /// In which thread.
    pub thread: String,
    /// Which entry.
    pub entry: String,
    /// Its place in the thread's order.
    pub place: i64,
    /// Whether it is an internal note.
    pub note: bool,
    /// The thread's subject.
    pub subject: Option<String>,
    /// Whose turn it is there.
    pub status: Status,
    /// The customer's name.
    pub customer: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: String,
    /// The text around what was found.
    pub text: String,
}

impl From<found::Hit> for Hit {
    fn from(hit: found::Hit) -> Self {
        Self {
            thread: hit.thread.to_string(),
            entry: hit.message.to_string(),
            place: hit.place,
            note: hit.note,
            subject: hit.subject,
            status: hit.status.into(),
            customer: hit.customer,
            author: hit.author,
            at: hit.at.rfc3339(),
            text: hit.snippet.into_iter().map(|piece| piece.text).collect(),
        }
    }
}

/// A page of hits.
#[derive(Serialize, ToSchema)]
pub struct HitPage {
    /// The hits.
    pub items: Vec<Hit>,
    /// How many there are, as far as they were counted.
    pub total: usize,
    /// Whether there may be more than that.
    pub total_is_more: bool,
    /// Where the next page begins. Missing on the last page.
    pub next: Option<String>,
}

/// Somebody in the list of people.
#[derive(Serialize, ToSchema)]
pub struct PersonRow {
    /// Which person.
    pub id: String,
    /// Their display name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// The word of their role, if they have one.
    pub role: Option<String>,
    /// When the account was made.
    pub created_at: String,
    /// Since when it is deactivated, if it is.
    pub deactivated_at: Option<String>,
    /// The hour in which they were here last.
    pub seen_at: Option<String>,
}

impl From<team::PersonRow> for PersonRow {
    fn from(row: team::PersonRow) -> Self {
        Self {
            id: row.id.to_string(),
            name: row.name,
            email: row.email,
            role: row.role.map(|role| role.slug),
            created_at: row.created_at.rfc3339(),
            deactivated_at: row.deactivated_at.map(Millis::rfc3339),
            seen_at: row.seen_at.map(Millis::rfc3339),
        }
    }
}

/// A page of people.
#[derive(Serialize, ToSchema)]
pub struct PersonPage {
    /// The people, by name.
    pub items: Vec<PersonRow>,
    /// Where the next page begins. Missing on the last page.
    pub next: Option<String>,
}
