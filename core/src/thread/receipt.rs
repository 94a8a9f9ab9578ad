//! Read receipts. What the team reads is told to guests from a table of its own, in places of the
//! public order: a note has none, so no note can make or move a receipt of theirs. Whoever of the
//! team reads, a viewer too, has read for the team.

use pigeon_wire::mailbox::SeenBy;
use pigeon_wire::person::PersonRef;
use pigeon_wire::presence::Receipt;
use pigeon_wire::seen::{STEPS_MAX, Seen};
use pigeon_wire::thread::{Side, ThreadKind};
use pigeon_wire::{Millis, PersonId, ThreadId};

use super::sql;
use crate::db::{Conn, on};
use crate::hub::Announcement;
use crate::mailbox;
use crate::work::Work;
use crate::{Error, Office};

/// Somebody of the team has read up to a place of the staff order: where that is further in the
/// customer's messages than anybody of the team before, it is kept, and the customer is told.
async fn team_read(
    work: &mut Work,
    thread: ThreadId,
    customer: PersonId,
    staff_upto: i64,
) -> Result<(), Error> {
    let at = work.now;
    let upto: Option<i64> = on!(&mut work.conn, c => sqlx::query_scalar(sql::TEAM_READ)
        .bind(thread).bind(staff_upto).bind(at).fetch_optional(c).await)?;
    if let Some(upto) = upto.filter(|_| work.office.settings().show_seen_to_guests) {
        let seen = Seen { upto, at };
        work.tell(Announcement::Seen { thread, seen });
        work.tell(Announcement::SeenBy {
            people: vec![customer],
            thread,
            seen: SeenBy { who: None, seen },
        });
    }
    Ok(())
}

/// Has those told who may know that somebody has read up to a place of their own order: the team
/// and, of what the team has read, the customer; in a direct thread whoever else is in it.
pub(super) async fn tell(
    work: &mut Work,
    thread: ThreadId,
    person: PersonId,
    side: Side,
    upto: i64,
) -> Result<(), Error> {
    let view: Option<(ThreadKind, PersonId, String, Option<i64>)> = on!(&mut work.conn, c =>
        sqlx::query_as(sql::RECEIPT_VIEW).bind(thread).bind(person).bind(upto)
            .fetch_optional(c).await)?;
    let Some((kind, customer, name, of_customer)) = view else {
        return Ok(());
    };
    if kind == ThreadKind::Direct {
        let people = mailbox::others(&mut work.conn, thread, person).await?;
        let seen = Seen { upto, at: work.now };
        let who = Some(name);
        work.tell(Announcement::SeenBy {
            people,
            thread,
            seen: SeenBy { who, seen },
        });
        return Ok(());
    }
    if side == Side::Staff {
        team_read(work, thread, customer, upto).await?;
    }
    let upto = match side {
        Side::Staff => upto,
        Side::Customer => of_customer.unwrap_or_default(),
    };
    let seen = Seen { upto, at: work.now };
    let who = PersonRef { id: person, name };
    let receipt = Receipt { who, side, seen };
    work.tell(Announcement::Receipt {
        thread,
        customer,
        receipt,
    });
    Ok(())
}

/// The newest steps of everybody's read positions, oldest first, in places of the staff order.
pub(crate) async fn for_team(conn: &mut Conn, thread: ThreadId) -> Result<Vec<Receipt>, Error> {
    let rows: Vec<(PersonId, String, Side, Option<i64>, Millis)> = on!(conn, c => sqlx::query_as(sql::RECEIPTS).bind(thread).bind(most())
            .fetch_all(c).await)?;
    let receipt = |(id, name, side, upto, at): (PersonId, String, Side, Option<i64>, Millis)| {
        let upto = upto.unwrap_or_default();
        Receipt {
            who: PersonRef { id, name },
            side,
            seen: Seen { upto, at },
        }
    };
    Ok(rows.into_iter().rev().map(receipt).collect())
}

/// The newest steps of the team's read position, oldest first, in places of the public order;
/// nothing where guests are not told.
pub(crate) async fn for_guest(
    conn: &mut Conn,
    office: &Office,
    thread: ThreadId,
) -> Result<Vec<Seen>, Error> {
    if !office.settings().show_seen_to_guests {
        return Ok(Vec::new());
    }
    let rows: Vec<(i64, Millis)> = on!(conn, c => sqlx::query_as(sql::TEAM_READS)
        .bind(thread).bind(most()).fetch_all(c).await)?;
    let steps = rows.into_iter().rev();
    Ok(steps.map(|(upto, at)| Seen { upto, at }).collect())
}

/// The newest steps of everybody else's read positions in a direct thread, oldest first.
pub(crate) async fn for_user(
    conn: &mut Conn,
    thread: ThreadId,
    me: PersonId,
) -> Result<Vec<SeenBy>, Error> {
    let rows: Vec<(String, i64, Millis)> = on!(conn, c => sqlx::query_as(sql::OTHERS_RECEIPTS)
        .bind(thread).bind(me).bind(most()).fetch_all(c).await)?;
    let steps = rows.into_iter().rev();
    Ok(steps
        .map(|(name, upto, at)| SeenBy {
            who: Some(name),
            seen: Seen { upto, at },
        })
        .collect())
}

fn most() -> i64 {
    i64::try_from(STEPS_MAX).unwrap_or(i64::MAX)
}
