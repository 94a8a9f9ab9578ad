//! Looking after the outbox: what stands where, trying again, cancelling. A mail in the list is what
//! leaves as one: the rows of a bundle, shown by the first of them.

use std::collections::BTreeMap;

use pigeon_wire::id::OutboxId;
use pigeon_wire::note::Delivery;
use pigeon_wire::outbox::{
    MAILS_PAGE, MailCounts, MailCursor, MailKind, MailLine, MailPage, MailState, MailView,
    RETRY_ALL_MAX,
};
use pigeon_wire::permission::Permission;
use pigeon_wire::{Fault, MessageId, Millis, PersonId, ThreadId};
use serde_json::json;

use super::settle;
use super::sql;
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::hub::Announcement;
use crate::work::Work;
use crate::{Error, Office, person};

/// What stands in the list for a mail that a person has cancelled.
const CANCELLED: &str = "cancelled by hand";

/// Who looks after the mails.
#[derive(Clone, Debug)]
pub enum Keeper {
    /// Somebody signed in, who must be allowed to.
    Account(Account),
    /// Whoever holds the machine and its database.
    Operator,
}

impl Keeper {
    /// Who it is, once it is proven that they may. What is about a thread in which they are the
    /// customer is kept from them.
    pub(super) async fn prove(
        &self,
        conn: &mut Conn,
        now: Millis,
    ) -> Result<Option<PersonId>, Error> {
        match self {
            Self::Operator => Ok(None),
            Self::Account(account) => {
                let rights = person::rights(conn, account, now).await?;
                rights.need(Permission::ManageSettings)?;
                Ok(Some(rights.id))
            }
        }
    }
}

#[derive(sqlx::FromRow)]
struct LineRow {
    id: OutboxId,
    kind: MailKind,
    state: MailState,
    address: Option<String>,
    name: Option<String>,
    thread_id: Option<ThreadId>,
    answer: Option<String>,
    attempts: i64,
    created_at: Millis,
    due_at: Millis,
    sent_at: Option<Millis>,
}

impl From<LineRow> for MailLine {
    fn from(row: LineRow) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            state: row.state,
            address: row.address,
            name: row.name,
            thread: row.thread_id,
            answer: row.answer,
            attempts: row.attempts,
            created_at: row.created_at,
            due_at: row.due_at,
            sent_at: row.sent_at,
        }
    }
}

/// A page of mails, going on after `after`.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever may not.
pub async fn page(
    office: &Office,
    keeper: &Keeper,
    view: MailView,
    after: Option<MailCursor>,
) -> Result<MailPage, Error> {
    let mut conn = office.read().await?;
    let me = keeper.prove(&mut conn, office.now()).await?;
    let (page, first) = match view {
        MailView::Trouble => (sql::TROUBLE, MailState::Failed),
        MailView::Waiting => (sql::WAITING, MailState::Leased),
        MailView::Sent => (sql::SENT, MailState::Sent),
        MailView::Dropped => (sql::DROPPED, MailState::Dropped),
    };
    // Where no page ended, the list begins above everything.
    let MailCursor { state, at, id } = after.unwrap_or(MailCursor {
        state: first,
        at: Millis(i64::MAX),
        id: OutboxId(uuid::Uuid::max()),
    });
    let mut rows: Vec<LineRow> = on!(&mut conn, c => sqlx::query_as(page)
        .bind(me).bind(state).bind(at).bind(id).bind(MAILS_PAGE + 1)
        .fetch_all(c).await)?;
    let most = usize::try_from(MAILS_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > most;
    rows.truncate(most);
    let next = rows.last().filter(|_| more).map(|last| MailCursor {
        state: last.state,
        at: last.sent_at.unwrap_or(last.created_at),
        id: last.id,
    });
    Ok(MailPage {
        view,
        counts: counts(&mut conn, me, office.now()).await?,
        way: office.mailer().way(),
        lines: rows.into_iter().map(MailLine::from).collect(),
        next,
    })
}

async fn counts(conn: &mut Conn, me: Option<PersonId>, now: Millis) -> Result<MailCounts, Error> {
    let since = now.plus(-pigeon_wire::id::DAY_MS);
    Ok(on!(conn, c => sqlx::query_as(sql::COUNTS).bind(me).bind(since).fetch_one(c).await)?)
}

/// How many mails have failed and wait for somebody's eye.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever may not look after mails.
pub async fn failed(office: &Office, account: &Account) -> Result<i64, Error> {
    let mut conn = office.read().await?;
    let keeper = Keeper::Account(account.clone());
    let me = keeper.prove(&mut conn, office.now()).await?;
    Ok(on!(&mut conn, c => sqlx::query_scalar(sql::FAILED).bind(me).fetch_one(c).await)?)
}

/// Has a mail that failed or was put off tried at once. One that has failed for its age gets one try.
///
/// # Errors
/// [`Fault::NotFound`] when it is neither any more.
pub async fn retry(office: &Office, keeper: &Keeper, id: OutboxId) -> Result<(), Error> {
    let keeper = keeper.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = keeper.prove(&mut work.conn, work.now).await?;
                try_again(work, me, id).await
            })
        })
        .await
}

