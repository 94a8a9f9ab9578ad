//! Replies that wait: until a moment that their author chose, or for the few seconds in which they can
//! be taken back. One that waits is a row with all that was sent, acknowledged like a message, and posted
//! by the same function as any other. Customers know nothing of it: it takes no number of theirs.
//!
//! Whatever happens to one happens under its thread's lock, so that of two who are quick one wins.

mod keep;
pub(crate) mod sql;

pub(crate) use keep::keep_sending;
pub use keep::send_due;

use pigeon_wire::act::{Moved, Standing, ThreadAct};
use pigeon_wire::draft::DraftKind;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::DAY_MS;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::PersonRef;
use pigeon_wire::text::Key;
use pigeon_wire::waiting::{
    OwnWaiting, SEND_DAYS_MAX, SendWhen, WAITING_IN_THREAD_MAX, WAITING_OF_PERSON_MAX, WaitingView,
};
use pigeon_wire::{Fault, Millis, PersonId, ThreadId, WaitingId};
use serde::{Deserialize, Serialize};

use crate::actor::Account;
use crate::attachment::{self, AttachmentRow};
use crate::db::{Conn, on};
use crate::error::{RETRY_AFTER_S, is_taken};
use crate::hub::Announcement;
use crate::message::{self, Keyed, Reply, Waits, Way, keyed_again, others_act, overtaken};
use crate::thread::access::{StaffWritable, staff_reading, staff_writing};
use crate::thread::change::Change;
use crate::thread::read;
use crate::thread::row::ThreadRow;
use crate::work::Work;
use crate::{Error, Office, draft, person};

/// How far a reply that waits has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case", type_name = "text")]
pub(crate) enum State {
    /// It is posted when it is time.
    Waiting,
    /// It was time, and it was not posted: its author decides.
    Stopped,
    /// It is posted.
    Sent,
    /// Its author took it back.
    Taken,
}

/// A reply that waits, as it is stored.
#[derive(sqlx::FromRow)]
struct WaitingRow {
    id: WaitingId,
    thread_id: ThreadId,
    author_id: PersonId,
    author_name: String,
    client_key: String,
    content_hash: Vec<u8>,
    state: State,
    undo: bool,
    body: String,
    seen: Option<i64>,
    reopen: bool,
    close: bool,
    acts: String,
    accepted: i64,
    due_at: Millis,
    stopped_by: Option<String>,
}

/// When a reply is posted that waits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Moment {
    at: Millis,
    undo: bool,
}

impl WaitingRow {
    fn view(self, files: &[AttachmentRow]) -> WaitingView {
        let is_stopped = self.state == State::Stopped;
        WaitingView {
            id: self.id,
            author: PersonRef {
                id: self.author_id,
                name: self.author_name,
            },
            body: self.body,
            attachments: files.iter().map(AttachmentRow::view).collect(),
            due: self.due_at,
            undo: self.undo,
            close: self.close,
            stopped: is_stopped.then(|| self.stopped_by.unwrap_or_default()),
        }
    }

    fn key(&self) -> Result<Key, Error> {
        Key::parse(&self.client_key).map_err(|problem| self.nonsense("client_key", problem))
    }

    fn hash(&self) -> Result<[u8; 32], Error> {
        let hash = self.content_hash.as_slice().try_into();
        hash.map_err(|_| self.nonsense("content_hash", "it is no hash"))
    }

    fn acts(&self) -> Result<Vec<ThreadAct>, Error> {
        if self.acts.is_empty() {
            return Ok(Vec::new());
        }
        serde_json::from_str(&self.acts).map_err(|cause| self.nonsense("acts", cause))
    }

    fn nonsense(&self, column: &'static str, what: impl std::fmt::Display) -> Error {
        Error::Inconsistent {
            table: "waiting_replies",
            column,
            what: format!("{}: {what}", self.id),
        }
    }
}

