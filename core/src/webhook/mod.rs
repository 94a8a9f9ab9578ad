//! Web hooks: addresses elsewhere that are told what happens here.
//!
//! Reading order: `owe` writes what a change brings, in the unit that makes it; [`worker`] leases
//! what is due and hands it to the [`Courier`], signed (`sign`); `settle` writes down what became
//! of it; `keep` is for whoever looks after hooks. A delivery's body is stored: what happened does
//! not change, and a receiver sees the same bytes at every try. Of one thread, a hook is told one
//! thing after the other; threads do not wait for each other.

pub mod address;
mod courier;
mod keep;
mod owe;
mod settle;
mod sign;
pub(crate) mod sql;
mod sweep;
pub mod worker;

pub use courier::{Answer, Courier, Dock, Parcel};
pub use keep::{Made, Making, delete, list, log, make, replay, replay_failed, switch};
pub use sweep::sweep;

pub(crate) use owe::{News, owe};

use crate::db::on;
use crate::{Error, Office};

/// A hook that is told of changes.
#[derive(sqlx::FromRow)]
struct Listener {
    id: pigeon_wire::WebhookId,
    team: bool,
    events: String,
}

/// Whether any hook is told anything now: kept in memory, so that a house without hooks pays nothing
/// for them. This process changes it with the hook; another one learns of it when its worker looks.
pub(crate) async fn any(office: &Office) -> Result<bool, Error> {
    let mut conn = office.read().await?;
    let listening: Vec<Listener> =
        on!(&mut conn, c => sqlx::query_as(sql::LISTENING).fetch_all(c).await)?;
    Ok(!listening.is_empty())
}
