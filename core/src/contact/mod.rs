//! What the team knows of a customer: their threads, its own note on them, and whether they are blocked.
//!
//! A guest is somebody else in each thread, so that what belongs together is everything under one
//! address. Nothing of this is shown to the customer, nor to somebody of the team about themselves.

pub(crate) mod sql;

use pigeon_wire::contact::{
    After, CONTACT_THREADS_COUNTED, CONTACT_THREADS_PAGE, ContactCard, ContactThread,
    ContactThreads, PERSON_NOTE_CHARS_MAX, PersonNote,
};
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::RecordId;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::{Language, PersonKind};
use pigeon_wire::text::{Body, optional};
use pigeon_wire::{Fault, Millis, PersonId};

use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::person::{self, Rights};
use crate::thread::row;
use crate::work::Work;
use crate::{Error, Office, blocked, outbox};

/// A customer as they are stored.
#[derive(sqlx::FromRow)]
struct Customer {
    id: PersonId,
    name: String,
    email: String,
    email_folded: String,
    kind: PersonKind,
    language: Language,
    verified: bool,
}

/// What the team knows of a customer.
///
/// # Errors
/// [`Fault::NotFound`] for whoever is none, and for one's own; [`Fault::Forbidden`] for whoever may not
/// read the inbox.
pub async fn card(office: &Office, account: &Account, id: PersonId) -> Result<ContactCard, Error> {
    let mut conn = office.read().await?;
    let (_, customer) = known(&mut conn, account, office.now(), id).await?;
    let folded = customer.email_folded.as_str();
    let (threads, unclosed): (i64, i64) = on!(&mut conn, c => sqlx::query_as(sql::COUNT)
        .bind(folded).bind(CONTACT_THREADS_COUNTED).fetch_one(c).await)?;
    let note: Option<PersonNote> = on!(&mut conn, c => sqlx::query_as(sql::NOTE)
        .bind(folded).fetch_optional(c).await)?;
    let blocks = blocked::under(&mut conn, folded).await?;
    Ok(ContactCard {
        id: customer.id,
        name: customer.name,
        email: customer.email,
        guest: customer.kind == PersonKind::Guest,
        verified: customer.verified,
        language: customer.language,
        threads,
        unclosed,
        note,
        blocks,
    })
}

/// A page of a customer's threads, newest first, going on after `after`. Those in the trash are left
/// out, and direct ones are nobody's business.
///
/// # Errors
/// As [`card`].
pub async fn threads(
    office: &Office,
    account: &Account,
    id: PersonId,
    after: Option<After>,
) -> Result<ContactThreads, Error> {
    let mut conn = office.read().await?;
    let (_, customer) = known(&mut conn, account, office.now(), id).await?;
    let After { at, id } = after.unwrap_or(After {
        at: Millis(i64::MAX),
        id: RecordId(uuid::Uuid::max()),
    });
    let mut threads: Vec<ContactThread> = on!(&mut conn, c => sqlx::query_as(sql::THREADS)
        .bind(&customer.email_folded).bind(at).bind(id).bind(CONTACT_THREADS_PAGE + 1)
        .fetch_all(c).await)?;
    let most = usize::try_from(CONTACT_THREADS_PAGE).unwrap_or(usize::MAX);
    let more = threads.len() > most;
    threads.truncate(most);
    let next = threads.last().filter(|_| more).map(|last| After {
        at: last.active_at,
        id: RecordId(last.id.0),
    });
    Ok(ContactThreads { threads, next })
}

/// Writes the team's note on a customer, over the version that its author has seen; 0 where there was
/// none. Answers the new version.
///
/// # Errors
/// [`Fault::Changed`] when somebody else was quicker; what is wrong with the text; the refusals of
/// [`card`]; [`Fault::Forbidden`] for whoever does not manage threads.
pub async fn write_note(
    office: &Office,
    account: &Account,
    id: PersonId,
    typed: &str,
    seen: i64,
) -> Result<i64, Error> {
    let text = note(typed).map_err(|problem| Fault::field(Field::Body, problem))?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let (me, customer) = managed(work, &account, id).await?;
                let version: Option<i64> = on!(&mut work.conn, c => sqlx::query_scalar(sql::WRITE_NOTE)
                    .bind(&customer.email_folded).bind(&text).bind(me.id).bind(work.now).bind(seen)
                    .fetch_optional(c).await)?;
                let Some(version) = version else {
                    // Sent twice, it is what it was meant to be.
                    let now: Option<PersonNote> = on!(&mut work.conn, c => sqlx::query_as(sql::NOTE)
                        .bind(&customer.email_folded).fetch_optional(c).await)?;
                    let same = now.filter(|now| now.text == text);
                    return Ok(same.ok_or(Fault::Changed)?.version);
                };
                let about = About::person(customer.id);
                audit::note(work, Some(me.id), Act::PersonNoteChanged, about).await?;
                Ok(version)
            })
        })
        .await
}

/// Has a guest mailed links to their threads, as if they had asked for them: no more often than they
/// could.
///
/// # Errors
/// [`Fault::NotFound`] for whoever has an account too; otherwise as [`write_note`].
pub async fn send_links(office: &Office, account: &Account, id: PersonId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let (_, customer) = managed(work, &account, id).await?;
                if customer.kind != PersonKind::Guest {
                    return Err(Fault::NotFound.into());
                }
                let address = row::address(&customer.email)?;
                outbox::owe_links(work, Some(&address)).await
            })
        })
        .await
}

/// Lets the note on an account go with it to another address, unless there is one already.
pub(crate) async fn follow(work: &mut Work, from: &str, to: &str) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::MOVE_NOTE)
        .bind(from).bind(to).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Forgets what was noted about a guest who is about to be forgotten, if nobody else writes under
/// their address.
pub(crate) async fn forget(work: &mut Work, guest: PersonId) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::FORGET_NOTE)
        .bind(guest).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// A note as it is stored: empty where it is taken away.
fn note(typed: &str) -> Result<String, Problem> {
    let text = optional(typed, Body::parse)?.map_or_else(String::new, String::from);
    if text.chars().count() > PERSON_NOTE_CHARS_MAX {
        let max = u32::try_from(PERSON_NOTE_CHARS_MAX).unwrap_or(u32::MAX);
        return Err(Problem::TooLong { max });
    }
    Ok(text)
}

/// Who asks and about whom, once it is proven that they may know.
async fn known(
    conn: &mut Conn,
    account: &Account,
    now: Millis,
    id: PersonId,
) -> Result<(Rights, Customer), Error> {
    let me = person::rights(conn, account, now).await?;
    me.need(Permission::AccessInbox)?;
    let found: Option<Customer> = on!(conn, c => sqlx::query_as(sql::PERSON)
        .bind(id).fetch_optional(c).await)?;
    let own = me.email.folded();
    let found = found.filter(|customer| customer.email_folded != own);
    Ok((me, found.ok_or(Fault::NotFound)?))
}

/// The same for whoever may change something about them.
async fn managed(
    work: &mut Work,
    account: &Account,
    id: PersonId,
) -> Result<(Rights, Customer), Error> {
    let (me, customer) = known(&mut work.conn, account, work.now, id).await?;
    me.need(Permission::ManageThreads)?;
    Ok((me, customer))
}
