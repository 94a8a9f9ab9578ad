//! What was kept from the team, as those see it who manage threads.

use serde::{Deserialize, Serialize};

use crate::id::{Millis, RecordId, ThreadId};
use crate::thread::Source;

/// Catches on one page: a form that deletes them all carries no more fields than a form may have.
pub const CATCHES_PAGE: i64 = 25;
/// So many are counted, and then "more".
pub const CATCHES_COUNTED: i64 = 1000;

choice! {
    /// Why something was caught.
    CatchReason {
        /// Something stood in the field that people leave empty.
        Honeypot = "honeypot",
        /// Its sender's address or domain is blocked.
        Blocked = "blocked",
    }
}

/// How many catches there are of each sort, each up to [`CATCHES_COUNTED`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatchCounts {
    /// By the honeypot.
    pub honeypot: i64,
    /// From blocked senders.
    pub blocked: i64,
}

impl CatchCounts {
    /// All of them.
    pub const fn total(self) -> i64 {
        self.honeypot + self.blocked
    }
}

/// A caught message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct Catch {
    /// Which.
    pub id: RecordId,
    /// The sender's name as typed.
    pub name: String,
    /// The sender's address as typed.
    pub email: String,
    /// The subject as typed, if any.
    pub subject: Option<String>,
    /// The text as typed.
    pub body: String,
    /// Through which form it came.
    pub source: Source,
    /// Why it was caught.
    pub reason: CatchReason,
    /// What stood in the trap; nothing where it was caught for another reason.
    pub bait: String,
    /// The thread that it is a reply in, if it is one.
    pub thread_id: Option<ThreadId>,
    /// When it was caught.
    pub created_at: Millis,
}

/// Where a page of catches goes on: after this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatchCursor {
    /// When it was caught.
    pub at: Millis,
    /// Which.
    pub id: RecordId,
}

/// A page of catches, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatchPage {
    /// How many there are in all.
    pub counts: CatchCounts,
    /// The catches.
    pub catches: Vec<Catch>,
    /// Where the next page begins, if there is one.
    pub next: Option<CatchCursor>,
}

impl std::fmt::Display for CatchCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at.0, self.id)
    }
}

impl std::str::FromStr for CatchCursor {
    type Err = crate::choice::UnknownWord;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = crate::choice::UnknownWord;
        let (at, id) = text.split_once('-').ok_or(unknown)?;
        Ok(Self {
            at: Millis(at.parse().map_err(|_| unknown)?),
            id: id.parse().map_err(|_| unknown)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_from_an_address() {
        let cursor = CatchCursor {
            at: Millis(42),
            id: RecordId(uuid::Uuid::from_u128(7)),
        };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "1", "x-1", "1-x"] {
            assert!(text.parse::<CatchCursor>().is_err(), "{text}");
        }
    }
}
