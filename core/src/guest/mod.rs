//! Guests: they have no account, and one thread for each credential.

pub(crate) mod link;
pub(crate) mod sql;
pub(crate) mod start;

use pigeon_wire::live::PublicChange;
use pigeon_wire::message::{ENTRIES_PAGE_MAX, EntryView, KnownBy, Posted, ReplyForm};
use pigeon_wire::person::PersonRef;
use pigeon_wire::seen::Seen;
use pigeon_wire::text::Email;
use pigeon_wire::thread::{GuestThread, LinkOrigin, Side};
use pigeon_wire::{Fault, ThreadId};

use crate::actor::{Guest, Visitor};
use crate::attachment;
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::hub::{Announcement, Ended};
use crate::limit::{self, Limit};
use crate::message::{Content, Keyed, entry, keyed};
use crate::thread::access::{GuestReadable, GuestWritable, guest_reading, guest_writing};
use crate::thread::change::{Author, Change, KeyedContent, Said};
use crate::thread::{merge, read, receipt, row};
use crate::work::Work;
use crate::{Error, Office, blocked, outbox, quarantine};

pub(crate) use start::open as open_thread;
pub use start::{Started, start, start_with};

/// What a presented credential is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It opens the thread.
    Good(Guest),
    /// It opens another one, in which the thread goes on or from which it was parted again.
    Elsewhere(Guest),
    /// It did once.
    Expired {
        /// The guest's address with most of it hidden.
        email_hint: String,
    },
    /// It never did, or its thread is gone.
    Unknown,
}

/// Where a mailed link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// Into its thread; the token is the cookie's secret.
    Thread {
        /// Which thread.
        thread: ThreadId,
        /// Seconds that the cookie may last.
        max_age_s: i64,
    },
    /// Nowhere any more.
    Expired {
        /// The guest's address with most of it hidden.
        email_hint: String,
    },
    /// Nowhere.
    Unknown,
}

/// For whom a fresh link is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkRequest {
    /// For whoever has this typed address.
    Typed(String),
    /// For the holder of this expired token.
    Token(String),
    /// For the holder of this thread's cookie.
    Thread(ThreadId, String),
}

/// What the cookie's `secret` is worth for `thread`.
pub async fn standing(office: &Office, thread: ThreadId, secret: &str) -> Result<Standing, Error> {
    let (standing, _) = look_up(office, secret).await?;
    let Standing::Elsewhere(guest) = standing else {
        return Ok(match standing {
            Standing::Good(guest) if guest.thread != thread => {
                let mut conn = office.read().await?;
                if merge::were_one(&mut conn, guest.thread, thread).await? {
                    Standing::Elsewhere(guest)
                } else {
                    Standing::Unknown
                }
            }
            other => other,
        });
    };
    if guest.thread == thread {
        return Ok(Standing::Good(guest));
    }
    let mut conn = office.read().await?;
    let link = link::find(&mut conn, guest.link).await?;
    let home = link.map(|link| link.thread_id);
    let mut is_known = home == Some(thread);
    if let Some(home) = home.filter(|_| !is_known) {
        is_known = merge::were_one(&mut conn, home, thread).await?;
    }
    Ok(if is_known {
        Standing::Elsewhere(guest)
    } else {
        Standing::Unknown
    })
}

/// Follows a mailed link. Writes nothing and consumes nothing: mail scanners open links too.
pub async fn follow(office: &Office, token: &str) -> Result<Followed, Error> {
    let (standing, max_age_s) = look_up(office, token).await?;
    Ok(match standing {
        Standing::Good(guest) | Standing::Elsewhere(guest) => Followed::Thread {
            thread: guest.thread,
            max_age_s,
        },
        Standing::Expired { email_hint } => Followed::Expired { email_hint },
        Standing::Unknown => Followed::Unknown,
    })
}

