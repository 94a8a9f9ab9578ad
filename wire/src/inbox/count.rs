//! How many threads each view holds.

use serde::{Deserialize, Serialize};

use super::{ThreadState, View};
use crate::id::PersonId;

/// How many of a view's newest threads are looked at to count a list with a filter.
pub const COUNT_WINDOW: i64 = 1000;

/// How many threads a list with a filter holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListCount {
    /// So many of those that were looked at.
    pub threads: i64,
    /// Whether there are others, which were not looked at.
    pub more: bool,
}

impl std::fmt::Display for ListCount {
    fn fmt(&self, form: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let more = if self.more { "+" } else { "" };
        write!(form, "{}{more}", self.threads)
    }
}

/// How many threads each view holds for one reader. One set of figures for the views, the badge and
/// the dashboard, so that they never disagree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewCounts {
    /// [`View::All`].
    pub all: i64,
    /// [`View::NeedsReply`]: the badge.
    pub needs_reply: i64,
    /// [`View::Mine`].
    pub mine: i64,
    /// [`View::Unassigned`].
    pub unassigned: i64,
    /// [`View::Pending`].
    pub pending: i64,
    /// [`View::Open`].
    pub open: i64,
    /// [`View::Closed`].
    pub closed: i64,
    /// [`View::Snoozed`].
    #[serde(default)]
    pub snoozed: i64,
    /// [`View::Trash`].
    pub trash: i64,
}

impl ViewCounts {
    /// How many threads `view` holds.
    pub const fn of(&self, view: View) -> i64 {
        match view {
            View::All => self.all,
            View::NeedsReply => self.needs_reply,
            View::Mine => self.mine,
            View::Unassigned => self.unassigned,
            View::Pending => self.pending,
            View::Open => self.open,
            View::Closed => self.closed,
            View::Snoozed => self.snoozed,
            View::Trash => self.trash,
        }
    }

    /// Adds so many threads of one state to every view of `me` that holds them.
    pub fn add(&mut self, me: PersonId, state: &ThreadState, threads: i64) {
        for view in View::ALL {
            if view.holds(me, state) {
                *self.slot(*view) += threads;
            }
        }
    }

    fn slot(&mut self, view: View) -> &mut i64 {
        match view {
            View::All => &mut self.all,
            View::NeedsReply => &mut self.needs_reply,
            View::Mine => &mut self.mine,
            View::Unassigned => &mut self.unassigned,
            View::Pending => &mut self.pending,
            View::Open => &mut self.open,
            View::Closed => &mut self.closed,
            View::Snoozed => &mut self.snoozed,
            View::Trash => &mut self.trash,
        }
    }
}

/// Threads, newest activity first, that are looked at for what is unread: what is personal is not
/// kept for everybody, and must not cost a walk through all threads.
pub const UNREAD_LOOKED_AT: i64 = 500;

/// Unread counts above this are shown as this and a plus.
pub const UNREAD_SHOWN_MAX: i64 = 99;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::thread::Status;
    use uuid::Uuid;

    #[test]
    fn every_thread_counts_in_each_view_that_holds_it() {
        let (me, nora) = (PersonId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        let state = |status, assignee| ThreadState {
            status,
            assignee,
            trashed: false,
            snoozed: false,
        };
        let (pending, closed) = (
            state(Status::Pending, None),
            state(Status::Closed, Some(me)),
        );
        let trashed = ThreadState {
            trashed: true,
            ..pending
        };
        let resting = ThreadState {
            snoozed: true,
            ..pending
        };
        let mut counts = ViewCounts::default();
        counts.add(me, &pending, 3);
        counts.add(me, &state(Status::Open, Some(me)), 2);
        counts.add(me, &state(Status::Pending, Some(nora)), 5);
        counts.add(me, &closed, 7);
        counts.add(me, &trashed, 11);
        counts.add(me, &resting, 13);
        counts.add(me, &pending, -1);
        let expected = ViewCounts {
            all: 29,
            needs_reply: 2,
            mine: 2,
            unassigned: 2,
            pending: 20,
            open: 2,
            closed: 7,
            snoozed: 13,
            trash: 11,
        };
        assert_eq!(counts, expected);
        assert_eq!(counts.of(View::Trash), 11);
    }
}
