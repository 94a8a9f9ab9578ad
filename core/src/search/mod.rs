//! Searching: subjects, names, addresses, texts, notes and the names of files.
//!
//! Reading order: [`fold`] (text into words), [`query`] (what was typed), `index` (what is stored),
//! `asked` and `gather` (which documents fit), [`found`] (what a text is worth, and its snippet).

pub(crate) mod index;

pub mod found;

pub mod fold;

pub mod query;

mod asked;
mod gather;
mod rebuild;
pub(crate) mod sql;

pub use rebuild::{Step, rebuild};

use std::collections::HashMap;

use pigeon_wire::permission::Permission;
use pigeon_wire::search::{
    HITS_COUNTED, HITS_PAGE, Hit, HitCursor, Order, Search, SearchPage, Total,
};
use pigeon_wire::thread::Status;
use pigeon_wire::{MessageId, Millis, ThreadId};

use crate::actor::Account;
use crate::db::{Conn, dialect, on};
use crate::message::entry::EntryKind;
use crate::person::{self, Rights};
use crate::{Error, Office};
use asked::Asked;
use found::Found;
use gather::{Reader, Shelf, bounds, gather};
use query::{LookedAfter, Query, Term};

/// The newest of their own threads that somebody's search looks through.
const OWN_THREADS_MAX: i64 = 200;

#[derive(sqlx::FromRow)]
struct Shown {
    number: i64,
    id: MessageId,
    kind: EntryKind,
    body: String,
    staff_place: i64,
    public_place: Option<i64>,
    created_at: Millis,
    author: String,
    thread: ThreadId,
    subject: Option<String>,
    status: Status,
    customer: String,
}

#[derive(sqlx::FromRow)]
struct Weighed {
    number: i64,
    staff_place: i64,
    body: String,
    author: String,
    subject: Option<String>,
}

/// A page of what a staff member finds in the threads that they may read.
pub async fn page(office: &Office, account: &Account, search: Search) -> Result<SearchPage, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    me.need(Permission::AccessInbox)?;
    let query = Query::read(&search.typed);
    let asked = Asked::of(&query, &[]);
    let shelves: &[Shelf] = match (asked.is_empty(), query.in_note) {
        (true, false) => &[Shelf::All],
        (true, true) => &[Shelf::AllNotes],
        (false, false) => &[Shelf::Messages, Shelf::Notes],
        (false, true) => &[Shelf::Notes],
    };
    let reader = reader(&mut conn, &me, &query).await?;
    answer(&mut conn, search, &query, &asked, shelves, &reader).await
}

/// A page of what somebody finds in the threads in which they take part: messages alone.
pub async fn own_page(
    office: &Office,
    account: &Account,
    search: Search,
) -> Result<SearchPage, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    let mut query = Query::read(&search.typed);
    // Whose turn it is within the team is not theirs to ask.
    query.assignee = None;
    let threads: Vec<ThreadId> = on!(&mut conn, c => sqlx::query_scalar(sql::OWN_THREADS)
        .bind(me.id).bind(OWN_THREADS_MAX).fetch_all(c).await)?;
    let asked = Asked::of(&query, &threads);
    let shelves: &[Shelf] = if threads.is_empty() || query.in_note {
        &[]
    } else {
        &[Shelf::Own]
    };
    let reader = reader(&mut conn, &me, &query).await?;
    let mut page = answer(&mut conn, search, &query, &asked, shelves, &reader).await?;
    page.chips
        .retain(|chip| !chip.text.starts_with("assignee:"));
    Ok(page)
}

async fn reader(conn: &mut Conn, me: &Rights, query: &Query) -> Result<Reader, Error> {
    let (assignee, ids) = match &query.assignee {
        None => ("any", Vec::new()),
        Some(LookedAfter::ByNobody) => ("none", Vec::new()),
        Some(LookedAfter::ByMe) => ("one", vec![me.id.to_string()]),
        Some(LookedAfter::By(term)) => {
            let staff = person::staff(conn).await?;
            let named = staff
                .iter()
                .filter(|person| names(&person.name, term) || names(person.email.as_str(), term));
            ("one", named.map(|person| person.id.to_string()).collect())
        }
    };
    Ok(Reader {
        me: me.id,
        status: query.status.map_or("", Status::as_str),
        assignee,
        assignees: serde_json::json!(ids).to_string(),
    })
}

fn names(text: &str, term: &Term) -> bool {
    Found::new(text).score(std::slice::from_ref(term)) > 0
}