/// Whether a reply waits, and until when.
///
/// # Errors
/// [`Problem::Unknown`] for a moment that is past or too far away.
pub(crate) async fn due(
    work: &mut Work,
    StaffWritable { thread, me }: &StaffWritable,
    when: Option<SendWhen>,
) -> Result<Option<Moment>, Error> {
    match when {
        None => Ok(None),
        Some(SendWhen::At(at)) => Ok(Some(Moment {
            at: bounded(work.now, at)?,
            undo: false,
        })),
        Some(SendWhen::Undoable) => {
            let seconds = me.notices.undo_s();
            let seconds = seconds.unwrap_or(work.office.settings().undo_s);
            let is_heard = work.office.hub().is_heard(thread.id, thread.customer_id);
            let own =
                (seconds > 0 && !is_heard).then(|| work.now.plus(seconds.saturating_mul(1000)));
            // It does not overtake what the same author has sent before it.
            let before: Option<Millis> = if thread.replies_waiting > 0 {
                on!(&mut work.conn, c => sqlx::query_scalar(sql::LAST_UNDO)
                    .bind(thread.id).bind(me.id).fetch_optional(c).await)?
            } else {
                None
            };
            Ok(own.max(before).map(|at| Moment { at, undo: true }))
        }
    }
}

fn bounded(now: Millis, at: Millis) -> Result<Millis, Error> {
    let latest = now.plus(SEND_DAYS_MAX.saturating_mul(DAY_MS));
    if at < now || at > latest {
        return Err(Fault::field(Field::Until, Problem::Unknown).into());
    }
    Ok(at)
}

/// Takes a reply that waits.
pub(crate) async fn put(
    work: &mut Work,
    StaffWritable { thread, me }: StaffWritable,
    reply: Reply<'_>,
    Moment { at, undo }: Moment,
) -> Result<Waits, Error> {
    let of_person: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT_OF)
        .bind(me.id).fetch_one(c).await)?;
    for (held, max) in [
        (thread.replies_waiting, WAITING_IN_THREAD_MAX),
        (of_person, WAITING_OF_PERSON_MAX),
    ] {
        if held >= max {
            let max = u32::try_from(max).unwrap_or(u32::MAX);
            return Err(Fault::field(Field::Until, Problem::TooMany { max }).into());
        }
    }
    let id = WaitingId(work.office.fresh_id());
    let accepted = thread.staff_change + 1;
    // Whoever knew everything knows that their own reply waits, too.
    let seen = reply.seen.map(|seen| {
        if seen >= thread.staff_change {
            accepted
        } else {
            seen
        }
    });
    let acts = stored_acts(&reply.acts)?;
    let stored = on!(&mut work.conn, c => sqlx::query(sql::PUT)
        .bind(id).bind(thread.id).bind(me.id).bind(reply.keyed.key.as_str())
        .bind(reply.keyed.hash.to_vec()).bind(undo).bind(reply.body).bind(seen)
        .bind(reply.reopen).bind(reply.close).bind(accepted).bind(at).bind(work.now)
        .bind(&acts).execute(c).await.map(|_| ()));
    match stored {
        // The same key at the same moment in another thread, whose lock does not make it wait.
        Err(error) if is_taken(&error) => {
            return Err(Fault::Busy {
                retry_after_s: RETRY_AFTER_S,
            }
            .into());
        }
        stored => stored?,
    }
    attachment::hold(work, id, &reply.files).await?;
    draft::forget(work, me.id, thread.id, DraftKind::Reply, reply.body).await?;
    show(work, thread, 1).await?;
    work.tell(Announcement::Waiting);
    Ok(Waits {
        id,
        at: work.now,
        due: at,
    })
}

fn stored_acts(acts: &[ThreadAct]) -> Result<String, Error> {
    if acts.is_empty() {
        return Ok(String::new());
    }
    serde_json::to_string(acts).map_err(|cause| Error::Inconsistent {
        table: "waiting_replies",
        column: "acts",
        what: cause.to_string(),
    })
}

