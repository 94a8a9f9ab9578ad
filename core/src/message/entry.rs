//! Entries as they are stored, and the views that are made of them for each audience.

use pigeon_wire::attachment::AttachmentView;
use pigeon_wire::mailbox::UserEntry;
use pigeon_wire::message::{Content, ENTRIES_PAGE_MAX, EntryView, KnownBy};
use pigeon_wire::note::{Delivery, StaffContent, StaffEntryView, StaffEvent};
use pigeon_wire::notice::NoticeKind;
use pigeon_wire::person::PersonRef;
use pigeon_wire::text::Key;
use pigeon_wire::thread::Side;
use pigeon_wire::{Fault, MessageId, Millis, PersonId, ThreadId};
use serde::{Deserialize, Serialize};

use super::sql;
use crate::Error;
use crate::attachment;
use crate::db::{Conn, on};
use crate::error::{RETRY_AFTER_S, is_taken};
use crate::work::Work;

/// Entries of one catch-up frame.
pub(crate) const CHUNK: usize = 100;
/// Most entries that one answer to a catch-up holds; who missed more asks again after the last number.
pub(crate) const CATCH_UP_MAX: i64 = 2000;

/// What an entry is, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case", type_name = "text")]
pub(crate) enum EntryKind {
    Message,
    Note,
    Event,
}

/// A stored entry with its author's name.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct EntryRow {
    pub id: MessageId,
    pub kind: EntryKind,
    pub author_id: PersonId,
    pub author_name: String,
    pub side: Side,
    pub body: String,
    pub event: Option<String>,
    pub public_place: Option<i64>,
    pub public_change: Option<i64>,
    pub staff_place: i64,
    pub staff_change: i64,
    pub known_by: KnownBy,
    pub delivery: Option<Delivery>,
    pub client_key: Option<String>,
    pub created_at: Millis,
    pub edited_at: Option<Millis>,
    /// Its files, which are read after the entry itself.
    #[sqlx(skip)]
    pub files: Vec<AttachmentView>,
}

impl EntryRow {
    /// What this entry is to somebody of the team who is told of it.
    pub fn told_as(&self) -> NoticeKind {
        match self.kind {
            EntryKind::Message => NoticeKind::Team,
            EntryKind::Note => NoticeKind::Note,
            EntryKind::Event => NoticeKind::Assigned,
        }
    }

    /// The entry as everybody in the thread sees it; `None` for what the team alone sees.
    pub fn public_view(&self) -> Result<Option<EntryView>, Error> {
        let (Some(place), Some(change)) = (self.public_place, self.public_change) else {
            return Ok(None);
        };
        let author = self.author_name.clone();
        let side = self.side;
        let content = match (self.kind, self.event()?) {
            (EntryKind::Message, _) => Content::Message {
                author,
                side,
                body: self.body.clone(),
                attachments: self.files.clone(),
                key: self.key(),
            },
            (EntryKind::Event, Some(StaffEvent::Public { what })) => Content::Event {
                author,
                side,
                event: what,
            },
            (EntryKind::Note | EntryKind::Event, _) => return Ok(None),
        };
        Ok(Some(EntryView {
            id: self.id,
            place,
            change,
            at: self.created_at,
            content,
        }))
    }

    /// The entry as the thread's users see it; `None` for what the team alone sees.
    pub fn user_view(&self) -> Result<Option<UserEntry>, Error> {
        let entry = self.public_view()?;
        Ok(entry.map(|entry| UserEntry {
            entry,
            by: (self.side == Side::Customer).then_some(self.author_id),
            edited_at: self.edited_at,
        }))
    }

