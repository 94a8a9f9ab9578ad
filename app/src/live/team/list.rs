//! The inbox's list as one tab holds it: a pure fold of pages and frames, tested without a browser.

use pigeon_wire::inbox::{Ask, InboxPage, InboxRow, MyRow, RowCursor};
use pigeon_wire::{PersonId, ThreadId};

use super::memory::Reads;

/// One list of the inbox: its rows in the order in which they stand on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    me: PersonId,
    ask: Ask,
    rows: Vec<MyRow>,
    next: Option<RowCursor>,
    held: Vec<MyRow>,
    moved: Vec<ThreadId>,
    gone: Vec<ThreadId>,
    /// What the reader acted on here and has not heard of yet.
    awaited: Vec<ThreadId>,
}

impl List {
    /// The list of `me` as a page brought it.
    pub fn new(me: PersonId, page: InboxPage) -> Self {
        let InboxPage {
            ask, rows, next, ..
        } = page;
        Self {
            me,
            ask,
            rows,
            next,
            held: Vec::new(),
            moved: Vec::new(),
            gone: Vec::new(),
            awaited: Vec::new(),
        }
    }

    /// What it shows.
    pub fn ask(&self) -> Ask {
        self.ask
    }

    /// The rows, in the order in which they stand.
    pub fn rows(&self) -> &[MyRow] {
        &self.rows
    }

    /// Where the next page begins, if there is one.
    pub fn next(&self) -> Option<RowCursor> {
        self.next.clone()
    }

    /// The row of one thread.
    pub fn row(&self, thread: ThreadId) -> Option<&MyRow> {
        self.rows.iter().find(|mine| mine.row.id == thread)
    }

    /// How many arrivals wait until the reader's pointer is elsewhere.
    pub fn waiting(&self) -> usize {
        self.held.len() + self.moved.len()
    }

    /// Folds one row in. A row that is older than the one held is ignored. While `hold` is true no
    /// row changes its place: what is known is renewed where it stands, the rest waits for
    /// [`List::release`].
    pub fn hear(&mut self, row: InboxRow, reads: &Reads, hold: bool) {
        let id = row.id;
        let known = self
            .rows
            .iter()
            .chain(&self.held)
            .find(|mine| mine.row.id == id);
        if known.is_some_and(|mine| mine.row.change >= row.change) {
            return;
        }
        let read = known.map_or_else(|| reads.of(&row), |mine| mine.read);
        let admitted = self.ask.admits(&row, self.me, read);
        let mine = MyRow { row, read };
        let awaited = self.awaited.contains(&id);
        self.await_no_row(id);
        self.held.retain(|held| held.row.id != id);
        if let Some(place) = self.rows.iter().position(|mine| mine.row.id == id) {
            self.replace(place, mine, admitted, hold, awaited);
        } else if admitted && self.reaches(&mine.row) {
            if hold && !awaited {
                self.held.push(mine);
            } else {
                self.insert(mine);
            }
        }
    }

    /// Notes that the reader acts on these threads here: what comes of it shows at once, under a
    /// pointer as well.
    pub fn await_rows(&mut self, threads: &[ThreadId]) {
        self.awaited.extend_from_slice(threads);
    }

    /// Nothing comes of the reader's act on this thread.
    pub fn await_no_row(&mut self, thread: ThreadId) {
        self.awaited.retain(|awaited| *awaited != thread);
    }

    /// Lets all that waits take its place.
    pub fn release(&mut self) {
        self.rows.append(&mut self.held);
        self.moved.clear();
        let gone = std::mem::take(&mut self.gone);
        self.rows.retain(|mine| !gone.contains(&mine.row.id));
        self.sort();
    }

    /// Takes out a thread that is gone for good.
    pub fn drop_thread(&mut self, thread: ThreadId) {
        self.rows.retain(|mine| mine.row.id != thread);
        self.held.retain(|mine| mine.row.id != thread);
        self.moved.retain(|moved| *moved != thread);
    }

