//! What an act leaves around its entry: mails, read marks, parties, a link that was used.

use pigeon_wire::note::Delivery;
use pigeon_wire::text::Email;
use pigeon_wire::thread::{LinkOrigin, ParticipantRole, Side};
use pigeon_wire::{MessageId, PersonId};

use super::super::bulk::{Table, cells};
use super::{Book, Read};
use crate::message::entry::{EntryKind, EntryRow};

impl Book<'_> {
    /// Everybody else hears of a message, and the customer's mail changes it for the team.
    pub(super) fn owe(&mut self, message: MessageId, author: PersonId, side: Side) {
        let others = self.parties.iter().filter(|(who, _)| *who != author);
        let others: Vec<_> = others.cloned().collect();
        let customer = self.thread.customer_email.to_lowercase();
        if side == Side::Customer && self.thread.assignee_id.is_none() {
            let recipients = &self.house.recipients;
            for address in recipients.iter().map(Email::folded) {
                let told = others.iter().any(|(_, other)| *other == address);
                if !told && address != customer {
                    self.news(message, None, &address);
                }
            }
        }
        for (person, address) in others {
            self.news(message, Some(person), &address);
            if person == self.thread.customer_id {
                self.thread.staff_change += 1;
                let (row, _) = self
                    .entries
                    .iter_mut()
                    .rfind(|(row, _)| row.id == message)
                    .expect("it");
                row.staff_change = self.thread.staff_change;
                row.delivery = Some(Delivery::Sent);
            }
        }
    }

    pub(super) fn news(&mut self, message: MessageId, person: Option<PersonId>, address: &str) {
        let thread = self.thread.id;
        let bundle = match person {
            Some(person) => format!("news:{thread}:{person}"),
            None => format!("news:{thread}:{address}"),
        };
        let due = self.at.plus(self.house.delay_ms);
        self.mail("new_message", Some(message), person, address, &bundle, due);
    }

    /// Whoever was given the thread by somebody else is told.
    pub(super) fn given(&mut self, event: MessageId, to: PersonId) {
        let staff = self.house.staff.iter().find(|member| member.id == to);
        let address = staff.map_or_else(String::new, |member| member.email.to_lowercase());
        let bundle = format!("assigned:{}:{to}", self.thread.id);
        let due = self.at.plus(self.house.delay_ms);
        self.mail("assigned", Some(event), Some(to), &address, &bundle, due);
    }

    pub(super) fn mark(&mut self, person: PersonId, side: Side, upto: i64) {
        if self.read_by(person) >= upto {
            return;
        }
        let at = self.at;
        match self.reads.iter_mut().find(|read| read.person == person) {
            Some(read) => (read.upto, read.at) = (upto, at),
            None => self.reads.push(Read {
                person,
                side,
                upto,
                at,
            }),
        }
        let thread = self.thread.id.0;
        self.shelf
            .put(Table::Receipts, at, cells![thread, person.0, upto, at]);
        if side == Side::Staff {
            let of_customer = |(row, _): &&(EntryRow, _)| {
                row.kind == EntryKind::Message
                    && row.side == Side::Customer
                    && row.staff_place <= upto
            };
            let last = self.entries.iter().rev().find(of_customer);
            let place = last.and_then(|(row, _)| row.public_place);
            if let Some(place) = place.filter(|place| *place > self.team_read) {
                self.team_read = place;
                self.shelf
                    .put(Table::TeamReads, at, cells![thread, place, at]);
            }
        }
    }

    pub(super) fn read_by(&self, person: PersonId) -> i64 {
        let read = self.reads.iter().find(|read| read.person == person);
        read.map_or(0, |read| read.upto)
    }

    pub(super) fn join(&mut self, person: PersonId, role: ParticipantRole) {
        if self.parties.iter().any(|(party, _)| *party == person) {
            return;
        }
        let staff = self.house.staff.iter().find(|member| member.id == person);
        let address = staff.map_or(&self.thread.customer_email, |member| &member.email);
        self.parties.push((person, address.to_lowercase()));
        let row = cells![self.thread.id.0, person.0, role.as_str(), true, self.at];
        self.shelf.put(Table::Participants, self.at, row);
    }

    pub(super) fn use_link(&mut self, origin: LinkOrigin) {
        let at = self.at;
        let link = self.links.iter_mut().rfind(|link| link.origin == origin);
        link.expect("a link").used = Some(at);
    }
}
