//! The list of the own threads as a page holds it: pure.

use pigeon_wire::ThreadId;
use pigeon_wire::mailbox::{MailboxRow, MailboxView};
use pigeon_wire::thread::{Status, ThreadKind};
use serde::{Deserialize, Serialize};

/// A page of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rows {
    /// Which threads.
    pub view: MailboxView,
    /// The rows, newest activity first.
    pub rows: Vec<MailboxRow>,
    /// Whether it is the list's beginning: only there new rows come in.
    pub is_first: bool,
}

impl Rows {
    /// A row is now this, wherever it was.
    pub fn hear(&mut self, row: MailboxRow) {
        let was_here = self.rows.iter().any(|held| held.id == row.id);
        self.gone(row.id);
        if !fits(self.view, &row) || !(was_here || self.is_first) {
            return;
        }
        let at = self
            .rows
            .partition_point(|held| (held.active_at, held.id) > (row.active_at, row.id));
        if at == 0 && !self.is_first {
            // Its place is on a page before this one now.
            return;
        }
        self.rows.insert(at, row);
    }

    /// A thread is on the reader's list no longer.
    pub fn gone(&mut self, thread: ThreadId) {
        self.rows.retain(|held| held.id != thread);
    }
}

/// Whether a view lists the row.
fn fits(view: MailboxView, row: &MailboxRow) -> bool {
    match view {
        MailboxView::All => true,
        MailboxView::Unread => row.unread > 0,
        MailboxView::Direct => row.kind == ThreadKind::Direct,
        MailboxView::Closed => row.status == Status::Closed,
    }
}

#[cfg(test)]
mod tests {
    use pigeon_wire::Millis;
    use uuid::Uuid;

    use super::*;

    fn row(id: u128, at: i64, unread: i64) -> MailboxRow {
        MailboxRow {
            id: ThreadId(Uuid::from_u128(id)),
            kind: ThreadKind::Direct,
            subject: None,
            with: Vec::new(),
            status: Status::Open,
            active_at: Millis(at),
            unread,
            muted: false,
            preview: String::new(),
        }
    }

    fn list(view: MailboxView, is_first: bool) -> Rows {
        Rows {
            view,
            rows: vec![row(3, 30, 1), row(2, 20, 1)],
            is_first,
        }
    }

    fn ids(list: &Rows) -> Vec<u128> {
        list.rows.iter().map(|row| row.id.0.as_u128()).collect()
    }

    #[test]
    fn what_is_new_stands_where_its_time_puts_it() {
        let mut all = list(MailboxView::All, true);
        all.hear(row(4, 40, 1));
        all.hear(row(2, 50, 1));
        all.hear(row(1, 35, 0));
        assert_eq!(ids(&all), [2, 4, 1, 3]);
        all.gone(ThreadId(Uuid::from_u128(4)));
        assert_eq!(ids(&all), [2, 1, 3]);
    }

    #[test]
    fn a_row_leaves_a_view_that_does_not_list_it() {
        let mut unread = list(MailboxView::Unread, true);
        unread.hear(row(3, 30, 0));
        assert_eq!(ids(&unread), [2]);
        let mut closed = list(MailboxView::Closed, true);
        closed.hear(row(2, 20, 1));
        assert_eq!(ids(&closed), [3]);
    }

    #[test]
    fn a_later_page_changes_its_rows_and_takes_no_new_ones() {
        let mut later = list(MailboxView::All, false);
        later.hear(row(9, 25, 1));
        assert_eq!(ids(&later), [3, 2]);
        later.hear(row(2, 20, 7));
        assert_eq!(later.rows[1].unread, 7);
        later.hear(row(2, 90, 8));
        assert_eq!(ids(&later), [3]);
    }
}
