//! A guest's credentials: mailed links and the unverified sessions of browsers.

use pigeon_wire::id::{DAY_MS, HOUR_MS};
use pigeon_wire::thread::{LinkOrigin, LinkView};
use pigeon_wire::{LinkId, Millis, PersonId, ThreadId};

use super::sql;
use crate::Error;
use crate::db::{Conn, on};
use crate::secret::Secret;
use crate::thread::row::ThreadRow;
use crate::work::Work;

/// How long a browser stays in the conversation that it started, without a mailed link.
pub(crate) const BROWSER_MS: i64 = 24 * HOUR_MS;
/// No activity carries a mailed link past this age.
pub(crate) const MAIL_MS_MAX: i64 = 365 * DAY_MS;

/// A stored link.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct LinkRow {
    pub id: LinkId,
    pub thread_id: ThreadId,
    pub person_id: PersonId,
    pub origin: LinkOrigin,
    pub created_at: Millis,
    pub until: Millis,
    pub last_used_at: Option<Millis>,
    pub revoked_at: Option<Millis>,
}

impl LinkRow {
    /// When the link stops working as of now: a mailed one slides with the thread's last public
    /// activity (a note moves nothing), up to its hard cap.
    pub fn expires_at(&self, thread: &ThreadRow, link_days: i64) -> Millis {
        match self.origin {
            LinkOrigin::Browser => self.until,
            LinkOrigin::Mail => {
                let last = thread.active_at.max(self.created_at);
                self.until.min(last.plus(link_days.saturating_mul(DAY_MS)))
            }
        }
    }

    /// Whether the link still opens its thread.
    pub fn works(&self, thread: &ThreadRow, now: Millis, link_days: i64) -> bool {
        self.thread_id == thread.id
            && self.person_id == thread.customer_id
            && self.revoked_at.is_none()
            && self.expires_at(thread, link_days) > now
    }
}

/// A link with the moment at which it expires.
pub(crate) struct Standing {
    link: LinkRow,
    expires_at: Millis,
}

impl From<Standing> for LinkView {
    fn from(Standing { link, expires_at }: Standing) -> Self {
        let LinkRow {
            id,
            origin,
            created_at,
            last_used_at,
            ..
        } = link;
        Self {
            id,
            origin,
            created_at,
            last_used_at,
            expires_at,
        }
    }
}

/// Makes a fresh credential; older ones go on working.
pub(crate) async fn mint(
    work: &mut Work,
    thread: ThreadId,
    guest: PersonId,
    origin: LinkOrigin,
) -> Result<Secret, Error> {
    let secret = Secret::fresh(work.office.randomness());
    let lasts = match origin {
        LinkOrigin::Browser => BROWSER_MS,
        LinkOrigin::Mail => MAIL_MS_MAX,
    };
    let id = LinkId(work.office.fresh_id());
    on!(&mut work.conn, c => sqlx::query(sql::ADD_LINK)
        .bind(id).bind(thread).bind(guest).bind(origin).bind(secret.hash().as_bytes())
        .bind(work.now).bind(work.now.plus(lasts))
        .execute(c).await.map(|_| ()))?;
    Ok(secret)
}

/// The link, whatever has become of it.
pub(crate) async fn find(conn: &mut Conn, id: LinkId) -> Result<Option<LinkRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::LINK_BY_ID).bind(id).fetch_optional(c).await)?)
}

/// The link with this secret, whatever has become of it.
pub(crate) async fn presented(conn: &mut Conn, secret: &str) -> Result<Option<LinkRow>, Error> {
    let Some(secret) = Secret::presented(secret) else {
        return Ok(None);
    };
    Ok(on!(conn, c => sqlx::query_as(sql::LINK_BY_HASH)
        .bind(secret.hash().as_bytes()).fetch_optional(c).await)?)
}

/// The links of a thread that still work, newest first.
pub(crate) async fn standing(
    conn: &mut Conn,
    thread: &ThreadRow,
    now: Millis,
    link_days: i64,
) -> Result<Vec<Standing>, Error> {
    let rows: Vec<LinkRow> = on!(conn, c => sqlx::query_as(sql::LINKS_OF)
        .bind(thread.id).bind(now).fetch_all(c).await)?;
    let works = rows
        .into_iter()
        .filter(|link| link.works(thread, now, link_days));
    Ok(works
        .map(|link| Standing {
            expires_at: link.expires_at(thread, link_days),
            link,
        })
        .collect())
}

/// Notes that somebody acted with a link.
pub(crate) async fn used(work: &mut Work, id: LinkId) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::USE_LINK)
        .bind(id).bind(work.now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Ends one link.
pub(crate) async fn revoke(work: &mut Work, id: LinkId) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::REVOKE)
        .bind(id).bind(work.now).execute(c).await.map(|_| ()))?;
    Ok(())
}

/// Ends every link of a thread.
pub(crate) async fn revoke_all(work: &mut Work, thread: ThreadId) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::REVOKE_ALL)
        .bind(thread).bind(work.now).execute(c).await.map(|_| ()))?;
    Ok(())
}
