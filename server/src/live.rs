//! The live socket `GET /api/v1/live`: hello, heartbeat, frames, hang up. With `?thread=<id>` it is a
//! guest's, who is known by that thread's cookie and hears that thread alone; without, it is a
//! signed-in user's or, with a token, a program's, and with `?mine=true` that of a user in their own threads. What travels is described in `docs/LIVE.md`.

pub mod embed;
mod mine;

use std::time::Duration;

use axum::extract::ws::rejection::WebSocketUpgradeRejection;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use futures::SinkExt as _;
use pigeon_core::actor::{Account, Guest};
use pigeon_core::guest::Standing;
use pigeon_core::hub::{Line, Out, frame};
use pigeon_core::message::rest_after;
use pigeon_core::{Error, Office, guest, inbox, presence, session, thread, token};
use pigeon_wire::live::{
    BEAT_MS, CALL_BYTES_MAX, GuestCall, GuestFrame, LiveCall, PublicWhisper, SILENCE_MS,
    StaffFrame, VERSION, close,
};
use pigeon_wire::token::Scope;
use pigeon_wire::{Fault, ThreadId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};

use crate::asking::Asking;
use crate::refusal::Answer;
use crate::rest::bearer::presented;
use crate::{Hall, Refused, assets};

/// Bytes read at once from a socket: clients say little. The library's own default would cost every
/// idle line 128 KiB.
const READ_BUFFER_BYTES: usize = 1024;
/// Bytes after which queued frames are handed to the system.
const WRITE_BUFFER_BYTES: usize = 8 * 1024;
/// Bytes that may be queued in a socket at all; more means that nobody reads.
const WRITE_BUFFER_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How long a write may take before the client counts as gone.
const WRITE_TIME: Duration = Duration::from_secs(10);
/// Calls that a client may make between two beats: many times what a page makes.
const CALLS_PER_BEAT_MAX: u32 = 200;
/// The same for a guest, whose page says only that somebody types.
const GUEST_CALLS_PER_BEAT_MAX: u32 = 30;
/// The longest time until a credential's expiry is asked for anew.
const EXPIRY_LOOK: Duration = Duration::from_hours(1);

/// What the address says.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The guest's thread; without it, the socket is a signed-in user's.
    thread: Option<ThreadId>,
    /// The last number that the guest's page holds.
    #[serde(default)]
    after: i64,
    /// Whether somebody with an account hears their own threads, rather than the team's work.
    #[serde(default)]
    mine: bool,
}

