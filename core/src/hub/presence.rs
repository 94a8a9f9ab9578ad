//! Who looks and who types, in memory: pure, and told the time. What was told to each audience is
//! kept beside what is true, so that only a difference is told.
//!
//! Typing a reply and typing a note are kept apart: whether somebody notes something changes
//! nothing that a guest hears, not even when.

use std::collections::HashMap;

use pigeon_wire::person::PersonRef;
use pigeon_wire::presence::{Doing, LOOK_MS, Pen, Present, TYPING_MS, ThreadPresence};
use pigeon_wire::{Millis, PersonId, ThreadId};

/// Everybody who is somewhere. A line is at one thread at most, so that this is bounded by the
/// lines that are open.
#[derive(Default)]
pub(super) struct Presences {
    threads: HashMap<ThreadId, Room>,
    /// At which thread a line of the team is.
    at: HashMap<u64, ThreadId>,
}

/// One thread's.
struct Room {
    /// Who stands on the customer's side, and hears nothing of the team's.
    customer: PersonId,
    team: HashMap<u64, Here>,
    /// Until when each of the customer's lines counts as typing.
    customers: HashMap<u64, Millis>,
    /// What the team was told last.
    told_team: ThreadPresence,
    /// What the guest was told last.
    told_guest: Option<String>,
}

/// Somebody of the team on one line.
struct Here {
    who: PersonRef,
    looks: Option<Millis>,
    notes: Option<Millis>,
    replies: Option<Millis>,
    /// Since when without a pause.
    replies_since: Millis,
}

/// What an audience is to be told of one thread.
pub(super) struct News<T> {
    pub thread: ThreadId,
    pub customer: PersonId,
    pub now: T,
}

fn lasts(until: Option<Millis>, now: Millis) -> bool {
    until.is_some_and(|until| until > now)
}

impl Here {
    fn doing(&self, now: Millis) -> Option<Doing> {
        let (replies, notes) = (lasts(self.replies, now), lasts(self.notes, now));
        if replies && (!notes || self.replies >= self.notes) {
            Some(Doing::Replying)
        } else if notes {
            Some(Doing::Noting)
        } else {
            lasts(self.looks, now).then_some(Doing::Looking)
        }
    }
}

impl Room {
    fn new(thread: ThreadId, customer: PersonId) -> Self {
        Self {
            customer,
            team: HashMap::new(),
            customers: HashMap::new(),
            told_team: ThreadPresence {
                thread,
                people: Vec::new(),
                customer_types: false,
            },
            told_guest: None,
        }
    }

    fn for_team(&self, now: Millis) -> ThreadPresence {
        let mut people: Vec<Present> = Vec::new();
        for here in self.team.values() {
            let Some(doing) = here.doing(now) else {
                continue;
            };
            match people.iter_mut().find(|other| other.who.id == here.who.id) {
                // Whoever looks in one window and types in another types.
                Some(other) if other.doing == Doing::Looking => other.doing = doing,
                Some(other) if doing == Doing::Replying => other.doing = doing,
                Some(_) => {}
                None => people.push(Present {
                    who: here.who.clone(),
                    doing,
                }),
            }
        }
        people.sort_by(|a, b| (&a.who.name, a.who.id).cmp(&(&b.who.name, b.who.id)));
        ThreadPresence {
            thread: self.told_team.thread,
            people,
            customer_types: self.customers.values().any(|until| *until > now),
        }
    }

    /// Who of those who type a reply began first.
    fn for_guest(&self, now: Millis) -> Option<String> {
        let typing = self.team.values().filter(|here| lasts(here.replies, now));
        typing
            .min_by_key(|here| (here.replies_since, here.who.id))
            .map(|here| here.who.name.clone())
    }

    /// Forgets what has run out; answers whether anything of it is left.
    fn keep(&mut self, now: Millis) -> bool {
        self.team.retain(|_, here| {
            lasts(here.looks, now) || lasts(here.replies, now) || lasts(here.notes, now)
        });
        self.customers.retain(|_, until| *until > now);
        !self.team.is_empty()
            || !self.customers.is_empty()
            || !self.told_team.is_empty()
            || self.told_guest.is_some()
    }

    fn ends(&self) -> impl Iterator<Item = Millis> + '_ {
        let team = self
            .team
            .values()
            .flat_map(|here| [here.looks, here.replies, here.notes]);
        team.flatten().chain(self.customers.values().copied())
    }
}

impl Presences {
    /// Somebody of the team sees the thread on a line.
    pub fn look(
        &mut self,
        seat: u64,
        thread: ThreadId,
        customer: PersonId,
        who: PersonRef,
        now: Millis,
    ) {
        self.here(seat, thread, customer, who, now).looks = Some(now.plus(LOOK_MS));
    }

