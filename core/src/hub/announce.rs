//! What leaves after a commit, and the one queue that keeps it in the order of the commits.

use pigeon_wire::draft::DraftKept;
use pigeon_wire::inbox::InboxRow;
use pigeon_wire::live::{PublicChange, StaffChange, UserChange};
use pigeon_wire::mailbox::{MailboxCounts, MailboxRow, SeenBy};
use pigeon_wire::presence::Receipt;
use pigeon_wire::seen::Seen;
use pigeon_wire::{EmbedKeyId, LinkId, PersonId, SessionId, ThreadId, TokenId};
use tokio::sync::mpsc;

use super::{Hub, Who};
use crate::Error;
use crate::actor::Credential;

/// Units whose announcements may wait; a unit takes its place before it begins, so that a slow
/// announcer slows the writers instead of growing a queue.
const QUEUE_UNITS: usize = 1024;

/// Something that others must hear once it is stored.
#[derive(Clone, Debug)]
pub enum Announcement {
    /// A change that everybody in the thread may see.
    Public(PublicChange),
    /// The same or another change as the team sees it.
    Staff(StaffChange),
    /// A row of the inbox, kept from the customer of the thread, who may be staff elsewhere.
    Row {
        /// The row.
        row: InboxRow,
        /// The thread's customer.
        customer: PersonId,
    },
    /// Somebody has read a thread up to a place; told to their own windows.
    Read {
        /// Who.
        person: PersonId,
        /// Which thread.
        thread: ThreadId,
        /// Up to which place of their own order.
        upto: i64,
    },
    /// The team has read further than ever in a thread; told to its guest.
    Seen {
        /// Which thread.
        thread: ThreadId,
        /// Up to which place of the public order, and when.
        seen: Seen,
    },
    /// Somebody has read further in a thread of users; told to others who are in it.
    SeenBy {
        /// To whom.
        people: Vec<PersonId>,
        /// In which thread.
        thread: ThreadId,
        /// Who, up to which place of the public order, when.
        seen: SeenBy,
    },
    /// Somebody has read further in a thread; told to the team, kept from the customer.
    Receipt {
        /// Which thread.
        thread: ThreadId,
        /// The thread's customer.
        customer: PersonId,
        /// Who, how far, when.
        receipt: Receipt,
    },
    /// A change that users hear in their own threads.
    Mine {
        /// Who stands on the customer's side now and may hear it.
        people: Vec<PersonId>,
        /// The change.
        change: UserChange,
    },
    /// A row of somebody's own list.
    MailboxRow {
        /// Whose.
        person: PersonId,
        /// The row.
        row: MailboxRow,
    },
    /// A thread has left somebody's own list.
    MailboxGone {
        /// Whose.
        person: PersonId,
        /// Which thread.
        thread: ThreadId,
    },
    /// How much waits for somebody in their own threads.
    Mailbox {
        /// For whom.
        person: PersonId,
        /// How much.
        counts: MailboxCounts,
    },
    /// A thread is gone for good; told to everybody who has the inbox open.
    Gone(ThreadId),
    /// Counts and badges may have changed.
    Badge,
    /// Somebody writes something; told to their own windows.
    Draft {
        /// Who.
        person: PersonId,
        /// What.
        draft: DraftKept,
    },
    /// Somebody's rights changed and still let them read; told to their own windows.
    Rights(PersonId),
    /// A mail is owed.
    Mail,
    /// A hook is to be told something.
    Webhook,
    /// A reply waits for a new moment.
    Waiting,
    /// A credential has ended; its lines end with it.
    Ended(Ended),
}

/// What has ended.
#[derive(Clone, Copy, Debug)]
pub enum Ended {
    /// One signed-in browser.
    Session(SessionId),
    /// One token of a program.
    Token(TokenId),
    /// Every word of another site under one key.
    Key(EmbedKeyId),
    /// Every browser of a user.
    Person(PersonId),
    /// One of a guest's links.
    Link(LinkId),
    /// Every link of a thread.
    LinksOf(ThreadId),
}

impl Ended {
    pub(super) fn concerns(self, who: &Who) -> bool {
        match (self, who) {
            (Self::Session(ended), Who::User { by, .. }) => Credential::Session(ended) == *by,
            (Self::Token(ended), Who::User { by, .. }) => Credential::Token(ended) == *by,
            (Self::Key(ended), Who::User { by, .. }) => {
                matches!(by, Credential::Vouched { key, .. } if ended == *key)
            }
            (Self::Person(ended), Who::User { person, .. }) => ended == *person,
            (Self::Link(ended), Who::Guest { link, .. }) => ended == *link,
            (Self::LinksOf(ended), Who::Guest { thread, .. }) => ended == *thread,
            _ => false,
        }
    }
}

/// The way from a commit to the hub.
#[derive(Clone)]
pub struct Announcer(mpsc::Sender<Vec<Announcement>>);

/// A place in the queue, taken before the unit begins.
pub struct AnnouncerSeat(mpsc::OwnedPermit<Vec<Announcement>>);

/// The other end of the announcer's queue.
pub type Announcements = mpsc::Receiver<Vec<Announcement>>;

impl Announcer {
    /// An announcer and the queue that [`run`] works off.
    pub fn new() -> (Self, Announcements) {
        let (sender, receiver) = mpsc::channel(QUEUE_UNITS);
        (Self(sender), receiver)
    }

    /// Waits for a place in the queue.
    ///
    /// # Errors
    /// When the program is stopping.
    pub async fn seat(&self) -> Result<AnnouncerSeat, Error> {
        let permit = self.0.clone().reserve_owned().await;
        permit
            .map(AnnouncerSeat)
            .map_err(|_| Error::UnitLost("the program is stopping".to_owned()))
    }
}

impl AnnouncerSeat {
    /// Hands over what a committed unit has to tell.
    pub fn announce(self, announcements: Vec<Announcement>) {
        if !announcements.is_empty() {
            self.0.send(announcements);
        }
    }
}

/// Gives announcements to the hub in the order of their commits, until every announcer is gone.
pub(crate) async fn run(hub: Hub, mut announcements: Announcements) {
    while let Some(unit) = announcements.recv().await {
        for announcement in &unit {
            hub.tell(announcement);
        }
    }
}
