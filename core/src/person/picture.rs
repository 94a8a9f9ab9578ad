//! Pictures of people: small squares, decoded and encoded anew by the code that makes the small images
//! of files, so that nothing of what was sent but its pixels is shown.

use bytes::Bytes;
use futures::Stream;
use pigeon_wire::permission::Permission;
use pigeon_wire::{Fault, Millis, PersonId};

use super::{Rights, in_person, sql};
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::limit::{self, Limit};
use crate::{Error, Office, attachment};

/// The media type of every picture.
pub const MEDIA_TYPE: &str = attachment::THUMB_TYPE;

/// Makes the file of this name the own picture.
///
/// # Errors
/// [`Fault::Files`] with what is wrong with it; [`Fault::TooMany`].
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
    let limits = [Limit::pictures_of(account.person)];
    office.limits().count(&limits, office.now())?;
    in_person(&mut office.read().await?, account, office.now()).await?;
    let jpeg = attachment::picture(office, name, bytes).await?;
    store(office, account, Some(jpeg)).await
}

/// Takes the own picture away: the initials come back.
pub async fn remove(office: &Office, account: &Account) -> Result<(), Error> {
    store(office, account, None).await
}

async fn store(office: &Office, account: &Account, jpeg: Option<Vec<u8>>) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = in_person(&mut work.conn, &account, work.now).await?;
                limit::count_stored(work, &[Limit::pictures_of(me.id)]).await?;
                let at: Option<Millis> = jpeg.as_ref().map(|_| work.now);
                on!(&mut work.conn, c => sqlx::query(sql::SET_PICTURE)
                    .bind(me.id).bind(&jpeg).bind(at).execute(c).await.map(|_| ()))?;
                audit::note(work, Some(me.id), Act::ProfileChanged, About::person(me.id)).await
            })
        })
        .await
}

/// The picture of `person`: for themselves, for the team, and for whoever manages people.
///
/// # Errors
/// [`Fault::NotFound`] for everybody else, and where there is none.
pub async fn of(office: &Office, account: &Account, person: PersonId) -> Result<Vec<u8>, Error> {
    let mut conn = office.read().await?;
    let me = in_person(&mut conn, account, office.now()).await?;
    if !may_see(&me, person) {
        return Err(Fault::NotFound.into());
    }
    let found: Option<Option<Vec<u8>>> = on!(&mut conn, c => sqlx::query_scalar(sql::PICTURE)
        .bind(person).fetch_optional(c).await)?;
    Ok(found.flatten().ok_or(Fault::NotFound)?)
}

fn may_see(me: &Rights, person: PersonId) -> bool {
    me.id == person
        || me.permissions.has(Permission::AccessInbox)
        || me.permissions.has(Permission::ManagePeople)
}
