//! Threads as the team works on them: open, follow live, assign, change status, throw away.

pub(crate) mod access;
pub(crate) mod act;
pub(crate) mod change;
mod fold;
pub(crate) mod follow;
mod hand_over;
pub(crate) mod held;
mod mend;
pub mod merge;
pub(crate) mod read;
pub(crate) mod receipt;
pub(crate) mod row;
mod snooze;
pub(crate) mod sql;
mod tag;
mod trash;

pub use act::{all, assign, restore, set_status, set_tag, snooze, trash};
pub(crate) use fold::fold_subjects;
pub use follow::{colleagues, set_followed};
pub use hand_over::hand_over;
pub(crate) use snooze::keep_waking;
pub use snooze::wake_due;
pub use tag::tags;
pub(crate) use trash::keep;
pub use trash::purge_due;

use pigeon_wire::live::StaffChange;
use pigeon_wire::message::{ENTRIES_OPEN, ENTRIES_PAGE_MAX, KnownBy};
use pigeon_wire::note::{StaffEntryView, StaffEvent};
use pigeon_wire::permission::Permission;
use pigeon_wire::person::PersonRef;
use pigeon_wire::presence::Receipt;
use pigeon_wire::thread::{LinkView, Side, StaffThread};
use pigeon_wire::{Fault, ThreadId};

use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::Conn;
use crate::draft;
use crate::guest::link;
use crate::hub::{Announcement, Ended, Line};
use crate::message::entry::{self, EntryRow};
use crate::person::{self, Rights};
use crate::{Error, Office};
use access::{StaffReadable, StaffWritable, staff_reading, staff_writing};
use change::{Author, Change};

/// A staff member as the author of an entry.
pub(crate) fn staff_author(me: &Rights) -> Author {
    Author {
        person: me.as_ref(),
        side: Side::Staff,
        known_by: KnownBy::Account,
    }
}

/// Opens a thread for a staff member: its newest entries, and the reader's position.
pub async fn open(office: &Office, account: &Account, id: ThreadId) -> Result<StaffThread, Error> {
    open_around(office, account, id, Around::Newest).await
}

/// The same as a page shows it at first: with some entries around a place of the staff order, if one is named,
/// and otherwise around the first that the reader has not read, or the newest.
pub async fn open_at(
    office: &Office,
    account: &Account,
    id: ThreadId,
    at: Option<i64>,
) -> Result<StaffThread, Error> {
    let around = at.map_or(Around::Unread, Around::Place);
    open_around(office, account, id, around).await
}

/// Which entries of a thread are opened.
#[derive(Clone, Copy)]
enum Around {
    /// The newest, as many as one answer carries.
    Newest,
    /// Those about the first that is not read.
    Unread,
    /// Those about this place.
    Place(i64),
}

async fn open_around(
    office: &Office,
    account: &Account,
    id: ThreadId,
    around: Around,
) -> Result<StaffThread, Error> {
    let mut conn = office.read().await?;
    let now = office.now();
    let StaffReadable { thread, me } = staff_reading(&mut conn, account, id, now).await?;
    let participants = row::participants(&mut conn, id).await?;
    let id_of_me = me.id;
    let read = read::upto(&mut conn, id, id_of_me).await?;
    let (rows, more_before, more_after) = match around {
        Around::Newest => {
            let (rows, more) = entry::newest(&mut conn, id, Side::Staff).await?;
            (rows, more, false)
        }
        Around::Unread => {
            let end = i64::MAX;
            let newest = entry::before(&mut conn, id, Side::Staff, end, ENTRIES_OPEN).await?;
            match newest {
                // Whoever has never been there finds the newest.
                (rows, true)
                    if read > 0 && rows.first().is_some_and(|row| row.staff_place > read + 1) =>
                {
                    about(&mut conn, id, read).await?
                }
                (rows, more) => (rows, more, false),
            }
        }
        Around::Place(at) => about(&mut conn, id, at).await?,
    };
    let entries = entry::staff_views(&rows)?;
    let links = link::standing(&mut conn, &thread, now, office.settings().link_days).await?;
    let receipts = receipt::for_team(&mut conn, id).await?;
    let follows = follow::does(&participants, id_of_me);
    let head = row::staff_head(&mut conn, &thread, &participants).await?;
    let links = links.into_iter().map(LinkView::from).collect();
    Ok(StaffThread {
        head,
        change: thread.staff_change,
        read,
        entries,
        more_before,
        more_after,
        links,
        receipts,
        files: office.settings().file_rules(),
        follows,
        drafts: draft::of(&mut conn, id_of_me, id).await?,
    })
}

/// Entries up to a place and after it, as many as are opened, and whether there are older and newer ones.
async fn about(
    conn: &mut Conn,
    id: ThreadId,
    at: i64,
) -> Result<(Vec<EntryRow>, bool, bool), Error> {
    let (after, newer) = entry::after(conn, id, at, ENTRIES_OPEN / 2).await?;
    let rest = ENTRIES_OPEN - i64::try_from(after.len()).unwrap_or_default();
    let next = at.saturating_add(1);
    let (mut rows, older) = entry::before(conn, id, Side::Staff, next, rest).await?;
    rows.extend(after);
    Ok((rows, older, newer))
}