/// Shows the team what waits in a thread now, under the next number of its own; so many more or fewer
/// do.
async fn show(work: &mut Work, thread: ThreadRow, more: i64) -> Result<(), Error> {
    let mut change = Change::of(thread);
    change.thread.staff_change += 1;
    change.thread.replies_waiting += more;
    change.finish(work).await
}

/// Takes a reply back before it is posted: its text is a draft again, and its files wait for a message.
///
/// # Errors
/// [`Fault::Moved`] when it is posted already; [`Fault::NotFound`] for another's.
pub(crate) async fn take_back(
    work: &mut Work,
    account: &Account,
    thread: ThreadId,
    id: WaitingId,
) -> Result<Option<ThreadAct>, Error> {
    let StaffWritable { thread, me } = staff_writing(work, account, thread).await?;
    let Some(row) = own(work, &thread, me.id, id).await? else {
        return Ok(None);
    };
    settle(work, &row, State::Taken).await?;
    attachment::let_go(work, row.id).await?;
    let began = row.seen.unwrap_or(row.accepted);
    draft::put_back(work, me.id, thread.id, (&row.body, began)).await?;
    show(work, thread, -1).await?;
    Ok(None)
}

/// Posts a reply that waits or was stopped, or chooses another moment for it.
///
/// # Errors
/// [`Fault::Overtaken`] when another staff member acted meanwhile and the author has not seen it
/// (rule 8); otherwise as [`take_back`] and [`message::send`].
pub(crate) async fn send(
    work: &mut Work,
    account: &Account,
    thread: ThreadId,
    id: WaitingId,
    (until, seen): (Option<Millis>, i64),
) -> Result<Option<ThreadAct>, Error> {
    let writable = staff_writing(work, account, thread).await?;
    let (thread, me) = (&writable.thread, writable.me.id);
    let Some(row) = own(work, thread, me, id).await? else {
        return Err(Fault::NotFound.into());
    };
    if let Some(unseen) = others_act(work, thread.id, seen, me).await? {
        return Err(overtaken(thread, unseen));
    }
    match until {
        None => post(work, writable, row).await?,
        Some(at) => {
            let at = bounded(work.now, at)?;
            on!(&mut work.conn, c => sqlx::query(sql::MOVE)
                .bind(row.id).bind(at).bind(thread.staff_change + 1)
                .execute(c).await.map(|_| ()))?;
            show(work, writable.thread, 0).await?;
            work.tell(Announcement::Waiting);
        }
    }
    Ok(None)
}

/// A reply of somebody's own that waits in this thread or was stopped; nothing where they have taken it
/// back already.
async fn own(
    work: &mut Work,
    thread: &ThreadRow,
    me: PersonId,
    id: WaitingId,
) -> Result<Option<WaitingRow>, Error> {
    let row = by_id(&mut work.conn, id).await?;
    let row = row.filter(|row| row.author_id == me && row.thread_id == thread.id);
    let row = row.ok_or(Fault::NotFound)?;
    match row.state {
        State::Waiting | State::Stopped => Ok(Some(row)),
        State::Taken => Ok(None),
        State::Sent => Err(Fault::Moved(Moved {
            by: None,
            now: Standing::Sent,
        })
        .into()),
    }
}

async fn by_id(conn: &mut Conn, id: WaitingId) -> Result<Option<WaitingRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::BY_ID).bind(id).fetch_optional(c).await)?)
}

/// Posts what has waited, by the same function and under the same key as what does not wait.
async fn post(work: &mut Work, writable: StaffWritable, row: WaitingRow) -> Result<(), Error> {
    let files = attachment::of_waiting(&mut work.conn, row.id).await?;
    settle(work, &row, State::Sent).await?;
    attachment::let_go(work, row.id).await?;
    let (key, hash, acts) = (row.key()?, row.hash()?, row.acts()?);
    // Under another one only if the same key was used twice at once, for two threads.
    let keyed = keyed_again(work, row.author_id, &key, hash).await?;
    let Keyed::New(keyed) = keyed else {
        return show(work, writable.thread, -1).await;
    };
    let reply = Reply {
        body: &row.body,
        files,
        keyed,
        seen: row.seen,
        reopen: row.reopen,
        close: row.close,
        acts,
    };
    message::post(work, writable, reply, Way::Waited).await?;
    Ok(())
}

