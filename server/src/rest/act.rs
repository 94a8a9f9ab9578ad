//! Acting in a thread as the team does.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use pigeon_core::message::{self, Sent};
use pigeon_core::{note, thread, zone};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::message::ReplyForm;
use pigeon_wire::note::NoteForm;
use pigeon_wire::waiting::SendWhen;
use pigeon_wire::{Fault, Millis, PersonId};
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::bearer::{Program, Reads, Writes};
use super::file::named;
use super::key;
use super::model::{Posted, Status, Waits};
use super::thread::{fresh, thread_of};
use crate::refusal::Answer;
use crate::{Hall, Refused};

/// A reply to the customer.
#[derive(Deserialize, ToSchema)]
pub struct NewReply {
    /// Its text; it may be empty where there are files.
    #[serde(default)]
    pub text: String,
    /// The thread's `change` that its author has seen: then nobody is overtaken unseen. Without it, the
    /// reply is sent whatever happened meanwhile.
    pub seen: Option<i64>,
    /// Whether it opens a closed thread again.
    #[serde(default)]
    pub reopen: bool,
    /// Whether it closes the thread.
    #[serde(default)]
    pub close: bool,
    /// Files that were sent to this thread before.
    #[serde(default)]
    pub files: Vec<String>,
    /// When it is sent (RFC 3339), at most 366 days from now; at once without it.
    pub send_at: Option<String>,
}

/// A note for the team alone.
#[derive(Deserialize, ToSchema)]
pub struct NewNote {
    /// Its text; it may be empty where there are files.
    #[serde(default)]
    pub text: String,
    /// Files that were sent to this thread before.
    #[serde(default)]
    pub files: Vec<String>,
}

/// A status to set.
#[derive(Deserialize, ToSchema)]
pub struct SetStatus {
    /// Which.
    pub status: Status,
    /// The status that the caller saw: it is refused if it is another one by now.
    pub from: Option<Status>,
}

/// Somebody to look after a thread.
#[derive(Deserialize, ToSchema)]
pub struct SetAssignee {
    /// Their id; `null` for nobody.
    #[schema(required)]
    pub assignee: Option<String>,
    /// Whom the caller saw looking after it, `null` for nobody: it is refused if it is somebody else by
    /// now. Without it, whoever it is is replaced.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub from: Option<Option<String>>,
}

/// How long a thread rests.
#[derive(Deserialize, ToSchema)]
pub struct SetSnooze {
    /// Until when (RFC 3339), at most 366 days from now; `null` wakes it.
    #[schema(required)]
    pub until: Option<String>,
    /// Until when the caller saw it rest, `null` for not at all: it is refused if that is another moment
    /// by now. Without it, whatever it is is replaced.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    pub from: Option<Option<String>>,
}

/// A tag of a thread.
#[derive(Deserialize, ToSchema)]
pub struct SetTag {
    /// Lower-case letters, digits and hyphens; what is typed otherwise is put so.
    pub tag: String,
    /// Whether the thread has it.
    pub on: bool,
}

/// Where a thread goes on.
#[derive(Deserialize, ToSchema)]
pub struct MergeInto {
    /// Another thread of the same customer.
    pub into: String,
}

/// Whether somebody follows a thread.
#[derive(Deserialize, ToSchema)]
pub struct SetFollowing {
    /// Whether its mails come to them.
    pub follows: bool,
}

/// How far somebody has read.
#[derive(Deserialize, ToSchema)]
pub struct SetRead {
    /// The place of the last entry that was read.
    pub upto: i64,
}

#[expect(clippy::option_option, reason = "nobody is told from nothing said")]
fn given<'de, D: Deserializer<'de>>(source: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(source).map(Some)
}

/// Answers the customer, at once or later. One that waits is not sent if the customer or somebody else of the
/// team writes before.
#[utoipa::path(
    post, path = "/api/v1/threads/{id}/replies", tag = "threads",
    params(
        ("id" = String, Path, description = "Which thread."),
        ("Idempotency-Key" = String, Header, description = "Makes the post the same post: 22 to 64 letters, digits, - and _.")
    ),
    request_body = NewReply,
    responses(
        (status = 201, body = Posted),
        (status = 202, body = Waits, description = "It waits."),
        super::doc::Refusals
    ),
    security(("token" = ["write"]))
)]
pub async fn reply(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(new): Json<NewReply>,
) -> Answer {
    let form = ReplyForm {
        body: new.text,
        key: key(&headers)?,
        seen: new.seen,
        reopen: new.reopen,
        close: new.close,
        shown: new.seen,
        attachments: named(&new.files)?,
    };
    let when = moment(new.send_at)?.map(SendWhen::At);
    let (office, account) = (&hall.office, &program.account);
    Ok(
        match message::send(office, account, thread_of(&id)?, &form, when, &[]).await? {
            Sent::Posted(posted) => {
                (StatusCode::CREATED, fresh(Posted::from(posted))).into_response()
            }
            Sent::Waits(waits) => (StatusCode::ACCEPTED, fresh(Waits::from(waits))).into_response(),
        },
    )
}

