//! What people of the team are writing, before it is sent: nobody else ever sees it.

pub(crate) mod sql;

use pigeon_wire::draft::{DRAFT_PREVIEW_CHARS, DRAFTS_LISTED, DraftKept, DraftKind, DraftView};
use pigeon_wire::text::BODY_CHARS_MAX;
use pigeon_wire::{Fault, PersonId, ThreadId};

use crate::actor::Account;
use crate::db::{Conn, on};
use crate::hub::Announcement;
use crate::thread::access::{StaffWritable, staff_writing};
use crate::work::Work;
use crate::{Error, Office};

/// Keeps what somebody writes, and tells their other windows; an empty text is forgotten.
///
/// # Errors
/// [`Fault::TooLarge`] for more than a message can hold; [`Fault::Malformed`] for a NUL; the refusals of writing in the thread.
pub async fn keep(office: &Office, account: &Account, draft: DraftKept) -> Result<(), Error> {
    if draft.text.chars().count() > BODY_CHARS_MAX {
        return Err(Fault::TooLarge.into());
    }
    // No message may hold it, and PostgreSQL stores none.
    if draft.text.contains('\0') {
        return Err(Fault::Malformed.into());
    }
    let account = account.clone();
    office
        .write(move |work| {
            Box::pin(async move {
                let StaffWritable { me, .. } = staff_writing(work, &account, draft.thread).await?;
                if draft.text.trim().is_empty() {
                    on!(&mut work.conn, c => sqlx::query(sql::FORGET)
                        .bind(me.id).bind(draft.thread).bind(draft.kind)
                        .execute(c).await.map(|_| ()))?;
                } else {
                    on!(&mut work.conn, c => sqlx::query(sql::KEEP)
                        .bind(me.id).bind(draft.thread).bind(draft.kind).bind(&draft.text)
                        .bind(draft.began).bind(work.now).execute(c).await.map(|_| ()))?;
                }
                let person = me.id;
                work.tell(Announcement::Draft { person, draft });
                Ok(())
            })
        })
        .await
}

/// Forgets the draft of what was just sent, and tells the author's other windows. A draft of something
/// else stays: what is sent again may stand beside a text that was begun since.
pub(crate) async fn forget(
    work: &mut Work,
    person: PersonId,
    thread: ThreadId,
    kind: DraftKind,
    sent: &str,
) -> Result<(), Error> {
    let text: Option<String> = on!(&mut work.conn, c => sqlx::query_scalar(sql::TEXT)
        .bind(person).bind(thread).bind(kind).fetch_optional(c).await)?;
    // It may be kept as it was some letters before.
    if text.is_none_or(|text| !sent.starts_with(text.trim())) {
        return Ok(());
    }
    on!(&mut work.conn, c => sqlx::query(sql::FORGET)
        .bind(person).bind(thread).bind(kind).execute(c).await.map(|_| ()))?;
    let draft = DraftKept {
        thread,
        kind,
        text: String::new(),
        began: 0,
        tab: 0,
    };
    work.tell(Announcement::Draft { person, draft });
    Ok(())
}

/// Puts a text that was not sent before whatever its author writes there now, and tells their windows.
/// It is never cut: whoever has written too much for one message is told when it is sent.
pub(crate) async fn put_back(
    work: &mut Work,
    person: PersonId,
    thread: ThreadId,
    (text, began): (&str, i64),
) -> Result<(), Error> {
    if text.is_empty() {
        return Ok(());
    }
    let kind = DraftKind::Reply;
    let since: Option<String> = on!(&mut work.conn, c => sqlx::query_scalar(sql::TEXT)
        .bind(person).bind(thread).bind(kind).fetch_optional(c).await)?;
    let text = match since {
        Some(since) if !since.is_empty() => [text, &since].join("\n\n"),
        _ => text.to_owned(),
    };
    on!(&mut work.conn, c => sqlx::query(sql::KEEP)
        .bind(person).bind(thread).bind(kind).bind(&text)
        .bind(began).bind(work.now).execute(c).await.map(|_| ()))?;
    let draft = DraftKept {
        thread,
        kind,
        text,
        began,
        tab: 0,
    };
    work.tell(Announcement::Draft { person, draft });
    Ok(())
}

/// What somebody writes in a thread.
pub(crate) async fn of(
    conn: &mut Conn,
    person: PersonId,
    thread: ThreadId,
) -> Result<Vec<DraftView>, Error> {
    let rows: Vec<(DraftKind, String, i64)> = on!(conn, c => sqlx::query_as(sql::OF_THREAD)
        .bind(person).bind(thread).fetch_all(c).await)?;
    let views = rows
        .into_iter()
        .map(|(kind, text, began)| DraftView { kind, text, began });
    Ok(views.collect())
}

/// The beginnings of the replies that somebody writes, by thread.
pub(crate) async fn beginnings(
    conn: &mut Conn,
    person: PersonId,
) -> Result<Vec<(ThreadId, String)>, Error> {
    let chars = i32::try_from(DRAFT_PREVIEW_CHARS).unwrap_or(i32::MAX);
    Ok(on!(conn, c => sqlx::query_as(sql::BEGINNINGS)
        .bind(person).bind(chars).bind(DRAFTS_LISTED).fetch_all(c).await)?)
}
