//! What nobody needs any more: old deliveries, and hooks that were deleted.

use pigeon_wire::WebhookId;
use pigeon_wire::id::{DAY_MS, HOUR_MS};

use super::sql;
use crate::db::on;
use crate::work::Work;
use crate::{Error, Office};

/// How long a delivery is kept, whatever became of it: as a log, and to be sent again.
const KEPT_MS: i64 = 30 * DAY_MS;
/// Deliveries of one unit: others wait for the writer.
const SWEEP_UNIT: i64 = 500;
/// How long the row of a deleted hook stays at least: longer than any unit takes.
const FORGOTTEN_MS: i64 = HOUR_MS;

/// Removes deliveries that are older than 30 days, those of deleted hooks, and such hooks.
pub async fn sweep(office: &Office) -> Result<(), Error> {
    while !office.is_stopping() {
        let swept = office
            .write(|work| Box::pin(async move { sweep_some(work).await }))
            .await?;
        if swept < SWEEP_UNIT.unsigned_abs() {
            break;
        }
    }
    Ok(())
}

/// The most that was removed for one reason.
async fn sweep_some(work: &mut Work) -> Result<u64, Error> {
    let before = work.now.plus(-KEPT_MS);
    let mut most = on!(&mut work.conn, c => sqlx::query(sql::SWEEP)
        .bind(before).bind(SWEEP_UNIT).execute(c).await.map(|done| done.rows_affected()))?;
    let deleted: Vec<WebhookId> =
        on!(&mut work.conn, c => sqlx::query_scalar(sql::DELETED).fetch_all(c).await)?;
    let before = work.now.plus(-FORGOTTEN_MS);
    for hook in deleted {
        let gone = on!(&mut work.conn, c => sqlx::query(sql::SWEEP_OF)
            .bind(hook).bind(SWEEP_UNIT).execute(c).await.map(|done| done.rows_affected()))?;
        most = most.max(gone);
        on!(&mut work.conn, c => sqlx::query(sql::FORGET)
            .bind(hook).bind(before).execute(c).await.map(|_| ()))?;
    }
    Ok(most)
}
