//! One page of a list: which statement answers it from an index, and what it is bound to.

use std::cmp::Reverse;

use pigeon_wire::day::Day;
use pigeon_wire::inbox::{Ask, COUNT_WINDOW, Holder, ListCount, RowCursor, Sort, Starter, View};
use pigeon_wire::tag::Tag;
use pigeon_wire::thread::{Source, Status};
use pigeon_wire::{Fault, Millis, PersonId, ThreadId};
use uuid::Uuid;

use super::sql;
use crate::Error;
use crate::db::{Conn, on};
use crate::thread::row::ThreadRow;

/// A view and its filter together, as the statements are bound to it.
struct Bounds {
    status: Option<Status>,
    unclosed: bool,
    rest: Rest,
    holder: Holding,
    source: Option<Source>,
    starter: Option<Starter>,
    unread: bool,
    has_file: bool,
    tag: Option<Tag>,
    from: Millis,
    until: Millis,
}

/// What becomes of threads that rest.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// They are shown like the others.
    Any,
    /// They are left out.
    Left,
    /// They alone are shown.
    Only,
}

impl Rest {
    const fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Left => "left",
            Self::Only => "only",
        }
    }
}

/// Who looks after the threads of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holding {
    Anybody,
    Nobody,
    /// The reader or nobody.
    Free,
    One(PersonId),
}

impl Holding {
    const fn word(self) -> &'static str {
        match self {
            Self::Anybody => "any",
            Self::Nobody => "none",
            Self::Free => "free",
            Self::One(_) => "one",
        }
    }

    const fn one(self) -> Option<PersonId> {
        match self {
            Self::One(person) => Some(person),
            Self::Anybody | Self::Nobody | Self::Free => None,
        }
    }

    /// What is left of this where a filter asks for one holder; `None`: nothing.
    fn narrowed(self, asked: Option<Holder>, me: PersonId) -> Option<Self> {
        let Some(asked) = asked else {
            return Some(self);
        };
        let asked = asked.person(me).map_or(Self::Nobody, Self::One);
        let fits = match self {
            Self::Anybody => true,
            Self::Free => asked == Self::Nobody || asked == Self::One(me),
            Self::Nobody | Self::One(_) => asked == self,
        };
        fits.then_some(asked)
    }
}

impl Bounds {
    /// What a list of `me` is bound to; `None` where its view and its filter leave nothing.
    fn of(ask: &Ask, me: PersonId) -> Option<Self> {
        let filter = ask.filter;
        let status = match ask.view {
            View::NeedsReply | View::Pending => Some(Status::Pending),
            View::Open => Some(Status::Open),
            View::Closed => Some(Status::Closed),
            View::All | View::Mine | View::Unassigned | View::Snoozed | View::Trash => None,
        };
        let holder = match ask.view {
            View::NeedsReply => Holding::Free,
            View::Mine => Holding::One(me),
            View::Unassigned => Holding::Nobody,
            _ => Holding::Anybody,
        };
        let rest = match ask.view {
            View::NeedsReply | View::Mine | View::Unassigned => Rest::Left,
            View::Snoozed => Rest::Only,
            View::All | View::Pending | View::Open | View::Closed | View::Trash => Rest::Any,
        };
        if status.is_some() && filter.status.is_some_and(|asked| Some(asked) != status) {
            return None;
        }
        Some(Self {
            status: status.or(filter.status),
            unclosed: matches!(ask.view, View::Mine | View::Unassigned),
            rest,
            holder: holder.narrowed(filter.assignee, me)?,
            source: filter.source,
            starter: filter.starter,
            unread: filter.unread,
            has_file: filter.has_file,
            tag: filter.tag,
            from: filter.from.map_or(Millis(i64::MIN), Day::begins),
            until: filter.until.map_or(Millis(i64::MAX), Day::ends),
        })
    }