/// Adds a note.
#[utoipa::path(
    post, path = "/api/v1/threads/{id}/notes", tag = "threads",
    params(
        ("id" = String, Path, description = "Which thread."),
        ("Idempotency-Key" = String, Header, description = "Makes the post the same post: 22 to 64 letters, digits, - and _.")
    ),
    request_body = NewNote,
    responses((status = 201, body = Posted), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn add_note(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(new): Json<NewNote>,
) -> Answer {
    let form = NoteForm {
        body: new.text,
        key: key(&headers)?,
        attachments: named(&new.files)?,
    };
    let posted = note::add(&hall.office, &program.account, thread_of(&id)?, &form).await?;
    Ok((StatusCode::CREATED, fresh(Posted::from(posted))).into_response())
}

/// Sets the status.
#[utoipa::path(
    put, path = "/api/v1/threads/{id}/status", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = SetStatus,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn set_status(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
    Json(set): Json<SetStatus>,
) -> Answer {
    let (from, to) = (set.from.map(Into::into), set.status.into());
    thread::set_status(&hall.office, &program.account, thread_of(&id)?, from, to).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Gives the thread to somebody, or to nobody. With the scope `write` one takes what nobody has, and
/// drops what is one's own; anything else needs `assign`.
#[utoipa::path(
    put, path = "/api/v1/threads/{id}/assignee", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = SetAssignee,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn set_assignee(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
    Json(set): Json<SetAssignee>,
) -> Answer {
    let id = thread_of(&id)?;
    let (office, account) = (&hall.office, &program.account);
    let from = if let Some(from) = set.from {
        person(from)?
    } else {
        let opened = thread::open(office, account, id).await?;
        opened.head.assignee.map(|assignee| assignee.id)
    };
    thread::assign(office, account, id, from, person(set.assignee)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Lets the thread rest: it leaves the lists of what there is to do until that moment, or until the
/// customer writes.
#[utoipa::path(
    put, path = "/api/v1/threads/{id}/snooze", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = SetSnooze,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn snooze(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
    Json(set): Json<SetSnooze>,
) -> Answer {
    let id = thread_of(&id)?;
    let (office, account) = (&hall.office, &program.account);
    let was = if let Some(from) = set.from {
        moment(from)?
    } else {
        thread::open(office, account, id).await?.head.snoozed_until
    };
    thread::snooze(office, account, id, was, moment(set.until)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Gives the thread a tag, or takes one off.
#[utoipa::path(
    put, path = "/api/v1/threads/{id}/tags", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = SetTag,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn set_tag(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
    Json(set): Json<SetTag>,
) -> Answer {
    let tag = set.tag.parse();
    let tag = tag.map_err(|_| Fault::field(Field::Tag, Problem::Unknown))?;
    thread::set_tag(&hall.office, &program.account, thread_of(&id)?, tag, set.on).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Follows the thread, which brings its mails to the token's owner, or no longer.
#[utoipa::path(
    put, path = "/api/v1/threads/{id}/following", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = SetFollowing,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn follow(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
    Json(set): Json<SetFollowing>,
) -> Answer {
    thread::set_followed(&hall.office, &program.account, thread_of(&id)?, set.follows).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Merges the thread into another one of the same customer, where its messages and notes go on. Of
/// guests, both addresses must be verified. Refused with 409 where the two do not go together; `code`
/// says why.
#[utoipa::path(
    post, path = "/api/v1/threads/{id}/merge", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = MergeInto,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn merge(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
    Json(merge): Json<MergeInto>,
) -> Answer {
    let (source, target) = (thread_of(&id)?, thread_of(&merge.into)?);
    let done = thread::merge::merge(&hall.office, &program.account, source, target).await?;
    done.map_err(Refused::merging)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Undoes the merge in which the thread went into another, for 30 days. What was written in the other
/// since stays there.
#[utoipa::path(
    post, path = "/api/v1/threads/{id}/merge/undo", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn part(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
) -> Answer {
    let done = thread::merge::part(&hall.office, &program.account, thread_of(&id)?).await?;
    done.map_err(Refused::merging)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(super) fn moment(text: Option<String>) -> Result<Option<Millis>, Fault> {
    let known = |text: String| {
        let at = zone::moment(&text);
        at.ok_or_else(|| Fault::field(Field::Until, Problem::Unknown))
    };
    text.map(known).transpose()
}

fn person(id: Option<String>) -> Result<Option<PersonId>, Fault> {
    id.map(|id| id.parse().map_err(|_| Fault::Malformed))
        .transpose()
}

/// Marks the thread as read, up to a place.
#[utoipa::path(
    put, path = "/api/v1/threads/{id}/read", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    request_body = SetRead,
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["read"]))
)]
pub async fn mark_read(
    State(hall): State<Hall>,
    program: Program<Reads>,
    Path(id): Path<String>,
    Json(set): Json<SetRead>,
) -> Answer {
    thread::seen(&hall.office, &program.account, thread_of(&id)?, set.upto).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Puts the thread into the trash.
#[utoipa::path(
    post, path = "/api/v1/threads/{id}/trash", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn trash(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
) -> Answer {
    thread::trash(&hall.office, &program.account, thread_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Takes the thread out of the trash.
#[utoipa::path(
    post, path = "/api/v1/threads/{id}/restore", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn restore(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
) -> Answer {
    thread::restore(&hall.office, &program.account, thread_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Ends every link of the thread's guest.
#[utoipa::path(
    post, path = "/api/v1/threads/{id}/links/revoke", tag = "threads",
    params(("id" = String, Path, description = "Which thread.")),
    responses((status = 204, description = "Done."), super::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn revoke_links(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
) -> Answer {
    thread::revoke_links(&hall.office, &program.account, thread_of(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
