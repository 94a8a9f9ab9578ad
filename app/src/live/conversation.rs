//! A conversation as a page on its customer's side holds it, a guest's or a user's: what the server
//! told, and the replies that are still on their way. Pure: signals, socket and screen stand
//! elsewhere.

use pigeon_wire::id::Millis;
use pigeon_wire::live::Change;
use pigeon_wire::message::{Content, EntryView, Posted, ReplyForm};
use pigeon_wire::thread::PublicHead;

/// An entry as such a page is told it.
pub trait Told {
    /// What everybody in the thread sees of it.
    fn view(&self) -> &EntryView;
}

impl Told for EntryView {
    fn view(&self) -> &EntryView {
        self
    }
}

/// A conversation and what is on its way into it; `E` are its entries, `S` the steps of others'
/// read positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation<E, S> {
    /// The thread as last told.
    pub head: PublicHead,
    /// The public number that this page holds.
    pub change: i64,
    /// The entries that this page holds, in the order of their places.
    pub entries: Vec<E>,
    /// Whether there are older entries than these.
    pub more_before: bool,
    /// Replies whose stored copy has not come yet, in the order in which they were sent.
    pub pending: Vec<Pending>,
    /// How far others had read, and when.
    pub seen: Vec<S>,
    /// Who else types a reply.
    pub typing: Option<String>,
}

/// A reply whose stored copy has not come yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// What was sent, under the key that makes a second try the same message.
    pub form: ReplyForm,
    /// When it was sent, by the browser's clock until the server told its own.
    pub at: Millis,
    /// How it fares.
    pub state: PendingState,
}

/// How a reply on its way fares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PendingState {
    /// No answer yet.
    Sending,
    /// Stored; the live line has not brought it yet.
    Sent,
    /// It did not get through, or was refused for this reason.
    Failed(Option<pigeon_wire::Fault>),
}

/// What became of a change that was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Folded {
    /// The page holds it now.
    Taken,
    /// The page held it already.
    Known,
    /// Something before it is missing: ask for everything after the number held.
    Gap,
}

impl<E: Told, S> Conversation<E, S> {
    /// Folds what the live line brought.
    pub fn fold(&mut self, change: Change<PublicHead, E>) -> Folded {
        if change.thread != self.head.id || change.now <= self.change {
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
        Folded::Taken
    }

    /// Puts older entries before those held.
    pub fn older(&mut self, entries: Vec<E>, more: bool) {
        self.more_before = more;
        let held = self.first().unwrap_or(i64::MAX);
        let mut older: Vec<_> = entries
            .into_iter()
            .filter(|entry| entry.view().place < held)
            .collect();
        older.append(&mut self.entries);
        self.entries = older;
    }

    /// A reply leaves: for the first time, or once more under its old key.
    pub fn send(&mut self, form: ReplyForm, at: Millis) {
        if let Some(pending) = self.pending_mut(&form.key) {
            pending.state = PendingState::Sending;
        } else {
            self.pending.push(Pending {
                form,
                at,
                state: PendingState::Sending,
            });
        }
    }

    /// A reply was stored.
    pub fn posted(&mut self, key: &str, posted: &Posted) {
        if let Some(pending) = self.pending_mut(key) {
            pending.state = PendingState::Sent;
            pending.at = posted.at;
        }
    }

    /// A reply did not get through. One whose stored copy has come meanwhile did after all.
    pub fn failed(&mut self, key: &str, fault: Option<pigeon_wire::Fault>) {
        if let Some(pending) = self.pending_mut(key) {
            pending.state = PendingState::Failed(fault);
        }
    }

    /// Takes a reply back, to be edited.
    pub fn take_back(&mut self, key: &str) -> Option<Pending> {
        let index = self
            .pending
            .iter()
            .position(|pending| pending.form.key == key)?;
        Some(self.pending.remove(index))
    }

    /// The place of the oldest entry that the page holds.
    pub fn first(&self) -> Option<i64> {
        self.entries.first().map(|first| first.view().place)
    }

    /// The place of the newest message that fits: of others', it is what there is to read.
    pub fn newest_message(&self, fits: impl Fn(&E) -> bool) -> Option<i64> {
        let is_message =
            |entry: &&E| matches!(entry.view().content, Content::Message { .. }) && fits(entry);
        let newest = self.entries.iter().rev().find(is_message);
        newest.map(|entry| entry.view().place)
    }

    fn take(&mut self, entry: E) {
        let view = entry.view();
        if let Content::Message { key: Some(key), .. } = &view.content {
            self.pending
                .retain(|pending| pending.form.key != key.as_str());
        }
        // Entries are looked up by their fixed place, which orders them too.
        match self
            .entries
            .binary_search_by_key(&view.place, |held| held.view().place)
        {
            Ok(index) => {
                if let Some(held) = self.entries.get_mut(index)
                    && held.view().change < view.change
                {
                    *held = entry;
                }
            }
            // An older entry that changed, but stands before those held: it comes, changed, with
            // the older ones.
            Err(0) if self.more_before => {}
            Err(index) => self.entries.insert(index, entry),
        }
    }

    fn pending_mut(&mut self, key: &str) -> Option<&mut Pending> {
        self.pending
            .iter_mut()
            .find(|pending| pending.form.key == key)
    }
}

#[cfg(test)]
#[path = "conversation_tests.rs"]
mod tests;