async fn look_up(office: &Office, secret: &str) -> Result<(Standing, i64), Error> {
    let mut conn = office.read().await?;
    let Some(link) = link::presented(&mut conn, secret).await? else {
        return Ok((Standing::Unknown, 0));
    };
    let now = office.now();
    let link_days = office.settings().link_days;
    let Some(way) = link::way(&mut conn, &link, now, link_days).await? else {
        return Ok((Standing::Unknown, 0));
    };
    let thread = way.thread;
    if !way.is_open {
        let email_hint = thread.customer_address()?.hint();
        return Ok((Standing::Expired { email_hint }, 0));
    }
    let guest = Guest {
        person: thread.customer_id,
        thread: thread.id,
        link: link.id,
        origin: link.origin,
    };
    // The cookie may outlive the sliding expiry, which each use asks for anew.
    let max_age_s = link.until.since(now) / 1000;
    Ok(if link.thread_id == thread.id {
        (Standing::Good(guest), max_age_s)
    } else {
        (Standing::Elsewhere(guest), max_age_s)
    })
}

/// Asks for a fresh link. The answer is the same, in the same time, whether or not the address is
/// known: the same row is written, and the worker decides what it is worth.
pub async fn request_link(
    office: &Office,
    request: LinkRequest,
    visitor: &Visitor,
) -> Result<(), Error> {
    let limits = [Limit::links_from(&visitor.address)];
    office.limits().count(&limits, office.now())?;
    let address = match request {
        LinkRequest::Typed(typed) => Email::parse(&typed)
            .map(Some)
            .map_err(|problem| Fault::field(pigeon_wire::fault::Field::Email, problem))?,
        LinkRequest::Token(secret) | LinkRequest::Thread(_, secret) => {
            let mut conn = office.read().await?;
            match link::presented(&mut conn, &secret).await? {
                None => None,
                Some(link) => match row::find(&mut conn, link.thread_id).await? {
                    None => None,
                    Some(thread) => Some(thread.customer_address()?),
                },
            }
        }
    };
    office
        .write(move |work| {
            Box::pin(async move {
                limit::count_stored(work, &limits).await?;
                outbox::owe_links(work, address.as_ref()).await
            })
        })
        .await
}

/// Opens the guest's thread: its newest public entries.
pub async fn open(office: &Office, guest: &Guest) -> Result<GuestThread, Error> {
    let mut conn = office.read().await?;
    let link_days = office.settings().link_days;
    let GuestReadable { thread } = guest_reading(&mut conn, guest, office.now(), link_days).await?;
    let (rows, more_before) = entry::newest(&mut conn, thread.id, Side::Customer).await?;
    let seen = receipt::for_guest(&mut conn, office, thread.id).await?;
    Ok(GuestThread {
        head: thread.public_head(),
        name: thread.customer_name.clone(),
        email_hint: thread.customer_address()?.hint(),
        by_mail: guest.origin == LinkOrigin::Mail,
        change: thread.public_change,
        entries: entry::public_views(&rows)?,
        more_before,
        seen,
        files: office.settings().file_rules(),
    })
}

/// How far the team has read, as the guest may know it.
pub async fn seen_by_team(office: &Office, guest: &Guest) -> Result<Vec<Seen>, Error> {
    let mut conn = office.read().await?;
    let link_days = office.settings().link_days;
    guest_reading(&mut conn, guest, office.now(), link_days).await?;
    receipt::for_guest(&mut conn, office, guest.thread).await
}

/// Entries before `place`, oldest first, and whether there are still older ones.
pub async fn before(
    office: &Office,
    guest: &Guest,
    place: i64,
) -> Result<(Vec<EntryView>, bool), Error> {
    let mut conn = office.read().await?;
    let link_days = office.settings().link_days;
    guest_reading(&mut conn, guest, office.now(), link_days).await?;
    let (rows, more) = entry::before(
        &mut conn,
        guest.thread,
        Side::Customer,
        place,
        ENTRIES_PAGE_MAX,
    )
    .await?;
    Ok((entry::public_views(&rows)?, more))
}

