//! The own threads of the token's owner, as a user on the customer's side: with the team, and with
//! other users. What is only done in direct threads stands in [`super::party`].

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use pigeon_core::{direct, mailbox, user};
use pigeon_wire::direct::DirectForm;
use pigeon_wire::mailbox::{MailboxView, QuestionForm};
use pigeon_wire::message::ReplyForm;
use pigeon_wire::{Fault, PersonId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::act::SetRead;
use super::bearer::{Owns, Program};
use super::file::named;
use super::model::{
    OwnCounts, OwnEntry, OwnEntryPage, OwnPage, OwnRow, OwnThread, OwnThreadMade, Posted,
};
use super::thread::{fresh, thread_of};
use super::{key, known};
use crate::Hall;
use crate::refusal::Answer;

/// Which of the own threads are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnAsk {
    /// `all`, `unread` or `closed`.
    pub view: Option<String>,
    /// Where the page before ended: its `next`.
    pub after: Option<String>,
}

/// What a page of entries is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnEntriesAsk {
    /// Where the page before ended: its `next`. Without it, the newest entries.
    pub before: Option<String>,
}

/// A question to the team.
#[derive(Deserialize, ToSchema)]
pub struct NewQuestion {
    /// The subject.
    #[serde(default)]
    pub subject: String,
    /// The text.
    pub text: String,
}

/// A message to other users.
#[derive(Deserialize, ToSchema)]
pub struct NewDirect {
    /// The addresses of those for whom it is, at most eight.
    #[serde(default)]
    pub to: Vec<String>,
    /// The ids of those for whom it is, who know the token's owner already.
    #[serde(default)]
    pub people: Vec<String>,
    /// The subject.
    #[serde(default)]
    pub subject: String,
    /// The text.
    pub text: String,
}

/// An answer in one of the own threads.
#[derive(Deserialize, ToSchema)]
pub struct NewOwnReply {
    /// Its text; it may be empty where there are files.
    #[serde(default)]
    pub text: String,
    /// The place of the last entry that its author has seen.
    pub seen: Option<i64>,
    /// Files that were sent to this thread before.
    #[serde(default)]
    pub files: Vec<String>,
}

/// Whether mails about a thread are wanted.
#[derive(Deserialize, ToSchema)]
pub struct SetMuted {
    /// `true`: none.
    pub muted: bool,
}

