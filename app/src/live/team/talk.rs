//! An open thread as one tab holds it: a pure fold of changes, tested without a browser.

use std::sync::Arc;

use pigeon_wire::attachment::FileRules;
use pigeon_wire::live::StaffChange;
use pigeon_wire::note::{StaffContent, StaffEntryView, StaffEvent};
use pigeon_wire::presence::Receipt;
use pigeon_wire::text::Key;
use pigeon_wire::thread::{LinkView, Side, StaffHead, StaffThread};
use pigeon_wire::{PersonId, ThreadId};

/// What a change did to the thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// It is in.
    Applied,
    /// It was known.
    Known,
    /// Something before it is missing: ask by number.
    Gap,
}

/// A thread with its newest entries, or with those around a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Talk {
    /// The thread as it is now.
    pub head: StaffHead,
    /// The staff number that this tab holds.
    pub change: i64,
    /// The place up to which the reader has read.
    pub read: i64,
    /// Its loaded entries, by place.
    pub entries: Vec<Arc<StaffEntryView>>,
    /// Whether older entries were left out.
    pub more_before: bool,
    /// Whether newer entries were left out: what arrives meanwhile is among them.
    pub more_after: bool,
    /// The guest's links that still work.
    pub links: Vec<LinkView>,
    /// How far everybody had read, and when.
    pub receipts: Vec<Receipt>,
    /// Which files may come with a reply or note.
    pub files: FileRules,
    /// Whether the reader gets its mails.
    pub follows: bool,
}

impl From<StaffThread> for Talk {
    fn from(opened: StaffThread) -> Self {
        let StaffThread {
            head,
            change,
            read,
            entries,
            more_before,
            more_after,
            links,
            receipts,
            files,
            follows,
            drafts: _,
        } = opened;
        let entries = entries.into_iter().map(Arc::new).collect();
        Self {
            head,
            change,
            read,
            entries,
            more_before,
            more_after,
            links,
            receipts,
            files,
            follows,
        }
    }
}

impl Talk {
    /// Which thread.
    pub fn id(&self) -> ThreadId {
        self.head.public.id
    }

    /// Folds a change in.
    pub fn hear(&mut self, change: StaffChange) -> Folded {
        if change.now <= self.change {
            return Folded::Known;
        }
        if change.prev > self.change {
            return Folded::Gap;
        }
        self.change = change.now;
        self.head = change.head;
        for entry in change.entries {
            self.take(entry);
        }
        Folded::Applied
    }

    /// Adds older entries above.
    pub fn prepend(&mut self, older: Vec<StaffEntryView>, more_before: bool) {
        self.more_before = more_before;
        let first = self.first_place();
        let older = older
            .into_iter()
            .filter(|entry| entry.place < first)
            .map(Arc::new);
        let newer = std::mem::take(&mut self.entries);
        self.entries = older.chain(newer).collect();
    }

    /// Adds newer entries below.
    pub fn append(&mut self, newer: Vec<StaffEntryView>, more_after: bool) {
        self.more_after = false;
        for entry in newer {
            self.take(entry);
        }
        self.more_after = more_after;
    }

    /// Goes to the newest entries, as they were just read. Whether it did: something newer may have
    /// come live since they were read, which must not be lost.
    pub fn renew(&mut self, opened: StaffThread) -> bool {
        let is_current = opened.change >= self.change;
        if is_current {
            *self = Self::from(opened);
        }
        is_current
    }

    /// Up to which number the reader knows the thread: not past what is loaded.
    pub fn seen(&self) -> i64 {
        let last = self.entries.last().filter(|_| self.more_after);
        last.map_or(self.change, |entry| entry.place)
    }

    /// The place of the newest loaded entry.
    pub fn last_place(&self) -> i64 {
        self.entries.last().map_or(0, |entry| entry.place)
    }

    /// The place of the oldest loaded entry.
    pub fn first_place(&self) -> i64 {
        self.entries.first().map_or(i64::MAX, |entry| entry.place)
    }

