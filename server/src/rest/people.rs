//! The list of people.

use axum::extract::{Query, State};
use pigeon_core::person;
use pigeon_wire::team::{PeopleFilter, PeopleState};
use serde::Deserialize;
use utoipa::IntoParams;

use super::bearer::{ListsPeople, Program};
use super::known;
use super::model::{PersonPage, PersonRow};
use super::thread::fresh;
use crate::Hall;
use crate::refusal::Answer;

/// Who is listed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PeopleAsk {
    /// A part of the name or address.
    pub q: Option<String>,
    /// `active`, `deactivated` or `all`.
    pub state: Option<String>,
    /// A role's word, or `user` for those without one.
    pub role: Option<String>,
    /// Where the page before ended: its `next`.
    pub after: Option<String>,
}

/// A page of the people, by name.
#[utoipa::path(
    get, path = "/api/v1/people", tag = "people",
    params(PeopleAsk),
    responses((status = 200, body = PersonPage), super::doc::Refusals),
    security(("token" = ["people"]))
)]
pub async fn list(
    State(hall): State<Hall>,
    program: Program<ListsPeople>,
    Query(asked): Query<PeopleAsk>,
) -> Answer {
    let filter = PeopleFilter {
        text: asked.q.unwrap_or_default(),
        state: known(asked.state.as_ref())?.unwrap_or(PeopleState::Active),
        role: asked.role,
        after: known(asked.after.as_ref())?,
    };
    let page = person::people(&hall.office, &program.account, &filter).await?;
    let last = page.people.last().filter(|_| page.more);
    Ok(fresh(PersonPage {
        next: last.map(|row| row.id.to_string()),
        items: page.people.into_iter().map(PersonRow::from).collect(),
    }))
}
