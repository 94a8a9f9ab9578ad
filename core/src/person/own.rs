//! What everybody with an account changes about themselves.

use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::person::Language;
use pigeon_wire::proof::ProofKind;
use pigeon_wire::team::OwnAccount;
use pigeon_wire::text::{Check, Name, PASSWORD_CHARS_MAX, Password};
use pigeon_wire::{Fault, Millis};

use super::{in_person, sql};
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::limit::{self, Limit};
use crate::proof;
use crate::zone::Zone;
use crate::{Error, Office, role, session};

/// The account of whoever asks.
pub async fn account(office: &Office, account: &Account) -> Result<OwnAccount, Error> {
    let mut conn = office.read().await?;
    let me = in_person(&mut conn, account, office.now()).await?;
    let role = match &me.role {
        None => None,
        Some(slug) => Some(role::known(&mut conn, slug).await?.to_ref()),
    };
    let profile: Option<(Option<String>, Option<Millis>)> =
        on!(&mut conn, c => sqlx::query_as(sql::PROFILE).bind(me.id).fetch_optional(c).await)?;
    let (time_zone, picture_at) = profile.unwrap_or_default();
    Ok(OwnAccount {
        id: me.id,
        time_zone,
        picture_at,
        name: me.name,
        email: me.email.into(),
        language: me.language,
        role,
    })
}

/// The time zone in which whoever asks reads times.
pub async fn zone(office: &Office, account: &Account) -> Result<Zone, Error> {
    let mut conn = office.read().await?;
    let me = in_person(&mut conn, account, office.now()).await?;
    Ok(me.zone(&office.settings()))
}

/// Changes the own name, the language of the own mails, and the time zone by its name in the IANA
/// list; none means the site's.
pub async fn change_profile(
    office: &Office,
    account: &Account,
    name: &str,
    language: Language,
    time_zone: &str,
) -> Result<(), Error> {
    let mut check = Check::default();
    let name = check.field(Field::Name, Name::parse(name));
    let time_zone = Some(time_zone.trim()).filter(|zone| !zone.is_empty());
    let known = time_zone.is_none_or(|zone| Zone::named(zone).is_some());
    check.field(Field::TimeZone, known.then_some(()).ok_or(Problem::Unknown));
    check.end()?;
    let name = name.ok_or(Fault::Malformed)?;
    let time_zone = time_zone.map(str::to_owned);
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = in_person(&mut work.conn, &account, work.now).await?;
                let zone = time_zone.as_deref().map(Zone::stored);
                if me.name == name.as_str() && me.language == language && me.zone == zone {
                    return Ok(());
                }
                on!(&mut work.conn, c => sqlx::query(sql::SET_TIME_ZONE)
                    .bind(me.id).bind(&time_zone).execute(c).await.map(|_| ()))?;
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
    let stored = prove_password(office, account, old).await?;
    let fresh = office.hash_password(new).await?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = in_person(&mut work.conn, &account, work.now).await?;
                let changed = on!(&mut work.conn, c => sqlx::query(sql::SET_PASSWORD)
                    .bind(me.id).bind(&stored).bind(&fresh)
                    .execute(c).await.map(|done| done.rows_affected()))?;
                if changed == 0 {
                    return Err(Fault::Changed.into());
                }
                session::list::end_others_of(work, me.id, account.session()?).await?;
                proof::end_of_kind(work, me.id, ProofKind::Reset).await?;
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

/// Proves that whoever asks knows the password of the account; answers its hash.
///
/// # Errors
/// [`Problem::WrongPassword`] at it; [`Fault::TooMany`] for too many tries.
pub(crate) async fn prove_password(
    office: &Office,
    account: &Account,
    typed: &str,
) -> Result<Option<String>, Error> {
    let limits = [Limit::passwords_of(account.person)];
    office.limits().count(&limits, office.now())?;
    office
        .write(move |work| Box::pin(async move { limit::count_stored(work, &limits).await }))
        .await?;
    let stored: Option<String> = {
        let mut conn = office.read().await?;
        in_person(&mut conn, account, office.now()).await?;
        let found: Option<Option<String>> = on!(&mut conn, c => sqlx::query_scalar(sql::PASSWORD)
            .bind(account.person).fetch_optional(c).await)?;
        found.flatten()
    };
    let typed: String = typed.chars().take(PASSWORD_CHARS_MAX + 1).collect();
    if office.passwords().verify(typed, stored.clone()).await? {
        Ok(stored)
    } else {
        Err(Fault::field(Field::OldPassword, Problem::WrongPassword).into())
    }
}
