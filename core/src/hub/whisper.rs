//! What has no number: who looks, who types. A whisper is told when it differs from what was told
//! before, to each audience at its own pace: nothing that the team does among itself delays or
//! hastens what a guest hears.

use pigeon_wire::live::{GuestFrame, PublicWhisper, StaffFrame, UserFrame};
use pigeon_wire::note::StaffContent;
use pigeon_wire::person::PersonRef;
use pigeon_wire::presence::{Pen, ThreadPresence};
use pigeon_wire::seen::Seen;
use pigeon_wire::thread::Side;
use pigeon_wire::{Millis, PersonId, ThreadId};

use super::line::Seat;
use super::{Hub, Line, Rooms, Who, frame, offer_all};

/// For whom whispers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Audience {
    Team,
    Guests,
}

/// What came of a round of whispers.
pub(crate) struct Whispered {
    /// Whether anybody was told anything.
    pub told: bool,
    /// When something of what holds now runs out.
    pub next: Option<Millis>,
}

impl Line {
    /// Somebody of the team sees a thread on this line. The caller holds the right to read it.
    pub(crate) fn look(&self, thread: ThreadId, customer: PersonId, who: PersonRef, now: Millis) {
        let hub = self.hub();
        hub.rooms()
            .presences
            .look(self.seat().id, thread, customer, who, now);
        hub.ring(Audience::Team);
    }

    /// Nobody sees a thread on this line any more.
    pub fn look_away(&self) {
        self.hub().rooms().presences.leave(self.seat().id);
        self.hub().ring(Audience::Team);
        self.hub().ring(Audience::Guests);
    }

    /// Somebody of the team types on this line. The caller holds the right to write in the thread.
    pub(crate) fn types(
        &self,
        thread: ThreadId,
        customer: PersonId,
        who: PersonRef,
        pen: Pen,
        now: Millis,
    ) {
        let hub = self.hub();
        let seat = self.seat().id;
        hub.rooms()
            .presences
            .types(seat, thread, customer, (who, pen), now);
        hub.ring_for(pen);
    }

    /// The customer on this line types.
    pub(crate) fn customer_types(&self, thread: ThreadId, customer: PersonId, now: Millis) {
        let hub = self.hub();
        hub.rooms()
            .presences
            .customer_types(self.seat().id, thread, customer, now);
        hub.ring(Audience::Team);
    }

    /// Who is at a thread now, as far as the team was told; nothing when nobody is.
    pub fn presence(&self, thread: ThreadId) -> Option<ThreadPresence> {
        self.hub().rooms().presences.told_team(thread).cloned()
    }

    /// Who of the team types to a customer now, as far as customers were told.
    pub fn typing(&self, thread: ThreadId) -> Option<String> {
        self.hub().rooms().presences.told_guest(thread)
    }
}

impl Hub {
    fn ring(&self, audience: Audience) {
        match audience {
            Audience::Team => self.0.team_whispers.notify_one(),
            Audience::Guests => self.0.guest_whispers.notify_one(),
        }
    }

    fn ring_for(&self, pen: Pen) {
        self.ring(Audience::Team);
        if pen == Pen::Reply {
            self.ring(Audience::Guests);
        }
    }

    /// A line has gone, and what it whispered with it.
    pub(super) fn ring_after(&self, who: &Who) {
        match who {
            Who::Guest { .. } => self.ring(Audience::Team),
            Who::User { .. } => self.ring_for(Pen::Reply),
        }
    }

    /// Waits until there may be something to whisper.
    pub(crate) async fn whispers(&self, audience: Audience) {
        match audience {
            Audience::Team => self.0.team_whispers.notified().await,
            Audience::Guests => self.0.guest_whispers.notified().await,
        }
    }

    /// Tells one audience what differs from what it was told last.
    pub(crate) fn whisper(&self, audience: Audience, now: Millis) -> Whispered {
        let mut rooms = self.rooms();
        let told = match audience {
            Audience::Team => {
                let all = rooms.presences.news_for_team(now);
                let told = !all.is_empty();
                for news in all {
                    let bytes = frame(&StaffFrame::Presence(news.now));
                    for seat in at_thread(&rooms, news.thread) {
                        if !seat.is(news.customer) {
                            seat.offer(&bytes);
                        }
                    }
                }
                told
            }
            Audience::Guests => {
                let all = rooms.presences.news_for_guests(now);
                let told = !all.is_empty();
                for news in all {
                    let thread = news.thread;
                    if let Some(seats) = rooms.mine.get(&news.customer) {
                        let by = news.now.clone();
                        offer_all(seats.values(), &UserFrame::Typing { thread, by });
                    }
                    if let Some(seats) = rooms.guests.get(&thread) {
                        let whisper = PublicWhisper {
                            typing: news.now,
                            seen: Vec::new(),
                        };
                        offer_all(seats.values(), &GuestFrame::Whisper(whisper));
                    }
                }
                told
            }
        };
        let next = rooms.presences.next_end(now);
        Whispered { told, next }
    }

    /// Tells a guest how far the team has read.
    pub(super) fn tell_seen(&self, thread: ThreadId, seen: Seen) {
        let rooms = self.rooms();
        if let Some(seats) = rooms.guests.get(&thread) {
            let whisper = PublicWhisper {
                typing: rooms.presences.told_guest(thread),
                seen: vec![seen],
            };
            offer_all(seats.values(), &GuestFrame::Whisper(whisper));
        }
    }

    /// Whoever has sent a text types it no longer.
    pub(super) fn note_sent(&self, change: &pigeon_wire::live::StaffChange) {
        let mut rooms = self.rooms();
        let fresh = change.entries.iter().filter(|e| e.place > change.prev);
        for entry in fresh {
            let presences = &mut rooms.presences;
            match (&entry.content, entry.side) {
                (StaffContent::Message { .. }, Side::Customer) => {
                    presences.customer_rests(change.thread, None);
                    self.ring(Audience::Team);
                }
                (StaffContent::Message { .. }, Side::Staff) => {
                    presences.sent(change.thread, entry.author.id, Pen::Reply);
                    self.ring_for(Pen::Reply);
                }
                (StaffContent::Note { .. }, _) => {
                    presences.sent(change.thread, entry.author.id, Pen::Note);
                    self.ring_for(Pen::Note);
                }
                (StaffContent::Event(_), _) => {}
            }
        }
    }
}

impl Rooms {
    /// Takes a line out of what is whispered.
    pub(super) fn hush(&mut self, seat: &Seat) {
        match seat.who {
            Who::Guest { thread, .. } => self.presences.customer_rests(thread, Some(seat.id)),
            Who::User { .. } => self.presences.leave(seat.id),
        }
    }
}

/// The lines of the team to which a thread's whispers go, each once: those that show the inbox, and
/// those that watch the thread.
fn at_thread(rooms: &Rooms, thread: ThreadId) -> impl Iterator<Item = &std::sync::Arc<Seat>> {
    let watching = rooms.staff.get(&thread);
    let others = watching.into_iter().flatten();
    let others = others.filter(|(id, _)| !rooms.inbox.contains_key(*id));
    rooms.inbox.values().chain(others.map(|(_, seat)| seat))
}
