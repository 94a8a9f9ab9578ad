//! Proofs of the right to read or write a thread. Only the functions here can make one, and each
//! reads the database in the unit of work that uses it.

use pigeon_wire::permission::Permission;
use pigeon_wire::thread::ThreadKind;
use pigeon_wire::{Fault, Millis, PersonId, ThreadId};

use super::merge;
use super::row::{self, ThreadRow};
use crate::Error;
use crate::actor::{Account, Guest};
use crate::db::Conn;
use crate::guest::link;
use crate::mailbox::{self, BoxRow, Shelf};
use crate::person::{self, Rights};
use crate::work::Work;

/// A thread that its holder may read as staff.
pub(crate) struct StaffReadable {
    pub thread: ThreadRow,
    pub me: Rights,
}

/// A thread that its holder may write in as staff, locked.
pub(crate) struct StaffWritable {
    pub thread: ThreadRow,
    pub me: Rights,
}

/// Two threads that their holder may write in as staff, both locked.
pub(crate) struct StaffMerging {
    /// The one whose entries move.
    pub source: ThreadRow,
    /// The one that takes them in.
    pub target: ThreadRow,
    pub me: Rights,
}

/// A thread that its holder may read as its guest.
pub(crate) struct GuestReadable {
    pub thread: ThreadRow,
}

/// A thread that its holder may write in as its guest, locked.
pub(crate) struct GuestWritable {
    pub thread: ThreadRow,
    /// The holder as the guest of this thread: where the one that they knew was merged, its customer.
    pub guest: Guest,
}

/// A thread that its holder may read on its customer's side, with an account.
pub(crate) struct UserReadable {
    pub thread: ThreadRow,
    pub me: Rights,
    /// The thread as it is kept for them.
    pub row: BoxRow,
}

/// A thread that its holder may write in on its customer's side, with an account; locked.
pub(crate) struct UserWritable {
    pub thread: ThreadRow,
    pub me: Rights,
    /// The thread as it is kept for them.
    pub row: BoxRow,
}

/// Whether a staff member may see `thread` at all: support threads, and not those in which they are
/// the customer. Anything else is not found, and so is what is held. One in the trash can be read.
fn seen_by_staff(thread: Option<ThreadRow>, me: &Rights) -> Result<ThreadRow, Error> {
    let fits = |thread: &ThreadRow| {
        thread.kind == ThreadKind::Support && thread.customer_id != me.id && !thread.held
    };
    Ok(thread.filter(fits).ok_or(Fault::NotFound)?)
}

/// Proves that `account` may read the thread as staff.
pub(crate) async fn staff_reading(
    conn: &mut Conn,
    account: &Account,
    id: ThreadId,
    now: Millis,
) -> Result<StaffReadable, Error> {
    let me = person::rights(conn, account, now).await?;
    me.need(Permission::AccessInbox)?;
    let thread = seen_by_staff(row::find(conn, id).await?, &me)?;
    Ok(StaffReadable { thread, me })
}

/// Proves that `account` may write in the thread as staff, and locks it.
///
/// # Errors
/// [`Fault::Trashed`] for a thread in the trash; [`Fault::Moved`] for one that goes on in another.
pub(crate) async fn staff_writing(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
) -> Result<StaffWritable, Error> {
    let held = staff_holding(work, account, id).await?;
    if held.thread.trashed_at.is_some() {
        return Err(Fault::Trashed.into());
    }
    if let Some(into) = held.thread.merged_into {
        return Err(merge::elsewhere(work, id, into).await);
    }
    Ok(held)
}

/// Proves that `author`, who wrote a reply that waits, may still post it, and locks the thread. Nobody
/// is there to show a credential: the rights are those of the person.
///
/// # Errors
/// [`Fault::NotFound`] for whoever has left, and otherwise as [`staff_writing`].
pub(crate) async fn author_writing(
    work: &mut Work,
    author: PersonId,
    id: ThreadId,
) -> Result<StaffWritable, Error> {
    let thread = row::lock(work, id).await?;
    let me = person::rights_of(&mut work.conn, author).await?;
    let me = me.ok_or(Fault::NotFound)?;
    me.need(Permission::AccessInbox)?;
    let thread = seen_by_staff(thread, &me)?;
    me.need(Permission::ManageThreads)?;
    if thread.trashed_at.is_some() {
        return Err(Fault::Trashed.into());
    }
    if let Some(into) = thread.merged_into {
        return Err(merge::elsewhere(work, id, into).await);
    }
    Ok(StaffWritable { thread, me })
}

/// Proves that `account` may write in two threads as staff, and locks both: in the order of their ids,
/// so that nobody who merges waits for another in a circle. Either may be in the trash, or merged.
pub(crate) async fn staff_merging(
    work: &mut Work,
    account: &Account,
    source: ThreadId,
    target: ThreadId,
) -> Result<StaffMerging, Error> {
    let (first, second) = (source.min(target), source.max(target));
    let StaffWritable { thread: one, .. } = staff_holding(work, account, first).await?;
    let StaffWritable { thread: other, me } = staff_holding(work, account, second).await?;
    let (source, target) = if one.id == source {
        (one, other)
    } else {
        (other, one)
    };
    Ok(StaffMerging { source, target, me })
}

