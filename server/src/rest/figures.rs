//! Figures.

use axum::extract::{Query, State};
use pigeon_core::figures::of;
use serde::Deserialize;
use utoipa::IntoParams;

use super::bearer::{Program, Reads};
use super::known;
use super::model::Figures;
use super::thread::fresh;
use crate::Hall;
use crate::door::figures::USUAL;
use crate::refusal::Answer;

/// Which figures.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FiguresAsk {
    /// How many days, today among them: `7`, `30` or `90`. Without it, 30.
    pub days: Option<String>,
}

/// What the team's work of the last days comes to: in all, day by day, person by person.
///
/// Everybody's lines are for tokens with the scope `assign` whose owner may assign threads; others get
/// their owner's own.
#[utoipa::path(
    get, path = "/api/v1/figures", tag = "threads",
    params(FiguresAsk),
    responses((status = 200, body = Figures), super::doc::Refusals),
    security(("token" = ["read"]))
)]
pub async fn figures(
    State(hall): State<Hall>,
    program: Program<Reads>,
    Query(asked): Query<FiguresAsk>,
) -> Answer {
    let period = known(asked.days.as_ref())?.unwrap_or(USUAL);
    let told = of(&hall.office, &program.account, period).await?;
    Ok(fresh(Figures::from(told)))
}
