//! The site's logo, which guests see beside its name. Its bytes were encoded here, and its address
//! names them, so that browsers keep it for ever.

use std::fmt::Write as _;

use bytes::Bytes;
use futures::Stream;
use pigeon_wire::Fault;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::{Manager, load, sql};
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::person::manage;
use crate::work::Renewal;
use crate::{Error, Office, attachment};

/// The media type of every logo.
pub const MEDIA_TYPE: &str = "image/png";
/// The name under which the setting is stored.
const NAME: &str = "logo";
/// Bytes of a hash that make a version: nobody chooses them to be equal but the owner.
const VERSION_BYTES: usize = 8;

/// Makes the file of this name the site's logo.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever may not change settings; [`Fault::Files`] with what is wrong
/// with the file.
pub async fn change<S>(
    office: &Office,
    account: &Account,
    name: &str,
    bytes: S,
) -> Result<(), Error>
where
    S: Stream<Item = Result<Bytes, Fault>> + Send + Unpin,
{
    // Nobody's bytes are taken who may not keep them.
    Manager::prove(&mut office.read().await?, account, office.now()).await?;
    let png = attachment::logo(office, name, bytes).await?;
    store(office, account, Some(png)).await
}

/// Takes the logo away: the name's first letter comes back.
pub async fn remove(office: &Office, account: &Account) -> Result<(), Error> {
    store(office, account, None).await
}

async fn store(office: &Office, account: &Account, png: Option<Vec<u8>>) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                manage::take_turns(work).await?;
                Manager::prove(&mut work.conn, &account, work.now).await?;
                let version = png.as_deref().map(version_of);
                let office = work.office.clone();
                let old = load(&mut work.conn, office.overrides()).await?.logo;
                on!(&mut work.conn, c => sqlx::query(sql::FORGET_LOGO)
                    .bind(&old).execute(c).await.map(|_| ()))?;
                if let (Some(version), Some(png)) = (&version, &png) {
                    on!(&mut work.conn, c => sqlx::query(sql::KEEP_LOGO)
                        .bind(version).bind(png).execute(c).await.map(|_| ()))?;
                }
                on!(&mut work.conn, c => sqlx::query(sql::SET)
                    .bind(NAME).bind(json!(version).to_string()).bind(work.now)
                    .bind(account.person).execute(c).await.map(|_| ()))?;
                work.renew_settings(Renewal::Told);
                let about = About::default().with(json!({ "setting": NAME, "to": version }));
                audit::note(work, Some(account.person), Act::SettingChanged, about).await
            })
        })
        .await
}

fn version_of(png: &[u8]) -> String {
    let hash = Sha256::digest(png);
    let mut version = String::new();
    for byte in &hash[..VERSION_BYTES] {
        // Writing to a string cannot fail.
        let _ = write!(version, "{byte:02x}");
    }
    version
}

/// The bytes of the logo with this version, for everybody.
///
/// # Errors
/// [`Fault::NotFound`] when it is not the one in force.
pub async fn bytes(office: &Office, version: &str) -> Result<Vec<u8>, Error> {
    let mut conn = office.read().await?;
    let png: Option<Vec<u8>> = on!(&mut conn, c => sqlx::query_scalar(sql::LOGO)
        .bind(version).fetch_optional(c).await)?;
    Ok(png.ok_or(Fault::NotFound)?)
}
