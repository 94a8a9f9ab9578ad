//! Who of the team follows a thread: its parties who want its mails. Replying, noting, being given it or
//! mentioned makes somebody one; following by hand does, too, and can be ended by hand.

use pigeon_wire::act::ThreadAct;
use pigeon_wire::mention::{self, mentioned as names_in};
use pigeon_wire::permission::Permission;
use pigeon_wire::person::PersonRef;
use pigeon_wire::thread::ParticipantRole;
use pigeon_wire::{PersonId, ThreadId};

use super::access::{StaffReadable, staff_reading};
use super::row::{self, ParticipantRow, ThreadRow};
use super::sql;
use crate::actor::Account;
use crate::db::{Conn, on};
use crate::person::{self, Rights};
use crate::work::Work;
use crate::{Error, Office};

/// Whether somebody follows a thread with these parties.
pub(super) fn does(parties: &[ParticipantRow], person: PersonId) -> bool {
    let party = parties.iter().find(|party| party.person_id == person);
    party.is_some_and(|party| party.wants_mail)
}

/// Follows a thread, or no longer. Who looks after it may stop its mails as well.
///
/// # Errors
/// [`pigeon_wire::Fault::NotFound`] for a thread that is not for this caller.
pub async fn set_followed(
    office: &Office,
    account: &Account,
    id: ThreadId,
    follows: bool,
) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| Box::pin(async move { put(work, &account, id, follows).await }))
        .await
        .map(|_| ())
}

/// The same within a unit; answers what would undo it.
pub(super) async fn put(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
    follows: bool,
) -> Result<Option<ThreadAct>, Error> {
    let now = work.now;
    let StaffReadable { me, .. } = staff_reading(&mut work.conn, account, id, now).await?;
    let parties = row::participants(&mut work.conn, id).await?;
    if does(&parties, me.id) == follows {
        return Ok(None);
    }
    if follows {
        row::join(work, id, me.id, ParticipantRole::Staff).await?;
    }
    on!(&mut work.conn, c => sqlx::query(sql::SET_WANTS_MAIL)
        .bind(id).bind(me.id).bind(follows).execute(c).await.map(|_| ()))?;
    Ok(Some(ThreadAct::Follow { on: !follows }))
}

/// Lets those follow a thread whom a note in it mentions. Who does already stays as they chose.
pub(crate) async fn mentioned(
    work: &mut Work,
    thread: &ThreadRow,
    note: &str,
) -> Result<(), Error> {
    if !note.contains(mention::SIGN) {
        return Ok(());
    }
    let people = able(&mut work.conn, thread.customer_id).await?;
    for person in names_in(note, &people) {
        row::join(work, thread.id, person, ParticipantRole::Staff).await?;
    }
    Ok(())
}

/// Whom a note in a thread can mention, the caller apart.
pub async fn colleagues(
    office: &Office,
    account: &Account,
    id: ThreadId,
) -> Result<Vec<PersonRef>, Error> {
    let mut conn = office.read().await?;
    let StaffReadable { thread, me } = staff_reading(&mut conn, account, id, office.now()).await?;
    let people = able(&mut conn, thread.customer_id).await?;
    Ok(people.into_iter().filter(|one| one.id != me.id).collect())
}

/// Those of the team who may read a thread of this customer.
async fn able(conn: &mut Conn, customer: PersonId) -> Result<Vec<PersonRef>, Error> {
    let staff = person::staff(conn).await?;
    let able = staff
        .iter()
        .filter(|person| person.permissions.has(Permission::AccessInbox) && person.id != customer);
    Ok(able.map(Rights::as_ref).collect())
}
