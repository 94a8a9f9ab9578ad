//! What nobody posted is removed after a day, and so are bytes that no row speaks of: of uploads
//! that were cut off, and of threads that were purged.

use std::collections::HashSet;
use std::time::Duration;

use pigeon_wire::id::DAY_MS;
use pigeon_wire::{AttachmentId, Millis};

use super::{list, sql};
use crate::db::{dialect, on};
use crate::{Error, Office};

/// How long a file waits for its message, and how old bytes without a row must be: longer than an
/// upload can take.
const WAITING_MS: i64 = DAY_MS;
/// Between two sweeps.
const SWEEP_EVERY: Duration = Duration::from_hours(1);
/// Files that are asked for in one query.
const ASKED_AT_ONCE: usize = 500;

/// Sweeps now and then, as long as the office is open.
pub(crate) async fn keep(office: Office) {
    loop {
        match sweep(&office).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "files that belonged to nothing were removed"),
            Err(cause) => tracing::error!(%cause, "files could not be swept"),
        }
        tokio::select! {
            () = office.stopped() => return,
            () = tokio::time::sleep(SWEEP_EVERY) => {}
        }
    }
}

/// Removes rows that have waited too long, and old bytes without a row; answers how many files went
/// from the folder. Whoever purges threads calls this afterwards: their rows go with them.
pub async fn sweep(office: &Office) -> Result<usize, Error> {
    let before = office.now().plus(-WAITING_MS);
    office
        .write(move |work| {
            Box::pin(async move {
                on!(&mut work.conn, c => sqlx::query(sql::FORGET_WAITING)
                    .bind(before).execute(c).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await?;
    let mut found = office.files().all().await?;
    found.retain(|(id, _)| came_before(*id, before));
    let mut removed = 0;
    for chunk in found.chunks(ASKED_AT_ONCE) {
        let known = known(office, chunk.iter().map(|(id, _)| *id)).await?;
        for (id, path) in chunk.iter().filter(|(id, _)| !known.contains(id)) {
            // Cut-off uploads have names that the store does not tell of.
            match tokio::fs::remove_file(path).await {
                Ok(()) => removed += 1,
                Err(cause) => tracing::warn!(%id, %cause, "a file could not be removed"),
            }
        }
    }
    Ok(removed)
}

/// Which of these files have a row.
async fn known(
    office: &Office,
    ids: impl Iterator<Item = AttachmentId>,
) -> Result<HashSet<AttachmentId>, Error> {
    let mut conn = office.read().await?;
    let text = dialect!(&conn, sqlite: sql::KNOWN, postgres: sql::KNOWN_OF);
    let ids = list(ids.map(|id| id.to_string()));
    let known: Vec<AttachmentId> = on!(&mut conn, c => sqlx::query_scalar(text)
        .bind(ids).fetch_all(c).await)?;
    Ok(known.into_iter().collect())
}

/// Whether a file came in before `moment`, by the time that its id carries.
fn came_before(id: AttachmentId, moment: Millis) -> bool {
    let Some(at) = id.0.get_timestamp() else {
        return false;
    };
    let (seconds, nanos) = at.to_unix();
    let ms = i64::try_from(seconds)
        .unwrap_or(i64::MAX)
        .saturating_mul(1000);
    Millis(ms.saturating_add(i64::from(nanos / 1_000_000))) < moment
}
