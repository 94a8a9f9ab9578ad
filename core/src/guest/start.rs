//! A guest starts a thread through the contact form.

use pigeon_wire::id::MINUTE_MS;
use pigeon_wire::inbox::fold_subject;
use pigeon_wire::message::{KnownBy, Start, StartForm};
use pigeon_wire::person::{PersonKind, PersonRef};
use pigeon_wire::text::{Body, Email, Key, Subject};
use pigeon_wire::thread::{LinkOrigin, ParticipantRole, Side, Source, ThreadKind};
use pigeon_wire::{Fault, Millis, PersonId, ThreadId};

use super::{link, sql};
use crate::actor::{Reuse, Visitor};
use crate::attachment::{self, Received};
use crate::db::on;
use crate::limit::{self, Limit};
use crate::secret::{content_hash, hex, key_beside};
use crate::thread::change::{Author, Change, Said};
use crate::thread::{read, row};
use crate::work::Work;
use crate::{Error, Office, blocked, outbox, person, quarantine};

/// How long equal content from the same address through a form without a key is one message.
const UNKEYED_MS: i64 = 10 * MINUTE_MS;

/// What became of a start.
#[derive(Debug, PartialEq, Eq)]
pub enum Started {
    /// The guest is in the conversation, in this browser.
    Thread {
        /// Which thread.
        thread: ThreadId,
        /// The secret for this browser's cookie.
        secret: String,
        /// Seconds that it lasts.
        max_age_s: i64,
    },
    /// It came before, and its thread stands in somebody's account by now: nothing of it is handed out.
    Claimed,
    /// The honeypot caught it: it lies in quarantine, and there is no conversation to go on in. What a
    /// blocked sender starts looks to them like any other thread.
    Caught,
}

#[derive(sqlx::FromRow)]
struct EarlierStart {
    content_hash: Vec<u8>,
    thread_id: ThreadId,
    customer_id: PersonId,
    trashed_at: Option<Millis>,
    customer_kind: PersonKind,
}

/// Starts a thread, or finds the one that the same submission started before.
///
/// `bait` is what the honeypot's field held; a person leaves it empty.
///
/// # Errors
/// What is wrong with the fields; [`Fault::TooMany`]; [`Fault::Off`] when guests may not start.
pub async fn start(
    office: &Office,
    form: &StartForm,
    bait: &str,
    source: Source,
    visitor: &Visitor,
) -> Result<Started, Error> {
    start_with(office, form, bait, source, visitor, Vec::new()).await
}

/// Starts a thread with files, which are gone when this answers anything but that thread: when it is
/// refused, when the honeypot caught it, and when it was started before.
///
/// # Errors
/// As [`start`].
pub async fn start_with(
    office: &Office,
    form: &StartForm,
    bait: &str,
    source: Source,
    visitor: &Visitor,
    files: Vec<Received>,
) -> Result<Started, Error> {
    let kept = files.clone();
    let started = try_to_start(office, form, bait, source, visitor, files).await;
    let is_new = matches!(started, Ok((_, true)));
    for file in kept.into_iter().filter(|_| !is_new) {
        attachment::discard(office, file).await;
    }
    started.map(|(started, _)| started)
}

/// What became of it, and whether its files belong to a thread now.
async fn try_to_start(
    office: &Office,
    form: &StartForm,
    bait: &str,
    source: Source,
    visitor: &Visitor,
    files: Vec<Received>,
) -> Result<(Started, bool), Error> {
    let settings = office.settings();
    if !settings.allow_guest_threads {
        return Err(Fault::Off.into());
    }
    let start = form.check(!files.is_empty())?;
    let limits = [
        Limit::posts_from(
            &visitor.address,
            settings.rate_messages,
            settings.rate_window_s,
        ),
        Limit::posts_for(
            &start.email.folded(),
            settings.rate_messages,
            settings.rate_window_s,
        ),
        Limit::starts(),
    ];
    office.limits().count(&limits, office.now())?;
    let caught = settings.honeypot_on && !bait.trim().is_empty();
    let bait: String = bait.chars().filter(|c| !c.is_control()).take(200).collect();
    let visitor = visitor.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                limit::count_stored(work, &limits).await?;
                if caught {
                    quarantine::keep_start(work, &start, &bait, source, &visitor).await?;
                    return Ok((Started::Caught, false));
                }
                let (thread, guest, is_new) =
                    match claim_key(work, &start, &files, source, &visitor).await? {
                        Claim::Again { thread, guest } => (thread, guest, false),
                        Claim::GoneOver => return Ok((Started::Claimed, false)),
                        Claim::New(thread) => {
                            let opening = opening(work, &start.email).await?;
                            let (start, files) = (&start, &files);
                            let guest =
                                open(work, thread, start, files, source, &visitor, opening).await?;
                            (thread, guest, true)
                        }
                    };
                let secret = link::mint(work, thread, guest, LinkOrigin::Browser).await?;
                let max_age_s = link::BROWSER_MS / 1000;
                let started = Started::Thread {
                    thread,
                    secret: secret.reveal(),
                    max_age_s,
                };
                Ok((started, is_new))
            })
        })
        .await
}

enum Claim {
    Again {
        thread: ThreadId,
        guest: PersonId,
    },
    /// It was used for a thread that is a user's by now.
    GoneOver,
    New(ThreadId),
}

