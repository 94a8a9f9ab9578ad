//! Settings, mails, and the log of what was decided.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pigeon_core::audit;
use pigeon_core::outbox::{self, Keeper};
use pigeon_core::setting::{self, Changed};
use pigeon_wire::audit::AuditFilter;
use pigeon_wire::id::OutboxId;
use pigeon_wire::outbox::MailView;
use pigeon_wire::setting::{Typed, Wrong};
use pigeon_wire::{Fault, setting as wire};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::Hall;
use crate::refusal::Answer;
use crate::rest::bearer::{Administers, Program};
use crate::rest::known;
use crate::rest::model::{
    AuditEntry, AuditPage, Count, Mail, MailPage, MailTrial, Setting, SettingList,
};
use crate::rest::thread::fresh;

/// What a page of mails is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MailAsk {
    /// `trouble`, `waiting`, `sent` or `dropped`.
    pub view: Option<String>,
    /// Where the page before ended: its `next`.
    pub after: Option<String>,
}

/// What a page of the log is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AuditAsk {
    /// Done by or with this person.
    pub person: Option<String>,
    /// This act.
    pub act: Option<String>,
    /// In this thread.
    pub thread: Option<String>,
    /// Where the page before ended: its `next`.
    pub after: Option<String>,
}

/// What a setting is from now on.
#[derive(Deserialize, ToSchema)]
pub struct SetSetting {
    /// Its value, as its field on the page takes it.
    pub value: String,
    /// What the caller saw in force: it is refused if it is something else by now.
    pub was: Option<String>,
}

/// Every setting with what is in force.
#[utoipa::path(
    get, path = "/api/v1/settings", tag = "admin",
    responses((status = 200, body = SettingList), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn settings(State(hall): State<Hall>, program: Program<Administers>) -> Answer {
    let all = setting::page(&hall.office, &program.account).await?;
    Ok(fresh(SettingList {
        items: all.into_iter().map(Setting::from).collect(),
    }))
}

/// Changes a setting. It is in force at once.
#[utoipa::path(
    put, path = "/api/v1/settings/{name}", tag = "admin",
    params(("name" = String, Path, description = "Which.")),
    request_body = SetSetting,
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn set(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(name): Path<String>,
    Json(new): Json<SetSetting>,
) -> Answer {
    let named: wire::Setting = name.parse().map_err(|_| Fault::NotFound)?;
    let was = if let Some(was) = new.was {
        was
    } else {
        let all = setting::page(&hall.office, &program.account).await?;
        let found = all.into_iter().find(|shown| shown.setting == named);
        found.map(|shown| shown.was).unwrap_or_default()
    };
    let typed = Typed {
        setting: named,
        text: new.value,
        was,
    };
    match setting::change(&hall.office, &program.account, vec![typed]).await? {
        Changed::Stored(_) => Ok(StatusCode::NO_CONTENT.into_response()),
        Changed::Refused(shown) => {
            let mut wrongs = shown.iter().filter_map(|shown| shown.wrong);
            Err(if wrongs.all(|wrong| wrong == Wrong::Changed) {
                Fault::Changed.into()
            } else {
                Fault::Invalid(Vec::new()).into()
            })
        }
    }
}

/// A page of mails, without what stands in them.
#[utoipa::path(
    get, path = "/api/v1/mails", tag = "admin",
    params(MailAsk),
    responses((status = 200, body = MailPage), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn mails(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Query(asked): Query<MailAsk>,
) -> Answer {
    let view = known(asked.view.as_ref())?.unwrap_or(MailView::Trouble);
    let after = known(asked.after.as_ref())?;
    let page = outbox::page(&hall.office, &Keeper::Account(program.account), view, after).await?;
    Ok(fresh(MailPage {
        items: page.lines.into_iter().map(Mail::from).collect(),
        next: page.next.map(|next| next.to_string()),
    }))
}

/// Has a mail that failed or was put off tried at once.
#[utoipa::path(
    post, path = "/api/v1/mails/{id}/retry", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn retry(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
) -> Answer {
    outbox::retry(&hall.office, &Keeper::Account(program.account), mail(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Has the failed mails tried at once, the newest 200 of them.
#[utoipa::path(
    post, path = "/api/v1/mails/retry", tag = "admin",
    responses((status = 200, body = Count), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn retry_all(State(hall): State<Hall>, program: Program<Administers>) -> Answer {
    let count = outbox::retry_all(&hall.office, &Keeper::Account(program.account)).await?;
    Ok(fresh(Count { count }))
}

/// Cancels a mail that has not left, or puts a failed one aside.
#[utoipa::path(
    post, path = "/api/v1/mails/{id}/cancel", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn cancel(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
) -> Answer {
    outbox::cancel(&hall.office, &Keeper::Account(program.account), mail(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Sends a test mail to the token's owner.
#[utoipa::path(
    post, path = "/api/v1/mails/test", tag = "admin",
    responses((status = 200, body = MailTrial), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn test(State(hall): State<Hall>, program: Program<Administers>) -> Answer {
    let trial = outbox::trial(&hall.office, &program.account).await?;
    Ok(fresh(MailTrial {
        to: trial.to,
        refusal: trial.refusal,
    }))
}

/// A page of the audit log.
#[utoipa::path(
    get, path = "/api/v1/audit", tag = "admin",
    params(AuditAsk),
    responses((status = 200, body = AuditPage), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn log(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Query(asked): Query<AuditAsk>,
) -> Answer {
    let filter = AuditFilter {
        person: known(asked.person.as_ref())?,
        act: known(asked.act.as_ref())?,
        thread: known(asked.thread.as_ref())?,
        ..AuditFilter::default()
    };
    let after = known(asked.after.as_ref())?;
    let page = audit::page(&hall.office, &program.account, &filter, after).await?;
    Ok(fresh(AuditPage {
        items: page.lines.into_iter().map(AuditEntry::from).collect(),
        next: page.next.map(|next| next.to_string()),
    }))
}

fn mail(id: &str) -> Result<OutboxId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}
