//! What was kept from the team, because the honeypot caught it or because its sender is blocked: looked
//! at, accepted, or deleted. What is accepted becomes what it would have been; nothing is lost before.

mod hold;
pub(crate) mod sql;

pub(crate) use hold::{keep_message, keep_start};

use pigeon_wire::id::{DAY_MS, RecordId};
use pigeon_wire::message::StartForm;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::{Language, PersonRef};
use pigeon_wire::quarantine::{
    CATCHES_COUNTED, CATCHES_PAGE, Catch, CatchCounts, CatchCursor, CatchPage, CatchReason,
};
use pigeon_wire::thread::{Side, Source};
use pigeon_wire::{Fault, MessageId, Millis, PersonId, ThreadId};
use serde_json::json;

use crate::actor::{Account, Reuse, Visitor};
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::guest::start::Opening;
use crate::hub::{Announcement, Ended};
use crate::message::{entry, sql as messages};
use crate::thread::change::{Author, Change};
use crate::thread::row::{self, ThreadRow};
use crate::thread::{held, sql as threads};
use crate::work::Work;
use crate::{Error, Office, contact, guest, person};

/// How long a catch is kept for somebody's eye.
const KEPT_MS: i64 = 90 * DAY_MS;
/// Catches with a thread that one sweep deletes: each may take a thread with it.
const SWEPT: i64 = 50;

/// A page of catches, newest first, going on after `after`.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever does not manage threads.
pub async fn page(
    office: &Office,
    account: &Account,
    after: Option<CatchCursor>,
) -> Result<CatchPage, Error> {
    let mut conn = office.read().await?;
    manager(&mut conn, account, office.now()).await?;
    // Where no page ended, the list begins above everything.
    let CatchCursor { at, id } = after.unwrap_or(CatchCursor {
        at: Millis(i64::MAX),
        id: RecordId(uuid::Uuid::max()),
    });
    let mut catches: Vec<Catch> = on!(&mut conn, c => sqlx::query_as(sql::PAGE)
        .bind(at).bind(id).bind(CATCHES_PAGE + 1).fetch_all(c).await)?;
    let most = usize::try_from(CATCHES_PAGE).unwrap_or(usize::MAX);
    let more = catches.len() > most;
    catches.truncate(most);
    let next = catches.last().filter(|_| more).map(|last| CatchCursor {
        at: last.created_at,
        id: last.id,
    });
    let counts = counted(&mut conn).await?;
    Ok(CatchPage {
        counts,
        catches,
        next,
    })
}

/// How many catches there are of each sort, each up to [`CATCHES_COUNTED`].
///
/// # Errors
/// [`Fault::Forbidden`] for whoever does not manage threads.
pub async fn count(office: &Office, account: &Account) -> Result<CatchCounts, Error> {
    let mut conn = office.read().await?;
    manager(&mut conn, account, office.now()).await?;
    counted(&mut conn).await
}

async fn counted(conn: &mut Conn) -> Result<CatchCounts, Error> {
    let mut counts = CatchCounts::default();
    for (reason, count) in [
        (CatchReason::Honeypot, &mut counts.honeypot),
        (CatchReason::Blocked, &mut counts.blocked),
    ] {
        *count = on!(&mut *conn, c => sqlx::query_scalar(sql::COUNT)
            .bind(reason).bind(CATCHES_COUNTED).fetch_one(c).await)?;
    }
    Ok(counts)
}

#[derive(sqlx::FromRow)]
struct Taken {
    name: String,
    email: String,
    subject: Option<String>,
    body: String,
    source: Source,
    address: String,
    language: Language,
}

/// Makes of a catch what it would have been: of a start a guest's thread, as of now where the honeypot
/// caught it; of a reply a message in its thread.
///
/// # Errors
/// [`Fault::NotFound`] when somebody else was quicker; [`Fault::Trashed`] for a reply whose thread lies
/// in the trash.
pub async fn accept(office: &Office, account: &Account, id: RecordId) -> Result<ThreadId, Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = manager(&mut work.conn, &account, work.now).await?;
                let found = held_there(work, id).await?;
                let taken: Option<Taken> = on!(&mut work.conn, c => sqlx::query_as(sql::TAKE)
                    .bind(id).fetch_optional(c).await)?;
                let taken = taken.ok_or(Fault::NotFound)?;
                let thread = match found {
                    Some((thread, message)) => admit(work, thread, message).await?,
                    None => begin(work, taken).await?,
                };
                let about = About::thread(thread);
                audit::note(work, Some(me), Act::CatchAccepted, about).await?;
                Ok(thread)
            })
        })
        .await
}

/// What the form would have made of it.
async fn begin(work: &mut Work, taken: Taken) -> Result<ThreadId, Error> {
    let form = StartForm {
        name: taken.name,
        email: taken.email,
        subject: taken.subject.unwrap_or_default(),
        body: taken.body,
        key: String::new(),
    };
    // Files of a catch were not kept: its words must stand for themselves.
    let start = form.check(false)?;
    let visitor = Visitor {
        address: taken.address,
        language: taken.language,
        agent: String::new(),
        reuse: Reuse::Beside,
    };
    let thread = ThreadId(work.office.fresh_id());
    let (files, source) = (&[], taken.source);
    let opening = Opening::Plain;
    guest::open_thread(work, thread, &start, files, source, &visitor, opening).await?;
    Ok(thread)
}

