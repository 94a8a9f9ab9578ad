//! Saved views of the inbox: one's own, and those that the whole team has. What they show is what their
//! reader may see: a view holds an address, never its answer.

pub(crate) mod sql;

use pigeon_wire::fault::{Field, Problem};
use pigeon_wire::inbox::{Ask, ListCount};
use pigeon_wire::permission::Permission;
use pigeon_wire::saved::{SAVED_MAX, SAVED_NAME_CHARS_MAX, SavedView};
use pigeon_wire::text::{Check, Name};
use pigeon_wire::{Fault, PersonId, SavedViewId};

use crate::actor::Account;
use crate::db::{Conn, on};
use crate::error::is_taken;
use crate::inbox;
use crate::person::{self, Rights};
use crate::work::Work;
use crate::{Error, Office};

#[derive(sqlx::FromRow)]
struct Row {
    id: SavedViewId,
    person_id: PersonId,
    shared: bool,
    name: String,
    query: String,
    author: String,
}

impl Row {
    /// By whoever saved it; a shared one also by whoever keeps the house's settings.
    fn may_be_deleted_by(&self, me: &Rights) -> bool {
        let keeps_house = me.permissions.has(Permission::ManageSettings);
        self.person_id == me.id || (self.shared && keeps_house)
    }

    fn view(self, me: &Rights) -> SavedView {
        SavedView {
            deletable: self.may_be_deleted_by(me),
            id: self.id,
            name: self.name,
            query: self.query,
            shared: self.shared,
            author: self.author,
        }
    }
}

/// One's own saved views, then the team's, each in the order of their names.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever may not read the inbox.
pub async fn list(office: &Office, account: &Account) -> Result<Vec<SavedView>, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    me.need(Permission::AccessInbox)?;
    of(&mut conn, &me).await
}

/// The same for somebody who was asked for their rights.
pub(crate) async fn of(conn: &mut Conn, me: &Rights) -> Result<Vec<SavedView>, Error> {
    let mut rows: Vec<Row> = on!(conn, c => sqlx::query_as(sql::OWN)
        .bind(me.id).bind(SAVED_MAX).fetch_all(c).await)?;
    let shared: Vec<Row> = on!(conn, c => sqlx::query_as(sql::SHARED)
        .bind(SAVED_MAX).fetch_all(c).await)?;
    rows.extend(shared);
    Ok(rows.into_iter().map(|row| row.view(me)).collect())
}

/// How many threads each of the reader's saved views holds, and each of the team's, in the order of
/// [`list`].
///
/// # Errors
/// [`Fault::Forbidden`] for whoever may not read the inbox.
pub async fn counts(
    office: &Office,
    account: &Account,
) -> Result<Vec<(SavedViewId, ListCount)>, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    me.need(Permission::AccessInbox)?;
    let mut counts = Vec::new();
    for view in of(&mut conn, &me).await? {
        let ask = Ask::of_query(&view.query);
        counts.push((view.id, inbox::count_of(&mut conn, me.id, &ask).await?));
    }
    Ok(counts)
}

/// Saves a view: for oneself, or for the team, which takes the right to act on its threads.
///
/// # Errors
/// What is wrong with the name; [`Problem::Taken`] for one that there is; [`Fault::TooLarge`] beyond
/// [`SAVED_MAX`]; [`Fault::Forbidden`].
pub async fn save(
    office: &Office,
    account: &Account,
    name: &str,
    ask: &Ask,
    shared: bool,
) -> Result<SavedViewId, Error> {
    let name = Name::parse(name).and_then(|name| {
        let fits = name.as_str().chars().count() <= SAVED_NAME_CHARS_MAX;
        let max = u32::try_from(SAVED_NAME_CHARS_MAX).unwrap_or(u32::MAX);
        fits.then_some(name).ok_or(Problem::TooLong { max })
    });
    let mut check = Check::default();
    let name = check.field(Field::Name, name);
    check.end()?;
    let name = name.ok_or(Fault::Malformed)?;
    let (account, query) = (account.clone(), ask.query());
    office
        .write(move |work| {
            Box::pin(async move {
                let me = person::rights(&mut work.conn, &account, work.now).await?;
                me.need(Permission::AccessInbox)?;
                if shared {
                    me.need(Permission::ManageThreads)?;
                }
                has_room(work, &me, shared).await?;
                let id = SavedViewId(work.office.fresh_id());
                let stored = on!(&mut work.conn, c => sqlx::query(sql::INSERT)
                    .bind(id).bind(me.id).bind(shared).bind(name.as_str())
                    .bind(name.as_str().to_lowercase()).bind(&query).bind(work.now)
                    .execute(c).await.map(|_| ()));
                match stored {
                    Err(error) if is_taken(&error) => {
                        Err(Fault::field(Field::Name, Problem::Taken).into())
                    }
                    other => {
                        other?;
                        Ok(id)
                    }
                }
            })
        })
        .await
}

/// Deletes one.
///
/// # Errors
/// [`Fault::NotFound`] for somebody else's own one; [`Fault::Forbidden`] for a shared one that the
/// reader may not delete.
pub async fn delete(office: &Office, account: &Account, id: SavedViewId) -> Result<(), Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = person::rights(&mut work.conn, &account, work.now).await?;
                me.need(Permission::AccessInbox)?;
                let row: Option<Row> = on!(&mut work.conn, c => sqlx::query_as(sql::BY_ID)
                    .bind(id).fetch_optional(c).await)?;
                let seen = row.filter(|row| row.shared || row.person_id == me.id);
                if !seen.ok_or(Fault::NotFound)?.may_be_deleted_by(&me) {
                    return Err(Fault::Forbidden(Permission::ManageSettings).into());
                }
                on!(&mut work.conn, c => sqlx::query(sql::DELETE)
                    .bind(id).execute(c).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await
}

async fn has_room(work: &mut Work, me: &Rights, shared: bool) -> Result<(), Error> {
    let count: i64 = if shared {
        on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT_SHARED).fetch_one(c).await)?
    } else {
        on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT_OWN)
            .bind(me.id).fetch_one(c).await)?
    };
    if count < SAVED_MAX {
        Ok(())
    } else {
        Err(Fault::TooLarge.into())
    }
}
