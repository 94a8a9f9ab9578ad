//! A guest's credentials: mailed links and the unverified sessions of browsers.

use pigeon_wire::id::{DAY_MS, HOUR_MS};
use pigeon_wire::thread::{LinkOrigin, LinkView};
use pigeon_wire::{LinkId, Millis, PersonId, ThreadId};

use super::sql;
use crate::Error;
use crate::db::{Conn, on};
use crate::secret::Secret;
use crate::thread::merge;
use crate::thread::row::{self, ThreadRow};
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
            && self.is_good(thread, now, link_days)
    }

    fn is_good(&self, thread: &ThreadRow, now: Millis, link_days: i64) -> bool {
        self.revoked_at.is_none() && self.expires_at(thread, link_days) > now
    }
}

/// Where a link leads now.
pub(crate) struct Way {
    /// Its thread, or the one in which that goes on.
    pub thread: ThreadRow,
    /// Whether it opens it.
    pub is_open: bool,
}

/// Where a link leads; nowhere if its thread is gone for good. The session of a browser leads into no
/// other thread: it has proven no address.
pub(crate) async fn way(
    conn: &mut Conn,
    link: &LinkRow,
    now: Millis,
    link_days: i64,
) -> Result<Option<Way>, Error> {
    let Some(home) = row::find(conn, link.thread_id).await? else {
        return Ok(None);
    };
    let is_theirs = link.person_id == home.customer_id;
    let leads_on = home.merged_into.is_none() || link.origin == LinkOrigin::Mail;
    let thread = merge::led(conn, home).await?;
    let is_open =
        is_theirs && leads_on && !thread.is_gone() && link.is_good(&thread, now, link_days);
    Ok(Some(Way { thread, is_open }))
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
    let mut rows: Vec<LinkRow> = Vec::new();
    for id in merge::gathered(conn, thread.id).await? {
        let some: Vec<LinkRow> = on!(conn, c => sqlx::query_as(sql::LINKS_OF)
            .bind(id).bind(now).fetch_all(c).await)?;
        rows.extend(some);
    }
    let works = rows.into_iter().filter(|link| {
        let came_in = link.thread_id != thread.id && link.origin == LinkOrigin::Mail;
        link.works(thread, now, link_days) || (came_in && link.is_good(thread, now, link_days))
    });
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

/// Ends every link that leads to a thread.
pub(crate) async fn revoke_all(work: &mut Work, thread: ThreadId) -> Result<(), Error> {
    for id in merge::gathered(&mut work.conn, thread).await? {
        on!(&mut work.conn, c => sqlx::query(sql::REVOKE_ALL)
            .bind(id).bind(work.now).execute(c).await.map(|_| ()))?;
    }
    Ok(())
}