    /// The entry as the team sees it.
    pub fn staff_view(&self) -> Result<StaffEntryView, Error> {
        let content = match (self.kind, self.event()?) {
            (EntryKind::Message, _) => StaffContent::Message {
                body: self.body.clone(),
                attachments: self.files.clone(),
                key: self.key(),
                known_by: self.known_by,
                delivery: self.delivery,
            },
            (EntryKind::Note, _) => StaffContent::Note {
                body: self.body.clone(),
                attachments: self.files.clone(),
                key: self.key(),
            },
            (EntryKind::Event, Some(event)) => StaffContent::Event(event),
            (EntryKind::Event, None) => {
                return Err(Error::Inconsistent {
                    table: "messages",
                    column: "event",
                    what: format!("{} has none", self.id),
                });
            }
        };
        Ok(StaffEntryView {
            id: self.id,
            place: self.staff_place,
            change: self.staff_change,
            at: self.created_at,
            author: PersonRef {
                id: self.author_id,
                name: self.author_name.clone(),
            },
            side: self.side,
            content,
        })
    }

    fn key(&self) -> Option<Key> {
        self.client_key
            .as_deref()
            .and_then(|key| Key::parse(key).ok())
    }

    fn event(&self) -> Result<Option<StaffEvent>, Error> {
        let parse = |json: &String| {
            serde_json::from_str(json).map_err(|cause| Error::Inconsistent {
                table: "messages",
                column: "event",
                what: format!("{}: {cause}", self.id),
            })
        };
        self.event.as_ref().map(parse).transpose()
    }
}

/// An event as it is stored.
pub(crate) fn event_to_json(event: &StaffEvent) -> Result<String, Error> {
    serde_json::to_string(event).map_err(|cause| Error::Inconsistent {
        table: "messages",
        column: "event",
        what: cause.to_string(),
    })
}

/// Stores an entry; `hash` is that of the content that its key was first used with.
pub(crate) async fn insert(
    work: &mut Work,
    thread: ThreadId,
    row: &EntryRow,
    hash: Option<Vec<u8>>,
) -> Result<(), Error> {
    let stored = on!(&mut work.conn, c => sqlx::query(sql::INSERT)
        .bind(row.id).bind(thread).bind(row.kind).bind(row.author_id).bind(row.side)
        .bind(&row.body).bind(&row.event).bind(row.public_place).bind(row.public_change)
        .bind(row.staff_place).bind(row.staff_change).bind(row.known_by).bind(row.delivery)
        .bind(&row.client_key).bind(&hash).bind(row.created_at)
        .execute(c).await.map(|_| ()));
    match stored {
        // The same key at the same moment in another thread, whose lock does not make it wait.
        Err(error) if is_taken(&error) => Err(Fault::Busy {
            retry_after_s: RETRY_AFTER_S,
        }
        .into()),
        stored => Ok(stored?),
    }
}

/// Sets what became of an entry's mail, under the next staff number; `None` if nothing changed.
pub(crate) async fn set_delivery(
    work: &mut Work,
    id: MessageId,
    delivery: Delivery,
    number: i64,
) -> Result<Option<EntryRow>, Error> {
    let changed: Option<MessageId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::SET_DELIVERY)
        .bind(id).bind(delivery).bind(number).fetch_optional(c).await)?;
    if changed.is_none() {
        return Ok(None);
    }
    by_id(&mut work.conn, id).await
}

/// One entry.
pub(crate) async fn by_id(conn: &mut Conn, id: MessageId) -> Result<Option<EntryRow>, Error> {
    let mut row: Option<EntryRow> =
        on!(conn, c => sqlx::query_as(sql::BY_ID).bind(id).fetch_optional(c).await)?;
    attachment::fill(conn, row.as_mut_slice()).await?;
    Ok(row)
}

/// The newest entries of `side`'s audience, oldest first, and whether there are older ones.
pub(crate) async fn newest(
    conn: &mut Conn,
    thread: ThreadId,
    side: Side,
) -> Result<(Vec<EntryRow>, bool), Error> {
    before(conn, thread, side, i64::MAX, ENTRIES_PAGE_MAX).await
}

