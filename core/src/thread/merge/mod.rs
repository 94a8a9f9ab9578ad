//! Merging two threads of one customer, and parting them again.
//!
//! Reading order: [`merge`] and [`part`] are the commands; `carry` moves one entry; `read` takes along
//! how far everybody has read; [`led`] answers where a thread goes on, for whoever comes by its link.
//!
//! A thread that is merged stays where it is, closed and without a text. Its links are not touched:
//! where they lead is asked each time, so that parting needs to restore none.

mod carry;
mod read;
pub(crate) mod sql;

use std::collections::BTreeSet;

use pigeon_wire::act::Standing as Stands;
use pigeon_wire::id::RecordId;
use pigeon_wire::merge::{
    MERGE_CHOICES_MAX, MERGE_ENTRIES_MAX, MERGE_UNDO_MS, MergeDesk, MergeRefusal, MergeStep,
    MergeThread, Merged,
};
use pigeon_wire::note::StaffEvent;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::PersonKind;
use pigeon_wire::thread::{ParticipantRole, Status};
use pigeon_wire::{Fault, LinkId, MessageId, Millis, PersonId, ThreadId};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::access::{
    StaffMerging, StaffReadable, staff_holding, staff_merging, staff_reading, staff_writing,
};
use super::act::moved;
use super::change::{Author, Change, preview};
use super::row::{self, ThreadRow};
use super::{sql as threads, staff_author};
use crate::actor::Account;
use crate::audit::{self, About, Act};
use crate::db::{Conn, on};
use crate::hub::{Announcement, Ended};
use crate::message::entry;
use crate::work::Work;
use crate::{Error, Office};

/// Most merges that a link is followed through: nobody has so many conversations.
const HOPS_MAX: usize = 64;

/// What became of a wish to merge or to part.
pub type Outcome = Result<(), MergeRefusal>;

/// How a thread stood before a merge.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Stood {
    status: Status,
    waiting_since: Option<Millis>,
    snoozed_until: Option<Millis>,
    snoozed_by: Option<PersonId>,
}

/// What a merge must know to be undone.
#[derive(Serialize, Deserialize)]
struct Was {
    source: Stood,
    target: Stood,
    /// What the target's status became.
    became: Status,
    /// Who of the team takes part in the target since.
    joined: Vec<PersonId>,
}

/// A merge that stands.
#[derive(sqlx::FromRow)]
struct Standing {
    id: RecordId,
    target_id: ThreadId,
    merged_at: Millis,
    was: String,
    by: String,
}

#[derive(sqlx::FromRow)]
struct Line {
    id: ThreadId,
    subject: Option<String>,
    status: Status,
    verified: bool,
    active_at: Millis,
    messages: i64,
}

impl From<Line> for MergeThread {
    fn from(line: Line) -> Self {
        let Line {
            id,
            subject,
            status,
            verified,
            active_at,
            messages,
        } = line;
        Self {
            id,
            subject,
            status,
            verified,
            active_at,
            messages,
        }
    }
}

impl Stood {
    const fn of(thread: &ThreadRow) -> Self {
        Self {
            status: thread.status,
            waiting_since: thread.waiting_since,
            snoozed_until: thread.snoozed_until,
            snoozed_by: thread.snoozed_by,
        }
    }

    /// Lets a thread rest again for as long as it was to.
    fn rest_again(&self, thread: &mut ThreadRow, now: Millis) {
        let until = self.snoozed_until.filter(|until| *until > now);
        if until.is_some() && thread.status != Status::Closed {
            (thread.snoozed_until, thread.snoozed_by) = (until, self.snoozed_by);
        }
    }
}

