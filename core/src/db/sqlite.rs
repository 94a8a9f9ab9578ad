//! SQLite: a pool of readers, and one writer that commits many waiting units of work at once.
//!
//! Whoever holds the writer runs its unit inside a savepoint. At its end, if somebody else already
//! waits for the writer, the unit leaves its answer in the batch and lets the next one go on in the
//! same transaction; if nobody waits, or the batch is full, it commits, and every unit of the batch
//! is answered. No unit is answered before that commit, whatever its answer: a "key already seen" may
//! have seen a row of this very batch.

use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::later::{self, Later};
use super::{Db, migrate};
use crate::Error;
use crate::hub::{Announcement, Announcer, AnnouncerSeat};

/// Most units of one batch, so that the first of them does not wait for ever.
const BATCH_UNITS_MAX: usize = 256;
/// Connections that read: enough to keep two cores busy while some wait for pages from the disk.
const READERS: u32 = 6;
/// How long a statement waits for another process that holds the file's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Opens the file of `url`, makes it where it is missing, and migrates it.
pub async fn open(url: &str, announcer: Announcer) -> Result<Db, Error> {
    let options = SqliteConnectOptions::from_str(url)?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // Acknowledged means on the disk: in WAL mode anything less than FULL may lose the last
        // commits with the power.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY_TIMEOUT)
        .disable_statement_logging();
    let mut conn = options.connect().await?;
    migrate::SQLITE.run(&mut conn).await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .connect_lazy_with(options.read_only(true).create_if_missing(false));
    let state = State {
        conn,
        open: false,
        torn: false,
        begun: false,
        batch: Vec::new(),
    };
    let writer = Writer(Arc::new(Shared {
        state: Arc::new(Mutex::new(state)),
        waiting: AtomicUsize::new(0),
        announcer,
    }));
    Ok(Db::Sqlite { readers, writer })
}

/// The one connection that writes.
#[derive(Clone)]
pub struct Writer(Arc<Shared>);

struct Shared {
    state: Arc<Mutex<State>>,
    /// Units that wait for the connection now.
    waiting: AtomicUsize,
    announcer: Announcer,
}

struct State {
    conn: SqliteConnection,
    /// Whether a transaction is open.
    open: bool,
    /// Whether a unit ended without finishing, so that its savepoint still stands.
    torn: bool,
    /// Whether the next unit's savepoint stands already: it was set with the end of the last one.
    begun: bool,
    /// The units of the open transaction that are done and wait for its commit.
    batch: Vec<Done>,
}

struct Done {
    answer: oneshot::Sender<Result<(), String>>,
    announcements: Vec<Announcement>,
    seat: AnnouncerSeat,
}

/// The right to write, for one unit of work. Must be ended by [`WriterLease::finish`]; one that is
/// dropped is rolled back.
pub struct WriterLease {
    state: OwnedMutexGuard<State>,
    writer: Writer,
    seat: Option<AnnouncerSeat>,
    finished: bool,
    /// Writes of the unit that have not run yet.
    later: Vec<Later>,
}

impl Deref for WriterLease {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        &self.state.conn
    }
}

impl DerefMut for WriterLease {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.state.conn
    }
}

impl Writer {
    /// Waits for the writer and begins a unit. Must run in a task that is not cancelled: a waiter
    /// that vanishes could leave others' batch without anybody to commit it.
    pub async fn lease(&self) -> Result<WriterLease, Error> {
        // The place in the announcer's queue is taken first: with the lease in hand nothing but SQL
        // is awaited.
        let seat = self.0.announcer.seat().await?;
        self.0.waiting.fetch_add(1, Ordering::SeqCst);
        let mut state = Arc::clone(&self.0.state).lock_owned().await;
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
        if state.torn {
            state.torn = false;
            if sqlx::query(sql::ROLLBACK_UNIT)
                .execute(&mut state.conn)
                .await
                .is_err()
            {
                state
                    .fail("a unit was torn and could not be rolled back")
                    .await;
            }
        }
        if !std::mem::take(&mut state.begun) {
            let begin = if state.open {
                sql::BEGIN_UNIT
            } else {
                sql::BEGIN_BATCH
            };
            if let Err(error) = sqlx::query(begin).execute(&mut state.conn).await {
                state.fail(&error.to_string()).await;
                return Err(error.into());
            }
        }
        state.open = true;
        Ok(WriterLease {
            state,
            writer: self.clone(),
            seat: Some(seat),
            finished: false,
            later: Vec::new(),
        })
    }

    /// Folds the write-ahead log into the file, when the program stops.
    pub async fn checkpoint(&self) {
        let mut state = self.0.state.lock().await;
        if let Err(cause) = sqlx::query(sql::CHECKPOINT).execute(&mut state.conn).await {
            tracing::warn!(%cause, "the write-ahead log could not be folded in");
        }
    }
}

impl WriterLease {
    /// Puts a write off until the unit asks something else or ends.
    pub fn put_off(&mut self, write: Later) {
        self.later.push(write);
    }

