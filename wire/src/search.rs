//! Searching: what a page of hits says. What was typed is read by the server alone.

use serde::{Deserialize, Serialize};

use crate::id::{MessageId, Millis, ThreadId};
use crate::thread::Status;

/// Hits of one page.
pub const HITS_PAGE: usize = 20;
/// Hits are counted up to this number; beyond it there are "more".
pub const HITS_COUNTED: usize = 1000;
/// Most characters of what is typed.
pub const SEARCH_CHARS_MAX: usize = 200;

choice! {
    /// In which order hits stand.
    Order {
        /// The best first.
        Ranked = "ranked",
        /// The newest first.
        Newest = "newest",
    }
}

/// A search as its address tells it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Search {
    /// What was typed.
    pub typed: String,
    /// In which order.
    pub order: Order,
    /// Where the last page ended.
    pub after: Option<HitCursor>,
}

/// A piece of a hit's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it is what was looked for.
    pub hit: bool,
}

/// A message or note that fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// In which thread.
    pub thread: ThreadId,
    /// Which entry.
    pub message: MessageId,
    /// The entry's place in the order of whoever searched.
    pub place: i64,
    /// Whether it is an internal note.
    pub note: bool,
    /// The thread's subject.
    pub subject: Option<String>,
    /// Whose turn it is there.
    pub status: Status,
    /// The customer's name.
    pub customer: String,
    /// Who wrote the entry.
    pub author: String,
    /// When.
    pub at: Millis,
    /// The text around what was found.
    pub snippet: Vec<Piece>,
}

/// How many hits there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// As many as were counted.
    pub count: usize,
    /// Whether there may be more.
    pub more: bool,
}

/// An operator in force, and the search without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chip {
    /// The operator as it was typed.
    pub text: String,
    /// What stays without it.
    pub without: String,
}

/// Where a page of hits goes on: after the hit with this score and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct HitCursor {
    /// The last hit's score; zero where the newest come first.
    pub score: i64,
    /// The last hit's number in the index.
    pub number: i64,
}

/// A page of hits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// The search that this answers.
    pub search: Search,
    /// The hits; `None` when nothing was looked for.
    pub hits: Option<Vec<Hit>>,
    /// How many there are in all.
    pub total: Total,
    /// Where the next page begins, if there is one.
    pub next: Option<HitCursor>,
    /// The operators in force.
    pub chips: Vec<Chip>,
}

impl std::fmt::Display for HitCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.score, self.number)
    }
}

impl std::str::FromStr for HitCursor {
    type Err = std::num::ParseIntError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (score, number) = text.split_once('-').unwrap_or((text, ""));
        Ok(Self {
            score: score.parse()?,
            number: number.parse()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_from_an_address() {
        let cursor = HitCursor {
            score: 1200,
            number: 42,
        };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "-", "1", "x-1", "1-", "1-2-3"] {
            assert!(text.parse::<HitCursor>().is_err(), "{text}");
        }
    }
}
