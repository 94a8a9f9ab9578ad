//! What a visitor does for whom a site vouches: their own threads, and nothing else. The commands are
//! those of users in their own threads, who prove each thread to be theirs.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use pigeon_core::{mailbox, user};
use pigeon_wire::mailbox::{MailboxView, QuestionForm};
use pigeon_wire::message::ReplyForm;
use pigeon_wire::{Fault, ThreadId};
use serde::Deserialize;
use serde_json::json;

use super::Vouched;
use super::guest::{Before, NewReply, Upto};
use crate::Hall;
use crate::refusal::Answer;
use crate::rest::{key, known};

/// Which page of the list.
#[derive(Deserialize)]
pub struct Asked {
    /// Where the page before ended.
    after: Option<String>,
}

/// A conversation to begin.
#[derive(Deserialize)]
pub struct NewThread {
    /// The subject.
    #[serde(default)]
    subject: String,
    /// The message.
    text: String,
}

fn thread_of(id: &str) -> Result<ThreadId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

/// `GET /embed/threads`.
pub async fn list(
    State(hall): State<Hall>,
    Vouched(account): Vouched,
    Query(asked): Query<Asked>,
) -> Answer {
    let after = known(asked.after.as_ref())?;
    let page = mailbox::page(&hall.office, &account, MailboxView::All, after).await?;
    let next = page.next.map(|next| next.to_string());
    let list = json!({ "rows": page.rows, "next": next, "counts": page.counts });
    Ok(Json(list).into_response())
}

/// `POST /embed/threads`.
pub async fn start(
    State(hall): State<Hall>,
    Vouched(account): Vouched,
    headers: HeaderMap,
    Json(new): Json<NewThread>,
) -> Answer {
    let form = QuestionForm {
        subject: new.subject,
        body: new.text,
        key: key(&headers)?,
    };
    let thread = user::start(&hall.office, &account, &form, Vec::new()).await?;
    Ok((StatusCode::CREATED, Json(json!({ "thread": thread }))).into_response())
}

/// `GET /embed/threads/{id}`.
pub async fn open(
    State(hall): State<Hall>,
    Vouched(account): Vouched,
    Path(id): Path<String>,
) -> Answer {
    let opened = user::open(&hall.office, &account, thread_of(&id)?).await?;
    Ok(Json(opened).into_response())
}

/// `GET /embed/threads/{id}/entries?before=…`.
pub async fn entries(
    State(hall): State<Hall>,
    Vouched(account): Vouched,
    Path(id): Path<String>,
    Query(Before { before }): Query<Before>,
) -> Answer {
    let (entries, more) = user::before(&hall.office, &account, thread_of(&id)?, before).await?;
    Ok(Json(json!({ "entries": entries, "more_before": more })).into_response())
}

/// `POST /embed/threads/{id}/replies`.
pub async fn reply(
    State(hall): State<Hall>,
    Vouched(account): Vouched,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(new): Json<NewReply>,
) -> Answer {
    let form = ReplyForm {
        body: new.text,
        key: key(&headers)?,
        seen: new.seen,
        ..ReplyForm::default()
    };
    let posted = user::reply(&hall.office, &account, thread_of(&id)?, &form).await?;
    Ok((StatusCode::CREATED, Json(posted)).into_response())
}

/// `POST /embed/threads/{id}/read`.
pub async fn read(
    State(hall): State<Hall>,
    Vouched(account): Vouched,
    Path(id): Path<String>,
    Json(Upto { upto }): Json<Upto>,
) -> Answer {
    user::seen(&hall.office, &account, thread_of(&id)?, upto).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
