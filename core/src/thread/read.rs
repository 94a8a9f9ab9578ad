//! Read positions: marked only from a page that is really visible, or by posting.

use pigeon_wire::thread::Side;
use pigeon_wire::{PersonId, ThreadId};

use super::{receipt, sql};
use crate::Error;
use crate::db::later::later;
use crate::db::{Conn, on};
use crate::hub::Announcement;
use crate::work::Work;

/// Moves somebody's read position forward, never back, and leaves a receipt.
pub(crate) async fn mark(
    work: &mut Work,
    thread: ThreadId,
    person: PersonId,
    side: Side,
    upto: i64,
) -> Result<(), Error> {
    if upto <= 0 {
        return Ok(());
    }
    let moved: Option<i64> = on!(&mut work.conn, c => sqlx::query_scalar(sql::MARK)
        .bind(thread).bind(person).bind(side).bind(upto).bind(work.now)
        .fetch_optional(c).await)?;
    if moved.is_none() {
        return Ok(());
    }
    later!(
        &mut work.conn,
        sql::RECEIPT,
        thread = thread,
        person = person,
        upto = upto,
        now = work.now
    )?;
    if side == Side::Staff {
        work.tell(Announcement::Read {
            person,
            thread,
            upto,
        });
    }
    receipt::tell(work, thread, person, side, upto).await
}

/// The read position that posting brings: up to what the author had seen; if that was everything,
/// their own message too. Somebody who had not seen all keeps the rest unread.
pub(crate) fn after_posting(seen: Option<i64>, number_before: i64, own_place: i64) -> i64 {
    match seen {
        Some(seen) if seen >= number_before => own_place,
        Some(seen) => seen,
        None => 0,
    }
}

/// Up to which place somebody has read.
pub(crate) async fn upto(
    conn: &mut Conn,
    thread: ThreadId,
    person: PersonId,
) -> Result<i64, Error> {
    let upto: Option<i64> = on!(conn, c => sqlx::query_scalar(sql::READ_UPTO)
        .bind(thread).bind(person).fetch_optional(c).await)?;
    Ok(upto.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::after_posting;

    #[test]
    fn posting_marks_what_was_seen_and_no_more() {
        assert_eq!(after_posting(Some(4), 4, 5), 5);
        assert_eq!(after_posting(Some(9), 4, 5), 5);
        assert_eq!(
            after_posting(Some(3), 4, 5),
            3,
            "number 4 came unseen and stays unread"
        );
        assert_eq!(after_posting(None, 4, 5), 0);
    }
}
