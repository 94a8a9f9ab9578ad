//! Web hooks and their deliveries.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pigeon_core::webhook::{self, Making};
use pigeon_wire::webhook::{HookEvent, HookForm};
use pigeon_wire::{DeliveryId, Fault, WebhookId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::Hall;
use crate::refusal::Answer;
use crate::rest::bearer::{Administers, Program};
use crate::rest::known;
use crate::rest::model::{
    Count, HookDelivery, HookDeliveryPage, Webhook, WebhookList, WebhookMade,
};
use crate::rest::thread::fresh;

/// What a page of a hook's log is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DeliveryAsk {
    /// Where the page before ended: its `next`.
    pub after: Option<String>,
}

/// A hook to be.
#[derive(Deserialize, ToSchema)]
pub struct NewWebhook {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// Whether it is told what the team alone sees, notes among it.
    #[serde(default)]
    pub team: bool,
    /// What it is told: `message.created`, `thread.created`, `thread.status_changed`, `thread.assigned`.
    pub events: Vec<String>,
}

/// Whether a hook is told anything.
#[derive(Deserialize, ToSchema)]
pub struct SetActive {
    /// Whether it is.
    pub active: bool,
}

/// Every web hook.
#[utoipa::path(
    get, path = "/api/v1/webhooks", tag = "admin",
    responses((status = 200, body = WebhookList), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn list(State(hall): State<Hall>, program: Program<Administers>) -> Answer {
    let all = webhook::list(&hall.office, &program.account).await?;
    Ok(fresh(WebhookList {
        items: all.into_iter().map(Webhook::from).collect(),
    }))
}

/// Makes a web hook, which is told whatever happens from now on.
#[utoipa::path(
    post, path = "/api/v1/webhooks", tag = "admin",
    request_body = NewWebhook,
    responses((status = 201, body = WebhookMade), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn make(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Json(new): Json<NewWebhook>,
) -> Answer {
    let events = new.events.iter();
    let events = events.map(|word| word.parse::<HookEvent>().map_err(|_| Fault::Malformed));
    let form = HookForm {
        name: new.name,
        url: new.url,
        team: new.team,
        events: events.collect::<Result<_, _>>()?,
    };
    match webhook::make(&hall.office, &program.account, &form).await? {
        Making::Made(made) => {
            let made = WebhookMade {
                id: made.id.to_string(),
                secret: made.secret,
            };
            Ok((StatusCode::CREATED, fresh(made)).into_response())
        }
        Making::Refused(_) => Err(Fault::Invalid(Vec::new()).into()),
    }
}

/// Turns a web hook on or off.
#[utoipa::path(
    put, path = "/api/v1/webhooks/{id}/active", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    request_body = SetActive,
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn switch(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
    Json(set): Json<SetActive>,
) -> Answer {
    webhook::switch(&hall.office, &program.account, hook(&id)?, set.active).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Deletes a web hook.
#[utoipa::path(
    post, path = "/api/v1/webhooks/{id}/delete", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn delete(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
) -> Answer {
    webhook::delete(&hall.office, &program.account, hook(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// A page of a hook's log.
#[utoipa::path(
    get, path = "/api/v1/webhooks/{id}/deliveries", tag = "admin",
    params(("id" = String, Path, description = "Which."), DeliveryAsk),
    responses((status = 200, body = HookDeliveryPage), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn log(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
    Query(asked): Query<DeliveryAsk>,
) -> Answer {
    let after = known(asked.after.as_ref())?;
    let page = webhook::log(&hall.office, &program.account, hook(&id)?, after).await?;
    Ok(fresh(HookDeliveryPage {
        items: page.lines.into_iter().map(HookDelivery::from).collect(),
        next: page.next.map(|next| next.to_string()),
    }))
}

/// Sends one delivery again.
#[utoipa::path(
    post, path = "/api/v1/webhooks/{id}/deliveries/{delivery}/replay", tag = "admin",
    params(("id" = String, Path, description = "Which."), ("delivery" = String, Path, description = "Which delivery.")),
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn replay(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path((id, delivery)): Path<(String, String)>,
) -> Answer {
    let delivery: DeliveryId = delivery.parse().map_err(|_| Fault::NotFound)?;
    webhook::replay(&hall.office, &program.account, hook(&id)?, delivery).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Sends the deliveries again that were given up, the newest 200 of them.
#[utoipa::path(
    post, path = "/api/v1/webhooks/{id}/replay", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    responses((status = 200, body = Count), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn replay_failed(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
) -> Answer {
    let count = webhook::replay_failed(&hall.office, &program.account, hook(&id)?).await?;
    Ok(fresh(Count { count }))
}

fn hook(id: &str) -> Result<WebhookId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}
