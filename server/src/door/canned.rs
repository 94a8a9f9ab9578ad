//! Canned replies: listed, made, changed, deleted, and offered while somebody writes; and colleagues, who
//! are offered to be mentioned.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse as _, Response};
use pigeon_app::plain::{Canned, OneCanned, Section};
use pigeon_app::ssr::{canned_part, mentions_part};
use pigeon_core::Error;
use pigeon_core::canned::{self, CannedTyped, list};
use pigeon_core::thread;
use pigeon_wire::canned::CannedView;
use pigeon_wire::person::PersonRef;
use pigeon_wire::{CannedId, Fault};

use super::form::Form;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

const CANNED: &str = "/canned";

/// `GET /canned`.
pub async fn show(desk: Desk) -> Answer {
    let told = all(&desk).await;
    let view = |(replies, people)| {
        let page = Canned {
            replies,
            people,
            ..Canned::default()
        };
        page.view()
    };
    desk.show(Section::Canned, told, view).await
}

/// `POST /canned`: makes one.
pub async fn make(desk: Desk, form: Form) -> Answer {
    let typed = typed(&form);
    match canned::make(desk.office(), desk.account(), &typed).await {
        Ok(_) => Ok(done(CANNED, "canned_saved")),
        Err(error) => {
            let view = |(replies, people), fault| {
                let page = Canned {
                    replies,
                    people,
                    typed,
                    fault: Some(fault),
                };
                page.view()
            };
            desk.again(Section::Canned, error, all(&desk), view).await
        }
    }
}

/// `GET /canned/{canned}`: one that the reader may change.
pub async fn show_one(desk: Desk, Path(id): Path<String>) -> Answer {
    let told = one(&desk, &id).await;
    desk.show(Section::Canned, told, |one| one.view()).await
}

/// `POST /canned/{canned}`: changes it.
pub async fn change(desk: Desk, Path(id): Path<String>, form: Form) -> Answer {
    let typed = typed(&form);
    let changed = match known(&id) {
        Ok(id) => canned::change(desk.office(), desk.account(), id, &typed).await,
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(done(CANNED, "canned_saved")),
        Err(error) => {
            let view = |one: OneCanned, fault| {
                let page = OneCanned {
                    typed,
                    fault: Some(fault),
                    ..one
                };
                page.view()
            };
            desk.again(Section::Canned, error, one(&desk, &id), view)
                .await
        }
    }
}

/// `POST /canned/{canned}/delete`.
pub async fn delete(desk: Desk, Path(id): Path<String>) -> Answer {
    let deleted = match known(&id) {
        Ok(id) => canned::delete(desk.office(), desk.account(), id).await,
        Err(error) => Err(error),
    };
    match deleted {
        Ok(()) => Ok(done(CANNED, "canned_deleted")),
        Err(error) => desk.refuse(Section::Canned, error.into()).await,
    }
}

/// `GET /canned/for/{thread}`: those that can be put into what is written there.
pub async fn pick(desk: Desk, Path(thread): Path<String>) -> Answer {
    let thread = thread.parse().map_err(|_| Fault::NotFound)?;
    let replies = canned::for_thread(desk.office(), desk.account(), thread).await?;
    let people = thread::assignees(desk.office(), desk.account()).await?;
    Ok(part(canned_part(
        desk.frame().clone(),
        &replies,
        &people,
        thread,
    )))
}

/// `GET /mentions/for/{thread}`: whom a note there can mention.
pub async fn mentions(desk: Desk, Path(thread): Path<String>) -> Answer {
    let thread = thread.parse().map_err(|_| Fault::NotFound)?;
    let people = thread::colleagues(desk.office(), desk.account(), thread).await?;
    Ok(part(mentions_part(desk.frame().clone(), &people)))
}

/// A part of a page, as it is now.
pub(super) fn part(part: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
    ];
    (headers, part).into_response()
}

fn typed(form: &Form) -> CannedTyped {
    CannedTyped {
        name: form.text("name"),
        text: form.text("body"),
        shared: form.given("shared") == Some("on"),
        status: form.text("status"),
        assign: form.text("assignee"),
        tags: form.text("tags"),
        rest: form.text("rest"),
    }
}

async fn all(desk: &Desk) -> Result<(Vec<CannedView>, Vec<PersonRef>), Error> {
    let replies = list(desk.office(), desk.account()).await?;
    let people = thread::assignees(desk.office(), desk.account()).await?;
    Ok((replies, people))
}

fn known(id: &str) -> Result<CannedId, Error> {
    id.parse().map_err(|_| Fault::NotFound.into())
}

async fn one(desk: &Desk, id: &str) -> Result<OneCanned, Error> {
    let id = known(id)?;
    let (all, people) = all(desk).await?;
    let found = all.into_iter().find(|one| one.id == id && one.changeable);
    let found = found.ok_or(Fault::NotFound)?;
    Ok(OneCanned {
        id,
        people,
        typed: found.typed(),
        fault: None,
    })
}
