//! Users in their own threads: what they may do on the customer's side, whatever their role elsewhere.
//! Nothing here can read a note.

mod guest_threads;
mod start;

pub use guest_threads::{CLAIMED_MAX, claim_guest_threads, claimable};
#[cfg(any(test, feature = "testing"))]
pub(crate) use start::open_question;
pub use start::start;
pub(crate) use start::{Claim, claim, starts_of};

use pigeon_wire::ThreadId;
use pigeon_wire::live::UserChange;
use pigeon_wire::mailbox::{SeenBy, UserEntry, UserThread};
use pigeon_wire::message::{KnownBy, Posted, ReplyForm};
use pigeon_wire::thread::{Side, ThreadKind};

use crate::actor::Account;
use crate::attachment;
use crate::db::{Conn, on};
use crate::direct;
use crate::guest::sql as party;
use crate::limit::{self, Limit};
use crate::mailbox;
use crate::message::{Content, Keyed, entry, keyed};
use crate::person::{self, Rights};
use crate::thread::access::{
    UserReadable, UserWritable, user_led_writing, user_reading, user_writing,
};
use crate::thread::change::{Author, Change, Said};
use crate::thread::{merge, read, receipt, row};
use crate::{Error, Office};

/// A user as the author of an entry on the customer's side.
pub(crate) fn user_author(me: &Rights) -> Author {
    Author {
        person: me.as_ref(),
        side: Side::Customer,
        known_by: KnownBy::Account,
    }
}

/// Opens one of the own threads: its newest public entries. Writes nothing.
pub async fn open(office: &Office, account: &Account, id: ThreadId) -> Result<UserThread, Error> {
    let mut conn = office.read().await?;
    let readable = user_reading(&mut conn, account, id, office.now()).await?;
    view_of(&mut conn, office, readable).await
}

/// A thread as its reader sees it.
pub(crate) async fn view_of(
    conn: &mut Conn,
    office: &Office,
    readable: UserReadable,
) -> Result<UserThread, Error> {
    let id = readable.thread.id;
    let since = readable.row.since;
    let (rows, more_before) = entry::before_since(conn, id, i64::MAX, since).await?;
    let seen = seen_by(conn, office, &readable).await?;
    let UserReadable { thread, me, row } = readable;
    let parties = match thread.kind {
        ThreadKind::Support => Vec::new(),
        ThreadKind::Direct => direct::parties(conn, id, me.id).await?,
    };
    Ok(UserThread {
        head: thread.public_head(),
        kind: thread.kind,
        me: me.id,
        with: mailbox::with(conn, id, thread.kind, me.id).await?,
        parties,
        change: thread.public_change,
        entries: entry::user_views(&rows)?,
        more_before,
        seen,
        unread: row.unread,
        muted: !row.wants_mail,
        files: office.settings().file_rules(),
        now: office.now(),
    })
}

/// How far the others had read, as the reader may know it: of the team no names, and nothing where
/// the owner says so.
async fn seen_by(
    conn: &mut Conn,
    office: &Office,
    readable: &UserReadable,
) -> Result<Vec<SeenBy>, Error> {
    let id = readable.thread.id;
    match readable.thread.kind {
        ThreadKind::Support => {
            let steps = receipt::for_guest(conn, office, id).await?.into_iter();
            Ok(steps.map(|seen| SeenBy { who: None, seen }).collect())
        }
        ThreadKind::Direct => receipt::for_user(conn, id, readable.me.id).await,
    }
}

/// Where one of the own threads goes on that was merged into another; nothing where it was not.
pub async fn goes_on(
    office: &Office,
    account: &Account,
    id: ThreadId,
) -> Result<Option<ThreadId>, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    let thread = row::find(&mut conn, id).await?;
    let own = thread.filter(|thread| thread.customer_id == me.id && thread.merged_into.is_some());
    Ok(match own {
        None => None,
        Some(thread) => Some(merge::led(&mut conn, thread).await?.id),
    })
}

/// Entries before `place`, oldest first, and whether there are still older ones.
pub async fn before(
    office: &Office,
    account: &Account,
    id: ThreadId,
    place: i64,
) -> Result<(Vec<UserEntry>, bool), Error> {
    let mut conn = office.read().await?;
    let UserReadable { row, .. } = user_reading(&mut conn, account, id, office.now()).await?;
    let (rows, more) = entry::before_since(&mut conn, id, place, row.since).await?;
    Ok((entry::user_views(&rows)?, more))
}