/// Has the failed mails tried at once, the newest [`RETRY_ALL_MAX`] of them; how many.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever may not.
pub async fn retry_all(office: &Office, keeper: &Keeper) -> Result<i64, Error> {
    let keeper = keeper.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = keeper.prove(&mut work.conn, work.now).await?;
                let failed: Vec<OutboxId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::ALL_FAILED)
                    .bind(me).bind(RETRY_ALL_MAX).fetch_all(c).await)?;
                let mut count = 0;
                for id in failed {
                    count += i64::from(again(work, me, id).await?);
                }
                if count > 0 {
                    noted(work, me, Act::MailRetried, count).await?;
                }
                Ok(count)
            })
        })
        .await
}

/// Cancels a mail that has not left, or puts a failed one aside.
///
/// # Errors
/// [`Fault::NotFound`] when it has left, or is on its way.
pub async fn cancel(office: &Office, keeper: &Keeper, id: OutboxId) -> Result<(), Error> {
    let keeper = keeper.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = keeper.prove(&mut work.conn, work.now).await?;
                let aside: Vec<Touched> = on!(&mut work.conn, c => sqlx::query_as(sql::PUT_ASIDE)
                    .bind(id).bind(me).bind(work.now).fetch_all(c).await)?;
                let waiting: Vec<Touched> = on!(&mut work.conn, c => sqlx::query_as(sql::CANCEL)
                    .bind(id).bind(me).bind(work.now).bind(CANCELLED).fetch_all(c).await)?;
                if aside.is_empty() && waiting.is_empty() {
                    return Err(Fault::NotFound.into());
                }
                show(work, &waiting, Delivery::Unneeded).await?;
                noted(work, me, Act::MailCancelled, 1).await
            })
        })
        .await
}

/// A row that was touched, with what shows it to the team.
#[derive(sqlx::FromRow)]
#[expect(clippy::struct_field_names, reason = "the columns' names")]
struct Touched {
    thread_id: Option<ThreadId>,
    person_id: Option<PersonId>,
    message_id: Option<MessageId>,
}

/// Has one mail tried at once for somebody who has proven that they may.
pub(super) async fn try_again(
    work: &mut Work,
    me: Option<PersonId>,
    id: OutboxId,
) -> Result<(), Error> {
    if !again(work, me, id).await? {
        return Err(Fault::NotFound.into());
    }
    noted(work, me, Act::MailRetried, 1).await
}

async fn again(work: &mut Work, me: Option<PersonId>, id: OutboxId) -> Result<bool, Error> {
    let touched: Vec<Touched> = on!(&mut work.conn, c => sqlx::query_as(sql::RETRY)
        .bind(id).bind(me).bind(work.now).fetch_all(c).await)?;
    show(work, &touched, Delivery::Queued).await?;
    work.tell(Announcement::Mail);
    Ok(!touched.is_empty())
}

async fn show(work: &mut Work, touched: &[Touched], delivery: Delivery) -> Result<(), Error> {
    let mut about: BTreeMap<ThreadId, Vec<MessageId>> = BTreeMap::new();
    for row in touched {
        if let (Some(thread), Some(message)) = (row.thread_id, row.message_id) {
            about.entry(thread).or_default().push(message);
        }
    }
    let recipient = touched.first().and_then(|row| row.person_id);
    for (thread, messages) in about {
        settle::show(work, thread, recipient, &messages, delivery).await?;
    }
    Ok(())
}

async fn noted(work: &mut Work, me: Option<PersonId>, act: Act, count: i64) -> Result<(), Error> {
    let about = About::default().with(json!({ "count": count }));
    audit::note(work, me, act, about).await
}
