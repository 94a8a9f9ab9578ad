//! A guest becomes a user: threads that were begun without an account go over to the account of
//! whoever has proven that the address is theirs.
//!
//! An account's address is proven when it is made and whenever it changes, so that the account's own
//! address is the only proof that counts here: no guest's link opens an account, and none is needed.

use pigeon_wire::ThreadId;
use pigeon_wire::note::StaffEvent;
use pigeon_wire::person::PersonKind;

use super::user_author;
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::guest::{link, sql as guests};
use crate::hub::{Announcement, Ended};
use crate::mailbox::{self, Shelf};
use crate::person::{self, Rights};
use crate::thread::change::Change;
use crate::thread::row::{self, ThreadRow};
use crate::thread::{read, sql as threads};
use crate::work::Work;
use crate::{Error, Office};

/// Threads that go over at one request, and the most that are counted.
pub const CLAIMED_MAX: i64 = 50;

/// What makes a guest's part of a thread somebody's own, in this order.
const GIVE_OVER: &[&str] = &[
    guests::DROP_RECEIPTS,
    guests::DROP_READS,
    guests::GIVE_RECEIPTS,
    guests::GIVE_READS,
    guests::GIVE_SEAT,
    guests::GIVE_MESSAGES,
    guests::GIVE_FILES,
    guests::GIVE_STOPS,
    guests::GIVE_THREAD,
];

/// How many threads of guests with the reader's address they may take over, up to [`CLAIMED_MAX`].
pub async fn claimable(office: &Office, account: &Account) -> Result<usize, Error> {
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, office.now()).await?;
    Ok(ids(&mut conn, &me).await?.len())
}

/// Takes over the threads of guests with the reader's address, the newest [`CLAIMED_MAX`] of them; how
/// many that were. Each goes in a unit of its own. Their guests' links end, and open pages of them
/// with these.
///
/// Threads in which the reader stands as staff stay as they are: their customer may not have seen
/// the team's notes.
pub async fn claim_guest_threads(office: &Office, account: &Account) -> Result<usize, Error> {
    let waiting = {
        let mut conn = office.read().await?;
        let me = person::rights(&mut conn, account, office.now()).await?;
        ids(&mut conn, &me).await?
    };
    let mut claimed = 0;
    for id in waiting {
        let account = account.clone();
        let done = office
            .write(move |work| Box::pin(async move { claim(work, &account, id).await }))
            .await?;
        claimed += usize::from(done);
    }
    Ok(claimed)
}

async fn ids(conn: &mut Conn, me: &Rights) -> Result<Vec<ThreadId>, Error> {
    Ok(on!(conn, c => sqlx::query_scalar(guests::CLAIMABLE)
        .bind(me.email.folded()).bind(me.id).bind(CLAIMED_MAX).fetch_all(c).await)?)
}

/// Takes one thread over, unless it is none of the reader's by now.
async fn claim(work: &mut Work, account: &Account, id: ThreadId) -> Result<bool, Error> {
    let me = person::rights(&mut work.conn, account, work.now).await?;
    let Some(thread) = row::lock(work, id).await? else {
        return Ok(false);
    };
    let still: Option<ThreadId> = on!(&mut work.conn, c => sqlx::query_scalar(guests::STILL_CLAIMABLE)
        .bind(me.email.folded()).bind(me.id).bind(id).fetch_optional(c).await)?;
    if still.is_none() {
        return Ok(false);
    }
    let guest = thread.customer_id;
    for text in GIVE_OVER {
        on!(&mut work.conn, c => sqlx::query(*text)
            .bind(id).bind(guest).bind(me.id).execute(c).await.map(|_| ()))?;
    }
    let bundle = crate::outbox::news_bundle(id, me.id);
    on!(&mut work.conn, c => sqlx::query(guests::GIVE_MAILS)
        .bind(id).bind(guest).bind(me.id).bind(&bundle).execute(c).await.map(|_| ()))?;
    link::revoke_all(work, id).await?;
    work.tell(Announcement::Ended(Ended::LinksOf(id)));
    on!(&mut work.conn, c => sqlx::query(threads::FORGET_GUEST)
        .bind(guest).execute(c).await.map(|_| ()))?;
    let change = taken_over(work, thread, &me).await?;
    change.finish(work).await?;
    audit::note(work, Some(me.id), Act::ThreadClaimed, About::thread(id)).await?;
    Ok(true)
}

/// The change that makes `me` the customer of a guest's thread.
async fn taken_over(work: &mut Work, guests: ThreadRow, me: &Rights) -> Result<Change, Error> {
    let id = guests.id;
    // What is counted before is a guest's thread, and a user's afterwards.
    let mut change = Change::of(guests);
    let thread = &mut change.thread;
    thread.customer_id = me.id;
    thread.customer_kind = PersonKind::User;
    thread.customer_name.clone_from(&me.name);
    me.email.as_str().clone_into(&mut thread.customer_email);
    thread.customer_language = me.language;
    thread.customer_verified_at = thread.customer_verified_at.or(Some(work.now));
    mailbox::put(work, &change.thread, me.id, 0).await?;
    change.news.shelves.push((me.id, Shelf::In));
    let upto = read::upto(&mut work.conn, id, me.id).await?;
    change.news.read = Some((me.id, upto));
    let author = user_author(me);
    change.event(work, &author, StaffEvent::Claimed).await?;
    Ok(change)
}
