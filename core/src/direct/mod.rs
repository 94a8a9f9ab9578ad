//! Direct threads: users with users. Nobody but their participants sees any of it (rule 9): no proof
//! of the team's opens one, nothing of them is indexed, counted or announced to the team.
//!
//! Whoever is written to for the first time is asked. Until they answer, everybody else sees of them
//! what was typed, and the same of an address that nobody has and of somebody who has blocked the
//! author: so that nobody learns who exists, and who does not want to hear of them.

mod edit;
pub mod glass;
mod party;
mod report;
pub(crate) mod sql;
mod start;

pub use edit::edit;
pub use party::{accept, add, block, blocked, ignore, leave, request, set_status, unblock};
pub use report::{report, reports, settle};
pub use start::start;

use std::time::Duration;

use pigeon_wire::direct::{PARTIES_MAX, Recipients};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::person::PersonRef;
use pigeon_wire::text::Email;
use pigeon_wire::{Fault, PersonId, ThreadId};

use crate::actor::Account;
use crate::db::{Conn, on};
use crate::mailbox::{self, Shelf};
use crate::person::{self, Rights};
use crate::thread::row::{self, ThreadRow};
use crate::work::Work;
use crate::{Error, Office};

/// No answer to what was typed of recipients comes sooner. Asking somebody takes half a millisecond
/// longer than finding nobody, of some two or three: `pigeon-bench --telling` told them apart by that in
/// nine of ten tries.
const ANSWER_FLOOR: Duration = Duration::from_millis(25);

/// Does `work`, and answers no sooner than [`ANSWER_FLOOR`] after it began.
async fn paced<T>(work: impl Future<Output = T>) -> T {
    let ((), done) = tokio::join!(tokio::time::sleep(ANSWER_FLOOR), work);
    done
}

/// Those to whom one may write by name: whoever stands in a direct thread with the reader.
pub async fn contacts(office: &Office, account: &Account) -> Result<Vec<PersonRef>, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?.id;
    people(&mut conn, sql::CONTACTS, me).await
}

/// Whether the reader may start direct threads now.
pub async fn may_start(office: &Office, account: &Account) -> Result<bool, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    Ok(office.settings().may_start_direct(me.role.as_deref()))
}

/// Who else is in a direct thread.
pub(crate) async fn parties(
    conn: &mut Conn,
    thread: ThreadId,
    me: PersonId,
) -> Result<Vec<PersonRef>, Error> {
    let rows: Vec<(PersonId, String)> = on!(conn, c => sqlx::query_as(sql::PARTIES)
        .bind(thread).bind(me).fetch_all(c).await)?;
    Ok(refs(rows))
}

/// Who has asked somebody into a thread.
pub(crate) async fn asked_by(
    conn: &mut Conn,
    thread: ThreadId,
    person: PersonId,
) -> Result<Option<PersonRef>, Error> {
    let row: Option<(PersonId, String)> = on!(conn, c => sqlx::query_as(sql::ASKED_BY)
        .bind(thread).bind(person).fetch_optional(c).await)?;
    Ok(row.map(|(id, name)| PersonRef { id, name }))
}

/// Whether `person` hears nothing from `other`.
pub(crate) async fn has_blocked(
    conn: &mut Conn,
    person: PersonId,
    other: PersonId,
) -> Result<bool, Error> {
    let found: i64 = on!(conn, c => sqlx::query_scalar(sql::HAS_BLOCKED)
        .bind(person).bind(other).fetch_one(c).await)?;
    Ok(found > 0)
}

/// Who else is in a thread and hears of `person` while they look and type: not whoever has blocked
/// them.
pub(crate) async fn hearers(
    conn: &mut Conn,
    thread: ThreadId,
    person: PersonId,
) -> Result<Vec<PersonId>, Error> {
    Ok(on!(conn, c => sqlx::query_scalar(sql::HEARERS)
        .bind(thread).bind(person).fetch_all(c).await)?)
}

async fn knows(conn: &mut Conn, one: PersonId, other: PersonId) -> Result<bool, Error> {
    let found: i64 = on!(conn, c => sqlx::query_scalar(sql::KNOWS)
        .bind(one).bind(other).fetch_one(c).await)?;
    Ok(found > 0)
}

