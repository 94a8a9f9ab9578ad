//! The index: one document for each message and note, written in the unit that writes the entry.
//!
//! A document holds the words of the entry, of its author's name and (for the customer) address, of
//! its files' names, and, for a thread's first message, of the subject. Beside them stand marks,
//! which nobody can type: they begin with a sign that no folded word holds.

use std::fmt::Write as _;

use pigeon_wire::id::DAY_MS;
use pigeon_wire::thread::ThreadKind;
use pigeon_wire::{MessageId, Millis, ThreadId};

use super::{fold, sql};
use crate::Error;
use crate::db::later::later;
use crate::db::{Conn, PgConn};
use crate::message::entry::{EntryKind, EntryRow};
use crate::thread::row::ThreadRow;
use crate::work::Work;

/// The mark of every document with a file.
pub(super) const FILE: &str = "¤file";
/// What begins the mark of a word of the author.
pub(super) const AUTHOR: &str = "¤f";
/// Between two fields, so that no phrase reaches from one into the other.
const GAP: &str = "¤";
/// Bits of a number below its milliseconds.
const NUMBER_BITS: u32 = 22;
/// 2000-01-01T00:00Z: numbers count from here, and last for seventy years.
const EPOCH_MS: i64 = 946_684_800_000;
/// The span of the finer marks of time that PostgreSQL's documents carry.
pub(super) const WEEK_MS: i64 = 7 * DAY_MS;
/// How many of them make a coarser one.
pub(super) const WEEKS: i64 = 8;

/// The mark of a thread's documents.
pub(super) fn of_thread(id: ThreadId) -> String {
    format!("¤t{id}")
}

/// The least number that a document of this moment can have.
pub(crate) const fn number_at(at: Millis) -> i64 {
    let ms = at.0.saturating_sub(EPOCH_MS);
    let most = i64::MAX >> NUMBER_BITS;
    let ms = if ms < 0 {
        0
    } else if ms > most {
        most
    } else {
        ms
    };
    ms << NUMBER_BITS
}

/// The week of a number, counted from the numbers' beginning.
pub(super) const fn week_of(number: i64) -> i64 {
    (number >> NUMBER_BITS) / WEEK_MS
}

/// The first number of a week.
pub(super) const fn week_start(week: i64) -> i64 {
    (week * WEEK_MS) << NUMBER_BITS
}

/// A document's own number: its moment, and bits of its id.
fn number_of(at: Millis, id: MessageId) -> i64 {
    let [.., a, b, c] = id.0.into_bytes();
    let low = i64::from(u32::from_be_bytes([0, a, b, c])) & ((1 << NUMBER_BITS) - 1);
    number_at(at) | low
}

/// What a document is made of.
pub(crate) struct Source<'s> {
    /// Which entry.
    pub id: MessageId,
    /// In which thread.
    pub thread: ThreadId,
    /// Whether it is a note.
    pub note: bool,
    /// When it was written.
    pub at: Millis,
    /// The subject, with a thread's first message.
    pub subject: &'s str,
    /// The author's name.
    pub author: &'s str,
    /// The author's address, if the thread's customer wrote it: nobody else's is ever found.
    pub address: &'s str,
    /// The text.
    pub body: &'s str,
    /// The names of its files.
    pub files: &'s [String],
}

impl<'s> Source<'s> {
    /// An entry of a thread as a document, unless it is one that nobody looks for.
    pub(crate) fn of(
        thread: &'s ThreadRow,
        row: &'s EntryRow,
        files: &'s [String],
    ) -> Option<Self> {
        if row.kind == EntryKind::Event {
            return None;
        }
        let is_first = row.staff_place == 1;
        let is_customer = row.author_id == thread.customer_id;
        let subject = thread.subject.as_deref().filter(|_| is_first);
        Some(Self {
            id: row.id,
            thread: thread.id,
            note: row.kind == EntryKind::Note,
            at: row.created_at,
            subject: subject.unwrap_or_default(),
            author: &row.author_name,
            address: if is_customer {
                &thread.customer_email
            } else {
                ""
            },
            body: &row.body,
            files,
        })
    }