    /// Runs what was put off.
    pub async fn catch_up(&mut self) -> Result<(), sqlx::Error> {
        if self.later.is_empty() {
            return Ok(());
        }
        let writes = std::mem::take(&mut self.later);
        later::run(&mut self.state.conn, writes, "").await
    }

    /// Ends the unit, keeping or undoing what it wrote, and waits until the batch is on the disk.
    /// `announcements` leave after the commit, in the order of the units.
    ///
    /// # Errors
    /// [`Error::BatchLost`] when the batch could not be committed: nothing of it is stored. What is
    /// wrong with a write that was put off, which undoes its unit alone.
    pub async fn finish(
        mut self,
        keep: bool,
        announcements: Vec<Announcement>,
    ) -> Result<(), Error> {
        self.finished = true;
        let (answer, answered) = oneshot::channel();
        let Some(seat) = self.seat.take() else {
            return Err(Error::UnitLost("finished twice".to_owned()));
        };
        let full = self.state.batch.len() + 1 >= BATCH_UNITS_MAX;
        let last = full || self.writer.0.waiting.load(Ordering::SeqCst) == 0;
        let (kept, undone) = if last {
            (sql::KEEP_UNIT_AND_COMMIT, sql::ROLLBACK_UNIT_AND_COMMIT)
        } else {
            (sql::KEEP_UNIT_AND_BEGIN, sql::ROLLBACK_UNIT_AND_BEGIN)
        };
        let mut later = std::mem::take(&mut self.later);
        if !keep {
            later.clear();
        }
        let was_put_off = !later.is_empty();
        let end = if keep { kept } else { undone };
        let mut ended = later::run(&mut self.state.conn, later, end).await;
        let mut refused = None;
        if was_put_off && let Err(error) = ended {
            // It may be the unit's own fault; if it is the commit's, there is no unit left to undo.
            ended = later::run(&mut self.state.conn, Vec::new(), undone).await;
            refused = Some(error);
        }
        let is_kept = keep && refused.is_none();
        self.state.batch.push(Done {
            answer,
            announcements: if is_kept { announcements } else { Vec::new() },
            seat,
        });
        match ended {
            Err(error) => self.state.fail(&error.to_string()).await,
            Ok(()) if last => self.state.succeed(),
            Ok(()) => self.state.begun = true,
        }
        drop(self);
        match (answered.await, refused) {
            (Ok(Ok(())), Some(error)) => Err(error.into()),
            (Ok(Ok(())), None) => Ok(()),
            (Ok(Err(cause)), _) => Err(Error::BatchLost(cause)),
            (Err(_), _) => Err(Error::UnitLost("the program is stopping".to_owned())),
        }
    }
}

impl Drop for WriterLease {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        // A unit that panicked: its savepoint still stands. Whoever comes next rolls it back; if
        // nobody does, the batch of the others still has to be committed.
        self.state.torn = true;
        let writer = self.writer.clone();
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                if let Ok(lease) = writer.lease().await {
                    let _ = lease.finish(false, Vec::new()).await;
                }
            });
        }
    }
}

impl State {
    /// The batch is on the disk: announce and answer, in order.
    fn succeed(&mut self) {
        self.open = false;
        for done in self.batch.drain(..) {
            done.seat.announce(done.announcements);
            // Nobody listens any more when the caller's task was aborted; the row is stored.
            let _ = done.answer.send(Ok(()));
        }
    }

    /// The batch is lost: every unit of it is told so.
    async fn fail(&mut self, cause: &str) {
        // SQLite may have rolled back by itself (disk full); then there is nothing left to undo.
        let _ = sqlx::query(sql::ROLLBACK_BATCH)
            .execute(&mut self.conn)
            .await;
        self.open = false;
        self.begun = false;
        for done in self.batch.drain(..) {
            let _ = done.answer.send(Err(cause.to_owned()));
        }
    }
}

/// The statements of the writer: SQLite takes several in one call.
mod sql {
    pub const BEGIN_BATCH: &str = "BEGIN IMMEDIATE; SAVEPOINT unit";
    pub const BEGIN_UNIT: &str = "SAVEPOINT unit";
    pub const KEEP_UNIT_AND_BEGIN: &str = "RELEASE unit; SAVEPOINT unit";
    pub const KEEP_UNIT_AND_COMMIT: &str = "RELEASE unit; COMMIT";
    pub const ROLLBACK_UNIT_AND_BEGIN: &str = "ROLLBACK TO unit";
    pub const ROLLBACK_UNIT: &str = "ROLLBACK TO unit; RELEASE unit";
    pub const ROLLBACK_UNIT_AND_COMMIT: &str = "ROLLBACK TO unit; RELEASE unit; COMMIT";
    pub const ROLLBACK_BATCH: &str = "ROLLBACK";
    pub const CHECKPOINT: &str = "PRAGMA wal_checkpoint(TRUNCATE)";
}
