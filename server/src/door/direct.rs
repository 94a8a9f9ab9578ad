//! Direct threads of users, as plain pages: writing to somebody, requests, who is in a thread.

use axum::extract::Path;
use axum::http::StatusCode;
use pigeon_app::plain::{self, Section, Write};
use pigeon_core::{Error, direct, mailbox};
use pigeon_wire::direct::{DirectForm, ReportForm};
use pigeon_wire::{Fault, MessageId, PersonId, ThreadId};

use super::contact::next_key;
use super::form::Form;
use crate::desk::{Desk, done};
use crate::refusal::Answer;
use crate::{Refused, page};

const SECTION: Section = Section::Threads;
const REQUESTS: &str = "/threads/requests";
const LIST: &str = "/threads";

/// `GET /threads/write`.
pub async fn blank(desk: Desk) -> Answer {
    match direct::may_start(desk.office(), desk.account()).await {
        Ok(true) => write(&desk, StatusCode::OK, DirectForm::default(), None).await,
        Ok(false) => desk.refuse(SECTION, Fault::Off.into()).await,
        Err(error) => desk.refuse(SECTION, error.into()).await,
    }
}

/// `POST /threads/write`.
pub async fn start(desk: Desk, typed: Form) -> Answer {
    let form = DirectForm {
        to: typed.text("to"),
        people: chosen(&typed),
        subject: typed.text("subject"),
        body: typed.text("body"),
        key: typed.text("key"),
    };
    match direct::start(desk.office(), desk.account(), &form).await {
        Ok(thread) => Ok(page::see_other(&address(thread))),
        Err(error) => {
            let refused = Refused::from(error);
            let is_about_the_form = matches!(refused.status.as_u16(), 422 | 429 | 503);
            if !desk.reads_pages() || !is_about_the_form {
                return desk.refuse(SECTION, refused).await;
            }
            let fault = Some(refused.fault.clone());
            let shown = write(&desk, refused.status, form, fault).await?;
            Ok(refused.timed(shown))
        }
    }
}

async fn write(desk: &Desk, status: StatusCode, form: DirectForm, fault: Option<Fault>) -> Answer {
    let contacts = direct::contacts(desk.office(), desk.account()).await?;
    let key = next_key(desk.office(), &form.key, fault.as_ref());
    let write = Write {
        form,
        contacts,
        fault,
        key,
    };
    desk.page(status, SECTION, || write.view()).await
}

/// `GET /threads/requests`.
pub async fn requests(desk: Desk) -> Answer {
    let (office, account) = (desk.office(), desk.account());
    let told = async {
        let rows = mailbox::requests(office, account).await?;
        Ok((rows, direct::blocked(office, account).await?))
    };
    let told: Result<_, Error> = told.await;
    desk.show(SECTION, told, |(rows, blocked)| {
        plain::requests(&rows, &blocked)
    })
    .await
}

/// `GET /threads/requests/{id}`.
pub async fn request(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = thread_of(&id)?;
    let told = direct::request(desk.office(), desk.account(), id).await;
    desk.show(SECTION, told, |(thread, by)| plain::request(&thread, &by))
        .await
}

/// `POST /threads/requests/{id}/accept`.
pub async fn accept(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = thread_of(&id)?;
    let did = direct::accept(desk.office(), desk.account(), id).await;
    told(&desk, did, &address(id), "accepted_request").await
}

/// `POST /threads/requests/{id}/ignore`.
pub async fn ignore(desk: Desk, Path(id): Path<String>) -> Answer {
    let did = direct::ignore(desk.office(), desk.account(), thread_of(&id)?).await;
    told(&desk, did, REQUESTS, "ignored").await
}

/// `POST /threads/{id}/block`, with `person`.
pub async fn block(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let person = person_of(&typed)?;
    let did = direct::block(desk.office(), desk.account(), thread_of(&id)?, person).await;
    told(&desk, did, LIST, "blocked").await
}

/// `POST /threads/unblock`, with `person`.
pub async fn unblock(desk: Desk, typed: Form) -> Answer {
    let did = direct::unblock(desk.office(), desk.account(), person_of(&typed)?).await;
    told(&desk, did, REQUESTS, "unblocked").await
}