/// What changed after number `after`, for a guest's line that is already attached. An answer is
/// bounded: see [`crate::message::rest_after`].
pub async fn changed_after(
    office: &Office,
    guest: &Guest,
    after: i64,
) -> Result<Vec<PublicChange>, Error> {
    let mut conn = office.read().await?;
    let link_days = office.settings().link_days;
    let GuestReadable { thread } = guest_reading(&mut conn, guest, office.now(), link_days).await?;
    let id = thread.id;
    let head = thread.public_head();
    let upto = thread.public_change;
    let (rows, more) = entry::changed_after(&mut conn, id, Side::Customer, after, upto).await?;
    let mut changes: Vec<PublicChange> = Vec::new();
    let mut prev = after;
    for chunk in rows.chunks(entry::CHUNK) {
        let now = chunk
            .last()
            .and_then(|row| row.public_change)
            .unwrap_or(prev);
        let entries = entry::public_views(chunk)?;
        changes.push(PublicChange {
            thread: id,
            prev,
            now,
            head: head.clone(),
            entries,
        });
        prev = now;
    }
    if changes.is_empty() || (prev < upto && !more) {
        let now = upto.max(prev);
        changes.push(PublicChange {
            thread: id,
            prev,
            now,
            head,
            entries: Vec::new(),
        });
    }
    Ok(changes)
}

/// When the guest's credential stops working, as of now.
pub async fn expires_at(office: &Office, guest: &Guest) -> Result<pigeon_wire::Millis, Error> {
    let mut conn = office.read().await?;
    let link = link::find(&mut conn, guest.link)
        .await?
        .ok_or(Fault::Expired)?;
    let link_days = office.settings().link_days;
    let way = link::way(&mut conn, &link, office.now(), link_days).await?;
    let way = way.filter(|way| way.thread.id == guest.thread);
    Ok(link.expires_at(&way.ok_or(Fault::Expired)?.thread, link_days))
}

/// The guest writes.
///
/// # Errors
/// What is wrong with the text; [`Fault::TooMany`]; [`Fault::Expired`].
pub async fn reply(
    office: &Office,
    guest: &Guest,
    form: &ReplyForm,
    visitor: &Visitor,
) -> Result<Posted, Error> {
    let new = form.check()?;
    let settings = office.settings();
    let limits = match guest.origin {
        LinkOrigin::Mail => vec![Limit::replies_by(guest.link)],
        LinkOrigin::Browser => vec![Limit::posts_from(
            &visitor.address,
            settings.rate_messages,
            settings.rate_window_s,
        )],
    };
    office.limits().count(&limits, office.now())?;
    let (guest, visitor) = (guest.clone(), visitor.clone());
    office
        .write(move |work| {
            Box::pin(async move {
                let typed_in = guest.thread;
                let GuestWritable { thread, guest } = guest_writing(work, &guest).await?;
                let (id, reuse) = (thread.id, visitor.reuse);
                let files = attachment::named(work, id, guest.person, &new.attachments).await?;
                let content = Content::new("message", id, new.body.as_ref(), &files);
                let side = Side::Customer;
                let keyed =
                    match keyed(work, guest.person, side, (&new.key, reuse), &content).await? {
                        Keyed::Again(sent) => return Ok(sent.posted()),
                        Keyed::New(keyed) => keyed,
                    };
                limit::count_stored(work, &limits).await?;
                if guest.origin == LinkOrigin::Browser {
                    let address = thread.customer_address()?.folded();
                    let settings = work.office.settings();
                    let (most, window) = (settings.rate_messages, settings.rate_window_s);
                    let limit = Limit::posts_for(&address, most, window);
                    limit::count_stored(work, &[limit]).await?;
                }
                let said = Said::new(new.body.as_ref(), files);
                let written = Written {
                    guest: &guest,
                    // What a page has shown of another thread says nothing of this one.
                    seen: new.seen.filter(|_| id == typed_in),
                    visitor: &visitor,
                };
                written.post(work, thread, &said, keyed).await
            })
        })
        .await
}

/// What a guest has written, once it is known to be new.
struct Written<'w> {
    guest: &'w Guest,
    seen: Option<i64>,
    visitor: &'w Visitor,
}

