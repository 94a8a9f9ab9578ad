//! What a guest does in the frame: begins a conversation, reads and answers it with the secret of a
//! link. Only our own frame asks here.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use pigeon_core::guest::{self, Started};
use pigeon_wire::message::{ReplyForm, StartForm};
use pigeon_wire::thread::Source;
use serde::Deserialize;
use serde_json::json;

use crate::Hall;
use crate::asking::Asking;
use crate::refusal::Answer;
use crate::rest::bearer::GuestProgram;
use crate::rest::key;

/// A conversation to begin.
#[derive(Deserialize)]
pub struct NewThread {
    /// The guest's name.
    #[serde(default)]
    name: String,
    /// The guest's address.
    email: String,
    /// The subject.
    #[serde(default)]
    subject: String,
    /// The message.
    text: String,
    /// What the field held that only robots fill in.
    #[serde(default)]
    trap: String,
}

/// An answer.
#[derive(Deserialize)]
pub struct NewReply {
    /// Its text.
    pub text: String,
    /// The place of the last entry that was shown.
    pub seen: Option<i64>,
}

/// Where older entries begin.
#[derive(Deserialize)]
pub struct Before {
    /// The place of the first entry that is shown.
    pub before: i64,
}

/// How far was read.
#[derive(Deserialize)]
pub struct Upto {
    /// The place of the last entry that was shown.
    pub upto: i64,
}

/// `POST /embed/guest/threads`: what the honeypot catches looks like what is accepted without a
/// conversation to go on in.
pub async fn start(
    State(hall): State<Hall>,
    asking: Asking,
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
    let started = guest::start(
        &hall.office,
        &form,
        &new.trap,
        Source::Widget,
        &asking.visitor,
    );
    Ok(match started.await? {
        Started::Thread { secret, .. } => {
            (StatusCode::CREATED, Json(json!({ "token": secret }))).into_response()
        }
        Started::Caught | Started::Claimed => StatusCode::ACCEPTED.into_response(),
    })
}

/// `GET /embed/guest/thread`.
pub async fn thread(State(hall): State<Hall>, program: GuestProgram) -> Answer {
    let opened = guest::open(&hall.office, &program.guest).await?;
    Ok(Json(opened).into_response())
}

/// `GET /embed/guest/entries?before=…`.
pub async fn entries(
    State(hall): State<Hall>,
    program: GuestProgram,
    Query(Before { before }): Query<Before>,
) -> Answer {
    let (entries, more) = guest::before(&hall.office, &program.guest, before).await?;
    Ok(Json(json!({ "entries": entries, "more_before": more })).into_response())
}

/// `POST /embed/guest/replies`.
pub async fn reply(
    State(hall): State<Hall>,
    program: GuestProgram,
    headers: HeaderMap,
    Json(new): Json<NewReply>,
) -> Answer {
    let form = ReplyForm {
        body: new.text,
        key: key(&headers)?,
        seen: new.seen,
        ..ReplyForm::default()
    };
    let posted = guest::reply(&hall.office, &program.guest, &form, &program.visitor).await?;
    Ok((StatusCode::CREATED, Json(posted)).into_response())
}

/// `POST /embed/guest/sign-out`: this browser's secret ends.
pub async fn sign_out(State(hall): State<Hall>, program: GuestProgram) -> Answer {
    guest::sign_out(&hall.office, &program.guest).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /embed/guest/read`: somebody sees the conversation.
pub async fn read(
    State(hall): State<Hall>,
    program: GuestProgram,
    Json(Upto { upto }): Json<Upto>,
) -> Answer {
    guest::seen(&hall.office, &program.guest, upto).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