async fn settle(work: &mut Work, row: &WaitingRow, to: State) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::SETTLE)
        .bind(row.id).bind(to).bind(work.now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The read position that a reply brings which has waited: its own place, for whoever had seen all that
/// others wrote before it.
pub(crate) async fn read_upto(
    work: &mut Work,
    thread: ThreadId,
    author: PersonId,
    seen: Option<i64>,
    place: i64,
) -> Result<i64, Error> {
    let read = read::upto(&mut work.conn, thread, author).await?;
    let known = read.max(seen.unwrap_or_default());
    let unread: Option<i64> = on!(&mut work.conn, c => sqlx::query_scalar(sql::UNREAD)
        .bind(thread).bind(known).bind(author).fetch_optional(c).await)?;
    Ok(match unread {
        Some(_) => seen.unwrap_or_default(),
        None if known > 0 => place,
        None => 0,
    })
}

/// The keys of what waits in a thread or was stopped, in the order in which it is due.
pub(crate) async fn keys(conn: &mut Conn, thread: &ThreadRow) -> Result<Vec<Key>, Error> {
    if thread.replies_waiting == 0 {
        return Ok(Vec::new());
    }
    let keys: Vec<String> = on!(conn, c => sqlx::query_scalar(sql::KEYS_OF_THREAD)
        .bind(thread.id).bind(WAITING_IN_THREAD_MAX).fetch_all(c).await)?;
    let keys = keys.iter().map(|key| Key::parse(key));
    keys.collect::<Result<_, _>>()
        .map_err(|problem| Error::Inconsistent {
            table: "waiting_replies",
            column: "client_key",
            what: format!("in {}: {problem}", thread.id),
        })
}

/// What waits in a thread, for whoever may read it, and what of the reader's own was stopped.
///
/// # Errors
/// [`Fault::NotFound`] for a thread that is not for this caller.
pub async fn list(
    office: &Office,
    account: &Account,
    thread: ThreadId,
) -> Result<Vec<WaitingView>, Error> {
    let mut conn = office.read().await?;
    let readable = staff_reading(&mut conn, account, thread, office.now()).await?;
    let rows: Vec<WaitingRow> = on!(&mut conn, c => sqlx::query_as(sql::OF_THREAD)
        .bind(thread).bind(WAITING_IN_THREAD_MAX).fetch_all(c).await)?;
    let mut views = Vec::new();
    for row in rows {
        if row.state == State::Waiting || row.author_id == readable.me.id {
            let files = attachment::of_waiting(&mut conn, row.id).await?;
            views.push(row.view(&files));
        }
    }
    Ok(views)
}

#[derive(sqlx::FromRow)]
struct OwnRow {
    thread_id: ThreadId,
    subject: Option<String>,
    customer: String,
    body: String,
    state: State,
    due_at: Millis,
    stopped_by: Option<String>,
}

impl From<OwnRow> for OwnWaiting {
    fn from(row: OwnRow) -> Self {
        Self {
            thread: row.thread_id,
            subject: row.subject,
            customer: row.customer,
            body: row.body,
            due: row.due_at,
            stopped: (row.state == State::Stopped).then(|| row.stopped_by.unwrap_or_default()),
        }
    }
}

/// The replies of the reader's own that wait or were stopped, in the order in which they are due.
pub async fn own_list(office: &Office, account: &Account) -> Result<Vec<OwnWaiting>, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    me.need(Permission::AccessInbox)?;
    let rows: Vec<OwnRow> = on!(&mut conn, c => sqlx::query_as(sql::OF_AUTHOR)
        .bind(me.id).bind(WAITING_OF_PERSON_MAX).fetch_all(c).await)?;
    Ok(rows.into_iter().map(OwnWaiting::from).collect())
}
