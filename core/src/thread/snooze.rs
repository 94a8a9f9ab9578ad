//! Threads that rest: they leave the lists of what there is to do until a moment that somebody of the
//! team chose, or until the customer writes or the thread is closed.

use std::time::Duration;

use pigeon_wire::act::{SNOOZE_DAYS_MAX, Standing, ThreadAct};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::DAY_MS;
use pigeon_wire::message::KnownBy;
use pigeon_wire::note::StaffEvent;
use pigeon_wire::person::PersonRef;
use pigeon_wire::thread::{Side, Status};
use pigeon_wire::{Fault, Millis, ThreadId};

use super::act::{Acting, moved};
use super::change::{Author, Change};
use super::{row, sql, staff_author};
use crate::db::on;
use crate::work::Work;
use crate::{Error, Office};

/// Threads that are woken before it is looked for more.
const WAKE_THREADS: i64 = 20;
/// Time between two looks at what is due: moments are chosen by the minute.
const LOOK: Duration = Duration::from_secs(5);

/// Lets a thread rest until `until`, or wakes it, if it still rests until `was`.
pub(super) async fn put(
    acting: &Acting<'_>,
    work: &mut Work,
    change: &mut Change,
    was: Option<Millis>,
    until: Option<Millis>,
) -> Result<Option<ThreadAct>, Error> {
    let before = change.thread.snoozed_until;
    if before == until {
        return Ok(None);
    }
    if before != was {
        let now = Standing::Snoozed(before);
        return Err(moved(work, change.thread.id, sql::WHO_SNOOZED, now).await);
    }
    let latest = work.now.plus(SNOOZE_DAYS_MAX.saturating_mul(DAY_MS));
    let fits = until.is_none_or(|until| until > work.now && until <= latest);
    if !fits || (until.is_some() && change.thread.status == Status::Closed) {
        return Err(Fault::field(Field::Until, Problem::Unknown).into());
    }
    change.thread.snoozed_until = until;
    change.thread.snoozed_by = until.map(|_| acting.me.id);
    let event = StaffEvent::Snoozed { until };
    change.event(work, &staff_author(acting.me), event).await?;
    Ok(Some(ThreadAct::Snooze {
        was: until,
        until: before,
    }))
}

/// Wakes whatever has rested long enough, again and again, until the office stops.
pub(crate) async fn keep_waking(office: Office) {
    while !office.is_stopping() {
        if let Err(cause) = wake_due(&office).await {
            tracing::error!(%cause, "what has rested could not be woken");
        }
        tokio::select! {
            () = office.stopped() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Wakes whatever has rested long enough: it is the team's turn again. Answers how many threads that
/// were.
pub async fn wake_due(office: &Office) -> Result<usize, Error> {
    let mut woken = 0;
    while !office.is_stopping() {
        // Where nothing is due, no turn at the one writer is taken.
        let due = due(office).await?;
        for id in &due {
            let id = *id;
            // A unit for each: whoever holds several threads waits for others in a circle.
            let is = office.write(move |work| Box::pin(async move { wake(work, id).await }));
            woken += usize::from(is.await?);
        }
        if due.is_empty() {
            break;
        }
    }
    Ok(woken)
}

async fn due(office: &Office) -> Result<Vec<ThreadId>, Error> {
    let mut conn = office.read().await?;
    Ok(on!(&mut conn, c => sqlx::query_scalar(sql::DUE)
        .bind(office.now()).bind(WAKE_THREADS).fetch_all(c).await)?)
}

/// Wakes a thread, unless somebody was quicker.
async fn wake(work: &mut Work, id: ThreadId) -> Result<bool, Error> {
    let now = work.now;
    let due = |thread: &row::ThreadRow| {
        thread.trashed_at.is_none() && thread.snoozed_until.is_some_and(|until| until <= now)
    };
    let Some(thread) = row::lock(work, id).await?.filter(due) else {
        return Ok(false);
    };
    // Both columns are always set together.
    let by = thread.snoozed_by.unwrap_or(thread.customer_id);
    let (id, name) = on!(&mut work.conn, c => sqlx::query_as(sql::NAME)
        .bind(by).fetch_one(c).await)?;
    let author = Author {
        person: PersonRef { id, name },
        side: Side::Staff,
        known_by: KnownBy::Account,
    };
    let mut change = Change::of(thread);
    change.thread.wake();
    if change.thread.status == Status::Open {
        change.our_turn();
    }
    change.event(work, &author, StaffEvent::SnoozeEnded).await?;
    change.finish(work).await?;
    Ok(true)
}
