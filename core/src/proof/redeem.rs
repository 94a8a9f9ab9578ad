//! What happens once a link's form is sent: each in one unit, which uses the link up.

use pigeon_wire::fault::Field;
use pigeon_wire::person::Language;
use pigeon_wire::proof::ProofKind;
use pigeon_wire::text::{Email, Password};
use pigeon_wire::{Fault, PersonId, ProofId};
use serde_json::json;

use super::{ProofRow, end_of, end_of_kind, insert, open, sql, working};
use crate::actor::{Account, Visitor};
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::person::sql as person_sql;
use crate::person::{self, NewUser, manage};
use crate::secret::Secret;
use crate::session::{self, SignedIn};
use crate::token;
use crate::work::Work;
use crate::{Error, Office, contact};

/// What whoever makes an account types.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'t> {
    /// Their name, as others see it.
    pub name: &'t str,
    /// The password that they choose.
    pub password: &'t str,
    /// The language of their mails.
    pub language: Language,
}

/// Makes the account of a proven address and signs it in; it has no role. The session of `old`, the
/// secret that the browser held until now, ends.
///
/// Name and password are typed only here: who asked for the link may be somebody else than who reads
/// the mail, and must not end up with the password of a stranger's account.
///
/// # Errors
/// [`Fault::NotFound`] for a link that works no longer; [`Fault::Off`] where only invitations make
/// accounts by now; what is wrong with the fields.
pub async fn make_account(
    office: &Office,
    token: &str,
    typed: NewAccount<'_>,
    visitor: &Visitor,
    old: Option<&str>,
) -> Result<SignedIn, Error> {
    let shown = known(office, token, ProofKind::Register).await?;
    if !office.settings().open_registration {
        return Err(Fault::Off.into());
    }
    let (name, email, password) = person::check(typed.name, &shown, typed.password)?;
    let password_hash = office.hash_password(password).await?;
    let token = Secret::presented(token).ok_or(Fault::NotFound)?;
    let (language, agent) = (typed.language, visitor.agent.clone());
    let old = old.and_then(Secret::presented);
    office
        .write(move |work| {
            Box::pin(async move {
                take(work, &token, ProofKind::Register).await?;
                // An account that was made meanwhile by other means: nothing is left to make.
                if person::has_address(&mut work.conn, &email.folded()).await? {
                    return Err(Fault::NotFound.into());
                }
                let new = NewUser {
                    email,
                    name,
                    role: None,
                    password_hash,
                    language,
                };
                let person = person::insert(work, &new).await?;
                audit::note(work, Some(person), Act::Registered, About::person(person)).await?;
                signed_in(work, person, &agent, old).await
            })
        })
        .await
}

/// Sets a new password and signs in; every session and live line that there was ends, and so does
/// every other link to the account.
///
/// # Errors
/// [`Fault::NotFound`] for a link that works no longer; what is wrong with the password.
pub async fn reset_password(
    office: &Office,
    token: &str,
    password: &str,
    visitor: &Visitor,
    old: Option<&str>,
) -> Result<SignedIn, Error> {
    known(office, token, ProofKind::Reset).await?;
    let fresh = hashed(office, password).await?;
    let token = Secret::presented(token).ok_or(Fault::NotFound)?;
    let agent = visitor.agent.clone();
    let old = old.and_then(Secret::presented);
    office
        .write(move |work| {
            Box::pin(async move {
                let row = take(work, &token, ProofKind::Reset).await?;
                let person = about(&row)?;
                let rights = person::rights_of(&mut work.conn, person).await?;
                // Whoever reads an address that the account has left has no say in it any more.
                let asked = row.address()?.folded();
                let still = rights.is_some_and(|me| me.email.folded() == asked);
                if !still {
                    return Err(Fault::NotFound.into());
                }
                set_password(work, person, &fresh).await?;
                end_of_kind(work, person, ProofKind::Reset).await?;
                audit::note(
                    work,
                    Some(person),
                    Act::PasswordReset,
                    About::person(person),
                )
                .await?;
                signed_in(work, person, &agent, old).await
            })
        })
        .await
}

/// Moves the own account to the address that the link went to. The address before is told, with a
/// link that takes it back.
///
/// # Errors
/// [`Fault::NotFound`] for a link that works no longer, or is about another account.
pub async fn move_address(office: &Office, account: &Account, token: &str) -> Result<(), Error> {
    let token = Secret::presented(token).ok_or(Fault::NotFound)?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = person::in_person(&mut work.conn, &account, work.now).await?;
                let row = take(work, &token, ProofKind::NewAddress).await?;
                if row.person_id != Some(me.id) {
                    return Err(Fault::NotFound.into());
                }
                let to = row.address()?;
                set_address(work, me.id, &to).await?;
                // Links to the address before are worth nothing, but those that take a move back.
                end_of_kind(work, me.id, ProofKind::Reset).await?;
                end_of_kind(work, me.id, ProofKind::NewAddress).await?;
                insert(
                    work,
                    ProofKind::OldAddress,
                    &me.email,
                    Some(me.id),
                    me.language,
                )
                .await?;
                let facts = json!({ "from": me.email.as_str(), "to": to.as_str() });
                let about = About::person(me.id).with(facts);
                audit::note(work, Some(me.id), Act::AddressChanged, about).await
            })
        })
        .await
}

