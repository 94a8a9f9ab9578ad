//! How many threads each view holds, kept in a table that every change of a thread brings up to
//! date in its own unit. Nothing is ever counted over threads.

use std::collections::BTreeMap;

use pigeon_wire::PersonId;
use pigeon_wire::inbox::{ThreadState, ViewCounts};
use pigeon_wire::thread::Status;
use uuid::Uuid;

use super::sql;
use crate::Error;
use crate::db::later::later;
use crate::db::{Conn, dialect, on};
use crate::hub::Announcement;
use crate::work::Work;

/// In the table's key, where nobody is meant: a key holds no NULL.
const NOBODY: PersonId = PersonId(Uuid::nil());

/// What a thread's counts depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tally {
    /// The customer, where it is a user: their own questions are not on their lists, should they be
    /// staff or become it.
    pub own: Option<PersonId>,
    pub state: ThreadState,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub(crate) struct CountRow {
    customer_id: PersonId,
    assignee_id: PersonId,
    status: Status,
    trashed: bool,
    snoozed: bool,
    threads: i64,
}

/// The key of a row, in the order in which rows are written: units that change several wait for
/// each other instead of standing in each other's way.
type Key = (PersonId, PersonId, Status, bool, bool);

/// Moves threads from one tally to another, and has everybody's counts told. Called last in a unit.
pub(crate) async fn shift(
    work: &mut Work,
    moves: impl IntoIterator<Item = (Option<Tally>, i64)>,
) -> Result<(), Error> {
    let mut deltas: BTreeMap<Key, i64> = BTreeMap::new();
    for (tally, threads) in moves {
        let Some(tally) = tally else {
            continue;
        };
        let ThreadState {
            status,
            assignee,
            trashed,
            snoozed,
        } = tally.state;
        let assignee = assignee.unwrap_or(NOBODY);
        for customer in [Some(NOBODY), tally.own].into_iter().flatten() {
            let key = (customer, assignee, status, trashed, snoozed);
            *deltas.entry(key).or_default() += threads;
        }
    }
    deltas.retain(|_, threads| *threads != 0);
    if !deltas.is_empty() {
        work.tell(Announcement::Badge);
    }
    for ((customer, assignee, status, trashed, snoozed), threads) in deltas {
        later!(
            &mut work.conn,
            sql::COUNT,
            customer = customer,
            assignee = assignee,
            status = status,
            trashed = trashed,
            snoozed = snoozed,
            threads = threads
        )?;
    }
    Ok(())
}

/// The rows that the counts of `people` need.
pub(crate) async fn rows(conn: &mut Conn, people: &[PersonId]) -> Result<Vec<CountRow>, Error> {
    let ids = people.iter().chain([&NOBODY]).map(PersonId::to_string);
    let ids = serde_json::json!(ids.collect::<Vec<_>>()).to_string();
    let text = dialect!(conn, sqlite: sql::COUNTS, postgres: sql::COUNTS_OF);
    Ok(on!(conn, c => sqlx::query_as(text).bind(&ids).fetch_all(c).await)?)
}

/// How many threads there are that are not closed, whoever asks.
pub(crate) async fn unclosed(conn: &mut Conn) -> Result<i64, Error> {
    let counts = of(&rows(conn, &[]).await?, NOBODY);
    Ok(counts.pending + counts.open)
}

/// How many threads each view of `me` holds: everybody's without one's own questions.
pub(crate) fn of(rows: &[CountRow], me: PersonId) -> ViewCounts {
    let mut counts = ViewCounts::default();
    for row in rows {
        let threads = match row.customer_id {
            all if all == NOBODY => row.threads,
            own if own == me => -row.threads,
            _ => continue,
        };
        let state = ThreadState {
            status: row.status,
            assignee: Some(row.assignee_id).filter(|id| *id != NOBODY),
            trashed: row.trashed,
            snoozed: row.snoozed,
        };
        counts.add(me, &state, threads);
    }
    counts
}
