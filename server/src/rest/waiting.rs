//! Replies that wait to be sent.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pigeon_core::{thread, waiting};
use pigeon_wire::act::{Outcome, Task, ThreadAct};
use pigeon_wire::{Fault, WaitingId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::act::moment;
use super::bearer::{Program, Reads, Writes};
use super::model::WaitingReply;
use super::thread::{fresh, thread_of};
use crate::Hall;
use crate::refusal::Answer;

/// When a reply is sent.
#[derive(Deserialize, ToSchema)]
pub struct SendReply {
    /// When (RFC 3339), at most 366 days from now; `null` sends it now.
    #[schema(required)]
    pub send_at: Option<String>,
    /// The thread's `change` that its author has seen: then nobody is overtaken unseen. Without it, the
    /// reply is sent whatever happened meanwhile.
    pub seen: Option<i64>,
}

/// The replies that wait in a thread, in the order in which they are due.
#[utoipa::path(
    get, path = "/api/v1/threads/{id}/waiting", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    responses((status = 200, body = Vec<WaitingReply>), super::doc::Refusals),
    security(("token" = ["read"]))
)]
pub async fn list(
    State(hall): State<Hall>,
    program: Program<Reads>,
    Path(id): Path<String>,
) -> Answer {
    let all = waiting::list(&hall.office, &program.account, thread_of(&id)?).await?;
    let all: Vec<WaitingReply> = all.into_iter().map(WaitingReply::from).collect();
    Ok(fresh(all))
}

/// Sends a reply of one's own that waits or was stopped, or chooses another moment for it.
#[utoipa::path(
    put, path = "/api/v1/threads/{id}/waiting/{reply}", tag = "threads",
    params(
        ("id" = String, Path, description = "Which thread."),
        ("reply" = String, Path, description = "Which reply.")
    ),
    request_body = SendReply,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn send(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(path): Path<(String, String)>,
    Json(set): Json<SendReply>,
) -> Answer {
    let act = ThreadAct::Send {
        reply: reply_of(&path.1)?,
        until: moment(set.send_at)?,
        seen: set.seen.unwrap_or(i64::MAX),
    };
    done(&hall, &program, &path.0, act).await
}

/// Takes a reply of one's own back before it is sent. Its text becomes the author's draft.
#[utoipa::path(
    post, path = "/api/v1/threads/{id}/waiting/{reply}/cancel", tag = "threads",
    params(
        ("id" = String, Path, description = "Which thread."),
        ("reply" = String, Path, description = "Which reply.")
    ),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn cancel(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(path): Path<(String, String)>,
) -> Answer {
    let reply = reply_of(&path.1)?;
    done(&hall, &program, &path.0, ThreadAct::Unsend { reply }).await
}

async fn done(hall: &Hall, program: &Program<Writes>, id: &str, act: ThreadAct) -> Answer {
    let task = Task {
        thread: thread_of(id)?,
        act,
    };
    match thread::all(&hall.office, &program.account, &[task])
        .await?
        .pop()
    {
        Some(Outcome::Refused { fault }) => Err(fault.into()),
        _ => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}

fn reply_of(id: &str) -> Result<WaitingId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}
