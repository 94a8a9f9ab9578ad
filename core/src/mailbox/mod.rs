//! The lists of users: what stands in whose, what is unread, and how much of it counts for the badge.
//! All of it is kept in the unit that changes a thread, so that nothing is ever counted over threads;
//! badge, list and tab title are told from the same rows.

mod keep;
pub(crate) mod sql;

pub(crate) use keep::{News, counts_of, find, follow, put, read_upto, recount, renew};

use std::collections::HashMap;

use pigeon_wire::mailbox::{
    MailboxCounts, MailboxCursor, MailboxPage, MailboxRow, MailboxView, THREADS_PAGE,
};
use pigeon_wire::thread::{Status, ThreadKind};
use pigeon_wire::{Millis, PersonId, ThreadId};
use uuid::Uuid;

use crate::actor::Account;
use crate::db::{Conn, dialect, on};
use crate::{Error, Office, person};

/// Where a thread is in somebody's mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(rename_all = "snake_case", type_name = "text")]
pub(crate) enum Shelf {
    /// In the list.
    In,
    /// A stranger's request that is not answered yet.
    Asked,
    /// A request that was ignored, or a thread with somebody who is blocked.
    Ignored,
    /// Left.
    Left,
    /// In the team's trash.
    Trashed,
}

/// A thread as it is kept for one user.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[expect(clippy::struct_excessive_bools, reason = "the columns of one row")]
pub(crate) struct BoxRow {
    pub person_id: PersonId,
    pub thread_id: ThreadId,
    pub shelf: Shelf,
    pub since: i64,
    pub active_at: Millis,
    pub unread: i64,
    pub closed: bool,
    pub late: bool,
    pub counts: bool,
    pub wants_mail: bool,
    pub notices: Option<String>,
}

/// A row of a list.
#[derive(sqlx::FromRow)]
struct Listed {
    thread_id: ThreadId,
    since: i64,
    active_at: Millis,
    unread: i64,
    wants_mail: bool,
    kind: ThreadKind,
    status: Status,
    subject: Option<String>,
    preview: String,
    latest_place: i64,
}

/// One page of the own threads, going on after `after`.
pub async fn page(
    office: &Office,
    account: &Account,
    view: MailboxView,
    after: Option<MailboxCursor>,
) -> Result<MailboxPage, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?.id;
    let text = match view {
        MailboxView::All => sql::ALL_ROWS,
        MailboxView::Unread => sql::UNREAD_ROWS,
        MailboxView::Direct => sql::DIRECT_ROWS,
        MailboxView::Closed => sql::CLOSED_ROWS,
    };
    let (rows, next) = rows(&mut conn, text, me, after).await?;
    Ok(MailboxPage {
        view,
        rows,
        next,
        counts: counts_of(&mut conn, me).await?,
    })
}

/// The requests of strangers that wait for an answer.
pub async fn requests(office: &Office, account: &Account) -> Result<Vec<MailboxRow>, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?.id;
    let (rows, _) = rows(&mut conn, sql::ASKED_ROWS, me, None).await?;
    Ok(rows)
}

/// How much waits for somebody.
pub async fn counts(office: &Office, account: &Account) -> Result<MailboxCounts, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?.id;
    counts_of(&mut conn, me).await
}

async fn rows(
    conn: &mut Conn,
    text: &'static str,
    me: PersonId,
    after: Option<MailboxCursor>,
) -> Result<(Vec<MailboxRow>, Option<MailboxCursor>), Error> {
    let after = after.unwrap_or(MailboxCursor {
        at: Millis(i64::MAX),
        id: ThreadId(Uuid::max()),
    });
    let mut listed: Vec<Listed> = on!(conn, c => sqlx::query_as(text)
        .bind(me).bind(after.at).bind(after.id).bind(THREADS_PAGE + 1)
        .fetch_all(c).await)?;
    let page = usize::try_from(THREADS_PAGE).unwrap_or(usize::MAX);
    let more = listed.len() > page;
    listed.truncate(page);
    let last = listed.last().filter(|_| more);
    let next = last.map(|row| MailboxCursor {
        at: row.active_at,
        id: row.thread_id,
    });
    let mut with = with_each(conn, &listed, me).await?;
    let rows = listed.into_iter().map(|one| {
        let with = with.remove(&one.thread_id).unwrap_or_default();
        one.view(with)
    });
    Ok((rows.collect(), next))
}

/// Who else is in each direct thread of a list.
async fn with_each(
    conn: &mut Conn,
    listed: &[Listed],
    me: PersonId,
) -> Result<HashMap<ThreadId, Vec<String>>, Error> {
    let direct = listed.iter().filter(|one| one.kind == ThreadKind::Direct);
    let ids: Vec<String> = direct.map(|one| one.thread_id.to_string()).collect();
    let mut with: HashMap<ThreadId, Vec<String>> = HashMap::new();
    if ids.is_empty() {
        return Ok(with);
    }
    let ids = serde_json::json!(ids).to_string();
    let texts = dialect!(conn, sqlite: [sql::WITH_EACH, sql::TYPED_EACH],
        postgres: [sql::WITH_EACH_OF, sql::TYPED_EACH_OF]);
    for text in texts {
        let rows: Vec<(ThreadId, String)> = on!(conn, c => sqlx::query_as(text)
            .bind(&ids).bind(me).fetch_all(c).await)?;
        for (thread, name) in rows {
            with.entry(thread).or_default().push(name);
        }
    }
    Ok(with)
}

/// Who else than `me` is in a thread: not those who have left, nor those who have not answered.
pub(crate) async fn others(
    conn: &mut Conn,
    thread: ThreadId,
    me: PersonId,
) -> Result<Vec<PersonId>, Error> {
    Ok(on!(conn, c => sqlx::query_scalar(sql::OTHERS)
        .bind(thread).bind(me).fetch_all(c).await)?)
}

/// Who else is in a thread, as `me` may know them.
pub(crate) async fn with(
    conn: &mut Conn,
    thread: ThreadId,
    kind: ThreadKind,
    me: PersonId,
) -> Result<Vec<String>, Error> {
    if kind == ThreadKind::Support {
        return Ok(Vec::new());
    }
    let mut with = Vec::new();
    for text in [sql::WITH, sql::TYPED] {
        let rows: Vec<(ThreadId, String)> = on!(conn, c => sqlx::query_as(text)
            .bind(thread).bind(me).fetch_all(c).await)?;
        with.extend(rows.into_iter().map(|(_, name)| name));
    }
    Ok(with)
}

impl Listed {
    fn view(self, with: Vec<String>) -> MailboxRow {
        // Whoever was added later knows nothing of what was written before.
        let is_known = self.kind == ThreadKind::Support || self.latest_place > self.since;
        MailboxRow {
            id: self.thread_id,
            kind: self.kind,
            subject: self.subject,
            with,
            status: self.status,
            active_at: self.active_at,
            unread: self.unread,
            muted: !self.wants_mail,
            preview: if is_known {
                self.preview
            } else {
                String::new()
            },
        }
    }
}
