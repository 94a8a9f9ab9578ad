//! The team's lists and counts. Rows are the same for everybody; what is unread is personal.

pub(crate) mod sql;

use std::collections::HashMap;

use pigeon_wire::inbox::{DASHBOARD_ROWS, Dashboard, InboxPage, MyRow, ROWS_PAGE, RowCursor, View};
use pigeon_wire::permission::Permission;
use pigeon_wire::{Millis, PersonId, ThreadId};
use uuid::Uuid;

use crate::actor::Account;
use crate::db::{Conn, dialect, on};
use crate::hub::Line;
use crate::person::{self, Rights};
use crate::thread::row::ThreadRow;
use crate::{Error, Office};

/// One page of a view, newest activity first, going on after `after`.
pub async fn page(
    office: &Office,
    account: &Account,
    view: View,
    after: Option<RowCursor>,
) -> Result<InboxPage, Error> {
    let mut conn = office.read().await?;
    let me = reader(&mut conn, account, office.now()).await?;
    let mut rows = rows(&mut conn, me.id, view, after, ROWS_PAGE + 1).await?;
    let page = usize::try_from(ROWS_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| RowCursor {
        active_at: row.active_at,
        id: row.id,
    });
    let rows = with_reads(&mut conn, me.id, &rows).await?;
    let badge = badge_of(&mut conn, me.id).await?;
    Ok(InboxPage {
        view,
        rows,
        next,
        badge,
    })
}

/// What needs a reply from the reader: how many, and the newest of them.
pub async fn dashboard(office: &Office, account: &Account) -> Result<Dashboard, Error> {
    let mut conn = office.read().await?;
    let me = reader(&mut conn, account, office.now()).await?;
    let rows = rows(&mut conn, me.id, View::NeedsReply, None, DASHBOARD_ROWS).await?;
    let rows = with_reads(&mut conn, me.id, &rows).await?;
    Ok(Dashboard {
        badge: badge_of(&mut conn, me.id).await?,
        rows,
    })
}

/// How many threads need a reply from the reader.
pub async fn badge(office: &Office, account: &Account) -> Result<i64, Error> {
    let mut conn = office.read().await?;
    let me = reader(&mut conn, account, office.now()).await?;
    badge_of(&mut conn, me.id).await
}

/// Has `line` hear rows of the inbox and the badge from now on.
///
/// # Errors
/// [`pigeon_wire::Fault::Forbidden`] for whoever may not read the inbox.
pub async fn listen(office: &Office, account: &Account, line: &Line) -> Result<(), Error> {
    let mut conn = office.read().await?;
    reader(&mut conn, account, office.now()).await?;
    line.join_inbox();
    office.hub().ring_badge();
    Ok(())
}

/// Tells listeners their badges whenever one may have changed: many changes at once are counted once.
pub(crate) async fn keep_badges(office: Office) {
    loop {
        tokio::select! {
            () = office.stopped() => return,
            () = office.hub().badge_changed() => {}
        }
        if !office.hub().has_inbox_listeners() {
            continue;
        }
        if let Err(cause) = tell_badges(&office).await {
            tracing::error!(%cause, "the badges could not be counted");
        }
    }
}

async fn tell_badges(office: &Office) -> Result<(), Error> {
    let mut conn = office.read().await?;
    let counts = counts(&mut conn).await?;
    // Few staff are customers too; their own questions are asked for each.
    let mut own = HashMap::new();
    for person in person::staff(&mut conn).await? {
        own.insert(person.id, own_questions(&mut conn, person.id).await?);
    }
    let of = |me: PersonId| {
        let total = counts.get(&None).copied().unwrap_or_default()
            + counts.get(&Some(me)).copied().unwrap_or_default();
        total - own.get(&me).copied().unwrap_or_default()
    };
    office.hub().tell_badges(of);
    Ok(())
}

async fn reader(conn: &mut Conn, account: &Account, now: Millis) -> Result<Rights, Error> {
    let me = person::rights(conn, account, now).await?;
    me.need(Permission::AccessInbox)?;
    Ok(me)
}

async fn rows(
    conn: &mut Conn,
    me: PersonId,
    view: View,
    after: Option<RowCursor>,
    most: i64,
) -> Result<Vec<ThreadRow>, Error> {
    let text = match view {
        View::All => sql::ALL_THREADS,
        View::NeedsReply => sql::NEEDS_REPLY,
        View::Mine => sql::MINE,
        View::Unassigned => sql::UNASSIGNED,
        View::Open => sql::OPEN,
        View::Closed => sql::CLOSED,
    };
    let start = RowCursor {
        active_at: Millis(i64::MAX),
        id: ThreadId(Uuid::max()),
    };
    let after = after.unwrap_or(start);
    Ok(on!(conn, c => sqlx::query_as(text)
        .bind(me).bind(after.active_at).bind(after.id).bind(most)
        .fetch_all(c).await)?)
}

/// The rows with the reader's own read positions, in one query for all.
async fn with_reads(
    conn: &mut Conn,
    me: PersonId,
    rows: &[ThreadRow],
) -> Result<Vec<MyRow>, Error> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.to_string()).collect();
    let ids = serde_json::json!(ids).to_string();
    let text = dialect!(conn, sqlite: sql::READS, postgres: sql::READS_OF);
    let reads: Vec<(ThreadId, i64)> = on!(conn, c => sqlx::query_as(text)
        .bind(me).bind(&ids).fetch_all(c).await)?;
    let reads: HashMap<ThreadId, i64> = reads.into_iter().collect();
    let read = |row: &ThreadRow| reads.get(&row.id).copied().unwrap_or_default();
    Ok(rows
        .iter()
        .map(|row| MyRow {
            row: row.inbox_row(),
            read: read(row),
        })
        .collect())
}

async fn counts(conn: &mut Conn) -> Result<HashMap<Option<PersonId>, i64>, Error> {
    let counts: Vec<(Option<PersonId>, i64)> =
        on!(conn, c => sqlx::query_as(sql::BADGES).fetch_all(c).await)?;
    Ok(counts.into_iter().collect())
}

async fn own_questions(conn: &mut Conn, me: PersonId) -> Result<i64, Error> {
    Ok(on!(conn, c => sqlx::query_scalar(sql::OWN_QUESTIONS).bind(me).fetch_one(c).await)?)
}

async fn badge_of(conn: &mut Conn, me: PersonId) -> Result<i64, Error> {
    let counts = counts(conn).await?;
    let mine = counts.get(&Some(me)).copied().unwrap_or_default();
    let nobodys = counts.get(&None).copied().unwrap_or_default();
    Ok(mine + nobodys - own_questions(conn, me).await?)
}
