//! Threads: states, their allowed moves, and what each audience sees of a thread.

use serde::{Deserialize, Serialize};

use crate::id::{LinkId, Millis, PersonId, ThreadId};
use crate::person::{Language, PersonRef};
use crate::tag::Tag;
use crate::text::Key;

choice! {
    /// What sort of conversation a thread is.
    ThreadKind {
        /// A guest or user with staff.
        Support = "support",
        /// A user with users.
        Direct = "direct",
    }
}

choice! {
    /// Whose turn it is.
    Status {
        /// Awaiting staff.
        Pending = "pending",
        /// Staff have answered; awaiting the customer.
        Open = "open",
        /// Done.
        Closed = "closed",
    }
}

choice! {
    /// The side that somebody stands on in one thread, whatever their role elsewhere.
    Side {
        /// Guest, or user who started a support thread.
        Customer = "customer",
        /// The team.
        Staff = "staff",
    }
}

choice! {
    /// Where a thread came from.
    Source {
        /// The contact form, here or on any page.
        Form = "form",
        /// The embedded widget.
        Widget = "widget",
        /// A user with an account.
        User = "user",
    }
}

choice! {
    /// A participant's role in one thread.
    ParticipantRole {
        /// The user who started it.
        Owner = "owner",
        /// A staff member.
        Staff = "staff",
        /// The guest who started it.
        Guest = "guest",
        /// A party of a direct thread.
        Participant = "participant",
    }
}

impl Status {
    /// The status after somebody on `side` wrote a message in a support thread (rules 1 and 2):
    /// a customer's makes it pending, a staff member's open; a staff reply leaves a closed thread
    /// closed unless the author asked to reopen it.
    #[must_use]
    pub const fn after_message(self, side: Side, reopen: bool) -> Self {
        match (side, self) {
            (Side::Customer, _) => Self::Pending,
            (Side::Staff, Self::Closed) if !reopen => Self::Closed,
            (Side::Staff, _) => Self::Open,
        }
    }

    /// Whether going from here to `to` opens a closed thread again.
    pub const fn reopens(self, to: Self) -> bool {
        matches!((self, to), (Self::Closed, Self::Pending | Self::Open))
    }

    /// Whether going from here to `to` closes the thread.
    pub const fn closes(self, to: Self) -> bool {
        matches!((self, to), (Self::Pending | Self::Open, Self::Closed))
    }
}

/// What everybody in a thread sees of it. Has no place for an assignee, a note's trace or a staff
/// member's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicHead {
    /// Which thread.
    pub id: ThreadId,
    /// Its subject, if it has one.
    pub subject: Option<String>,
    /// Whose turn it is.
    pub status: Status,
    /// When it was started.
    pub opened_at: Millis,
}

/// A guest's own thread, as their page opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuestThread {
    /// The thread.
    pub head: PublicHead,
    /// The guest's own name.
    pub name: String,
    /// The guest's own address with most of it hidden.
    pub email_hint: String,
    /// Whether this browser came through a mailed link. Until then there is no sign-out worth
    /// speaking of, and the page asks to look into the mail.
    pub by_mail: bool,
    /// The thread's public number as this page shows it.
    pub change: i64,
    /// The newest public entries, oldest first.
    pub entries: Vec<crate::message::EntryView>,
    /// Whether older entries were left out.
    pub more_before: bool,
    /// How far the team had read, and when, in places of the public order; nothing where guests are
    /// not told.
    pub seen: Vec<crate::seen::Seen>,
    /// Which files may come with a reply.
    #[serde(default)]
    pub files: crate::attachment::FileRules,
}

/// The customer of a thread, as the team sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerView {
    /// Who.
    pub id: PersonId,
    /// Display name as typed.
    pub name: String,
    /// Address.
    pub email: String,
    /// Whether a message came in with a credential that was mailed to that address.
    pub verified: bool,
    /// Whether the customer is a guest (no account).
    pub guest: bool,
    /// The language that the customer reads.
    pub language: Language,
}

/// A party of a thread, as the team sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipantView {
    /// Who.
    pub person: PersonRef,
    /// In which role.
    pub role: ParticipantRole,
}

