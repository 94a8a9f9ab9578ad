//! Writing many rows: kept until nothing earlier can come any more, then stored in the order of
//! their time, some tens of thousands in one unit.

use std::collections::BTreeMap;

use pigeon_wire::thread::Status;
use pigeon_wire::{Millis, PersonId};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Sqlite, SqliteConnection};
use uuid::Uuid;

use crate::db::{Conn, on};
use crate::work::Work;
use crate::{Error, Office};

/// New rows after which what is ready is written. What is kept beyond that belongs to threads that
/// still go on.
const ROWS_NEW: usize = 120_000;
/// Rows of one statement on SQLite.
const ROWS_AT_ONCE: usize = 50;

/// One value of a row.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A number or a moment.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A text.
    Text(String),
    /// An id.
    Id(Uuid),
    /// A hash.
    Bytes(Vec<u8>),
}

macro_rules! cell {
    ($($from:ty => |$value:ident| $cell:expr;)*) => {
        $(impl From<$from> for Cell {
            fn from($value: $from) -> Self { $cell }
        })*
    };
}

cell! {
    i64 => |value| Self::Int(value);
    Millis => |value| Self::Int(value.0);
    bool => |value| Self::Bool(value);
    String => |value| Self::Text(value);
    &str => |value| Self::Text(value.to_owned());
    Uuid => |value| Self::Id(value);
    Vec<u8> => |value| Self::Bytes(value);
    &[u8] => |value| Self::Bytes(value.to_vec());
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A row of values.
macro_rules! cells {
    ($($value:expr),*) => { vec![$($crate::testing::seed::bulk::Cell::from($value)),*] };
}
pub(super) use cells;

macro_rules! tables {
    ($($table:ident = $name:literal ($($column:literal),*);)*) => {
        /// A table that is filled, in an order in which every row finds those that it refers to.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Table { $(#[doc = concat!("`", $name, "`")] $table,)* }

        impl Table {
            const ALL: &'static [Self] = &[$(Self::$table,)*];

            const fn name(self) -> &'static str {
                match self { $(Self::$table => $name,)* }
            }

            const fn columns(self) -> &'static [&'static str] {
                match self { $(Self::$table => &[$($column),*],)* }
            }
        }
    };
}

tables! {
    People = "people" ("id", "kind", "name", "email", "email_folded", "role", "password_hash",
        "language", "created_at");
    Threads = "threads" ("id", "kind", "status", "source", "subject", "customer_id",
        "customer_verified_at", "assignee_id", "public_change", "staff_change", "latest_place",
        "preview", "preview_side", "waiting_since", "created_at", "active_at", "subject_folded");
    Starts = "starts" ("client_key", "content_hash", "email_folded", "thread_id", "created_at");
    Participants = "participants" ("thread_id", "person_id", "role", "wants_mail", "joined_at");
    Messages = "messages" ("id", "thread_id", "kind", "author_id", "side", "body", "event",
        "public_place", "public_change", "staff_place", "staff_change", "known_by", "delivery",
        "client_key", "content_hash", "created_at");
    SearchDocs = "search_docs" ("number", "message_id", "thread_id");
    MessageWords = "search_messages" ("number", "words");
    NoteWords = "search_notes" ("number", "words");
    Reads = "reads" ("thread_id", "person_id", "side", "upto", "at");
    Receipts = "receipts" ("thread_id", "person_id", "upto", "at");
    TeamReads = "team_reads" ("thread_id", "upto", "at");
    Links = "links" ("id", "thread_id", "person_id", "origin", "hash", "created_at", "until",
        "last_used_at");
    Outbox = "outbox" ("id", "kind", "channel", "thread_id", "message_id", "person_id", "address",
        "bundle", "state", "due_at", "attempts", "sent_to", "sent_unverified", "sent_at",
        "created_at");
    ThreadCounts = "thread_counts" ("customer_id", "assignee_id", "status", "trashed", "threads");
    Audit = "audit" ("id", "at", "actor_id", "act", "thread_id", "person_id", "detail");
}

type Row = (Millis, Vec<Cell>);