    /// The statement whose index leads through this list.
    fn text(&self, ask: &Ask) -> &'static str {
        let is_trash = ask.view == View::Trash;
        match ask.sort {
            Sort::Activity => self.newest(ask.view).0,
            Sort::Waiting if is_trash => sql::TRASH_BY_WAITING,
            Sort::Created if is_trash => sql::TRASH_BY_CREATED,
            Sort::Subject if is_trash => sql::TRASH_BY_SUBJECT,
            Sort::Waiting => sql::BY_WAITING,
            Sort::Created => sql::BY_CREATED,
            Sort::Subject => sql::BY_SUBJECT,
        }
    }

    /// The statements that go through a view from its newest thread on: for its rows, and for its count.
    const fn newest(&self, view: View) -> (&'static str, &'static str) {
        match (view, self.holder, self.unclosed, self.status) {
            (View::Trash, ..) => (sql::TRASH, sql::COUNT_TRASH),
            (View::Snoozed, ..) => (sql::SNOOZED, sql::COUNT_SNOOZED),
            (_, Holding::One(_), true, _) => (sql::OF_ONE_UNCLOSED, sql::COUNT_OF_ONE_UNCLOSED),
            (_, Holding::One(_), false, _) => (sql::OF_ONE, sql::COUNT_OF_ONE),
            (_, Holding::Nobody, true, _) => (sql::OF_NOBODY, sql::COUNT_OF_NOBODY),
            (_, _, _, Some(_)) => (sql::OF_STATUS, sql::COUNT_OF_STATUS),
            _ => (sql::ALL_THREADS, sql::COUNT_ALL),
        }
    }
}

/// The values of a list's statement: who reads, where it begins, how many threads, and what it is bound to.
macro_rules! bound {
    ($query:expr, $me:expr, $key:expr, $id:expr, $most:expr, $bounds:expr) => {
        $query
            .bind($me)
            .bind($key)
            .bind($id)
            .bind($most)
            .bind($bounds.status.map(Status::as_str).unwrap_or_default())
            .bind($bounds.unclosed)
            .bind($bounds.holder.word())
            .bind($bounds.holder.one())
            .bind($bounds.source.map(Source::as_str).unwrap_or_default())
            .bind($bounds.starter.map(Starter::as_str).unwrap_or_default())
            .bind($bounds.unread)
            .bind($bounds.from)
            .bind($bounds.until)
            .bind($bounds.has_file)
            .bind($bounds.rest.word())
            .bind($bounds.tag.map(|tag| tag.to_string()).unwrap_or_default())
    };
}

/// How many threads a list holds: among its view's newest [`COUNT_WINDOW`], so that a filter which leaves
/// little of a great many costs no more than others.
pub(crate) async fn count(conn: &mut Conn, me: PersonId, ask: &Ask) -> Result<ListCount, Error> {
    let Some(bounds) = Bounds::of(ask, me) else {
        return Ok(ListCount::default());
    };
    let text = bounds.newest(ask.view).1;
    let last = ThreadId(Uuid::nil());
    let (looked, threads): (i64, i64) = on!(conn, c => bound!(
            sqlx::query_as(text), me, bounds.until, last, COUNT_WINDOW, bounds)
        .fetch_one(c).await)?;
    let more = looked == COUNT_WINDOW;
    Ok(ListCount { threads, more })
}

/// The rows of a list after `after`, up to `most`.
pub(super) async fn rows(
    conn: &mut Conn,
    me: PersonId,
    ask: &Ask,
    after: Option<RowCursor>,
    most: i64,
) -> Result<Vec<ThreadRow>, Error> {
    let Some(bounds) = Bounds::of(ask, me) else {
        return Ok(Vec::new());
    };
    let text = bounds.text(ask);
    let after = after.unwrap_or_else(|| start(ask.sort, bounds.until));
    // The three shapes of a place differ in the type of its first part alone.
    macro_rules! fetch {
        ($key:expr, $id:expr) => {
            on!(conn, c => bound!(sqlx::query_as(text), me, $key, $id, most, bounds).fetch_all(c).await)
        };
    }
    let rows = match (ask.sort, after) {
        (Sort::Activity | Sort::Created, RowCursor::Newest(at)) => fetch!(at.0.0, at.0.1),
        (Sort::Waiting, RowCursor::Oldest(at, id)) => fetch!(at, id),
        (Sort::Subject, RowCursor::Text(subject, id)) => fetch!(&subject, id),
        _ => return Err(Fault::Malformed.into()),
    };
    Ok(rows?)
}

/// The place before every row of an order; by activity, before those of the last day.
fn start(sort: Sort, until: Millis) -> RowCursor {
    let (first, last) = (ThreadId(Uuid::nil()), ThreadId(Uuid::max()));
    match sort {
        Sort::Activity => RowCursor::Newest(Reverse((until, first))),
        Sort::Created => RowCursor::Newest(Reverse((Millis(i64::MAX), last))),
        Sort::Waiting => RowCursor::Oldest(Millis(i64::MIN), first),
        Sort::Subject => RowCursor::Text(String::new(), first),
    }
}
