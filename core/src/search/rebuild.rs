//! Writing the index anew: for entries from before there was one, and after a change of how words
//! are cut. In small units, so that the program serves meanwhile.

use pigeon_wire::{MessageId, ThreadId};
use uuid::Uuid;

use super::{index, sql};
use crate::db::on;
use crate::message::entry;
use crate::thread::row;
use crate::work::Work;
use crate::{Error, Office};

/// Entries of one unit: few enough that nobody who posts waits for long.
const ENTRIES_AT_ONCE: i64 = 100;

/// One step of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The last entry of the step, after which the next one goes on.
    pub last: MessageId,
    /// How many entries were written anew.
    pub count: usize,
}

/// Writes the documents of the next entries after `after`, or of the first, anew; `None` when there
/// are none left.
/// Doing a step twice does no harm.
pub async fn rebuild(office: &Office, after: Option<MessageId>) -> Result<Option<Step>, Error> {
    let after = after.unwrap_or(MessageId(Uuid::nil()));
    office
        .write(move |work| {
            Box::pin(async move {
                let entries: Vec<(MessageId, ThreadId)> = on!(&mut work.conn, c =>
                    sqlx::query_as(sql::ENTRIES_AFTER).bind(after).bind(ENTRIES_AT_ONCE)
                        .fetch_all(c).await)?;
                for (id, thread) in &entries {
                    anew(work, *id, *thread).await?;
                }
                Ok(entries.last().map(|(last, _)| Step {
                    last: *last,
                    count: entries.len(),
                }))
            })
        })
        .await
}

/// Writes one entry's document anew.
async fn anew(work: &mut Work, id: MessageId, thread: ThreadId) -> Result<(), Error> {
    let thread = row::find(&mut work.conn, thread).await?;
    let entry = entry::by_id(&mut work.conn, id).await?;
    let (Some(thread), Some(entry)) = (thread, entry) else {
        return Ok(());
    };
    on!(&mut work.conn, c => sqlx::query(sql::FORGET).bind(id).execute(c).await.map(|_| ()))?;
    let files: Vec<String> = entry.files.iter().map(|file| file.name.clone()).collect();
    index::add(work, &thread, &entry, &files).await
}
