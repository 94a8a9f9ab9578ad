//! One open line: a bounded queue of frames, and how it ends.

use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use pigeon_wire::inbox::ViewCounts;
use pigeon_wire::live::{BACKLOG_FRAMES_MAX, StaffFrame, WATCHES_MAX, close};
use pigeon_wire::{PersonId, ThreadId};
use tokio::sync::{Notify, mpsc};

use super::{Hub, Who};

/// The hub's end of a line.
pub(super) struct Seat {
    pub id: u64,
    pub who: Who,
    frames: mpsc::Sender<Bytes>,
    /// The close code, once the line has ended; 0 while it is open.
    code: AtomicU16,
    ended: Notify,
    /// The counts that this line heard last …
    counts: Mutex<Option<ViewCounts>>,
    /// … and how many it heard of as unread.
    unread: Mutex<Option<ViewCounts>>,
    watched: Mutex<Vec<ThreadId>>,
}

impl Seat {
    pub fn is(&self, someone: PersonId) -> bool {
        matches!(self.who, Who::User { person, .. } if person == someone)
    }

    /// The user on the line, if it is one.
    pub const fn person(&self) -> Option<PersonId> {
        match self.who {
            Who::User { person, .. } => Some(person),
            Who::Guest { .. } => None,
        }
    }

    /// Remembers the counts that the line hears now, and answers those that it heard before.
    pub fn told_counts(&self, counts: ViewCounts) -> Option<ViewCounts> {
        heard(&self.counts).replace(counts)
    }

    /// The same for what is unread.
    pub fn told_unread(&self, unread: ViewCounts) -> Option<ViewCounts> {
        heard(&self.unread).replace(unread)
    }

    /// Queues a frame, or hangs up on a line that is too far behind to take it.
    pub fn offer(&self, frame: &Bytes) {
        if let Err(mpsc::error::TrySendError::Full(_)) = self.frames.try_send(frame.clone()) {
            self.end(close::BEHIND);
        }
    }

    /// Ends the line; the first code stands.
    pub fn end(&self, code: u16) {
        if self
            .code
            .compare_exchange(0, code, Ordering::SeqCst, Ordering::SeqCst)
            .is_ok()
        {
            self.ended.notify_one();
        }
    }

    pub fn watched(&self) -> Vec<ThreadId> {
        self.watched
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn heard(counts: &Mutex<Option<ViewCounts>>) -> MutexGuard<'_, Option<ViewCounts>> {
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The socket's end of a line; dropping it takes the line off the hub.
pub struct Line {
    hub: Hub,
    seat: Arc<Seat>,
    frames: mpsc::Receiver<Bytes>,
}

/// What comes out of a line.
#[derive(Debug, PartialEq, Eq)]
pub enum Out {
    /// A frame, ready for the wire.
    Frame(Bytes),
    /// The end, with its close code.
    Close(u16),
}

impl Line {
    pub(super) fn new(hub: Hub, id: u64, who: Who) -> Self {
        let (sender, frames) = mpsc::channel(BACKLOG_FRAMES_MAX);
        let seat = Seat {
            id,
            who,
            frames: sender,
            code: AtomicU16::new(0),
            ended: Notify::new(),
            counts: Mutex::default(),
            unread: Mutex::default(),
            watched: Mutex::default(),
        };
        Self {
            hub,
            seat: Arc::new(seat),
            frames,
        }
    }

    pub(super) fn hub(&self) -> &Hub {
        &self.hub
    }

    pub(super) fn seat(&self) -> &Arc<Seat> {
        &self.seat
    }

    /// Waits for the next frame or the end. Frames that still wait are dropped at the end: the page
    /// catches up by number. Safe to drop and call again.
    pub async fn next(&mut self) -> Out {
        let code = self.seat.code.load(Ordering::SeqCst);
        if code != 0 {
            return Out::Close(code);
        }
        tokio::select! {
            biased;
            () = self.seat.ended.notified() => Out::Close(self.seat.code.load(Ordering::SeqCst)),
            frame = self.frames.recv() => frame.map_or(Out::Close(close::RESTART), Out::Frame),
        }
    }

    /// The next frame if one waits already, so that a backlog is written in one go.
    pub fn waiting(&mut self) -> Option<Bytes> {
        self.frames.try_recv().ok()
    }

    /// Hears rows of the inbox and the badge from now on. The caller holds the right to read it.
    pub(crate) fn join_inbox(&self) {
        let seat = Arc::clone(&self.seat);
        *heard(&self.seat.counts) = None;
        *heard(&self.seat.unread) = None;
        let mut rooms = self.hub.rooms();
        if let Who::User { person, .. } = seat.who {
            let threads = rooms.presences.all_told_team(person);
            if !threads.is_empty() {
                seat.offer(&super::frame(&StaffFrame::Presences { threads }));
            }
        }
        rooms.inbox.insert(seat.id, seat);
    }

    /// Hears the changes of a thread as the team sees them from now on. The caller holds the right
    /// to read it. `false` when the line watches too many threads already.
    pub(crate) fn join_staff(&self, thread: ThreadId) -> bool {
        let mut rooms = self.hub.rooms();
        let mut watched = self
            .seat
            .watched
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if !watched.contains(&thread) {
            if watched.len() >= WATCHES_MAX {
                return false;
            }
            watched.push(thread);
        }
        rooms
            .staff
            .entry(thread)
            .or_default()
            .insert(self.seat.id, Arc::clone(&self.seat));
        true
    }

    /// Hears no more of a thread.
    pub fn leave_staff(&self, thread: ThreadId) {
        let mut rooms = self.hub.rooms();
        let mut watched = self
            .seat
            .watched
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        watched.retain(|other| *other != thread);
        super::leave(&mut rooms.staff, &thread, self.seat.id);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.hub.detach(&self.seat);
    }
}