/// What can be done with a thread and others of its customer.
///
/// # Errors
/// [`Fault::NotFound`] for a thread that is not for this caller; [`Fault::Forbidden`] for whoever does
/// not manage threads.
pub async fn desk(office: &Office, account: &Account, id: ThreadId) -> Result<MergeDesk, Error> {
    let mut conn = office.read().await?;
    let now = office.now();
    let StaffReadable { thread, me } = staff_reading(&mut conn, account, id, now).await?;
    me.need(Permission::ManageThreads)?;
    let merged = match standing(&mut conn, id).await? {
        None => None,
        Some(standing) => {
            let into = row::find(&mut conn, standing.target_id).await?;
            let into = into.ok_or(Fault::NotFound)?;
            Some(Merged {
                stays: stays(&standing, &thread, &into, now),
                into: line(&mut conn, into.id).await?,
                by: standing.by,
                at: standing.merged_at,
            })
        }
    };
    let mut choices = Vec::new();
    if merged.is_none() && thread.trashed_at.is_none() {
        let folded = thread.customer_address()?.folded();
        let lines: Vec<Line> = on!(&mut conn, c => sqlx::query_as(sql::CHOICES)
            .bind(&folded).bind(thread.customer_kind).bind(id).bind(me.id)
            .bind(MERGE_CHOICES_MAX).fetch_all(c).await)?;
        choices.extend(lines.into_iter().map(MergeThread::from));
    }
    Ok(MergeDesk {
        thread: line(&mut conn, id).await?,
        guest: thread.customer_kind == PersonKind::Guest,
        merged,
        choices,
    })
}

/// Merges `source` into `target`: its messages and notes go on there, and it is closed.
///
/// # Errors
/// [`Fault::NotFound`] and [`Fault::Forbidden`] as for every writing; why the two do not go together is
/// the answer.
pub async fn merge(
    office: &Office,
    account: &Account,
    source: ThreadId,
    target: ThreadId,
) -> Result<Outcome, Error> {
    let account = account.clone();
    office
        .write(move |work| Box::pin(async move { put(work, &account, source, target).await }))
        .await
}

/// Undoes the merge in which `source` went into another thread. What was written there since stays.
///
/// # Errors
/// As [`merge`].
pub async fn part(office: &Office, account: &Account, source: ThreadId) -> Result<Outcome, Error> {
    let account = account.clone();
    office
        .write(move |work| Box::pin(async move { take(work, &account, source).await }))
        .await
}

/// Why two threads do not go together, if they do not.
async fn refusal(
    work: &mut Work,
    source: &ThreadRow,
    target: &ThreadRow,
) -> Result<Option<MergeRefusal>, Error> {
    if source.trashed_at.is_some() || target.trashed_at.is_some() {
        return Ok(Some(MergeRefusal::Trashed));
    }
    if source.merged_into.is_some() {
        return Ok(Some(MergeRefusal::Merged));
    }
    if target.merged_into.is_some() {
        return Ok(Some(MergeRefusal::TargetMerged));
    }
    let guests = [source, target].map(|thread| thread.customer_kind == PersonKind::Guest);
    let is_one = match guests {
        [true, true] => source.customer_address()?.folded() == target.customer_address()?.folded(),
        _ => source.customer_id == target.customer_id,
    };
    if !is_one {
        return Ok(Some(MergeRefusal::OtherCustomer));
    }
    // An address that was only typed proves nothing.
    if !source.is_verified() || !target.is_verified() {
        return Ok(Some(MergeRefusal::Unverified));
    }
    let caught: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::CAUGHT)
        .bind(source.id).fetch_one(c).await)?;
    Ok((caught > 0).then_some(MergeRefusal::Caught))
}