    /// Notes that the reader has read a thread up to `upto`.
    pub fn read(&mut self, thread: ThreadId, upto: i64) {
        for mine in self.rows.iter_mut().chain(&mut self.held) {
            if mine.row.id == thread {
                mine.read = mine.read.max(upto);
            }
        }
    }

    /// Adds the next page below.
    pub fn append(&mut self, page: InboxPage) {
        self.next = page.next;
        for mine in page.rows {
            let id = mine.row.id;
            // What a renewed list did not know of any more is here after all.
            self.gone.retain(|gone| *gone != id);
            if self.row(id).is_none() {
                self.held.retain(|held| held.row.id != id);
                self.insert(mine);
            }
        }
    }

    /// Renews the list from its first page, asked for after a silence. Pages below it are dropped:
    /// nobody told what became of them.
    pub fn renew(&mut self, page: InboxPage, reads: &Reads, hold: bool) {
        if !hold {
            let awaited = std::mem::take(&mut self.awaited);
            *self = Self::new(self.me, page);
            self.awaited = awaited;
            return;
        }
        self.next = page.next;
        let told: Vec<_> = page.rows.iter().map(|mine| mine.row.id).collect();
        let stands = self.rows.iter().map(|mine| mine.row.id);
        self.gone = stands.filter(|id| !told.contains(id)).collect();
        for mine in page.rows {
            self.read(mine.row.id, mine.read);
            self.hear(mine.row, reads, true);
        }
    }

    fn replace(&mut self, place: usize, mine: MyRow, admitted: bool, hold: bool, awaited: bool) {
        let id = mine.row.id;
        self.gone.retain(|gone| *gone != id);
        if !admitted && (awaited || !hold) {
            self.rows.remove(place);
            return;
        }
        if !admitted {
            self.gone.push(id);
        }
        let Some(stands) = self.rows.get_mut(place) else {
            return;
        };
        let moves = self.ask.sort.place(&mine.row) != self.ask.sort.place(&stands.row);
        *stands = mine;
        if moves && hold {
            if !self.moved.contains(&id) {
                self.moved.push(id);
            }
        } else if moves {
            let mine = self.rows.remove(place);
            self.insert(mine);
        }
    }

    /// Whether a row belongs above the end of what is loaded; one below comes with its page.
    fn reaches(&self, row: &InboxRow) -> bool {
        let place = self.ask.sort.place(row);
        self.next.as_ref().is_none_or(|end| place < *end)
    }

    /// Puts a row where it belongs; the others stay as they stand.
    fn insert(&mut self, mine: MyRow) {
        let sort = self.ask.sort;
        let place = sort.place(&mine.row);
        let below = |stands: &MyRow| sort.place(&stands.row) > place;
        let at = self.rows.iter().position(below);
        self.rows.insert(at.unwrap_or(self.rows.len()), mine);
    }

