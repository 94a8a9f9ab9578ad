//! How something comes into the quarantine: what the honeypot caught as it was typed, what a blocked
//! sender wrote as the message that it became for them.

use pigeon_wire::id::RecordId;
use pigeon_wire::message::Start;
use pigeon_wire::quarantine::CatchReason;
use pigeon_wire::text::{Body, Subject};
use pigeon_wire::thread::Source;
use pigeon_wire::{MessageId, ThreadId};

use super::sql;
use crate::Error;
use crate::actor::Visitor;
use crate::db::on;
use crate::thread::row::ThreadRow;
use crate::work::Work;

/// What was caught.
struct Caught<'c> {
    name: &'c str,
    email: &'c str,
    subject: Option<&'c str>,
    body: &'c str,
    source: Source,
    bait: &'c str,
    reason: CatchReason,
    became: Option<(ThreadId, MessageId)>,
}

/// Keeps a start that filled in the honeypot.
pub(crate) async fn keep_start(
    work: &mut Work,
    start: &Start,
    bait: &str,
    source: Source,
    visitor: &Visitor,
) -> Result<(), Error> {
    let caught = Caught {
        name: start.name.as_str(),
        email: start.email.as_str(),
        subject: start.subject.as_ref().map(Subject::as_str),
        body: start.body.as_ref().map_or("", Body::as_str),
        source,
        bait,
        reason: CatchReason::Honeypot,
        became: None,
    };
    keep(work, &caught, visitor).await
}

/// Keeps a message of a blocked sender, which only they see.
pub(crate) async fn keep_message(
    work: &mut Work,
    thread: &ThreadRow,
    message: MessageId,
    body: &str,
    visitor: &Visitor,
) -> Result<(), Error> {
    let caught = Caught {
        name: &thread.customer_name,
        email: &thread.customer_email,
        subject: thread.subject.as_deref(),
        body,
        source: thread.source,
        bait: "",
        reason: CatchReason::Blocked,
        became: Some((thread.id, message)),
    };
    keep(work, &caught, visitor).await
}

async fn keep(work: &mut Work, caught: &Caught<'_>, visitor: &Visitor) -> Result<(), Error> {
    let id = RecordId(work.office.fresh_id());
    let (thread, message) = caught.became.unzip();
    on!(&mut work.conn, c => sqlx::query(sql::ADD)
        .bind(id).bind(caught.name).bind(caught.email).bind(caught.subject).bind(caught.body)
        .bind(caught.source).bind(caught.bait).bind(&visitor.address).bind(visitor.language)
        .bind(work.now).bind(caught.reason).bind(thread).bind(message)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}
