//! What users hear of their own threads. Who stands in a thread is settled in the unit that tells,
//! so that nobody hears what they may not.

use std::sync::Arc;

use pigeon_wire::PersonId;
use pigeon_wire::live::{UserChange, UserFrame};

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
        let rooms = self.rooms();
        let seats = people.iter().filter_map(|person| rooms.mine.get(person));
        let seats = seats.flat_map(|seats| seats.values());
        offer_all(seats, &UserFrame::Change(change.clone()));
    }

    /// Tells one person something of their own.
    pub(super) fn tell_one(&self, person: PersonId, frame: &UserFrame) {
        if let Some(seats) = self.rooms().mine.get(&person) {
            offer_all(seats.values(), frame);
        }
    }
}
