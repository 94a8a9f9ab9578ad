//! What travels over the API: types of its own, so that a page can change without breaking a program.
//! What the team sees and what guests see are two families, as everywhere.

mod admin;
mod contact;
mod figures;
mod guest;
mod list;
mod own;
mod word;

use pigeon_core::message::Waits as WaitsCore;
use pigeon_wire::message::Posted as PostedWire;
use pigeon_wire::note::{StaffContent, StaffEntryView};
use pigeon_wire::waiting::WaitingView;
use pigeon_wire::{Millis, attachment, inbox, person, thread};
use serde::Serialize;
use utoipa::ToSchema;

pub use admin::{
    AuditEntry, AuditPage, Catch, CatchPage, Count, HookDelivery, HookDeliveryPage, Invitation,
    InvitationList, Mail, MailPage, MailTrial, Report, ReportList, ReportedLine, Role, RoleList,
    RoleMade, Setting, SettingList, Webhook, WebhookList, WebhookMade,
};
pub use contact::{Block, BlockPage, Contact, ContactThread, ContactThreadPage, NoteWritten};
pub use figures::{FigureDay, FigurePerson, FigureSum, FigureTimes, Figures};
pub use guest::{GuestContent, GuestEntry, GuestPage, GuestThread};
pub use list::{Hit, HitPage, PersonPage, PersonRow};
pub use own::{
    OwnCounts, OwnEntry, OwnEntryPage, OwnPage, OwnRow, OwnSeen, OwnThread, OwnThreadMade,
    PersonList,
};
pub use word::{Delivery, Kind, KnownBy, Side, Source, Status};

/// Why something was refused (RFC 9457).
#[derive(Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the code tells it apart.
    pub r#type: String,
    /// The code in words.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// What it is, like `not_found`.
    pub code: String,
    /// Figures and fields that belong to the code.
    pub values: Option<serde_json::Value>,
}

/// Somebody with an account.
#[derive(Serialize, ToSchema)]
pub struct Person {
    /// Which person.
    pub id: String,
    /// Their display name.
    pub name: String,
}

impl From<person::PersonRef> for Person {
    fn from(person: person::PersonRef) -> Self {
        Self {
            id: person.id.to_string(),
            name: person.name,
        }
    }
}

/// The token and its owner.
#[derive(Serialize, ToSchema)]
pub struct Me {
    /// In whose name the token acts.
    pub id: String,
    /// Their display name.
    pub name: String,
    /// Their address.
    pub email: String,
    /// What the token allows.
    pub scopes: Vec<String>,
    /// What its owner may do within them now.
    pub permissions: Vec<String>,
}

/// A thread in a list.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Serialize, ToSchema)]
pub struct ThreadRow {
    /// Which thread.
    pub id: String,
    /// Its subject, if it has one.
    pub subject: Option<String>,
    /// Whose turn it is.
    pub status: Status,
    /// Where it came from.
    pub source: Source,
    /// The customer's display name.
    pub customer: String,
    /// Whether the customer's address is verified.
    pub verified: bool,
    /// Whether the customer has no account.
    pub guest: bool,
    /// Who looks after it.
    pub assignee: Option<Person>,
    /// Since when the customer waits for an answer (RFC 3339, as all moments).
    pub waiting_since: Option<String>,
    /// When it was started.
    pub opened_at: String,
    /// When its newest message was written.
    pub active_at: String,
    /// Since when it is in the trash.
    pub trashed_at: Option<String>,
    /// Until when it rests.
    pub snoozed_until: Option<String>,
    /// The beginning of its newest message.
    pub preview: String,
    /// On which side that was written.
    pub preview_side: Side,
    /// Whether a file came with any entry.
    pub has_file: bool,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether the token's owner has not read all of it.
    pub unread: bool,
    /// The number of its last change.
    pub change: i64,
}

impl From<inbox::MyRow> for ThreadRow {
    fn from(inbox::MyRow { row, read }: inbox::MyRow) -> Self {
        Self {
            unread: row.is_unread(read),
            id: row.id.to_string(),
            subject: row.subject,
            status: row.status.into(),
            source: row.source.into(),
            customer: row.customer,
            verified: row.verified,
            guest: row.guest,
            assignee: row.assignee.map(Person::from),
            waiting_since: row.waiting_since.map(Millis::rfc3339),
            opened_at: row.created_at.rfc3339(),
            active_at: row.active_at.rfc3339(),
            trashed_at: row.trashed_at.map(Millis::rfc3339),
            snoozed_until: row.snoozed_until.map(Millis::rfc3339),
            preview: row.preview,
            preview_side: row.preview_side.into(),
            has_file: row.has_file,
            tags: row.tags.iter().map(ToString::to_string).collect(),
            change: row.change,
        }
    }
}

