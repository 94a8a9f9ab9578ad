//! What can go wrong inside, and what the outside may know of it.

use pigeon_wire::Fault;

/// An error of a command. Only [`Error::Fault`] is meant for the caller; the others become
/// [`Fault::Internal`] or [`Fault::Busy`], with their cause in the log.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The caller asked for what cannot be; they are told.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The migrations failed.
    #[error("migration: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The batch that this unit was written in could not be committed; nothing of it is stored, and
    /// trying again is safe.
    #[error("the batch could not be committed: {0}")]
    BatchLost(String),
    /// A stored value makes no sense.
    #[error("inconsistent data in {table}.{column}: {what}")]
    Inconsistent {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
        /// What is wrong with it.
        what: String,
    },
    /// A unit of work ended without an answer: it panicked, or the program is stopping.
    #[error("a unit of work ended without an answer: {0}")]
    UnitLost(String),
    /// The password hasher failed.
    #[error("password hashing: {0}")]
    Hashing(String),
    /// The store of files failed.
    #[error("files: {0}")]
    Files(#[from] object_store::Error),
    /// The folder of files cannot be used.
    #[error("the folder of files: {0}")]
    Folder(std::io::Error),
    /// The configuration cannot be used.
    #[error("configuration: {0}")]
    Configuration(String),
}

/// Seconds after which a caller may try again when a batch was lost or hashing is overrun.
pub const RETRY_AFTER_S: u32 = 2;

impl From<Error> for Fault {
    /// Logs an inner cause once, here, where the error leaves the core.
    fn from(error: Error) -> Self {
        match error {
            Error::Fault(fault) => fault,
            Error::BatchLost(cause) => {
                tracing::error!(%cause, "a batch of writes could not be committed");
                Self::Busy {
                    retry_after_s: RETRY_AFTER_S,
                }
            }
            Error::Database(cause) if passes(&cause) => {
                tracing::error!(%cause, "the database could not do it just now");
                Self::Busy {
                    retry_after_s: RETRY_AFTER_S,
                }
            }
            Error::Files(cause) if is_full(&cause) => {
                tracing::error!(%cause, "there is no room for files");
                Self::Busy {
                    retry_after_s: RETRY_AFTER_S,
                }
            }
            other => {
                tracing::error!(cause = %other, "a command failed");
                Self::Internal
            }
        }
    }
}

/// Whether `error` tells of the database's trouble rather than of ours: a full disk, a server that
/// restarts, units that stood in each other's way. Trying again is safe, and may succeed.
fn passes(error: &sqlx::Error) -> bool {
    let code = match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => return true,
        sqlx::Error::Database(inner) => inner.code().unwrap_or_default(),
        _ => return false,
    };
    // PostgreSQL's classes: connection, rollback, resources, operator, system. SQLite's codes are
    // shorter numbers, of which the low byte is the kind: busy, locked, I/O, full.
    let class = code.get(..2).filter(|_| code.len() == 5);
    let kind = code.parse::<u32>().map(|number| number % 256);
    matches!(class, Some("08" | "40" | "53" | "57" | "58"))
        || matches!(kind, Ok(5 | 6 | 10 | 13)) && code.len() < 5
}

/// Whether the disk has no room left.
fn is_full(error: &object_store::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        let io = error.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::StorageFull) {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Whether `error` says that a unique value is taken.
pub fn is_taken(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(inner) if inner.is_unique_violation())
}