/// Entries before `place`, oldest first, and whether there are still older ones.
pub async fn before(
    office: &Office,
    account: &Account,
    id: ThreadId,
    place: i64,
) -> Result<(Vec<StaffEntryView>, bool), Error> {
    let mut conn = office.read().await?;
    staff_reading(&mut conn, account, id, office.now()).await?;
    let most = ENTRIES_PAGE_MAX;
    let (rows, more) = entry::before(&mut conn, id, Side::Staff, place, most).await?;
    Ok((entry::staff_views(&rows)?, more))
}

/// Entries after `place`, oldest first, and whether there are still newer ones.
pub async fn after(
    office: &Office,
    account: &Account,
    id: ThreadId,
    place: i64,
) -> Result<(Vec<StaffEntryView>, bool), Error> {
    let mut conn = office.read().await?;
    staff_reading(&mut conn, account, id, office.now()).await?;
    let (rows, more) = entry::after(&mut conn, id, place, ENTRIES_PAGE_MAX).await?;
    Ok((entry::staff_views(&rows)?, more))
}

/// Has `line` hear the thread from now on, and answers what changed after number `after`. An answer
/// is bounded: see [`crate::message::rest_after`].
///
/// # Errors
/// [`Fault::NotFound`] for a thread that is not for this caller.
pub async fn follow(
    office: &Office,
    account: &Account,
    line: &Line,
    id: ThreadId,
    after: i64,
) -> Result<Vec<StaffChange>, Error> {
    let mut conn = office.read().await?;
    let StaffReadable { thread, .. } = staff_reading(&mut conn, account, id, office.now()).await?;
    if !line.join_staff(id) {
        return Err(Fault::TooMany { retry_after_s: 1 }.into());
    }
    // Read again after joining: what commits in between comes twice and is told apart by its number,
    // while what was read before could miss it.
    let thread = row::find(&mut conn, id).await?.unwrap_or(thread);
    let participants = row::participants(&mut conn, id).await?;
    let head = row::staff_head(&mut conn, &thread, &participants).await?;
    let upto = thread.staff_change;
    let (rows, more) = entry::changed_after(&mut conn, id, Side::Staff, after, upto).await?;
    let mut changes: Vec<StaffChange> = Vec::new();
    let mut prev = after;
    for chunk in rows.chunks(entry::CHUNK) {
        let now = chunk.last().map_or(prev, |row| row.staff_change);
        let entries = entry::staff_views(chunk)?;
        changes.push(StaffChange {
            thread: id,
            prev,
            now,
            head: head.clone(),
            entries,
        });
        prev = now;
    }
    if changes.is_empty() || (prev < upto && !more) {
        let now = upto.max(prev);
        changes.push(StaffChange {
            thread: id,
            prev,
            now,
            head,
            entries: Vec::new(),
        });
    }
    Ok(changes)
}

/// How far everybody has read a thread, and when: its newest steps.
pub async fn receipts(
    office: &Office,
    account: &Account,
    id: ThreadId,
) -> Result<Vec<Receipt>, Error> {
    let mut conn = office.read().await?;
    staff_reading(&mut conn, account, id, office.now()).await?;
    receipt::for_team(&mut conn, id).await
}

/// Whom a thread can be given to: staff who may answer, by name.
pub async fn assignees(office: &Office, account: &Account) -> Result<Vec<PersonRef>, Error> {
    let mut conn = office.read().await?;
    person::rights(&mut conn, account, office.now())
        .await?
        .need(Permission::ManageThreads)?;
    let staff = person::staff(&mut conn).await?;
    let able = staff
        .iter()
        .filter(|person| person.permissions.has(Permission::ManageThreads));
    Ok(able.map(Rights::as_ref).collect())
}

/// Marks a thread as read by a staff member up to a place of the staff order.
pub async fn seen(
    office: &Office,
    account: &Account,
    id: ThreadId,
    upto: i64,
) -> Result<(), Error> {
    {
        // A mark that moves nothing takes no turn at the one writer.
        let mut conn = office.read().await?;
        let readable = staff_reading(&mut conn, account, id, office.now()).await?;
        if read::upto(&mut conn, id, readable.me.id).await?
            >= upto.min(readable.thread.staff_change)
        {
            return Ok(());
        }
    }
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let now = work.now;
                let StaffReadable { thread, me } =
                    staff_reading(&mut work.conn, &account, id, now).await?;
                let upto = upto.min(thread.staff_change);
                read::mark(work, id, me.id, Side::Staff, upto).await
            })
        })
        .await
}

/// Ends every link of a thread's guest; open pages of it close at once.
pub async fn revoke_links(office: &Office, account: &Account, id: ThreadId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let StaffWritable { thread, me } = staff_writing(work, &account, id).await?;
                link::revoke_all(work, id).await?;
                let mut change = Change::of(thread);
                change
                    .event(work, &staff_author(&me), StaffEvent::LinksRevoked)
                    .await?;
                change.finish(work).await?;
                work.tell(Announcement::Ended(Ended::LinksOf(id)));
                audit::note(work, Some(me.id), Act::LinksRevoked, About::thread(id)).await
            })
        })
        .await
}
