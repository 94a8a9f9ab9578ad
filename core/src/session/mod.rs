//! Signing in, being remembered, signing out.

pub mod list;
pub(crate) mod sql;

use pigeon_wire::id::DAY_MS;
use pigeon_wire::person::Me;
use pigeon_wire::text::{Email, PASSWORD_CHARS_MAX};
use pigeon_wire::{Fault, Millis, PersonId, SessionId};

use crate::actor::{Account, Credential, Visitor};
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::hub::{Announcement, Ended};
use crate::limit::{self, Limit};
use crate::person::{LogIn, hour_of};
use crate::secret::Secret;
use crate::work::Work;
use crate::{Error, Office, mailbox, person, token};

/// How long a session lasts.
const SESSION_MS: i64 = 30 * DAY_MS;

/// A fresh session, to be put into its owner's cookie.
pub struct SignedIn {
    /// The cookie's secret.
    pub secret: String,
    /// When the session ends.
    pub expires_at: Millis,
    /// Who signed in.
    pub person: PersonId,
}

/// Signs somebody in by address and password. The session of `old`, the secret that the browser
/// held until now, ends: a session never survives a log-in.
///
/// # Errors
/// [`Fault::WrongPassword`], alike in answer and time for unknown accounts; [`Fault::TooMany`] for
/// too many tries; [`Fault::Busy`] when hashing is overrun.
pub async fn log_in(
    office: &Office,
    email: &str,
    password: &str,
    visitor: &Visitor,
    old: Option<&str>,
) -> Result<SignedIn, Error> {
    // An address that is none is counted and answered like one that nobody has.
    let folded = Email::parse(email).map_or_else(|_| String::new(), |email| email.folded());
    let limits = [
        Limit::log_ins_from(&visitor.address),
        Limit::log_ins_to(&folded),
    ];
    office.limits().count(&limits, office.now())?;
    office
        .write(move |work| Box::pin(async move { limit::count_stored(work, &limits).await }))
        .await?;

    let account = {
        let mut conn = office.read().await?;
        person::by_email(&mut conn, &folded).await?
    };
    let (id, stored) = account.map_or((None, None), |(id, stored)| (Some(id), stored));
    let typed: String = password.chars().take(PASSWORD_CHARS_MAX + 1).collect();
    let hash = stored.clone();
    let fits = office.passwords().verify(typed, stored).await?;
    let (true, Some(person), Some(hash)) = (fits, id, hash) else {
        note_failure(office, id, visitor).await?;
        return Err(Fault::WrongPassword.into());
    };
    let old = old.and_then(Secret::presented);
    let agent = visitor.agent.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                // Whoever was deactivated or changed the password meanwhile does not get in.
                let log_in = person::may_log_in(work, person, Some(&hash)).await?;
                let log_in = log_in.ok_or(Fault::WrongPassword)?;
                if let Some(old) = old {
                    end_by_secret(work, &old).await?;
                }
                let signed_in = open(work, &log_in, &agent).await?;
                audit::note(work, Some(person), Act::SignedIn, About::person(person)).await?;
                Ok(signed_in)
            })
        })
        .await
}

/// Writes down that a log-in failed: for which account, if there is one, and from where. Never what
/// was typed, which may be a password in the wrong field.
async fn note_failure(
    office: &Office,
    person: Option<PersonId>,
    visitor: &Visitor,
) -> Result<(), Error> {
    let facts = serde_json::json!({ "from": visitor.address });
    office
        .write(move |work| {
            Box::pin(async move {
                let about = About::default().and_person(person).with(facts);
                audit::note(work, None, Act::SignInFailed, about).await
            })
        })
        .await
}

/// Opens a session for somebody who has proven who they are, and may log in.
pub(crate) async fn open(work: &mut Work, log_in: &LogIn, agent: &str) -> Result<SignedIn, Error> {
    let person = log_in.person();
    let secret = Secret::fresh(work.office.randomness());
    let id = SessionId(work.office.fresh_id());
    let expires_at = work.now.plus(SESSION_MS);
    on!(&mut work.conn, c => sqlx::query(sql::INSERT)
        .bind(id).bind(person).bind(secret.hash().as_bytes()).bind(agent)
        .bind(work.now).bind(hour_of(work.now)).bind(expires_at)
        .execute(c).await.map(|_| ()))?;
    Ok(SignedIn {
        secret: secret.reveal(),
        expires_at,
        person,
    })
}

