//! Who is listening now. Holds no history: the database is the history, and a page that missed a
//! number asks for it.
//!
//! A frame is serialised once for its audience; the same bytes go to every line of it. The hub never
//! waits for a line: one that falls [`BACKLOG_FRAMES_MAX`] frames behind is hung up.

mod announce;
mod line;
mod mine;
mod presence;
mod whisper;

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use pigeon_wire::inbox::ViewCounts;
use pigeon_wire::live::{GuestFrame, StaffFrame, UserFrame, close};
use pigeon_wire::{LinkId, PersonId, ThreadId};
use serde::Serialize;
use tokio::sync::Notify;

use crate::actor::{Account, Credential, Guest};

pub(crate) use announce::run;
pub use announce::{Announcement, Announcer, AnnouncerSeat, Ended};
use line::Seat;
pub use line::{Line, Out};
use presence::Presences;
pub(crate) use whisper::Audience;

/// The lines that are open now.
#[derive(Clone, Default)]
pub struct Hub(Arc<Inner>);

#[derive(Default)]
struct Inner {
    rooms: Mutex<Rooms>,
    next_seat: AtomicU64,
    /// Rung when a badge may have changed.
    badge: Notify,
    /// Rung when something may have become unread, or read.
    unread: Notify,
    /// Rung when a mail is owed.
    mail: Notify,
    /// Rung when a hook is to be told something.
    webhook: Notify,
    /// Rung when a reply waits for a new moment.
    waiting: Notify,
    /// Rung when there may be something to whisper to the team …
    team_whispers: Notify,
    /// … and to guests.
    guest_whispers: Notify,
}

type Seats = HashMap<u64, Arc<Seat>>;

/// Who hears what.
#[derive(Default)]
struct Rooms {
    /// Whether every line was closed for good: one that comes later ends at once.
    closed: bool,
    everybody: Seats,
    people: HashMap<PersonId, Seats>,
    /// Lines on which people hear their own threads.
    mine: HashMap<PersonId, Seats>,
    guests: HashMap<ThreadId, Seats>,
    staff: HashMap<ThreadId, Seats>,
    inbox: Seats,
    presences: Presences,
}

/// Who sits on a line.
#[derive(Clone, Debug)]
enum Who {
    Guest { link: LinkId, thread: ThreadId },
    User { person: PersonId, by: Credential },
}

impl Who {
    /// Whether somebody's own eyes are at the other end. A program with their token may be another's.
    fn is_browser(&self) -> bool {
        matches!(
            self,
            Self::User {
                by: Credential::Session(_),
                ..
            }
        )
    }
}

impl Hub {
    /// Opens a line for a guest, who hears their one thread from now on.
    pub fn attach_guest(&self, guest: &Guest) -> Line {
        let who = Who::Guest {
            link: guest.link,
            thread: guest.thread,
        };
        let line = self.attach(who);
        let seat = Arc::clone(line.seat());
        self.rooms()
            .guests
            .entry(guest.thread)
            .or_default()
            .insert(seat.id, seat);
        line
    }

    /// Opens a line for a signed-in user, who hears nothing until they ask.
    pub fn attach_user(&self, account: &Account) -> Line {
        let who = Who::User {
            person: account.person,
            by: account.by,
        };
        let line = self.attach(who);
        let seat = Arc::clone(line.seat());
        self.rooms()
            .people
            .entry(account.person)
            .or_default()
            .insert(seat.id, seat);
        line
    }

    fn attach(&self, who: Who) -> Line {
        let id = self.0.next_seat.fetch_add(1, Ordering::Relaxed);
        let line = Line::new(self.clone(), id, who);
        let mut rooms = self.rooms();
        if rooms.closed {
            line.seat().end(close::RESTART);
        }
        rooms.everybody.insert(id, Arc::clone(line.seat()));
        drop(rooms);
        line
    }

    fn detach(&self, seat: &Seat) {
        let mut rooms = self.rooms();
        rooms.hush(seat);
        rooms.everybody.remove(&seat.id);
        rooms.inbox.remove(&seat.id);
        match seat.who {
            Who::Guest { thread, .. } => leave(&mut rooms.guests, &thread, seat.id),
            Who::User { person, .. } => {
                leave(&mut rooms.people, &person, seat.id);
                leave(&mut rooms.mine, &person, seat.id);
            }
        }
        for thread in seat.watched() {
            leave(&mut rooms.staff, &thread, seat.id);
        }
        drop(rooms);
        self.ring_after(&seat.who);
    }

