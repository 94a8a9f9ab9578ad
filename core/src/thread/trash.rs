//! The trash: what is thrown away leaves every list, count and search, and its guest sees an end. It
//! can be taken back as it was, until it is purged with all that hangs on it.

use std::time::Duration;

use pigeon_wire::act::{Standing, ThreadAct};
use pigeon_wire::id::DAY_MS;
use pigeon_wire::note::{Delivery, StaffEvent};
use pigeon_wire::tag;
use pigeon_wire::{MessageId, Millis, ThreadId};

use super::access::{StaffWritable, staff_holding};
use super::act::moved;
use super::change::Change;
use super::{row, sql, staff_author};
use crate::actor::Account;
use crate::attachment;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::hub::{Announcement, Ended};
use crate::inbox::count;
use crate::work::Work;
use crate::{Error, Office, contact, outbox};

/// Threads that one unit purges: each takes all of its messages with it, and others wait for the
/// writer.
const PURGE_THREADS: i64 = 20;
/// Time between two looks at what is due: days are counted, so an hour is soon enough.
const LOOK: Duration = Duration::from_hours(1);

/// Puts a thread into the trash.
pub(super) async fn put(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
) -> Result<Option<ThreadAct>, Error> {
    let StaffWritable { thread, me } = staff_holding(work, account, id).await?;
    if thread.trashed_at.is_some() {
        return Ok(None);
    }
    outbox::cancel_thread(work, id).await?;
    let unsent: Vec<MessageId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::UNSENT)
        .bind(id).fetch_all(c).await)?;
    let mut change = Change::of(thread);
    for message in unsent {
        change.delivery(work, message, Delivery::Unneeded).await?;
    }
    change.thread.trashed_at = Some(work.now);
    change
        .event(work, &staff_author(&me), StaffEvent::Trashed)
        .await?;
    change.finish(work).await?;
    // To a guest the link has ended; it works again if the thread is restored.
    work.tell(Announcement::Ended(Ended::LinksOf(id)));
    audit::note(work, Some(me.id), Act::Trashed, About::thread(id)).await?;
    Ok(Some(ThreadAct::Restore {
        trashed_at: Some(work.now),
    }))
}

/// Takes a thread out of the trash; `meant` is the trashing that is undone, if one alone is.
pub(super) async fn take(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
    meant: Option<Millis>,
) -> Result<Option<ThreadAct>, Error> {
    let StaffWritable { thread, me } = staff_holding(work, account, id).await?;
    let Some(trashed_at) = thread.trashed_at else {
        return Ok(None);
    };
    if meant.is_some_and(|meant| meant != trashed_at) {
        return Err(moved(work, id, sql::WHO_TRASHED, Standing::Trashed).await);
    }
    let mut change = Change::of(thread);
    change.thread.trashed_at = None;
    change
        .event(work, &staff_author(&me), StaffEvent::Restored)
        .await?;
    change.finish(work).await?;
    audit::note(work, Some(me.id), Act::Restored, About::thread(id)).await?;
    Ok(Some(ThreadAct::Trash))
}

/// Purges whatever has been in the trash for too long, hour by hour, until the office stops.
pub(crate) async fn keep(office: Office) {
    while !office.is_stopping() {
        if let Err(cause) = purge_due(&office).await {
            tracing::error!(%cause, "the trash could not be emptied");
        }
        tokio::select! {
            () = office.stopped() => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

/// Purges whatever has been in the trash for too long; answers how many threads that were.
pub async fn purge_due(office: &Office) -> Result<usize, Error> {
    let mut purged = 0;
    while !office.is_stopping() {
        let days = office.settings().trash_days;
        let before = office.now().plus(-days.saturating_mul(DAY_MS));
        if due(office, before).await?.is_empty() {
            break;
        }
        let done = office
            .write(move |work| Box::pin(async move { purge(work, before).await }))
            .await?;
        purged += done;
    }
    if purged > 0 {
        // The rows of their files went with them; the bytes go now.
        attachment::sweep(office).await?;
    }
    Ok(purged)
}

/// Whether anything is due: where nothing is, no turn at the one writer is taken.
async fn due(office: &Office, before: Millis) -> Result<Vec<ThreadId>, Error> {
    let mut conn = office.read().await?;
    Ok(on!(&mut conn, c => sqlx::query_scalar(sql::PURGEABLE)
        .bind(before).bind(1_i64).fetch_all(c).await)?)
}

async fn purge(work: &mut Work, before: Millis) -> Result<usize, Error> {
    let ids: Vec<ThreadId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::PURGEABLE)
        .bind(before).bind(PURGE_THREADS).fetch_all(c).await)?;
    let (mut gone, mut tags) = (Vec::new(), Vec::new());
    for id in ids {
        let thread = row::lock(work, id).await?;
        // Somebody may have restored it while we waited for it.
        let Some(thread) = thread.filter(|t| t.trashed_at.is_some_and(|at| at <= before)) else {
            continue;
        };
        on!(&mut work.conn, c => sqlx::query(sql::PURGE).bind(id).execute(c).await.map(|_| ()))?;
        contact::forget(work, thread.customer_id).await?;
        on!(&mut work.conn, c => sqlx::query(sql::FORGET_GUEST)
            .bind(thread.customer_id).execute(c).await.map(|_| ()))?;
        audit::note(work, None, Act::Purged, About::thread(id)).await?;
        work.tell(Announcement::Gone(id));
        gone.push((thread.tally(), -1));
        tags.extend(tag::read(&thread.tags));
    }
    let purged = gone.len();
    // In one order, for all who count.
    tags.sort_unstable();
    super::tag::forget(work, &tags).await?;
    count::shift(work, gone).await?;
    Ok(purged)
}