/// Takes a change of address back, with a new password: whoever moved the account knew the one
/// before. Every session and every other link to the account ends; this browser is signed in.
///
/// # Errors
/// [`Fault::NotFound`] for a link that works no longer, and where somebody else has the address by
/// now; what is wrong with the password.
pub async fn take_back(
    office: &Office,
    token: &str,
    password: &str,
    visitor: &Visitor,
    old: Option<&str>,
) -> Result<SignedIn, Error> {
    known(office, token, ProofKind::OldAddress).await?;
    let fresh = hashed(office, password).await?;
    let token = Secret::presented(token).ok_or(Fault::NotFound)?;
    let agent = visitor.agent.clone();
    let old = old.and_then(Secret::presented);
    office
        .write(move |work| {
            Box::pin(async move {
                let row = take(work, &token, ProofKind::OldAddress).await?;
                let person = about(&row)?;
                let me = person::rights_of(&mut work.conn, person).await?;
                let me = me.ok_or(Fault::NotFound)?;
                let back = row.address()?;
                set_address(work, person, &back).await?;
                set_password(work, person, &fresh).await?;
                end_of(work, person).await?;
                let facts = json!({ "from": me.email.as_str(), "to": back.as_str() });
                let about = About::person(person).with(facts);
                audit::note(work, Some(person), Act::AddressTakenBack, about).await?;
                signed_in(work, person, &agent, old).await
            })
        })
        .await
}

/// The address of a link of this kind that still works.
async fn known(office: &Office, token: &str, kind: ProofKind) -> Result<String, Error> {
    let shown = open(office, token).await?;
    if shown.kind == kind {
        Ok(shown.email)
    } else {
        Err(Fault::NotFound.into())
    }
}

/// Uses a link of this kind up.
async fn take(work: &mut Work, token: &Secret, kind: ProofKind) -> Result<ProofRow, Error> {
    // Addresses are given in turns: two links to one address cannot both be used.
    manage::take_turns(work).await?;
    let now = work.now;
    let row = working(&mut work.conn, token, now).await?;
    let used: Option<ProofId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::TAKE)
        .bind(row.id).bind(token.hash().as_bytes()).fetch_optional(c).await)?;
    if used.is_none() || row.kind != kind {
        return Err(Fault::NotFound.into());
    }
    Ok(row)
}

fn about(row: &ProofRow) -> Result<PersonId, Error> {
    Ok(row.person_id.ok_or(Fault::NotFound)?)
}

async fn hashed(office: &Office, password: &str) -> Result<String, Error> {
    let password = Password::parse(password);
    let password = password.map_err(|problem| Fault::field(Field::Password, problem))?;
    office.hash_password(password).await
}

/// Moves an account, if the address is free.
async fn set_address(work: &mut Work, person: PersonId, to: &Email) -> Result<(), Error> {
    let folded = to.folded();
    let others: i64 = on!(&mut work.conn, c => sqlx::query_scalar(person_sql::HAS_ADDRESS_BUT)
        .bind(&folded).bind(person).fetch_one(c).await)?;
    if others > 0 {
        return Err(Fault::NotFound.into());
    }
    if let Some(before) = person::rights_of(&mut work.conn, person).await? {
        contact::follow(work, &before.email.folded(), &folded).await?;
    }
    on!(&mut work.conn, c => sqlx::query(person_sql::SET_ADDRESS)
        .bind(person).bind(to.as_str()).bind(&folded).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Sets a password whatever it was before, and ends every session and every token: whoever knew the
/// one before may have made some.
async fn set_password(work: &mut Work, person: PersonId, hash: &str) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(person_sql::RESET_PASSWORD)
        .bind(person).bind(hash).execute(c).await.map(|_| ()))?;
    token::end_all(work, person).await?;
    session::list::end_all(work, person).await
}

async fn signed_in(
    work: &mut Work,
    person: PersonId,
    agent: &str,
    old: Option<Secret>,
) -> Result<SignedIn, Error> {
    if let Some(old) = old {
        session::end_by_secret(work, &old).await?;
    }
    let log_in = person::may_log_in(work, person, None).await?;
    session::open(work, &log_in.ok_or(Fault::NotFound)?, agent).await
}
