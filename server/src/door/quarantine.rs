//! What the honeypot caught.

use axum::extract::Path;
use axum::http::Uri;
use pigeon_app::plain::{self, Section};
use pigeon_core::{Error, quarantine};
use pigeon_wire::Fault;
use pigeon_wire::id::RecordId;

use super::form::Form;
use crate::desk::{self, Desk};
use crate::refusal::Answer;

const HERE: &str = "/quarantine";

/// `GET /quarantine?after=…`. What is no place to go on from is left out.
pub async fn show(desk: Desk, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let after = asked.text("after").parse().ok();
    let page = quarantine::page(desk.office(), desk.account(), after).await;
    desk.show(Section::Quarantine, page, |page| plain::quarantine(&page))
        .await
}

/// `POST /quarantine/{id}/accept`.
pub async fn accept(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = known(&id)?;
    let done = quarantine::accept(desk.office(), desk.account(), id).await;
    ended(&desk, done.map(|_| ()), "accepted").await
}

/// `POST /quarantine/{id}/delete`.
pub async fn delete(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = known(&id)?;
    let done = quarantine::delete(desk.office(), desk.account(), &[id]).await;
    ended(&desk, done.map(|_| ()), "deleted").await
}

/// `POST /quarantine/delete`: all that the form names.
pub async fn delete_all(desk: Desk, form: Form) -> Answer {
    let ids: Result<Vec<RecordId>, Fault> = form.all("id").map(known).collect();
    let done = quarantine::delete(desk.office(), desk.account(), &ids?).await;
    ended(&desk, done.map(|_| ()), "deleted").await
}

/// Back to the list, which says what was done, or that somebody else was quicker.
async fn ended(desk: &Desk, done: Result<(), Error>, what: &str) -> Answer {
    match done {
        Ok(()) => Ok(desk::done(HERE, what)),
        Err(Error::Fault(Fault::NotFound)) if desk.reads_pages() => {
            Ok(desk::done(HERE, "overtaken"))
        }
        Err(error) => desk.refuse(Section::Quarantine, error.into()).await,
    }
}

fn known(id: &str) -> Result<RecordId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}
