//! A user's conversation: with the team, or with other users.

use pigeon_wire::PersonId;
use pigeon_wire::mailbox::{SeenBy, UserEntry, UserThread};
use pigeon_wire::message::EntryView;

use super::conversation::{Conversation, Told};

/// A conversation as the page of somebody on its customer's side holds it.
pub type UserTalk = Conversation<UserEntry, SeenBy>;

impl Told for UserEntry {
    fn view(&self) -> &EntryView {
        &self.entry
    }
}

impl UserTalk {
    /// The conversation as the page was opened with it.
    pub fn opened(thread: &UserThread) -> Self {
        Self {
            head: thread.head.clone(),
            change: thread.change,
            entries: thread.entries.clone(),
            more_before: thread.more_before,
            pending: Vec::new(),
            seen: thread.seen.clone(),
            typing: None,
        }
    }

    /// The place of the newest message that somebody else than `me` wrote: what there is to read.
    pub fn unread_by(&self, me: PersonId) -> Option<i64> {
        self.newest_message(|entry| entry.by != Some(me))
    }
}