/// Rows that wait to be written.
pub struct Shelf {
    office: Office,
    rows: Vec<Vec<Row>>,
    count: usize,
    /// How many of them the last writing has left.
    left: usize,
    /// How many threads each has in each status, nobody under the nil id.
    threads: BTreeMap<(Uuid, Status), i64>,
    /// How PostgreSQL's indexes of words are made again: it fills them far faster at the end.
    words: Vec<String>,
}

/// Whether anything was ever written here.
pub async fn has_threads(office: &Office) -> Result<bool, Error> {
    let mut conn = office.read().await?;
    let text = "SELECT COUNT(*) FROM (SELECT id FROM threads LIMIT 1) AS any_thread";
    let count: i64 = on!(&mut conn, c => sqlx::query_scalar(text).fetch_one(c).await)?;
    Ok(count > 0)
}

impl Shelf {
    /// An empty shelf for an office.
    pub fn new(office: &Office) -> Self {
        Self {
            office: office.clone(),
            rows: vec![Vec::new(); Table::ALL.len()],
            count: 0,
            left: 0,
            threads: BTreeMap::new(),
            words: Vec::new(),
        }
    }

    /// Makes everything ready for very many rows; [`Shelf::end`] is its other half.
    pub async fn begin(&mut self) -> Result<(), Error> {
        if self.is_sqlite() {
            return self.run("PRAGMA cache_size = -131072").await;
        }
        let text = "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() \
            AND indexname IN ('search_messages_words', 'search_notes_words')";
        let mut conn = self.office.read().await?;
        self.words = on!(&mut conn, c => sqlx::query_scalar(text).fetch_all(c).await)?;
        drop(conn);
        self.run("DROP INDEX search_messages_words, search_notes_words")
            .await
    }

    /// Whether the rows go to SQLite.
    pub fn is_sqlite(&self) -> bool {
        self.office.is_sqlite()
    }

    /// Whether it is time to write.
    pub fn is_full(&self) -> bool {
        self.count >= self.left + ROWS_NEW
    }

    /// Keeps a row.
    pub fn put(&mut self, table: Table, at: Millis, row: Vec<Cell>) {
        self.count += 1;
        self.rows[table as usize].push((at, row));
    }

    /// Counts a thread.
    pub fn count(&mut self, assignee: Option<PersonId>, status: Status) {
        let assignee = assignee.map_or(Uuid::nil(), |id| id.0);
        *self.threads.entry((assignee, status)).or_default() += 1;
    }

    /// Writes every row from before `below`.
    pub async fn write(&mut self, below: Millis) -> Result<(), Error> {
        let mut ready: Vec<(Table, Vec<Row>)> = Vec::new();
        for table in Table::ALL {
            let rows = &mut self.rows[*table as usize];
            rows.sort_by_key(|(at, row)| (*at, number(row)));
            let count = rows.partition_point(|(at, _)| *at < below);
            let rest = rows.split_off(count);
            let rows = std::mem::replace(rows, rest);
            self.count -= rows.len();
            ready.push((*table, rows));
        }
        self.left = self.count;
        let stored = self.office.write(|work| {
            Box::pin(async move {
                for (table, rows) in ready {
                    store(work, table, rows).await?;
                }
                Ok(())
            })
        });
        stored.await
    }

    /// Writes all that is left, and makes everything ready to be searched.
    pub async fn end(mut self) -> Result<(), Error> {
        let end = Millis(i64::MAX);
        for ((assignee, status), threads) in std::mem::take(&mut self.threads) {
            let row = cells![Uuid::nil(), assignee, status.as_str(), false, threads];
            self.put(Table::ThreadCounts, Millis(0), row);
        }
        self.write(end).await?;
        self.run(figures(self.is_sqlite())).await?;
        if self.is_sqlite() {
            // Nobody gathers statistics there, so neither does this.
            return Ok(());
        }
        for index in &self.words {
            self.run(index).await?;
        }
        self.run("ANALYZE").await
    }

    async fn run(&self, text: &str) -> Result<(), Error> {
        let text = text.to_owned();
        let done = self.office.write(|work| {
            Box::pin(async move {
                on!(&mut work.conn, c => sqlx::raw_sql(AssertSqlSafe(text)).execute(c).await
                    .map(|_| ()))?;
                Ok(())
            })
        });
        done.await
    }
}

