//! An author mends a message of a direct thread soon after writing it. What it said is kept.

use pigeon_wire::direct::EDIT_MS;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::text::Body;
use pigeon_wire::{Fault, MessageId, ThreadId};

use super::party::direct;
use super::sql;
use crate::actor::Account;
use crate::db::on;
use crate::message::entry::{self, EntryKind};
use crate::thread::access::UserWritable;
use crate::thread::change::Change;
use crate::{Error, Office};

/// Changes the text of an own message, within [`EDIT_MS`] after it was written.
///
/// # Errors
/// What is wrong with the text; [`Problem::Unknown`] for what is no message of the author's;
/// [`Fault::Changed`] when it is too late.
pub async fn edit(
    office: &Office,
    account: &Account,
    id: ThreadId,
    message: MessageId,
    body: &str,
) -> Result<(), Error> {
    let body = Body::parse(body).map_err(|problem| Fault::field(Field::Body, problem))?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let UserWritable { thread, me, .. } = direct(work, &account, id).await?;
                let is_here: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::IS_IN)
                    .bind(message).bind(id).fetch_one(c).await)?;
                let found = entry::by_id(&mut work.conn, message).await?;
                let is_own = found.filter(|row| {
                    is_here > 0 && row.author_id == me.id && row.kind == EntryKind::Message
                });
                let unknown = Fault::field(Field::Messages, Problem::Unknown);
                let row = is_own.ok_or(unknown)?;
                if work.now.since(row.created_at) > EDIT_MS {
                    return Err(Fault::Changed.into());
                }
                if row.body == body.as_str() {
                    return Ok(());
                }
                let mut change = Change::of(thread);
                on!(&mut work.conn, c => sqlx::query(sql::KEEP_BODY)
                    .bind(message).bind(work.now).bind(&row.body).execute(c).await.map(|_| ()))?;
                change.mend(work, row, &body).await?;
                change.finish(work).await
            })
        })
        .await
}