async fn answer(
    conn: &mut Conn,
    search: Search,
    query: &Query,
    asked: &Asked,
    shelves: &[Shelf],
    reader: &Reader,
) -> Result<SearchPage, Error> {
    let none = Total {
        count: 0,
        more: false,
    };
    let mut page = SearchPage {
        chips: query.chips.clone(),
        search,
        hits: None,
        total: none,
        next: None,
    };
    if !query.asks() {
        return Ok(page);
    }
    let (from, below) = bounds(query.since, query.before);
    let top = newest(
        conn,
        shelves,
        asked,
        reader,
        (from, below),
        HITS_COUNTED + 1,
    )
    .await?;
    page.total = Total {
        count: top.numbers.len().min(HITS_COUNTED),
        more: top.known_to.is_some(),
    };
    let after = page.search.after;
    let cursors = match page.search.order {
        Order::Newest => {
            let wanted = HITS_PAGE + 1;
            let mut gathered = match after {
                // The first page was found with the total.
                None => top,
                Some(after) => {
                    let below = after.number.min(below);
                    newest(conn, shelves, asked, reader, (from, below), wanted).await?
                }
            };
            let full = gathered.numbers.len() > HITS_PAGE;
            gathered.numbers.truncate(HITS_PAGE);
            // A page may end before it is full, where much was looked at that does not fit.
            page.next = if full {
                gathered.numbers.last().copied()
            } else {
                gathered.known_to
            }
            .map(|number| HitCursor { score: 0, number });
            gathered.numbers
        }
        Order::Ranked => {
            let mut ranked = ranked(conn, query, top.numbers).await?;
            ranked.retain(|one| after.is_none_or(|after| *one < after));
            let full = ranked.len() > HITS_PAGE;
            ranked.truncate(HITS_PAGE);
            page.next = ranked.last().copied().filter(|_| full);
            ranked.into_iter().map(|one| one.number).collect()
        }
    };
    page.hits = Some(shown(conn, query, &cursors, shelves == [Shelf::Own]).await?);
    Ok(page)
}

/// The newest of several shelves together, down to where all of them are known.
async fn newest(
    conn: &mut Conn,
    shelves: &[Shelf],
    asked: &Asked,
    reader: &Reader,
    bounds: (i64, i64),
    wanted: usize,
) -> Result<gather::Gathered, Error> {
    let mut all = gather::Gathered::default();
    for shelf in shelves {
        let one = gather(conn, *shelf, asked, reader, bounds, wanted).await?;
        all.numbers.extend(one.numbers);
        all.known_to = all.known_to.max(one.known_to);
    }
    all.numbers.sort_unstable_by(|a, b| b.cmp(a));
    let known_to = all.known_to;
    all.numbers
        .retain(|number| known_to.is_none_or(|known_to| *number >= known_to));
    if all.numbers.len() > wanted {
        all.numbers.truncate(wanted);
        all.known_to = all.numbers.last().copied();
    }
    Ok(all)
}

/// The newest thousand by their worth; equals stand with the newest first.
async fn ranked(
    conn: &mut Conn,
    query: &Query,
    mut numbers: Vec<i64>,
) -> Result<Vec<HitCursor>, Error> {
    numbers.truncate(HITS_COUNTED);
    let text = dialect!(conn, sqlite: sql::WEIGHED, postgres: sql::WEIGHED_OF);
    let list = serde_json::json!(numbers).to_string();
    let rows: Vec<Weighed> = on!(conn, c => sqlx::query_as(text).bind(&list).fetch_all(c).await)?;
    let mut ranked: Vec<HitCursor> = rows
        .into_iter()
        .map(|row| {
            let heading = row
                .subject
                .filter(|_| row.staff_place == 1)
                .unwrap_or_default();
            let worth = |text: &str| Found::new(text).score(&query.terms);
            HitCursor {
                score: worth(&row.body) + worth(&heading) + worth(&row.author),
                number: row.number,
            }
        })
        .collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    Ok(ranked)
}

async fn shown(
    conn: &mut Conn,
    query: &Query,
    numbers: &[i64],
    own: bool,
) -> Result<Vec<Hit>, Error> {
    let text = dialect!(conn, sqlite: sql::SHOWN, postgres: sql::SHOWN_OF);
    let list = serde_json::json!(numbers).to_string();
    let rows: Vec<Shown> = on!(conn, c => sqlx::query_as(text).bind(&list).fetch_all(c).await)?;
    let mut rows: HashMap<i64, Shown> = rows.into_iter().map(|row| (row.number, row)).collect();
    let hit = |row: Shown| Hit {
        snippet: Found::new(&row.body).snippet(&query.terms),
        thread: row.thread,
        message: row.id,
        place: if own {
            row.public_place.unwrap_or_default()
        } else {
            row.staff_place
        },
        note: row.kind == EntryKind::Note,
        subject: row.subject,
        status: row.status,
        customer: row.customer,
        author: row.author,
        at: row.created_at,
    };
    let shown = numbers.iter().filter_map(|number| rows.remove(number));
    Ok(shown.map(hit).collect())
}