/// How the migration that brought figures makes them of threads that are there already.
fn figures(is_sqlite: bool) -> &'static str {
    let migration = if is_sqlite {
        include_str!("../../../../migrations/sqlite/0024_figures.sql")
    } else {
        include_str!("../../../../migrations/postgres/0024_figures.sql")
    };
    let at = migration.find("INSERT INTO thread_times");
    &migration[at.expect("what it inserts")..]
}

/// What a row without a name of its own is ordered by: its first number.
fn number(row: &[Cell]) -> i64 {
    match row.first() {
        Some(Cell::Int(number)) => *number,
        _ => 0,
    }
}

async fn store(work: &mut Work, table: Table, rows: Vec<Row>) -> Result<(), Error> {
    match &mut work.conn {
        Conn::Sqlite(conn) => {
            let many = insert(table, ROWS_AT_ONCE);
            let one = insert(table, 1);
            let mut rows = rows.into_iter().map(|(_, row)| row);
            loop {
                let some: Vec<Vec<Cell>> = rows.by_ref().take(ROWS_AT_ONCE).collect();
                if some.len() < ROWS_AT_ONCE {
                    for row in some {
                        bind(conn, &one, vec![row]).await?;
                    }
                    return Ok(());
                }
                bind(conn, &many, some).await?;
            }
        }
        Conn::Postgres(conn) => {
            let (name, columns) = (table.name(), table.columns().join(", "));
            let text = format!("COPY {name} ({columns}) FROM STDIN");
            let mut copy = conn.copy_in_raw(&text).await?;
            for rows in rows.chunks(1000) {
                let mut lines = String::new();
                for (_, row) in rows {
                    line(row, &mut lines);
                }
                copy.send(lines.into_bytes()).await?;
            }
            copy.finish().await?;
            Ok(())
        }
    }
}

/// The statement of so many rows at once, on SQLite.
fn insert(table: Table, rows: usize) -> String {
    let (name, columns) = (table.name(), table.columns());
    let row = format!("({})", vec!["?"; columns.len()].join(", "));
    let rows = vec![row; rows].join(", ");
    // The index of words has no column of its own for its numbers.
    let columns = match table {
        Table::MessageWords | Table::NoteWords => "rowid, words".to_owned(),
        _ => columns.join(", "),
    };
    format!("INSERT INTO {name} ({columns}) VALUES {rows}")
}

async fn bind(conn: &mut SqliteConnection, text: &str, rows: Vec<Vec<Cell>>) -> Result<(), Error> {
    let mut query: sqlx::query::Query<'_, Sqlite, SqliteArguments> =
        sqlx::query(AssertSqlSafe(text.to_owned()));
    for cell in rows.into_iter().flatten() {
        query = match cell {
            Cell::Null => query.bind(None::<i64>),
            Cell::Int(value) => query.bind(value),
            Cell::Bool(value) => query.bind(value),
            Cell::Text(value) => query.bind(value),
            Cell::Id(value) => query.bind(value),
            Cell::Bytes(value) => query.bind(value),
        };
    }
    query.execute(conn).await?;
    Ok(())
}

/// A row in the text form of PostgreSQL's COPY.
fn line(row: &[Cell], to: &mut String) {
    use std::fmt::Write as _;
    for (n, cell) in row.iter().enumerate() {
        if n > 0 {
            to.push('\t');
        }
        // Writing to a string cannot fail.
        let _ = match cell {
            Cell::Null => write!(to, "\\N"),
            Cell::Int(value) => write!(to, "{value}"),
            Cell::Bool(value) => write!(to, "{}", if *value { 't' } else { 'f' }),
            Cell::Id(value) => write!(to, "{value}"),
            Cell::Bytes(bytes) => {
                to.push_str("\\\\x");
                bytes.iter().try_for_each(|byte| write!(to, "{byte:02x}"))
            }
            Cell::Text(text) => {
                for letter in text.chars() {
                    match letter {
                        '\\' => to.push_str("\\\\"),
                        '\t' => to.push_str("\\t"),
                        '\n' => to.push_str("\\n"),
                        '\r' => to.push_str("\\r"),
                        other => to.push(other),
                    }
                }
                Ok(())
            }
        };
    }
    to.push('\n');
}
