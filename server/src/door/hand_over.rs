//! Giving a conversation to somebody, with a word for them.

use axum::extract::Path;
use pigeon_app::plain::{HandOverPage, Section};
use pigeon_core::{Error, session, thread};
use pigeon_wire::act::HandOver;
use pigeon_wire::{Fault, ThreadId};

use super::form::Form;
use crate::desk::Desk;
use crate::page;
use crate::refusal::Answer;

/// `GET /inbox/{thread}/hand-over`.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Answer {
    let told = of(&desk, &id).await;
    desk.show(Section::HandOver, told, HandOverPage::view).await
}

/// `POST /inbox/{thread}/hand-over`: does it, and leads back to the conversation.
pub async fn give(desk: Desk, Path(id): Path<String>, form: Form) -> Answer {
    let given = HandOver {
        from: form.text("from").parse().ok(),
        to: form.text("to").parse().ok(),
        note: form.text("note"),
        key: form.text("key"),
    };
    let done = match id.parse() {
        Ok(thread) => thread::hand_over(desk.office(), desk.account(), thread, &given).await,
        Err(_) => Err(Fault::NotFound.into()),
    };
    match done {
        Ok(()) => Ok(page::see_other(&["/inbox/", &id].concat())),
        Err(error) => {
            let view = |page: HandOverPage, fault| {
                let page = HandOverPage {
                    typed: given,
                    fault: Some(fault),
                    ..page
                };
                page.view()
            };
            desk.again(Section::HandOver, error, of(&desk, &id), view)
                .await
        }
    }
}

async fn of(desk: &Desk, id: &str) -> Result<HandOverPage, Error> {
    let (office, account) = (desk.office(), desk.account());
    let thread: ThreadId = id.parse().map_err(|_| Fault::NotFound)?;
    let people = thread::assignees(office, account).await?;
    let head = thread::open(office, account, thread).await?.head;
    let me = session::me(office, account).await?;
    let holder = head.assignee;
    let from = holder.as_ref().map(|one| one.id);
    let everybody = std::iter::once(None).chain(people.into_iter().map(Some));
    let may = |to: &Option<_>| {
        let to = to
            .as_ref()
            .map(|one: &pigeon_wire::person::PersonRef| one.id);
        to != from && me.permissions.may_assign(me.id, from, to)
    };
    Ok(HandOverPage {
        room: ["/inbox/", id].concat(),
        subject: head.public.subject,
        choices: everybody.filter(may).collect(),
        holder,
        typed: HandOver {
            key: office.fresh_key().into(),
            ..HandOver::default()
        },
        fault: None,
    })
}
