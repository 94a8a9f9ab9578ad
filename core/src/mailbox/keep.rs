//! Keeping mailboxes: what a change of a thread does to the rows of its users, and how the badge
//! follows. Whoever calls has the thread locked; the counts of people come last in a unit, in the
//! order of their keys, so that units which change several never wait for each other in a circle.

use std::collections::BTreeMap;

use pigeon_wire::mailbox::{MailboxCounts, MailboxRow};
use pigeon_wire::thread::{Status, ThreadKind};
use pigeon_wire::{PersonId, ThreadId};

use super::{BoxRow, Shelf, sql, with};
use crate::Error;
use crate::db::{Conn, on};
use crate::direct;
use crate::hub::Announcement;
use crate::person::notice;
use crate::thread::row::ThreadRow;
use crate::work::Work;

/// What a change of a thread brings to its mailboxes.
#[derive(Clone, Debug, Default)]
pub(crate) struct News {
    /// Who wrote its new messages, one for each.
    pub authors: Vec<PersonId>,
    /// Who has read up to which place.
    pub read: Option<(PersonId, i64)>,
    /// On which shelf it stands for whom from now on.
    pub shelves: Vec<(PersonId, Shelf)>,
    /// The earliest place that the change tells of, where that is no new one: it is not told to whom
    /// the place is unknown.
    pub earliest: Option<i64>,
}

/// Brings every mailbox of a thread up to date with a change, and answers who of its users hears it.
pub(crate) async fn follow(
    work: &mut Work,
    thread: &ThreadRow,
    news: &News,
    is_public: bool,
) -> Result<Vec<PersonId>, Error> {
    let rows: Vec<BoxRow> = on!(&mut work.conn, c => sqlx::query_as(sql::OF_THREAD)
        .bind(thread.id).fetch_all(c).await)?;
    let mut hear = Vec::new();
    let mut moves = Moves::default();
    for was in rows {
        let mut row = was.clone();
        // What is merged goes on in another thread, which is in the same mailbox.
        let is_away = thread.trashed_at.is_some() || thread.merged_into.is_some();
        row.shelf = match (was.shelf, is_away) {
            (Shelf::In, true) => Shelf::Trashed,
            (Shelf::Trashed, false) => Shelf::In,
            (shelf, _) => shelf,
        };
        let placed = news.shelves.iter().find(|(who, _)| *who == was.person_id);
        if let Some((_, shelf)) = placed {
            row.shelf = *shelf;
        }
        row.closed = thread.status == Status::Closed;
        let fresh = heard_from(work, thread, was.person_id, &news.authors).await?;
        if !news.authors.is_empty() {
            row.active_at = thread.active_at;
        }
        row.unread += fresh;
        // What was said with the closing came before it.
        row.late = row.closed && was.closed && (was.late || fresh > 0);
        if let Some((_, upto)) = news.read.filter(|(reader, _)| *reader == was.person_id) {
            row.unread = unread_after(&mut work.conn, &row, upto).await?;
        }
        let is_known = news.earliest.is_none_or(|place| place > row.since);
        if row.shelf == Shelf::In && is_known {
            hear.push(row.person_id);
        }
        save(work, thread, (&was, row), is_public, &mut moves).await?;
    }
    moves.count(work).await?;
    Ok(hear)
}

/// How many of these authors' messages are news for somebody: not their own, and in a direct thread
/// not those of whom they have blocked.
async fn heard_from(
    work: &mut Work,
    thread: &ThreadRow,
    person: PersonId,
    authors: &[PersonId],
) -> Result<i64, Error> {
    let mut heard = 0;
    for author in authors.iter().filter(|author| **author != person) {
        let is_direct = thread.kind == ThreadKind::Direct;
        if !is_direct || !direct::has_blocked(&mut work.conn, person, *author).await? {
            heard += 1;
        }
    }
    Ok(heard)
}

/// Changes one mailbox's row by itself: what is unread in it, on which shelf it is. The thread is as
/// it was.
pub(crate) async fn renew(
    work: &mut Work,
    thread: &ThreadRow,
    was: &BoxRow,
    now: BoxRow,
) -> Result<(), Error> {
    let mut moves = Moves::default();
    save(work, thread, (was, now), false, &mut moves).await?;
    moves.count(work).await
}

/// The row after its reader has read up to a place.
pub(crate) async fn read_upto(conn: &mut Conn, row: &BoxRow, upto: i64) -> Result<BoxRow, Error> {
    Ok(BoxRow {
        unread: unread_after(conn, row, upto).await?,
        ..row.clone()
    })
}

async fn unread_after(conn: &mut Conn, row: &BoxRow, upto: i64) -> Result<i64, Error> {
    Ok(on!(conn, c => sqlx::query_scalar(sql::UNREAD)
        .bind(row.thread_id).bind(upto.max(row.since)).bind(row.person_id)
        .fetch_one(c).await)?)
}

