//! What travels over the live line `/api/v1/live`, as JSON text frames: over a socket, or by plain requests
//! where none can be had. Described for people in `docs/LIVE.md`.
//!
//! Numbered frames carry (previous, this) of their audience: a page that holds `prev` applies the
//! frame and holds `now`; one that holds `now` or more skips it; one that holds less than `prev`
//! has missed something and asks by number.

use serde::{Deserialize, Serialize};

use crate::draft::DraftKept;
use crate::id::ThreadId;
use crate::inbox::{InboxRow, ViewCounts};
use crate::mailbox::{MailboxCounts, MailboxRow, SeenBy, UserEntry};
use crate::message::EntryView;
use crate::note::StaffEntryView;
use crate::person::PersonRef;
use crate::presence::{Pen, Receipt, ThreadPresence};
use crate::seen::Seen;
use crate::thread::{PublicHead, StaffHead};

/// Version of the protocol, told in the first frame.
pub const VERSION: u32 = 1;
/// Milliseconds between two beats of the server. A page that hears nothing for
/// [`SILENCE_MS`] reconnects.
pub const BEAT_MS: u32 = 20_000;
/// Milliseconds of silence after which a side takes the line for dead: two beats and a little.
pub const SILENCE_MS: u32 = 45_000;
/// Most bytes of a frame that a client sends.
pub const CALL_BYTES_MAX: usize = 4096;
/// Most calls that a client without a socket hands in at once.
pub const CALLS_AT_ONCE_MAX: usize = 32;
/// Frames that may wait for one line; one that falls further behind is hung up.
pub const BACKLOG_FRAMES_MAX: usize = 256;
/// Most threads that one line watches at once.
pub const WATCHES_MAX: usize = 16;

/// Close codes of the live socket, of the range that RFC 6455 section 7.4.2 leaves to applications
/// but for 1012 of the IANA registry.
pub mod close {
    /// The server is going down and will be back: come back soon.
    pub const RESTART: u16 = 1012;
    /// The session, link or right behind this socket has ended: do not come back with it.
    pub const REVOKED: u16 = 4001;
    /// The client fell too far behind or broke the protocol's bounds: come back and catch up.
    pub const BEHIND: u16 = 4008;
    /// The client sent what this protocol does not know.
    pub const MALFORMED: u16 = 4002;
}

/// What changed in one thread, for one audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change<H, E> {
    /// Which thread.
    pub thread: ThreadId,
    /// The audience's number before.
    pub prev: i64,
    /// The audience's number with this change.
    pub now: i64,
    /// The thread as it is now.
    pub head: H,
    /// The entries that are new or changed, in the order of their numbers.
    pub entries: Vec<E>,
}

/// A change as guests and users hear it.
pub type PublicChange = Change<PublicHead, EntryView>;
/// A change as users hear it in their own threads.
pub type UserChange = Change<PublicHead, UserEntry>;
/// A change as the team hears it.
pub type StaffChange = Change<StaffHead, StaffEntryView>;

/// Frames to a guest's page. No variant could hold a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum GuestFrame {
    /// The first frame.
    Hello {
        /// Version of the protocol.
        version: u32,
        /// Milliseconds between two beats.
        beat_ms: u32,
    },
    /// Something changed in the thread.
    Change(PublicChange),
    /// What has no number: who types, and what the team has seen.
    Whisper(PublicWhisper),
    /// What pages show of the settings has changed: load anew.
    Settings,
    /// The line is alive.
    Beat,
}

/// The frame of changed settings as it travels, alike to guests and to the team: a page of theirs
/// that has no frame reader knows it by its text.
pub const SETTINGS_FRAME: &str = r#"{"t":"settings"}"#;

/// Frames to a page of somebody who stands on the customer's side of their own threads. No variant
/// could hold a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum UserFrame {
    /// The first frame.
    Hello {
        /// Version of the protocol.
        version: u32,
        /// Milliseconds between two beats.
        beat_ms: u32,
        /// What the server's pages are made of: a page that hears of another one than before is old.
        build: String,
    },
    /// Something changed in one of the reader's threads.
    Change(UserChange),
    /// A row of the reader's list is now this.
    Row(MailboxRow),
    /// A thread is on the reader's list no longer.
    Gone {
        /// Which thread.
        thread: ThreadId,
    },
    /// How much waits for the reader is now this.
    Counts(MailboxCounts),
    /// Steps of others' read positions in one of the reader's threads: to be added to those known.
    Seen {
        /// Which thread.
        thread: ThreadId,
        /// The steps.
        seen: Vec<SeenBy>,
    },
    /// Who of the team types a reply in one of the reader's threads now.
    Typing {
        /// Which thread.
        thread: ThreadId,
        /// The display name; `None`: nobody does.
        by: Option<String>,
    },
    /// Somebody else is at a direct thread now. Told again while they go on, and never that they have
    /// gone: a sign runs out ([`crate::presence::LOOK_MS`], [`crate::presence::TYPING_MS`]).
    Sign {
        /// Which thread.
        thread: ThreadId,
        /// Who.
        who: PersonRef,
        /// Whether they type, or only look.
        types: bool,
    },
    /// What pages show of the settings has changed: load anew.
    Settings,
    /// The line is alive.
    Beat,
}

