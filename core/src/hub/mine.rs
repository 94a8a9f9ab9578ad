//! What users hear of their own threads. Who stands in a thread is settled in the unit that tells,
//! so that nobody hears what they may not.

use std::sync::Arc;

use pigeon_wire::live::{UserChange, UserFrame};
use pigeon_wire::mailbox::SeenBy;
use pigeon_wire::person::PersonRef;
use pigeon_wire::{PersonId, ThreadId};

use super::{Hub, Line, Who, offer_all};
use crate::actor::Account;

impl Hub {
    /// Opens a line on which a user hears their own threads from now on.
    pub fn attach_mine(&self, account: &Account) -> Line {
        let line = self.attach(Who::User {
            person: account.person,
            by: account.by,
        });
        let seat = Arc::clone(line.seat());
        let mut rooms = self.rooms();
        let seats = rooms.mine.entry(account.person).or_default();
        seats.insert(seat.id, seat);
        drop(rooms);
        line
    }

    /// Tells everybody who stands in a thread of a change.
    pub(super) fn tell_mine(&self, people: &[PersonId], change: &UserChange) {
        self.tell_all(people, &UserFrame::Change(change.clone()));
    }

    /// Tells others in a thread how far somebody has read.
    pub(super) fn tell_seen_by(&self, people: &[PersonId], thread: ThreadId, seen: &SeenBy) {
        let seen = vec![seen.clone()];
        self.tell_all(people, &UserFrame::Seen { thread, seen });
    }

    /// Tells others in a direct thread that somebody is at it.
    pub(crate) fn sign(&self, people: &[PersonId], thread: ThreadId, who: PersonRef, types: bool) {
        self.tell_all(people, &UserFrame::Sign { thread, who, types });
    }

    fn tell_all(&self, people: &[PersonId], frame: &UserFrame) {
        let rooms = self.rooms();
        let seats = people.iter().filter_map(|person| rooms.mine.get(person));
        offer_all(seats.flat_map(|seats| seats.values()), frame);
    }

    /// Tells one person something of their own.
    pub(super) fn tell_one(&self, person: PersonId, frame: &UserFrame) {
        if let Some(seats) = self.rooms().mine.get(&person) {
            offer_all(seats.values(), frame);
        }
    }
}