    /// Somebody of the team types on a line.
    pub fn types(
        &mut self,
        seat: u64,
        thread: ThreadId,
        customer: PersonId,
        (who, pen): (PersonRef, Pen),
        now: Millis,
    ) {
        let here = self.here(seat, thread, customer, who, now);
        let until = Some(now.plus(TYPING_MS));
        match pen {
            Pen::Note => here.notes = until,
            Pen::Reply => {
                if !lasts(here.replies, now) {
                    here.replies_since = now;
                }
                here.replies = until;
            }
        }
    }

    fn here(
        &mut self,
        seat: u64,
        thread: ThreadId,
        customer: PersonId,
        who: PersonRef,
        now: Millis,
    ) -> &mut Here {
        if self.at.get(&seat) != Some(&thread) {
            self.leave(seat);
            self.at.insert(seat, thread);
        }
        let room = self
            .threads
            .entry(thread)
            .or_insert_with(|| Room::new(thread, customer));
        room.customer = customer;
        let here = room.team.entry(seat).or_insert_with(|| Here {
            who: who.clone(),
            looks: None,
            notes: None,
            replies: None,
            replies_since: now,
        });
        here.who = who;
        here
    }

    /// A line of the team is at no thread any more.
    pub fn leave(&mut self, seat: u64) {
        let room = self
            .at
            .remove(&seat)
            .and_then(|thread| self.threads.get_mut(&thread));
        if let Some(room) = room {
            room.team.remove(&seat);
        }
    }

    /// The customer types on a line.
    pub fn customer_types(&mut self, seat: u64, thread: ThreadId, customer: PersonId, now: Millis) {
        let room = self
            .threads
            .entry(thread)
            .or_insert_with(|| Room::new(thread, customer));
        room.customers.insert(seat, now.plus(TYPING_MS));
    }

    /// A line of the customer's types no longer, or none does.
    pub fn customer_rests(&mut self, thread: ThreadId, seat: Option<u64>) {
        if let Some(room) = self.threads.get_mut(&thread) {
            match seat {
                Some(seat) => drop(room.customers.remove(&seat)),
                None => room.customers.clear(),
            }
        }
    }

    /// Somebody of the team has sent what they typed.
    pub fn sent(&mut self, thread: ThreadId, who: PersonId, pen: Pen) {
        let Some(room) = self.threads.get_mut(&thread) else {
            return;
        };
        for here in room.team.values_mut().filter(|here| here.who.id == who) {
            match pen {
                Pen::Reply => here.replies = None,
                Pen::Note => here.notes = None,
            }
        }
    }

    /// What the team was told of one thread.
    pub fn told_team(&self, thread: ThreadId) -> Option<&ThreadPresence> {
        let told = self.threads.get(&thread).map(|room| &room.told_team);
        told.filter(|told| !told.is_empty())
    }

    /// What the team was told, but for the threads of one customer.
    pub fn all_told_team(&self, but_of: PersonId) -> Vec<ThreadPresence> {
        let rooms = self.threads.values();
        let told = rooms.filter(|room| !room.told_team.is_empty() && room.customer != but_of);
        told.map(|room| room.told_team.clone()).collect()
    }

    /// What the guest was told.
    pub fn told_guest(&self, thread: ThreadId) -> Option<String> {
        self.threads.get(&thread)?.told_guest.clone()
    }

    /// What the team is to be told now.
    pub fn news_for_team(&mut self, now: Millis) -> Vec<News<ThreadPresence>> {
        let mut news = Vec::new();
        for (thread, room) in &mut self.threads {
            let current = room.for_team(now);
            if current != room.told_team {
                room.told_team.clone_from(&current);
                news.push(News {
                    thread: *thread,
                    customer: room.customer,
                    now: current,
                });
            }
        }
        self.forget(now);
        news
    }

    /// What the guests are to be told now.
    pub fn news_for_guests(&mut self, now: Millis) -> Vec<News<Option<String>>> {
        let mut news = Vec::new();
        for (thread, room) in &mut self.threads {
            let current = room.for_guest(now);
            if current != room.told_guest {
                room.told_guest.clone_from(&current);
                news.push(News {
                    thread: *thread,
                    customer: room.customer,
                    now: current,
                });
            }
        }
        self.forget(now);
        news
    }

    fn forget(&mut self, now: Millis) {
        self.threads.retain(|_, room| room.keep(now));
        let threads = &self.threads;
        self.at.retain(|seat, thread| {
            let room = threads.get(thread);
            room.is_some_and(|room| room.team.contains_key(seat))
        });
    }

    /// When the next of what holds now runs out.
    pub fn next_end(&self, now: Millis) -> Option<Millis> {
        let ends = self.threads.values().flat_map(Room::ends);
        ends.filter(|end| *end > now).min()
    }

    /// How much is kept.
    #[cfg(test)]
    fn size(&self) -> (usize, usize) {
        (self.threads.len(), self.at.len())
    }
}

#[cfg(test)]
#[path = "presence_tests.rs"]
mod tests;
