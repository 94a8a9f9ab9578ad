//! Who is in a direct thread: answering a request, adding people, leaving, hearing no more of
//! somebody; and closing it.

use pigeon_wire::direct::Recipients;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::mailbox::UserThread;
use pigeon_wire::message::PublicEvent;
use pigeon_wire::note::StaffEvent;
use pigeon_wire::person::PersonRef;
use pigeon_wire::thread::{Side, Status, ThreadKind};
use pigeon_wire::{Fault, PersonId, ThreadId};

use super::{asked_by, invite, paced, parties, people, sql};
use crate::actor::Account;
use crate::db::on;
use crate::mailbox::{self, BoxRow, Shelf};
use crate::person::{self, Rights};
use crate::thread::access::{UserReadable, UserWritable, user_asked, user_holding, user_writing};
use crate::thread::change::Change;
use crate::thread::row::{self, ThreadRow};
use crate::user::{user_author, view_of};
use crate::work::Work;
use crate::{Error, Office, outbox};

const JOINED: StaffEvent = StaffEvent::Public {
    what: PublicEvent::Joined,
};
const LEFT: StaffEvent = StaffEvent::Public {
    what: PublicEvent::Left,
};

/// A stranger's request, with who asks.
pub async fn request(
    office: &Office,
    account: &Account,
    id: ThreadId,
) -> Result<(UserThread, PersonRef), Error> {
    let mut conn = office.read().await?;
    let readable: UserReadable = user_asked(&mut conn, account, id, office.now()).await?;
    let by = asked_by(&mut conn, id, readable.me.id).await?;
    let by = by.ok_or(Fault::NotFound)?;
    Ok((view_of(&mut conn, office, readable).await?, by))
}

/// Takes a request: from now on it is a thread like any other.
pub async fn accept(office: &Office, account: &Account, id: ThreadId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let held = user_holding(work, &account, id, Shelf::Asked).await?;
                let UserWritable { thread, me, row } = held;
                on!(&mut work.conn, c => sqlx::query(sql::ANSWERED)
                    .bind(id).bind(me.id).execute(c).await.map(|_| ()))?;
                row::let_in(work, id, me.id).await?;
                if row.since > 0 {
                    // Whoever was asked later has a history that begins with their joining.
                    mailbox::put(work, &thread, me.id, thread.public_change).await?;
                }
                let mut change = Change::of(thread);
                change.news.shelves.push((me.id, Shelf::In));
                change.event(work, &user_author(&me), JOINED).await?;
                change.finish(work).await
            })
        })
        .await
}

/// Puts a request out of sight. Nobody is told.
pub async fn ignore(office: &Office, account: &Account, id: ThreadId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let held = user_holding(work, &account, id, Shelf::Asked).await?;
                put_away(work, &held.thread, &held.row).await
            })
        })
        .await
}

async fn put_away(work: &mut Work, thread: &ThreadRow, row: &BoxRow) -> Result<(), Error> {
    let now = BoxRow {
        shelf: Shelf::Ignored,
        ..row.clone()
    };
    mailbox::renew(work, thread, row, now).await
}

/// Hears nothing any more from somebody who has asked, or who is in a thread with the reader. What
/// the two have alone goes out of sight. Nobody is told.
pub async fn block(
    office: &Office,
    account: &Account,
    id: ThreadId,
    other: PersonId,
) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let held = match user_holding(work, &account, id, Shelf::Asked).await {
                    Err(Error::Fault(Fault::NotFound)) => direct(work, &account, id).await?,
                    held => held?,
                };
                let UserWritable { thread, me, row } = held;
                let asker = asked_by(&mut work.conn, id, me.id).await?;
                let with = parties(&mut work.conn, id, me.id).await?;
                let is_here = asker.iter().chain(&with).any(|person| person.id == other);
                if !is_here {
                    return Err(Fault::NotFound.into());
                }
                on!(&mut work.conn, c => sqlx::query(sql::BLOCK)
                    .bind(me.id).bind(other).bind(work.now).execute(c).await.map(|_| ()))?;
                if row.shelf == Shelf::Asked || with.len() == 1 {
                    put_away(work, &thread, &row).await?;
                }
                Ok(())
            })
        })
        .await
}

/// From whom the reader hears nothing.
pub async fn blocked(office: &Office, account: &Account) -> Result<Vec<PersonRef>, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?.id;
    people(&mut conn, sql::BLOCKED, me).await
}