    /// Ends every line with a code that tells clients to come back: the program is stopping.
    pub fn close_all(&self) {
        let mut rooms = self.rooms();
        rooms.closed = true;
        for seat in rooms.everybody.values() {
            seat.end(close::RESTART);
        }
    }

    /// How many lines are open.
    pub fn lines(&self) -> usize {
        self.rooms().everybody.len()
    }

    /// Waits until a mail may be owed.
    pub(crate) async fn mail_owed(&self) {
        self.0.mail.notified().await;
    }

    /// Waits until a hook may have to be told something.
    pub(crate) async fn webhook_owed(&self) {
        self.0.webhook.notified().await;
    }

    /// Waits until a reply may wait for a new moment.
    pub(crate) async fn reply_waits(&self) {
        self.0.waiting.notified().await;
    }

    /// Whether somebody of the customer's side would hear at once what is written in a thread.
    pub(crate) fn is_heard(&self, thread: ThreadId, customer: PersonId) -> bool {
        let rooms = self.rooms();
        rooms.guests.contains_key(&thread) || rooms.mine.contains_key(&customer)
    }

    /// Waits until a badge may have changed.
    pub(crate) async fn badge_changed(&self) {
        self.0.badge.notified().await;
    }

    /// Has every badge told anew where it changed.
    pub(crate) fn ring_badge(&self) {
        self.0.badge.notify_one();
        self.0.unread.notify_one();
    }

    /// Tells every open page that settings which it shows have changed.
    pub(crate) fn tell_settings(&self) {
        offer_all(self.rooms().everybody.values(), &StaffFrame::Settings);
    }

    /// Waits until something may have become unread, or read.
    pub(crate) async fn unread_changed(&self) {
        self.0.unread.notified().await;
    }

    /// Tells each listener of the inbox how much is unread for them, where it is not what they heard
    /// last.
    pub(crate) fn tell_unread(&self, unread_of: impl Fn(PersonId) -> Option<ViewCounts>) {
        for seat in self.rooms().inbox.values() {
            let Some(unread) = seat.person().and_then(&unread_of) else {
                continue;
            };
            if seat.told_unread(unread) != Some(unread) {
                seat.offer(&frame(&StaffFrame::Unread(unread)));
            }
        }
    }

    /// Tells each listener of the inbox their own counts and badge, where there are some and they are
    /// not what they heard last.
    pub(crate) fn tell_counts(&self, counts_of: impl Fn(PersonId) -> Option<ViewCounts>) {
        for seat in self.rooms().inbox.values() {
            let Who::User { person, .. } = seat.who else {
                continue;
            };
            let Some(counts) = counts_of(person) else {
                continue;
            };
            let before = seat.told_counts(counts);
            if before == Some(counts) {
                continue;
            }
            seat.offer(&frame(&StaffFrame::Counts(counts)));
            let count = counts.needs_reply;
            if before.is_none_or(|before| before.needs_reply != count) {
                seat.offer(&frame(&StaffFrame::Badge { count }));
            }
        }
    }

