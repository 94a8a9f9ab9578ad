//! Files, in and out: for the team, for users in their own threads, for guests. A file is sent first and
//! named by the reply that it goes with; it is handed out to whoever may read that.

use axum::extract::{Path, Request, State};
use axum::http::HeaderMap;
use pigeon_core::attachment::{self, Uploader, Wanted};
use pigeon_wire::{AttachmentId, Fault};

use super::bearer::{GuestProgram, Owns, Program, Reads, Writes};
use super::model::File;
use super::thread::thread_of;
use crate::Hall;
use crate::door::file::{file_of, hand_out, upload};
use crate::refusal::Answer;

/// Sends a file to a thread of the inbox. It waits for a reply or note that names it.
#[utoipa::path(
    post, path = "/api/v1/threads/{id}/files", tag = "threads",
    params(("id" = String, Path, description = "Which thread."), ("name" = String, Query, description = "What the file is called, with its ending.")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = File), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn send(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
    request: Request,
) -> Answer {
    let uploader = Uploader::Staff(program.account, thread_of(&id)?);
    upload(&hall, uploader, request).await
}

/// A file of a thread of the inbox, with ranges.
#[utoipa::path(
    get, path = "/api/v1/threads/{id}/files/{file}", tag = "threads",
    params(
        ("id" = String, Path, description = "Which thread."),
        ("file" = String, Path, description = "Which file.")
    ),
    responses(
        (status = 200, body = Vec<u8>, content_type = "*/*"),
        (status = 206, body = Vec<u8>, content_type = "*/*"),
        (status = 416, description = "Beyond its end."),
        super::doc::Refusals
    ),
    security(("token" = ["read"]))
)]
pub async fn fetch(
    State(hall): State<Hall>,
    program: Program<Reads>,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let (thread, file) = (thread_of(&id)?, file_of(&file)?);
    let whole = Wanted::Whole;
    let handed = attachment::for_staff(&hall.office, &program.account, thread, file, whole);
    hand_out(&handed.await?, whole, &headers).await
}

/// Sends a file to one of the own threads. It waits for a reply that names it.
#[utoipa::path(
    post, path = "/api/v1/own/threads/{id}/files", tag = "own",
    params(("id" = String, Path, description = "Which thread."), ("name" = String, Query, description = "What the file is called, with its ending.")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = File), super::doc::Refusals),
    security(("token" = ["own"]))
)]
pub async fn send_own(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path(id): Path<String>,
    request: Request,
) -> Answer {
    let uploader = Uploader::User(program.account, thread_of(&id)?);
    upload(&hall, uploader, request).await
}

/// A file of one of the own threads, with ranges.
#[utoipa::path(
    get, path = "/api/v1/own/threads/{id}/files/{file}", tag = "own",
    params(
        ("id" = String, Path, description = "Which thread."),
        ("file" = String, Path, description = "Which file.")
    ),
    responses(
        (status = 200, body = Vec<u8>, content_type = "*/*"),
        (status = 206, body = Vec<u8>, content_type = "*/*"),
        (status = 416, description = "Beyond its end."),
        super::doc::Refusals
    ),
    security(("token" = ["own"]))
)]
pub async fn fetch_own(
    State(hall): State<Hall>,
    program: Program<Owns>,
    Path((id, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let (thread, file) = (thread_of(&id)?, file_of(&file)?);
    let whole = Wanted::Whole;
    let handed = attachment::for_user(&hall.office, &program.account, thread, file, whole);
    hand_out(&handed.await?, whole, &headers).await
}

/// Sends a file as the guest. It waits for a reply that names it.
#[utoipa::path(
    post, path = "/api/v1/guest/files", tag = "guest",
    params(("name" = String, Query, description = "What the file is called, with its ending.")),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = File), super::doc::Refusals),
    security(("link" = []))
)]
pub async fn send_guest(
    State(hall): State<Hall>,
    program: GuestProgram,
    request: Request,
) -> Answer {
    let uploader = Uploader::Guest(program.guest, program.visitor);
    upload(&hall, uploader, request).await
}

/// A file of the guest's thread, with ranges.
#[utoipa::path(
    get, path = "/api/v1/guest/files/{file}", tag = "guest",
    params(("file" = String, Path, description = "Which file.")),
    responses(
        (status = 200, body = Vec<u8>, content_type = "*/*"),
        (status = 206, body = Vec<u8>, content_type = "*/*"),
        (status = 416, description = "Beyond its end."),
        super::doc::Refusals
    ),
    security(("link" = []))
)]
pub async fn fetch_guest(
    State(hall): State<Hall>,
    program: GuestProgram,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let whole = Wanted::Whole;
    let file = file_of(&file)?;
    let handed = attachment::for_guest(&hall.office, &program.guest, file, whole);
    hand_out(&handed.await?, whole, &headers).await
}

/// The files that a reply names; what is no file's id names none.
pub(super) fn named(ids: &[String]) -> Result<Vec<AttachmentId>, Fault> {
    let files = ids.iter().map(|id| id.parse().map_err(|_| Fault::NotFound));
    files.collect()
}
