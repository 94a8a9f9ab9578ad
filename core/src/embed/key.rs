//! The keys with which other sites vouch: made, given another secret, revoked by whoever changes the
//! settings. A secret is shown once; both sides sign with it, so it cannot be kept as a hash.

use pigeon_wire::embed::{EmbedKeyView, KEYS_MAX};
use pigeon_wire::fault::Field;
use pigeon_wire::text::{Check, Name};
use pigeon_wire::{EmbedKeyId, Fault, Millis};
use serde_json::json;

use super::sql;
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::hub::{Announcement, Ended};
use crate::secret::Secret;
use crate::setting::Manager;
use crate::work::Work;
use crate::{Error, Office};

/// A key whose secret was just made.
pub struct Made {
    /// Which.
    pub id: EmbedKeyId,
    /// The secret: seen here once and never again.
    pub secret: String,
}

#[derive(sqlx::FromRow)]
struct Listed {
    id: EmbedKeyId,
    name: String,
    secret_at: Millis,
    created_at: Millis,
    used_at: Option<Millis>,
    revoked_at: Option<Millis>,
}

/// The keys, the newest first, for whoever may change the settings.
pub async fn all(office: &Office, account: &Account) -> Result<Vec<EmbedKeyView>, Error> {
    let mut conn = office.read().await?;
    account.session()?;
    Manager::prove(&mut conn, account, office.now()).await?;
    let rows: Vec<Listed> = on!(&mut conn, c => sqlx::query_as(sql::LIST).fetch_all(c).await)?;
    let view = |row: Listed| EmbedKeyView {
        id: row.id,
        name: row.name,
        secret_at: row.secret_at,
        created_at: row.created_at,
        used_at: row.used_at,
        revoked_at: row.revoked_at,
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Makes a key for a site that is called `name` here.
///
/// # Errors
/// What is wrong with the name; [`Fault::TooLarge`] for too many keys.
pub async fn make(office: &Office, account: &Account, name: &str) -> Result<Made, Error> {
    let mut check = Check::default();
    let name = check.field(Field::Name, Name::parse(name));
    check.end()?;
    let name = name.ok_or(Fault::Malformed)?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                prove(work, &account).await?;
                let there: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT)
                    .fetch_one(c).await)?;
                if there >= KEYS_MAX {
                    return Err(Fault::TooLarge.into());
                }
                let id = EmbedKeyId(work.office.fresh_id());
                let secret = Secret::fresh(work.office.randomness()).reveal();
                on!(&mut work.conn, c => sqlx::query(sql::ADD_KEY)
                    .bind(id).bind(name.as_str()).bind(&secret).bind(work.now).bind(account.person)
                    .execute(c).await.map(|_| ()))?;
                note(work, &account, Act::EmbedKeyMade, name.as_str()).await?;
                Ok(Made { id, secret })
            })
        })
        .await
}

/// Gives a key another secret: what the old one signed is worth nothing from now on, while the site's
/// visitors stay who they are.
///
/// # Errors
/// [`Fault::NotFound`] for a key that is none, or revoked.
pub async fn renew(office: &Office, account: &Account, id: EmbedKeyId) -> Result<Made, Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                prove(work, &account).await?;
                let secret = Secret::fresh(work.office.randomness()).reveal();
                let name: Option<String> = on!(&mut work.conn, c => sqlx::query_scalar(sql::RENEW)
                    .bind(id).bind(&secret).bind(work.now).fetch_optional(c).await)?;
                let name = name.ok_or(Fault::NotFound)?;
                work.tell(Announcement::Ended(Ended::Key(id)));
                note(work, &account, Act::EmbedKeyRenewed, &name).await?;
                Ok(Made { id, secret })
            })
        })
        .await
}

/// Revokes a key, at once: whoever it vouched for is nobody with the next request, and their lines
/// end.
///
/// # Errors
/// [`Fault::NotFound`] for a key that is none, or revoked.
pub async fn revoke(office: &Office, account: &Account, id: EmbedKeyId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                prove(work, &account).await?;
                let name: Option<String> = on!(&mut work.conn, c => sqlx::query_scalar(sql::REVOKE)
                    .bind(id).bind(work.now).fetch_optional(c).await)?;
                let name = name.ok_or(Fault::NotFound)?;
                work.tell(Announcement::Ended(Ended::Key(id)));
                note(work, &account, Act::EmbedKeyRevoked, &name).await
            })
        })
        .await
}

/// Proves that `account` is here in person and may change the settings.
async fn prove(work: &mut Work, account: &Account) -> Result<(), Error> {
    account.session()?;
    Manager::prove(&mut work.conn, account, work.now).await?;
    Ok(())
}

async fn note(work: &mut Work, account: &Account, act: Act, name: &str) -> Result<(), Error> {
    let about = About::default().with(json!({ "name": name }));
    audit::note(work, Some(account.person), act, about).await
}
