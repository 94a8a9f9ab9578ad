//! What was kept from the team, and what users have reported.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pigeon_core::{direct, quarantine};
use pigeon_wire::Fault;
use pigeon_wire::id::RecordId;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Hall;
use crate::refusal::Answer;
use crate::rest::bearer::{Administers, Program, Writes};
use crate::rest::known;
use crate::rest::model::{Catch, CatchPage, OwnThreadMade, Report, ReportList};
use crate::rest::thread::fresh;

/// What a page is asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CatchAsk {
    /// Where the page before ended: its `next`.
    pub after: Option<String>,
}

/// A page of what was kept from the team: what the honeypot caught, and what blocked senders wrote.
#[utoipa::path(
    get, path = "/api/v1/quarantine", tag = "admin",
    params(CatchAsk),
    responses((status = 200, body = CatchPage), crate::rest::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn catches(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Query(asked): Query<CatchAsk>,
) -> Answer {
    let after = known(asked.after.as_ref())?;
    let page = quarantine::page(&hall.office, &program.account, after).await?;
    Ok(fresh(CatchPage {
        honeypot: page.counts.honeypot,
        blocked: page.counts.blocked,
        items: page.catches.into_iter().map(Catch::from).collect(),
        next: page.next.map(|next| next.to_string()),
    }))
}

/// Lets in what was caught: as a thread of its own, or as a message in the thread that it answers.
#[utoipa::path(
    post, path = "/api/v1/quarantine/{id}/accept", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    responses((status = 201, body = OwnThreadMade), crate::rest::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn accept(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
) -> Answer {
    let thread = quarantine::accept(&hall.office, &program.account, record(&id)?).await?;
    let made = OwnThreadMade {
        thread: thread.to_string(),
    };
    Ok((StatusCode::CREATED, fresh(made)).into_response())
}

/// Deletes what was caught.
#[utoipa::path(
    post, path = "/api/v1/quarantine/{id}/delete", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["write"]))
)]
pub async fn delete(
    State(hall): State<Hall>,
    program: Program<Writes>,
    Path(id): Path<String>,
) -> Answer {
    let deleted = quarantine::delete(&hall.office, &program.account, &[record(&id)?]).await?;
    if deleted == 0 {
        return Err(Fault::NotFound.into());
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Messages of direct threads that users have reported, and nothing else of these threads.
#[utoipa::path(
    get, path = "/api/v1/reports", tag = "admin",
    responses((status = 200, body = ReportList), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn reports(State(hall): State<Hall>, program: Program<Administers>) -> Answer {
    let all = direct::reports(&hall.office, &program.account).await?;
    Ok(fresh(ReportList {
        items: all.into_iter().map(Report::from).collect(),
    }))
}

/// Says that a report was dealt with.
#[utoipa::path(
    post, path = "/api/v1/reports/{id}/settle", tag = "admin",
    params(("id" = String, Path, description = "Which.")),
    responses((status = 204, description = "Done."), crate::rest::doc::Refusals),
    security(("token" = ["administer"]))
)]
pub async fn settle(
    State(hall): State<Hall>,
    program: Program<Administers>,
    Path(id): Path<String>,
) -> Answer {
    direct::settle(&hall.office, &program.account, record(&id)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn record(id: &str) -> Result<RecordId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}
