//! Breaking the glass: somebody who is not in a direct thread reads it, which only `read_direct` allows
//! and no role has by itself (rule 9). Nobody does so unseen: each reading leaves a line in the thread
//! and a record with its reason.

use pigeon_wire::direct::{GlassView, glass_reason};
use pigeon_wire::message::PublicEvent;
use pigeon_wire::note::StaffEvent;
use pigeon_wire::permission::Permission;
use pigeon_wire::thread::{Side, ThreadKind};
use pigeon_wire::{Fault, ThreadId};

use super::parties;
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::Conn;
use crate::message::entry;
use crate::person::{self, Rights};
use crate::thread::change::Change;
use crate::thread::row::{self, ThreadRow};
use crate::thread::staff_author;
use crate::work::Work;
use crate::{Error, Office};

/// Entries of one reading.
const ENTRIES_MAX: i64 = 200;

/// Whether there is such a thread, for whoever may read it: asked before the reason is given.
///
/// # Errors
/// [`Fault::NotFound`] for everybody else, whatever their role.
pub async fn is_there(office: &Office, account: &Account, id: ThreadId) -> Result<(), Error> {
    let mut conn = office.read().await?;
    reader(&mut conn, account, office.now()).await?;
    direct(row::find(&mut conn, id).await?).map(|_| ())
}

/// Reads a direct thread of others, for a reason.
///
/// # Errors
/// [`Fault::NotFound`] for whoever may not; what is wrong with the reason.
pub async fn read(
    office: &Office,
    account: &Account,
    id: ThreadId,
    reason: &str,
) -> Result<GlassView, Error> {
    let reason = glass_reason(reason);
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = reader(&mut work.conn, &account, work.now).await?;
                let thread = direct(row::lock(work, id).await?)?;
                broken(work, &me, thread, &reason?).await
            })
        })
        .await
}

async fn broken(
    work: &mut Work,
    me: &Rights,
    thread: ThreadRow,
    reason: &str,
) -> Result<GlassView, Error> {
    let id = thread.id;
    let (rows, more_before) =
        entry::before(&mut work.conn, id, Side::Customer, i64::MAX, ENTRIES_MAX).await?;
    let view = GlassView {
        head: thread.public_head(),
        parties: parties(&mut work.conn, id, me.id).await?,
        entries: entry::user_views(&rows)?,
        more_before,
    };
    let mut change = Change::of(thread);
    let event = StaffEvent::Public {
        what: PublicEvent::Read,
    };
    change.event(work, &staff_author(me), event).await?;
    change.finish(work).await?;
    // Not as the record's thread: whoever reads the log must not learn its subject.
    let about = About::default().with(serde_json::json!({ "thread": id, "reason": reason }));
    audit::note(work, Some(me.id), Act::DirectRead, about).await?;
    Ok(view)
}

async fn reader(
    conn: &mut Conn,
    account: &Account,
    now: pigeon_wire::Millis,
) -> Result<Rights, Error> {
    let me = person::rights(conn, account, now).await?;
    // Forbidden would tell that there is something.
    if me.permissions.has(Permission::ReadDirect) {
        Ok(me)
    } else {
        Err(Fault::NotFound.into())
    }
}

fn direct(thread: Option<ThreadRow>) -> Result<ThreadRow, Error> {
    let thread = thread.filter(|thread| thread.kind == ThreadKind::Direct);
    Ok(thread.ok_or(Fault::NotFound)?)
}
