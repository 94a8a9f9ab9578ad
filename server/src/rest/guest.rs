//! What guests do, for programs: start a thread, read and answer it with a link's secret, ask for a
//! fresh link.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use pigeon_core::guest::{self, LinkRequest, Started};
use pigeon_wire::message::{ReplyForm, StartForm};
use pigeon_wire::thread::Source;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::bearer::{Anybody, GuestProgram};
use super::file::named;
use super::model::{GuestEntry, GuestPage, GuestThread, Posted};
use super::thread::fresh;
use super::{key, known};
use crate::Hall;
use crate::refusal::Answer;

/// A question.
#[derive(Deserialize, ToSchema)]
pub struct NewThread {
    /// The guest's name; the address's first part stands in for a missing one.
    #[serde(default)]
    pub name: String,
    /// The guest's address, to which a private link is mailed.
    pub email: String,
    /// The subject.
    #[serde(default)]
    pub subject: String,
    /// The text.
    pub text: String,
}

/// A thread that was started.
#[derive(Serialize, ToSchema)]
pub struct NewThreadMade {
    /// Which thread.
    pub thread: String,
    /// The secret that opens it for now: the bearer token of the guest's other calls.
    pub token: String,
    /// Seconds until it ends; the mailed link lasts longer.
    pub expires_in_s: i64,
}

/// An answer.
#[derive(Deserialize, ToSchema)]
pub struct NewGuestReply {
    /// Its text; it may be empty where there are files.
    #[serde(default)]
    pub text: String,
    /// The place of the last entry that the guest has seen.
    pub seen: Option<i64>,
    /// Files that were sent before.
    #[serde(default)]
    pub files: Vec<String>,
}

/// An address that wants a link.
#[derive(Deserialize, ToSchema)]
pub struct AskLink {
    /// The address.
    pub email: String,
}

/// What a page of the guest's entries is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct GuestEntriesAsk {
    /// Where the page before ended: its `next`. Without it, the newest entries.
    pub before: Option<String>,
}

/// Starts a thread as a guest. Counted like the contact form.
#[utoipa::path(
    post, path = "/api/v1/guest/threads", tag = "guest",
    params(("Idempotency-Key" = String, Header, description = "Makes the post the same post: 22 to 64 letters, digits, - and _, hard to guess: whoever sends it again with the same content is let into the thread.")),
    request_body = NewThread,
    responses((status = 201, body = NewThreadMade), super::doc::Refusals)
)]
pub async fn start(
    State(hall): State<Hall>,
    Anybody(visitor): Anybody,
    headers: HeaderMap,
    Json(new): Json<NewThread>,
) -> Answer {
    let form = StartForm {
        name: new.name,
        email: new.email,
        subject: new.subject,
        body: new.text,
        key: key(&headers)?,
    };
    match guest::start(&hall.office, &form, "", Source::Form, &visitor).await? {
        Started::Thread {
            thread,
            secret,
            max_age_s,
        } => {
            let made = NewThreadMade {
                thread: thread.to_string(),
                token: secret,
                expires_in_s: max_age_s,
            };
            Ok((StatusCode::CREATED, fresh(made)).into_response())
        }
        // Without bait there is no catch.
        Started::Caught | Started::Claimed => Ok(StatusCode::ACCEPTED.into_response()),
    }
}

/// The guest's own thread.
#[utoipa::path(
    get, path = "/api/v1/guest/thread", tag = "guest",
    responses((status = 200, body = GuestThread), super::doc::Refusals),
    security(("link" = []))
)]
pub async fn thread(State(hall): State<Hall>, program: GuestProgram) -> Answer {
    let opened = guest::open(&hall.office, &program.guest).await?;
    Ok(fresh(GuestThread::from(&opened)))
}

/// A page of the guest's entries, oldest first.
#[utoipa::path(
    get, path = "/api/v1/guest/entries", tag = "guest",
    params(GuestEntriesAsk),
    responses((status = 200, body = GuestPage), super::doc::Refusals),
    security(("link" = []))
)]
pub async fn entries(
    State(hall): State<Hall>,
    program: GuestProgram,
    Query(asked): Query<GuestEntriesAsk>,
) -> Answer {
    let before = known(asked.before.as_ref())?.unwrap_or(i64::MAX);
    let (entries, more) = guest::before(&hall.office, &program.guest, before).await?;
    let first = entries.first().filter(|_| more);
    Ok(fresh(GuestPage {
        next: first.map(|entry| entry.place.to_string()),
        items: entries.into_iter().map(GuestEntry::from).collect(),
    }))
}

/// Answers as the guest.
#[utoipa::path(
    post, path = "/api/v1/guest/replies", tag = "guest",
    params(("Idempotency-Key" = String, Header, description = "Makes the post the same post: 22 to 64 letters, digits, - and _.")),
    request_body = NewGuestReply,
    responses((status = 201, body = Posted), super::doc::Refusals),
    security(("link" = []))
)]
pub async fn reply(
    State(hall): State<Hall>,
    program: GuestProgram,
    headers: HeaderMap,
    Json(new): Json<NewGuestReply>,
) -> Answer {
    let form = ReplyForm {
        body: new.text,
        key: key(&headers)?,
        seen: new.seen,
        attachments: named(&new.files)?,
        ..ReplyForm::default()
    };
    let posted = guest::reply(&hall.office, &program.guest, &form, &program.visitor).await?;
    Ok((StatusCode::CREATED, fresh(Posted::from(posted))).into_response())
}

/// Asks for fresh links by mail. The answer is the same whether or not anybody has the address.
#[utoipa::path(
    post, path = "/api/v1/guest/links", tag = "guest",
    request_body = AskLink,
    responses((status = 202, description = "A mail is on its way, if the address has threads."), super::doc::Refusals)
)]
pub async fn ask_link(
    State(hall): State<Hall>,
    Anybody(visitor): Anybody,
    Json(asked): Json<AskLink>,
) -> Answer {
    let request = LinkRequest::Typed(asked.email);
    guest::request_link(&hall.office, request, &visitor).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}