async fn put(
    work: &mut Work,
    account: &Account,
    source: ThreadId,
    target: ThreadId,
) -> Result<Outcome, Error> {
    if source == target {
        staff_holding(work, account, source).await?;
        return Ok(Err(MergeRefusal::Same));
    }
    let both = staff_merging(work, account, source, target).await?;
    if let Some(why) = refusal(work, &both.source, &both.target).await? {
        return Ok(Err(why));
    }
    let most = i64::try_from(MERGE_ENTRIES_MAX).unwrap_or(i64::MAX);
    let entries: Vec<(MessageId, Option<Vec<u8>>)> = on!(&mut work.conn, c =>
        sqlx::query_as(sql::MOVABLE).bind(source).bind(most + 1).fetch_all(c).await)?;
    if entries.len() > MERGE_ENTRIES_MAX {
        return Ok(Err(MergeRefusal::TooLong));
    }
    let StaffMerging { source, target, me } = both;
    let joined = join_team(work, source.id, target.id).await?;
    let became = of_both(source.status, target.status);
    let was = Was {
        source: Stood::of(&source),
        target: Stood::of(&target),
        became,
        joined,
    };
    let merge = RecordId(work.office.fresh_id());
    let kept = serde_json::to_string(&was).map_err(|cause| senseless(&cause))?;
    on!(&mut work.conn, c => sqlx::query(sql::ADD)
        .bind(merge).bind(source.id).bind(target.id).bind(me.id).bind(work.now).bind(&kept)
        .execute(c).await.map(|_| ()))?;
    let reads = read::Reads::of(work, &source, &target).await?;
    let author = staff_author(&me);
    let (id, into) = (source.id, target.id);
    let (mut from, mut to) = (Change::of(source), Change::of(target));
    told(work, &mut to, &author, id, MergeStep::In).await?;
    let mut carried = Vec::new();
    for entry in entries {
        carried.push(carry::over(work, merge, (&mut from, &mut to), entry).await?);
    }
    on!(&mut work.conn, c => sqlx::query(sql::STAGED)
        .bind(id).bind(into).bind(from.thread.customer_id).bind(to.thread.customer_id)
        .execute(c).await.map(|_| ()))?;
    to.thread.latest_place = carried
        .last()
        .map_or(to.thread.latest_place, |last| last.staff.1);
    meet(&mut from.thread, &mut to.thread, &was);
    to.status(work, &author, became, false).await?;
    to.thread.waiting_since = [was.source.waiting_since, was.target.waiting_since]
        .into_iter()
        .flatten()
        .min();
    from.status(work, &author, Status::Closed, true).await?;
    from.thread.wake();
    from.thread.merged_into = Some(into);
    told(work, &mut from, &author, into, MergeStep::Into).await?;
    reads
        .take_along(work, (&mut from, &mut to), &carried)
        .await?;
    finish(work, from, to).await?;
    // Whoever holds the source's links comes back, and is led on.
    work.tell(Announcement::Ended(Ended::LinksOf(id)));
    end_browsers(work, into).await?;
    let about = About::thread(id).with(json!({ "into": into }));
    audit::note(work, Some(me.id), Act::Merged, about).await?;
    Ok(Ok(()))
}

/// The status of what is one thread from now on: whoever waits goes on waiting.
const fn of_both(one: Status, other: Status) -> Status {
    match (one, other) {
        (Status::Pending, _) | (_, Status::Pending) => Status::Pending,
        (Status::Open, _) | (_, Status::Open) => Status::Open,
        (Status::Closed, Status::Closed) => Status::Closed,
    }
}

/// What lists show: of the source nothing that was said, of the target the newest of both.
fn meet(source: &mut ThreadRow, target: &mut ThreadRow, was: &Was) {
    let preview = std::mem::take(&mut source.preview);
    if source.active_at > target.active_at {
        target.active_at = source.active_at;
        target.preview = preview;
        target.preview_side = source.preview_side;
    }
    target.has_file |= std::mem::take(&mut source.has_file);
    source.latest_place = 0;
    if was.source.status == Status::Pending && was.source.snoozed_until.is_none() {
        target.wake();
    }
}

/// Lets those of the team who take part in `source` take part in `target`; who was not in it before.
async fn join_team(
    work: &mut Work,
    source: ThreadId,
    target: ThreadId,
) -> Result<Vec<PersonId>, Error> {
    let team: Vec<(PersonId, bool)> = on!(&mut work.conn, c => sqlx::query_as(sql::TEAM_OF)
        .bind(source).bind(target).fetch_all(c).await)?;
    for (person, wants_mail) in &team {
        row::join(work, target, *person, ParticipantRole::Staff).await?;
        on!(&mut work.conn, c => sqlx::query(threads::SET_WANTS_MAIL)
            .bind(target).bind(*person).bind(*wants_mail).execute(c).await.map(|_| ()))?;
    }
    Ok(team.into_iter().map(|(person, _)| person).collect())
}

/// Ends the sessions of browsers in a thread that says more from now on than they were let in for:
/// somebody may have typed an address that is not theirs.
async fn end_browsers(work: &mut Work, thread: ThreadId) -> Result<(), Error> {
    let ended: Vec<LinkId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::END_BROWSERS)
        .bind(thread).bind(work.now).fetch_all(c).await)?;
    for link in ended {
        work.tell(Announcement::Ended(Ended::Link(link)));
    }
    Ok(())
}

async fn told(
    work: &mut Work,
    change: &mut Change,
    author: &Author,
    with: ThreadId,
    how: MergeStep,
) -> Result<(), Error> {
    let event = StaffEvent::Merged { with, how };
    change.event(work, author, event).await.map(|_| ())
}

/// Stores both. What everybody's changes meet in comes after what is each one's own.
async fn finish(work: &mut Work, from: Change, to: Change) -> Result<(), Error> {
    let from = from.store(work).await?;
    let to = to.store(work).await?;
    super::change::count(work, [from, to]).await
}

