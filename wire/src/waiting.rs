//! Replies that wait: to be sent later, or for the few seconds in which their author can take them back.
//! Only the team ever knows of one.

use serde::{Deserialize, Serialize};

use crate::attachment::AttachmentView;
use crate::id::{Millis, ThreadId, WaitingId};
use crate::person::PersonRef;

/// The longest that a reply may wait, in days.
pub const SEND_DAYS_MAX: i64 = 366;
/// Most replies that wait in one thread: its pages carry all of them.
pub const WAITING_IN_THREAD_MAX: i64 = 10;
/// Most replies of one person that wait: nobody plans more, and a program in a loop ends here.
pub const WAITING_OF_PERSON_MAX: i64 = 200;
/// The seconds for which somebody can choose to be able to take a reply back; 0 is not at all.
pub const UNDO_CHOICES_S: [i64; 5] = [0, 5, 10, 20, 30];

/// When a reply is posted, where that is not at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SendWhen {
    /// As soon as its author can no longer take it back, which they can where nobody of the customer's
    /// side has the conversation open.
    Undoable,
    /// At this moment.
    At(Millis),
}

/// A reply that waits, as the team sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingView {
    /// Which.
    pub id: WaitingId,
    /// Who wrote it.
    pub author: PersonRef,
    /// The text; it may be empty where there are files.
    pub body: String,
    /// Its files, which nobody can open before it is posted.
    pub attachments: Vec<AttachmentView>,
    /// When it is posted.
    pub due: Millis,
    /// Whether it waits only so that it can be taken back.
    pub undo: bool,
    /// Whether it closes the thread.
    pub close: bool,
    /// That it was not posted when it was time, and who wrote meanwhile; nobody's name where it might
    /// not be posted any more.
    pub stopped: Option<String>,
}

/// A reply of the reader's own that waits in some thread, or was stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnWaiting {
    /// In which thread.
    pub thread: ThreadId,
    /// The thread's subject, if it has one.
    pub subject: Option<String>,
    /// The customer's name.
    pub customer: String,
    /// The text; empty where files say it all.
    pub body: String,
    /// When it is posted.
    pub due: Millis,
    /// As [`WaitingView::stopped`].
    pub stopped: Option<String>,
}
