//! Files that come with messages and notes. They arrive before what they come with: bytes in the
//! store, then a row that waits for its message and belongs to whoever sent it. Posting takes the
//! rows in its own unit. Handing one out asks for the right anew each time.

mod hand;
mod kind;
mod picture;
mod receive;
pub(crate) mod sql;
mod sweep;
mod thumb;

use std::collections::HashMap;

use bytes::Bytes;
use futures::Stream;
use pigeon_wire::attachment::{AttachmentView, FILES_MAX, FileProblem, Thumb};
use pigeon_wire::fault::Fault;
use pigeon_wire::permission::Permission;
use pigeon_wire::{AttachmentId, MessageId, PersonId, ThreadId, WaitingId};

use crate::actor::{Account, Guest, Visitor};
use crate::db::{Conn, dialect, on};
use crate::limit::Limit;
use crate::message::entry::EntryRow;
use crate::thread::access::{
    guest_reading, guest_writing, staff_reading, staff_writing, user_reading, user_writing,
};
use crate::work::Work;
use crate::{Error, Office};

pub use hand::{Handed, Wanted, for_guest, for_staff, for_user};
pub(crate) use picture::{THUMB_TYPE, logo, picture};
pub(crate) use receive::Desk;
pub use receive::Received;
pub(crate) use sweep::keep;
pub use sweep::sweep;

/// Most files that wait for a message of one person: a few messages' worth, so that nobody fills the
/// disk without ever writing.
const WAITING_MAX: i64 = 60;

/// A stored file.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct AttachmentRow {
    pub id: AttachmentId,
    pub thread_id: ThreadId,
    pub message_id: Option<MessageId>,
    pub uploader_id: PersonId,
    pub name: String,
    pub bytes: i64,
    pub hash: Vec<u8>,
    pub thumb_width: Option<i64>,
    pub thumb_height: Option<i64>,
}

impl AttachmentRow {
    /// The file as whoever may read its message sees it.
    pub fn view(&self) -> AttachmentView {
        let side = |pixels: Option<i64>| u32::try_from(pixels?).ok();
        let sides = side(self.thumb_width).zip(side(self.thumb_height));
        AttachmentView {
            id: self.id,
            name: self.name.clone(),
            bytes: self.bytes,
            thumb: sides.map(|(width, height)| Thumb { width, height }),
        }
    }
}

/// Who sends a file, and to which thread.
#[derive(Clone, Debug)]
pub enum Uploader {
    /// A guest, to their own thread.
    Guest(Guest, Visitor),
    /// A staff member.
    Staff(Account, ThreadId),
    /// A user, to a thread on whose customer's side they stand.
    User(Account, ThreadId),
}

/// Takes a file in: it waits for a message of the same person to the same thread.
///
/// # Errors
/// [`Fault::Files`] with what is wrong with it, as soon as that is known; the refusals of writing in
/// the thread; [`Fault::TooMany`].
pub async fn upload<S>(
    office: &Office,
    uploader: &Uploader,
    name: &str,
    bytes: S,
) -> Result<AttachmentView, Error>
where
    S: Stream<Item = Result<Bytes, Fault>> + Send + Unpin,
{
    // Nobody's bytes are taken who may not post them.
    match uploader {
        Uploader::Guest(guest, visitor) => {
            count_upload(office, visitor)?;
            let mut conn = office.read().await?;
            let link_days = office.settings().link_days;
            guest_reading(&mut conn, guest, office.now(), link_days).await?;
        }
        Uploader::Staff(account, thread) => {
            let mut conn = office.read().await?;
            let reading = staff_reading(&mut conn, account, *thread, office.now()).await?;
            reading.me.need(Permission::ManageThreads)?;
            if reading.thread.trashed_at.is_some() {
                return Err(Fault::Trashed.into());
            }
        }
        Uploader::User(account, thread) => {
            let mut conn = office.read().await?;
            user_reading(&mut conn, account, *thread, office.now()).await?;
        }
    }
    let received = receive::receive(office, name, bytes).await?;
    stage(office, uploader, received).await
}

/// Takes in a file of a form that starts a thread: it is part of the start.
///
/// # Errors
/// As [`upload`].
pub async fn take_in<S>(
    office: &Office,
    visitor: &Visitor,
    name: &str,
    bytes: S,
) -> Result<Received, Error>
where
    S: Stream<Item = Result<Bytes, Fault>> + Send + Unpin,
{
    count_upload(office, visitor)?;
    receive::receive(office, name, bytes).await
}