/// How much waits in the own threads.
#[utoipa::path(
    get, path = "/api/v1/own/counts", tag = "own",
    responses((status = 200, body = OwnCounts), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn counts(State(hall): State<Hall>, program: Program<Owns>) -> Answer {
    let counts = mailbox::counts(&hall.office, &program.account).await?;
    Ok(fresh(OwnCounts {
        unread: counts.unread,
        requests: counts.asked,
    }))
}

/// A page of the own threads.
#[utoipa::path(
    get, path = "/api/v1/own/threads", tag = "own",
    params(OwnAsk),
    responses((status = 200, body = OwnPage), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn list(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Query(asked): Query<OwnAsk>,
) -> Answer {
    let view = known(asked.view.as_ref())?.unwrap_or(MailboxView::All);
    let after = known(asked.after.as_ref())?;
    let page = mailbox::page(&hall.office, &program.account, view, after).await?;
    Ok(fresh(OwnPage {
        next: page.next.map(|next| next.to_string()),
        items: page.rows.into_iter().map(OwnRow::from).collect(),
    }))
}

/// Asks the team something.
#[utoipa::path(
    post, path = "/api/v1/own/threads", tag = "own",
    params(("Idempotency-Key" = String, Header, description = "Makes the post the same post: 22 to 64 letters, digits, - and _.")),
    request_body = NewQuestion,
    responses((status = 201, body = OwnThreadMade), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn ask(
    State(hall): State<Hall>,
    program: Program<Owns>,
    headers: HeaderMap,
    Json(new): Json<NewQuestion>,
) -> Answer {
    let form = QuestionForm {
        subject: new.subject,
        body: new.text,
        key: key(&headers)?,
    };
    let thread = user::start(&hall.office, &program.account, &form, Vec::new()).await?;
    let made = OwnThreadMade {
        thread: thread.to_string(),
    };
    Ok((StatusCode::CREATED, fresh(made)).into_response())
}

/// Writes to other users. Whoever does not know the token's owner is asked first.
#[utoipa::path(
    post, path = "/api/v1/own/direct", tag = "own",
    params(("Idempotency-Key" = String, Header, description = "Makes the post the same post: 22 to 64 letters, digits, - and _.")),
    request_body = NewDirect,
    responses((status = 201, body = OwnThreadMade), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn write(
    State(hall): State<Hall>,
    program: Program<Owns>,
    headers: HeaderMap,
    Json(new): Json<NewDirect>,
) -> Answer {
    let form = DirectForm {
        to: new.to.join(" "),
        people: people_of(&new.people)?,
        subject: new.subject,
        body: new.text,
        key: key(&headers)?,
    };
    let thread = direct::start(&hall.office, &program.account, &form).await?;
    let made = OwnThreadMade {
        thread: thread.to_string(),
    };
    Ok((StatusCode::CREATED, fresh(made)).into_response())
}

/// One of the own threads.
#[utoipa::path(
    get, path = "/api/v1/own/threads/{id}", tag = "own",
    params(("id" = String, Path, description = "Which thread.")),
    responses((status = 200, body = OwnThread), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn show(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
) -> Answer {
    let opened = user::open(&hall.office, &program.account, thread_of(&id)?).await?;
    Ok(fresh(OwnThread::from(opened)))
}

/// A page of the entries of one of the own threads.
#[utoipa::path(
    get, path = "/api/v1/own/threads/{id}/entries", tag = "own",
    params(("id" = String, Path, description = "Which thread."), OwnEntriesAsk),
    responses((status = 200, body = OwnEntryPage), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn entries(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
    Query(asked): Query<OwnEntriesAsk>,
) -> Answer {
    let before = known(asked.before.as_ref())?.unwrap_or(i64::MAX);
    let id = thread_of(&id)?;
    let (entries, more) = user::before(&hall.office, &program.account, id, before).await?;
    let first = entries.first().filter(|_| more);
    Ok(fresh(OwnEntryPage {
        next: first.map(|first| first.entry.place.to_string()),
        items: entries.into_iter().map(OwnEntry::from).collect(),
    }))
}

/// Answers in one of the own threads.
#[utoipa::path(
    post, path = "/api/v1/own/threads/{id}/replies", tag = "own",
    params(
        ("id" = String, Path, description = "Which thread."),
        ("Idempotency-Key" = String, Header, description = "Makes the post the same post: 22 to 64 letters, digits, - and _.")
    ),
    request_body = NewOwnReply,
    responses((status = 201, body = Posted), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn reply(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(new): Json<NewOwnReply>,
) -> Answer {
    let form = ReplyForm {
        body: new.text,
        key: key(&headers)?,
        seen: new.seen,
        attachments: named(&new.files)?,
        ..ReplyForm::default()
    };
    let posted = user::reply(&hall.office, &program.account, thread_of(&id)?, &form).await?;
    Ok((StatusCode::CREATED, fresh(Posted::from(posted))).into_response())
}

/// Marks as read.
#[utoipa::path(
    put, path = "/api/v1/own/threads/{id}/read", tag = "own",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = SetRead,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn mark_read(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
    Json(set): Json<SetRead>,
) -> Answer {
    user::seen(&hall.office, &program.account, thread_of(&id)?, set.upto).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Marks as unread.
#[utoipa::path(
    put, path = "/api/v1/own/threads/{id}/unread", tag = "own",
    params(("id" = String, Path, description = "Which thread.")),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn mark_unread(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
) -> Answer {
    user::mark_unread(&hall.office, &program.account, thread_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Switches mails about a thread off, or on again.
#[utoipa::path(
    put, path = "/api/v1/own/threads/{id}/muted", tag = "own",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = SetMuted,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn mute(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
    Json(set): Json<SetMuted>,
) -> Answer {
    user::mute(&hall.office, &program.account, thread_of(&id)?, set.muted).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// People's ids; what is none names nobody.
pub(super) fn people_of(ids: &[String]) -> Result<Vec<PersonId>, Fault> {
    let people = ids.iter().map(|id| id.parse().map_err(|_| Fault::NotFound));
    people.collect()
}
