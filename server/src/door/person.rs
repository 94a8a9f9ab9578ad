//! One person: role, held threads, browsers, the account's end and its return.

use axum::extract::Path;
use axum::response::Response;
use pigeon_app::plain::{Person, Section};
use pigeon_core::person::Held;
use pigeon_core::session::list;
use pigeon_core::{Error, person};
use pigeon_wire::team::NO_ROLE;
use pigeon_wire::{Fault, PersonId};

use super::form::Form;
use crate::desk::{self, Desk};
use crate::refusal::Answer;

/// `GET /people/{person}`.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Answer {
    let page = match known(&id) {
        Ok(id) => person::page(desk.office(), desk.account(), id).await,
        Err(fault) => Err(fault.into()),
    };
    let view = |page| {
        let person = Person {
            page,
            role: None,
            fault: None,
        };
        person.view()
    };
    desk.show(Section::People, page, view).await
}

/// `POST /people/{person}/role`.
pub async fn role(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let id = known(&id)?;
    let role = typed.text("role");
    let given = Some(role.as_str()).filter(|role| *role != NO_ROLE);
    let changed = person::change_role(desk.office(), desk.account(), id, given).await;
    told(&desk, id, changed, "role_changed", Some(role)).await
}

/// `POST /people/{person}/deactivate`.
pub async fn deactivate(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let id = known(&id)?;
    let held = if typed.text("release") == "on" {
        Held::Released
    } else {
        Held::Stays
    };
    let ended = person::deactivate(desk.office(), desk.account(), id, held).await;
    told(&desk, id, ended, "deactivated", None).await
}

/// `POST /people/{person}/reactivate`.
pub async fn reactivate(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = known(&id)?;
    let back = person::reactivate(desk.office(), desk.account(), id).await;
    told(&desk, id, back, "reactivated", None).await
}

/// `POST /people/{person}/release`.
pub async fn release(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = known(&id)?;
    let released = person::release(desk.office(), desk.account(), id).await;
    told(&desk, id, released, "released", None).await
}

/// `POST /people/{person}/sessions`: ends one, or all.
pub async fn sessions(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let id = known(&id)?;
    let (ended, what) = end_sessions(&desk, id, &typed).await;
    let what = if what == "sessions_ended" && id != desk.account().person {
        "all_ended"
    } else {
        what
    };
    told(&desk, id, ended, what, None).await
}

/// Ends the session of `person` that a form names, or all but the one that asks; with the word of
/// what was done.
pub async fn end_sessions(
    desk: &Desk,
    person: PersonId,
    typed: &Form,
) -> (Result<(), Error>, &'static str) {
    let (office, account) = (desk.office(), desk.account());
    let session = typed.text("session");
    if session == "all" {
        let ended = list::end_others(office, account, person).await;
        return (ended, "sessions_ended");
    }
    let ended = match session.parse() {
        Ok(session) => list::end(office, account, person, session).await,
        Err(_) => Err(Fault::NotFound.into()),
    };
    (ended, "session_ended")
}

fn known(id: &str) -> Result<PersonId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

/// Back to the person, or the page once more with why not.
async fn told(
    desk: &Desk,
    id: PersonId,
    answer: Result<(), Error>,
    what: &str,
    role: Option<String>,
) -> Answer {
    match answer {
        Ok(()) => Ok(back(id, what)),
        Err(error) => {
            let page = person::page(desk.office(), desk.account(), id);
            let view = |page, fault| {
                let person = Person {
                    page,
                    role,
                    fault: Some(fault),
                };
                person.view()
            };
            desk.again(Section::People, error, page, view).await
        }
    }
}

fn back(id: PersonId, what: &str) -> Response {
    desk::done(&format!("/people/{id}"), what)
}