async fn people(
    conn: &mut Conn,
    text: &'static str,
    me: PersonId,
) -> Result<Vec<PersonRef>, Error> {
    let rows: Vec<(PersonId, String)> =
        on!(conn, c => sqlx::query_as(text).bind(me).fetch_all(c).await)?;
    Ok(refs(rows))
}

fn refs(rows: Vec<(PersonId, String)>) -> Vec<PersonRef> {
    let all = rows.into_iter();
    all.map(|(id, name)| PersonRef { id, name }).collect()
}

/// What became of those for whom a thread is.
#[derive(Default)]
struct Arrived {
    /// In the thread from now on, and on which shelf it stands for them.
    joined: Vec<(PersonId, Shelf)>,
    /// Asked.
    asked: Vec<PersonId>,
}

/// Lets those in who know the author, and asks the others. The history of all of them begins after
/// `since`.
///
/// # Errors
/// [`Problem::Unknown`] for somebody by name whom the author does not know.
async fn invite(
    work: &mut Work,
    thread: &ThreadRow,
    me: &Rights,
    to: &Recipients,
    since: i64,
) -> Result<Arrived, Error> {
    let mut arrived = Arrived::default();
    for person in &to.people {
        let is_known = *person != me.id && knows(&mut work.conn, me.id, *person).await?;
        if !is_known || person::rights_of(&mut work.conn, *person).await?.is_none() {
            return Err(Fault::field(Field::Recipients, Problem::Unknown).into());
        }
        join(work, thread, me, *person, since, &mut arrived).await?;
    }
    for address in &to.addresses {
        if address.folded() != me.email.folded() {
            ask(work, thread, me, address, since, &mut arrived).await?;
        }
    }
    let parties: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT_PARTIES)
        .bind(thread.id).fetch_one(c).await)?;
    if usize::try_from(parties).is_ok_and(|count| count > PARTIES_MAX) {
        let max = u32::try_from(PARTIES_MAX).unwrap_or(u32::MAX);
        return Err(Fault::field(Field::Recipients, Problem::TooMany { max }).into());
    }
    Ok(arrived)
}

/// Lets somebody in who knows the author. Whoever has blocked the author is in it like anybody else,
/// and sees nothing of it.
async fn join(
    work: &mut Work,
    thread: &ThreadRow,
    me: &Rights,
    person: PersonId,
    since: i64,
    arrived: &mut Arrived,
) -> Result<(), Error> {
    let held = mailbox::find(&mut work.conn, person, thread.id).await?;
    if held.is_some_and(|row| matches!(row.shelf, Shelf::In | Shelf::Ignored)) {
        return Ok(());
    }
    mailbox::put(work, thread, person, since).await?;
    row::let_in(work, thread.id, person).await?;
    let hears = !has_blocked(&mut work.conn, person, me.id).await?;
    let shelf = if hears { Shelf::In } else { Shelf::Ignored };
    arrived.joined.push((person, shelf));
    Ok(())
}

/// Asks whoever has this address, if anybody has.
async fn ask(
    work: &mut Work,
    thread: &ThreadRow,
    me: &Rights,
    address: &Email,
    since: i64,
    arrived: &mut Arrived,
) -> Result<(), Error> {
    let found = person::by_email(&mut work.conn, &address.folded()).await?;
    let person = found.map(|(person, _)| person);
    if let Some(person) = person
        && knows(&mut work.conn, me.id, person).await?
    {
        return join(work, thread, me, person, since, arrived).await;
    }
    let person = match person {
        Some(person) if has_blocked(&mut work.conn, person, me.id).await? => None,
        person => person,
    };
    on!(&mut work.conn, c => sqlx::query(sql::ASK)
        .bind(thread.id).bind(address.folded()).bind(address.as_str()).bind(person).bind(me.id)
        .bind(work.now).execute(c).await.map(|_| ()))?;
    let Some(person) = person else {
        return Ok(());
    };
    // Whoever has ignored the request is not asked again.
    let held = mailbox::find(&mut work.conn, person, thread.id).await?;
    if held.is_none_or(|row| row.shelf == Shelf::Left) {
        mailbox::put(work, thread, person, since).await?;
        arrived.asked.push(person);
    }
    Ok(())
}

impl Arrived {
    /// On which shelves the thread stands from now on.
    fn shelves(&self) -> impl Iterator<Item = (PersonId, Shelf)> {
        let asked = self.asked.iter().map(|person| (*person, Shelf::Asked));
        self.joined.iter().copied().chain(asked)
    }
}
