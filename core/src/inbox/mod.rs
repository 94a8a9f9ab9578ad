//! The team's lists and counts. Rows are the same for everybody; what is unread is personal.

pub(crate) mod count;
mod list;
pub(crate) mod sql;
mod unread;

use std::collections::HashMap;

use pigeon_wire::inbox::{
    Ask, DASHBOARD_ROWS, Dashboard, InboxPage, MyRow, ROWS_PAGE, RowCursor, Sort, View, ViewCounts,
};
use pigeon_wire::permission::Permission;
use pigeon_wire::{Millis, PersonId, ThreadId};

use crate::actor::Account;
use crate::db::{Conn, dialect, on};
use crate::draft;
use crate::hub::Line;
use crate::person::{self, Rights};
use crate::saved;
use crate::thread::row::ThreadRow;
use crate::{Error, Office};

pub(crate) use list::count as count_of;
pub(crate) use unread::keep_unread;

/// One page of a list, going on after `after`.
///
/// # Errors
/// [`pigeon_wire::Fault::Malformed`] when `after` is no place in a list of this order.
pub async fn page(
    office: &Office,
    account: &Account,
    ask: impl Into<Ask>,
    after: Option<RowCursor>,
) -> Result<InboxPage, Error> {
    let ask = ask.into();
    let mut conn = office.read().await?;
    let me = reader(&mut conn, account, office.now()).await?;
    let mut rows = list::rows(&mut conn, me.id, &ask, after, ROWS_PAGE + 1).await?;
    let page = usize::try_from(ROWS_PAGE).unwrap_or(usize::MAX);
    let more = rows.len() > page;
    rows.truncate(page);
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| ask.sort.place(&row.inbox_row()));
    let rows = with_reads(&mut conn, me.id, &rows).await?;
    Ok(InboxPage {
        ask,
        rows,
        next,
        counts: counts_of(&mut conn, me.id).await?,
        unread: unread::of_all(&mut conn, &[me.id])
            .await?
            .remove(&me.id)
            .unwrap_or_default(),
        saved: saved::of(&mut conn, &me).await?,
        drafts: draft::beginnings(&mut conn, me.id).await?,
    })
}

/// What there is to do for the reader: how much, the newest of it, their own, and who has waited
/// longest.
pub async fn dashboard(office: &Office, account: &Account) -> Result<Dashboard, Error> {
    let mut conn = office.read().await?;
    let me = reader(&mut conn, account, office.now()).await?;
    let longest = Ask {
        sort: Sort::Waiting,
        ..Ask::of(View::NeedsReply)
    };
    Ok(Dashboard {
        needs_reply: newest(&mut conn, me.id, Ask::of(View::NeedsReply)).await?,
        mine: newest(&mut conn, me.id, Ask::of(View::Mine)).await?,
        longest: newest(&mut conn, me.id, longest).await?,
        counts: counts_of(&mut conn, me.id).await?,
    })
}

async fn newest(conn: &mut Conn, me: PersonId, ask: Ask) -> Result<Vec<MyRow>, Error> {
    let rows = list::rows(conn, me, &ask, None, DASHBOARD_ROWS).await?;
    with_reads(conn, me, &rows).await
}

/// How many threads each view holds for the reader; what needs a reply is the badge.
pub async fn counts(office: &Office, account: &Account) -> Result<ViewCounts, Error> {
    let mut conn = office.read().await?;
    let me = reader(&mut conn, account, office.now()).await?;
    counts_of(&mut conn, me.id).await
}

/// How many threads need a reply from the reader.
pub async fn badge(office: &Office, account: &Account) -> Result<i64, Error> {
    Ok(counts(office, account).await?.needs_reply)
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

/// Tells listeners their counts whenever one may have changed: many changes at once are counted once.
pub(crate) async fn keep_counts(office: Office) {
    loop {
        tokio::select! {
            () = office.stopped() => return,
            () = office.hub().badge_changed() => {}
        }
        if office.hub().inbox_listeners().is_empty() {
            continue;
        }
        if let Err(cause) = tell_counts(&office).await {
            tracing::error!(%cause, "the counts could not be told");
        }
    }
}

async fn tell_counts(office: &Office) -> Result<(), Error> {
    let people = office.hub().inbox_listeners();
    let mut conn = office.read().await?;
    let rows = count::rows(&mut conn, &people).await?;
    // Whoever has joined since is told in the next round.
    let asked = |me| people.contains(&me);
    office
        .hub()
        .tell_counts(|me| asked(me).then(|| count::of(&rows, me)));
    Ok(())
}

async fn reader(conn: &mut Conn, account: &Account, now: Millis) -> Result<Rights, Error> {
    let me = person::rights(conn, account, now).await?;
    me.need(Permission::AccessInbox)?;
    Ok(me)
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

async fn counts_of(conn: &mut Conn, me: PersonId) -> Result<ViewCounts, Error> {
    let rows = count::rows(conn, &[me]).await?;
    Ok(count::of(&rows, me))
}
