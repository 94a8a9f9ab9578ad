//! Reports: a participant shows some messages to whoever manages people, who see those and nothing
//! else.

use pigeon_wire::direct::{REPORTS_PAGE, ReportForm, ReportView, ReportedLine};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::RecordId;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::PersonRef;
use pigeon_wire::thread::ThreadKind;
use pigeon_wire::{Fault, Millis, PersonId, ThreadId};

use super::sql;
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::limit::{self, Limit};
use crate::mailbox::Shelf;
use crate::person;
use crate::thread::access::{UserWritable, user_holding, user_writing};
use crate::{Error, Office};

/// Reports messages of others in a direct thread, or in a request.
///
/// # Errors
/// What is wrong with the form; [`Fault::TooMany`].
pub async fn report(
    office: &Office,
    account: &Account,
    id: ThreadId,
    form: &ReportForm,
) -> Result<(), Error> {
    let (messages, reason) = form.check()?;
    let limits = [Limit::reports_by(account.person)];
    office.limits().count(&limits, office.now())?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let held = match user_holding(work, &account, id, Shelf::Asked).await {
                    Err(Error::Fault(Fault::NotFound)) => user_writing(work, &account, id).await?,
                    held => held?,
                };
                let UserWritable { thread, me, row } = held;
                if thread.kind != ThreadKind::Direct {
                    return Err(Fault::NotFound.into());
                }
                limit::count_stored(work, &limits).await?;
                let report = RecordId(work.office.fresh_id());
                on!(&mut work.conn, c => sqlx::query(sql::ADD_REPORT)
                    .bind(report).bind(id).bind(me.id).bind(&reason).bind(work.now)
                    .execute(c).await.map(|_| ()))?;
                for message in messages {
                    let added = on!(&mut work.conn, c => sqlx::query(sql::ADD_REPORTED)
                        .bind(report).bind(message).bind(id).bind(row.since).bind(me.id)
                        .execute(c).await.map(|done| done.rows_affected()))?;
                    if added == 0 {
                        return Err(Fault::field(Field::Messages, Problem::Unknown).into());
                    }
                }
                Ok(())
            })
        })
        .await
}

/// The reports that nobody has settled, oldest first.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever does not manage people.
pub async fn reports(office: &Office, account: &Account) -> Result<Vec<ReportView>, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    me.need(Permission::ManagePeople)?;
    let rows: Vec<(RecordId, Millis, PersonId, String, String, ThreadId)> = on!(&mut conn, c =>
        sqlx::query_as(sql::REPORTS).bind(REPORTS_PAGE).fetch_all(c).await)?;
    let mut views = Vec::new();
    let may_read = me.permissions.has(Permission::ReadDirect);
    for (id, at, reporter, name, reason, thread) in rows {
        views.push(ReportView {
            id,
            at,
            reporter: PersonRef { id: reporter, name },
            reason,
            thread: may_read.then_some(thread),
            lines: lines(&mut conn, id).await?,
        });
    }
    Ok(views)
}

async fn lines(conn: &mut Conn, report: RecordId) -> Result<Vec<ReportedLine>, Error> {
    let rows: Vec<(PersonId, String, String, Millis)> = on!(conn, c =>
        sqlx::query_as(sql::REPORTED).bind(report).fetch_all(c).await)?;
    let line = |(id, name, body, at)| ReportedLine {
        author: PersonRef { id, name },
        body,
        at,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Puts a report aside as dealt with.
///
/// # Errors
/// [`Fault::NotFound`] where somebody else was quicker.
pub async fn settle(office: &Office, account: &Account, report: RecordId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = person::rights(&mut work.conn, &account, work.now).await?;
                me.need(Permission::ManagePeople)?;
                let settled = on!(&mut work.conn, c => sqlx::query(sql::SETTLE)
                    .bind(report).bind(work.now).bind(me.id)
                    .execute(c).await.map(|done| done.rows_affected()))?;
                if settled == 0 {
                    return Err(Fault::NotFound.into());
                }
                audit::note(work, Some(me.id), Act::ReportSettled, About::default()).await
            })
        })
        .await
}
