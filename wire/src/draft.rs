//! What somebody of the team is writing, kept by the server: for each person, thread and kind.

use serde::{Deserialize, Serialize};

use crate::id::ThreadId;

/// Characters of a draft's beginning that a list shows.
pub const DRAFT_PREVIEW_CHARS: usize = 120;
/// Most drafts whose beginnings a list is told.
pub const DRAFTS_LISTED: i64 = 200;

choice! {
    /// What a draft is to become.
    DraftKind {
        /// A reply that the customer sees.
        Reply = "reply",
        /// A note that only the team sees.
        Note = "note",
    }
}

/// A draft, as its author's pages hold it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftView {
    /// What it is to become.
    pub kind: DraftKind,
    /// The text.
    pub text: String,
    /// The thread's staff number when it was begun: what its author had seen.
    pub began: i64,
}

/// A draft as one of its author's pages keeps it, and as their others hear of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftKept {
    /// In which thread.
    pub thread: ThreadId,
    /// What it is to become.
    pub kind: DraftKind,
    /// The text; empty for none any more.
    pub text: String,
    /// What its author had seen when it was begun.
    pub began: i64,
    /// The page that keeps it, by a number of its own: it hears of its own drafts, too.
    pub tab: u32,
}
