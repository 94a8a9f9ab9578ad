//! How much of each view somebody has not read. It is personal, so it is not kept: of the threads
//! that were written in last, those beyond a person's read position are counted, in two queries for
//! everybody who listens.

use std::collections::HashMap;
use std::time::Duration;

use pigeon_wire::inbox::{ThreadState, UNREAD_LOOKED_AT, ViewCounts};
use pigeon_wire::thread::Status;
use pigeon_wire::{PersonId, ThreadId};

use super::sql;
use crate::db::{Conn, dialect, on};
use crate::{Error, Office};

/// The least time between two tellings: a busy minute is counted a few times a second and not once
/// for each message.
const PACE: Duration = Duration::from_millis(300);

/// A thread as far as it matters here.
#[derive(sqlx::FromRow)]
struct Newest {
    id: ThreadId,
    customer_id: PersonId,
    assignee_id: Option<PersonId>,
    status: Status,
    latest_place: i64,
    snoozed: bool,
}

/// How many of the newest [`UNREAD_LOOKED_AT`] threads each view of each of `people` holds unread.
pub(super) async fn of_all(
    conn: &mut Conn,
    people: &[PersonId],
) -> Result<HashMap<PersonId, ViewCounts>, Error> {
    let newest: Vec<Newest> = on!(conn, c => sqlx::query_as(sql::NEWEST)
        .bind(UNREAD_LOOKED_AT).fetch_all(c).await)?;
    let threads: Vec<String> = newest.iter().map(|one| one.id.to_string()).collect();
    let readers: Vec<String> = people.iter().map(PersonId::to_string).collect();
    let (threads, readers) = (
        serde_json::json!(threads).to_string(),
        serde_json::json!(readers).to_string(),
    );
    let text = dialect!(conn, sqlite: sql::READS_OF_PEOPLE, postgres: sql::READS_OF_PEOPLE_HERE);
    let reads: Vec<(PersonId, ThreadId, i64)> = on!(conn, c => sqlx::query_as(text)
        .bind(&threads).bind(&readers).fetch_all(c).await)?;
    let reads: HashMap<(PersonId, ThreadId), i64> = reads
        .into_iter()
        .map(|(person, thread, upto)| ((person, thread), upto))
        .collect();
    let counts = |me: PersonId| {
        let mut counts = ViewCounts::default();
        for one in &newest {
            let read = reads.get(&(me, one.id)).copied().unwrap_or_default();
            if one.customer_id != me && one.latest_place > read {
                let state = ThreadState {
                    status: one.status,
                    assignee: one.assignee_id,
                    trashed: false,
                    snoozed: one.snoozed,
                };
                counts.add(me, &state, 1);
            }
        }
        counts
    };
    Ok(people.iter().map(|me| (*me, counts(*me))).collect())
}

/// Tells listeners how much is unread for them whenever it may have changed.
pub(crate) async fn keep_unread(office: Office) {
    loop {
        tokio::select! {
            () = office.stopped() => return,
            () = office.hub().unread_changed() => {}
        }
        let people = office.hub().inbox_listeners();
        if people.is_empty() {
            continue;
        }
        if let Err(cause) = tell(&office, &people).await {
            tracing::error!(%cause, "what is unread could not be told");
        }
        tokio::select! {
            () = office.stopped() => return,
            () = tokio::time::sleep(PACE) => {}
        }
    }
}

async fn tell(office: &Office, people: &[PersonId]) -> Result<(), Error> {
    let mut conn = office.read().await?;
    let unread = of_all(&mut conn, people).await?;
    office.hub().tell_unread(|me| unread.get(&me).copied());
    Ok(())
}
