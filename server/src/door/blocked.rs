//! Whose messages are kept from the team.

use axum::extract::Path;
use axum::http::Uri;
use axum::response::Response;
use pigeon_app::plain::{Blocked, Section};
use pigeon_core::{Error, blocked, session};
use pigeon_wire::contact::After;
use pigeon_wire::id::RecordId;
use pigeon_wire::{Fault, PersonId};

use super::form::Form;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

const HERE: &str = "/blocked";

/// `GET /blocked?after=…`. What is no place to go on from is left out.
pub async fn show(desk: Desk, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let told = known(&desk, asked.text("after").parse().ok()).await;
    desk.show(Section::Blocked, told, |blocked| blocked.view())
        .await
}

/// `POST /blocked`: blocks an address or a domain.
pub async fn add(desk: Desk, form: Form) -> Answer {
    let typed = form.text("email");
    match blocked::add(desk.office(), desk.account(), &typed).await {
        Ok(sender) if sender.is_shared() => Ok(back(&form, "blocked_shared")),
        Ok(_) => Ok(back(&form, "blocked")),
        Err(error) => {
            let view = |page: Blocked, fault| {
                let page = Blocked {
                    typed,
                    fault: Some(fault),
                    ..page
                };
                page.view()
            };
            desk.again(Section::Blocked, error, known(&desk, None), view)
                .await
        }
    }
}

/// `POST /blocked/{id}/lift`.
pub async fn lift(desk: Desk, Path(id): Path<String>, form: Form) -> Answer {
    let id: RecordId = id.parse().map_err(|_| Fault::NotFound)?;
    match blocked::lift(desk.office(), desk.account(), id).await {
        Ok(()) => Ok(back(&form, "lifted")),
        Err(Error::Fault(Fault::NotFound)) if desk.reads_pages() => Ok(done(HERE, "overtaken")),
        Err(error) => desk.refuse(Section::Blocked, error.into()).await,
    }
}

async fn known(desk: &Desk, after: Option<After>) -> Result<Blocked, Error> {
    Ok(Blocked {
        page: blocked::page(desk.office(), desk.account(), after).await?,
        may: session::me(desk.office(), desk.account())
            .await?
            .permissions,
        typed: String::new(),
        fault: None,
    })
}

/// Back to the customer on whose page the form stood, or to the list.
fn back(form: &Form, what: &str) -> Response {
    match form.text("back").parse::<PersonId>() {
        Ok(person) => done(&format!("/contacts/{person}"), what),
        Err(_) => done(HERE, what),
    }
}
