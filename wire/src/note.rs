//! What the team alone sees of a thread: notes, staff events, who knew whom how, delivery. Kept
//! apart from [`crate::message`] on purpose: nothing here is ever given to a guest or a user.

mod read;

use serde::{Deserialize, Serialize};

use crate::attachment::AttachmentView;
use crate::id::{AttachmentId, MessageId, Millis, ThreadId};
use crate::merge::MergeStep;
use crate::message::{KnownBy, PublicEvent};
use crate::person::PersonRef;
use crate::tag::Tag;
use crate::text::Key;
use crate::thread::{Side, Status};

/// An entry of a thread as the team sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffEntryView {
    /// Which entry.
    pub id: MessageId,
    /// Its fixed place in the staff order: the staff number with which it came.
    pub place: i64,
    /// The staff number of its last change.
    pub change: i64,
    /// When it was written.
    pub at: Millis,
    /// Who wrote or did it.
    pub author: PersonRef,
    /// On which side of this thread the author stands.
    pub side: Side,
    /// What it is.
    pub content: StaffContent,
}

/// What an entry is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    try_from = "read::FlatContent"
)]
pub enum StaffContent {
    /// A message that everybody in the thread sees.
    Message {
        /// The text; it may be empty where there are files.
        body: String,
        /// Its files.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<AttachmentView>,
        /// The author's idempotency key.
        key: Option<Key>,
        /// How its sender was known.
        known_by: KnownBy,
        /// What became of the mail to the customer, if one is owed.
        delivery: Option<Delivery>,
    },
    /// An internal note.
    Note {
        /// The text; it may be empty where there are files.
        body: String,
        /// Its files, as hidden from everybody else as the note is.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attachments: Vec<AttachmentView>,
        /// The author's idempotency key.
        key: Option<Key>,
    },
    /// Something happened.
    Event(StaffEvent),
}

/// What the team is told; the public events among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", try_from = "read::FlatEvent")]
pub enum StaffEvent {
    /// Told to everybody.
    Public {
        /// What.
        what: PublicEvent,
    },
    /// The assignee changed.
    Assigned {
        /// To whom; `None`: to nobody.
        to: Option<PersonRef>,
    },
    /// A staff member chose a status by hand, other than closing and reopening.
    StatusSet {
        /// Which.
        to: Status,
    },
    /// A staff member revoked the guest's links.
    LinksRevoked,
    /// A guest made an account and took the thread over.
    Claimed,
    /// A staff member put the thread into the trash.
    Trashed,
    /// A staff member took it out again.
    Restored,
    /// A staff member let it rest, or woke it.
    Snoozed {
        /// Until when; `None`: it is awake.
        until: Option<Millis>,
    },
    /// A staff member gave it a tag, or took one off.
    Tagged {
        /// Which.
        tag: Tag,
        /// Whether it has it now.
        on: bool,
    },
    /// It was merged with another thread of the same customer, or no longer is.
    Merged {
        /// Which other thread.
        with: ThreadId,
        /// Which of the two this one is.
        how: MergeStep,
    },
    /// A note stood here that is in another thread now.
    NoteMoved,
    /// It has rested for as long as the author of the event wanted.
    SnoozeEnded,
}

choice! {
    /// What became of a mail.
    Delivery {
        /// Waiting to be sent; above a cap it waits here, visibly.
        Queued = "queued",
        /// The mail server took it.
        Sent = "sent",
        /// The mail server could not be reached or asked to try later.
        Deferred = "deferred",
        /// Given up.
        Failed = "failed",
        /// Not needed: read meanwhile, or no longer allowed.
        Unneeded = "unneeded",
    }
}

/// A note as a page sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteForm {
    /// The text.
    pub body: String,
    /// The idempotency key.
    pub key: String,
    /// Files that its author has uploaded to this thread.
    pub attachments: Vec<AttachmentId>,
}