async fn take(work: &mut Work, account: &Account, source: ThreadId) -> Result<Outcome, Error> {
    let merged = row::find(&mut work.conn, source).await?;
    let Some(target) = merged.and_then(|thread| thread.merged_into) else {
        staff_writing(work, account, source).await?;
        return Ok(Err(MergeRefusal::NotMerged));
    };
    let StaffMerging { source, target, me } = staff_merging(work, account, source, target).await?;
    let standing = standing(&mut work.conn, source.id).await?;
    // Somebody may have been quicker while we waited for the two.
    let Some(standing) = standing.filter(|standing| standing.target_id == target.id) else {
        return Ok(Err(MergeRefusal::NotMerged));
    };
    if let Some(why) = stays(&standing, &source, &target, work.now) {
        return Ok(Err(why));
    }
    let was: Was = serde_json::from_str(&standing.was).map_err(|cause| senseless(&cause))?;
    let entries: Vec<(MessageId, MessageId, Option<Vec<u8>>)> = on!(&mut work.conn, c =>
        sqlx::query_as(sql::MOVED).bind(standing.id).fetch_all(c).await)?;
    let author = staff_author(&me);
    let (id, into) = (source.id, target.id);
    let (mut from, mut to) = (Change::of(target), Change::of(source));
    let is_untouched = match entries.last() {
        Some((_, last, _)) => written_since(work, into, *last).await? == 0,
        None => true,
    };
    for (source, copy, hash) in entries {
        carry::back(work, (&mut from, &mut to), (copy, source), hash).await?;
    }
    on!(&mut work.conn, c => sqlx::query(sql::UNDO)
        .bind(standing.id).bind(work.now).execute(c).await.map(|_| ()))?;
    if is_untouched && from.thread.status == was.became {
        from.status(work, &author, was.target.status, false).await?;
        from.thread.waiting_since = was.target.waiting_since;
        was.target.rest_again(&mut from.thread, work.now);
    } else if from.thread.waiting_since.is_some() {
        from.thread.waiting_since = row::unanswered_since(&mut work.conn, into).await?;
    }
    to.thread.merged_into = None;
    to.status(work, &author, was.source.status, true).await?;
    to.thread.waiting_since = was.source.waiting_since;
    was.source.rest_again(&mut to.thread, work.now);
    for change in [&mut from, &mut to] {
        stand(work, &mut change.thread).await?;
    }
    told(work, &mut from, &author, id, MergeStep::Apart).await?;
    told(work, &mut to, &author, into, MergeStep::Apart).await?;
    for person in was.joined {
        if from.thread.assignee_id != Some(person) {
            on!(&mut work.conn, c => sqlx::query(sql::UNJOIN)
                .bind(into).bind(person).execute(c).await.map(|_| ()))?;
        }
    }
    for change in [&mut from, &mut to] {
        read::recount(work, change).await?;
    }
    finish(work, from, to).await?;
    for link in links_to(work, id).await? {
        work.tell(Announcement::Ended(Ended::Link(link)));
    }
    let about = About::thread(id).with(json!({ "from": into }));
    audit::note(work, Some(me.id), Act::MergeUndone, about).await?;
    Ok(Ok(()))
}

/// Why a merge stays, if it does.
fn stays(
    standing: &Standing,
    source: &ThreadRow,
    target: &ThreadRow,
    now: Millis,
) -> Option<MergeRefusal> {
    if source.trashed_at.is_some() || target.trashed_at.is_some() {
        Some(MergeRefusal::Trashed)
    } else if target.merged_into.is_some() {
        Some(MergeRefusal::TargetMerged)
    } else if now.since(standing.merged_at) > MERGE_UNDO_MS {
        Some(MergeRefusal::TooLate)
    } else {
        None
    }
}

/// How many messages were written in a thread itself after the place of one that came into it.
async fn written_since(work: &mut Work, thread: ThreadId, last: MessageId) -> Result<i64, Error> {
    let last = entry::by_id(&mut work.conn, last).await?;
    let place = last.map_or(0, |last| last.staff_place);
    Ok(
        on!(&mut work.conn, c => sqlx::query_scalar(sql::WRITTEN_SINCE)
        .bind(thread).bind(place).fetch_one(c).await)?,
    )
}

