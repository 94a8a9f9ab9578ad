//! A guest's conversation.

use pigeon_wire::live::PublicWhisper;
use pigeon_wire::message::{Content, EntryView};
use pigeon_wire::seen::{Seen, learn};
use pigeon_wire::thread::{GuestThread, Side};

use super::conversation::Conversation;

/// A conversation as its guest's page holds it.
pub type GuestTalk = Conversation<EntryView, Seen>;

impl GuestTalk {
    /// The conversation as the page was opened with it.
    pub fn new(thread: &GuestThread) -> Self {
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

    /// Takes in what has no number.
    pub fn hear(&mut self, whisper: PublicWhisper) {
        self.typing = whisper.typing;
        learn(&mut self.seen, whisper.seen);
    }

    /// The place of the newest message of the team: what there is to read.
    pub fn to_read(&self) -> Option<i64> {
        self.newest_message(|entry| {
            matches!(
                entry.content,
                Content::Message {
                    side: Side::Staff,
                    ..
                }
            )
        })
    }
}
