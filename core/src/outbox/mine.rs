//! The letter to a user about what is new in a thread of theirs.

use pigeon_wire::PersonId;
use pigeon_wire::notice::MailPace;
use pigeon_wire::text::Name;
use pigeon_wire::thread::Side;

use super::letter::{Verdict, letter, names, unread};
use super::worker::Lease;
use crate::Error;
use crate::direct;
use crate::mail::render;
use crate::mailbox::{self, Shelf};
use crate::message::entry::EntryKind;
use crate::person::{self, Rights, notice};
use crate::stop;
use crate::thread::row::ThreadRow;
use crate::work::Work;

/// What `person` has not read yet on the customer's side of a thread: still theirs, still unread?
pub(super) async fn news(
    work: &mut Work,
    lease: &Lease,
    thread: &ThreadRow,
    person: PersonId,
) -> Result<Verdict, Error> {
    let Some(rights) = person::rights_of(&mut work.conn, person).await? else {
        return Ok(Verdict::Drop("the recipient's account has ended"));
    };
    let row = mailbox::find(&mut work.conn, person, thread.id).await?;
    let row = match row {
        Some(row) if row.shelf == Shelf::In => row,
        Some(row) if row.shelf == Shelf::Asked => {
            return request(work, lease, thread, &rights).await;
        }
        _ => return Ok(Verdict::Drop("the recipient is not in the thread any more")),
    };
    let pace = rights.notices.mail(notice::kind_of(thread.kind));
    if !row.wants_mail || pace == MailPace::Never {
        return Ok(Verdict::Drop("mails for this thread are switched off"));
    }
    let mut entries = unread(work, lease, person, Side::Customer).await?;
    entries.retain(|entry| {
        entry.kind == EntryKind::Message
            && entry.author_id != person
            && entry.public_place.is_some_and(|place| place > row.since)
    });
    if entries.is_empty() {
        return Ok(Verdict::Drop("read meanwhile"));
    }
    let settings = work.office.settings();
    let data = render::UserNewMessages {
        site_name: settings.site_name.clone(),
        subject: thread.subject.clone(),
        messages: entries
            .into_iter()
            .map(|entry| render::TeamMessage {
                author: entry.author_name,
                at: entry.created_at,
                body: entry.body,
                files: names(entry.files),
            })
            .collect(),
        link: format!("{}/threads/{}", settings.public_url, thread.id),
    };
    let rendered = render::user_new_messages(rights.language, &data);
    let to = (Name::parse(&rights.name).ok(), rights.email);
    let mut letter = letter(work, lease, to, rendered, Some(thread.id));
    letter.stop = Some(stop::address(work, thread.id, person).await?);
    Ok(Verdict::Send {
        letter,
        unverified: false,
    })
}

/// A stranger asks: who it is, and nothing of what they have typed.
async fn request(
    work: &mut Work,
    lease: &Lease,
    thread: &ThreadRow,
    rights: &Rights,
) -> Result<Verdict, Error> {
    let by = direct::asked_by(&mut work.conn, thread.id, rights.id).await?;
    let Some(by) = by else {
        return Ok(Verdict::Drop("the request is gone"));
    };
    let settings = work.office.settings();
    let data = render::UserRequest {
        site_name: settings.site_name.clone(),
        by: by.name,
        link: format!("{}/threads/requests", settings.public_url),
    };
    let rendered = render::user_request(rights.language, &data);
    let to = (Name::parse(&rights.name).ok(), rights.email.clone());
    let letter = letter(work, lease, to, rendered, Some(thread.id));
    Ok(Verdict::Send {
        letter,
        unverified: false,
    })
}
