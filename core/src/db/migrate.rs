//! Runs the right folder of migrations; the texts are part of the program.

use sqlx::migrate::Migrator;

/// The migrations of SQLite.
pub static SQLITE: Migrator = sqlx::migrate!("../migrations/sqlite");
/// The migrations of PostgreSQL.
pub static POSTGRES: Migrator = sqlx::migrate!("../migrations/postgres");