    /// The document's number, before it is known whether it is taken.
    pub(crate) fn number(&self) -> i64 {
        number_of(self.at, self.id)
    }

    fn words(&self) -> Vec<String> {
        let mut words = Vec::new();
        let mut field = |text: &str| {
            words.extend(fold::cut(text).into_iter().map(|cut| cut.word));
            words.push(GAP.to_owned());
        };
        field(self.subject);
        field(self.author);
        field(self.address);
        field(self.body);
        for name in self.files {
            field(name);
        }
        for text in [self.author, self.address] {
            let marks = fold::cut(text).into_iter();
            words.extend(marks.map(|cut| [AUTHOR, &cut.word].concat()));
            words.push(GAP.to_owned());
        }
        words.push(of_thread(self.thread));
        if !self.files.is_empty() {
            words.push(FILE.to_owned());
        }
        words
    }

    /// The document as FTS5 takes it.
    pub(crate) fn spaced(&self) -> String {
        self.words().join(" ")
    }

    /// The document as PostgreSQL takes it: words with their places, and marks of its time.
    pub(crate) fn placed(&self, number: i64) -> String {
        /// Beyond it PostgreSQL gives every word the same place.
        const PLACES: usize = 16_383;
        let mut text = String::new();
        for (at, word) in self
            .words()
            .iter()
            .enumerate()
            .filter(|(_, word)| *word != GAP)
        {
            // Writing to a string cannot fail. No word holds a quotation mark.
            let _ = write!(text, "'{word}':{} ", (at + 1).min(PLACES));
        }
        let week = week_of(number);
        let _ = write!(text, "'¤w{week}' '¤o{}'", week / WEEKS);
        text
    }
}

/// Adds an entry that was just written, unless it is one that nobody looks for.
pub(crate) async fn add(
    work: &mut Work,
    thread: &ThreadRow,
    row: &EntryRow,
    files: &[String],
) -> Result<(), Error> {
    // What users write to each other is found by nobody.
    if thread.kind == ThreadKind::Direct {
        return Ok(());
    }
    match Source::of(thread, row, files) {
        Some(source) => store(&mut work.conn, &source).await,
        None => Ok(()),
    }
}

/// Writes a document under its number, or the next free one.
pub(crate) async fn store(conn: &mut Conn, source: &Source<'_>) -> Result<(), Error> {
    match conn {
        Conn::Sqlite(_) => put(conn, source).await,
        Conn::Postgres(inner) => seek(inner, source).await,
    }
}

/// On SQLite, where nobody else writes: the database itself finds the number.
async fn put(conn: &mut Conn, source: &Source<'_>) -> Result<(), Error> {
    later!(
        conn,
        sql::ADD_DOC,
        number = source.number(),
        message = source.id,
        thread = source.thread
    )?;
    let text = if source.note {
        sql::ADD_NOTE_WORDS
    } else {
        sql::ADD_MESSAGE_WORDS
    };
    later!(conn, text, message = source.id, words = source.spaced())?;
    Ok(())
}

/// On PostgreSQL, where somebody else may take the same number at the same moment.
async fn seek(conn: &mut PgConn, source: &Source<'_>) -> Result<(), Error> {
    let text = if source.note {
        sql::ADD_NOTE
    } else {
        sql::ADD_MESSAGE
    };
    let mut number = source.number();
    loop {
        let add = sqlx::query(text).bind(number).bind(source.id);
        let add = add.bind(source.thread).bind(source.placed(number));
        if add.execute(&mut **conn).await?.rows_affected() > 0 {
            return Ok(());
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn numbers_grow_with_time_and_know_their_week() {
        let id = MessageId(Uuid::max());
        let (early, late) = (Millis(1_795_424_400_000), Millis(1_795_424_400_001));
        assert!(number_of(early, id) < number_at(late));
        assert!(number_at(early) <= number_of(early, id));
        let week = week_of(number_at(early));
        assert!(week_start(week) <= number_at(early) && number_at(early) < week_start(week + 1));
        assert_eq!(number_at(Millis(0)), 0);
        assert!(number_at(Millis(i64::MAX)) > 0);
    }
}
