//! What everybody with an account changes about themselves.

use pigeon_wire::Fault;
use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::person::Language;
use pigeon_wire::team::OwnAccount;
use pigeon_wire::text::{Check, Name, PASSWORD_CHARS_MAX, Password};

use super::{rights, sql};
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::limit::{self, Limit};
use crate::{Error, Office, role, session};

/// The account of whoever asks.
pub async fn account(office: &Office, account: &Account) -> Result<OwnAccount, Error> {
    let mut conn = office.read().await?;
    let me = rights(&mut conn, account, office.now()).await?;
    let role = match &me.role {
        None => None,
        Some(slug) => Some(role::known(&mut conn, slug).await?.to_ref()),
    };
    Ok(OwnAccount {
        name: me.name,
        email: me.email.into(),
        language: me.language,
        role,
    })
}

/// Changes the own name and the language of the own mails.
pub async fn change_profile(
    office: &Office,
    account: &Account,
    name: &str,
    language: Language,
) -> Result<(), Error> {
    let name = Name::parse(name).map_err(|problem| Fault::field(Field::Name, problem))?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = rights(&mut work.conn, &account, work.now).await?;
                if me.name == name.as_str() && me.language == language {
                    return Ok(());
                }
                on!(&mut work.conn, c => sqlx::query(sql::SET_PROFILE)
                    .bind(me.id).bind(name.as_str()).bind(language)
                    .execute(c).await.map(|_| ()))?;
                let renamed = (me.name != name.as_str()).then_some(me.name);
                let facts = serde_json::json!({ "old_name": renamed });
                let about = About::person(me.id).with(facts);
                audit::note(work, Some(me.id), Act::ProfileChanged, about).await
            })
        })
        .await
}

/// Changes the own password; every other session ends.
///
/// # Errors
/// [`Problem::WrongPassword`] at the old one; [`Fault::TooMany`] for too many tries.
pub async fn change_password(
    office: &Office,
    account: &Account,
    old: &str,
    new: &str,
) -> Result<(), Error> {
    let mut check = Check::default();
    let old = Some(old).filter(|old| !old.is_empty());
    let old = check.field(Field::OldPassword, old.ok_or(Problem::Missing));
    let new = check.field(Field::Password, Password::parse(new));
    check.end()?;
    let (Some(old), Some(new)) = (old, new) else {
        return Err(Fault::Malformed.into());
    };
    let limits = [Limit::passwords_of(account.person)];
    office.limits().count(&limits, office.now())?;
    office
        .write(move |work| Box::pin(async move { limit::count_stored(work, &limits).await }))
        .await?;
    let stored: Option<String> = {
        let mut conn = office.read().await?;
        rights(&mut conn, account, office.now()).await?;
        let found: Option<Option<String>> = on!(&mut conn, c => sqlx::query_scalar(sql::PASSWORD)
            .bind(account.person).fetch_optional(c).await)?;
        found.flatten()
    };
    let typed: String = old.chars().take(PASSWORD_CHARS_MAX + 1).collect();
    if !office.passwords().verify(typed, stored.clone()).await? {
        return Err(Fault::field(Field::OldPassword, Problem::WrongPassword).into());
    }
    let fresh = office.hash_password(new).await?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = rights(&mut work.conn, &account, work.now).await?;
                let changed = on!(&mut work.conn, c => sqlx::query(sql::SET_PASSWORD)
                    .bind(me.id).bind(&stored).bind(&fresh)
                    .execute(c).await.map(|done| done.rows_affected()))?;
                if changed == 0 {
                    return Err(Fault::Changed.into());
                }
                session::list::end_others_of(work, me.id, account.session).await?;
                audit::note(
                    work,
                    Some(me.id),
                    Act::PasswordChanged,
                    About::person(me.id),
                )
                .await
            })
        })
        .await
}
