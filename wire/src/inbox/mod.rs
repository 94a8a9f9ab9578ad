//! The staff's lists and counts.

mod ask;
mod count;
mod order;

pub use ask::{Ask, Filter, Holder, Starter};
pub use count::{COUNT_WINDOW, ListCount, UNREAD_LOOKED_AT, UNREAD_SHOWN_MAX, ViewCounts};
pub use order::{RowCursor, Sort, fold_subject};

use serde::{Deserialize, Serialize};

use crate::id::{Millis, PersonId, ThreadId};
use crate::person::PersonRef;
use crate::saved::SavedView;
use crate::tag::Tag;
use crate::thread::{Side, Source, Status};

/// Rows of one page of the inbox.
pub const ROWS_PAGE: i64 = 50;
/// Rows of each of the dashboard's lists.
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
    /// When it was started.
    pub created_at: Millis,
    /// When the newest message was written.
    pub active_at: Millis,
    /// Since when it is in the trash.
    pub trashed_at: Option<Millis>,
    /// Until when it rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Millis>,
    /// The beginning of the newest message.
    pub preview: String,
    /// On which side its author stands.
    pub preview_side: Side,
    /// Whether any of its messages or notes has a file.
    pub has_file: bool,
    /// Its tags.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// What decides in which views a thread is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadState {
    /// Whose turn it is.
    pub status: Status,
    /// Who looks after it.
    pub assignee: Option<PersonId>,
    /// Whether it is in the trash.
    pub trashed: bool,
    /// Whether it rests.
    pub snoozed: bool,
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
        View::NeedsReply.admits(self, me)
    }

    /// What decides in which views it is.
    pub fn state(&self) -> ThreadState {
        ThreadState {
            status: self.status,
            assignee: self.assignee.as_ref().map(|assignee| assignee.id),
            trashed: self.is_trashed(),
            snoozed: self.snoozed_until.is_some(),
        }
    }

    /// Whether it is in the trash.
    pub const fn is_trashed(&self) -> bool {
        self.trashed_at.is_some()
    }
}

choice! {
    /// The fixed views of the inbox.
    View {
        /// Every support thread that is not in the trash.
        All = "all",
        /// Pending, mine or nobody's, and not at rest: what the badge counts.
        NeedsReply = "needs-reply",
        /// Assigned to me, neither closed nor at rest.
        Mine = "mine",
        /// Assigned to nobody, neither closed nor at rest.
        Unassigned = "unassigned",
        /// Awaiting the team.
        Pending = "pending",
        /// Awaiting the customer.
        Open = "open",
        /// Done.
        Closed = "closed",
        /// At rest until a moment that somebody of the team chose.
        Snoozed = "snoozed",
        /// Thrown away, until it is purged.
        Trash = "trash",
    }
}

impl View {
    /// Whether `row` belongs into this view of `me`.
    pub fn admits(self, row: &InboxRow, me: PersonId) -> bool {
        self.holds(me, &row.state())
    }

    /// Whether a thread in this state belongs into this view of `me`. What rests is in no list of what
    /// there is to do, until it wakes.
    pub fn holds(self, me: PersonId, state: &ThreadState) -> bool {
        let ThreadState {
            status,
            assignee,
            trashed,
            snoozed,
        } = *state;
        let live = status != Status::Closed && !snoozed;
        let fits = match self {
            Self::All | Self::Trash => true,
            Self::NeedsReply => {
                live && status == Status::Pending && assignee.is_none_or(|a| a == me)
            }
            Self::Mine => live && assignee == Some(me),
            Self::Unassigned => live && assignee.is_none(),
            Self::Pending => status == Status::Pending,
            Self::Open => status == Status::Open,
            Self::Closed => status == Status::Closed,
            Self::Snoozed => snoozed,
        };
        fits && trashed == (self == Self::Trash)
    }
}

/// A page of the inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxPage {
    /// What was asked for.
    pub ask: Ask,
    /// The rows, in the order that was asked for.
    pub rows: Vec<MyRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<RowCursor>,
    /// How many threads each view holds for the reader.
    pub counts: ViewCounts,
    /// How many of them the reader has not read, as far as anybody looks: see [`UNREAD_LOOKED_AT`].
    pub unread: ViewCounts,
    /// The reader's own saved views, then the team's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub saved: Vec<SavedView>,
    /// The beginnings of replies that the reader is writing, by thread.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<(ThreadId, String)>,
}

/// What the dashboard shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// How many threads each view holds for the reader.
    pub counts: ViewCounts,
    /// The newest of those that need a reply from the reader.
    pub needs_reply: Vec<MyRow>,
    /// The newest of the reader's own.
    pub mine: Vec<MyRow>,
    /// Those that have waited longest.
    pub longest: Vec<MyRow>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    pub const NORA: PersonId = PersonId(Uuid::from_u128(2));

    /// Thread `n`, started and active at `n`, whose question nobody has looked at.
    pub fn row(n: i64) -> InboxRow {
        InboxRow {
            id: ThreadId(Uuid::from_u128(u128::from(n.unsigned_abs()))),
            change: n,
            latest: n,
            subject: None,
            status: Status::Pending,
            source: Source::Form,
            customer: "Guido".into(),
            verified: false,
            guest: true,
            assignee: None,
            waiting_since: Some(Millis(n)),
            created_at: Millis(n),
            active_at: Millis(n),
            trashed_at: None,
            snoozed_until: None,
            preview: "Hello".into(),
            preview_side: Side::Customer,
            has_file: false,
            tags: Vec::new(),
        }
    }

    #[test]
    fn the_trash_is_a_view_of_its_own_and_in_no_other() {
        let me = PersonId(Uuid::from_u128(1));
        let trashed = InboxRow {
            trashed_at: Some(Millis(9)),
            ..row(1)
        };
        for view in View::ALL {
            assert_eq!(view.admits(&trashed, me), *view == View::Trash, "{view}");
        }
        assert!(!View::Trash.admits(&row(1), me));
    }

    #[test]
    fn what_rests_is_in_no_list_of_what_there_is_to_do() {
        let me = PersonId(Uuid::from_u128(1));
        let resting = InboxRow {
            snoozed_until: Some(Millis(9)),
            ..row(1)
        };
        let views: Vec<View> = View::ALL
            .iter()
            .copied()
            .filter(|view| view.admits(&resting, me))
            .collect();
        assert_eq!(views, [View::All, View::Pending, View::Snoozed]);
        let mine = InboxRow {
            assignee: Some(PersonRef {
                id: me,
                name: "Me".into(),
            }),
            ..resting
        };
        assert!(!View::Mine.admits(&mine, me) && !mine.needs_reply_from(me));
        assert!(!View::Snoozed.admits(&row(1), me));
    }
}