    /// The place of the newest message or note: what a row of the inbox calls its latest.
    pub fn latest(&self) -> Option<i64> {
        let is_written =
            |entry: &&Arc<StaffEntryView>| !matches!(entry.content, StaffContent::Event(_));
        self.entries
            .iter()
            .rev()
            .find(is_written)
            .map(|entry| entry.place)
    }

    /// The place of the newest message or note that somebody other than `me` wrote.
    pub fn latest_of_others(&self, me: PersonId) -> Option<i64> {
        let of_others = |entry: &&Arc<StaffEntryView>| is_unread_sort(entry, me);
        self.entries
            .iter()
            .rev()
            .find(of_others)
            .map(|entry| entry.place)
    }

    /// The newest entry of a staff member other than `me`.
    pub fn newest_of_team(&self, me: PersonId) -> Option<&StaffEntryView> {
        let of_team =
            |entry: &&Arc<StaffEntryView>| entry.side == Side::Staff && entry.author.id != me;
        self.entries.iter().rev().find(of_team).map(AsRef::as_ref)
    }

    /// The place at which the reader goes on reading: of the first message or note that is unread.
    pub fn first_unread(&self, me: PersonId) -> Option<i64> {
        let unread =
            |entry: &&Arc<StaffEntryView>| entry.place > self.read && is_unread_sort(entry, me);
        self.entries.iter().find(unread).map(|entry| entry.place)
    }

    /// Whether an entry of `me` carries this idempotency key: the post has arrived.
    pub fn holds(&self, me: PersonId, key: &str) -> bool {
        let carries = |entry: &Arc<StaffEntryView>| {
            entry.author.id == me && entry_key(entry).is_some_and(|held| held.as_str() == key)
        };
        self.entries.iter().rev().any(carries)
    }

    fn take(&mut self, entry: StaffEntryView) {
        match self
            .entries
            .binary_search_by_key(&entry.place, |held| held.place)
        {
            Ok(at) => {
                if let Some(held) = self.entries.get_mut(at)
                    && held.change < entry.change
                {
                    *held = Arc::new(entry);
                }
            }
            // A change of an entry above what is loaded comes with its page.
            Err(0) if self.more_before => {}
            // What is newer than all that is loaded would leave a gap.
            Err(at) if self.more_after && at == self.entries.len() => {}
            Err(at) => {
                let ends_links = matches!(
                    entry.content,
                    StaffContent::Event(StaffEvent::LinksRevoked | StaffEvent::Claimed)
                );
                if ends_links {
                    self.links.clear();
                }
                self.entries.insert(at, Arc::new(entry));
            }
        }
    }
}

fn is_unread_sort(entry: &StaffEntryView, me: PersonId) -> bool {
    entry.author.id != me && !matches!(entry.content, StaffContent::Event(_))
}

