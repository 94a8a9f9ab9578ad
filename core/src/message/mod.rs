//! Posting: one message for one key, in one unit of work.

pub(crate) mod entry;
pub(crate) mod sql;

use pigeon_wire::act::{Moved, Standing, ThreadAct};
use pigeon_wire::canned::REPLY_ACTS_MAX;
use pigeon_wire::draft::DraftKind;
use pigeon_wire::fault::Overtaken;
use pigeon_wire::live;
use pigeon_wire::message::{NewMessage, Posted, ReplyForm};
use pigeon_wire::note::Delivery;
use pigeon_wire::text::{Body, Key};
use pigeon_wire::thread::{ParticipantRole, Side, Status};
use pigeon_wire::waiting::SendWhen;
use pigeon_wire::{Fault, MessageId, Millis, PersonId, ThreadId, WaitingId};
use serde_json::json;

use crate::actor::{Account, Reuse};
use crate::attachment::{self, AttachmentRow};
use crate::audit::{self, About, Act};
use crate::db::on;
use crate::draft;
use crate::outbox;
use crate::person;
use crate::secret::{content_hash, hex, key_beside};
use crate::thread::access::{StaffWritable, staff_writing};
use crate::thread::act::Acting;
use crate::thread::change::{Change, KeyedContent, Said};
use crate::thread::row::ThreadRow;
use crate::thread::{merge, read, row, staff_author};
use crate::waiting::{self, State};
use crate::work::Work;
use crate::{Error, Office};

/// A message that a key was used for before.
#[derive(sqlx::FromRow)]
struct Seen {
    id: MessageId,
    content_hash: Vec<u8>,
    public_place: Option<i64>,
    staff_place: i64,
    created_at: Millis,
    /// Of a reply that waits.
    state: Option<State>,
    due_at: Millis,
}

/// What a key says about a submission.
pub(crate) enum Keyed {
    /// It was stored before: this is the first one's answer.
    Again(Sent),
    /// It is new, under this key.
    New(KeyedContent),
}

/// What became of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// It is posted.
    Posted(Posted),
    /// It waits.
    Waits(Waits),
}

/// A reply that was taken and waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    /// Which.
    pub id: WaitingId,
    /// When it was taken.
    pub at: Millis,
    /// When it is posted.
    pub due: Millis,
}

impl Sent {
    /// The answer to a page, which sees by itself what waits: no entry has place 0.
    pub fn posted(self) -> Posted {
        match self {
            Self::Posted(posted) => posted,
            Self::Waits(Waits { id, at, .. }) => Posted {
                id: MessageId(id.0),
                place: 0,
                at,
            },
        }
    }
}

/// Looks up a key within the unit. The same key with other content is a new message from a page,
/// under a key of its own, and refused from a program.
pub(crate) async fn keyed(
    work: &mut Work,
    author: PersonId,
    side: Side,
    key: (&Key, Reuse),
    content: &Content<'_>,
) -> Result<Keyed, Error> {
    look_up(work, author, side, key, (content.hash(), Some(content))).await
}

/// The same for what was hashed before.
pub(crate) async fn keyed_again(
    work: &mut Work,
    author: PersonId,
    key: &Key,
    hash: [u8; 32],
) -> Result<Keyed, Error> {
    look_up(
        work,
        author,
        Side::Staff,
        (key, Reuse::Beside),
        (hash, None),
    )
    .await
}

