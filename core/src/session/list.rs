//! The signed-in browsers of somebody: listed, and ended by their owner or whoever manages people.

use pigeon_wire::team::{SESSIONS_MAX, SessionView};
use pigeon_wire::{Fault, Millis, PersonId, SessionId};

use super::sql;
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::hub::{Announcement, Ended};
use crate::person::manage::Manager;
use crate::work::Work;
use crate::{Error, Office, person};

#[derive(sqlx::FromRow)]
struct SessionRow {
    id: SessionId,
    agent: String,
    created_at: Millis,
    seen_at: Millis,
}

/// The sessions of `person` that stand at `now`, the one used last first.
pub(crate) async fn of(
    conn: &mut Conn,
    person: PersonId,
    asking: SessionId,
    now: Millis,
) -> Result<Vec<SessionView>, Error> {
    let rows: Vec<SessionRow> = on!(conn, c => sqlx::query_as(sql::LIST)
        .bind(person).bind(now).bind(SESSIONS_MAX).fetch_all(c).await)?;
    Ok(rows
        .into_iter()
        .map(|row| SessionView {
            this: row.id == asking,
            id: row.id,
            agent: row.agent,
            created_at: row.created_at,
            seen_at: row.seen_at,
        })
        .collect())
}

/// The own sessions.
pub async fn own(office: &Office, account: &Account) -> Result<Vec<SessionView>, Error> {
    let mut conn = office.read().await?;
    let now = office.now();
    let me = person::in_person(&mut conn, account, now).await?;
    of(&mut conn, me.id, account.session()?, now).await
}

/// Ends one of the own sessions, or of `person` for whoever manages people. A session that has ended
/// meanwhile is none any more.
///
/// # Errors
/// [`Fault::NotFound`] for a session that is not theirs.
pub async fn end(
    office: &Office,
    account: &Account,
    person: PersonId,
    session: SessionId,
) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let actor = may_end(work, &account, person).await?;
                let ended: Option<SessionId> =
                    on!(&mut work.conn, c => sqlx::query_scalar(sql::DELETE_OF)
                        .bind(session).bind(person).fetch_optional(c).await)?;
                let session = ended.ok_or(Fault::NotFound)?;
                work.tell(Announcement::Ended(Ended::Session(session)));
                audit::note(work, Some(actor), Act::SessionEnded, About::person(person)).await
            })
        })
        .await
}

/// Ends every session of `person` but the one that asks.
pub async fn end_others(office: &Office, account: &Account, person: PersonId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let actor = may_end(work, &account, person).await?;
                end_others_of(work, person, account.session()?).await?;
                audit::note(work, Some(actor), Act::SessionsEnded, About::person(person)).await
            })
        })
        .await
}

/// Proves that `account` may end sessions of `person`: their own, or as whoever manages people.
async fn may_end(work: &mut Work, account: &Account, person: PersonId) -> Result<PersonId, Error> {
    if person == account.person {
        let me = person::in_person(&mut work.conn, account, work.now).await?;
        return Ok(me.id);
    }
    let manager = Manager::writing(work, account).await?;
    manager.target(&mut work.conn, person).await?;
    Ok(manager.me.id)
}

/// Ends every session of `person` but `kept`.
pub(crate) async fn end_others_of(
    work: &mut Work,
    person: PersonId,
    kept: SessionId,
) -> Result<(), Error> {
    let ended: Vec<SessionId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::DELETE_OTHERS)
        .bind(person).bind(kept).fetch_all(c).await)?;
    for session in ended {
        work.tell(Announcement::Ended(Ended::Session(session)));
    }
    Ok(())
}

/// Ends every session of `person`, and their lines, whichever session those came by.
pub(crate) async fn end_all(work: &mut Work, person: PersonId) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::DELETE_ALL)
        .bind(person).execute(c).await.map(|_| ()))?;
    work.tell(Announcement::Ended(Ended::Person(person)));
    Ok(())
}
