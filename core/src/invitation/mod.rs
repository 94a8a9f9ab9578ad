//! Invitations by mail: made, sent again and taken back by whoever manages people; accepted once,
//! by whoever holds the newest mail's link.
//!
//! An invitation gives what its inviter may give *now*: it works no longer once they are gone or may
//! not give its role any more, until somebody who may sends it again.

mod accept;
pub(crate) mod sql;

use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::id::DAY_MS;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::{Language, PersonRef};
use pigeon_wire::team::{INVITATIONS_MAX, InvitationView};
use pigeon_wire::text::Email;
use pigeon_wire::{Fault, InvitationId, Millis, PersonId};
use serde_json::json;

use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::error::is_taken;
use crate::limit::{self, Limit};
use crate::person::manage::{Manager, giver};
use crate::role::{self, Role};
use crate::secret::Secret;
use crate::work::Work;
use crate::{Error, Office, outbox, person};

pub use accept::{Acceptance, Open, accept, open};

/// How long a link works after it was last sent.
const INVITATION_MS: i64 = 7 * DAY_MS;

#[derive(Clone, sqlx::FromRow)]
struct InvitationRow {
    id: InvitationId,
    email: String,
    role: Option<String>,
    language: Language,
    invited_by: PersonId,
    created_at: Millis,
    expires_at: Millis,
    inviter: String,
}

/// An invitation whose mail is being worded.
pub(crate) struct Invited {
    pub by: PersonRef,
    pub language: Language,
    pub expires_at: Millis,
}

impl InvitationRow {
    async fn role(&self, conn: &mut Conn) -> Result<Option<Role>, Error> {
        match &self.role {
            None => Ok(None),
            Some(slug) => Ok(Some(role::known(conn, slug).await?)),
        }
    }

    /// Whether its link works: it has not expired, and its inviter may give its role now.
    async fn works(&self, conn: &mut Conn, now: Millis) -> Result<bool, Error> {
        if self.expires_at <= now {
            return Ok(false);
        }
        let Some(inviter) = person::rights_of(conn, self.invited_by).await? else {
            return Ok(false);
        };
        let role = self.role(conn).await?;
        let gives = role.is_none_or(|role| {
            giver(&inviter)
                .may_give(role.permissions, role.makes_owner())
                .is_ok()
        });
        Ok(gives && inviter.permissions.has(Permission::ManagePeople))
    }

    fn by(&self) -> PersonRef {
        PersonRef {
            id: self.invited_by,
            name: self.inviter.clone(),
        }
    }
}

/// Invitations that nobody has accepted, newest first. The caller has proven that they manage
/// people.
pub(crate) async fn open_ones(conn: &mut Conn, now: Millis) -> Result<Vec<InvitationView>, Error> {
    let rows: Vec<InvitationRow> = on!(conn, c => sqlx::query_as(sql::LIST).fetch_all(c).await)?;
    let mut views = Vec::new();
    for row in rows {
        let works = row.works(conn, now).await?;
        let role = row.role(conn).await?;
        let mail = outbox::invitation_mail(conn, row.id).await?;
        views.push(InvitationView {
            mail,
            by: row.by(),
            id: row.id,
            role: role.map(|role| role.to_ref()),
            email: row.email,
            created_at: row.created_at,
            expires_at: row.expires_at,
            works,
        });
    }
    Ok(views)
}

/// Invites `email`, to the role of this word or to none.
///
/// # Errors
/// [`Problem::Taken`] when the address has an account, [`Problem::Invited`] when it is invited;
/// what [`Manager::may_give`] refuses; [`Fault::TooMany`] for too many in an hour.
pub async fn invite(
    office: &Office,
    account: &Account,
    email: &str,
    role: Option<&str>,
    language: Language,
) -> Result<(), Error> {
    let email = Email::parse(email).map_err(|problem| Fault::field(Field::Email, problem))?;
    let (account, role) = (account.clone(), role.map(str::to_owned));
    office
        .write(move |work| {
            Box::pin(async move {
                let manager = Manager::writing(work, &account).await?;
                if let Some(slug) = &role {
                    manager.may_give(&role::known(&mut work.conn, slug).await?)?;
                }
                let folded = email.folded();
                if person::has_address(&mut work.conn, &folded).await? {
                    return Err(Fault::field(Field::Email, Problem::Taken).into());
                }
                count(work, &manager, &email).await?;
                let there: i64 =
                    on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT).fetch_one(c).await)?;
                if there >= INVITATIONS_MAX {
                    return Err(Fault::TooLarge.into());
                }
                let id = InvitationId(work.office.fresh_id());
                let until = work.now.plus(INVITATION_MS);
                let stored = on!(&mut work.conn, c => sqlx::query(sql::INSERT)
                    .bind(id).bind(email.as_str()).bind(&folded).bind(&role).bind(language)
                    .bind(manager.me.id).bind(work.now).bind(until)
                    .execute(c).await.map(|_| ()));
                match stored {
                    Err(error) if is_taken(&error) => {
                        return Err(Fault::field(Field::Email, Problem::Invited).into());
                    }
                    other => other?,
                }
                outbox::owe_invitation(work, id, &email).await?;
                note(work, &manager, Act::Invited, email.as_str()).await
            })
        })
        .await
}

