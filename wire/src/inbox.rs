//! The staff's lists and counts.

use serde::{Deserialize, Serialize};

use crate::id::{Millis, PersonId, ThreadId};
use crate::person::PersonRef;
use crate::thread::{Side, Source, Status};

/// Rows of one page of the inbox.
pub const ROWS_PAGE: i64 = 50;
/// Rows of the dashboard's list of threads that need a reply.
pub const DASHBOARD_ROWS: i64 = 8;
/// Characters of a row's preview.
pub const PREVIEW_CHARS: usize = 140;

/// A support thread as a row of the inbox: shared fields only, the same for every staff member.
/// What is unread or mine is derived by the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxRow {
    /// Which thread.
    pub id: ThreadId,
    /// The thread's staff number as this row shows it; a row with a lower number is older.
    pub change: i64,
    /// The staff number of the newest message or note: unread for whoever has read less.
    pub latest: i64,
    /// The thread's subject, if it has one.
    pub subject: Option<String>,
    /// Whose turn it is.
    pub status: Status,
    /// Where it came from.
    pub source: Source,
    /// The customer's display name.
    pub customer: String,
    /// Whether the customer's address is verified.
    pub verified: bool,
    /// Whether the customer is a guest.
    pub guest: bool,
    /// Who looks after it.
    pub assignee: Option<PersonRef>,
    /// Since when the customer waits for an answer.
    pub waiting_since: Option<Millis>,
    /// When the newest message was written.
    pub active_at: Millis,
    /// The beginning of the newest message.
    pub preview: String,
    /// On which side its author stands.
    pub preview_side: Side,
}

/// A row with what is personal to the reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyRow {
    /// The row.
    pub row: InboxRow,
    /// The place up to which the reader has read.
    pub read: i64,
}

impl InboxRow {
    /// Whether the row is unread for somebody who has read up to `read`. (Posting marks what its
    /// author had seen, and their own message with it.)
    pub fn is_unread(&self, read: i64) -> bool {
        self.latest > read
    }

    /// Whether this thread counts on the badge of `me`: pending, and assigned to me or to nobody.
    pub fn needs_reply_from(&self, me: PersonId) -> bool {
        self.status == Status::Pending && self.assignee.as_ref().is_none_or(|a| a.id == me)
    }

    /// The place of this row in its list: newest activity first, ids break ties.
    pub fn order(&self) -> (std::cmp::Reverse<Millis>, std::cmp::Reverse<ThreadId>) {
        (
            std::cmp::Reverse(self.active_at),
            std::cmp::Reverse(self.id),
        )
    }
}

choice! {
    /// The fixed views of the inbox.
    View {
        /// Every support thread.
        All = "all",
        /// Pending, and mine or nobody's: what the badge counts.
        NeedsReply = "needs-reply",
        /// Assigned to me and not closed.
        Mine = "mine",
        /// Assigned to nobody and not closed.
        Unassigned = "unassigned",
        /// Awaiting the customer.
        Open = "open",
        /// Done.
        Closed = "closed",
    }
}

impl View {
    /// Whether `row` belongs into this view of `me`.
    pub fn admits(self, row: &InboxRow, me: PersonId) -> bool {
        let live = row.status != Status::Closed;
        match self {
            Self::All => true,
            Self::NeedsReply => row.needs_reply_from(me),
            Self::Mine => live && row.assignee.as_ref().is_some_and(|a| a.id == me),
            Self::Unassigned => live && row.assignee.is_none(),
            Self::Open => row.status == Status::Open,
            Self::Closed => row.status == Status::Closed,
        }
    }
}

/// Where a page of the inbox goes on: after the row with this activity and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCursor {
    /// The last row's activity.
    pub active_at: Millis,
    /// The last row's thread.
    pub id: ThreadId,
}

/// A page of the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxPage {
    /// Which view.
    pub view: View,
    /// Its rows, newest activity first.
    pub rows: Vec<MyRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<RowCursor>,
    /// The reader's badge.
    pub badge: i64,
}

/// What the dashboard shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// How many threads need a reply from the reader.
    pub badge: i64,
    /// The newest of them.
    pub rows: Vec<MyRow>,
}
