//! What the honeypot caught: looked at, accepted as a guest's thread, or deleted.

pub(crate) mod sql;

use pigeon_wire::id::{DAY_MS, RecordId};
use pigeon_wire::message::StartForm;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;
use pigeon_wire::quarantine::{CATCHES_COUNTED, CATCHES_PAGE, Catch, CatchCursor, CatchPage};
use pigeon_wire::thread::Source;
use pigeon_wire::{Fault, Millis, PersonId, ThreadId};
use serde_json::json;

use crate::actor::{Account, Reuse, Visitor};
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::work::Work;
use crate::{Error, Office, guest, person};

/// How long a catch is kept for somebody's eye.
const KEPT_MS: i64 = 90 * DAY_MS;

/// A page of catches, newest first, going on after `after`.
///
/// # Errors
/// [`Fault::Forbidden`] for whoever does not manage threads.
pub async fn page(
    office: &Office,
    account: &Account,
    after: Option<CatchCursor>,
) -> Result<CatchPage, Error> {
    let mut conn = office.read().await?;
    manager(&mut conn, account, office.now()).await?;
    // Where no page ended, the list begins above everything.
    let CatchCursor { at, id } = after.unwrap_or(CatchCursor {
        at: Millis(i64::MAX),
        id: RecordId(uuid::Uuid::max()),
    });
    let mut catches: Vec<Catch> = on!(&mut conn, c => sqlx::query_as(sql::PAGE)
        .bind(at).bind(id).bind(CATCHES_PAGE + 1).fetch_all(c).await)?;
    let most = usize::try_from(CATCHES_PAGE).unwrap_or(usize::MAX);
    let more = catches.len() > most;
    catches.truncate(most);
    let next = catches.last().filter(|_| more).map(|last| CatchCursor {
        at: last.created_at,
        id: last.id,
    });
    Ok(CatchPage { catches, next })
}

/// How many catches there are, up to [`CATCHES_COUNTED`].
///
/// # Errors
/// [`Fault::Forbidden`] for whoever does not manage threads.
pub async fn count(office: &Office, account: &Account) -> Result<i64, Error> {
    let mut conn = office.read().await?;
    manager(&mut conn, account, office.now()).await?;
    Ok(on!(&mut conn, c => sqlx::query_scalar(sql::COUNT)
        .bind(CATCHES_COUNTED).fetch_one(c).await)?)
}

#[derive(sqlx::FromRow)]
struct Taken {
    name: String,
    email: String,
    subject: Option<String>,
    body: String,
    source: Source,
    address: String,
    language: Language,
}

/// Makes of a catch what the form would have made of it: a guest's thread, as of now.
///
/// # Errors
/// [`Fault::NotFound`] when somebody else was quicker.
pub async fn accept(office: &Office, account: &Account, id: RecordId) -> Result<ThreadId, Error> {
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = manager(&mut work.conn, &account, work.now).await?;
                let taken: Option<Taken> = on!(&mut work.conn, c => sqlx::query_as(sql::TAKE)
                    .bind(id).fetch_optional(c).await)?;
                let taken = taken.ok_or(Fault::NotFound)?;
                let form = StartForm {
                    name: taken.name,
                    email: taken.email,
                    subject: taken.subject.unwrap_or_default(),
                    body: taken.body,
                    key: String::new(),
                };
                // Files of a catch were not kept: its words must stand for themselves.
                let start = form.check(false)?;
                let visitor = Visitor {
                    address: taken.address,
                    language: taken.language,
                    agent: String::new(),
                    reuse: Reuse::Beside,
                };
                let thread = ThreadId(work.office.fresh_id());
                guest::open_thread(work, thread, &start, &[], taken.source, &visitor).await?;
                let about = About::thread(thread);
                audit::note(work, Some(me), Act::CatchAccepted, about).await?;
                Ok(thread)
            })
        })
        .await
}

/// Deletes catches; how many of them were still there.
///
/// # Errors
/// [`Fault::NotFound`] when somebody else was quicker with all of them; [`Fault::TooLarge`] for more
/// than a page shows.
pub async fn delete(office: &Office, account: &Account, ids: &[RecordId]) -> Result<i64, Error> {
    if i64::try_from(ids.len()).is_ok_and(|count| count > CATCHES_PAGE) {
        return Err(Fault::TooLarge.into());
    }
    let (account, ids) = (account.clone(), ids.to_vec());
    office
        .write(move |work| {
            Box::pin(async move {
                let me = manager(&mut work.conn, &account, work.now).await?;
                let mut count = 0;
                for id in ids {
                    let gone = on!(&mut work.conn, c => sqlx::query(sql::DELETE)
                        .bind(id).execute(c).await.map(|done| done.rows_affected()))?;
                    count += i64::from(gone > 0);
                }
                if count == 0 {
                    return Err(Fault::NotFound.into());
                }
                let about = About::default().with(json!({ "count": count }));
                audit::note(work, Some(me), Act::CatchDeleted, about).await?;
                Ok(count)
            })
        })
        .await
}

/// Removes what has been kept for its time.
pub(crate) async fn sweep(work: &mut Work) -> Result<(), Error> {
    let before = work.now.plus(-KEPT_MS);
    on!(&mut work.conn, c => sqlx::query(sql::SWEEP).bind(before).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Who it is, once it is proven that they manage threads.
async fn manager(conn: &mut Conn, account: &Account, now: Millis) -> Result<PersonId, Error> {
    let me = person::rights(conn, account, now).await?;
    me.need(Permission::ManageThreads)?;
    Ok(me.id)
}