/// Who holds this cookie, if the session stands.
pub async fn recognise(office: &Office, secret: &str) -> Result<Option<Account>, Error> {
    let Some(secret) = Secret::presented(secret) else {
        return Ok(None);
    };
    let mut conn = office.read().await?;
    let row: Option<(SessionId, PersonId, Millis)> = on!(&mut conn, c => sqlx::query_as(sql::BY_HASH)
            .bind(secret.hash().as_bytes()).bind(office.now())
            .fetch_optional(c).await)?;
    drop(conn);
    let Some((session, person, seen_at)) = row else {
        return Ok(None);
    };
    let account = Account {
        person,
        by: Credential::Session(session),
    };
    let hour = hour_of(office.now());
    if seen_at < hour
        && let Err(cause) = note_seen(office, &account, hour).await
    {
        // A disk that is full must not keep anybody from reading.
        tracing::warn!(%cause, "it could not be kept when somebody was here last");
    }
    Ok(Some(account))
}

/// Keeps that somebody was here in this hour: once an hour for each session.
async fn note_seen(office: &Office, account: &Account, hour: Millis) -> Result<(), Error> {
    let (person, session) = (account.person, account.session()?);
    office
        .write(move |work| {
            Box::pin(async move {
                on!(&mut work.conn, c => sqlx::query(sql::SEEN)
                    .bind(session).bind(hour).execute(c).await.map(|_| ()))?;
                on!(&mut work.conn, c => sqlx::query(person::sql::SEEN)
                    .bind(person).bind(hour).execute(c).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await
}

/// Opens a session for the account with this address, for an operator who holds the database anyway.
///
/// # Errors
/// [`Fault::NotFound`] when nobody has this address.
pub async fn open_for(office: &Office, email: &str, agent: &str) -> Result<SignedIn, Error> {
    let folded = email.trim().to_lowercase();
    let agent = agent.to_owned();
    office
        .write(move |work| {
            Box::pin(async move {
                let account = person::by_email(&mut work.conn, &folded).await?;
                let (person, _) = account.ok_or(Fault::NotFound)?;
                let log_in = person::may_log_in(work, person, None).await?;
                let signed_in = open(work, &log_in.ok_or(Fault::NotFound)?, &agent).await?;
                audit::note(work, Some(person), Act::SignedIn, About::person(person)).await?;
                Ok(signed_in)
            })
        })
        .await
}

/// When the session of `account` ends, or the word of the site that vouches for them; the past if it
/// has ended.
pub async fn expires_at(office: &Office, account: &Account) -> Result<Millis, Error> {
    if let Credential::Vouched { until, .. } = account.by {
        return Ok(until);
    }
    let mut conn = office.read().await?;
    if let Credential::Token(id) = account.by {
        return token::expires_at(&mut conn, id).await;
    }
    let at: Option<Millis> = on!(&mut conn, c => sqlx::query_scalar(sql::EXPIRES)
        .bind(account.session()?).fetch_optional(c).await)?;
    Ok(at.unwrap_or_default())
}

/// The signed-in user, as their own pages know them.
///
/// # Errors
/// [`Fault::NotSignedIn`] when the session has ended.
pub async fn me(office: &Office, account: &Account) -> Result<Me, Error> {
    let mut conn = office.read().await?;
    let rights = person::rights(&mut conn, account, office.now()).await?;
    let unread = mailbox::counts_of(&mut conn, rights.id).await?.unread;
    Ok(rights.into_me(unread))
}

/// Signs out: the session ends, and its live lines with it.
pub async fn end(office: &Office, account: &Account) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let session = account.session()?;
                on!(&mut work.conn, c => sqlx::query(sql::DELETE)
                    .bind(session).execute(c).await.map(|_| ()))?;
                work.tell(Announcement::Ended(Ended::Session(session)));
                let who = account.person;
                audit::note(work, Some(who), Act::SignedOut, About::person(who)).await
            })
        })
        .await
}

/// Ends the session of a secret that a browser held until now.
pub(crate) async fn end_by_secret(work: &mut Work, old: &Secret) -> Result<(), Error> {
    let ended: Option<SessionId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::DELETE_BY_HASH)
        .bind(old.hash().as_bytes()).fetch_optional(c).await)?;
    if let Some(session) = ended {
        work.tell(Announcement::Ended(Ended::Session(session)));
    }
    Ok(())
}

/// Removes sessions that have ended.
pub(crate) async fn sweep(work: &mut Work) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::SWEEP)
        .bind(work.now).execute(c).await.map(|_| ()))?;
    Ok(())
}
