//! Opening PostgreSQL.

use sqlx::PgPool;
use sqlx::postgres::PgPoolOptions;

use super::migrate;
use crate::Error;

/// Most connections of one node.
const CONNECTIONS_MAX: u32 = 16;

/// Opens the pool and runs what migrations are missing.
pub async fn open(url: &str) -> Result<PgPool, Error> {
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS_MAX)
        .connect(url)
        .await?;
    migrate::POSTGRES.run(&pool).await?;
    Ok(pool)
}