/// Makes room for a thread in somebody's mailbox. It stands on no shelf that is seen until a change
/// puts it on one.
pub(crate) async fn put(
    work: &mut Work,
    thread: &ThreadRow,
    person: PersonId,
    since: i64,
) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::PUT)
        .bind(person).bind(thread.id).bind(Shelf::Left).bind(since).bind(thread.active_at)
        .bind(thread.status == Status::Closed).bind(false)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}

/// The row of somebody's thread, if it is in their mailbox.
pub(crate) async fn find(
    conn: &mut Conn,
    person: PersonId,
    thread: ThreadId,
) -> Result<Option<BoxRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::OF_ONE)
        .bind(person).bind(thread).fetch_optional(c).await)?)
}

/// Has the unread threads of one sort count for somebody's badge from now on, or not.
pub(crate) async fn recount(
    work: &mut Work,
    person: PersonId,
    kind: ThreadKind,
    counts: bool,
) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::SET_COUNTS)
        .bind(person).bind(kind).bind(counts).execute(c).await.map(|_| ()))?;
    // On SQLite a unit holds the one writer already.
    if let Conn::Postgres(inner) = &mut work.conn {
        sqlx::query(sql::HOLD_COUNTS)
            .bind(person)
            .execute(&mut **inner)
            .await?;
    }
    let counts: Option<MailboxCounts> = on!(&mut work.conn, c => sqlx::query_as(sql::RECOUNT)
        .bind(person).fetch_optional(c).await)?;
    if let Some(counts) = counts {
        work.tell(Announcement::Mailbox { person, counts });
    }
    Ok(())
}

/// How much waits for somebody.
pub(crate) async fn counts_of(conn: &mut Conn, person: PersonId) -> Result<MailboxCounts, Error> {
    let counts: Option<MailboxCounts> = on!(conn, c => sqlx::query_as(sql::COUNTS)
        .bind(person).fetch_optional(c).await)?;
    Ok(counts.unwrap_or_default())
}

/// By how much the counts of people change, in the order in which they are written.
#[derive(Default)]
struct Moves(BTreeMap<PersonId, (i64, i64)>);

impl Moves {
    fn add(&mut self, was: &BoxRow, now: &BoxRow) {
        let asked = |row: &BoxRow| i64::from(row.shelf == Shelf::Asked);
        let (unread, requests) = self.0.entry(now.person_id).or_default();
        *unread += i64::from(now.counts) - i64::from(was.counts);
        *requests += asked(now) - asked(was);
    }

    async fn count(self, work: &mut Work) -> Result<(), Error> {
        let moved = self.0.into_iter().filter(|(_, by)| *by != (0, 0));
        for (person, (unread, asked)) in moved {
            let counts: MailboxCounts = on!(&mut work.conn, c => sqlx::query_as(sql::COUNT)
                .bind(person).bind(unread).bind(asked).fetch_one(c).await)?;
            work.tell(Announcement::Mailbox { person, counts });
        }
        Ok(())
    }
}

/// Stores a row where it has changed, and tells its reader.
async fn save(
    work: &mut Work,
    thread: &ThreadRow,
    (was, mut row): (&BoxRow, BoxRow),
    is_public: bool,
    moves: &mut Moves,
) -> Result<(), Error> {
    let is_wanted = row.wants_mail
        && notice::stored(row.notices.as_deref()).counts(notice::kind_of(thread.kind));
    row.counts = row.shelf == Shelf::In && row.unread > 0 && is_wanted && (!row.closed || row.late);
    if *was == row && !is_public {
        return Ok(());
    }
    let person = row.person_id;
    on!(&mut work.conn, c => sqlx::query(sql::SAVE)
        .bind(person).bind(row.thread_id).bind(row.shelf).bind(row.active_at).bind(row.unread)
        .bind(row.closed).bind(row.late).bind(row.counts)
        .execute(c).await.map(|_| ()))?;
    moves.add(was, &row);
    if row.shelf == Shelf::In {
        let row = view(&mut work.conn, thread, &row).await?;
        work.tell(Announcement::MailboxRow { person, row });
    } else if was.shelf == Shelf::In {
        let thread = row.thread_id;
        work.tell(Announcement::MailboxGone { person, thread });
    }
    Ok(())
}

/// A row as its reader's list shows it.
async fn view(conn: &mut Conn, thread: &ThreadRow, row: &BoxRow) -> Result<MailboxRow, Error> {
    let is_known = thread.kind == ThreadKind::Support || thread.latest_place > row.since;
    Ok(MailboxRow {
        id: thread.id,
        kind: thread.kind,
        subject: thread.subject.clone(),
        with: with(conn, thread.id, thread.kind, row.person_id).await?,
        status: thread.status,
        active_at: row.active_at,
        unread: row.unread,
        muted: !row.wants_mail,
        preview: if is_known {
            thread.preview.clone()
        } else {
            String::new()
        },
    })
}
