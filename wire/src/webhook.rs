//! Web hooks: addresses elsewhere that are told what happens here, as whoever manages settings sees
//! them. What they are told is in [`news`].

pub mod news;

use serde::{Deserialize, Serialize};

use crate::id::{DeliveryId, Millis, WebhookId};

/// Web hooks of one house: each of them costs every post a row.
pub const HOOKS_MAX: i64 = 20;
/// Most characters of a hook's address.
pub const URL_CHARS_MAX: usize = 2000;
/// Deliveries on one page of a hook's log.
pub const DELIVERIES_PAGE: i64 = 50;
/// Most failed deliveries that are sent again in one go.
pub const REPLAY_MAX: i64 = 200;
/// Up to how many deliveries are counted; beyond it, it says "more".
pub const DELIVERIES_COUNTED: i64 = 1000;
/// What every secret of a hook begins with (the Standard Webhooks' form).
pub const SECRET_PREFIX: &str = "whsec_";

choice! {
    /// What a hook can be told.
    HookEvent {
        /// Somebody wrote; to hooks of the team, notes too.
        MessageCreated = "message.created",
        /// A thread was started.
        ThreadCreated = "thread.created",
        /// A thread's status moved, by a message or by hand.
        StatusChanged = "thread.status_changed",
        /// A thread was given to somebody, or to nobody. Told to hooks of the team alone.
        Assigned = "thread.assigned",
    }
}

impl HookEvent {
    /// Whether only hooks of the team are told it: who looks after a thread is nothing that
    /// everybody in it sees.
    pub const fn is_for_team(self) -> bool {
        matches!(self, Self::Assigned)
    }
}

choice! {
    /// What is wrong with a hook that was to be made.
    HookWrong {
        /// Its name is missing, too long, or holds what no name holds.
        Name = "name",
        /// Its address is none: a scheme, a host, no user, no fragment.
        Address = "address",
        /// Its address is plain http, which this server does not allow.
        Http = "http",
        /// Its address is one of a private network, which this server does not allow.
        Private = "private",
        /// No event was chosen.
        NoEvent = "no_event",
        /// An event was chosen that only hooks of the team are told.
        TeamOnly = "team_only",
    }
}

choice! {
    /// How far a delivery has come, by the word in which it is stored.
    DeliveryState {
        /// Waiting for its turn.
        Queued = "queued",
        /// On its way.
        Leased = "leased",
        /// To be tried again.
        Deferred = "deferred",
        /// The receiver has taken it.
        Sent = "sent",
        /// Given up.
        Failed = "dead",
        /// Not sent: its thread was in the trash when it was due.
        Dropped = "dropped",
    }
}

impl DeliveryState {
    /// Whether nothing more is done by itself.
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Sent | Self::Failed | Self::Dropped)
    }
}

/// What somebody types to make a hook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HookForm {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// Whether it is told what the team alone sees, notes among it.
    pub team: bool,
    /// What it is told.
    pub events: Vec<HookEvent>,
}

/// A hook as whoever manages settings sees it: never the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HookView {
    /// Which.
    pub id: WebhookId,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// Whether it is told what the team alone sees.
    pub team: bool,
    /// What it is told.
    pub events: Vec<HookEvent>,
    /// Whether it is told anything now.
    pub active: bool,
    /// When its receiver said that it is gone, if that is why it is off.
    pub gone_at: Option<Millis>,
    /// When it was made.
    pub created_at: Millis,
    /// Who made it.
    pub created_by: String,
    /// How many deliveries were given up, up to [`DELIVERIES_COUNTED`].
    pub failed: i64,
    /// How many wait or are on their way, up to [`DELIVERIES_COUNTED`].
    pub waiting: i64,
}

/// A delivery in a hook's log. Nothing of what stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct DeliveryLine {
    /// Which: the `webhook-id` that its receiver sees.
    pub id: DeliveryId,
    /// What it tells.
    pub event: HookEvent,
    /// How far it has come.
    pub state: DeliveryState,
    /// How often it was tried since it was last put on its way.
    pub attempts: i64,
    /// The status of the last answer, if there was one.
    pub status: Option<i64>,
    /// The beginning of the last answer, or why there was none.
    pub answer: Option<String>,
    /// When what it tells happened.
    pub created_at: Millis,
    /// When it is tried next, where it waits.
    pub due_at: Millis,
    /// When it was settled.
    pub settled_at: Option<Millis>,
}

/// Where a page of a log goes on: after this delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryCursor {
    /// When what it tells happened.
    pub at: Millis,
    /// Which.
    pub id: DeliveryId,
}

/// A page of a hook's log, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryPage {
    /// Whose.
    pub hook: HookView,
    /// The deliveries.
    pub lines: Vec<DeliveryLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<DeliveryCursor>,
}

impl std::fmt::Display for DeliveryCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at.0, self.id)
    }
}

impl std::str::FromStr for DeliveryCursor {
    type Err = crate::choice::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = crate::choice::UnknownWord;
        let (at, id) = text.split_once('-').ok_or(unknown)?;
        Ok(Self {
            at: Millis(at.parse().map_err(|_| unknown)?),
            id: id.parse().map_err(|_| unknown)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_from_an_address() {
        let cursor = DeliveryCursor {
            at: Millis(42),
            id: DeliveryId(uuid::Uuid::from_u128(7)),
        };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "1", "x-1", "1-x"] {
            assert!(text.parse::<DeliveryCursor>().is_err(), "{text}");
        }
    }
}