/// Sends an invitation once more, with a fresh link: whoever sends it invites from now on.
///
/// # Errors
/// [`Fault::NotFound`] for one that was accepted or taken back; otherwise like [`invite`].
pub async fn send_again(office: &Office, account: &Account, id: InvitationId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let manager = Manager::writing(work, &account).await?;
                let row = by_id(&mut work.conn, id).await?;
                if let Some(role) = row.role(&mut work.conn).await? {
                    manager.may_give(&role)?;
                }
                let email = address(&row)?;
                count(work, &manager, &email).await?;
                on!(&mut work.conn, c => sqlx::query(sql::RENEW)
                    .bind(id).bind(manager.me.id).bind(work.now.plus(INVITATION_MS))
                    .execute(c).await.map(|_| ()))?;
                outbox::owe_invitation(work, id, &email).await?;
                note(work, &manager, Act::InvitedAgain, email.as_str()).await
            })
        })
        .await
}

/// Takes an invitation back: its links and its mails that still wait end.
///
/// # Errors
/// [`Fault::NotFound`] for one that was accepted or taken back.
pub async fn revoke(office: &Office, account: &Account, id: InvitationId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let manager = Manager::writing(work, &account).await?;
                let row = by_id(&mut work.conn, id).await?;
                on!(&mut work.conn, c => sqlx::query(sql::DELETE)
                    .bind(id).execute(c).await.map(|_| ()))?;
                note(work, &manager, Act::InvitationRevoked, &row.email).await
            })
        })
        .await
}

/// The invitation of `email` with a fresh link, if it still works: the link before it ends.
pub(crate) async fn mint(
    work: &mut Work,
    email: &Email,
) -> Result<Option<(Invited, Secret)>, Error> {
    let row: Option<InvitationRow> = on!(&mut work.conn, c => sqlx::query_as(sql::BY_ADDRESS)
        .bind(email.folded()).fetch_optional(c).await)?;
    let Some(row) = row else {
        return Ok(None);
    };
    let now = work.now;
    if !row.works(&mut work.conn, now).await? {
        return Ok(None);
    }
    let secret = Secret::fresh(work.office.randomness());
    on!(&mut work.conn, c => sqlx::query(sql::SET_HASH)
        .bind(row.id).bind(secret.hash().as_bytes()).execute(c).await.map(|_| ()))?;
    let invited = Invited {
        by: row.by(),
        language: row.language,
        expires_at: row.expires_at,
    };
    Ok(Some((invited, secret)))
}

async fn by_id(conn: &mut Conn, id: InvitationId) -> Result<InvitationRow, Error> {
    let row: Option<InvitationRow> =
        on!(conn, c => sqlx::query_as(sql::BY_ID).bind(id).fetch_optional(c).await)?;
    Ok(row.ok_or(Fault::NotFound)?)
}

fn address(row: &InvitationRow) -> Result<Email, Error> {
    Email::parse(&row.email).map_err(|problem| Error::Inconsistent {
        table: "invitations",
        column: "email",
        what: problem.to_string(),
    })
}

async fn count(work: &mut Work, manager: &Manager, email: &Email) -> Result<(), Error> {
    let limits = [
        Limit::invitations_to(&email.folded()),
        Limit::invitations_by(manager.me.id),
    ];
    limit::count_stored(work, &limits).await
}

async fn note(work: &mut Work, manager: &Manager, act: Act, address: &str) -> Result<(), Error> {
    let about = About::default().with(json!({ "address": address }));
    audit::note(work, Some(manager.me.id), act, about).await
}
