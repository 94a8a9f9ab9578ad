//! Reading: the token itself, lists of threads, one thread and its entries.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use pigeon_core::{inbox, session, thread};
use pigeon_wire::inbox::{Ask, RowCursor};
use pigeon_wire::permission::Permission;
use pigeon_wire::{Fault, ThreadId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::bearer::{Any, Program, Reads};
use super::known;
use super::model::{Counts, Entry, EntryPage, Me, Thread, ThreadPage, ThreadRow};
use crate::refusal::Answer;
use crate::{Hall, Refused};

/// What a list of threads is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListAsk {
    /// `all`, `needs-reply`, `mine`, `unassigned`, `pending`, `open`, `closed`, `snoozed` or
    /// `trash`.
    pub view: Option<String>,
    /// `pending`, `open` or `closed`.
    pub status: Option<String>,
    /// `form`, `widget` or `user`.
    pub source: Option<String>,
    /// A person's id, `me` or `nobody`.
    pub assignee: Option<String>,
    /// Who started it: `guest` or `user`.
    pub by: Option<String>,
    /// `1`: only what the token's owner has not read.
    pub unread: Option<String>,
    /// `1`: only what has a file.
    pub file: Option<String>,
    /// A tag.
    pub tag: Option<String>,
    /// The first day of the newest message, like `2026-11-01`.
    pub from: Option<String>,
    /// The last day of the newest message.
    pub until: Option<String>,
    /// `activity`, `waiting`, `created` or `subject`.
    pub sort: Option<String>,
    /// Where the page before ended: its `next`.
    pub after: Option<String>,
}

impl ListAsk {
    fn word(&self, name: &str) -> Option<String> {
        match name {
            "view" => self.view.clone(),
            "status" => self.status.clone(),
            "source" => self.source.clone(),
            "assignee" => self.assignee.clone(),
            "by" => self.by.clone(),
            "unread" => self.unread.clone(),
            "file" => self.file.clone(),
            "tag" => self.tag.clone(),
            "from" => self.from.clone(),
            "until" => self.until.clone(),
            "sort" => self.sort.clone(),
            _ => None,
        }
    }

    /// What is asked for; a word that is none of ours is refused, where a page would pass over it.
    fn read(&self) -> Result<Ask, Fault> {
        let ask = Ask::read(|name| self.word(name));
        let kept = [
            (self.status.is_some(), ask.filter.status.is_some()),
            (self.source.is_some(), ask.filter.source.is_some()),
            (self.assignee.is_some(), ask.filter.assignee.is_some()),
            (self.by.is_some(), ask.filter.starter.is_some()),
            (self.tag.is_some(), ask.filter.tag.is_some()),
            (self.from.is_some(), ask.filter.from.is_some()),
            (self.until.is_some(), ask.filter.until.is_some()),
        ];
        known::<pigeon_wire::inbox::View>(self.view.as_ref())?;
        known::<pigeon_wire::inbox::Sort>(self.sort.as_ref())?;
        if kept.iter().all(|(given, read)| given == read) {
            Ok(ask)
        } else {
            Err(Fault::Malformed)
        }
    }
}

/// What a page of entries is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct EntriesAsk {
    /// Where the page before ended: its `next`. Without it, the thread's first entries.
    pub after: Option<String>,
}

/// The token and its owner.
#[utoipa::path(
    get, path = "/api/v1/me", tag = "token",
    responses((status = 200, body = Me), super::doc::Refusals),
    security(("token" = []))
)]
pub async fn me(State(hall): State<Hall>, program: Program<Any>) -> Answer {
    let me = session::me(&hall.office, &program.account).await?;
    let permissions: Vec<Permission> = me.permissions.into();
    let scopes = program.known.scopes.0.iter();
    Ok(fresh(Me {
        id: me.id.to_string(),
        name: me.name,
        email: me.email,
        scopes: scopes.map(ToString::to_string).collect(),
        permissions: permissions.iter().map(ToString::to_string).collect(),
    }))
}

/// A page of threads.
#[utoipa::path(
    get, path = "/api/v1/threads", tag = "threads",
    params(ListAsk),
    responses((status = 200, body = ThreadPage), super::doc::Refusals),
    security(("token" = ["read"]))
)]
pub async fn list(
    State(hall): State<Hall>,
    program: Program<Reads>,
    Query(asked): Query<ListAsk>,
) -> Answer {
    let ask = asked.read()?;
    let after = asked.after.as_deref().map(cursor).transpose()?;
    let page = inbox::page(&hall.office, &program.account, ask, after).await?;
    Ok(fresh(ThreadPage {
        next: page.next.as_ref().map(opaque),
        items: page.rows.into_iter().map(ThreadRow::from).collect(),
    }))
}

/// How many threads each view of the inbox holds.
#[utoipa::path(
    get, path = "/api/v1/counts", tag = "threads",
    responses((status = 200, body = Counts), super::doc::Refusals),
    security(("token" = ["read"]))
)]
pub async fn counts(State(hall): State<Hall>, program: Program<Reads>) -> Answer {
    let counts = inbox::counts(&hall.office, &program.account).await?;
    Ok(fresh(Counts::from(counts)))
}

/// One thread.
#[utoipa::path(
    get, path = "/api/v1/threads/{id}", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    responses((status = 200, body = Thread), super::doc::Refusals),
    security(("token" = ["read"]))
)]
pub async fn show(
    State(hall): State<Hall>,
    program: Program<Reads>,
    Path(id): Path<String>,
) -> Answer {
    let opened = thread::open(&hall.office, &program.account, thread_of(&id)?).await?;
    Ok(fresh(Thread::from(opened)))
}

/// A page of a thread's entries: messages, notes and events, oldest first.
#[utoipa::path(
    get, path = "/api/v1/threads/{id}/entries", tag = "threads",
    params(("id" = String, Path, description = "Which thread."), EntriesAsk),
    responses((status = 200, body = EntryPage), super::doc::Refusals),
    security(("token" = ["read"]))
)]
pub async fn entries(
    State(hall): State<Hall>,
    program: Program<Reads>,
    Path(id): Path<String>,
    Query(asked): Query<EntriesAsk>,
) -> Answer {
    let after: i64 = known(asked.after.as_ref())?.unwrap_or_default();
    let (entries, more) =
        thread::after(&hall.office, &program.account, thread_of(&id)?, after).await?;
    let last = entries.last().filter(|_| more);
    Ok(fresh(EntryPage {
        next: last.map(|entry| entry.place.to_string()),
        items: entries.into_iter().map(Entry::from).collect(),
    }))
}

/// A thread's id; what is none names no thread.
pub(super) fn thread_of(id: &str) -> Result<ThreadId, Refused> {
    id.parse().map_err(|_| Fault::NotFound.into())
}

/// An answer that nobody keeps.
pub(super) fn fresh(body: impl serde::Serialize) -> axum::response::Response {
    ([(CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// A place in a list as a word that programs hand back and do not read.
fn opaque(place: &RowCursor) -> String {
    let text = serde_json::to_string(place).unwrap_or_default();
    pigeon_core::secret::hex(text.as_bytes())
}

fn cursor(word: &str) -> Result<RowCursor, Fault> {
    let bytes = word.as_bytes().chunks(2).map(|pair| {
        let digit = |at: usize| char::from(*pair.get(at)?).to_digit(16);
        u8::try_from(digit(0)? * 16 + digit(1)?).ok()
    });
    let bytes: Option<Vec<u8>> = bytes.collect();
    let place = serde_json::from_slice(&bytes.ok_or(Fault::Malformed)?);
    place.map_err(|_| Fault::Malformed)
}
