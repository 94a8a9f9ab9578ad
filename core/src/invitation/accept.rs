//! Accepting an invitation: a name, a password, and signed in.

use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;
use pigeon_wire::text::Email;
use pigeon_wire::{Fault, InvitationId, Millis};
use serde_json::json;

use super::{InvitationRow, address, sql};
use crate::actor::Visitor;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::person::manage;
use crate::person::{self, NewUser};
use crate::secret::Secret;
use crate::session::{self, SignedIn};
use crate::{Error, Office, role};

/// What the page of an invitation shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The invited address.
    pub email: String,
    /// Who invites.
    pub by: String,
    /// The language of the mail.
    pub language: Language,
    /// When the link ends.
    pub expires_at: Millis,
}

/// What the invited type.
#[derive(Clone, Copy, Debug)]
pub struct Acceptance<'t> {
    /// Their name, as others see it.
    pub name: &'t str,
    /// The password that they choose.
    pub password: &'t str,
    /// The language of their mails.
    pub language: Language,
}

/// What `token` invites to, if it still works. Asking changes nothing: robots open links too.
///
/// # Errors
/// [`Fault::NotFound`], alike for tokens that were used, taken back, expired or never given.
pub async fn open(office: &Office, token: &str) -> Result<Open, Error> {
    let token = Secret::presented(token).ok_or(Fault::NotFound)?;
    let mut conn = office.read().await?;
    let row = working(&mut conn, &token, office).await?;
    Ok(Open {
        email: row.email,
        by: row.inviter,
        language: row.language,
        expires_at: row.expires_at,
    })
}

/// Makes the account and signs it in; the invitation ends with it, and so does the session of
/// `old`, the secret that the browser held until now.
///
/// # Errors
/// [`Fault::NotFound`] as for [`open`]; what is wrong with the fields.
pub async fn accept(
    office: &Office,
    token: &str,
    typed: Acceptance<'_>,
    visitor: &Visitor,
    old: Option<&str>,
) -> Result<SignedIn, Error> {
    let shown = open(office, token).await?;
    let token = Secret::presented(token).ok_or(Fault::NotFound)?;
    let (name, _, password) = person::check(typed.name, &shown.email, typed.password)?;
    let password_hash = office.hash_password(password).await?;
    let (agent, language) = (visitor.agent.clone(), typed.language);
    let old = old.and_then(Secret::presented);
    office
        .write(move |work| {
            Box::pin(async move {
                manage::take_turns(work).await?;
                let office = work.office.clone();
                let row = working(&mut work.conn, &token, &office).await?;
                let used: Option<InvitationId> =
                    on!(&mut work.conn, c => sqlx::query_scalar(sql::TAKE)
                        .bind(row.id).bind(token.hash().as_bytes()).fetch_optional(c).await)?;
                used.ok_or(Fault::NotFound)?;
                let email: Email = address(&row)?;
                // An account that was made meanwhile by other means: nothing is left to accept.
                if person::has_address(&mut work.conn, &email.folded()).await? {
                    return Err(Fault::NotFound.into());
                }
                let given = row.role.clone();
                let new = NewUser {
                    email,
                    name,
                    role: given.clone(),
                    password_hash,
                    language,
                };
                let person = person::insert(work, &new).await?;
                let facts = json!({ "invited_by": row.inviter });
                let about = About::person(person).with(facts);
                audit::note(work, Some(person), Act::Joined, about).await?;
                if let Some(slug) = given {
                    let role = role::known(&mut work.conn, &slug).await?;
                    if role.permissions.has(Permission::ReadDirect) {
                        let (by, about) = (Some(row.invited_by), About::person(person));
                        role::tell_owners(work, by, about, &role.name).await?;
                    }
                }
                if let Some(old) = old {
                    session::end_by_secret(work, &old).await?;
                }
                let log_in = person::may_log_in(work, person, None).await?;
                session::open(work, &log_in.ok_or(Fault::NotFound)?, &agent).await
            })
        })
        .await
}

async fn working(conn: &mut Conn, token: &Secret, office: &Office) -> Result<InvitationRow, Error> {
    let row: Option<InvitationRow> = on!(conn, c => sqlx::query_as(sql::BY_HASH)
        .bind(token.hash().as_bytes()).fetch_optional(c).await)?;
    let row = row.ok_or(Fault::NotFound)?;
    if row.works(conn, office.now()).await? {
        Ok(row)
    } else {
        Err(Fault::NotFound.into())
    }
}