/// One of a guest's links, as the team sees it: never the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkView {
    /// Which link.
    pub id: LinkId,
    /// How the guest got it.
    pub origin: LinkOrigin,
    /// When it was made.
    pub created_at: Millis,
    /// When somebody last acted with it, if ever.
    pub last_used_at: Option<Millis>,
    /// When it stops working, as of now.
    pub expires_at: Millis,
}

choice! {
    /// How a guest came by a credential.
    LinkOrigin {
        /// The browser that filled in the form: unverified, for 24 hours.
        Browser = "browser",
        /// By mail: whoever uses it reads that mailbox.
        Mail = "mail",
    }
}

/// What the team sees of a thread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "FlatHead")]
pub struct StaffHead {
    /// What everybody sees of it.
    #[serde(flatten)]
    pub public: PublicHead,
    /// Where it came from.
    pub source: Source,
    /// Whose question it is.
    pub customer: CustomerView,
    /// Who looks after it.
    pub assignee: Option<PersonRef>,
    /// Its parties, the customer among them.
    pub participants: Vec<ParticipantView>,
    /// Since when the customer waits for an answer.
    pub waiting_since: Option<Millis>,
    /// Since when it is in the trash: it can be read and restored, and nothing else.
    pub trashed_at: Option<Millis>,
    /// Until when it rests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Millis>,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// The keys of the replies that wait in it. A page asks for the replies themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub waiting: Vec<Key>,
}

/// What the team sees of a thread, as it is read: what is derived for a member that lies flat among
/// the others keeps them all, and so brings a second reader of each into the browser's program.
#[derive(Deserialize)]
struct FlatHead {
    id: ThreadId,
    subject: Option<String>,
    status: Status,
    opened_at: Millis,
    source: Source,
    customer: CustomerView,
    assignee: Option<PersonRef>,
    participants: Vec<ParticipantView>,
    waiting_since: Option<Millis>,
    trashed_at: Option<Millis>,
    snoozed_until: Option<Millis>,
    #[serde(default)]
    tags: Vec<Tag>,
    #[serde(default)]
    waiting: Vec<Key>,
}

impl From<FlatHead> for StaffHead {
    fn from(flat: FlatHead) -> Self {
        Self {
            public: PublicHead {
                id: flat.id,
                subject: flat.subject,
                status: flat.status,
                opened_at: flat.opened_at,
            },
            source: flat.source,
            customer: flat.customer,
            assignee: flat.assignee,
            participants: flat.participants,
            waiting_since: flat.waiting_since,
            trashed_at: flat.trashed_at,
            snoozed_until: flat.snoozed_until,
            tags: flat.tags,
            waiting: flat.waiting,
        }
    }
}

/// A thread as a staff member's page opens it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffThread {
    /// The thread.
    pub head: StaffHead,
    /// The thread's staff number as this page shows it.
    pub change: i64,
    /// The place up to which the reader has read.
    pub read: i64,
    /// The newest entries, or those around a place, oldest first.
    pub entries: Vec<crate::note::StaffEntryView>,
    /// Whether older entries were left out.
    pub more_before: bool,
    /// Whether newer entries were left out.
    #[serde(default)]
    pub more_after: bool,
    /// The guest's links that still work.
    pub links: Vec<LinkView>,
    /// How far everybody had read, and when.
    pub receipts: Vec<crate::presence::Receipt>,
    /// Which files may come with a reply or note.
    #[serde(default)]
    pub files: crate::attachment::FileRules,
    /// Whether the reader is a party of it and gets its mails.
    #[serde(default)]
    pub follows: bool,
    /// What the reader is writing here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<crate::draft::DraftView>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_moves_the_status_by_its_side() {
        for status in Status::ALL {
            assert_eq!(status.after_message(Side::Customer, false), Status::Pending);
            assert_eq!(status.after_message(Side::Staff, true), Status::Open);
        }
        assert_eq!(
            Status::Pending.after_message(Side::Staff, false),
            Status::Open
        );
        assert_eq!(Status::Open.after_message(Side::Staff, false), Status::Open);
        assert_eq!(
            Status::Closed.after_message(Side::Staff, false),
            Status::Closed
        );
    }
}