/// What changed after number `after`, for a line that hears the own threads already. An answer is
/// bounded: see [`crate::message::rest_after`].
pub async fn changed_after(
    office: &Office,
    account: &Account,
    id: ThreadId,
    after: i64,
) -> Result<Vec<UserChange>, Error> {
    let mut conn = office.read().await?;
    let UserReadable { thread, row, .. } =
        user_reading(&mut conn, account, id, office.now()).await?;
    let upto = thread.public_change;
    let (mut rows, more) = entry::changed_after(&mut conn, id, Side::Customer, after, upto).await?;
    let last = rows.last().and_then(|last| last.public_change);
    let now = if more {
        last.unwrap_or(upto)
    } else {
        upto.max(after)
    };
    rows.retain(|entry| entry.public_place.is_some_and(|place| place > row.since));
    Ok(vec![UserChange {
        thread: id,
        prev: after,
        now,
        head: thread.public_head(),
        entries: entry::user_views(&rows)?,
    }])
}

/// The user writes.
///
/// # Errors
/// What is wrong with the text; [`pigeon_wire::Fault::TooMany`]; not found where it is none of their
/// threads.
pub async fn reply(
    office: &Office,
    account: &Account,
    id: ThreadId,
    form: &ReplyForm,
) -> Result<Posted, Error> {
    let new = form.check()?;
    let limits = [Limit::messages_by(account.person)];
    office.limits().count(&limits, office.now())?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let UserWritable { thread, me, .. } = user_led_writing(work, &account, id).await?;
                // What a page has shown of another thread says nothing of this one.
                let seen = new.seen.filter(|_| thread.id == id);
                let id = thread.id;
                let files = attachment::named(work, id, me.id, &new.attachments).await?;
                let content = Content::new("message", id, new.body.as_ref(), &files);
                let side = Side::Customer;
                let keyed =
                    match keyed(work, me.id, side, (&new.key, account.reuse()), &content).await? {
                        Keyed::Again(sent) => return Ok(sent.posted()),
                        Keyed::New(keyed) => keyed,
                    };
                limit::count_stored(work, &limits).await?;
                let author = user_author(&me);
                let mut change = Change::of(thread);
                let said = Said::new(new.body.as_ref(), files);
                let message = change
                    .message(work, &author, &said, Some(keyed), None)
                    .await?;
                let place = change.place(side);
                let status = change.thread.after_message(side, false);
                change.status(work, &author, status, false).await?;
                let upto = read::after_posting(seen, change.number_before(side), place);
                read::mark(work, id, me.id, side, upto).await?;
                let read = read::upto(&mut work.conn, id, me.id).await?;
                change.news.read = Some((me.id, read));
                change.owe(work, message, me.id, side).await?;
                change.finish(work).await?;
                Ok(Posted {
                    id: message,
                    place,
                    at: work.now,
                })
            })
        })
        .await
}

/// Marks a thread as read up to a place of the public order, as its page showed it.
pub async fn seen(
    office: &Office,
    account: &Account,
    id: ThreadId,
    upto: i64,
) -> Result<(), Error> {
    {
        // A mark that moves nothing takes no turn at the one writer.
        let mut conn = office.read().await?;
        let readable = user_reading(&mut conn, account, id, office.now()).await?;
        let upto = upto.min(readable.thread.public_change);
        let read = read::upto(&mut conn, id, readable.me.id).await?;
        if read >= upto && readable.row.unread == 0 {
            return Ok(());
        }
    }
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let UserWritable { thread, me, row } = user_writing(work, &account, id).await?;
                let upto = upto.min(thread.public_change);
                read::mark(work, id, me.id, Side::Customer, upto).await?;
                let read = read::upto(&mut work.conn, id, me.id).await?;
                let now = mailbox::read_upto(&mut work.conn, &row, read).await?;
                mailbox::renew(work, &thread, &row, now).await
            })
        })
        .await
}

/// Marks a thread as unread, for its reader's own eyes: the read position and what others are told
/// of it stay.
pub async fn mark_unread(office: &Office, account: &Account, id: ThreadId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let UserWritable { thread, row, .. } = user_writing(work, &account, id).await?;
                let mut now = row.clone();
                now.unread = now.unread.max(1);
                mailbox::renew(work, &thread, &row, now).await
            })
        })
        .await
}

/// Switches mails about a thread off or on. A muted thread counts for no badge.
pub async fn mute(
    office: &Office,
    account: &Account,
    id: ThreadId,
    muted: bool,
) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let UserWritable { thread, me, row } = user_writing(work, &account, id).await?;
                on!(&mut work.conn, c => sqlx::query(party::STOP_MAIL)
                    .bind(id).bind(me.id).bind(!muted).execute(c).await.map(|_| ()))?;
                let mut now = row.clone();
                now.wants_mail = !muted;
                mailbox::renew(work, &thread, &row, now).await
            })
        })
        .await
}