    /// Who listens to the inbox.
    pub(crate) fn inbox_listeners(&self) -> Vec<PersonId> {
        let rooms = self.rooms();
        let mut people: Vec<_> = rooms
            .inbox
            .values()
            .filter_map(|seat| seat.person())
            .collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// Gives one announcement to those whom it is for. Called by the announcer alone, after the
    /// commit.
    fn tell(&self, announcement: &Announcement) {
        match announcement {
            Announcement::Public(change) => {
                if let Some(seats) = self.rooms().guests.get(&change.thread) {
                    offer_all(seats.values(), &GuestFrame::Change(change.clone()));
                }
            }
            Announcement::Staff(change) => {
                self.note_sent(change);
                let customer = change.head.customer.id;
                if let Some(seats) = self.rooms().staff.get(&change.thread) {
                    // Whoever stands on the customer's side never hears the team's, whatever
                    // their role elsewhere.
                    let team = seats.values().filter(|seat| !seat.is(customer));
                    offer_all(team, &StaffFrame::Change(change.clone()));
                }
            }
            Announcement::Seen { thread, seen } => self.tell_seen(*thread, *seen),
            Announcement::SeenBy {
                people,
                thread,
                seen,
            } => self.tell_seen_by(people, *thread, seen),
            Announcement::Receipt {
                thread,
                customer,
                receipt,
            } => {
                if let Some(seats) = self.rooms().staff.get(thread) {
                    let team = seats.values().filter(|seat| !seat.is(*customer));
                    let receipts = StaffFrame::Receipts {
                        thread: *thread,
                        receipts: vec![receipt.clone()],
                    };
                    offer_all(team, &receipts);
                }
            }
            Announcement::Row { row, customer } => {
                let rooms = self.rooms();
                let team = rooms.inbox.values().filter(|seat| !seat.is(*customer));
                offer_all(team, &StaffFrame::Row(row.clone()));
                self.0.unread.notify_one();
            }
            Announcement::Read {
                person,
                thread,
                upto,
            } => {
                if let Some(seats) = self.rooms().people.get(person) {
                    let read = StaffFrame::Read {
                        thread: *thread,
                        upto: *upto,
                    };
                    offer_all(seats.values(), &read);
                }
                self.0.unread.notify_one();
            }
            Announcement::Mine { people, change } => self.tell_mine(people, change),
            Announcement::MailboxRow { person, row } => {
                self.tell_one(*person, &UserFrame::Row(row.clone()));
            }
            Announcement::MailboxGone { person, thread } => {
                self.tell_one(*person, &UserFrame::Gone { thread: *thread });
            }
            Announcement::Mailbox { person, counts } => {
                self.tell_one(*person, &UserFrame::Counts(*counts));
            }
            Announcement::Draft { person, draft } => {
                if let Some(seats) = self.rooms().people.get(person) {
                    let windows = seats.values().filter(|seat| seat.who.is_browser());
                    offer_all(windows, &StaffFrame::Draft(draft.clone()));
                }
            }
            Announcement::Rights(person) => {
                if let Some(seats) = self.rooms().people.get(person) {
                    offer_all(seats.values(), &StaffFrame::Rights);
                }
            }
            Announcement::Gone(thread) => {
                let gone = StaffFrame::Gone { thread: *thread };
                offer_all(self.rooms().inbox.values(), &gone);
            }
            Announcement::Badge => self.ring_badge(),
            Announcement::Mail => self.0.mail.notify_one(),
            Announcement::Webhook => self.0.webhook.notify_one(),
            Announcement::Waiting => self.0.waiting.notify_one(),
            Announcement::Ended(ended) => {
                for seat in self.rooms().everybody.values() {
                    if ended.concerns(&seat.who) {
                        seat.end(close::REVOKED);
                    }
                }
            }
        }
    }

    fn rooms(&self) -> MutexGuard<'_, Rooms> {
        // A panic while the lock was held leaves at worst a seat too many or too few.
        self.0.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn leave<K: Hash + Eq>(rooms: &mut HashMap<K, Seats>, room: &K, seat: u64) {
    if let Some(seats) = rooms.get_mut(room) {
        seats.remove(&seat);
        if seats.is_empty() {
            rooms.remove(room);
        }
    }
}

fn offer_all<'s>(seats: impl Iterator<Item = &'s Arc<Seat>>, what: &impl Serialize) {
    let mut seats = seats.peekable();
    if seats.peek().is_some() {
        let bytes = frame(what);
        for seat in seats {
            seat.offer(&bytes);
        }
    }
}

/// A frame as it goes over the wire.
///
/// # Panics
/// Never: the frames' types hold nothing that JSON cannot (a test serialises each).
pub fn frame(what: &impl Serialize) -> Bytes {
    match serde_json::to_vec(what) {
        Ok(json) => Bytes::from(json),
        Err(cause) => {
            tracing::error!(%cause, "a frame could not be serialised");
            Bytes::from_static(b"{\"t\":\"beat\"}")
        }
    }
}