fn entry_key(entry: &StaffEntryView) -> Option<&Key> {
    match &entry.content {
        StaffContent::Message { key, .. } | StaffContent::Note { key, .. } => key.as_ref(),
        StaffContent::Event(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::team::cast::{GUIDO, ME, change, event, message, note, talk};
    use pigeon_wire::note::Delivery;

    fn places(talk: &Talk) -> Vec<i64> {
        talk.entries.iter().map(|entry| entry.place).collect()
    }

    #[test]
    fn the_next_change_is_applied_and_its_repetition_known() {
        let mut open = talk(vec![message(1, GUIDO)]);
        let next = change(1, 2, vec![message(2, ME)]);
        assert_eq!(open.hear(next.clone()), Folded::Applied);
        assert_eq!(open.hear(next), Folded::Known);
        assert_eq!((places(&open), open.change), (vec![1, 2], 2));
    }

    #[test]
    fn a_gap_is_told_and_changes_nothing() {
        let mut open = talk(vec![message(1, GUIDO)]);
        let before = open.clone();
        assert_eq!(
            open.hear(change(2, 3, vec![message(3, GUIDO)])),
            Folded::Gap
        );
        assert_eq!(open, before);
        assert_eq!(
            open.hear(change(1, 3, vec![message(2, ME), message(3, GUIDO)])),
            Folded::Applied
        );
        assert_eq!(places(&open), [1, 2, 3]);
    }

    #[test]
    fn a_catch_up_that_overlaps_is_applied_once() {
        let mut open = talk(vec![message(1, GUIDO), message(2, ME)]);
        let overlap = change(1, 3, vec![message(2, ME), message(3, GUIDO)]);
        assert_eq!(open.hear(overlap), Folded::Applied);
        assert_eq!(places(&open), [1, 2, 3]);
    }

    #[test]
    fn a_changed_entry_keeps_its_place() {
        let mut open = talk(vec![message(1, GUIDO), message(2, ME)]);
        let mut mailed = message(2, ME);
        mailed.change = 3;
        if let StaffContent::Message { delivery, .. } = &mut mailed.content {
            *delivery = Some(Delivery::Sent);
        }
        assert_eq!(
            open.hear(change(2, 3, vec![mailed.clone()])),
            Folded::Applied
        );
        assert_eq!(open.entries.get(1).map(AsRef::as_ref), Some(&mailed));
        assert_eq!(places(&open), [1, 2]);
    }

    #[test]
    fn older_entries_come_above_once() {
        let mut open = talk(vec![message(5, GUIDO), message(6, ME)]);
        open.more_before = true;
        assert_eq!(
            open.hear(change(6, 7, vec![message(2, GUIDO)])),
            Folded::Applied
        );
        assert_eq!(places(&open), [5, 6]);
        open.prepend(vec![message(2, GUIDO), message(5, GUIDO)], false);
        assert_eq!(places(&open), [2, 5, 6]);
        assert!(!open.more_before);
    }

    #[test]
    fn newer_entries_come_below_once_and_nothing_skips_over_them() {
        let mut open = talk(vec![message(1, GUIDO), message(2, ME)]);
        (open.more_after, open.change) = (true, 4);
        assert_eq!(open.seen(), 2);
        let next = change(4, 5, vec![message(5, GUIDO)]);
        assert_eq!(open.hear(next), Folded::Applied);
        assert_eq!((places(&open), open.change), (vec![1, 2], 5));
        open.append(vec![message(2, ME), message(3, GUIDO)], true);
        assert_eq!((places(&open), open.more_after), (vec![1, 2, 3], true));
        open.append(vec![message(4, ME), message(5, GUIDO)], false);
        assert_eq!((places(&open), open.seen()), (vec![1, 2, 3, 4, 5], 5));
    }

    #[test]
    fn unread_begins_at_the_first_message_of_another() {
        let mut open = talk(vec![
            message(1, GUIDO),
            message(2, ME),
            event(3, GUIDO),
            note(4, GUIDO),
        ]);
        open.read = 1;
        assert_eq!(open.first_unread(ME), Some(4));
        assert_eq!(open.latest(), Some(4));
        assert_eq!(open.latest_of_others(GUIDO), Some(2));
        open.read = 4;
        assert_eq!(open.first_unread(ME), None);
    }

    #[test]
    fn a_post_has_arrived_when_its_key_has() {
        let open = talk(vec![message(1, GUIDO), message(2, ME), note(3, ME)]);
        assert!(open.holds(ME, "key-of-the-message-000002"));
        assert!(open.holds(ME, "key-of-the-message-000003"));
        assert!(!open.holds(ME, "key-of-the-message-000001"));
        assert!(!open.holds(GUIDO, "key-of-the-message-000002"));
    }

    #[test]
    fn revoked_links_are_gone() {
        for what in [StaffEvent::LinksRevoked, StaffEvent::Claimed] {
            let mut open = talk(vec![message(1, GUIDO)]);
            assert_eq!(open.links.len(), 1);
            let mut revoked = event(2, ME);
            revoked.content = StaffContent::Event(what);
            assert_eq!(open.hear(change(1, 2, vec![revoked])), Folded::Applied);
            assert!(open.links.is_empty());
        }
    }
}
