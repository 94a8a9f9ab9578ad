//! Merging a conversation into another one of the same customer, and undoing it.

use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use pigeon_app::plain::{Merge, Section};
use pigeon_core::Error;
use pigeon_core::thread::merge::{self, Outcome};
use pigeon_wire::{Fault, ThreadId};

use super::form::Form;
use crate::desk::Desk;
use crate::page;
use crate::refusal::Answer;

/// `GET /inbox/{thread}/merge?into=…`: which one, or, once one is chosen, what happens.
pub async fn show(desk: Desk, Path(id): Path<String>, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let told = of(&desk, &id, asked.text("into").parse().ok()).await;
    desk.show(Section::Merge, told, |page| page.view()).await
}

/// `POST /inbox/{thread}/merge`: merges it, and leads to where it goes on.
pub async fn merge(desk: Desk, Path(id): Path<String>, form: Form) -> Answer {
    let into: Option<ThreadId> = form.text("into").parse().ok();
    let done = match (thread(&id), into) {
        (Ok(source), Some(into)) => merge::merge(desk.office(), desk.account(), source, into).await,
        (Err(error), _) => Err(error),
        (_, None) => Err(Fault::Malformed.into()),
    };
    let to = into.map(|into| into.to_string()).unwrap_or_default();
    answer(&desk, (&id, into), done, &to).await
}

/// `POST /inbox/{thread}/merge/undo`: parts it again, and leads back to it.
pub async fn undo(desk: Desk, Path(id): Path<String>) -> Answer {
    let done = match thread(&id) {
        Ok(source) => merge::part(desk.office(), desk.account(), source).await,
        Err(error) => Err(error),
    };
    answer(&desk, (&id, None), done, &id).await
}

async fn answer(
    desk: &Desk,
    (id, into): (&str, Option<ThreadId>),
    done: Result<Outcome, Error>,
    to: &str,
) -> Answer {
    match done {
        Ok(Ok(())) => Ok(page::see_other(&["/inbox/", to].concat())),
        Ok(Err(why)) if !desk.reads_pages() => Err(crate::Refused::merging(why)),
        Ok(Err(why)) => match of(desk, id, into).await {
            Ok(page) => {
                let page = Merge {
                    why: Some(why),
                    into: None,
                    ..page
                };
                let view = || page.view();
                desk.page(StatusCode::CONFLICT, Section::Merge, view).await
            }
            Err(error) => desk.refuse(Section::Merge, error.into()).await,
        },
        Err(error) => {
            let view = |page: Merge, fault| {
                let page = Merge {
                    fault: Some(fault),
                    ..page
                };
                page.view()
            };
            let told = of(desk, id, into);
            desk.again(Section::Merge, error, told, view).await
        }
    }
}

async fn of(desk: &Desk, id: &str, into: Option<ThreadId>) -> Result<Merge, Error> {
    Ok(Merge {
        desk: merge::desk(desk.office(), desk.account(), thread(id)?).await?,
        into,
        why: None,
        fault: None,
    })
}

fn thread(id: &str) -> Result<ThreadId, Error> {
    id.parse().map_err(|_| Fault::NotFound.into())
}
