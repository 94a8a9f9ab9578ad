//! The users' own threads, as plain pages: the list, a question, one thread.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use pigeon_app::plain::{self, Question, Section, Talk};
use pigeon_core::{Error, attachment, direct, mailbox, user};
use pigeon_wire::attachment::AttachmentView;
use pigeon_wire::mailbox::{MailboxView, QuestionForm, UserThread};
use pigeon_wire::message::ReplyForm;
use pigeon_wire::{Fault, ThreadId};
use serde::Deserialize;

use super::contact::next_key;
use super::conversation::OLDER_MAX;
use super::form::Form;
use super::intake::{For, Intake};
use crate::desk::{Desk, done};
use crate::refusal::Answer;
use crate::{Refused, page};

const SECTION: Section = Section::Threads;

/// `GET /threads?view=…&after=…`. What is no view and no place to go on from is left out.
pub async fn show(desk: Desk, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let view = asked.text("view").parse().unwrap_or(MailboxView::All);
    let after = asked.text("after").parse().ok();
    let told = mailbox::page(desk.office(), desk.account(), view, after).await;
    let may_write = direct::may_start(desk.office(), desk.account()).await?;
    let claimable = user::claimable(desk.office(), desk.account()).await?;
    let view = |page| plain::threads(&page, may_write, claimable, after.is_none());
    desk.show(SECTION, told, view).await
}

/// `POST /threads/claim`: what the reader began as a guest becomes theirs.
pub async fn claim(desk: Desk) -> Answer {
    match user::claim_guest_threads(desk.office(), desk.account()).await {
        Ok(_) => Ok(done("/threads", "claimed")),
        Err(error) => desk.refuse(SECTION, error.into()).await,
    }
}

/// `GET /threads/new`.
pub async fn blank(desk: Desk) -> Answer {
    question(desk, StatusCode::OK, QuestionForm::default(), None, false).await
}

/// `POST /threads/new`.
pub async fn ask(desk: Desk, request: Request) -> Answer {
    let mut intake = Intake::new(desk.office(), For::Start(desk.visitor().clone()));
    let typed = match Form::with_files(request, &mut intake).await {
        Ok(typed) => typed,
        Err(refused) => {
            intake.discard().await;
            return Err(refused);
        }
    };
    let form = QuestionForm {
        subject: typed.text("subject"),
        body: typed.text("body"),
        key: typed.text("key"),
    };
    let had_files = !intake.received.is_empty() || intake.fault().is_some();
    let started = if let Some(fault) = intake.fault() {
        // Nothing is sent without a file that was meant to go along.
        intake.discard().await;
        Err(fault.into())
    } else {
        let files = std::mem::take(&mut intake.received);
        user::start(desk.office(), desk.account(), &form, files).await
    };
    match started {
        Ok(thread) => Ok(page::see_other(&address(thread))),
        Err(error) => {
            let refused = Refused::from(error);
            if !is_about_the_form(&desk, &refused) {
                return desk.refuse(SECTION, refused).await;
            }
            let fault = Some(refused.fault.clone());
            let shown = question(desk, refused.status, form, fault, had_files).await?;
            Ok(refused.timed(shown))
        }
    }
}

async fn question(
    desk: Desk,
    status: StatusCode,
    form: QuestionForm,
    fault: Option<Fault>,
    again: bool,
) -> Answer {
    let office = desk.office();
    let ask = Question {
        key: next_key(office, &form.key, fault.as_ref()),
        form,
        fault,
        files: office.settings().file_rules(),
        again,
    };
    desk.page(status, SECTION, || ask.view()).await
}

/// How far back the page of a thread goes.
#[derive(Default, Deserialize)]
pub struct Back {
    /// Portions of entries beyond the newest one.
    #[serde(default)]
    older: u32,
    /// A place that is shown too, unless it is very far back.
    at: Option<i64>,
}

/// `GET /threads/{id}`, with `?older=2` the two portions before the newest entries too, and with
/// `?at=7` all back to that place.
pub async fn open(
    desk: Desk,
    Path(id): Path<String>,
    back: Result<Query<Back>, QueryRejection>,
) -> Answer {
    let back = back.map(|Query(back)| back).unwrap_or_default();
    let told = opened(&desk, &id, &back).await;
    if matches!(told, Err(Error::Fault(Fault::NotFound)))
        && let Ok(id) = id.parse()
        && let Some(there) = user::goes_on(desk.office(), desk.account(), id).await?
    {
        return Ok(page::see_other(&address(there)));
    }
    let key = desk.office().fresh_key().into();
    let known = direct::contacts(desk.office(), desk.account()).await?;
    let title = told.as_ref().ok().and_then(Talk::title);
    let view = |thread| {
        let talk = Talk {
            thread,
            form: ReplyForm::default(),
            kept: Vec::new(),
            fault: None,
            key,
            known,
        };
        talk.view()
    };
    desk.titled(title).show(SECTION, told, view).await
}