/// Up to `most` entries before `place` of `side`'s audience, oldest first, and whether there are
/// older ones.
pub(crate) async fn before(
    conn: &mut Conn,
    thread: ThreadId,
    side: Side,
    place: i64,
    most: i64,
) -> Result<(Vec<EntryRow>, bool), Error> {
    let text = match side {
        Side::Customer => sql::PUBLIC_BEFORE,
        Side::Staff => sql::STAFF_BEFORE,
    };
    let (mut rows, more) = some(conn, text, thread, place, most).await?;
    rows.reverse();
    Ok((rows, more))
}

/// Entries before `place` of the public order and after the place at which a user's history begins,
/// oldest first, and whether there are older ones.
pub(crate) async fn before_since(
    conn: &mut Conn,
    thread: ThreadId,
    place: i64,
    since: i64,
) -> Result<(Vec<EntryRow>, bool), Error> {
    let mut rows: Vec<EntryRow> = on!(conn, c => sqlx::query_as(sql::PUBLIC_BEFORE_SINCE)
        .bind(thread).bind(place).bind(ENTRIES_PAGE_MAX + 1).bind(since)
        .fetch_all(c).await)?;
    let page = usize::try_from(ENTRIES_PAGE_MAX).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    rows.reverse();
    attachment::fill(conn, &mut rows).await?;
    Ok((rows, more))
}

/// Up to `most` entries after `place` of the staff order, oldest first, and whether there are newer
/// ones.
pub(crate) async fn after(
    conn: &mut Conn,
    thread: ThreadId,
    place: i64,
    most: i64,
) -> Result<(Vec<EntryRow>, bool), Error> {
    some(conn, sql::STAFF_AFTER, thread, place, most).await
}

/// Up to `most` entries after `place` of the public order, oldest first, and whether there are newer
/// ones.
pub(crate) async fn public_after(
    conn: &mut Conn,
    thread: ThreadId,
    place: i64,
    most: i64,
) -> Result<(Vec<EntryRow>, bool), Error> {
    some(conn, sql::PUBLIC_AFTER, thread, place, most).await
}

async fn some(
    conn: &mut Conn,
    text: &'static str,
    thread: ThreadId,
    place: i64,
    most: i64,
) -> Result<(Vec<EntryRow>, bool), Error> {
    let mut rows: Vec<EntryRow> = on!(conn, c => sqlx::query_as(text)
        .bind(thread).bind(place).bind(most + 1)
        .fetch_all(c).await)?;
    let page = usize::try_from(most).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    attachment::fill(conn, &mut rows).await?;
    Ok((rows, more))
}

/// What changed after number `after` and up to `upto` for `side`'s audience, in the order of the
/// numbers, and whether there is more.
///
/// `upto` is the number of the thread as its reader has read it: what changed since comes live, with
/// a head that fits.
pub(crate) async fn changed_after(
    conn: &mut Conn,
    thread: ThreadId,
    side: Side,
    after: i64,
    upto: i64,
) -> Result<(Vec<EntryRow>, bool), Error> {
    let text = match side {
        Side::Customer => sql::PUBLIC_CHANGED,
        Side::Staff => sql::STAFF_CHANGED,
    };
    let mut rows: Vec<EntryRow> = on!(conn, c => sqlx::query_as(text)
        .bind(thread).bind(after).bind(upto).bind(CATCH_UP_MAX + 1)
        .fetch_all(c).await)?;
    let most = usize::try_from(CATCH_UP_MAX).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    attachment::fill(conn, &mut rows).await?;
    Ok((rows, more))
}

/// The entries as everybody sees them.
pub(crate) fn public_views(rows: &[EntryRow]) -> Result<Vec<EntryView>, Error> {
    rows.iter()
        .filter_map(|row| row.public_view().transpose())
        .collect()
}

/// The entries as the thread's users see them.
pub(crate) fn user_views(rows: &[EntryRow]) -> Result<Vec<UserEntry>, Error> {
    rows.iter()
        .filter_map(|row| row.user_view().transpose())
        .collect()
}

/// The entries as the team sees them.
pub(crate) fn staff_views(rows: &[EntryRow]) -> Result<Vec<StaffEntryView>, Error> {
    rows.iter().map(EntryRow::staff_view).collect()
}