/// Removes a file that was taken in and is not wanted after all.
pub async fn discard(office: &Office, received: Received) {
    if let Err(cause) = office.files().remove(received.id).await {
        // The sweep finds it once more.
        tracing::warn!(%cause, "a file could not be removed");
    }
}

/// Whoever has no account is counted: a file is work, and room on the disk.
fn count_upload(office: &Office, visitor: &Visitor) -> Result<(), Error> {
    let limit = Limit::uploads_from(&visitor.address);
    Ok(office.limits().count(&[limit], office.now())?)
}

/// Lets a file wait for its message.
async fn stage(
    office: &Office,
    uploader: &Uploader,
    received: Received,
) -> Result<AttachmentView, Error> {
    let (uploader, kept) = (uploader.clone(), received.clone());
    let staged = office
        .write(move |work| {
            Box::pin(async move {
                let (thread, person) = match &uploader {
                    Uploader::Guest(guest, _) => {
                        let writing = guest_writing(work, guest).await?;
                        (writing.thread.id, writing.guest.person)
                    }
                    Uploader::Staff(account, thread) => {
                        let writing = staff_writing(work, account, *thread).await?;
                        (writing.thread.id, writing.me.id)
                    }
                    Uploader::User(account, thread) => {
                        let writing = user_writing(work, account, *thread).await?;
                        (writing.thread.id, writing.me.id)
                    }
                };
                let waiting: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::WAITING_OF)
                    .bind(person).fetch_one(c).await)?;
                if waiting >= WAITING_MAX {
                    return Err(Fault::TooMany { retry_after_s: 60 }.into());
                }
                Ok(insert(work, thread, person, &kept).await?.view())
            })
        })
        .await;
    if staged.is_err() {
        discard(office, received).await;
    }
    staged
}

/// Writes the row of a file whose bytes are in the store.
pub(crate) async fn insert(
    work: &mut Work,
    thread: ThreadId,
    uploader: PersonId,
    received: &Received,
) -> Result<AttachmentRow, Error> {
    let Received {
        id,
        name,
        bytes,
        hash,
        thumb,
    } = received.clone();
    let side = |of: fn(Thumb) -> u32| thumb.map(|thumb| i64::from(of(thumb)));
    let row = AttachmentRow {
        id,
        thread_id: thread,
        message_id: None,
        uploader_id: uploader,
        name,
        bytes,
        hash: hash.to_vec(),
        thumb_width: side(|thumb| thumb.width),
        thumb_height: side(|thumb| thumb.height),
    };
    on!(&mut work.conn, c => sqlx::query(sql::ADD)
        .bind(row.id).bind(thread).bind(uploader).bind(&row.name).bind(row.bytes)
        .bind(&row.hash).bind(row.thumb_width).bind(row.thumb_height).bind(work.now)
        .execute(c).await.map(|_| ()))?;
    Ok(row)
}

/// The files that somebody names in a post to a thread: their own, sent to this thread. Whether they
/// still wait is asked when they are taken, since the same post may come twice.
///
/// # Errors
/// [`Fault::Files`] when one is gone, or somebody else's, which looks alike; or when they are more
/// than are taken now.
pub(crate) async fn named(
    work: &mut Work,
    thread: ThreadId,
    uploader: PersonId,
    ids: &[AttachmentId],
) -> Result<Vec<AttachmentRow>, Error> {
    let mut rows = Vec::new();
    for id in ids {
        let row: Option<AttachmentRow> = on!(&mut work.conn, c => sqlx::query_as(sql::BY_ID)
            .bind(id).fetch_optional(c).await)?;
        let own = row.filter(|row| row.thread_id == thread && row.uploader_id == uploader);
        rows.push(own.ok_or_else(|| Fault::file("", FileProblem::Gone))?);
    }
    Ok(rows)
}

/// Those of these files that a guest has sent to their thread, for the form that names them again.
pub async fn sent_by(
    office: &Office,
    guest: &Guest,
    ids: &[AttachmentId],
) -> Result<Vec<AttachmentView>, Error> {
    sent(office, guest.thread, guest.person, ids).await
}

