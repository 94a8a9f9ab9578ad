//! The day's mail to whoever wants one mail a day: a line for each thread with something that they
//! have not read. Everything is asked when it is sent, as for every other mail.

use pigeon_wire::notice::{MailPace, NoticeKind};
use pigeon_wire::permission::Permission;
use pigeon_wire::person::PersonKind;
use pigeon_wire::text::Name;
use pigeon_wire::thread::{Side, ThreadKind};
use pigeon_wire::{MessageId, PersonId};

use super::letter::{Verdict, letter, unread_of};
use super::worker::Lease;
use crate::Error;
use crate::direct;
use crate::mail::render::{self, DigestThread};
use crate::mailbox::{self, BoxRow, Shelf};
use crate::message::entry::{EntryKind, EntryRow};
use crate::person::{self, Rights, notice};
use crate::thread::row::{self, ThreadRow};
use crate::work::Work;

/// What `person` has not read of all that waits for their day's mail.
pub(super) async fn of_the_day(
    work: &mut Work,
    lease: &Lease,
    person: PersonId,
) -> Result<Verdict, Error> {
    let Some(rights) = person::rights_of(&mut work.conn, person).await? else {
        return Ok(Verdict::Drop("the recipient's account has ended"));
    };
    let mut threads = Vec::new();
    for (id, messages) in lease.by_thread() {
        let thread = row::find(&mut work.conn, id).await?;
        if let Some(thread) = thread.filter(|thread| thread.trashed_at.is_none()) {
            threads.extend(line(work, &thread, &messages, &rights).await?);
        }
    }
    if threads.is_empty() {
        return Ok(Verdict::Drop("read meanwhile"));
    }
    let settings = work.office.settings();
    let data = render::Digest {
        site_name: settings.site_name.clone(),
        threads,
        choices: format!("{}/account", settings.public_url),
    };
    let rendered = render::digest(rights.language, &data);
    let to = (Name::parse(&rights.name).ok(), rights.email);
    let letter = letter(work, lease, to, rendered, None);
    Ok(Verdict::Send {
        letter,
        unverified: false,
    })
}

/// The line about one thread, if there is anything to tell.
async fn line(
    work: &mut Work,
    thread: &ThreadRow,
    messages: &[MessageId],
    reader: &Rights,
) -> Result<Option<DigestThread>, Error> {
    let is_own = thread.customer_kind == PersonKind::User && thread.customer_id == reader.id;
    if thread.kind == ThreadKind::Support && !is_own {
        return teams(work, thread, messages, reader).await;
    }
    let row = mailbox::find(&mut work.conn, reader.id, thread.id).await?;
    match row {
        Some(row) if row.shelf == Shelf::In => own(work, thread, messages, reader, &row).await,
        Some(row) if row.shelf == Shelf::Asked => asked(work, thread, reader).await,
        _ => Ok(None),
    }
}

async fn own(
    work: &mut Work,
    thread: &ThreadRow,
    messages: &[MessageId],
    reader: &Rights,
    row: &BoxRow,
) -> Result<Option<DigestThread>, Error> {
    let pace = reader.notices.mail(notice::kind_of(thread.kind));
    if !row.wants_mail || pace == MailPace::Never {
        return Ok(None);
    }
    let mut entries = unread_of(work, thread.id, messages, reader.id, Side::Customer).await?;
    entries.retain(|entry| {
        entry.kind == EntryKind::Message
            && entry.author_id != reader.id
            && entry.public_place.is_some_and(|place| place > row.since)
    });
    let public_url = work.office.settings().public_url.clone();
    let link = format!("{public_url}/threads/{}", thread.id);
    Ok(told(thread, &entries, link))
}

/// A stranger asks: who it is, and nothing of what they have typed.
async fn asked(
    work: &mut Work,
    thread: &ThreadRow,
    reader: &Rights,
) -> Result<Option<DigestThread>, Error> {
    if reader.notices.mail(NoticeKind::Request) == MailPace::Never {
        return Ok(None);
    }
    let by = direct::asked_by(&mut work.conn, thread.id, reader.id).await?;
    let public_url = work.office.settings().public_url.clone();
    Ok(by.map(|by| DigestThread {
        asks: true,
        subject: None,
        authors: vec![by.name],
        count: 1,
        link: format!("{public_url}/threads/requests"),
    }))
}

async fn teams(
    work: &mut Work,
    thread: &ThreadRow,
    messages: &[MessageId],
    reader: &Rights,
) -> Result<Option<DigestThread>, Error> {
    if !reader.permissions.has(Permission::AccessInbox) {
        return Ok(None);
    }
    let participants = row::participants(&mut work.conn, thread.id).await?;
    let mut party = participants.iter().filter(|p| p.person_id == reader.id);
    if !party.any(|p| p.wants_mail) {
        return Ok(None);
    }
    let mut entries = unread_of(work, thread.id, messages, reader.id, Side::Staff).await?;
    entries.retain(|entry| {
        let is_still_theirs =
            entry.kind != EntryKind::Event || thread.assignee_id == Some(reader.id);
        is_still_theirs && reader.notices.mail(entry.told_as()) != MailPace::Never
    });
    let public_url = work.office.settings().public_url.clone();
    let link = format!("{public_url}/inbox/{}", thread.id);
    Ok(told(thread, &entries, link))
}

fn told(thread: &ThreadRow, entries: &[EntryRow], link: String) -> Option<DigestThread> {
    if entries.is_empty() {
        return None;
    }
    let mut authors: Vec<String> = Vec::new();
    for entry in entries {
        if !authors.contains(&entry.author_name) {
            authors.push(entry.author_name.clone());
        }
    }
    Some(DigestThread {
        asks: false,
        subject: thread.subject.clone(),
        authors,
        count: entries.len(),
        link,
    })
}