/// How many threads each view holds.
#[derive(Serialize, ToSchema)]
pub struct Counts {
    /// Not in the trash.
    pub all: i64,
    /// Waiting for an answer of the token's owner, or of anybody.
    pub needs_reply: i64,
    /// Assigned to the token's owner.
    pub mine: i64,
    /// Assigned to nobody.
    pub unassigned: i64,
    /// The team's turn.
    pub pending: i64,
    /// The customer's turn.
    pub open: i64,
    /// Done.
    pub closed: i64,
    /// At rest until a chosen moment.
    pub snoozed: i64,
    /// In the trash.
    pub trash: i64,
}

impl From<inbox::ViewCounts> for Counts {
    fn from(counts: inbox::ViewCounts) -> Self {
        Self {
            all: counts.all,
            needs_reply: counts.needs_reply,
            mine: counts.mine,
            unassigned: counts.unassigned,
            pending: counts.pending,
            open: counts.open,
            closed: counts.closed,
            snoozed: counts.snoozed,
            trash: counts.trash,
        }
    }
}

/// Whose question a thread is.
#[derive(Serialize, ToSchema)]
pub struct Customer {
    /// Which person.
    pub id: String,
    /// Display name as typed.
    pub name: String,
    /// Address.
    pub email: String,
    /// Whether a message came in by a link that was mailed there.
    pub verified: bool,
    /// Whether they have no account.
    pub guest: bool,
}

/// A thread as the team sees it.
#[derive(Serialize, ToSchema)]
pub struct Thread {
    /// Which thread.
    pub id: String,
    /// Its subject, if it has one.
    pub subject: Option<String>,
    /// Whose turn it is.
    pub status: Status,
    /// Where it came from.
    pub source: Source,
    /// Whose question it is.
    pub customer: Customer,
    /// Who looks after it.
    pub assignee: Option<Person>,
    /// Since when the customer waits for an answer.
    pub waiting_since: Option<String>,
    /// When it was started.
    pub opened_at: String,
    /// Since when it is in the trash.
    pub trashed_at: Option<String>,
    /// Until when it rests.
    pub snoozed_until: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// The number of its last change: the `seen` of a reply that shall not overtake anybody.
    pub change: i64,
    /// The place up to which the token's owner has read.
    pub read: i64,
}

impl From<thread::StaffThread> for Thread {
    fn from(opened: thread::StaffThread) -> Self {
        let head = opened.head;
        Self {
            id: head.public.id.to_string(),
            subject: head.public.subject,
            status: head.public.status.into(),
            source: head.source.into(),
            customer: Customer {
                id: head.customer.id.to_string(),
                name: head.customer.name,
                email: head.customer.email,
                verified: head.customer.verified,
                guest: head.customer.guest,
            },
            assignee: head.assignee.map(Person::from),
            waiting_since: head.waiting_since.map(Millis::rfc3339),
            opened_at: head.public.opened_at.rfc3339(),
            trashed_at: head.trashed_at.map(Millis::rfc3339),
            snoozed_until: head.snoozed_until.map(Millis::rfc3339),
            tags: head.tags.iter().map(ToString::to_string).collect(),
            change: opened.change,
            read: opened.read,
        }
    }
}

/// A file that came with an entry.
#[derive(Serialize, ToSchema)]
pub struct File {
    /// Which file.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub bytes: i64,
}

impl From<attachment::AttachmentView> for File {
    fn from(file: attachment::AttachmentView) -> Self {
        Self {
            id: file.id.to_string(),
            name: file.name,
            bytes: file.bytes,
        }
    }
}

fn files(all: Vec<attachment::AttachmentView>) -> Vec<File> {
    all.into_iter().map(File::from).collect()
}