/// What lists show of a thread, by what is in it now.
async fn stand(work: &mut Work, thread: &mut ThreadRow) -> Result<(), Error> {
    let (active_at, latest, files): (Option<Millis>, Option<i64>, i64) = on!(&mut work.conn, c =>
        sqlx::query_as(sql::STANDS).bind(thread.id).fetch_one(c).await)?;
    let newest: Option<MessageId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::NEWEST)
        .bind(thread.id).fetch_optional(c).await)?;
    thread.active_at = active_at.unwrap_or(thread.created_at);
    thread.latest_place = latest.unwrap_or_default();
    thread.has_file = files > 0;
    if let Some(id) = newest
        && let Some(row) = entry::by_id(&mut work.conn, id).await?
    {
        let names: Vec<String> = row.files.iter().map(|file| file.name.clone()).collect();
        thread.preview = preview(&row.body, &names);
        thread.preview_side = row.side;
    }
    Ok(())
}

async fn standing(conn: &mut Conn, source: ThreadId) -> Result<Option<Standing>, Error> {
    Ok(on!(conn, c => sqlx::query_as(sql::STANDING).bind(source).fetch_optional(c).await)?)
}

async fn line(conn: &mut Conn, id: ThreadId) -> Result<MergeThread, Error> {
    let line: Option<Line> =
        on!(conn, c => sqlx::query_as(sql::LINE).bind(id).fetch_optional(c).await)?;
    Ok(line.ok_or(Fault::NotFound)?.into())
}

fn senseless(cause: &serde_json::Error) -> Error {
    Error::Inconsistent {
        table: "merges",
        column: "was",
        what: cause.to_string(),
    }
}

/// That a thread goes on in another one, where alone it can be written in.
pub(super) async fn elsewhere(work: &mut Work, id: ThreadId, into: ThreadId) -> Error {
    moved(work, id, threads::WHO_MERGED, Stands::Merged(into)).await
}

/// The thread in which one goes on: itself, unless it is merged.
pub(crate) async fn led(conn: &mut Conn, mut thread: ThreadRow) -> Result<ThreadRow, Error> {
    for _ in 0..HOPS_MAX {
        let Some(into) = thread.merged_into else {
            break;
        };
        match row::find(conn, into).await? {
            Some(next) => thread = next,
            None => break,
        }
    }
    Ok(thread)
}

/// A thread and all those that go on in it.
pub(crate) async fn gathered(conn: &mut Conn, id: ThreadId) -> Result<Vec<ThreadId>, Error> {
    let mut all = BTreeSet::from([id]);
    let mut next = vec![id];
    while let Some(id) = next.pop() {
        let sources: Vec<ThreadId> = on!(conn, c => sqlx::query_scalar(sql::SOURCES)
            .bind(id).fetch_all(c).await)?;
        next.extend(sources.into_iter().filter(|source| all.insert(*source)));
    }
    Ok(all.into_iter().collect())
}

/// Threads that this one was ever merged with.
pub(crate) async fn kin(conn: &mut Conn, id: ThreadId) -> Result<Vec<ThreadId>, Error> {
    Ok(on!(conn, c => sqlx::query_scalar(sql::KIN).bind(id).fetch_all(c).await)?)
}

/// Whether `source` was ever merged into `target`.
pub(crate) async fn were_one(
    conn: &mut Conn,
    source: ThreadId,
    target: ThreadId,
) -> Result<bool, Error> {
    let merges: i64 = on!(conn, c => sqlx::query_scalar(sql::WERE_ONE)
        .bind(source).bind(target).fetch_one(c).await)?;
    Ok(merges > 0)
}

/// What a message has become that a merge has moved.
pub(crate) async fn copy_of(conn: &mut Conn, id: MessageId) -> Result<Option<MessageId>, Error> {
    Ok(on!(conn, c => sqlx::query_scalar(sql::COPY_OF).bind(id).fetch_optional(c).await)?)
}

/// The links that lead to a thread, those of threads that go on in it among them.
async fn links_to(work: &mut Work, id: ThreadId) -> Result<Vec<LinkId>, Error> {
    let mut links = Vec::new();
    for thread in gathered(&mut work.conn, id).await? {
        let some: Vec<LinkId> = on!(&mut work.conn, c => sqlx::query_scalar(sql::LINKS)
            .bind(thread).fetch_all(c).await)?;
        links.extend(some);
    }
    Ok(links)
}
