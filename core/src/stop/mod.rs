//! Ending the mails about a thread from a mail itself, without signing in (RFC 8058). The key opens
//! nothing else, and whoever followed it may have the mails again.

pub(crate) mod sql;

use pigeon_wire::id::DAY_MS;
use pigeon_wire::{Fault, Millis, PersonId, ThreadId};

use crate::db::later::later;
use crate::db::{Conn, on};
use crate::guest::sql as party;
use crate::mailbox;
use crate::secret::Secret;
use crate::thread::merge;
use crate::thread::row::{self, ThreadRow};
use crate::work::Work;
use crate::{Error, Office};

/// How long a key works: longer than a mail lies about unread.
const LASTS_MS: i64 = 180 * DAY_MS;

#[derive(sqlx::FromRow)]
struct Key {
    thread_id: ThreadId,
    person_id: PersonId,
    wants_mail: bool,
}

/// Where a mail to `person` about `thread` can be ended: an address that works on any machine.
pub(crate) async fn address(
    work: &mut Work,
    thread: ThreadId,
    person: PersonId,
) -> Result<String, Error> {
    let secret = Secret::fresh(work.office.randomness());
    later!(
        &mut work.conn,
        sql::ADD,
        hash = secret.hash().as_bytes().to_vec(),
        thread = thread,
        person = person,
        now = work.now
    )?;
    let url = &work.office.settings().public_url;
    Ok([url, "/stop/", &secret.reveal()].concat())
}

/// Whether mails about the thread of this key are sent. Changes nothing: robots that read mail open
/// links too.
///
/// # Errors
/// [`Fault::NotFound`] for a key that opens nothing.
pub async fn wants(office: &Office, key: &str) -> Result<bool, Error> {
    let mut conn = office.read().await?;
    Ok(find(&mut conn, key, office.now()).await?.wants_mail)
}

/// Ends the mails about the thread of this key, or lets them be sent again. Those that wait are
/// dropped when they are due.
///
/// # Errors
/// [`Fault::NotFound`] for a key that opens nothing.
pub async fn set(office: &Office, key: &str, wants: bool) -> Result<(), Error> {
    let key = key.to_owned();
    office
        .write(move |work| {
            Box::pin(async move {
                let Key {
                    thread_id: thread,
                    person_id: person,
                    ..
                } = find(&mut work.conn, &key, work.now).await?;
                let thread = row::lock(work, thread).await?.ok_or(Fault::NotFound)?;
                later!(
                    &mut work.conn,
                    party::STOP_MAIL,
                    thread = thread.id,
                    person = person,
                    wants = wants
                )?;
                // Whoever has it on a list of their own sees it muted there.
                if let Some(was) = mailbox::find(&mut work.conn, person, thread.id).await? {
                    let mut now = was.clone();
                    now.wants_mail = wants;
                    mailbox::renew(work, &thread, &was, now).await?;
                }
                Ok(())
            })
        })
        .await
}

async fn find(conn: &mut Conn, key: &str, now: Millis) -> Result<Key, Error> {
    let secret = Secret::presented(key).ok_or(Fault::NotFound)?;
    let found: Option<Key> = on!(conn, c => sqlx::query_as(sql::FIND)
        .bind(secret.hash().as_bytes().to_vec()).bind(now.plus(-LASTS_MS))
        .fetch_optional(c).await)?;
    let key = found.ok_or(Fault::NotFound)?;
    let thread = row::find(conn, key.thread_id).await?;
    match thread.filter(|thread| thread.merged_into.is_some()) {
        None => Ok(key),
        Some(merged) => led(conn, key, merged).await,
    }
}

/// The key of a thread that was merged is one of where it goes on, whose mails its reader gets instead.
async fn led(conn: &mut Conn, key: Key, merged: ThreadRow) -> Result<Key, Error> {
    let customer = merged.customer_id;
    let there = merge::led(conn, merged).await?;
    let person_id = if key.person_id == customer {
        there.customer_id
    } else {
        key.person_id
    };
    let parties = row::participants(conn, there.id).await?;
    let party = parties.iter().find(|party| party.person_id == person_id);
    Ok(Key {
        thread_id: there.id,
        person_id,
        wants_mail: party.ok_or(Fault::NotFound)?.wants_mail,
    })
}

/// Removes keys that work no longer.
pub(crate) async fn sweep(work: &mut Work) -> Result<(), Error> {
    let before = work.now.plus(-LASTS_MS);
    later!(&mut work.conn, sql::SWEEP, before = before)?;
    Ok(())
}
