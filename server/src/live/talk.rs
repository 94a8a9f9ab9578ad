//! One line's talk, whatever carries it: who is there, frames out, calls in, a beat in between, until
//! one side ends it.

use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use pigeon_core::actor::{Account, Guest};
use pigeon_core::hub::{Line, Out, frame};
use pigeon_core::message::rest_after;
use pigeon_core::{Error, Office, guest, inbox, presence, session, thread};
use pigeon_wire::live::{
    BEAT_MS, GuestCall, GuestFrame, LiveCall, PublicWhisper, SILENCE_MS, StaffFrame, VERSION, close,
};
use pigeon_wire::{Fault, ThreadId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use super::Who;
use super::peer::{Peer, Said};
use crate::assets;

/// How long a write may take before the client counts as gone.
const WRITE_TIME: Duration = Duration::from_secs(10);
/// Calls that a client may make between two beats: many times what a page makes.
const CALLS_PER_BEAT_MAX: u32 = 200;
/// The same for a guest, whose page says only that somebody types.
const GUEST_CALLS_PER_BEAT_MAX: u32 = 30;
/// The longest time until a credential's expiry is asked for anew.
const EXPIRY_LOOK: Duration = Duration::from_hours(1);

const fn calls_max(who: &Who) -> u32 {
    match who {
        Who::Guest(..) => GUEST_CALLS_PER_BEAT_MAX,
        Who::User(_) | Who::Mine(_) => CALLS_PER_BEAT_MAX,
    }
}

/// One line's talk, until it ends with a close code.
pub(super) struct Talk {
    pub peer: Peer,
    pub office: Office,
}

/// Why a talk ends: the code to close with, or nothing when the other side is gone already.
pub(super) type End = Option<u16>;

impl Talk {
    /// Talks to the end, and says goodbye.
    pub async fn run(mut self, who: &Who) {
        let code = self.with(who).await;
        self.hang_up(code).await;
    }

    pub async fn with(&mut self, who: &Who) -> End {
        match who {
            Who::Guest(guest, after) => self.with_guest(who, guest, *after).await,
            Who::User(account) => self.with_user(who, account).await,
            Who::Mine(account) => self.with_mine(who, account).await,
        }
    }

    async fn with_guest(&mut self, who: &Who, guest: &Guest, after: i64) -> End {
        // Attached before reading: what commits in between comes twice, told apart by its number.
        let mut line = self.office.hub().attach_guest(guest);
        let hello = GuestFrame::Hello {
            version: VERSION,
            beat_ms: BEAT_MS,
        };
        if let Err(end) = self.write_all([hello]).await {
            return end;
        }
        let mut rest = Some(after);
        while let Some(after) = rest {
            // Reading proves the right again: a link revoked just now was not on the hub yet.
            let changes = match guest::changed_after(&self.office, guest, after).await {
                Ok(changes) => changes,
                Err(error) => return Some(code_of(error)),
            };
            rest = rest_after(&changes);
            if let Err(end) = self
                .write_all(changes.into_iter().map(GuestFrame::Change))
                .await
            {
                return end;
            }
        }
        // What has no number is told whole; a line begins with nothing of it.
        let seen = match guest::seen_by_team(&self.office, guest).await {
            Ok(seen) => seen,
            Err(error) => return Some(code_of(error)),
        };
        let typing = line.typing(guest.thread);
        if typing.is_some() || !seen.is_empty() {
            let whisper = GuestFrame::Whisper(PublicWhisper { typing, seen });
            if let Err(end) = self.write_all([whisper]).await {
                return end;
            }
        }
        self.talk(&mut line, who, frame(&GuestFrame::Beat)).await
    }

    async fn with_user(&mut self, who: &Who, account: &Account) -> End {
        let mut line = self.office.hub().attach_user(account);
        // The same for a session that ended just now.
        if let Err(error) = session::me(&self.office, account).await {
            return Some(code_of(error));
        }
        let hello = StaffFrame::Hello {
            version: VERSION,
            beat_ms: BEAT_MS,
            build: assets::build().to_owned(),
        };
        if let Err(end) = self.write_all([hello]).await {
            return end;
        }
        self.talk(&mut line, who, frame(&StaffFrame::Beat)).await
    }

    /// Frames out, calls in, a beat in between, until one side ends it.
    pub(super) async fn talk(&mut self, line: &mut Line, who: &Who, beat: bytes::Bytes) -> End {
        let mut expiry = Expiry::of(&self.office, who).await;
        let mut beats = interval(Duration::from_millis(BEAT_MS.into()));
        beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
        beats.reset();
        let silence = Duration::from_millis(SILENCE_MS.into());
        let mut heard = Instant::now();
        let mut calls = 0;
        loop {
            tokio::select! {
                out = line.next() => match out {
                    Out::Close(code) => return Some(code),
                    Out::Frame(bytes) => {
                        if let Err(end) = self.write_waiting(bytes, line).await {
                            return end;
                        }
                    }
                },
                said = self.peer.hear() => {
                    heard = Instant::now();
                    match said {
                        Said::Call(text) => {
                            calls += 1;
                            if calls > calls_max(who) {
                                return Some(close::BEHIND);
                            }
                            if let Err(end) = self.answer(&text, line, who).await {
                                return end;
                            }
                        }
                        Said::Life => {}
                        Said::Noise => return Some(close::MALFORMED),
                        Said::Gone => return None,
                    }
                }
                _ = beats.tick() => {
                    if heard.elapsed() > silence {
                        return Some(close::BEHIND);
                    }
                    calls = 0;
                    if let Err(end) = self.beat(&beat).await {
                        return end;
                    }
                }
                () = expiry.look() => {
                    expiry = Expiry::of(&self.office, who).await;
                    if expiry.is_over {
                        return Some(close::REVOKED);
                    }
                }
            }
        }
    }

    /// Does what a client asks for.
    async fn answer(&mut self, said: &str, line: &Line, who: &Who) -> Result<(), End> {
        match who {
            Who::Guest(guest, _) => match understood(said)? {
                GuestCall::Beat => Ok(()),
                GuestCall::Typing => {
                    allowed(presence::guest_types(&self.office, guest, line).await)
                }
            },
            Who::User(account) => self.answer_user(understood(said)?, line, account).await,
            Who::Mine(account) => self.answer_mine(understood(said)?, line, account).await,
        }
    }

    async fn answer_user(
        &mut self,
        call: LiveCall,
        line: &Line,
        account: &Account,
    ) -> Result<(), End> {
        let office = &self.office;
        match call {
            LiveCall::Beat => Ok(()),
            LiveCall::Inbox => allowed(inbox::listen(office, account, line).await),
            LiveCall::Watch { thread, after } => self.catch_up(line, account, thread, after).await,
            LiveCall::Unwatch { thread } => {
                line.leave_staff(thread);
                Ok(())
            }
            LiveCall::Look { thread: None } => {
                line.look_away();
                Ok(())
            }
            LiveCall::Look {
                thread: Some(thread),
            } => found(presence::look(office, account, line, thread).await),
            LiveCall::Typing { thread, pen } => {
                found(presence::types(office, account, line, thread, pen).await)
            }
        }
    }

    /// Joins a thread and writes what was missed; a long absence takes several answers.
    async fn catch_up(
        &mut self,
        line: &Line,
        account: &Account,
        thread: ThreadId,
        after: i64,
    ) -> Result<(), End> {
        let mut rest = Some(after);
        while let Some(after) = rest {
            let changes = match thread::follow(&self.office, account, line, thread, after).await {
                Ok(changes) => changes,
                // The page that asks learns the same from its own answer.
                Err(Error::Fault(Fault::NotFound)) => return Ok(()),
                Err(error) => return Err(Some(code_of(error))),
            };
            rest = rest_after(&changes);
            self.write_all(changes.into_iter().map(StaffFrame::Change))
                .await?;
        }
        // What has no number is told whole.
        let receipts = thread::receipts(&self.office, account, thread)
            .await
            .map_err(|error| Some(code_of(error)))?;
        let receipts = (!receipts.is_empty()).then_some(StaffFrame::Receipts { thread, receipts });
        let presence = line.presence(thread).map(StaffFrame::Presence);
        self.write_all(receipts.into_iter().chain(presence)).await
    }

    pub(super) async fn write_all<F: Serialize>(
        &mut self,
        frames: impl IntoIterator<Item = F>,
    ) -> Result<(), End> {
        let mut texts = Vec::new();
        for what in frames {
            texts.push(text(frame(&what))?);
        }
        self.send(texts).await
    }

    /// Writes a frame and those that wait behind it in one go.
    async fn write_waiting(&mut self, first: bytes::Bytes, line: &mut Line) -> Result<(), End> {
        let mut texts = vec![text(first)?];
        while let Some(next) = line.waiting() {
            texts.push(text(next)?);
        }
        self.send(texts).await
    }

    async fn send(&mut self, frames: Vec<Utf8Bytes>) -> Result<(), End> {
        in_time(self.peer.tell(frames)).await
    }

    async fn beat(&mut self, beat: &bytes::Bytes) -> Result<(), End> {
        in_time(self.peer.ping(beat.clone())).await?;
        self.send(vec![text(beat.clone())?]).await
    }

    pub async fn hang_up(self, code: End) {
        if let Some(code) = code {
            // It may take nothing any more.
            let _ = timeout(WRITE_TIME, self.peer.dismiss(code)).await;
        }
    }
}

/// A write that is done, or the end: whoever is gone or takes nothing hears no goodbye either.
async fn in_time(write: impl Future<Output = bool>) -> Result<(), End> {
    match timeout(WRITE_TIME, write).await {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(None),
    }
}

/// When a credential is to be looked at again.
struct Expiry {
    at: Instant,
    is_over: bool,
}

impl Expiry {
    async fn of(office: &Office, who: &Who) -> Self {
        let expires_at = match who {
            Who::Guest(guest, _) => guest::expires_at(office, guest).await,
            Who::User(account) | Who::Mine(account) => session::expires_at(office, account).await,
        };
        match expires_at {
            // What cannot be told now is asked again; the next request is refused either way.
            Err(_) => Self {
                at: Instant::now() + EXPIRY_LOOK,
                is_over: false,
            },
            Ok(moment) => {
                let left_ms = moment.since(office.now());
                let left = Duration::from_millis(u64::try_from(left_ms).unwrap_or_default());
                Self {
                    at: Instant::now() + left.min(EXPIRY_LOOK),
                    is_over: left_ms <= 0,
                }
            }
        }
    }

    async fn look(&self) {
        sleep_until(self.at).await;
    }
}

/// What a client says, if it is in the protocol.
pub(super) fn understood<C: DeserializeOwned>(said: &str) -> Result<C, End> {
    serde_json::from_str(said).map_err(|_| Some(close::MALFORMED))
}

fn allowed(done: Result<(), Error>) -> Result<(), End> {
    done.map_err(|error| Some(code_of(error)))
}

/// The same, where a thread that is not for the caller is passed over: the page learns of it from
/// its own answer.
pub(super) fn found(done: Result<(), Error>) -> Result<(), End> {
    match done {
        Err(Error::Fault(Fault::NotFound)) => Ok(()),
        done => allowed(done),
    }
}

/// A frame as text; the hub's frames are JSON, which is UTF-8.
fn text(frame: bytes::Bytes) -> Result<Utf8Bytes, End> {
    Utf8Bytes::try_from(frame).map_err(|_| Some(close::BEHIND))
}

/// How a refusal ends a line: what will not change by coming back is told apart from what may.
pub(super) fn code_of(error: Error) -> u16 {
    match error {
        Error::Fault(
            Fault::NotSignedIn | Fault::Expired | Fault::NotFound | Fault::Forbidden(_),
        ) => close::REVOKED,
        Error::Fault(_) => close::BEHIND,
        inner => {
            // Logs the cause.
            let _ = Fault::from(inner);
            close::BEHIND
        }
    }
}
