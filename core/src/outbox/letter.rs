//! What a bundle of owed rows has become by the time it is sent: a letter, a wait, or nothing.
//! The right to receive, the address and the link are settled here, in the moment of sending.

use pigeon_wire::attachment::AttachmentView;
use pigeon_wire::id::{DAY_MS, HOUR_MS, MINUTE_MS};
use pigeon_wire::notice::MailPace;
use pigeon_wire::outbox::MailKind;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::{Language, PersonKind};
use pigeon_wire::text::{Email, Name};
use pigeon_wire::thread::{LinkOrigin, Side, ThreadKind};
use pigeon_wire::{MessageId, Millis, PersonId, ThreadId};

use super::worker::{Lease, Owed};
use super::{account, assigned, digest, mine, proof, sql};
use crate::db::on;
use crate::guest::{link, sql as guest_sql};
use crate::limit::{self, Limit};
use crate::mail::Letter;
use crate::mail::render::{self, Rendered};
use crate::message::entry::{self, EntryKind, EntryRow};
use crate::person::{self, Rights};
use crate::stop;
use crate::thread::{read, row};
use crate::work::Work;
use crate::{Error, blocked};

/// A further request for links within this time is dropped.
pub(super) const LINKS_APART_MS: i64 = 15 * MINUTE_MS;
/// How long a mail above a cap waits before it is looked at again.
const CAP_WAIT_MS: i64 = 5 * MINUTE_MS;

/// Guests under a blocked address are mailed nothing.
const BLOCKED: Verdict = Verdict::Drop("the address is blocked");

