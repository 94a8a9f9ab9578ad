//! The mails that are owed.

use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use pigeon_app::plain::{self, Section};
use pigeon_core::Error;
use pigeon_core::outbox::{self, Keeper};
use pigeon_wire::Fault;
use pigeon_wire::id::OutboxId;
use pigeon_wire::outbox::MailView;
use pigeon_wire::permission::Permission;

use super::form::Form;
use crate::desk::{self, Desk};
use crate::refusal::Answer;

const HERE: &str = "/mail";

/// `GET /mail?view=…&after=…`. What is no list and no place to go on from is left out.
pub async fn show(desk: Desk, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let view = asked.text("view").parse().unwrap_or(MailView::Trouble);
    let after = asked.text("after").parse().ok();
    let page = outbox::page(desk.office(), &keeper(&desk), view, after).await;
    let may_open = desk.may(Permission::AccessInbox).await?;
    desk.show(Section::Mail, page, |page| {
        plain::mail(&page, None, may_open)
    })
    .await
}

/// `POST /mail/test`. Answers with the page that tells what the mail server said.
pub async fn test(desk: Desk) -> Answer {
    let tried = match outbox::trial(desk.office(), desk.account()).await {
        Ok(tried) => tried,
        Err(error) => return desk.refuse(Section::Mail, error.into()).await,
    };
    let page = outbox::page(desk.office(), &keeper(&desk), MailView::Trouble, None).await?;
    let may_open = desk.may(Permission::AccessInbox).await?;
    let view = || plain::mail(&page, Some(&tried), may_open);
    desk.page(StatusCode::OK, Section::Mail, view).await
}

/// `POST /mail/{id}/retry`.
pub async fn retry(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = known(&id)?;
    let done = outbox::retry(desk.office(), &keeper(&desk), id).await;
    ended(&desk, done, "retried").await
}

/// `POST /mail/retry`.
pub async fn retry_all(desk: Desk) -> Answer {
    let done = outbox::retry_all(desk.office(), &keeper(&desk)).await;
    ended(&desk, done.map(|_| ()), "retried").await
}

/// `POST /mail/{id}/cancel`.
pub async fn cancel(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = known(&id)?;
    let done = outbox::cancel(desk.office(), &keeper(&desk), id).await;
    ended(&desk, done, "cancelled").await
}

/// Back to the list, which says what was done, or that somebody else was quicker.
async fn ended(desk: &Desk, done: Result<(), Error>, what: &str) -> Answer {
    match done {
        Ok(()) => Ok(desk::done(HERE, what)),
        Err(Error::Fault(Fault::NotFound)) if desk.reads_pages() => {
            Ok(desk::done(HERE, "overtaken"))
        }
        Err(error) => desk.refuse(Section::Mail, error.into()).await,
    }
}

fn known(id: &str) -> Result<OutboxId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

fn keeper(desk: &Desk) -> Keeper {
    Keeper::Account(desk.account().clone())
}
