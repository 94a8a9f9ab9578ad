//! The outbox as whoever looks after mail sees it: what is owed, to whom, what became of it. Never
//! what stands in a mail.

use serde::{Deserialize, Serialize};

use crate::id::{Millis, OutboxId, ThreadId};

/// Mails on one page of the list.
pub const MAILS_PAGE: i64 = 50;
/// Most failed mails that are tried again in one go.
pub const RETRY_ALL_MAX: i64 = 200;

choice! {
    /// What sort of mail is owed.
    MailKind {
        /// About new messages in a thread.
        NewMessage = "new_message",
        /// The private link of a thread that a guest has just started.
        GuestStarted = "guest_started",
        /// Links to all threads of an address.
        GuestLinks = "guest_links",
        /// An invitation to make an account.
        Invitation = "invitation",
        /// To owners: somebody may read others' direct threads now.
        ReadDirect = "read_direct",
        /// To whoever was given a thread by somebody else.
        Assigned = "assigned",
        /// The link that proves an address: for an account to be made, or moved.
        ConfirmAddress = "confirm_address",
        /// The link to a new password.
        ResetPassword = "reset_password",
        /// To an address that an account has just left.
        AddressChanged = "address_changed",
        /// To whoever wants one mail a day: all that was not read.
        Digest = "digest",
    }
}

choice! {
    /// How far a mail has come, by the word in which it is stored.
    MailState {
        /// Given up: the mail server refused it for good, or for too long.
        Failed = "dead",
        /// To be tried again: the mail server asked to, could not be reached, or a cap is met.
        Deferred = "deferred",
        /// Waiting for its time.
        Queued = "queued",
        /// On its way to the mail server.
        Leased = "leased",
        /// The mail server has taken it.
        Sent = "sent",
        /// Nobody wanted it any more, or somebody cancelled it.
        Dropped = "dropped",
    }
}

choice! {
    /// Which mails are listed.
    MailView {
        /// Those that failed, then those that were put off.
        Trouble = "trouble",
        /// Those that wait for their time or are on their way.
        Waiting = "waiting",
        /// Those that were sent, newest first.
        Sent = "sent",
        /// Those that were not needed.
        Dropped = "dropped",
    }
}

/// A mail in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailLine {
    /// Which.
    pub id: OutboxId,
    /// What sort.
    pub kind: MailKind,
    /// How far it has come.
    pub state: MailState,
    /// The address; none where links were asked for an address that nobody has.
    pub address: Option<String>,
    /// The recipient's name, where it is a person.
    pub name: Option<String>,
    /// The support thread that it is about, if there is one to be opened.
    pub thread: Option<ThreadId>,
    /// The mail server's words, or why nothing was sent.
    pub answer: Option<String>,
    /// How often it was tried.
    pub attempts: i64,
    /// Since when it is owed.
    pub created_at: Millis,
    /// When it is tried next, where it is; else when it was settled.
    pub due_at: Millis,
    /// When it was sent.
    pub sent_at: Option<Millis>,
}

/// What became of one message's mail to the customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailFate {
    /// How far it has come.
    pub state: MailState,
    /// The mail server's words, or why nothing was sent.
    pub answer: Option<String>,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next, where it is; else when it was settled.
    pub due_at: Millis,
}

/// How many mails stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct MailCounts {
    /// Given up.
    pub failed: i64,
    /// To be tried again.
    pub deferred: i64,
    /// Waiting for their time, or on their way.
    pub waiting: i64,
    /// Sent within the last day.
    pub sent_today: i64,
}

/// Where a page of mails goes on: after this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailCursor {
    /// Its state, by which the list is parted.
    pub state: MailState,
    /// The moment by which it is sorted.
    pub at: Millis,
    /// Which.
    pub id: OutboxId,
}

/// How mails leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailWay {
    /// Through a mail server, at this host and port.
    Relay(String),
    /// Into files of this folder, because no mail server is configured.
    Folder(String),
    /// Nowhere: they are kept in memory, in tests.
    Memory,
}

/// A page of mails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailPage {
    /// Which mails.
    pub view: MailView,
    /// How many stand where.
    pub counts: MailCounts,
    /// How mails leave.
    pub way: MailWay,
    /// The mails.
    pub lines: Vec<MailLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<MailCursor>,
}

/// What became of a test mail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// To whom.
    pub to: String,
    /// How it left.
    pub way: MailWay,
    /// When.
    pub at: Millis,
    /// Why it was not taken, in the mail server's words; `None`: it was.
    pub refusal: Option<String>,
}

impl std::fmt::Display for MailCursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", self.state, self.at.0, self.id)
    }
}

impl std::str::FromStr for MailCursor {
    type Err = crate::choice::UnknownWord;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = crate::choice::UnknownWord;
        let mut parts = text.splitn(3, '-');
        let mut part = || parts.next().ok_or(unknown);
        Ok(Self {
            state: part()?.parse()?,
            at: Millis(part()?.parse().map_err(|_| unknown)?),
            id: part()?.parse().map_err(|_| unknown)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_from_an_address() {
        let cursor = MailCursor {
            state: MailState::Deferred,
            at: Millis(42),
            id: OutboxId(uuid::Uuid::from_u128(7)),
        };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "dead", "dead-x-y", "x-1-2", "dead-1-2"] {
            assert!(text.parse::<MailCursor>().is_err(), "{text}");
        }
    }
}