    fn sort(&mut self) {
        let sort = self.ask.sort;
        self.rows.sort_by_cached_key(|mine| sort.place(&mine.row));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::team::cast::{ME, NORA, page, person, row, thread};
    use pigeon_wire::Millis;
    use pigeon_wire::inbox::{Filter, Sort, View};
    use pigeon_wire::thread::Status;

    fn ids(list: &List) -> Vec<ThreadId> {
        list.rows().iter().map(|mine| mine.row.id).collect()
    }

    fn told(rows: &[i64]) -> List {
        List::new(
            ME,
            page(View::All, rows.iter().map(|n| row(*n, *n)).collect()),
        )
    }

    #[test]
    fn a_new_message_moves_its_row_to_the_top() {
        let mut list = told(&[2, 1]);
        list.hear(
            InboxRow {
                active_at: Millis(9),
                ..row(1, 9)
            },
            &Reads::default(),
            false,
        );
        assert_eq!(ids(&list), [thread(1), thread(2)]);
        assert_eq!(list.waiting(), 0);
    }

    #[test]
    fn an_older_or_equal_row_is_ignored() {
        let mut list = told(&[2, 1]);
        let before = list.clone();
        let stale = InboxRow {
            subject: Some("stale".into()),
            active_at: Millis(9),
            ..row(1, 1)
        };
        list.hear(stale, &Reads::default(), false);
        assert_eq!(list, before);
    }

    #[test]
    fn held_arrivals_move_nothing_until_they_are_released() {
        let mut list = told(&[3, 2, 1]);
        let reads = Reads::default();
        list.hear(row(4, 4), &reads, true);
        list.hear(
            InboxRow {
                active_at: Millis(9),
                preview: "new".into(),
                ..row(1, 9)
            },
            &reads,
            true,
        );
        assert_eq!(ids(&list), [thread(3), thread(2), thread(1)]);
        assert_eq!(
            list.row(thread(1)).map(|mine| mine.row.preview.as_str()),
            Some("new")
        );
        assert_eq!(list.waiting(), 2);
        list.release();
        assert_eq!(ids(&list), [thread(1), thread(4), thread(3), thread(2)]);
        assert_eq!(list.waiting(), 0);
    }

    #[test]
    fn a_held_arrival_that_leaves_the_view_again_never_shows() {
        let mut list = List::new(ME, page(View::NeedsReply, Vec::new()));
        list.hear(row(1, 1), &Reads::default(), true);
        list.hear(
            InboxRow {
                status: Status::Open,
                ..row(1, 2)
            },
            &Reads::default(),
            true,
        );
        assert_eq!(list.waiting(), 0);
        list.release();
        assert!(list.rows().is_empty());
    }

    #[test]
    fn a_view_admits_and_removes() {
        let mut list = List::new(ME, page(View::NeedsReply, vec![row(1, 1)]));
        let reads = Reads::default();
        list.hear(
            InboxRow {
                assignee: Some(person(NORA)),
                ..row(1, 2)
            },
            &reads,
            false,
        );
        assert!(list.rows().is_empty());
        list.hear(
            InboxRow {
                assignee: Some(person(ME)),
                ..row(1, 3)
            },
            &reads,
            false,
        );
        assert_eq!(ids(&list), [thread(1)]);
        list.hear(
            InboxRow {
                status: Status::Closed,
                ..row(2, 1)
            },
            &reads,
            false,
        );
        assert_eq!(ids(&list), [thread(1)]);
    }

    #[test]
    fn a_row_that_leaves_under_the_pointer_leaves_when_the_pointer_does() {
        let mut list = List::new(ME, page(View::NeedsReply, vec![row(2, 2), row(1, 1)]));
        list.hear(
            InboxRow {
                status: Status::Open,
                ..row(2, 3)
            },
            &Reads::default(),
            true,
        );
        assert_eq!(ids(&list), [thread(2), thread(1)]);
        list.release();
        assert_eq!(ids(&list), [thread(1)]);
    }

    #[test]
    fn what_the_reader_did_here_shows_under_the_pointer_as_well() {
        let begun = page(View::NeedsReply, vec![row(3, 3), row(2, 2), row(1, 1)]);
        let mut list = List::new(ME, begun);
        let reads = Reads::default();
        let closed = |id, change| InboxRow {
            status: Status::Closed,
            ..row(id, change)
        };
        list.await_rows(&[thread(2), thread(1)]);
        list.hear(closed(2, 4), &reads, true);
        assert_eq!(ids(&list), [thread(3), thread(1)]);
        list.await_no_row(thread(1));
        list.hear(closed(1, 5), &reads, true);
        assert_eq!(ids(&list), [thread(3), thread(1)], "somebody else's act");
        list.await_rows(&[thread(2)]);
        list.hear(row(2, 6), &reads, true);
        assert_eq!(ids(&list), [thread(3), thread(2), thread(1)], "undone");
        list.hear(closed(2, 7), &reads, true);
        assert_eq!(ids(&list).len(), 3, "awaited once");
        list.release();
        assert_eq!(ids(&list), [thread(3)]);
    }

    #[test]
    fn a_row_below_what_is_loaded_waits_for_its_page() {
        let mut begun = page(View::All, vec![row(5, 5)]);
        begun.next = Some(Sort::Activity.place(&row(5, 5)));
        let mut list = List::new(ME, begun);
        list.hear(row(3, 9), &Reads::default(), false);
        assert_eq!(ids(&list), [thread(5)]);
        list.append(page(View::All, vec![row(5, 5), row(3, 9)]));
        assert_eq!(ids(&list), [thread(5), thread(3)]);
        assert_eq!(list.next(), None);
    }

    #[test]
    fn a_page_after_a_silence_replaces_what_is_not_under_the_pointer() {
        let mut list = told(&[2, 1]);
        list.renew(
            page(View::All, vec![row(3, 3), row(2, 5)]),
            &Reads::default(),
            false,
        );
        assert_eq!(ids(&list), [thread(3), thread(2)]);
        list.renew(
            page(View::All, vec![row(4, 4), row(3, 3)]),
            &Reads::default(),
            true,
        );
        assert_eq!(ids(&list), [thread(3), thread(2)]);
        list.release();
        assert_eq!(ids(&list), [thread(4), thread(3)]);
    }

    #[test]
    fn pages_below_a_renewed_list_bring_their_rows_back() {
        let mut list = told(&[4, 3, 2, 1]);
        let mut first = page(View::All, vec![row(4, 4), row(3, 3)]);
        first.next = Some(Sort::Activity.place(&row(3, 3)));
        list.renew(first, &Reads::default(), true);
        list.append(page(View::All, vec![row(2, 2), row(1, 1)]));
        list.release();
        assert_eq!(ids(&list), [thread(4), thread(3), thread(2), thread(1)]);
    }

    #[test]
    fn each_list_keeps_its_own_order_and_its_filter() {
        let mut begun = page(View::All, vec![row(1, 1), row(2, 2)]);
        begun.ask.sort = Sort::Waiting;
        begun.ask.filter = Filter {
            unread: true,
            ..Filter::default()
        };
        let mut list = List::new(ME, begun);
        let reads = Reads::default();
        list.hear(row(3, 3), &reads, false);
        let answered = InboxRow {
            waiting_since: None,
            ..row(1, 5)
        };
        list.hear(answered, &reads, false);
        assert_eq!(ids(&list), [thread(2), thread(3), thread(1)]);
        list.read(thread(2), 2);
        assert_eq!(list.rows().len(), 3, "what is being read stays");
        list.hear(
            InboxRow {
                latest: 2,
                ..row(2, 6)
            },
            &reads,
            false,
        );
        assert_eq!(ids(&list), [thread(3), thread(1)]);
    }

    #[test]
    fn what_is_thrown_away_leaves_and_what_is_purged_is_gone() {
        let mut list = told(&[2, 1]);
        let mut trash = List::new(ME, page(View::Trash, Vec::new()));
        let trashed = InboxRow {
            trashed_at: Some(Millis(9)),
            ..row(2, 3)
        };
        for list in [&mut list, &mut trash] {
            list.hear(trashed.clone(), &Reads::default(), false);
        }
        assert_eq!(
            (ids(&list), ids(&trash)),
            (vec![thread(1)], vec![thread(2)])
        );
        trash.drop_thread(thread(2));
        assert!(trash.rows().is_empty());
    }

    #[test]
    fn reading_here_or_elsewhere_ends_unread() {
        let mut list = told(&[1]);
        let is_unread = |mine: &&MyRow| mine.row.is_unread(mine.read);
        let unread = |list: &List| list.rows().iter().filter(is_unread).count();
        assert_eq!(unread(&list), 1);
        list.read(thread(1), 1);
        assert_eq!(unread(&list), 0);
        list.hear(row(1, 2), &Reads::default(), false);
        assert_eq!(unread(&list), 1);
        list.hear(
            InboxRow {
                latest: 2,
                ..row(1, 3)
            },
            &Reads::default(),
            false,
        );
        list.read(thread(1), 2);
        assert_eq!(unread(&list), 0);
    }
}
