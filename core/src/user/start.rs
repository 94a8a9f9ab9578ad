//! A user asks the team something.

use pigeon_wire::inbox::fold_subject;
use pigeon_wire::mailbox::{Question, QuestionForm};
use pigeon_wire::text::{Body, Subject};
use pigeon_wire::thread::{ParticipantRole, Side, Source, Status, ThreadKind};
use pigeon_wire::{Fault, PersonId, ThreadId};

use super::user_author;
use crate::actor::Account;
use crate::attachment::{self, Received};
use crate::db::on;
use crate::guest::sql as starts;
use crate::limit::{self, Limit};
use crate::mailbox::{self, Shelf};
use crate::person::{self, Rights};
use crate::secret::{content_hash, hex, key_beside};
use crate::thread::change::{Change, Said};
use crate::thread::{read, row, sql};
use crate::work::Work;
use crate::{Error, Office};

/// A start that came before under the same key.
#[derive(sqlx::FromRow)]
struct Earlier {
    content_hash: Vec<u8>,
    thread_id: ThreadId,
}

/// A user starts a support thread, with files that were taken in for it. The same submission sent
/// again is answered with the first one's thread.
///
/// # Errors
/// What is wrong with the text; [`Fault::TooMany`].
pub async fn start(
    office: &Office,
    account: &Account,
    form: &QuestionForm,
    files: Vec<Received>,
) -> Result<ThreadId, Error> {
    let kept = files.clone();
    let started = try_to_start(office, account, form, files).await;
    let is_new = matches!(started, Ok((_, true)));
    for file in kept.into_iter().filter(|_| !is_new) {
        attachment::discard(office, file).await;
    }
    started.map(|(thread, _)| thread)
}

/// The thread, and whether it is a new one.
async fn try_to_start(
    office: &Office,
    account: &Account,
    form: &QuestionForm,
    files: Vec<Received>,
) -> Result<(ThreadId, bool), Error> {
    let question = form.check(!files.is_empty())?;
    let limits = starts_of(office, account.person)?;
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let me = person::rights(&mut work.conn, &account, work.now).await?;
                limit::count_stored(work, &limits).await?;
                let hash = hash_of(&question, &files);
                match claim(work, me.id, question.key.as_str(), &hash).await? {
                    Claim::Again(thread) => Ok((thread, false)),
                    Claim::New(thread) => {
                        let said = (question.subject.as_ref(), question.body.as_ref());
                        open_question(work, thread, &me, said, &files).await?;
                        Ok((thread, true))
                    }
                }
            })
        })
        .await
}

/// Counts a start in memory; what passes is counted again in its unit.
pub(crate) fn starts_of(office: &Office, person: PersonId) -> Result<[Limit; 1], Error> {
    let settings = office.settings();
    let (most, window) = (settings.rate_messages, settings.rate_window_s);
    let limits = [Limit::starts_by(person, most, window)];
    office.limits().count(&limits, office.now())?;
    Ok(limits)
}

fn hash_of(question: &Question, files: &[Received]) -> [u8; 32] {
    let mut parts = vec![
        "question".to_owned(),
        question
            .subject
            .as_ref()
            .map_or("", Subject::as_str)
            .to_owned(),
        question.body.as_ref().map_or("", Body::as_str).to_owned(),
    ];
    for file in files {
        parts.push(file.name.clone());
        parts.push(hex(&file.hash));
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    content_hash(&parts)
}

/// What a start's key is worth.
pub(crate) enum Claim {
    /// It was used for this thread, with the same content.
    Again(ThreadId),
    /// It is this new thread's.
    New(ThreadId),
}

/// Takes a start's key for its author, or finds what it was used for (decision 17). The same key with
/// other content is a start of its own.
pub(crate) async fn claim(
    work: &mut Work,
    author: PersonId,
    key: &str,
    hash: &[u8; 32],
) -> Result<Claim, Error> {
    let mut key = key.to_owned();
    let thread = ThreadId(work.office.fresh_id());
    loop {
        let mine = format!("user:{author}:{key}");
        let added: Option<ThreadId> = on!(&mut work.conn, c => sqlx::query_scalar(starts::ADD_START)
            .bind(&mine).bind(hash.as_slice()).bind("").bind(thread).bind(work.now)
            .fetch_optional(c).await)?;
        if added.is_some() {
            return Ok(Claim::New(thread));
        }
        let earlier: Option<Earlier> = on!(&mut work.conn, c => sqlx::query_as(starts::START_BY_KEY)
            .bind(&mine).fetch_optional(c).await)?;
        if let Some(earlier) = earlier
            && earlier.content_hash == hash
        {
            return Ok(Claim::Again(earlier.thread_id));
        }
        key = key_beside(&key, hash).into();
    }
}

/// Opens a support thread of a user with its first message and the team's notice.
pub(crate) async fn open_question(
    work: &mut Work,
    id: ThreadId,
    me: &Rights,
    (subject, body): (Option<&Subject>, Option<&Body>),
    files: &[Received],
) -> Result<(), Error> {
    let subject = subject.map(Subject::as_str);
    on!(&mut work.conn, c => sqlx::query(sql::INSERT)
        .bind(id).bind(ThreadKind::Support).bind(Status::Pending).bind(Source::User).bind(subject)
        .bind(me.id).bind(work.now).bind(fold_subject(subject.unwrap_or_default()))
        .execute(c).await.map(|_| ()))?;
    row::join(work, id, me.id, ParticipantRole::Owner).await?;
    let thread = row::find(&mut work.conn, id).await?;
    let thread = thread.ok_or(Fault::NotFound)?;
    mailbox::put(work, &thread, me.id, 0).await?;
    let mut rows = Vec::new();
    for file in files {
        rows.push(attachment::insert(work, id, me.id, file).await?);
    }
    let said = Said::new(body, rows);
    let mut change = Change::of(thread);
    change.news.shelves.push((me.id, Shelf::In));
    let author = user_author(me);
    let message = change.message(work, &author, &said, None, None).await?;
    let place = change.place(Side::Customer);
    read::mark(work, id, me.id, Side::Customer, place).await?;
    change.owe(work, message, me.id, Side::Customer).await?;
    change.finish(work).await
}