/// What a guest hears beside the numbers. It has no place for who looks at the thread, nor for a
/// note that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicWhisper {
    /// The display name of whoever of the team types a reply now; `None`: nobody does.
    pub typing: Option<String>,
    /// Steps of the team's read position, in places of the public order: to be added to those known.
    pub seen: Vec<Seen>,
}

/// Frames to a signed-in staff member's page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum StaffFrame {
    /// The first frame.
    Hello {
        /// Version of the protocol.
        version: u32,
        /// Milliseconds between two beats.
        beat_ms: u32,
        /// What the server's pages are made of: a page that hears of another one than before is old.
        build: String,
    },
    /// Something changed in a watched thread.
    Change(StaffChange),
    /// A row of the inbox changed.
    Row(InboxRow),
    /// The reader's badge is now this.
    Badge {
        /// How many threads need a reply from the reader.
        count: i64,
    },
    /// The reader's views now hold so many threads.
    Counts(ViewCounts),
    /// So many threads of each of the reader's views are unread for them.
    Unread(ViewCounts),
    /// A thread is gone for good.
    Gone {
        /// Which thread.
        thread: ThreadId,
    },
    /// The reader has read a thread up to `upto`, here or in another window.
    Read {
        /// Which thread.
        thread: ThreadId,
        /// Up to which place of the staff order.
        upto: i64,
    },
    /// What the reader may do has changed: ask anew.
    Rights,
    /// What pages show of the settings has changed: load anew.
    Settings,
    /// Who is at a thread now: all of them.
    Presence(ThreadPresence),
    /// Who is where: every thread at which somebody is. A line begins with nobody anywhere.
    Presences {
        /// The threads.
        threads: Vec<ThreadPresence>,
    },
    /// The reader writes something, here or in another window.
    Draft(DraftKept),
    /// Steps of read positions in a watched thread: to be added to those known.
    Receipts {
        /// Which thread.
        thread: ThreadId,
        /// The steps.
        receipts: Vec<Receipt>,
    },
    /// The line is alive.
    Beat,
}

/// What a guest's page says: its thread stands in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum GuestCall {
    /// The guest types. Said again while they go on.
    Typing,
    /// The client's own sign of life.
    Beat,
}

/// What a page says that shows somebody their own threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum UserCall {
    /// Send what has changed in this thread after `after`.
    CatchUp {
        /// Which thread.
        thread: ThreadId,
        /// The last number that the page holds.
        after: i64,
    },
    /// Somebody sees the page of this thread now. Said again while they go on.
    Look {
        /// Which thread.
        thread: ThreadId,
    },
    /// The reader types in this thread. Said again while they go on.
    Typing {
        /// Which thread.
        thread: ThreadId,
    },
    /// The client's own sign of life.
    Beat,
}

/// What the page of a signed-in user says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum LiveCall {
    /// Send rows of the inbox and the badge from now on.
    Inbox,
    /// Send the changes of this thread: first those after `after`, then each as it comes.
    Watch {
        /// Which thread.
        thread: ThreadId,
        /// The last number that the page holds.
        after: i64,
    },
    /// Stop sending the changes of this thread.
    Unwatch {
        /// Which thread.
        thread: ThreadId,
    },
    /// Somebody sees the page of this thread now, or of none. Said again while they go on.
    Look {
        /// Which thread.
        thread: Option<ThreadId>,
    },
    /// The reader types in this thread. Said again while they go on.
    Typing {
        /// Which thread.
        thread: ThreadId,
        /// What is typed.
        pen: Pen,
    },
    /// The client's own sign of life.
    Beat,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changed_settings_are_told_alike_to_guests_and_team() {
        let told = |json: Result<String, serde_json::Error>| json.unwrap();
        assert_eq!(
            told(serde_json::to_string(&GuestFrame::Settings)),
            SETTINGS_FRAME
        );
        assert_eq!(
            told(serde_json::to_string(&StaffFrame::Settings)),
            SETTINGS_FRAME
        );
    }
}
