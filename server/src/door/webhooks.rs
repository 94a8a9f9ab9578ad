//! The web hooks.

use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use pigeon_app::plain::{Section, Webhooks, event_field, webhook_log};
use pigeon_core::webhook::{self, Making};
use pigeon_core::{Error, Office};
use pigeon_wire::webhook::{HookEvent, HookForm};
use pigeon_wire::{DeliveryId, Fault, WebhookId};

use super::form::Form;
use crate::desk::{Desk, done};
use crate::refusal::Answer;

const HERE: &str = "/settings/webhooks";

/// `GET /settings/webhooks`.
pub async fn show(desk: Desk) -> Answer {
    let told = page(&desk).await;
    desk.show(Section::Webhooks, told, |hooks| hooks.view())
        .await
}

/// `POST /settings/webhooks`: the answer itself shows the new secret, and nothing ever shows it again.
pub async fn make(desk: Desk, typed: Form) -> Answer {
    let chosen = |event: &HookEvent| typed.given(&event_field(*event)) == Some("on");
    let form = HookForm {
        name: typed.text("name"),
        url: typed.text("url"),
        team: typed.given("team") == Some("on"),
        events: HookEvent::ALL.iter().copied().filter(chosen).collect(),
    };
    let making = webhook::make(desk.office(), desk.account(), &form).await;
    let (status, shown) = match making {
        Ok(Making::Made(made)) => {
            let hooks = Webhooks {
                made: Some(made.secret),
                ..page(&desk).await?
            };
            (StatusCode::OK, hooks)
        }
        Ok(Making::Refused(_)) if !desk.reads_pages() => {
            return Err(Fault::Invalid(Vec::new()).into());
        }
        Ok(Making::Refused(wrongs)) => {
            let hooks = Webhooks {
                typed: Some(form),
                wrongs,
                ..page(&desk).await?
            };
            (StatusCode::UNPROCESSABLE_ENTITY, hooks)
        }
        Err(error) => return desk.refuse(Section::Webhooks, error.into()).await,
    };
    desk.page(status, Section::Webhooks, || shown.view()).await
}

/// `GET /settings/webhooks/{webhook}?after=…`. What is no place to go on from is left out.
pub async fn log(desk: Desk, Path(id): Path<String>, uri: Uri) -> Answer {
    let asked = Form::urlencoded(uri.query().unwrap_or_default().as_bytes())?;
    let after = asked.text("after").parse().ok();
    let told = match hook(&id) {
        Ok(id) => webhook::log(desk.office(), desk.account(), id, after).await,
        Err(fault) => Err(fault.into()),
    };
    desk.show(Section::Webhooks, told, |page| {
        webhook_log(&page, after.is_some())
    })
    .await
}

/// `POST /settings/webhooks/{webhook}/switch`, with where it is switched to.
pub async fn switch(desk: Desk, Path(id): Path<String>, typed: Form) -> Answer {
    let (to, what) = match typed.given("to") {
        Some("on") => (true, "hook_on"),
        Some("off") => (false, "hook_off"),
        _ => return Err(Fault::Malformed.into()),
    };
    let id = hook(&id)?;
    let switched = webhook::switch(desk.office(), desk.account(), id, to).await;
    ended(&desk, switched, &one(id), what).await
}

/// `POST /settings/webhooks/{webhook}/delete`.
pub async fn delete(desk: Desk, Path(id): Path<String>) -> Answer {
    let deleted = webhook::delete(desk.office(), desk.account(), hook(&id)?).await;
    ended(&desk, deleted, HERE, "hook_deleted").await
}

/// `POST /settings/webhooks/{webhook}/replay`: all that failed.
pub async fn replay_failed(desk: Desk, Path(id): Path<String>) -> Answer {
    let id = hook(&id)?;
    let replayed = webhook::replay_failed(desk.office(), desk.account(), id).await;
    ended(&desk, replayed.map(|_| ()), &one(id), "replayed").await
}

/// `POST /settings/webhooks/{webhook}/{delivery}/replay`.
pub async fn replay(desk: Desk, Path((id, delivery)): Path<(String, String)>) -> Answer {
    let id = hook(&id)?;
    let delivery: DeliveryId = delivery.parse().map_err(|_| Fault::NotFound)?;
    let replayed = webhook::replay(desk.office(), desk.account(), id, delivery).await;
    match replayed {
        // There it was, and somebody else was quicker; or there is no such hook, which its page tells.
        Err(Error::Fault(Fault::NotFound)) if desk.reads_pages() => Ok(done(&one(id), "overtaken")),
        other => ended(&desk, other, &one(id), "replayed").await,
    }
}

async fn ended(desk: &Desk, ended: Result<(), Error>, path: &str, what: &str) -> Answer {
    match ended {
        Ok(()) => Ok(done(path, what)),
        Err(error) => desk.refuse(Section::Webhooks, error.into()).await,
    }
}

fn hook(id: &str) -> Result<WebhookId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

/// Where a hook's own page is.
fn one(id: WebhookId) -> String {
    format!("{HERE}/{id}")
}

async fn page(desk: &Desk) -> Result<Webhooks, Error> {
    let office: &Office = desk.office();
    Ok(Webhooks {
        hooks: webhook::list(office, desk.account()).await?,
        private: office.may_go_private(),
        ..Webhooks::default()
    })
}