impl Written<'_> {
    /// Posts it; of a blocked guest so that they see it, and the team does not.
    async fn post(
        &self,
        work: &mut Work,
        thread: row::ThreadRow,
        said: &Said,
        keyed: KeyedContent,
    ) -> Result<Posted, Error> {
        let Self {
            guest,
            seen,
            visitor,
        } = self;
        let side = Side::Customer;
        let address = thread.customer_address()?;
        let is_caught = thread.held || blocked::is_blocked(&mut work.conn, &address).await?;
        let author = guest_author(guest, &thread);
        let mut change = Change::of(thread);
        let (message, place) = if is_caught && !change.thread.held {
            let message = change.held_message(work, &author, said, keyed).await?;
            (message, change.place(side))
        } else {
            if guest.origin == LinkOrigin::Mail {
                // Only sending with a mailed credential proves the address: scanners read.
                let verified = change.thread.customer_verified_at.or(Some(work.now));
                change.thread.customer_verified_at = verified;
            }
            let message = change
                .message(work, &author, said, Some(keyed), None)
                .await?;
            let place = change.place(side);
            let status = change.thread.status.after_message(side, false);
            change.status(work, &author, status, false).await?;
            (message, place)
        };
        let upto = read::after_posting(*seen, change.number_before(side), place);
        read::mark(work, change.thread.id, guest.person, side, upto).await?;
        link::used(work, guest.link).await?;
        if is_caught {
            let (thread, body) = (&change.thread, said.shown());
            quarantine::keep_message(work, thread, message, &body, visitor).await?;
        } else {
            change.owe(work, message, guest.person, side).await?;
        }
        change.finish(work).await?;
        Ok(Posted {
            id: message,
            place,
            at: work.now,
        })
    }
}

fn guest_author(guest: &Guest, thread: &row::ThreadRow) -> Author {
    let known_by = match guest.origin {
        LinkOrigin::Browser => KnownBy::Browser,
        LinkOrigin::Mail => KnownBy::MailedLink,
    };
    let person = PersonRef {
        id: guest.person,
        name: thread.customer_name.clone(),
    };
    Author {
        person,
        side: Side::Customer,
        known_by,
    }
}

/// Marks the thread as read by the guest up to a place of the public order.
pub async fn seen(office: &Office, guest: &Guest, upto: i64) -> Result<(), Error> {
    {
        let mut conn = office.read().await?;
        let link_days = office.settings().link_days;
        let readable = guest_reading(&mut conn, guest, office.now(), link_days).await?;
        let upto = upto.min(readable.thread.public_change);
        if read::upto(&mut conn, guest.thread, guest.person).await? >= upto {
            return Ok(());
        }
    }
    let guest = guest.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let seen_in = guest.thread;
                let GuestWritable { thread, guest } = guest_writing(work, &guest).await?;
                if thread.id != seen_in {
                    return Err(Fault::Expired.into());
                }
                link::used(work, guest.link).await?;
                let upto = upto.min(thread.public_change);
                read::mark(work, thread.id, guest.person, Side::Customer, upto).await
            })
        })
        .await
}

/// Signs this browser out. A mailed link goes on working for whoever holds the mail.
pub async fn sign_out(office: &Office, guest: &Guest) -> Result<(), Error> {
    let guest = guest.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                if guest.origin == LinkOrigin::Browser {
                    link::revoke(work, guest.link).await?;
                }
                work.tell(Announcement::Ended(Ended::Link(guest.link)));
                Ok(())
            })
        })
        .await
}

/// Somebody says that this thread is not theirs: its links end, and no more mails go out for it.
pub async fn not_me(office: &Office, guest: &Guest) -> Result<(), Error> {
    let guest = guest.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let GuestWritable { thread, guest } = guest_writing(work, &guest).await?;
                stop_mails(work, &guest).await?;
                link::revoke_all(work, thread.id).await?;
                work.tell(Announcement::Ended(Ended::LinksOf(thread.id)));
                audit::note(work, None, Act::NotMe, About::thread(thread.id)).await
            })
        })
        .await
}

async fn stop_mails(work: &mut Work, guest: &Guest) -> Result<(), Error> {
    on!(&mut work.conn, c => sqlx::query(sql::STOP_MAIL)
        .bind(guest.thread).bind(guest.person).bind(false)
        .execute(c).await.map(|_| ()))?;
    Ok(())
}