/// What is to be done with a bundle.
pub(crate) enum Verdict {
    /// Send this; the address counts as unverified or not.
    Send {
        letter: Box<Letter>,
        unverified: bool,
    },
    /// A cap is reached: wait, visibly.
    Wait { until: Millis, why: &'static str },
    /// No longer wanted, or never possible.
    Drop(&'static str),
}

/// Settles what a leased bundle has become.
pub(crate) async fn settle(work: &mut Work, lease: &Lease) -> Result<Verdict, Error> {
    if has_moved(work, lease).await? {
        // Taken again, it is about what is there now.
        return Ok(Verdict::Wait {
            until: work.now,
            why: "the conversation was merged with another one meanwhile",
        });
    }
    let first = lease.first();
    match (first.kind, first.thread_id, first.person_id, &first.address) {
        (MailKind::NewMessage, Some(thread), Some(person), _) => {
            news_for_person(work, lease, thread, person).await
        }
        (MailKind::NewMessage, Some(thread), None, Some(address)) => {
            news_for_recipient(work, lease, thread, &row::address(address)?).await
        }
        (MailKind::Assigned, Some(thread), Some(person), _) => {
            assigned::given(work, lease, thread, person).await
        }
        (MailKind::GuestStarted, Some(thread), Some(guest), _) => {
            started(work, lease, thread, guest).await
        }
        (MailKind::GuestLinks, _, _, Some(address)) => {
            links(work, lease, &row::address(address)?).await
        }
        (MailKind::Invitation, _, _, Some(address)) => {
            account::invitation(work, lease, &row::address(address)?).await
        }
        (MailKind::ConfirmAddress, _, person, Some(address)) => {
            let address = row::address(address)?;
            proof::confirm(work, lease, person, &address).await
        }
        (MailKind::ResetPassword, _, _, Some(address)) => {
            proof::reset(work, lease, &row::address(address)?).await
        }
        (MailKind::AddressChanged, _, Some(person), Some(address)) => {
            proof::changed(work, lease, person, &row::address(address)?).await
        }
        (MailKind::Digest, _, Some(person), _) => digest::of_the_day(work, lease, person).await,
        (MailKind::ReadDirect, _, Some(owner), _) => account::read_direct(work, lease, owner).await,
        _ => Ok(Verdict::Drop("nobody has this address")),
    }
}

/// Whether an entry that a leased row is about stands in another thread by now.
async fn has_moved(work: &mut Work, lease: &Lease) -> Result<bool, Error> {
    for row in &lease.rows {
        if let Some(message) = row.message_id {
            let moved: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::MOVED)
                .bind(row.id).bind(message).fetch_one(c).await)?;
            if moved > 0 {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

async fn news_for_person(
    work: &mut Work,
    lease: &Lease,
    id: ThreadId,
    person: PersonId,
) -> Result<Verdict, Error> {
    let Some(thread) = row::find(&mut work.conn, id)
        .await?
        .filter(|t| t.trashed_at.is_none())
    else {
        return Ok(Verdict::Drop("the thread is gone"));
    };
    let is_users = thread.customer_kind == PersonKind::User && person == thread.customer_id;
    if is_users || thread.kind == ThreadKind::Direct {
        return mine::news(work, lease, &thread, person).await;
    }
    let participants = row::participants(&mut work.conn, id).await?;
    let wants = participants
        .iter()
        .any(|p| p.person_id == person && p.wants_mail);
    if !wants {
        return Ok(Verdict::Drop("mails for this thread are switched off"));
    }
    if person != thread.customer_id {
        let rights = person::rights_of(&mut work.conn, person).await?;
        let Some(rights) = rights.filter(|r| r.permissions.has(Permission::AccessInbox)) else {
            return Ok(Verdict::Drop(
                "the recipient may not read the inbox any more",
            ));
        };
        return news_for_staff(work, lease, &thread, Some(&rights), &rights.email).await;
    }
    let unread = unread(work, lease, person, Side::Customer).await?;
    if unread.is_empty() {
        return Ok(Verdict::Drop("read meanwhile"));
    }
    let to = thread.customer_address()?;
    if blocked::is_blocked(&mut work.conn, &to).await? {
        return Ok(BLOCKED);
    }
    let unverified = !thread.is_verified();
    if unverified && let Some(wait) = capped(work, lease, &to).await? {
        return Ok(wait);
    }
    let secret = link::mint(work, id, person, LinkOrigin::Mail).await?;
    let settings = work.office.settings();
    let messages = unread
        .into_iter()
        .filter(|entry| entry.kind == EntryKind::Message);
    let data = render::GuestNewMessages {
        site_name: settings.site_name.clone(),
        // What the guest typed is not mailed to an address that may be somebody else's.
        subject: thread.subject.clone().filter(|_| !unverified),
        messages: messages
            .map(|entry| render::TeamMessage {
                author: entry.author_name,
                at: entry.created_at,
                body: entry.body,
                files: names(entry.files),
            })
            .collect(),
        link: format!("{}/t/{}", settings.public_url, secret.reveal()),
        link_days: settings.link_days,
    };
    let rendered = render::guest_new_messages(thread.customer_language, &data);
    let name = Name::parse(&thread.customer_name)
        .ok()
        .filter(|_| !unverified);
    let mut letter = letter(work, lease, (name, to), rendered, Some(id));
    letter.stop = Some(stop::address(work, id, person).await?);
    Ok(Verdict::Send { letter, unverified })
}

async fn news_for_recipient(
    work: &mut Work,
    lease: &Lease,
    id: ThreadId,
    address: &Email,
) -> Result<Verdict, Error> {
    let settings = work.office.settings();
    let still = settings
        .support_recipients()
        .iter()
        .any(|to| to.folded() == address.folded());
    if !still {
        return Ok(Verdict::Drop("no support recipient any more"));
    }
    let Some(thread) = row::find(&mut work.conn, id)
        .await?
        .filter(|t| t.trashed_at.is_none())
    else {
        return Ok(Verdict::Drop("the thread is gone"));
    };
    // A recipient who is staff here, too, has perhaps read it meanwhile.
    let account = person::by_email(&mut work.conn, &address.folded()).await?;
    let rights = match account {
        Some((person, _)) => person::rights_of(&mut work.conn, person).await?,
        None => None,
    };
    let staff = rights.filter(|r| r.permissions.has(Permission::AccessInbox));
    news_for_staff(work, lease, &thread, staff.as_ref(), address).await
}

async fn news_for_staff(
    work: &mut Work,
    lease: &Lease,
    thread: &row::ThreadRow,
    staff: Option<&Rights>,
    to: &Email,
) -> Result<Verdict, Error> {
    let mut entries = match staff {
        Some(staff) => unread(work, lease, staff.id, Side::Staff).await?,
        None => entries(work, lease).await?,
    };
    if let Some(staff) = staff {
        entries.retain(|entry| staff.notices.mail(entry.told_as()) != MailPace::Never);
    }
    if entries.is_empty() {
        return Ok(Verdict::Drop("read meanwhile"));
    }
    let settings = work.office.settings();
    let zone = staff.map_or_else(|| settings.zone(), |staff| staff.zone(&settings));
    let entries = entries.into_iter().map(|entry| render::StaffEntry {
        note: entry.kind == EntryKind::Note,
        author: entry.author_name,
        at: zone.tells(entry.created_at),
        body: entry.body,
        files: names(entry.files),
    });
    let data = render::StaffNewMessages {
        site_name: settings.site_name.clone(),
        customer: thread.customer_name.clone(),
        verified: thread.is_verified(),
        subject: thread.subject.clone(),
        entries: entries.collect(),
        link: format!("{}/inbox/{}", settings.public_url, thread.id),
    };
    let language = staff.map_or(settings.language, |staff| staff.language);
    let rendered = render::staff_new_messages(language, &data);
    let name = staff.and_then(|staff| Name::parse(&staff.name).ok());
    let mut letter = letter(work, lease, (name, to.clone()), rendered, Some(thread.id));
    // Whoever is mailed by address alone stands in no thread, and is taken off in the settings.
    if let Some(staff) = staff {
        letter.stop = stop_of(work, thread.id, staff.id).await?;
    }
    Ok(Verdict::Send {
        letter,
        unverified: false,
    })
}

/// Where somebody of the team can end mails about a thread in which they stand.
async fn stop_of(
    work: &mut Work,
    thread: ThreadId,
    person: PersonId,
) -> Result<Option<String>, Error> {
    let participants = row::participants(&mut work.conn, thread).await?;
    if participants.iter().any(|p| p.person_id == person) {
        return Ok(Some(stop::address(work, thread, person).await?));
    }
    Ok(None)
}

async fn started(
    work: &mut Work,
    lease: &Lease,
    id: ThreadId,
    guest: PersonId,
) -> Result<Verdict, Error> {
    let Some(thread) = row::find(&mut work.conn, id)
        .await?
        .filter(|t| t.trashed_at.is_none())
    else {
        return Ok(Verdict::Drop("the thread is gone"));
    };
    let participants = row::participants(&mut work.conn, id).await?;
    if !participants
        .iter()
        .any(|p| p.person_id == guest && p.wants_mail)
    {
        return Ok(Verdict::Drop("mails for this thread are switched off"));
    }
    let to = thread.customer_address()?;
    if blocked::is_blocked(&mut work.conn, &to).await? {
        return Ok(BLOCKED);
    }
    let unverified = !thread.is_verified();
    if unverified && let Some(wait) = capped(work, lease, &to).await? {
        return Ok(wait);
    }
    let secret = link::mint(work, id, guest, LinkOrigin::Mail).await?;
    let settings = work.office.settings();
    let data = render::GuestStarted {
        site_name: settings.site_name.clone(),
        link: format!("{}/t/{}", settings.public_url, secret.reveal()),
        link_days: settings.link_days,
    };
    let rendered = render::guest_started(thread.customer_language, &data);
    Ok(Verdict::Send {
        letter: letter(work, lease, (None, to), rendered, Some(id)),
        unverified,
    })
}

async fn links(work: &mut Work, lease: &Lease, address: &Email) -> Result<Verdict, Error> {
    let folded = address.folded();
    let since = work.now.plus(-LINKS_APART_MS);
    let recent: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::LINKS_SENT_TO)
        .bind(&folded).bind(since).fetch_one(c).await)?;
    if recent > 0 {
        return Ok(Verdict::Drop("links were sent to this address just now"));
    }
    let ids: Vec<ThreadId> = on!(&mut work.conn, c => sqlx::query_scalar(guest_sql::THREADS_OF)
        .bind(&folded).bind(true).fetch_all(c).await)?;
    let mut threads = Vec::new();
    for id in ids {
        threads.extend(row::find(&mut work.conn, id).await?);
    }
    let Some(newest) = threads.first() else {
        return Ok(Verdict::Drop("nobody has this address"));
    };
    let language: Language = newest.customer_language;
    // To the address as its owner wrote it, not as somebody has typed it just now.
    let to = newest.customer_address()?;
    if blocked::is_blocked(&mut work.conn, &to).await? {
        return Ok(BLOCKED);
    }
    let unverified = !threads.iter().any(row::ThreadRow::is_verified);
    if unverified && capped(work, lease, address).await?.is_some() {
        return Ok(Verdict::Drop(
            "too many mails to an address that is not verified",
        ));
    }
    let settings = work.office.settings();
    let mut linked = Vec::new();
    for thread in threads {
        let secret = link::mint(work, thread.id, thread.customer_id, LinkOrigin::Mail).await?;
        linked.push(render::LinkedThread {
            subject: thread.subject.clone().filter(|_| thread.is_verified()),
            opened_at: thread.created_at,
            link: format!("{}/t/{}", settings.public_url, secret.reveal()),
        });
    }
    let data = render::GuestLinkList {
        site_name: settings.site_name.clone(),
        threads: linked,
        link_days: settings.link_days,
    };
    let rendered = render::guest_link_list(language, &data);
    let letter = letter(work, lease, (None, to), rendered, None);
    Ok(Verdict::Send { letter, unverified })
}

/// What a mail tells of files: their names. The files themselves are never mailed.
pub(super) fn names(files: Vec<AttachmentView>) -> Vec<String> {
    files.into_iter().map(|file| file.name).collect()
}

/// The entries that a bundle is about, in order.
async fn entries(work: &mut Work, lease: &Lease) -> Result<Vec<EntryRow>, Error> {
    let messages: Vec<MessageId> = lease.rows.iter().filter_map(|row| row.message_id).collect();
    by_ids(work, &messages).await
}

async fn by_ids(work: &mut Work, messages: &[MessageId]) -> Result<Vec<EntryRow>, Error> {
    let mut entries = Vec::new();
    for message in messages.iter().copied() {
        entries.extend(entry::by_id(&mut work.conn, message).await?);
    }
    entries.sort_by_key(|entry| entry.staff_place);
    Ok(entries)
}

/// Those of them that `person` has not read, on their side.
pub(super) async fn unread(
    work: &mut Work,
    lease: &Lease,
    person: PersonId,
    side: Side,
) -> Result<Vec<EntryRow>, Error> {
    let Some(thread) = lease.first().thread_id else {
        return Ok(Vec::new());
    };
    let messages: Vec<MessageId> = lease.rows.iter().filter_map(|row| row.message_id).collect();
    unread_of(work, thread, &messages, person, side).await
}

/// Those of some entries of a thread that `person` has not read, on their side.
pub(super) async fn unread_of(
    work: &mut Work,
    thread: ThreadId,
    messages: &[MessageId],
    person: PersonId,
    side: Side,
) -> Result<Vec<EntryRow>, Error> {
    let upto = read::upto(&mut work.conn, thread, person).await?;
    let mut entries = by_ids(work, messages).await?;
    entries.retain(|entry| match side {
        Side::Customer => entry.public_place.is_some_and(|place| place > upto),
        Side::Staff => entry.staff_place > upto,
    });
    Ok(entries)
}

/// Whether one more mail to this unverified address is above a cap, whatever network addresses the
/// starts came from; if not, it is counted from now on, so that several on their way at once do not
/// pass together.
pub(super) async fn capped(
    work: &mut Work,
    lease: &Lease,
    to: &Email,
) -> Result<Option<Verdict>, Error> {
    // Two workers that count at once would miss each other's: this row makes them take turns.
    limit::count_stored(work, &[Limit::unverified_mails()]).await?;
    let settings = work.office.settings();
    let now = work.now;
    let folded = to.folded();
    let hour: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::SENT_TO)
        .bind(&folded).bind(now.plus(-HOUR_MS)).bind(true).bind(now).fetch_one(c).await)?;
    let day: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::SENT_TO)
        .bind(&folded).bind(now.plus(-DAY_MS)).bind(true).bind(now).fetch_one(c).await)?;
    let total: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::SENT_BY_ALL)
        .bind(now.plus(-HOUR_MS)).bind(true).bind(now).fetch_one(c).await)?;
    let above = hour >= settings.unverified_mails_hour
        || day >= settings.unverified_mails_day
        || total >= settings.unverified_mails_total_hour;
    if above {
        return Ok(Some(Verdict::Wait {
            until: now.plus(CAP_WAIT_MS),
            why: "too many mails to an address that is not verified: waiting",
        }));
    }
    on!(&mut work.conn, c => sqlx::query(sql::RESERVE)
        .bind(lease.first().id).bind(&folded).bind(true).bind(lease.until)
        .execute(c).await.map(|_| ()))?;
    Ok(None)
}

pub(super) fn letter(
    work: &Work,
    lease: &Lease,
    to: (Option<Name>, Email),
    rendered: Rendered,
    thread: Option<ThreadId>,
) -> Box<Letter> {
    let settings = work.office.settings();
    let Owed { id, .. } = lease.first();
    Box::new(Letter {
        id: id.to_string(),
        domain: settings.host().to_owned(),
        at: work.now,
        from: (settings.from_name.clone(), settings.from_address.clone()),
        to,
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        thread_ref: thread.map(|id| format!("thread-{id}")),
        stop: None,
    })
}
