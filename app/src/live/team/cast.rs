//! People, rows and entries for the tests of the folds.

use pigeon_wire::inbox::{InboxPage, InboxRow, MyRow, View, ViewCounts};
use pigeon_wire::live::StaffChange;
use pigeon_wire::message::{KnownBy, PublicEvent};
use pigeon_wire::note::{StaffContent, StaffEntryView, StaffEvent};
use pigeon_wire::person::{Language, PersonRef};
use pigeon_wire::text::Key;
use pigeon_wire::thread::{
    CustomerView, LinkOrigin, LinkView, PublicHead, Side, Source, StaffHead, StaffThread, Status,
};
use pigeon_wire::{LinkId, MessageId, Millis, PersonId, ThreadId};
use uuid::Uuid;

use super::talk::Talk;

pub const ME: PersonId = PersonId(Uuid::from_u128(1));
pub const NORA: PersonId = PersonId(Uuid::from_u128(2));
pub const GUIDO: PersonId = PersonId(Uuid::from_u128(3));

pub fn thread(n: i64) -> ThreadId {
    ThreadId(Uuid::from_u128(u128::from(n.unsigned_abs())))
}

pub fn person(id: PersonId) -> PersonRef {
    PersonRef {
        id,
        name: "N. N.".into(),
    }
}

/// Thread `n`, active at `n`, with change and newest message `change`, unread.
pub fn row(n: i64, change: i64) -> InboxRow {
    InboxRow {
        id: thread(n),
        change,
        latest: change,
        subject: None,
        status: Status::Pending,
        source: Source::Form,
        customer: "Guido".into(),
        verified: false,
        guest: true,
        assignee: None,
        waiting_since: Some(Millis(n)),
        created_at: Millis(n),
        active_at: Millis(n),
        trashed_at: None,
        snoozed_until: None,
        preview: "Hello".into(),
        preview_side: Side::Customer,
        has_file: false,
        tags: Vec::new(),
    }
}

pub fn page(view: View, rows: Vec<InboxRow>) -> InboxPage {
    let rows = rows.into_iter().map(|row| MyRow { row, read: 0 }).collect();
    InboxPage {
        ask: view.into(),
        rows,
        next: None,
        counts: ViewCounts::default(),
        unread: ViewCounts::default(),
        saved: Vec::new(),
        drafts: Vec::new(),
    }
}

fn entry(place: i64, author: PersonId, content: StaffContent) -> StaffEntryView {
    let side = if author == GUIDO {
        Side::Customer
    } else {
        Side::Staff
    };
    StaffEntryView {
        id: MessageId(Uuid::from_u128(u128::from(place.unsigned_abs()))),
        place,
        change: place,
        at: Millis(place),
        author: person(author),
        side,
        content,
    }
}

fn key(place: i64) -> Option<Key> {
    Key::parse(&format!("key-of-the-message-{place:06}")).ok()
}

pub fn message(place: i64, author: PersonId) -> StaffEntryView {
    let body = format!("message {place}");
    let content = StaffContent::Message {
        body,
        attachments: Vec::new(),
        key: key(place),
        known_by: KnownBy::Browser,
        delivery: None,
    };
    entry(place, author, content)
}

pub fn note(place: i64, author: PersonId) -> StaffEntryView {
    entry(
        place,
        author,
        StaffContent::Note {
            body: "note".into(),
            attachments: Vec::new(),
            key: key(place),
        },
    )
}

pub fn event(place: i64, author: PersonId) -> StaffEntryView {
    let what = PublicEvent::Closed;
    entry(
        place,
        author,
        StaffContent::Event(StaffEvent::Public { what }),
    )
}

pub fn head() -> StaffHead {
    StaffHead {
        public: PublicHead {
            id: thread(1),
            subject: None,
            status: Status::Pending,
            opened_at: Millis(1),
        },
        source: Source::Form,
        customer: CustomerView {
            id: GUIDO,
            name: "Guido".into(),
            email: "guido@example.org".into(),
            verified: false,
            guest: true,
            language: Language::En,
        },
        assignee: None,
        participants: Vec::new(),
        waiting_since: None,
        trashed_at: None,
        snoozed_until: None,
        tags: Vec::new(),
        waiting: Vec::new(),
    }
}

pub fn change(prev: i64, now: i64, entries: Vec<StaffEntryView>) -> StaffChange {
    StaffChange {
        thread: thread(1),
        prev,
        now,
        head: head(),
        entries,
    }
}

/// An open thread that holds `entries` and the number of the last of them.
pub fn talk(entries: Vec<StaffEntryView>) -> Talk {
    let link = LinkView {
        id: LinkId(Uuid::from_u128(1)),
        origin: LinkOrigin::Mail,
        created_at: Millis(1),
        last_used_at: None,
        expires_at: Millis(2),
    };
    let change = entries.last().map_or(0, |entry| entry.change);
    Talk::from(StaffThread {
        head: head(),
        change,
        read: 0,
        entries,
        more_before: false,
        more_after: false,
        links: vec![link],
        receipts: Vec::new(),
        files: pigeon_wire::attachment::FileRules::default(),
        follows: false,
        drafts: Vec::new(),
    })
}
