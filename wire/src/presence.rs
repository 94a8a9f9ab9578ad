//! Who looks at a thread and who types in it, and who has read what, as the team sees it. Nothing
//! here is ever given to a guest or a user.

use serde::{Deserialize, Serialize};

use crate::id::{Millis, ThreadId};
use crate::person::PersonRef;
use crate::seen::{self, Seen};
use crate::thread::Side;

/// Milliseconds between two calls of a page that say that somebody still looks at a thread.
pub const LOOK_EVERY_MS: u32 = 5000;
/// Milliseconds after which whoever has not said so again counts as gone.
pub const LOOK_MS: i64 = 12_000;
/// Milliseconds between two calls of a page that say that somebody goes on typing.
pub const TYPING_EVERY_MS: u32 = 2500;
/// Milliseconds after which whoever has not said so again counts as no longer typing.
pub const TYPING_MS: i64 = 6000;

choice! {
    /// What somebody of the team does on a thread's page.
    Doing {
        /// Sees it.
        Looking = "looking",
        /// Types a reply.
        Replying = "replying",
        /// Types a note.
        Noting = "noting",
    }
}

choice! {
    /// What somebody of the team types.
    Pen {
        /// A reply: the customer sees that it is being typed.
        Reply = "reply",
        /// A note: only the team does.
        Note = "note",
    }
}

/// Somebody of the team at a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Present {
    /// Who.
    pub who: PersonRef,
    /// What they do.
    pub doing: Doing,
}

/// Everybody at one thread, whole: it replaces what was told before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThreadPresence {
    /// Which thread.
    pub thread: ThreadId,
    /// Who of the team is there, by name.
    pub people: Vec<Present>,
    /// Whether the customer types.
    pub customer_types: bool,
}

impl ThreadPresence {
    /// Whether nobody is there.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && !self.customer_types
    }
}

/// One step of somebody's read position.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "FlatReceipt")]
pub struct Receipt {
    /// Who.
    pub who: PersonRef,
    /// On which side of the thread they read.
    pub side: Side,
    /// Up to which place of the staff order, and when.
    #[serde(flatten)]
    pub seen: Seen,
}

/// A step as it is read, with its members side by side.
#[derive(Deserialize)]
struct FlatReceipt {
    who: PersonRef,
    side: Side,
    upto: i64,
    at: Millis,
}

impl From<FlatReceipt> for Receipt {
    fn from(flat: FlatReceipt) -> Self {
        let FlatReceipt {
            who,
            side,
            upto,
            at,
        } = flat;
        Self {
            who,
            side,
            seen: Seen { upto, at },
        }
    }
}

/// Everybody but `author` who has seen what stands at `place`, and when first, in that order.
pub fn seen_by<'r>(
    receipts: impl Iterator<Item = &'r Receipt> + Clone,
    place: i64,
    author: crate::PersonId,
) -> Vec<(&'r PersonRef, Side, Millis)> {
    let steps = receipts.clone().map(|receipt| receipt.seen);
    if !seen::is_known(steps, place) {
        return Vec::new();
    }
    let mut by: Vec<(&PersonRef, Side, Millis)> = Vec::new();
    let others = receipts.filter(|one| one.who.id != author && one.seen.upto >= place);
    for one in others {
        match by.iter_mut().find(|(who, ..)| who.id == one.who.id) {
            Some((_, _, at)) => *at = one.seen.at.min(*at),
            None => by.push((&one.who, one.side, one.seen.at)),
        }
    }
    by.sort_by_key(|(_, _, at)| *at);
    by
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::PersonId;
    use uuid::Uuid;

    fn receipt(who: u128, upto: i64, at: i64) -> Receipt {
        Receipt {
            who: PersonRef {
                id: PersonId(Uuid::from_u128(who)),
                name: who.to_string(),
            },
            side: Side::Staff,
            seen: Seen {
                upto,
                at: Millis(at),
            },
        }
    }

    #[test]
    fn a_message_was_seen_when_somebody_first_read_so_far() {
        let all = [
            receipt(1, 3, 30),
            receipt(1, 5, 50),
            receipt(2, 5, 40),
            receipt(3, 9, 90),
        ];
        let told = |place| {
            let by = seen_by(all.iter(), place, PersonId(Uuid::from_u128(3)));
            by.iter()
                .map(|(who, _, at)| (who.name.clone(), at.0))
                .collect::<Vec<_>>()
        };
        assert_eq!(told(3), [("1".to_owned(), 30), ("2".to_owned(), 40)]);
        assert_eq!(told(5), [("2".to_owned(), 40), ("1".to_owned(), 50)]);
        assert_eq!(told(6), []);
    }
}