/// Those of these files that a user has sent to a thread of theirs, for the same form.
pub async fn sent_by_user(
    office: &Office,
    account: &Account,
    thread: ThreadId,
    ids: &[AttachmentId],
) -> Result<Vec<AttachmentView>, Error> {
    sent(office, thread, account.person, ids).await
}

async fn sent(
    office: &Office,
    thread: ThreadId,
    person: PersonId,
    ids: &[AttachmentId],
) -> Result<Vec<AttachmentView>, Error> {
    let mut conn = office.read().await?;
    let mut views = Vec::new();
    for id in ids.iter().take(FILES_MAX) {
        let row: Option<AttachmentRow> = on!(&mut conn, c => sqlx::query_as(sql::BY_ID)
            .bind(id).fetch_optional(c).await)?;
        let own = row.filter(|row| row.thread_id == thread && row.uploader_id == person);
        views.extend(own.map(|row| row.view()));
    }
    Ok(views)
}

/// Gives files to the message that was just written, in their order.
///
/// # Errors
/// [`Fault::Files`] when another message has one already, or when they are more than are taken.
pub(crate) async fn claim(
    work: &mut Work,
    message: MessageId,
    rows: &[AttachmentRow],
) -> Result<(), Error> {
    are_taken(work, rows)?;
    for (place, row) in (0_i64..).zip(rows) {
        let claimed = on!(&mut work.conn, c => sqlx::query(sql::CLAIM)
            .bind(row.id).bind(message).bind(place)
            .execute(c).await.map(|done| done.rows_affected()))?;
        if claimed == 0 {
            return Err(Fault::file(&row.name, FileProblem::Gone).into());
        }
    }
    Ok(())
}

/// Has files wait with the reply that they go with, in their order.
///
/// # Errors
/// As [`claim`].
pub(crate) async fn hold(
    work: &mut Work,
    reply: WaitingId,
    rows: &[AttachmentRow],
) -> Result<(), Error> {
    are_taken(work, rows)?;
    for (place, row) in (0_i64..).zip(rows) {
        let held = on!(&mut work.conn, c => sqlx::query(sql::HOLD)
            .bind(row.id).bind(reply).bind(place)
            .execute(c).await.map(|done| done.rows_affected()))?;
        if held == 0 {
            return Err(Fault::file(&row.name, FileProblem::Gone).into());
        }
    }
    Ok(())
}

/// Lets the files of a reply go that waits no longer: they wait for a message, like others.
pub(crate) async fn let_go(work: &mut Work, reply: WaitingId) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::LET_GO)
        .bind(reply).bind(work.now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The files of a reply that waits, in their order.
pub(crate) async fn of_waiting(
    conn: &mut Conn,
    reply: WaitingId,
) -> Result<Vec<AttachmentRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::OF_WAITING).bind(reply).fetch_all(c).await)?)
}

/// Refuses more files than are taken now.
fn are_taken(work: &Work, rows: &[AttachmentRow]) -> Result<(), Error> {
    let rules = work.office.settings().file_rules();
    let most = usize::try_from(rules.most).unwrap_or(usize::MAX);
    if let Some(over) = rows.get(most) {
        let why = if rules.is_on() {
            FileProblem::TooMany { most: rules.most }
        } else {
            FileProblem::Off
        };
        return Err(Fault::file(&over.name, why).into());
    }
    Ok(())
}

/// Puts the files of entries into them. The entries are those of one audience, and so are the files.
pub(crate) async fn fill(conn: &mut Conn, entries: &mut [EntryRow]) -> Result<(), Error> {
    if entries.is_empty() {
        return Ok(());
    }
    let ids = entries.iter().map(|entry| entry.id.to_string());
    let text = dialect!(conn, sqlite: sql::OF_MESSAGES, postgres: sql::OF_MESSAGES_OF);
    let rows: Vec<AttachmentRow> = on!(conn, c => sqlx::query_as(text)
        .bind(list(ids)).fetch_all(c).await)?;
    let mut files: HashMap<MessageId, Vec<AttachmentView>> = HashMap::new();
    for row in rows {
        let view = row.view();
        if let Some(message) = row.message_id {
            files.entry(message).or_default().push(view);
        }
    }
    for entry in entries {
        entry.files = files.remove(&entry.id).unwrap_or_default();
    }
    Ok(())
}

/// Ids as one JSON text.
fn list(ids: impl Iterator<Item = String>) -> String {
    serde_json::Value::from(ids.collect::<Vec<_>>()).to_string()
}