async fn look_up(
    work: &mut Work,
    author: PersonId,
    side: Side,
    (key, reuse): (&Key, Reuse),
    (hash, content): ([u8; 32], Option<&Content<'_>>),
) -> Result<Keyed, Error> {
    let mut key = key.clone();
    loop {
        let seen: Option<Seen> = on!(&mut work.conn, c => sqlx::query_as(sql::BY_KEY)
            .bind(author).bind(key.as_str()).fetch_optional(c).await)?;
        let Some(seen) = seen else {
            return Ok(Keyed::New(KeyedContent { key, hash }));
        };
        let is_same = match content {
            _ if seen.content_hash == hash => true,
            Some(content) => is_of_kin(work, content, &seen.content_hash).await?,
            None => false,
        };
        if is_same {
            if let Some(state) = seen.state {
                // What its author has taken back is not sent by a repetition that comes late.
                return match state {
                    State::Taken => Err(Fault::KeyReused.into()),
                    _ => Ok(Keyed::Again(Sent::Waits(Waits {
                        id: WaitingId(seen.id.0),
                        at: seen.created_at,
                        due: seen.due_at,
                    }))),
                };
            }
            let place = match side {
                Side::Customer => seen.public_place.unwrap_or_default(),
                Side::Staff => seen.staff_place,
            };
            return Ok(Keyed::Again(Sent::Posted(Posted {
                id: seen.id,
                place,
                at: seen.created_at,
            })));
        }
        if reuse == Reuse::Refused {
            return Err(Fault::KeyReused.into());
        }
        key = key_beside(key.as_str(), &hash);
    }
}

/// Whether a content is the same but for its thread, which was merged or parted since it was sent first.
async fn is_of_kin(work: &mut Work, content: &Content<'_>, hash: &[u8]) -> Result<bool, Error> {
    let kin = merge::kin(&mut work.conn, content.thread).await?;
    Ok(kin
        .into_iter()
        .any(|thread| content.hash_in(thread) == hash))
}

/// The number after which to ask again, if a catch-up's answer is full and may lack the rest.
pub fn rest_after<H, E>(changes: &[live::Change<H, E>]) -> Option<i64> {
    let entries: usize = changes.iter().map(|change| change.entries.len()).sum();
    let is_full = i64::try_from(entries).is_ok_and(|entries| entries >= entry::CATCH_UP_MAX);
    changes.last().map(|last| last.now).filter(|_| is_full)
}

/// The hash that tells one content from another under the same key. The thread is part of it, and so
/// are the names and bytes of the files: not their ids, which a form that is sent again has new.
pub(crate) fn hash_of(
    kind: &str,
    thread: ThreadId,
    body: Option<&Body>,
    files: &[AttachmentRow],
) -> [u8; 32] {
    let body = body.map(Body::as_str).unwrap_or_default();
    let mut parts = vec![kind.to_owned(), thread.to_string(), body.to_owned()];
    for file in files {
        parts.push(file.name.clone());
        parts.push(hex(&file.hash));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    content_hash(&parts)
}

/// What somebody sends to a thread.
pub(crate) struct Content<'s> {
    kind: &'static str,
    thread: ThreadId,
    body: Option<&'s Body>,
    files: &'s [AttachmentRow],
}

impl<'s> Content<'s> {
    /// A text with these files.
    pub const fn new(
        kind: &'static str,
        thread: ThreadId,
        body: Option<&'s Body>,
        files: &'s [AttachmentRow],
    ) -> Self {
        Self {
            kind,
            thread,
            body,
            files,
        }
    }

    fn hash(&self) -> [u8; 32] {
        self.hash_in(self.thread)
    }

    fn hash_in(&self, thread: ThreadId) -> [u8; 32] {
        hash_of(self.kind, thread, self.body, self.files)
    }
}

/// The answer to a post of the team's that was stored before its thread was merged; otherwise the refusal
/// that names where the thread goes on.
pub(crate) async fn stored_before(
    work: &mut Work,
    account: &Account,
    (kind, id): (&'static str, ThreadId),
    new: &NewMessage,
    refused: Error,
) -> Result<Sent, Error> {
    let into = match &refused {
        Error::Fault(Fault::Moved(Moved {
            now: Standing::Merged(into),
            ..
        })) => *into,
        _ => return Err(refused),
    };
    let me = person::rights(&mut work.conn, account, work.now).await?;
    // Its files went along.
    let files = attachment::named(work, into, me.id, &new.attachments).await;
    let Ok(files) = files else {
        return Err(refused);
    };
    let content = Content::new(kind, id, new.body.as_ref(), &files);
    match keyed(
        work,
        me.id,
        Side::Staff,
        (&new.key, account.reuse()),
        &content,
    )
    .await
    {
        Ok(Keyed::Again(sent)) => Ok(sent),
        Ok(Keyed::New(_)) | Err(_) => Err(refused),
    }
}

/// A staff member answers the customer, at once.
///
/// # Errors
/// [`Fault::Overtaken`] when another staff member acted meanwhile and the author has not seen it
/// (rule 8), or when it closes the thread and the customer has written meanwhile; sending again with that number as the number seen is "send anyway".
pub async fn reply(
    office: &Office,
    account: &Account,
    thread: ThreadId,
    form: &ReplyForm,
) -> Result<Posted, Error> {
    Ok(send(office, account, thread, form, None, &[])
        .await?
        .posted())
}

/// The same, at once or later, and together with it what is done to the thread: in one unit, each act as
/// if it were done by itself when the reply is posted. What its author may not do, or what somebody has
/// decided otherwise meanwhile, is left as it is, and keeps neither the reply nor the other acts.
///
/// # Errors
/// As [`reply`]; [`Problem::Unknown`] for a moment that is past or more than [`SEND_DAYS_MAX`] days
/// away; [`Problem::TooMany`] when as many wait as can; [`Fault::Malformed`] for what cannot go with a reply,
/// and for more than [`REPLY_ACTS_MAX`] acts.
///
/// [`SEND_DAYS_MAX`]: pigeon_wire::waiting::SEND_DAYS_MAX
/// [`Problem::Unknown`]: pigeon_wire::fault::Problem::Unknown
/// [`Problem::TooMany`]: pigeon_wire::fault::Problem::TooMany
pub async fn send(
    office: &Office,
    account: &Account,
    thread: ThreadId,
    form: &ReplyForm,
    when: Option<SendWhen>,
    acts: &[ThreadAct],
) -> Result<Sent, Error> {
    let mut new = form.check()?;
    let acts = with_reply(&mut new, acts)?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move { send_as_staff(work, &account, thread, &new, (when, acts)).await })
        })
        .await
}

