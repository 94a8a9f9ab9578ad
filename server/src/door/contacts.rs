//! Customers as the team knows them: their card, the note on them, links for them.

use axum::extract::Path;
use axum::http::Uri;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse as _;
use pigeon_app::plain::{Beside, Contact, Section};
use pigeon_app::ssr::beside_part;
use pigeon_core::person::own;
use pigeon_core::{Error, contact, session};
use pigeon_wire::contact::After;
use pigeon_wire::{Fault, PersonId};

use super::form::Form;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

/// `GET /contacts/{customer}?after=…`. What is no place to go on from is left out.
pub async fn show(desk: Desk, Path(id): Path<String>, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let told = known(&desk, &id, asked.text("after").parse().ok()).await;
    let desk = titled(desk, told.as_ref().ok());
    desk.show(Section::Contact, told, |contact| contact.view())
        .await
}

/// `POST /contacts/{customer}/note`: writes the note, over the version that its author has seen.
pub async fn note(desk: Desk, Path(id): Path<String>, form: Form) -> Answer {
    let (typed, seen) = (form.text("body"), form.seen()?.unwrap_or_default());
    let written = match person(&id) {
        Ok(person) => {
            let (office, account) = (desk.office(), desk.account());
            contact::write_note(office, account, person, &typed, seen).await
        }
        Err(error) => Err(error),
    };
    match written {
        Ok(_) => Ok(done(&["/contacts/", &id].concat(), "note_saved")),
        Err(error) => {
            let told = known(&desk, &id, None).await;
            let desk = titled(desk, told.as_ref().ok());
            let view = |contact: Contact, fault| {
                let page = Contact {
                    typed: Some(typed),
                    fault: Some(fault),
                    ..contact
                };
                page.view()
            };
            desk.again(Section::Contact, error, std::future::ready(told), view)
                .await
        }
    }
}

/// `POST /contacts/{customer}/links`: has a guest mailed fresh links.
pub async fn links(desk: Desk, Path(id): Path<String>) -> Answer {
    let sent = match person(&id) {
        Ok(person) => contact::send_links(desk.office(), desk.account(), person).await,
        Err(error) => Err(error),
    };
    match sent {
        Ok(()) => Ok(done(&["/contacts/", &id].concat(), "links_asked")),
        Err(error) => desk.refuse(Section::Contact, error.into()).await,
    }
}

/// `GET /contacts/{customer}/beside?thread=…`: the part that stands beside a conversation.
pub async fn beside(desk: Desk, Path(id): Path<String>, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let (office, account, person) = (desk.office(), desk.account(), person(&id)?);
    let part = Beside {
        card: contact::card(office, account, person).await?,
        threads: contact::threads(office, account, person, None).await?,
        thread: asked.text("thread").parse().ok(),
        may: session::me(office, account).await?.permissions,
    };
    let zone = own::zone(office, account).await?;
    let part = beside_part(desk.frame().clone(), zone, &part);
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, part).into_response())
}

async fn known(desk: &Desk, id: &str, after: Option<After>) -> Result<Contact, Error> {
    let (office, account, person) = (desk.office(), desk.account(), person(id)?);
    Ok(Contact {
        card: contact::card(office, account, person).await?,
        threads: contact::threads(office, account, person, after).await?,
        may: session::me(office, account).await?.permissions,
        typed: None,
        fault: None,
    })
}

/// The page is called as the customer is.
fn titled(desk: Desk, told: Option<&Contact>) -> Desk {
    let name = told.map(|contact| contact.card.name.clone());
    desk.titled(name)
}

fn person(id: &str) -> Result<PersonId, Error> {
    id.parse().map_err(|_| Fault::NotFound.into())
}
