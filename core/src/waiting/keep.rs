//! Posting what is due. Rights are asked anew then, and whether somebody was quicker; what may not be
//! posted any more is stopped, and its author told where it stands.

use std::time::Duration;

use pigeon_wire::id::DAY_MS;
use pigeon_wire::{Fault, Millis, ThreadId, WaitingId};

use super::{State, by_id, post, show, sql};
use crate::db::on;
use crate::thread::access::author_writing;
use crate::thread::row;
use crate::work::Work;
use crate::{Error, Office};

/// Replies that are posted before it is looked for more.
const SEND_REPLIES: i64 = 20;
/// The longest time between two looks: another process may have taken a reply, and what could not be
/// posted is tried again.
const LOOK: Duration = Duration::from_secs(5);
/// Looks between two sweeps of what is settled.
const SWEEP_LOOKS: u32 = 720;
/// How long whoever comes too late is told what became of a reply.
const SETTLED_MS: i64 = DAY_MS;

/// Posts what is due as soon as it is, until the office stops.
pub(crate) async fn keep_sending(office: Office) {
    let mut looks = 0_u32;
    while !office.is_stopping() {
        if let Err(cause) = send_due(&office).await {
            tracing::error!(%cause, "what has waited could not be posted");
        }
        if looks.is_multiple_of(SWEEP_LOOKS)
            && let Err(cause) = sweep(&office).await
        {
            tracing::error!(%cause, "replies that are settled could not be forgotten");
        }
        looks = looks.wrapping_add(1);
        let wait = wait(&office).await;
        tokio::select! {
            () = office.stopped() => {}
            () = office.hub().reply_waits() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// Until something is due next; what is due already could not be posted just now.
async fn wait(office: &Office) -> Duration {
    let next = match next(office).await {
        Ok(next) => next,
        Err(cause) => {
            tracing::error!(%cause, "it could not be told what waits");
            None
        }
    };
    let ms = next.map(|at| at.since(office.now())).filter(|ms| *ms > 0);
    let ms = ms.and_then(|ms| u64::try_from(ms).ok());
    ms.map_or(LOOK, |ms| Duration::from_millis(ms).min(LOOK))
}

async fn next(office: &Office) -> Result<Option<Millis>, Error> {
    let mut conn = office.read().await?;
    Ok(on!(&mut conn, c => sqlx::query_scalar(sql::NEXT).fetch_optional(c).await)?)
}

/// Posts what is due, or stops it. Answers how many replies that were.
pub async fn send_due(office: &Office) -> Result<usize, Error> {
    let mut all = 0;
    while !office.is_stopping() {
        let mut settled = 0;
        // Where nothing is due, no turn at the one writer is taken.
        for (id, thread) in due(office).await? {
            // A unit for each: whoever holds several threads waits for others in a circle.
            let is =
                office.write(move |work| Box::pin(async move { settle(work, thread, id).await }));
            settled += usize::from(match is.await {
                Ok(is) => is,
                Err(Error::Fault(fault)) if !passes(&fault) => {
                    // Nothing of that unit is stored.
                    office
                        .write(move |work| {
                            Box::pin(async move { stop_one(work, thread, id).await })
                        })
                        .await?
                }
                Err(cause) => {
                    tracing::error!(%id, %cause, "a reply could not be posted, and is tried again");
                    false
                }
            });
        }
        if settled == 0 {
            break;
        }
        all += settled;
    }
    Ok(all)
}

/// Whether trying again helps by itself.
const fn passes(fault: &Fault) -> bool {
    matches!(
        fault,
        Fault::Busy { .. } | Fault::TooMany { .. } | Fault::Internal
    )
}

async fn due(office: &Office) -> Result<Vec<(WaitingId, ThreadId)>, Error> {
    let mut conn = office.read().await?;
    Ok(on!(&mut conn, c => sqlx::query_as(sql::DUE)
        .bind(office.now()).bind(SEND_REPLIES).fetch_all(c).await)?)
}

/// Posts one that is due, or stops it, unless somebody was quicker.
async fn settle(work: &mut Work, thread: ThreadId, id: WaitingId) -> Result<bool, Error> {
    // The lock first: a row that was read before it may be another by now.
    if row::lock(work, thread).await?.is_none() {
        return Ok(false);
    }
    let now = work.now;
    let row = by_id(&mut work.conn, id).await?;
    let Some(row) = row.filter(|row| row.state == State::Waiting && row.due_at <= now) else {
        return Ok(false);
    };
    let writable = match author_writing(work, row.author_id, thread).await {
        Ok(writable) => writable,
        Err(Error::Fault(fault)) if !passes(&fault) => {
            return stop_one(work, thread, id).await;
        }
        Err(error) => return Err(error),
    };
    // A customer's message stops what was planned before it, and no closing passes over one.
    let of_customer = !row.undo || row.close;
    let by: Option<String> = on!(&mut work.conn, c => sqlx::query_scalar(sql::CHANGED_SINCE)
        .bind(thread).bind(row.accepted).bind(row.author_id).bind(of_customer)
        .fetch_optional(c).await)?;
    if by.is_some() {
        stop(work, id, by).await?;
        show(work, writable.thread, 0).await?;
    } else {
        post(work, writable, row).await?;
    }
    Ok(true)
}

/// Stops one that may not be posted any more.
async fn stop_one(work: &mut Work, thread: ThreadId, id: WaitingId) -> Result<bool, Error> {
    let Some(thread) = row::lock(work, thread).await? else {
        return Ok(false);
    };
    let row = by_id(&mut work.conn, id).await?;
    if row.is_none_or(|row| row.state != State::Waiting) {
        return Ok(false);
    }
    stop(work, id, None).await?;
    show(work, thread, 0).await?;
    Ok(true)
}

async fn stop(work: &mut Work, id: WaitingId, by: Option<String>) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::STOP)
        .bind(id).bind(&by).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Forgets what was settled long ago.
async fn sweep(office: &Office) -> Result<(), Error> {
    let before = office.now().plus(-SETTLED_MS);
    office
        .write(move |work| {
            Box::pin(async move {
                on!(&mut work.conn, c => sqlx::query(sql::FORGET_SETTLED)
                    .bind(before).execute(c).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await
}