/// The acts that go with a reply. To close the thread with it is one act, whichever way it is said.
fn with_reply(new: &mut NewMessage, acts: &[ThreadAct]) -> Result<Vec<ThreadAct>, Fault> {
    let goes_with = |act: &ThreadAct| {
        use ThreadAct::{Assign, Snooze, Status, Tag};
        matches!(
            act,
            Assign { .. } | Snooze { .. } | Status { .. } | Tag { .. }
        )
    };
    if acts.len() > REPLY_ACTS_MAX || !acts.iter().all(goes_with) {
        return Err(Fault::Malformed);
    }
    let closes = |act: &ThreadAct| {
        matches!(
            act,
            ThreadAct::Status {
                to: Status::Closed,
                ..
            }
        )
    };
    new.close |= acts.iter().any(closes);
    Ok(acts.iter().filter(|act| !closes(act)).copied().collect())
}

async fn send_as_staff(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
    new: &NewMessage,
    (when, acts): (Option<SendWhen>, Vec<ThreadAct>),
) -> Result<Sent, Error> {
    let writable = match staff_writing(work, account, id).await {
        Ok(writable) => writable,
        Err(refused) => return stored_before(work, account, ("message", id), new, refused).await,
    };
    let me = writable.me.id;
    let files = attachment::named(work, id, me, &new.attachments).await?;
    let content = Content::new("message", id, new.body.as_ref(), &files);
    let keyed = match keyed(work, me, Side::Staff, (&new.key, account.reuse()), &content).await? {
        Keyed::Again(sent) => return Ok(sent),
        Keyed::New(keyed) => keyed,
    };
    let unseen = match new.seen {
        Some(seen) => others_act(work, id, seen, me).await?,
        None => None,
    };
    // What the customer has just written is not closed away unread.
    let unseen = match new.shown.filter(|_| new.close && unseen.is_none()) {
        Some(shown) => customers_act(work, id, shown).await?,
        None => unseen,
    };
    if let Some(unseen) = unseen {
        return Err(overtaken(&writable.thread, unseen));
    }
    let reply = Reply {
        body: new.body.as_ref().map(Body::as_str).unwrap_or_default(),
        files,
        keyed,
        seen: new.seen,
        reopen: new.reopen,
        close: new.close,
        acts,
    };
    match waiting::due(work, &writable, when).await? {
        Some(moment) => waiting::put(work, writable, reply, moment)
            .await
            .map(Sent::Waits),
        None => post(work, writable, reply, Way::AtOnce)
            .await
            .map(Sent::Posted),
    }
}