/// `GET /api/v1/live`.
pub async fn door(
    State(hall): State<Hall>,
    asking: Asking,
    headers: HeaderMap,
    asked: Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Answer {
    let Query(asked) = asked.map_err(|_| Refused::from(Fault::Malformed))?;
    let office = hall.office.clone();
    let who = match presented(&headers) {
        Some(token) => of_program(&office, token, &asked).await?,
        None => recognise(&office, &asking, &asked).await?,
    };
    let upgrade = upgrade.map_err(|rejection| Refused::of_status(rejection.status()))?;
    Ok(open(upgrade, office, who))
}

enum Who {
    Guest(Guest, i64),
    User(Account),
    Mine(Account),
}

impl Who {
    const fn calls_max(&self) -> u32 {
        match self {
            Self::Guest(..) => GUEST_CALLS_PER_BEAT_MAX,
            Self::User(_) | Self::Mine(_) => CALLS_PER_BEAT_MAX,
        }
    }
}

/// A program, known by its token within its scopes; no cookie is looked at. Guests' programs have no
/// socket: their link's secret opens one for pages alone.
async fn of_program(office: &Office, shown: &str, asked: &Asked) -> Result<Who, Refused> {
    let known = token::recognise(office, shown).await?;
    let known = known.ok_or(Fault::NotSignedIn)?;
    token::spend(office, &known).map_err(|(_, fault)| fault)?;
    let (scope, who) = if asked.mine {
        (Scope::Own, Who::Mine(known.account.clone()))
    } else {
        (Scope::Read, Who::User(known.account.clone()))
    };
    if asked.thread.is_some() || !known.scopes.has(scope) {
        return Err(Fault::OutOfScope.into());
    }
    Ok(who)
}

async fn recognise(office: &Office, asking: &Asking, asked: &Asked) -> Result<Who, Refused> {
    let Some(thread) = asked.thread else {
        let account = asking.account.clone().ok_or(Fault::NotSignedIn)?;
        return Ok(if asked.mine {
            Who::Mine(account)
        } else {
            Who::User(account)
        });
    };
    let secret = asking.secrets.of(thread).ok_or(Fault::NotFound)?;
    match guest::standing(office, thread, secret).await? {
        Standing::Good(guest) => Ok(Who::Guest(guest, asked.after)),
        Standing::Expired { .. } => Err(Fault::Expired.into()),
        Standing::Unknown => Err(Fault::NotFound.into()),
    }
}

/// A socket within our bounds.
fn bounded(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
        .max_message_size(CALL_BYTES_MAX)
        .max_frame_size(CALL_BYTES_MAX)
}

fn open(upgrade: WebSocketUpgrade, office: Office, who: Who) -> Response {
    bounded(upgrade)
        .on_upgrade(move |socket| async move {
            let mut talk = Talk { socket, office };
            let code = talk.with(&who).await;
            talk.hang_up(code).await;
        })
        .into_response()
}

/// One socket's talk, until it ends with a close code.
struct Talk {
    socket: WebSocket,
    office: Office,
}

/// Why a talk ends: the code to close with, or nothing when the other side is gone already.
type End = Option<u16>;

impl Talk {
    async fn with(&mut self, who: &Who) -> End {
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
    async fn talk(&mut self, line: &mut Line, who: &Who, beat: bytes::Bytes) -> End {
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
                said = self.socket.recv() => {
                    heard = Instant::now();
                    match said {
                        Some(Ok(Message::Text(text))) => {
                            calls += 1;
                            if calls > who.calls_max() {
                                return Some(close::BEHIND);
                            }
                            if let Err(end) = self.answer(&text, line, who).await {
                                return end;
                            }
                        }
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Ok(Message::Binary(_))) => return Some(close::MALFORMED),
                        Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                    }
                }
                _ = beats.tick() => {
                    if heard.elapsed() > silence {
                        return Some(close::BEHIND);
                    }
                    calls = 0;
                    // Browsers answer a ping by themselves, and show nobody that one came: hence the
                    // frame beside it.
                    let signs = [Message::Ping(beat.clone()), text(beat.clone())?];
                    if let Err(end) = self.send(signs).await {
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

    async fn write_all<F: Serialize>(
        &mut self,
        frames: impl IntoIterator<Item = F>,
    ) -> Result<(), End> {
        let mut messages = Vec::new();
        for what in frames {
            messages.push(text(frame(&what)).ok_or(Some(close::BEHIND))?);
        }
        self.send(messages).await
    }

    /// Writes a frame and those that wait behind it in one go.
    async fn write_waiting(&mut self, first: bytes::Bytes, line: &mut Line) -> Result<(), End> {
        let mut messages = vec![text(first).ok_or(Some(close::BEHIND))?];
        while let Some(next) = line.waiting() {
            messages.push(text(next).ok_or(Some(close::BEHIND))?);
        }
        self.send(messages).await
    }

    async fn send(&mut self, messages: impl IntoIterator<Item = Message>) -> Result<(), End> {
        let write = async {
            for message in messages {
                self.socket.feed(message).await?;
            }
            self.socket.flush().await
        };
        match timeout(WRITE_TIME, write).await {
            Ok(Ok(())) => Ok(()),
            // Gone, or it takes nothing: either way there is nobody to say goodbye to.
            Ok(Err(_)) | Err(_) => Err(None),
        }
    }

    async fn hang_up(mut self, code: End) {
        let Some(code) = code else { return };
        let goodbye = Message::Close(Some(CloseFrame {
            code,
            reason: Utf8Bytes::default(),
        }));
        // What the other side makes of it is its own affair.
        let _ = self.send([goodbye]).await;
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
fn understood<C: DeserializeOwned>(said: &str) -> Result<C, End> {
    serde_json::from_str(said).map_err(|_| Some(close::MALFORMED))
}

fn allowed(done: Result<(), Error>) -> Result<(), End> {
    done.map_err(|error| Some(code_of(error)))
}

/// The same, where a thread that is not for the caller is passed over: the page learns of it from
/// its own answer.
fn found(done: Result<(), Error>) -> Result<(), End> {
    match done {
        Err(Error::Fault(Fault::NotFound)) => Ok(()),
        done => allowed(done),
    }
}

/// A frame as a text message; the hub's frames are JSON, which is UTF-8.
fn text(frame: bytes::Bytes) -> Option<Message> {
    Utf8Bytes::try_from(frame).ok().map(Message::Text)
}

/// How a refusal ends a socket: what will not change by coming back is told apart from what may.
fn code_of(error: Error) -> u16 {
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
