//! The first start: a one-time link makes the owner in the browser.

pub(crate) mod sql;

use pigeon_wire::{Fault, Millis};

use crate::actor::Visitor;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::secret::Secret;
use crate::session::{self, SignedIn};
use crate::{Error, Office, person};
use pigeon_wire::permission::BuiltinRole;

/// A fresh one-time token while there is no owner; an earlier one ends. `None` once there is one.
pub async fn offer(office: &Office) -> Result<Option<String>, Error> {
    office
        .write(|work| {
            Box::pin(async move {
                on!(&mut work.conn, c => sqlx::query(sql::CLEAR).execute(c).await.map(|_| ()))?;
                if person::has_owner(&mut work.conn).await? {
                    return Ok(None);
                }
                let secret = Secret::fresh(work.office.randomness());
                on!(&mut work.conn, c => sqlx::query(sql::INSERT)
                    .bind(secret.hash().as_bytes()).bind(work.now)
                    .execute(c).await.map(|_| ()))?;
                Ok(Some(secret.reveal()))
            })
        })
        .await
}

/// Whether `token` still makes an owner.
pub async fn is_open(office: &Office, token: &str) -> Result<bool, Error> {
    let Some(token) = Secret::presented(token) else {
        return Ok(false);
    };
    let mut conn = office.read().await?;
    let found: i64 = on!(&mut conn, c => sqlx::query_scalar(sql::IS_OPEN)
        .bind(token.hash().as_bytes()).fetch_one(c).await)?;
    // An owner who was added from the command line meanwhile closes it too.
    Ok(found > 0 && !person::has_owner(&mut conn).await?)
}

/// Makes the owner and signs them in; the token ends with it.
///
/// # Errors
/// [`Fault::NotFound`] for a token that was used or never given; what is wrong with the fields.
pub async fn claim(
    office: &Office,
    token: &str,
    name: &str,
    email: &str,
    password: &str,
    visitor: &Visitor,
) -> Result<SignedIn, Error> {
    if !is_open(office, token).await? {
        return Err(Fault::NotFound.into());
    }
    let (name, email, password) = person::check(name, email, password)?;
    let password_hash = office.hash_password(password).await?;
    let role = Some(BuiltinRole::Owner.as_str().to_owned());
    let language = visitor.language;
    let new = person::NewUser {
        email,
        name,
        role,
        password_hash,
        language,
    };
    let token = Secret::presented(token).ok_or(Fault::NotFound)?;
    let agent = visitor.agent.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let used: Option<Millis> = on!(&mut work.conn, c => sqlx::query_scalar(sql::TAKE)
                    .bind(token.hash().as_bytes()).fetch_optional(c).await)?;
                used.ok_or(Fault::NotFound)?;
                if person::has_owner(&mut work.conn).await? {
                    return Err(Fault::NotFound.into());
                }
                let owner = person::insert(work, &new).await?;
                audit::note(work, Some(owner), Act::OwnerMade, About::person(owner)).await?;
                let log_in = person::may_log_in(work, owner, None).await?;
                session::open(work, &log_in.ok_or(Fault::NotFound)?, &agent).await
            })
        })
        .await
}
