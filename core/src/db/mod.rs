//! One SQL text for two databases: which one is chosen once, when the office opens.

#[cfg(test)]
mod explained;
pub(crate) mod later;
mod migrate;
mod postgres;
#[cfg(test)]
mod prepared;
pub(crate) mod sqlite;

use std::ops::{Deref, DerefMut};

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};

use crate::Error;
use crate::hub::Announcer;
use later::Later;
use sqlite::{Writer, WriterLease};

/// The open database.
pub enum Db {
    /// One file: many readers, one writer that commits in groups.
    Sqlite {
        /// Connections that only read.
        readers: SqlitePool,
        /// The one connection that writes.
        writer: Writer,
    },
    /// A PostgreSQL server.
    Postgres(PgPool),
}

/// A connection that a statement can run on: a reader's, or a unit of work's.
pub enum Conn {
    /// To the SQLite file.
    Sqlite(SqliteConn),
    /// To PostgreSQL.
    Postgres(PgConn),
}

/// A connection to SQLite.
pub enum SqliteConn {
    /// From the pool of readers.
    Reader(PoolConnection<Sqlite>),
    /// A lease on the one writer.
    Writer(WriterLease),
}

/// A connection to PostgreSQL.
pub enum PgConn {
    /// From the pool, outside any transaction.
    Reader(PoolConnection<Postgres>),
    /// Inside a unit's transaction.
    Unit(Transaction<'static, Postgres>),
}

impl SqliteConn {
    /// Puts a write off until something else is asked in its unit, or the unit ends. On a connection
    /// that only reads it runs at once, and fails.
    ///
    /// # Errors
    /// Those of a write that runs at once.
    pub async fn put_off(&mut self, write: Later) -> Result<(), sqlx::Error> {
        match self {
            Self::Reader(conn) => later::run(conn, vec![write], "").await,
            Self::Writer(lease) => {
                lease.put_off(write);
                Ok(())
            }
        }
    }

    /// The connection once everything that was put off has run.
    ///
    /// # Errors
    /// Those of what was put off.
    pub async fn ready(&mut self) -> Result<&mut SqliteConnection, sqlx::Error> {
        if let Self::Writer(lease) = self {
            lease.catch_up().await?;
        }
        Ok(&mut **self)
    }
}

impl Deref for SqliteConn {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Reader(conn) => conn,
            Self::Writer(lease) => lease,
        }
    }
}

impl DerefMut for SqliteConn {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Reader(conn) => conn,
            Self::Writer(lease) => lease,
        }
    }
}

impl Deref for PgConn {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        match self {
            Self::Reader(conn) => conn,
            Self::Unit(unit) => unit,
        }
    }
}

impl DerefMut for PgConn {
    fn deref_mut(&mut self) -> &mut PgConnection {
        match self {
            Self::Reader(conn) => conn,
            Self::Unit(unit) => unit,
        }
    }
}

/// Runs one expression on whichever connection `$conn` holds, after what was put off there.
macro_rules! on {
    ($conn:expr, $c:ident => $body:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite(inner) => match inner.ready().await {
                Ok(conn) => {
                    let $c: &mut sqlx::SqliteConnection = conn;
                    $body
                }
                Err(error) => Err(error),
            },
            $crate::db::Conn::Postgres(inner) => {
                let $c: &mut sqlx::PgConnection = &mut *inner;
                $body
            }
        }
    };
}

/// Chooses the text where the two databases truly differ.
macro_rules! dialect {
    ($conn:expr, sqlite: $sqlite:expr, postgres: $postgres:expr) => {
        match $conn {
            $crate::db::Conn::Sqlite(_) => $sqlite,
            $crate::db::Conn::Postgres(_) => $postgres,
        }
    };
}

/// Names every statement of a module and lists them for the test that prepares them all. `shared`
/// texts run on both databases, `sqlite` and `postgres` texts on theirs.
macro_rules! statements {
    ($($set:ident { $($(#[$doc:meta])* $name:ident = $text:expr;)* })*) => {
        $($($(#[$doc])* pub const $name: &str = $text;)*)*
        /// Every statement with the databases that it is for.
        #[cfg(test)]
        pub const ALL: &[(&str, &str, &str)] =
            &[$($((stringify!($set), stringify!($name), $name),)*)*];
    };
}

pub(crate) use {dialect, on, statements};

impl Db {
    /// Opens `url`, making and migrating the database where needed.
    ///
    /// # Errors
    /// When the address is of no known form, the database cannot be opened, or a migration fails.
    pub async fn open(url: &str, announcer: Announcer) -> Result<Self, Error> {
        if url.starts_with("sqlite:") {
            sqlite::open(url, announcer).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Ok(Self::Postgres(postgres::open(url).await?))
        } else {
            Err(Error::Configuration(
                "the database's address begins with sqlite:// or postgres://".to_owned(),
            ))
        }
    }

    /// A connection to read with.
    pub async fn read(&self) -> Result<Conn, Error> {
        Ok(match self {
            Self::Sqlite { readers, .. } => {
                Conn::Sqlite(SqliteConn::Reader(readers.acquire().await?))
            }
            Self::Postgres(pool) => Conn::Postgres(PgConn::Reader(pool.acquire().await?)),
        })
    }

    /// Whether this is the one-process database.
    pub const fn is_sqlite(&self) -> bool {
        matches!(self, Self::Sqlite { .. })
    }

    /// Closes every connection after what is under way; SQLite's log is folded into its file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { readers, writer } => {
                readers.close().await;
                writer.checkpoint().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
