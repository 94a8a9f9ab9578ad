//! What the team does to threads as a whole, one or many at once, and what became of it. Each act
//! carries the state that its author saw; where somebody else was quicker, nothing is overwritten.

mod read;

use serde::{Deserialize, Serialize};

use crate::Fault;
use crate::id::{Millis, PersonId, ThreadId, WaitingId};
use crate::person::PersonRef;
use crate::tag::Tag;
use crate::thread::Status;

/// Most threads of one call.
pub const TASKS_MAX: usize = 100;

/// The longest that a thread may rest, in days.
pub const SNOOZE_DAYS_MAX: i64 = 366;

choice! {
    /// How long a thread rests, as pages offer it: by the clocks of whoever chooses.
    Rest {
        /// Three hours.
        Hours = "hours",
        /// Until tomorrow morning.
        Tomorrow = "tomorrow",
        /// Until the morning of the next Monday.
        Monday = "monday",
        /// Until the morning of the same day of next month.
        Month = "month",
    }
}

/// Something done to a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", try_from = "read::FlatAct")]
pub enum ThreadAct {
    /// Changes who looks after it.
    Assign {
        /// Who does, as the author saw it.
        from: Option<PersonId>,
        /// Who shall.
        to: Option<PersonId>,
    },
    /// Chooses its status.
    Status {
        /// The status that the author saw; without it, whatever it is.
        from: Option<Status>,
        /// The status that it shall have.
        to: Status,
    },
    /// Lets it rest until a moment, or wakes it.
    Snooze {
        /// Until when it rested, as the author saw it.
        was: Option<Millis>,
        /// Until when it shall; `None`: it is awake.
        until: Option<Millis>,
    },
    /// Gives it a tag, or takes one off.
    Tag {
        /// Which.
        tag: Tag,
        /// Whether it shall have it.
        on: bool,
    },
    /// Brings its mails to whoever acts, or no longer.
    Follow {
        /// Whether they come.
        on: bool,
    },
    /// Takes a reply of one's own back before it is sent.
    Unsend {
        /// Which.
        reply: WaitingId,
    },
    /// Sends a reply of one's own that waits or was stopped.
    Send {
        /// Which.
        reply: WaitingId,
        /// When; `None`: now.
        until: Option<Millis>,
        /// The last staff number that the author saw.
        seen: i64,
    },
    /// Puts it into the trash.
    Trash,
    /// Takes it out of the trash.
    Restore {
        /// The trashing that this undoes; without it, whichever it is.
        trashed_at: Option<Millis>,
    },
}

/// A thread given to somebody, with a word for them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandOver {
    /// Who looks after it, as the author saw it.
    pub from: Option<PersonId>,
    /// Who shall.
    pub to: Option<PersonId>,
    /// What they should know: a note, or nothing.
    pub note: String,
    /// The note's idempotency key.
    pub key: String,
}

/// An act on one of several threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Which thread.
    pub thread: ThreadId,
    /// What is done to it.
    #[serde(flatten)]
    pub act: ThreadAct,
}

/// What became of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", try_from = "read::FlatOutcome")]
pub enum Outcome {
    /// It is done.
    Done {
        /// What undoes it, unless somebody acts on the thread meanwhile.
        undo: ThreadAct,
    },
    /// It was so already.
    Nothing,
    /// Not done, and why.
    Refused {
        /// Why.
        fault: Fault,
    },
}

/// What somebody else has made of a thread meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Who did it last.
    pub by: Option<String>,
    /// How it is now.
    pub now: Standing,
}

/// How a thread stands in what an act wanted to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It has this status.
    Status(Status),
    /// This person looks after it, or nobody.
    Assignee(Option<PersonRef>),
    /// It rests until this moment, or not at all.
    Snoozed(Option<Millis>),
    /// It is in the trash, by a later act than the one that was meant.
    Trashed,
    /// The reply is sent.
    Sent,
    /// It was merged into this thread, where it goes on.
    Merged(ThreadId),
}

impl Outcome {
    /// What undoes the task, if it was done.
    pub const fn undo(&self) -> Option<ThreadAct> {
        match self {
            Self::Done { undo } => Some(*undo),
            Self::Nothing | Self::Refused { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_task_reads_as_one_object() {
        let task = Task {
            thread: ThreadId(Uuid::from_u128(1)),
            act: ThreadAct::Status {
                from: None,
                to: Status::Closed,
            },
        };
        let json = serde_json::to_value(task).unwrap();
        assert_eq!(json["act"], "status");
        assert_eq!(json["to"], "closed");
        assert_eq!(serde_json::from_value::<Task>(json).unwrap(), task);
        let fault = Fault::NotFound;
        let outcome = serde_json::to_value(Outcome::Refused { fault }).unwrap();
        assert_eq!(outcome["is"], "refused");
    }
}