async fn opened(desk: &Desk, id: &str, back: &Back) -> Result<UserThread, Error> {
    let (office, account) = (desk.office(), desk.account());
    let id = thread_of(id)?;
    let mut thread = user::open(office, account, id).await?;
    for portion in 0..OLDER_MAX {
        let first = thread.entries.first().filter(|_| thread.more_before);
        let Some(place) = first.map(|first| first.entry.place) else {
            break;
        };
        if portion >= back.older && back.at.is_none_or(|at| place <= at) {
            break;
        }
        let (entries, more) = user::before(office, account, id, place).await?;
        thread.entries.splice(0..0, entries);
        thread.more_before = more;
    }
    Ok(thread)
}

/// `POST /threads/{id}`.
pub async fn reply(desk: Desk, Path(id): Path<String>, request: Request) -> Answer {
    let thread = thread_of(&id)?;
    let of = For::Own(desk.account().clone(), thread);
    let mut intake = Intake::new(desk.office(), of);
    let typed = Form::with_files(request, &mut intake).await?;
    let mut form = ReplyForm {
        body: typed.text("body"),
        key: typed.text("key"),
        seen: typed.seen()?,
        ..ReplyForm::default()
    };
    let earlier: Vec<_> = typed.all("kept").filter_map(|id| id.parse().ok()).collect();
    let (office, account) = (desk.office(), desk.account());
    let mut kept = attachment::sent_by_user(office, account, thread, &earlier).await?;
    kept.append(&mut intake.waiting);
    form.attachments = earlier;
    let new = kept.iter().map(|file| file.id);
    let new: Vec<_> = new.filter(|id| !form.attachments.contains(id)).collect();
    form.attachments.extend(new);
    let posted = match intake.fault() {
        Some(fault) => Err(fault.into()),
        None => user::reply(office, account, thread, &form).await,
    };
    match posted {
        Ok(_) => Ok(page::see_other(&address(thread))),
        Err(error) => refused_reply(desk, &id, form, kept, error.into()).await,
    }
}

/// The thread once more, with what was typed and why it was not sent.
async fn refused_reply(
    desk: Desk,
    id: &str,
    form: ReplyForm,
    kept: Vec<AttachmentView>,
    refused: Refused,
) -> Answer {
    if !is_about_the_form(&desk, &refused) {
        return desk.refuse(SECTION, refused).await;
    }
    let thread = match opened(&desk, id, &Back::default()).await {
        Ok(thread) => thread,
        Err(error) => return desk.refuse(SECTION, error.into()).await,
    };
    let fault = Some(refused.fault.clone());
    let key = next_key(desk.office(), &form.key, fault.as_ref());
    let title = Talk::title(&thread);
    let known = direct::contacts(desk.office(), desk.account()).await?;
    let talk = Talk {
        thread,
        form,
        kept,
        fault,
        key,
        known,
    };
    let desk = desk.titled(title);
    let shown = desk.page(refused.status, SECTION, || talk.view()).await?;
    Ok(refused.timed(shown))
}

/// `POST /threads/{id}/read`: the reader says that they have read as far as the page showed.
pub async fn read(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let thread = thread_of(&id)?;
    let upto = typed.seen()?.ok_or(Fault::Malformed)?;
    let seen = user::seen(desk.office(), desk.account(), thread, upto).await;
    back(&desk, thread, seen, "read").await
}

/// `POST /threads/{id}/unread`.
pub async fn unread(desk: Desk, Path(id): Path<String>) -> Answer {
    let thread = thread_of(&id)?;
    match user::mark_unread(desk.office(), desk.account(), thread).await {
        // Its own page would be seen again at once.
        Ok(()) => Ok(done("/threads", "unread")),
        Err(error) => desk.refuse(SECTION, error.into()).await,
    }
}

/// `POST /threads/{id}/mute`, with `muted=on` or `off`.
pub async fn mute(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let thread = thread_of(&id)?;
    let muted = typed.text("muted") == "on";
    let done = user::mute(desk.office(), desk.account(), thread, muted).await;
    back(&desk, thread, done, if muted { "muted" } else { "unmuted" }).await
}

/// Back to the thread, or why not.
async fn back(desk: &Desk, thread: ThreadId, did: Result<(), Error>, what: &str) -> Answer {
    match did {
        Ok(()) => Ok::<Response, _>(done(&address(thread), what)),
        Err(error) => desk.refuse(SECTION, error.into()).await,
    }
}

/// Whether a refusal is shown in the form itself.
fn is_about_the_form(desk: &Desk, refused: &Refused) -> bool {
    desk.reads_pages() && matches!(refused.status.as_u16(), 409 | 422 | 429 | 503)
}

fn address(thread: ThreadId) -> String {
    format!("/threads/{thread}")
}

fn thread_of(id: &str) -> Result<ThreadId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}
