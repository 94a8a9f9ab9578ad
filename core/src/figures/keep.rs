//! What figures are made of, kept in the unit that changes a thread. A thread in the trash counts
//! nowhere: what it comes to is taken away with it and given back with it, out of its own entries.

use pigeon_wire::thread::ThreadKind;
use pigeon_wire::{Millis, PersonId};

use super::sql;
use crate::Error;
use crate::db::later::later;
use crate::thread::row::ThreadRow;
use crate::work::Work;

/// Milliseconds of the quarter of an hour for which happenings are counted together.
const SLOT_MS: i64 = 900_000;

/// The quarter of an hour of a moment.
pub(super) const fn slot(at: Millis) -> i64 {
    at.0.div_euclid(SLOT_MS)
}

/// What a change of a thread does that counts.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks {
    /// It makes the thread.
    pub opened: bool,
    /// Who of the team writes a message in it.
    pub replied: Option<PersonId>,
    /// It closes the thread, or opens it again.
    pub turn: Option<Turn>,
}

/// A way of a thread's status that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Closed; by whom, if by somebody of the team.
    Closed(Option<PersonId>),
    /// Opened again.
    Reopened,
}

/// Keeps what a change of a thread has done, which was in the trash before it or not. Called when the
/// thread is stored, and before the rows that everybody's changes meet in.
pub(crate) async fn keep(
    work: &mut Work,
    thread: &ThreadRow,
    was_trashed: bool,
    marks: Marks,
) -> Result<(), Error> {
    if thread.kind != ThreadKind::Support {
        return Ok(());
    }
    if !was_trashed {
        happened(work, thread, marks).await?;
    }
    match (was_trashed, thread.trashed_at.is_some()) {
        (false, true) => {
            later!(&mut work.conn, sql::FORGET_TIMES, id = thread.id)?;
            all_of(work, thread, -1).await
        }
        (true, false) => {
            later!(&mut work.conn, sql::TIMES_OF, id = thread.id)?;
            all_of(work, thread, 1).await
        }
        _ => Ok(()),
    }
}

async fn happened(work: &mut Work, thread: &ThreadRow, marks: Marks) -> Result<(), Error> {
    let now = work.now;
    if marks.opened {
        let at = thread.created_at;
        later!(&mut work.conn, sql::OPENED, id = thread.id, at = at)?;
    }
    if let Some(by) = marks.replied {
        later!(
            &mut work.conn,
            sql::FIRST,
            id = thread.id,
            now = now,
            by = by
        )?;
    }
    if let Some(turn) = marks.turn {
        let at = (turn != Turn::Reopened).then_some(now);
        later!(&mut work.conn, sql::CLOSED, id = thread.id, at = at)?;
    }
    let closed = matches!(marks.turn, Some(Turn::Closed(_)));
    let reopened = marks.turn == Some(Turn::Reopened);
    if marks.opened || marks.replied.is_some() || closed || reopened {
        later!(
            &mut work.conn,
            sql::FLOW,
            slot = slot(now),
            opened = i64::from(marks.opened),
            reopened = i64::from(reopened),
            closed = i64::from(closed),
            replies = i64::from(marks.replied.is_some())
        )?;
    }
    let done_by = match marks.turn {
        Some(Turn::Closed(by)) => by,
        _ => None,
    };
    // Whoever sends and closes in one is one person.
    let Some(person) = marks.replied.or(done_by) else {
        return Ok(());
    };
    later!(
        &mut work.conn,
        sql::STAFF_FLOW,
        slot = slot(now),
        person = person,
        replies = i64::from(marks.replied.is_some()),
        closed = i64::from(done_by.is_some())
    )?;
    Ok(())
}

/// Adds all that ever happened in a thread `times` times.
async fn all_of(work: &mut Work, thread: &ThreadRow, times: i64) -> Result<(), Error> {
    later!(&mut work.conn, sql::FLOW_OF, id = thread.id, times = times)?;
    later!(
        &mut work.conn,
        sql::STAFF_FLOW_OF,
        id = thread.id,
        times = times
    )?;
    Ok(())
}
