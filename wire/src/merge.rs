//! Merging two threads of one customer: what is told of it, and why it is refused.

use serde::Serialize;

use crate::id::{DAY_MS, Millis, ThreadId};
use crate::thread::Status;

/// How long a merge can be undone.
pub const MERGE_UNDO_MS: i64 = 30 * DAY_MS;
/// Most messages and notes that one merge moves: all of them move in one unit.
pub const MERGE_ENTRIES_MAX: usize = 1000;
/// Threads among which somebody chooses.
pub const MERGE_CHOICES_MAX: i64 = 50;

choice! {
    /// What a merge was to one of its threads.
    MergeStep {
        /// This thread went into the other.
        Into = "into",
        /// The other thread came into this one.
        In = "in",
        /// They are apart again.
        Apart = "apart",
    }
}

choice! {
    /// Why two threads are not merged, or not parted.
    MergeRefusal {
        /// A thread and itself.
        Same = "same_thread",
        /// They are not of one customer.
        OtherCustomer = "other_customer",
        /// The address of one of them is not verified: whoever holds its link would read the other.
        Unverified = "address_not_verified",
        /// The one that would go is merged into another already.
        Merged = "merged_already",
        /// The one that would stay is merged into another itself.
        TargetMerged = "target_merged",
        /// One of them is in the trash.
        Trashed = "in_the_trash",
        /// A message of it waits in the quarantine.
        Caught = "in_the_quarantine",
        /// More messages and notes than one merge moves.
        TooLong = "too_long",
        /// There is no merge to undo.
        NotMerged = "not_merged",
        /// It was merged too long ago.
        TooLate = "too_late",
    }
}

impl ThreadId {
    /// A short name for a thread, by which people tell it from others: `#` and the last of its digits.
    pub fn mark(self) -> String {
        let digits = self.to_string();
        ["#", digits.get(26..).unwrap_or_default()].concat()
    }
}

/// A thread as it is offered for a merge, or named by one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MergeThread {
    /// Which thread.
    pub id: ThreadId,
    /// Its subject, if any.
    pub subject: Option<String>,
    /// Its status.
    pub status: Status,
    /// Whether its customer's address is verified.
    pub verified: bool,
    /// When somebody wrote in it last.
    pub active_at: Millis,
    /// How many messages it has.
    pub messages: i64,
}

/// The merge in which a thread went into another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// Where it went.
    pub into: MergeThread,
    /// Who merged it.
    pub by: String,
    /// When.
    pub at: Millis,
    /// Why it can no longer be undone, if it cannot.
    pub stays: Option<MergeRefusal>,
}

/// What the team can do with a thread and others of its customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MergeDesk {
    /// The thread.
    pub thread: MergeThread,
    /// Whether its customer is a guest.
    pub guest: bool,
    /// The merge that it stands in, if it does.
    pub merged: Option<Merged>,
    /// The threads that it could be merged into, the newest first.
    pub choices: Vec<MergeThread>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_mark_is_short_and_by_the_digits_that_differ() {
        assert_eq!(ThreadId(Uuid::from_u128(0xabc_def)).mark(), "#abcdef");
    }
}