/// `POST /threads/{id}/leave`.
pub async fn leave(desk: Desk, Path(id): Path<String>) -> Answer {
    let did = direct::leave(desk.office(), desk.account(), thread_of(&id)?).await;
    told(&desk, did, LIST, "left").await
}

/// `POST /threads/{id}/add`, with `to` and `person`.
pub async fn add(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let id = thread_of(&id)?;
    let (to, people) = (typed.text("to"), chosen(&typed));
    let did = direct::add(desk.office(), desk.account(), id, &to, &people).await;
    told(&desk, did, &address(id), "added").await
}

/// `POST /threads/{id}/status`, with `closed=on` or `off`.
pub async fn status(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let id = thread_of(&id)?;
    let closed = typed.text("closed") == "on";
    let did = direct::set_status(desk.office(), desk.account(), id, closed).await;
    told(
        &desk,
        did,
        &address(id),
        if closed { "closed" } else { "reopened" },
    )
    .await
}

/// `POST /threads/{id}/edit`, with `message` and `body`.
pub async fn edit(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let id = thread_of(&id)?;
    let message: MessageId = typed.text("message").parse().map_err(|_| Fault::NotFound)?;
    let (office, body) = (desk.office(), typed.text("body"));
    let did = direct::edit(office, desk.account(), id, message, &body).await;
    told(&desk, did, &address(id), "edited").await
}

/// `POST /threads/{id}/report`, with `message` for each picked one and `reason`.
pub async fn report(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let id = thread_of(&id)?;
    let messages = typed.all("message").filter_map(|id| id.parse().ok());
    let form = ReportForm {
        messages: messages.collect(),
        reason: typed.text("reason"),
    };
    let did = direct::report(desk.office(), desk.account(), id, &form).await;
    told(&desk, did, LIST, "reported").await
}

/// `GET /reports`.
pub async fn reports(desk: Desk) -> Answer {
    let told = direct::reports(desk.office(), desk.account()).await;
    desk.show(Section::Reports, told, |all| plain::reports(&all))
        .await
}

/// `GET /direct/{id}`: the page before a direct thread of others.
pub async fn glass(desk: Desk, Path(id): Path<String>) -> Answer {
    let thread: ThreadId = id.parse().map_err(|_| Fault::NotFound)?;
    let there = direct::glass::is_there(desk.office(), desk.account(), thread).await;
    let view = |()| plain::glass(behind(thread), "", None);
    desk.show(Section::Reports, there, view).await
}

/// `POST /direct/{id}`: reads it. Each time it is sent, it is read once more.
pub async fn break_glass(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let thread: ThreadId = id.parse().map_err(|_| Fault::NotFound)?;
    let (office, account) = (desk.office(), desk.account());
    let reason = typed.text("reason");
    match direct::glass::read(office, account, thread, &reason).await {
        Ok(read) => {
            let view = || plain::behind_glass(&read);
            desk.page(StatusCode::OK, Section::Reports, view).await
        }
        Err(error) => {
            let there = direct::glass::is_there(office, account, thread);
            let view = |(), fault: Fault| plain::glass(behind(thread), &reason, Some(&fault));
            desk.again(Section::Reports, error, there, view).await
        }
    }
}

fn behind(thread: ThreadId) -> String {
    format!("/direct/{thread}")
}

/// `POST /reports/{id}/settle`.
pub async fn settle(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = id.parse().map_err(|_| Fault::NotFound)?;
    match direct::settle(desk.office(), desk.account(), id).await {
        Ok(()) => Ok(done("/reports", "settled")),
        Err(error) => desk.refuse(Section::Reports, error.into()).await,
    }
}

/// To where it is told what was done, or why it was not.
async fn told(desk: &Desk, did: Result<(), Error>, path: &str, what: &str) -> Answer {
    match did {
        Ok(()) => Ok(done(path, what)),
        Err(error) => desk.refuse(SECTION, error.into()).await,
    }
}

fn address(thread: ThreadId) -> String {
    format!("/threads/{thread}")
}

fn thread_of(id: &str) -> Result<ThreadId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

fn person_of(typed: &Form) -> Result<PersonId, Fault> {
    typed.text("person").parse().map_err(|_| Fault::NotFound)
}

fn chosen(typed: &Form) -> Vec<PersonId> {
    typed
        .all("person")
        .filter_map(|id| id.parse().ok())
        .collect()
}
