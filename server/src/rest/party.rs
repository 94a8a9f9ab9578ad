//! What users do in direct threads alone: answering requests, adding and leaving, closing, mending a
//! message, hearing no more of somebody, reporting.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pigeon_core::{direct, mailbox};
use pigeon_wire::direct::ReportForm;
use pigeon_wire::{Fault, MessageId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::bearer::{Owns, Program};
use super::model::{OwnPage, OwnRow, Person, PersonList};
use super::own::people_of;
use super::thread::{fresh, thread_of};
use crate::Hall;
use crate::refusal::Answer;

/// Who else is to be in a thread.
#[derive(Deserialize, ToSchema)]
pub struct AddPeople {
    /// By address.
    #[serde(default)]
    pub to: Vec<String>,
    /// By id, for those who know the token's owner already.
    #[serde(default)]
    pub people: Vec<String>,
}

/// Whether a direct thread is closed.
#[derive(Deserialize, ToSchema)]
pub struct SetClosed {
    /// Whether it is.
    pub closed: bool,
}

/// What a message says from now on.
#[derive(Deserialize, ToSchema)]
pub struct NewText {
    /// The text.
    pub text: String,
}

/// Messages to be seen by whoever looks after people.
#[derive(Deserialize, ToSchema)]
pub struct NewReport {
    /// The ids of the picked messages.
    pub entries: Vec<String>,
    /// Why.
    pub reason: String,
}

/// First messages of strangers that wait for an answer.
#[utoipa::path(
    get, path = "/api/v1/own/requests", tag = "own",
    responses((status = 200, body = OwnPage), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn requests(State(hall): State<Hall>, program: Program<Owns>) -> Answer {
    let rows = mailbox::requests(&hall.office, &program.account).await?;
    Ok(fresh(OwnPage {
        items: rows.into_iter().map(OwnRow::from).collect(),
        next: None,
    }))
}

/// Takes a stranger's request: from now on it is a thread like any other.
#[utoipa::path(
    post, path = "/api/v1/own/requests/{id}/accept", tag = "own",
    params(("id" = String, Path, description = "Which thread.")),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn accept(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
) -> Answer {
    direct::accept(&hall.office, &program.account, thread_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Puts a request out of sight. Nobody is told.
#[utoipa::path(
    post, path = "/api/v1/own/requests/{id}/ignore", tag = "own",
    params(("id" = String, Path, description = "Which thread.")),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn ignore(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
) -> Answer {
    direct::ignore(&hall.office, &program.account, thread_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Adds people to a direct thread. What was written before stays unknown to them.
#[utoipa::path(
    post, path = "/api/v1/own/threads/{id}/people", tag = "own",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = AddPeople,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn add(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
    Json(new): Json<AddPeople>,
) -> Answer {
    let people = people_of(&new.people)?;
    let typed = new.to.join(" ");
    let id = thread_of(&id)?;
    direct::add(&hall.office, &program.account, id, &typed, &people).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Leaves a direct thread. The others are told.
#[utoipa::path(
    post, path = "/api/v1/own/threads/{id}/leave", tag = "own",
    params(("id" = String, Path, description = "Which thread.")),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn leave(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
) -> Answer {
    direct::leave(&hall.office, &program.account, thread_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Closes a direct thread, or opens it again.
#[utoipa::path(
    put, path = "/api/v1/own/threads/{id}/closed", tag = "own",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = SetClosed,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn close(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
    Json(set): Json<SetClosed>,
) -> Answer {
    let id = thread_of(&id)?;
    direct::set_status(&hall.office, &program.account, id, set.closed).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Changes one's own message in a direct thread, within five minutes.
#[utoipa::path(
    put, path = "/api/v1/own/threads/{id}/entries/{entry}", tag = "own",
    params(
        ("id" = String, Path, description = "Which thread."),
        ("entry" = String, Path, description = "Which message.")
    ),
    request_body = NewText,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn edit(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path((id, entry)): Path<(String, String)>,
    Json(new): Json<NewText>,
) -> Answer {
    let id = thread_of(&id)?;
    let entry: MessageId = entry.parse().map_err(|_| Fault::NotFound)?;
    direct::edit(&hall.office, &program.account, id, entry, &new.text).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Shows messages of a direct thread to whoever looks after people: those that are picked, and
/// nothing else.
#[utoipa::path(
    post, path = "/api/v1/own/threads/{id}/reports", tag = "own",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = NewReport,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn report(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
    Json(new): Json<NewReport>,
) -> Answer {
    let entries = new.entries.iter();
    let entries = entries.map(|id| id.parse::<MessageId>().map_err(|_| Fault::NotFound));
    let form = ReportForm {
        messages: entries.collect::<Result<_, _>>()?,
        reason: new.reason,
    };
    direct::report(&hall.office, &program.account, thread_of(&id)?, &form).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Hears nothing any more from somebody in this thread. Nobody is told.
#[utoipa::path(
    post, path = "/api/v1/own/threads/{id}/block/{person}", tag = "own",
    params(
        ("id" = String, Path, description = "Which thread."),
        ("person" = String, Path, description = "Whom.")
    ),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn block(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path((id, person)): Path<(String, String)>,
) -> Answer {
    let id = thread_of(&id)?;
    let person = person.parse().map_err(|_| Fault::NotFound)?;
    direct::block(&hall.office, &program.account, id, person).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// From whom the token's owner hears nothing.
#[utoipa::path(
    get, path = "/api/v1/own/blocked", tag = "own",
    responses((status = 200, body = PersonList), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn blocked(State(hall): State<Hall>, program: Program<Owns>) -> Answer {
    let people = direct::blocked(&hall.office, &program.account).await?;
    Ok(fresh(PersonList {
        items: people.into_iter().map(Person::from).collect(),
    }))
}

/// Hears from somebody again.
#[utoipa::path(
    post, path = "/api/v1/own/blocked/{person}/unblock", tag = "own",
    params(("person" = String, Path, description = "Whom.")),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn unblock(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(person): Path<String>,
) -> Answer {
    let person = person.parse().map_err(|_| Fault::NotFound)?;
    direct::unblock(&hall.office, &program.account, person).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
