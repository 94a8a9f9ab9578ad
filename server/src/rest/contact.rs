//! Customers as the team knows them, and whose messages are kept from it.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use pigeon_core::{blocked, contact};
use pigeon_wire::id::RecordId;
use pigeon_wire::{Fault, PersonId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::bearer::{Program, Reads, Writes};
use super::known;
use super::model::{Block, BlockPage, Contact, ContactThread, ContactThreadPage, NoteWritten};
use super::thread::fresh;
use crate::Hall;
use crate::refusal::Answer;

/// What a page is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AfterAsk {
    /// Where the page before ended: its `next`.
    pub after: Option<String>,
}

/// The team's note on a customer.
#[derive(Deserialize, ToSchema)]
pub struct WriteNote {
    /// Its text; empty to take it away.
    pub text: String,
    /// The `note_version` that its author has seen: it is refused if it is another one by now.
    pub version: i64,
}

/// A sender to block.
#[derive(Deserialize, ToSchema)]
pub struct NewBlock {
    /// An address, or a domain, which is blocked with all below it.
    pub what: String,
}

/// What the team knows of a customer: everything under their address.
#[utoipa::path(
    get, path = "/api/v1/contacts/{id}", tag = "contacts",
    params(("id" = String, Path, description = "Which person: a thread's customer.")),
    responses((status = 200, body = Contact), super::doc::Refusals),
    security(("token" = ["read"]))
)]
pub async fn show(
    State(hall): State<Hall>,
    program: Program<Reads>,
    Path(id): Path<String>,
) -> Answer {
    let card = contact::card(&hall.office, &program.account, person(&id)?).await?;
    Ok(fresh(Contact::from(card)))
}

/// A page of a customer's threads, newest first.
#[utoipa::path(
    get, path = "/api/v1/contacts/{id}/threads", tag = "contacts",
    params(("id" = String, Path, description = "Which person."), AfterAsk),
    responses((status = 200, body = ContactThreadPage), super::doc::Refusals),
    security(("token" = ["read"]))
)]
pub async fn threads(
    State(hall): State<Hall>,
    program: Program<Reads>,
    Path(id): Path<String>,
    Query(asked): Query<AfterAsk>,
) -> Answer {
    let after = known(asked.after.as_ref())?;
    let page = contact::threads(&hall.office, &program.account, person(&id)?, after).await?;
    Ok(fresh(ContactThreadPage {
        items: page.threads.into_iter().map(ContactThread::from).collect(),
        next: page.next.map(|next| next.to_string()),
    }))
}

/// Writes the team's note on a customer.
#[utoipa::path(
    put, path = "/api/v1/contacts/{id}/note", tag = "contacts",
    params(("id" = String, Path, description = "Which person.")),
    request_body = WriteNote,
    responses((status = 200, body = NoteWritten), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn write_note(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
    Json(note): Json<WriteNote>,
) -> Answer {
    let (office, account) = (&hall.office, &program.account);
    let id = person(&id)?;
    let version = contact::write_note(office, account, id, &note.text, note.version).await?;
    Ok(fresh(NoteWritten { version }))
}

/// Mails a guest fresh links to their threads, no more often than they could ask for them.
#[utoipa::path(
    post, path = "/api/v1/contacts/{id}/links", tag = "contacts",
    params(("id" = String, Path, description = "Which person.")),
    responses((status = 202, description = "A mail is on its way, unless one left a moment ago."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn send_links(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
) -> Answer {
    contact::send_links(&hall.office, &program.account, person(&id)?).await?;
    Ok(StatusCode::ACCEPTED.into_response())
}

/// A page of the addresses and domains whose messages go to the quarantine.
#[utoipa::path(
    get, path = "/api/v1/blocked", tag = "contacts",
    params(AfterAsk),
    responses((status = 200, body = BlockPage), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn blocks(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Query(asked): Query<AfterAsk>,
) -> Answer {
    let after = known(asked.after.as_ref())?;
    let page = blocked::page(&hall.office, &program.account, after).await?;
    Ok(fresh(BlockPage {
        items: page.blocks.into_iter().map(Block::from).collect(),
        next: page.next.map(|next| next.to_string()),
    }))
}

/// Blocks an address, or with the scope `administer` besides a domain. What is blocked already stays so.
#[utoipa::path(
    post, path = "/api/v1/blocked", tag = "contacts",
    request_body = NewBlock,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn block(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Json(new): Json<NewBlock>,
) -> Answer {
    blocked::add(&hall.office, &program.account, &new.what).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Lifts a block; that of a domain with the scope `administer` besides.
#[utoipa::path(
    post, path = "/api/v1/blocked/{id}/lift", tag = "contacts",
    params(("id" = String, Path, description = "Which block.")),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn lift(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
) -> Answer {
    let id: RecordId = id.parse().map_err(|_| Fault::NotFound)?;
    blocked::lift(&hall.office, &program.account, id).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn person(id: &str) -> Result<PersonId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}
