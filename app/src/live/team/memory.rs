//! What a tab remembers beside the rows it shows: read marks, and rows for pages that are still on
//! their way.

use std::collections::HashMap;

use pigeon_wire::ThreadId;
use pigeon_wire::inbox::{InboxRow, MyRow};

use super::list::List;

/// Events that one act writes at most beside its message: a reopening and a status.
const EVENTS_OF_AN_ACT: i64 = 2;
/// Rows that are remembered for a page that is still on its way.
const RECENT_ROWS_MAX: usize = 256;

/// What the reader has read, thread by thread, as far as this tab was told. Rows that arrive live
/// carry shared fields only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reads(HashMap<ThreadId, i64>);

impl Reads {
    /// Learns from a page.
    pub fn learn(&mut self, rows: &[MyRow]) {
        for mine in rows {
            self.note(mine.row.id, mine.read);
        }
    }

    /// Notes that a thread was read up to `upto`.
    pub fn note(&mut self, thread: ThreadId, upto: i64) {
        let known = self.0.entry(thread).or_default();
        *known = upto.max(*known);
    }

    /// Up to where `row` was read. Of a thread never heard of before, a row that comes with a new
    /// message is unread, and one that comes with an old message is taken for read.
    pub fn of(&self, row: &InboxRow) -> i64 {
        let fresh = row.change - row.latest <= EVENTS_OF_AN_ACT;
        let unknown = if fresh { 0 } else { row.latest };
        self.0.get(&row.id).copied().unwrap_or(unknown)
    }
}

/// The newest rows heard since the tab subscribed, for pages that were read by the server before
/// and reach the screen after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recent(Vec<InboxRow>);

impl Recent {
    /// Remembers a row in place of an older one of the same thread.
    pub fn note(&mut self, row: &InboxRow) {
        self.0.retain(|known| known.id != row.id);
        if self.0.len() >= RECENT_ROWS_MAX {
            self.0.remove(0);
        }
        self.0.push(row.clone());
    }

    /// Forgets a thread that is gone for good.
    pub fn forget(&mut self, thread: ThreadId) {
        self.0.retain(|known| known.id != thread);
    }

    /// Forgets everything: a new subscription begins.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Brings a list that a page began up to date.
    pub fn catch_up(&self, list: &mut List, reads: &Reads, hold: bool) {
        for row in &self.0 {
            list.hear(row.clone(), reads, hold);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::team::cast::{ME, page, row, thread};
    use pigeon_wire::inbox::View;
    use pigeon_wire::thread::Status;

    fn told(rows: &[i64]) -> List {
        List::new(
            ME,
            page(View::All, rows.iter().map(|n| row(*n, *n)).collect()),
        )
    }

    #[test]
    fn an_arrival_of_an_unknown_thread_is_unread_only_with_its_message() {
        let reads = Reads::default();
        assert_eq!(reads.of(&row(1, 7)), 0);
        assert_eq!(
            reads.of(&InboxRow {
                change: 40,
                ..row(1, 7)
            }),
            7
        );
        let mut known = Reads::default();
        known.note(thread(1), 5);
        known.note(thread(1), 3);
        assert_eq!(known.of(&row(1, 7)), 5);
    }

    #[test]
    fn rows_heard_before_their_page_are_applied_after_it() {
        let mut recent = Recent::default();
        let answered = InboxRow {
            status: Status::Open,
            ..row(1, 6)
        };
        for heard in [row(1, 5), answered.clone(), row(2, 2)] {
            recent.note(&heard);
        }
        let mut list = told(&[1]);
        recent.catch_up(&mut list, &Reads::default(), false);
        assert_eq!(list.row(thread(1)).map(|mine| &mine.row), Some(&answered));
        assert!(list.row(thread(2)).is_some());
        recent.clear();
        let mut later = told(&[1]);
        recent.catch_up(&mut later, &Reads::default(), false);
        assert_eq!(later, told(&[1]));
    }
}