/// Hears from somebody again; what the two had alone comes back.
pub async fn unblock(office: &Office, account: &Account, other: PersonId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = person::rights(&mut work.conn, &account, work.now).await?;
                on!(&mut work.conn, c => sqlx::query(sql::UNBLOCK)
                    .bind(me.id).bind(other).execute(c).await.map(|_| ()))?;
                let mut threads: Vec<ThreadId> = on!(&mut work.conn, c =>
                    sqlx::query_scalar(sql::IGNORED_WITH).bind(me.id).bind(other)
                        .fetch_all(c).await)?;
                threads.sort_unstable();
                // All are locked before any is counted: whoever holds one of them may wait for the
                // counts.
                let mut held = Vec::new();
                for id in threads {
                    held.extend(put_away_before(work, &me, id).await?);
                }
                for (thread, row) in held {
                    let now = BoxRow {
                        shelf: Shelf::In,
                        ..row.clone()
                    };
                    mailbox::renew(work, &thread, &row, now).await?;
                }
                Ok(())
            })
        })
        .await
}

/// A thread that was put out of sight, locked, if its reader is in it: a request that was ignored
/// stays so.
async fn put_away_before(
    work: &mut Work,
    me: &Rights,
    id: ThreadId,
) -> Result<Option<(ThreadRow, BoxRow)>, Error> {
    let thread = row::lock(work, id).await?;
    let row = mailbox::find(&mut work.conn, me.id, id).await?;
    let asked = asked_by(&mut work.conn, id, me.id).await?;
    let row = row.filter(|row| row.shelf == Shelf::Ignored && asked.is_none());
    Ok(thread.zip(row))
}

/// A direct thread that `account` is in, locked.
pub(super) async fn direct(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
) -> Result<UserWritable, Error> {
    let held = user_writing(work, account, id).await?;
    if held.thread.kind == ThreadKind::Direct {
        Ok(held)
    } else {
        Err(Fault::NotFound.into())
    }
}

/// Leaves a direct thread; the others are told.
pub async fn leave(office: &Office, account: &Account, id: ThreadId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let UserWritable { thread, me, .. } = direct(work, &account, id).await?;
                row::let_out(work, id, me.id).await?;
                let mut change = Change::of(thread);
                change.news.shelves.push((me.id, Shelf::Left));
                change.event(work, &user_author(&me), LEFT).await?;
                change.finish(work).await
            })
        })
        .await
}

/// Adds people to a direct thread: those who know the reader at once, others are asked. What was
/// written before stays unknown to them.
///
/// # Errors
/// What is wrong with what was typed.
pub async fn add(
    office: &Office,
    account: &Account,
    id: ThreadId,
    typed: &str,
    chosen: &[PersonId],
) -> Result<(), Error> {
    let to = Recipients::parse(typed, chosen);
    let to = to.map_err(|problem| Fault::field(Field::Recipients, problem))?;
    let limits = crate::user::starts_of(office, account.person)?;
    let account = account.clone();
    let adding = office.write(move |work| {
        Box::pin(async move {
            let UserWritable { thread, me, .. } = direct(work, &account, id).await?;
            crate::limit::count_stored(work, &limits).await?;
            let since = thread.public_change;
            let arrived = invite(work, &thread, &me, &to, since).await?;
            let mut change = Change::of(thread);
            change.news.shelves.extend(arrived.shelves());
            for (person, _) in &arrived.joined {
                let rights = person::rights_of(&mut work.conn, *person).await?;
                let rights = rights.ok_or(Problem::Unknown);
                let rights = rights.map_err(|problem| Fault::field(Field::Recipients, problem))?;
                change.event(work, &user_author(&rights), JOINED).await?;
            }
            let newest = change.newest(work).await?;
            for person in &arrived.asked {
                if let Some(newest) = newest {
                    outbox::owe_request(work, id, newest, *person).await?;
                }
            }
            change.finish(work).await
        })
    });
    paced(adding).await
}

/// Closes a direct thread or opens it again; any participant may.
pub async fn set_status(
    office: &Office,
    account: &Account,
    id: ThreadId,
    closed: bool,
) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let UserWritable { thread, me, .. } = direct(work, &account, id).await?;
                let to = if closed { Status::Closed } else { Status::Open };
                let mut change = Change::of(thread);
                change.status(work, &user_author(&me), to, true).await?;
                if change.place(Side::Customer) > change.number_before(Side::Customer) {
                    change.finish(work).await?;
                }
                Ok(())
            })
        })
        .await
}
