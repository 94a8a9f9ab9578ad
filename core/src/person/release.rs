//! Threads taken from somebody who does not look after them any more.

use pigeon_wire::note::StaffEvent;
use pigeon_wire::permission::Permission;
use pigeon_wire::team::RELEASE_UNIT;
use pigeon_wire::{PersonId, ThreadId};
use serde_json::json;

use super::manage::Manager;
use super::sql;
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::thread::change::Change;
use crate::thread::{row, staff_author};
use crate::work::Work;
use crate::{Error, Office};

/// What becomes of the threads that somebody holds whose account ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// They stay theirs, and count like what nobody looks after.
    Stays,
    /// They become nobody's.
    Released,
}

/// Makes everything that is assigned to `person` nobody's. So many threads take several units, between
/// which others write.
///
/// # Errors
/// [`pigeon_wire::Fault::Forbidden`] for whoever may not assign; what [`super::deactivate`] refuses.
pub async fn release(office: &Office, account: &Account, person: PersonId) -> Result<(), Error> {
    loop {
        let account = account.clone();
        let more = office
            .write(move |work| {
                Box::pin(async move {
                    let manager = Manager::writing(work, &account).await?;
                    manager.target(&mut work.conn, person).await?;
                    some(work, &manager, person).await
                })
            })
            .await?;
        if !more {
            return Ok(());
        }
    }
}

/// Releases as many threads as one unit takes; answers whether there are more.
pub(super) async fn some(
    work: &mut Work,
    manager: &Manager,
    person: PersonId,
) -> Result<bool, Error> {
    let me = &manager.me;
    me.need(Permission::AssignThreads)?;
    let mut held: Vec<ThreadId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::HELD)
        .bind(person).bind(me.id).bind(RELEASE_UNIT + 1).fetch_all(c).await)?;
    let most = usize::try_from(RELEASE_UNIT).unwrap_or(usize::MAX);
    let more = held.len() > most;
    held.truncate(most);
    for id in held {
        let thread = row::lock(work, id).await?;
        let Some(thread) = thread.filter(|thread| thread.assignee_id == Some(person)) else {
            continue;
        };
        let from = thread.assignee_name.clone();
        let mut change = Change::of(thread);
        change.thread.assignee_id = None;
        change.thread.assignee_name = None;
        let event = StaffEvent::Assigned { to: None };
        change.event(work, &staff_author(me), event).await?;
        change.finish(work).await?;
        let about = About::thread(id).with(json!({ "from": from }));
        audit::note(work, Some(me.id), Act::Assigned, about).await?;
    }
    Ok(more)
}
