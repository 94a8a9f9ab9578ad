//! What became of one message's mail to the customer, for whoever works on its thread: the mail server's
//! words, and another try without looking after all mails.

use pigeon_wire::id::OutboxId;
use pigeon_wire::outbox::{MailFate, MailState};
use pigeon_wire::{Fault, MessageId, Millis, PersonId, ThreadId};

use super::{keep, sql};
use crate::actor::Account;
use crate::db::{Conn, on};
use crate::thread::access::{StaffReadable, StaffWritable, staff_reading, staff_writing};
use crate::{Error, Office};

/// A row of the ledger, and the row whose mail carries it.
#[derive(sqlx::FromRow)]
struct Row {
    id: OutboxId,
    joined_to: Option<OutboxId>,
    state: MailState,
    answer: Option<String>,
    attempts: i64,
    due_at: Millis,
}

/// What became of a message's mail to the customer as they are now; nothing where none is owed.
///
/// # Errors
/// [`Fault::NotFound`] for a thread that is not for this caller.
pub async fn fate(
    office: &Office,
    account: &Account,
    thread: ThreadId,
    message: MessageId,
) -> Result<Option<MailFate>, Error> {
    let mut conn = office.read().await?;
    let StaffReadable { thread, .. } =
        staff_reading(&mut conn, account, thread, office.now()).await?;
    let row = find(&mut conn, thread.id, message, thread.customer_id).await?;
    Ok(row.map(|row| MailFate {
        state: row.state,
        answer: row.answer,
        attempts: row.attempts,
        due_at: row.due_at,
    }))
}

/// Has a message's mail to the customer tried at once.
///
/// # Errors
/// [`Fault::NotFound`] when it has neither failed nor been put off; the refusals of writing in the thread.
pub async fn retry_message(
    office: &Office,
    account: &Account,
    thread: ThreadId,
    message: MessageId,
) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let StaffWritable { thread, me } = staff_writing(work, &account, thread).await?;
                let row = find(&mut work.conn, thread.id, message, thread.customer_id).await?;
                let row = row.ok_or(Fault::NotFound)?;
                let first = row.joined_to.unwrap_or(row.id);
                keep::try_again(work, Some(me.id), first).await
            })
        })
        .await
}

async fn find(
    conn: &mut Conn,
    thread: ThreadId,
    message: MessageId,
    customer: PersonId,
) -> Result<Option<Row>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::OF_MESSAGE)
        .bind(message).bind(thread).bind(customer).fetch_optional(c).await)?)
}