/// Takes the submission's key, or finds what it was used for. A concurrent twin waits here for the
/// first one's commit.
async fn claim_key(
    work: &mut Work,
    start: &Start,
    files: &[Received],
    source: Source,
    visitor: &Visitor,
) -> Result<Claim, Error> {
    let email = start.email.folded();
    let subject = start.subject.as_ref().map_or("", Subject::as_str);
    let body = start.body.as_ref().map_or("", Body::as_str);
    let mut parts = vec![
        email.as_str(),
        start.name.as_str(),
        subject,
        body,
        source.as_str(),
    ];
    let files: Vec<_> = files
        .iter()
        .map(|file| (&file.name, hex(&file.hash)))
        .collect();
    for (name, hash) in &files {
        parts.extend([name.as_str(), hash.as_str()]);
    }
    let hash = content_hash(&parts);
    let mut key = if let Some(key) = &start.key {
        key.as_str().to_owned()
    } else {
        // A form without a key is known by sender and content, for ten minutes.
        let mine = content_hash(&[&hex(&hash), &visitor.address]);
        let key = format!("unkeyed:{}", hex(&mine));
        let fresh: Key = work.office.fresh_key();
        on!(&mut work.conn, c => sqlx::query(sql::FORGET_UNKEYED)
            .bind(&key).bind(fresh.as_str()).bind(work.now.plus(-UNKEYED_MS))
            .execute(c).await.map(|_| ()))?;
        key
    };
    let thread = ThreadId(work.office.fresh_id());
    loop {
        if add_start(work, &key, &hash, &email, thread).await? {
            return Ok(Claim::New(thread));
        }
        let earlier: Option<EarlierStart> = on!(&mut work.conn, c => sqlx::query_as(sql::START_BY_KEY)
            .bind(&key).fetch_optional(c).await)?;
        if let Some(earlier) = earlier
            && earlier.content_hash == hash
            && earlier.trashed_at.is_none()
        {
            if earlier.customer_kind == PersonKind::User {
                return Ok(Claim::GoneOver);
            }
            return Ok(Claim::Again {
                thread: earlier.thread_id,
                guest: earlier.customer_id,
            });
        }
        // The same key with other content is a new message from a page, and a program's mistake;
        // nothing of the first one's is handed out for it.
        if visitor.reuse == Reuse::Refused {
            return Err(Fault::KeyReused.into());
        }
        key = key_beside(&key, &hash).into();
    }
}

async fn add_start(
    work: &mut Work,
    key: &str,
    hash: &[u8; 32],
    email: &str,
    thread: ThreadId,
) -> Result<bool, Error> {
    let added: Option<ThreadId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::ADD_START)
        .bind(key).bind(hash.as_slice()).bind(email).bind(thread).bind(work.now)
        .fetch_optional(c).await)?;
    Ok(added.is_some())
}

/// Whether the team hears of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Opening {
    /// At once, and its guest is mailed the link.
    Plain,
    /// Not before it is let in from the quarantine: its guest is blocked.
    Held,
}

async fn opening(work: &mut Work, address: &Email) -> Result<Opening, Error> {
    if blocked::is_blocked(&mut work.conn, address).await? {
        Ok(Opening::Held)
    } else {
        Ok(Opening::Plain)
    }
}

/// Opens the thread with its first message, the guest's confirmation and the team's notice.
pub(crate) async fn open(
    work: &mut Work,
    id: ThreadId,
    start: &Start,
    files: &[Received],
    source: Source,
    visitor: &Visitor,
    opening: Opening,
) -> Result<PersonId, Error> {
    let guest = person::insert_guest(work, &start.name, &start.email, visitor.language).await?;
    let first = pigeon_wire::thread::Status::Pending;
    let subject = start.subject.as_ref().map(Subject::as_str);
    on!(&mut work.conn, c => sqlx::query(crate::thread::sql::INSERT)
        .bind(id).bind(ThreadKind::Support).bind(first).bind(source).bind(subject)
        .bind(guest).bind(work.now).bind(fold_subject(subject.unwrap_or_default()))
        .execute(c).await.map(|_| ()))?;
    row::join(work, id, guest, ParticipantRole::Guest).await?;
    let thread = row::find(&mut work.conn, id)
        .await?
        .ok_or(Fault::NotFound)?;
    let author = Author {
        person: PersonRef {
            id: guest,
            name: start.name.as_str().to_owned(),
        },
        side: Side::Customer,
        known_by: KnownBy::Browser,
    };
    let mut change = Change::of(thread);
    if opening == Opening::Held {
        change.hold(work);
    }
    // No key on the message itself: the start's key hands out the session, and entries are shown to
    // the team.
    let mut rows = Vec::new();
    for file in files {
        rows.push(attachment::insert(work, id, guest, file).await?);
    }
    let said = Said::new(start.body.as_ref(), rows);
    let message = change.message(work, &author, &said, None, None).await?;
    let place = change.place(Side::Customer);
    read::mark(work, id, guest, Side::Customer, place).await?;
    match opening {
        Opening::Plain => {
            outbox::owe_started(work, id, guest).await?;
            change.owe(work, message, guest, Side::Customer).await?;
        }
        Opening::Held => {
            let (thread, body) = (&change.thread, said.shown());
            quarantine::keep_message(work, thread, message, &body, visitor).await?;
        }
    }
    change.finish(work).await?;
    Ok(guest)
}