/// Lets in what is there already: the whole thread if it is held, or one message of it.
async fn admit(work: &mut Work, thread: ThreadRow, message: MessageId) -> Result<ThreadId, Error> {
    let id = thread.id;
    if thread.held {
        on!(&mut work.conn, c => sqlx::query(sql::TAKE_THREAD)
            .bind(id).execute(c).await.map(|_| ()))?;
        held::admit_thread(work, thread).await?;
        return Ok(id);
    }
    if thread.trashed_at.is_some() {
        return Err(Fault::Trashed.into());
    }
    let row = entry::by_id(&mut work.conn, message).await?;
    let row = row.ok_or(Fault::NotFound)?;
    let author = Author {
        person: PersonRef {
            id: row.author_id,
            name: row.author_name.clone(),
        },
        side: Side::Customer,
        known_by: row.known_by,
    };
    let mut change = Change::of(thread);
    change.admit(work, row).await?;
    let status = change.thread.status.after_message(Side::Customer, false);
    change.status(work, &author, status, false).await?;
    change
        .owe(work, message, author.person.id, Side::Customer)
        .await?;
    change.finish(work).await?;
    Ok(id)
}

/// The thread and the message that a catch became already, the thread locked; nothing where it became
/// nothing yet, or is gone.
async fn held_there(
    work: &mut Work,
    id: RecordId,
) -> Result<Option<(ThreadRow, MessageId)>, Error> {
    let place: Option<(Option<ThreadId>, Option<MessageId>)> = on!(&mut work.conn, c =>
        sqlx::query_as(sql::WHERE_IT_IS).bind(id).fetch_optional(c).await)?;
    let Some((Some(thread), Some(message))) = place else {
        return Ok(None);
    };
    Ok(row::lock(work, thread)
        .await?
        .map(|thread| (thread, message)))
}

/// Deletes catches; how many of them were still there.
///
/// # Errors
/// [`Fault::NotFound`] when somebody else was quicker with all of them; [`Fault::TooLarge`] for more
/// than a page shows.
pub async fn delete(office: &Office, account: &Account, ids: &[RecordId]) -> Result<i64, Error> {
    if i64::try_from(ids.len()).is_ok_and(|count| count > CATCHES_PAGE) {
        return Err(Fault::TooLarge.into());
    }
    let (account, mut ids) = (account.clone(), ids.to_vec());
    // In one order, for all who lock what they name.
    ids.sort_unstable();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = manager(&mut work.conn, &account, work.now).await?;
                let mut count = 0;
                for id in ids {
                    count += i64::from(discard(work, id).await?);
                }
                if count == 0 {
                    return Err(Fault::NotFound.into());
                }
                let about = About::default().with(json!({ "count": count }));
                audit::note(work, Some(me), Act::CatchDeleted, about).await?;
                Ok(count)
            })
        })
        .await
}

/// Deletes a catch with what it became for its sender: their thread if all of it is held, or else the one
/// message. Whether it was still there.
async fn discard(work: &mut Work, id: RecordId) -> Result<bool, Error> {
    let found = held_there(work, id).await?;
    let taken: Option<Taken> = on!(&mut work.conn, c => sqlx::query_as(sql::TAKE)
        .bind(id).fetch_optional(c).await)?;
    let Some((thread, message)) = found.filter(|_| taken.is_some()) else {
        return Ok(taken.is_some());
    };
    if !thread.held {
        on!(&mut work.conn, c => sqlx::query(messages::DISCARD)
            .bind(message).execute(c).await.map(|_| ()))?;
        return Ok(true);
    }
    on!(&mut work.conn, c => sqlx::query(threads::PURGE)
        .bind(thread.id).execute(c).await.map(|_| ()))?;
    contact::forget(work, thread.customer_id).await?;
    on!(&mut work.conn, c => sqlx::query(threads::FORGET_GUEST)
        .bind(thread.customer_id).execute(c).await.map(|_| ()))?;
    work.tell(Announcement::Ended(Ended::LinksOf(thread.id)));
    Ok(true)
}

/// Removes what has been kept for its time.
pub(crate) async fn sweep(work: &mut Work) -> Result<(), Error> {
    let before = work.now.plus(-KEPT_MS);
    on!(&mut work.conn, c => sqlx::query(sql::SWEEP).bind(before).execute(c).await.map(|_| ()))?;
    let old: Vec<RecordId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::OLD)
        .bind(before).bind(SWEPT).fetch_all(c).await)?;
    for id in old {
        discard(work, id).await?;
    }
    Ok(())
}

/// Who it is, once it is proven that they manage threads.
async fn manager(conn: &mut Conn, account: &Account, now: Millis) -> Result<PersonId, Error> {
    let me = person::rights(conn, account, now).await?;
    me.need(Permission::ManageThreads)?;
    Ok(me.id)
}