/// The same for a thread that may be in the trash: for what puts it there and takes it out.
pub(crate) async fn staff_holding(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
) -> Result<StaffWritable, Error> {
    let me = person::rights(&mut work.conn, account, work.now).await?;
    me.need(Permission::AccessInbox)?;
    let thread = seen_by_staff(row::lock(work, id).await?, &me)?;
    me.need(Permission::ManageThreads)?;
    Ok(StaffWritable { thread, me })
}

/// Proves that `guest` may read their thread: the link still works, and leads here.
pub(crate) async fn guest_reading(
    conn: &mut Conn,
    guest: &Guest,
    now: Millis,
    link_days: i64,
) -> Result<GuestReadable, Error> {
    let link = link::find(conn, guest.link).await?.ok_or(Fault::Expired)?;
    let way = link::way(conn, &link, now, link_days).await?;
    let thread = way.filter(|way| way.is_open && way.thread.id == guest.thread);
    let thread = thread.ok_or(Fault::Expired)?.thread;
    Ok(GuestReadable { thread })
}

/// Proves that `guest` may write in their thread, and locks it: the one in which theirs goes on, where
/// it is merged.
pub(crate) async fn guest_writing(work: &mut Work, guest: &Guest) -> Result<GuestWritable, Error> {
    let thread = lock_led(work, guest.thread).await?.ok_or(Fault::Expired)?;
    let link = link::find(&mut work.conn, guest.link)
        .await?
        .ok_or(Fault::Expired)?;
    let link_days = work.office.settings().link_days;
    let way = link::way(&mut work.conn, &link, work.now, link_days).await?;
    if !way.is_some_and(|way| way.is_open && way.thread.id == thread.id) {
        return Err(Fault::Expired.into());
    }
    let guest = Guest {
        person: thread.customer_id,
        thread: thread.id,
        ..guest.clone()
    };
    Ok(GuestWritable { thread, guest })
}

/// Locks the thread in which one goes on. Whoever waits here for the second lock holds that of a thread
/// that is merged, which nobody but a merge wants.
async fn lock_led(work: &mut Work, id: ThreadId) -> Result<Option<ThreadRow>, Error> {
    let mut thread = row::lock(work, id).await?;
    while let Some(into) = thread.as_ref().and_then(|thread| thread.merged_into) {
        thread = row::lock(work, into).await?;
    }
    Ok(thread)
}

/// Whether somebody stands on the customer's side of `thread` now: the one who started a support
/// thread, or who is in a direct one and has not left. Anything else is not found, and so is what is
/// in the team's trash.
async fn seen_by_user(
    conn: &mut Conn,
    thread: Option<ThreadRow>,
    me: &Rights,
    shelf: Shelf,
) -> Result<(ThreadRow, BoxRow), Error> {
    let thread = thread.filter(|thread| thread.trashed_at.is_none());
    let thread = thread.ok_or(Fault::NotFound)?;
    let fits = match thread.kind {
        ThreadKind::Support => thread.customer_id == me.id,
        ThreadKind::Direct => true,
    };
    let row = mailbox::find(conn, me.id, thread.id).await?;
    let row = row.filter(|row| fits && row.shelf == shelf);
    Ok((thread, row.ok_or(Fault::NotFound)?))
}

/// Proves that `account` may read the thread on its customer's side.
pub(crate) async fn user_reading(
    conn: &mut Conn,
    account: &Account,
    id: ThreadId,
    now: Millis,
) -> Result<UserReadable, Error> {
    let me = person::rights(conn, account, now).await?;
    let thread = row::find(conn, id).await?;
    let (thread, row) = seen_by_user(conn, thread, &me, Shelf::In).await?;
    Ok(UserReadable { thread, me, row })
}

/// Proves that `account` may read a thread as somebody who was asked into it and has not answered.
pub(crate) async fn user_asked(
    conn: &mut Conn,
    account: &Account,
    id: ThreadId,
    now: Millis,
) -> Result<UserReadable, Error> {
    let me = person::rights(conn, account, now).await?;
    let thread = row::find(conn, id).await?;
    let (thread, row) = seen_by_user(conn, thread, &me, Shelf::Asked).await?;
    Ok(UserReadable { thread, me, row })
}

/// Proves that a thread stands on this shelf of `account`, and locks it.
pub(crate) async fn user_holding(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
    shelf: Shelf,
) -> Result<UserWritable, Error> {
    let me = person::rights(&mut work.conn, account, work.now).await?;
    let thread = row::lock(work, id).await?;
    let (thread, row) = seen_by_user(&mut work.conn, thread, &me, shelf).await?;
    Ok(UserWritable { thread, me, row })
}

/// Proves that `account` may write in the thread on its customer's side, and locks it.
pub(crate) async fn user_writing(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
) -> Result<UserWritable, Error> {
    user_holding(work, account, id, Shelf::In).await
}

/// The same, or in the thread in which theirs goes on: for what was typed before it was merged.
pub(crate) async fn user_led_writing(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
) -> Result<UserWritable, Error> {
    let me = person::rights(&mut work.conn, account, work.now).await?;
    let first = row::find(&mut work.conn, id).await?;
    // Only its customer is led on.
    if !first.is_some_and(|thread| thread.customer_id == me.id || thread.merged_into.is_none()) {
        return Err(Fault::NotFound.into());
    }
    let thread = lock_led(work, id).await?;
    let (thread, row) = seen_by_user(&mut work.conn, thread, &me, Shelf::In).await?;
    Ok(UserWritable { thread, me, row })
}
