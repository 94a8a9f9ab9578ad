//! Who looks at a thread and who types in it. Nothing of this is stored: of the team and its customers
//! the hub keeps it in memory for as long as a page says so again and again, and of users among
//! themselves it is handed on as it is said.

use std::time::Duration;

use pigeon_wire::permission::Permission;
use pigeon_wire::presence::Pen;
use pigeon_wire::thread::ThreadKind;
use pigeon_wire::{Fault, ThreadId};

use crate::actor::{Account, Guest};
use crate::db::Conn;
use crate::hub::{Audience, Line};
use crate::thread::access::{
    StaffReadable, UserReadable, guest_reading, staff_reading, user_reading,
};
use crate::{Error, Office, direct};

/// The least time between two whispers to one audience: changes within it are told together.
const PACE: Duration = Duration::from_millis(250);

/// Somebody of the team sees a thread on `line` now. Whoever may read it counts, and becomes no
/// party of it.
///
/// # Errors
/// [`Fault::NotFound`] for a thread that is not for this caller.
pub async fn look(
    office: &Office,
    account: &Account,
    line: &Line,
    id: ThreadId,
) -> Result<(), Error> {
    let mut conn = office.read().await?;
    let now = office.now();
    match staff_reading(&mut conn, account, id, now).await {
        Ok(StaffReadable { thread, me }) => {
            line.look(id, thread.customer_id, me.as_ref(), now);
            Ok(())
        }
        Err(error) => {
            line.look_away();
            Err(error)
        }
    }
}

/// Somebody of the team types in a thread on `line`. Whoever may only read types nothing.
///
/// # Errors
/// [`Fault::NotFound`] for a thread that is not for this caller.
pub async fn types(
    office: &Office,
    account: &Account,
    line: &Line,
    id: ThreadId,
    pen: Pen,
) -> Result<(), Error> {
    let mut conn = office.read().await?;
    let now = office.now();
    let StaffReadable { thread, me } = staff_reading(&mut conn, account, id, now).await?;
    if me.permissions.has(Permission::ManageThreads) && thread.trashed_at.is_none() {
        line.types(id, thread.customer_id, me.as_ref(), pen, now);
    }
    Ok(())
}

/// The guest types on `line`.
///
/// # Errors
/// [`Fault::Expired`] when their link works no longer.
pub async fn guest_types(office: &Office, guest: &Guest, line: &Line) -> Result<(), Error> {
    let mut conn = office.read().await?;
    let now = office.now();
    let link_days = office.settings().link_days;
    let readable = guest_reading(&mut conn, guest, now, link_days).await?;
    if readable.thread.customer_id != guest.person {
        return Err(Fault::Expired.into());
    }
    line.customer_types(guest.thread, guest.person, now);
    Ok(())
}

/// A user sees one of their own threads now: in a direct one the others are told so.
///
/// # Errors
/// [`Fault::NotFound`] for a thread that is not for this caller.
pub async fn user_looks(office: &Office, account: &Account, id: ThreadId) -> Result<(), Error> {
    let mut conn = office.read().await?;
    let readable = user_reading(&mut conn, account, id, office.now()).await?;
    if readable.thread.kind == ThreadKind::Direct {
        sign(office, &mut conn, &readable, false).await?;
    }
    Ok(())
}

/// A user types on `line` in one of their own threads. Of a support thread the team is told, of a
/// direct one those who are in it, but for whoever has blocked them.
///
/// # Errors
/// [`Fault::NotFound`] for a thread that is not for this caller.
pub async fn user_types(
    office: &Office,
    account: &Account,
    line: &Line,
    id: ThreadId,
) -> Result<(), Error> {
    let mut conn = office.read().await?;
    let now = office.now();
    let readable = user_reading(&mut conn, account, id, now).await?;
    match readable.thread.kind {
        ThreadKind::Support => line.customer_types(id, readable.me.id, now),
        ThreadKind::Direct => sign(office, &mut conn, &readable, true).await?,
    }
    Ok(())
}

async fn sign(
    office: &Office,
    conn: &mut Conn,
    readable: &UserReadable,
    types: bool,
) -> Result<(), Error> {
    let (thread, who) = (readable.thread.id, readable.me.as_ref());
    let hearers = direct::hearers(conn, thread, who.id).await?;
    office.hub().sign(&hearers, thread, who, types);
    Ok(())
}

/// Whispers to one audience whenever there is something new, until the office stops.
pub(crate) async fn keep(office: Office, audience: Audience) {
    loop {
        let now = office.now();
        let whispered = office.hub().whisper(audience, now);
        // The team's round is paced in any case. The guests' is paced only by what they were told,
        // so that nothing else that happens makes them hear later.
        let pace = if whispered.told || audience == Audience::Team {
            PACE
        } else {
            Duration::ZERO
        };
        let left = whispered
            .next
            .map(|end| Duration::from_millis(u64::try_from(end.since(now)).unwrap_or_default()));
        let rest = async {
            tokio::time::sleep(pace).await;
            let runs_out = async {
                match left {
                    Some(left) => tokio::time::sleep(left.saturating_sub(pace)).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                () = office.hub().whispers(audience) => {}
                () = runs_out => {}
            }
        };
        tokio::select! {
            () = office.stopped() => return,
            () = rest => {}
        }
    }
}