/// That somebody else acted, whom the author has not seen.
pub(crate) fn overtaken(thread: &ThreadRow, (by, at): (String, Millis)) -> Error {
    Fault::Overtaken(Overtaken {
        by,
        at,
        now: thread.staff_change,
    })
    .into()
}

/// A reply that is to be posted.
pub(crate) struct Reply<'r> {
    /// Its text; empty where files say it all.
    pub body: &'r str,
    /// Its files.
    pub files: Vec<AttachmentRow>,
    /// Its key, which nothing was stored under.
    pub keyed: KeyedContent,
    /// The last staff number that its author saw.
    pub seen: Option<i64>,
    /// Whether it opens a closed thread again.
    pub reopen: bool,
    /// Whether it closes the thread.
    pub close: bool,
    /// What else is done to the thread with it.
    pub acts: Vec<ThreadAct>,
}

/// How a reply comes to be posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// Its author has just sent it.
    AtOnce,
    /// It has waited.
    Waited,
}

/// Posts a reply: the one way into a thread for what the team answers.
pub(crate) async fn post(
    work: &mut Work,
    StaffWritable { thread, me }: StaffWritable,
    reply: Reply<'_>,
    way: Way,
) -> Result<Posted, Error> {
    let id = thread.id;
    let parties = row::participants(&mut work.conn, id).await?;
    let to_customer = outbox::owes_customer(&thread, &parties);
    let is_in = parties.iter().any(|party| party.person_id == me.id);
    let author = staff_author(&me);
    let mut change = Change::of(thread);
    let delivery = to_customer.then_some(Delivery::Queued);
    let said = Said {
        body: reply.body.to_owned(),
        files: reply.files,
    };
    let message = change
        .message(work, &author, &said, Some(reply.keyed), delivery)
        .await?;
    let place = change.place(Side::Staff);
    let status = if reply.close {
        Status::Closed
    } else {
        let before = change.thread.status;
        before.after_message(Side::Staff, reply.reopen)
    };
    if reply.close && change.thread.status != Status::Closed {
        let about = About::thread(id).with(json!({ "to": Status::Closed }));
        audit::note(work, Some(me.id), Act::StatusSet, about).await?;
    }
    change.status(work, &author, status, false).await?;
    let before = change.number_before(Side::Staff);
    let upto = match way {
        Way::AtOnce => {
            draft::forget(work, me.id, id, DraftKind::Reply, reply.body).await?;
            read::after_posting(reply.seen, before, place)
        }
        Way::Waited => {
            change.thread.replies_waiting -= 1;
            waiting::read_upto(work, id, me.id, reply.seen, place).await?
        }
    };
    if is_in {
        change.parties = Some(parties);
    } else {
        row::join(work, id, me.id, ParticipantRole::Staff).await?;
    }
    read::mark(work, id, me.id, Side::Staff, upto).await?;
    change.owe(work, message, me.id, Side::Staff).await?;
    let mut acting = Acting::new(&me);
    for act in reply.acts {
        match acting.perform(work, &mut change, act).await {
            Ok(_) => {}
            // A refusal comes before anything is written; what the database refuses undoes the unit.
            Err(Error::Fault(fault)) if !matches!(fault, Fault::Busy { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    change.finish(work).await?;
    acting.finish(work).await?;
    Ok(Posted {
        id: message,
        place,
        at: work.now,
    })
}

/// The customer and when they wrote last, where that was after number `shown`.
async fn customers_act(
    work: &mut Work,
    thread: ThreadId,
    shown: i64,
) -> Result<Option<(String, Millis)>, Error> {
    Ok(on!(&mut work.conn, c => sqlx::query_as(sql::CUSTOMERS_ACT)
        .bind(thread).bind(shown).fetch_optional(c).await)?)
}

/// Who of the others acted last after number `seen`, and when.
pub(crate) async fn others_act(
    work: &mut Work,
    thread: ThreadId,
    seen: i64,
    me: PersonId,
) -> Result<Option<(String, Millis)>, Error> {
    Ok(on!(&mut work.conn, c => sqlx::query_as(sql::OTHERS_ACT)
        .bind(thread).bind(seen).bind(me).fetch_optional(c).await)?)
}
