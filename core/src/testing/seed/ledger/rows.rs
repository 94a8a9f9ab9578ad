//! The rows of a thread, as the tables take them.

use pigeon_wire::id::{LinkId, OutboxId, RecordId};
use pigeon_wire::inbox::fold_subject;
use pigeon_wire::person::PersonKind;
use pigeon_wire::thread::LinkOrigin;
use pigeon_wire::{MessageId, Millis, PersonId};

use super::super::bulk::{Shelf, Table, cells};
use super::super::staff::Member;
use super::{Book, Link};
use crate::audit::Act as Audited;
use crate::guest::link::{BROWSER_MS, MAIL_MS_MAX};
use crate::message::entry::EntryKind;
use crate::search::index::Source;
use crate::secret::{content_hash, key_of};

/// Enters somebody of the team.
pub fn hire(member: &Member, at: Millis, hash: &str, shelf: &mut Shelf) {
    let folded = member.email.to_lowercase();
    shelf.put(
        Table::People,
        at,
        cells![
            member.id.0,
            PersonKind::User.as_str(),
            member.name,
            member.email.as_str(),
            folded,
            member.role.as_str(),
            hash,
            member.language.as_str(),
            at
        ],
    );
}

impl Book<'_> {
    /// The rows that a start takes before its thread: the guest, and the key of the form.
    pub(super) fn open(&mut self, body: &str) {
        let (thread, at) = (&self.thread, self.at);
        let folded = thread.customer_email.to_lowercase();
        let subject = thread.subject.as_deref().unwrap_or_default();
        let name = thread.customer_name.as_str();
        let parts = [&folded, name, subject, body, thread.source.as_str()];
        let hash = content_hash(&parts);
        let key = key_of(self.dice.bytes());
        let start = cells![key.as_str(), &hash[..], folded.as_str(), thread.id.0, at];
        let guest = cells![
            thread.customer_id.0,
            PersonKind::Guest.as_str(),
            name,
            thread.customer_email.as_str(),
            folded.as_str(),
            None::<String>,
            None::<String>,
            thread.customer_language.as_str(),
            at
        ];
        self.shelf.put(Table::Starts, at, start);
        self.shelf.put(Table::People, at, guest);
    }

    /// The rows that are known when everything has happened.
    pub(super) fn close(mut self) {
        let links = std::mem::take(&mut self.links);
        for link in &links {
            self.link(link);
        }
        let Self {
            thread,
            entries,
            reads,
            shelf,
            ..
        } = self;
        let (id, began) = (thread.id.0, thread.created_at);
        for (row, hash) in entries {
            if let Some(source) = Source::of(&thread, &row, &[]) {
                let number = source.number();
                let words = if shelf.is_sqlite() {
                    source.spaced()
                } else {
                    source.placed(number)
                };
                let table = if row.kind == EntryKind::Note {
                    Table::NoteWords
                } else {
                    Table::MessageWords
                };
                let at = row.created_at;
                shelf.put(Table::SearchDocs, at, cells![number, row.id.0, id]);
                shelf.put(table, at, cells![number, words]);
            }
            shelf.put(
                Table::Messages,
                row.created_at,
                cells![
                    row.id.0,
                    id,
                    word(row.kind),
                    row.author_id.0,
                    row.side.as_str(),
                    row.body,
                    row.event,
                    row.public_place,
                    row.public_change,
                    row.staff_place,
                    row.staff_change,
                    row.known_by.as_str(),
                    row.delivery.map(|delivery| delivery.as_str().to_owned()),
                    row.client_key,
                    hash.map(|hash| hash.to_vec()),
                    row.created_at
                ],
            );
        }
        for read in reads {
            let side = read.side.as_str();
            let row = cells![id, read.person.0, side, read.upto, read.at];
            shelf.put(Table::Reads, began, row);
        }
        shelf.put(
            Table::Threads,
            began,
            cells![
                id,
                thread.kind.as_str(),
                thread.status.as_str(),
                thread.source.as_str(),
                thread.subject.as_deref(),
                thread.customer_id.0,
                thread.customer_verified_at.map(|at| at.0),
                thread.assignee_id.map(|who| who.0),
                thread.public_change,
                thread.staff_change,
                thread.latest_place,
                thread.preview,
                thread.preview_side.as_str(),
                thread.waiting_since.map(|at| at.0),
                thread.created_at,
                thread.active_at,
                fold_subject(thread.subject.as_deref().unwrap_or_default())
            ],
        );
        shelf.count(thread.assignee_id, thread.status);
    }

    fn link(&mut self, link: &Link) {
        let lasts = match link.origin {
            LinkOrigin::Browser => BROWSER_MS,
            LinkOrigin::Mail => MAIL_MS_MAX,
        };
        let hash = self.dice.bytes::<32>();
        let row = cells![
            link.id.0,
            self.thread.id.0,
            self.thread.customer_id.0,
            link.origin.as_str(),
            &hash[..],
            link.at,
            link.at.plus(lasts),
            link.used.map(|at| at.0)
        ];
        self.shelf.put(Table::Links, link.at, row);
    }

    /// A mail that was sent at `due`; one to the customer carries a fresh link.
    pub(super) fn mail(
        &mut self,
        kind: &str,
        message: Option<MessageId>,
        person: Option<PersonId>,
        address: &str,
        bundle: &str,
        due: Millis,
    ) {
        let to_customer = person == Some(self.thread.customer_id);
        if to_customer {
            self.links.push(Link {
                id: LinkId(self.dice.id(due)),
                origin: LinkOrigin::Mail,
                at: due,
                used: None,
            });
        }
        let unverified = to_customer && self.thread.customer_verified_at.is_none();
        let id = OutboxId(self.dice.id(self.at));
        self.shelf.put(
            Table::Outbox,
            self.at,
            cells![
                id.0,
                kind,
                "mail",
                self.thread.id.0,
                message.map(|id| id.0),
                person.map(|id| id.0),
                person.is_none().then(|| address.to_owned()),
                bundle,
                "sent",
                due,
                1_i64,
                address,
                unverified,
                due,
                self.at
            ],
        );
    }

    pub(super) fn audit(
        &mut self,
        who: PersonId,
        act: Audited,
        person: Option<PersonId>,
        detail: &str,
    ) {
        let id = RecordId(self.dice.id(self.at));
        let (thread, person) = (self.thread.id.0, person.map(|id| id.0));
        let row = cells![id.0, self.at, who.0, act.as_str(), thread, person, detail];
        self.shelf.put(Table::Audit, self.at, row);
    }
}

/// An entry's kind as it is stored.
const fn word(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Message => "message",
        EntryKind::Note => "note",
        EntryKind::Event => "event",
    }
}