/// An entry of a thread as the team sees it.
#[derive(Serialize, ToSchema)]
pub struct Entry {
    /// Which entry.
    pub id: String,
    /// Its fixed place in the thread's order.
    pub place: i64,
    /// When it was written.
    pub at: String,
    /// Who wrote or did it.
    pub author: Person,
    /// On which side they stand.
    pub side: Side,
    /// What it is.
    #[serde(flatten)]
    pub content: EntryContent,
}

/// What an entry is.
#[derive(Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EntryContent {
    /// A message that everybody in the thread sees.
    Message {
        /// Its text; empty where files say it all.
        text: String,
        /// Its files.
        files: Vec<File>,
        /// How its sender was known.
        known_by: KnownBy,
        /// What became of the mail to the customer, if one is owed.
        delivery: Option<Delivery>,
    },
    /// An internal note: the customer never sees it.
    Note {
        /// Its text; empty where files say it all.
        text: String,
        /// Its files.
        files: Vec<File>,
    },
    /// Something happened.
    Event {
        /// What.
        #[schema(value_type = Object)]
        what: serde_json::Value,
    },
}

impl From<StaffEntryView> for Entry {
    fn from(entry: StaffEntryView) -> Self {
        let content = match entry.content {
            StaffContent::Message {
                body,
                attachments,
                known_by,
                delivery,
                ..
            } => EntryContent::Message {
                text: body,
                files: files(attachments),
                known_by: known_by.into(),
                delivery: delivery.map(Delivery::from),
            },
            StaffContent::Note {
                body, attachments, ..
            } => EntryContent::Note {
                text: body,
                files: files(attachments),
            },
            StaffContent::Event(event) => EntryContent::Event {
                what: serde_json::to_value(event).unwrap_or_default(),
            },
        };
        Self {
            id: entry.id.to_string(),
            place: entry.place,
            at: entry.at.rfc3339(),
            author: entry.author.into(),
            side: entry.side.into(),
            content,
        }
    }
}

/// A page of threads.
#[derive(Serialize, ToSchema)]
pub struct ThreadPage {
    /// The threads.
    pub items: Vec<ThreadRow>,
    /// Where the next page begins: the `after` to ask with. Missing on the last page.
    pub next: Option<String>,
}

/// A page of entries.
#[derive(Serialize, ToSchema)]
pub struct EntryPage {
    /// The entries, oldest first.
    pub items: Vec<Entry>,
    /// Where the next page begins. Missing on the last page.
    pub next: Option<String>,
}

/// A reply that waits.
#[derive(Serialize, ToSchema)]
pub struct WaitingReply {
    /// Which.
    pub id: String,
    /// Who wrote it.
    pub author: Person,
    /// Its text; empty where files say it all.
    pub text: String,
    /// Its files, which can be fetched once it is sent.
    pub files: Vec<File>,
    /// When it is sent.
    pub send_at: String,
    /// Whether it closes the thread.
    pub close: bool,
    /// Whether it was time and it was not sent: its author decides.
    pub stopped: bool,
    /// Who wrote meanwhile, if that is why.
    pub stopped_by: Option<String>,
}

impl From<WaitingView> for WaitingReply {
    fn from(view: WaitingView) -> Self {
        Self {
            id: view.id.to_string(),
            author: Person::from(view.author),
            text: view.body,
            files: files(view.attachments),
            send_at: view.due.rfc3339(),
            close: view.close,
            stopped: view.stopped.is_some(),
            stopped_by: view.stopped.filter(|by| !by.is_empty()),
        }
    }
}

/// A reply that was taken and waits.
#[derive(Serialize, ToSchema)]
pub struct Waits {
    /// Which.
    pub id: String,
    /// When it was taken.
    pub at: String,
    /// When it is sent.
    pub send_at: String,
}

impl From<WaitsCore> for Waits {
    fn from(waits: WaitsCore) -> Self {
        Self {
            id: waits.id.to_string(),
            at: waits.at.rfc3339(),
            send_at: waits.due.rfc3339(),
        }
    }
}

/// What was stored.
#[derive(Serialize, ToSchema)]
pub struct Posted {
    /// Which entry.
    pub id: String,
    /// Its place in the thread's order.
    pub place: i64,
    /// When it was stored.
    pub at: String,
}

impl From<PostedWire> for Posted {
    fn from(posted: PostedWire) -> Self {
        Self {
            id: posted.id.to_string(),
            place: posted.place,
            at: posted.at.rfc3339(),
        }
    }
}
