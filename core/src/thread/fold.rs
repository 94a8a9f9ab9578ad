//! Subjects of threads from before lists could stand by subject: folded once, at the start.

use pigeon_wire::ThreadId;
use pigeon_wire::inbox::fold_subject;

use super::sql;
use crate::db::on;
use crate::{Error, Office};

/// Threads of one unit.
const FOLD_THREADS: i64 = 500;

/// Folds the subjects that are not folded yet.
pub(crate) async fn fold_subjects(office: &Office) -> Result<(), Error> {
    loop {
        let mut conn = office.read().await?;
        let unfolded: Vec<(ThreadId, Option<String>)> = on!(&mut conn, c =>
            sqlx::query_as(sql::UNFOLDED).bind(FOLD_THREADS).fetch_all(c).await)?;
        drop(conn);
        if unfolded.is_empty() {
            return Ok(());
        }
        office
            .write(move |work| {
                Box::pin(async move {
                    for (id, subject) in unfolded {
                        let folded = fold_subject(subject.as_deref().unwrap_or_default());
                        on!(&mut work.conn, c => sqlx::query(sql::FOLD).bind(id).bind(&folded)
                            .execute(c).await.map(|_| ()))?;
                    }
                    Ok(())
                })
            })
            .await?;
    }
}
