//! The letter to whoever was given a thread by somebody else.

use pigeon_wire::permission::Permission;
use pigeon_wire::text::Name;
use pigeon_wire::thread::Side;
use pigeon_wire::{PersonId, ThreadId};

use super::letter::{Verdict, letter, unread};
use super::worker::Lease;
use crate::Error;
use crate::mail::render;
use crate::person;
use crate::thread::row;
use crate::work::Work;

/// A thread was given to `person`: still theirs, still to be read, still wanted?
pub(super) async fn given(
    work: &mut Work,
    lease: &Lease,
    id: ThreadId,
    person: PersonId,
) -> Result<Verdict, Error> {
    let thread = row::find(&mut work.conn, id).await?;
    let Some(thread) = thread.filter(|thread| thread.trashed_at.is_none()) else {
        return Ok(Verdict::Drop("the thread is gone"));
    };
    if thread.assignee_id != Some(person) {
        return Ok(Verdict::Drop("somebody else looks after the thread"));
    }
    let participants = row::participants(&mut work.conn, id).await?;
    let mut party = participants.iter().filter(|p| p.person_id == person);
    if !party.any(|p| p.wants_mail) {
        return Ok(Verdict::Drop("mails for this thread are switched off"));
    }
    let rights = person::rights_of(&mut work.conn, person).await?;
    let Some(rights) = rights.filter(|r| r.permissions.has(Permission::AccessInbox)) else {
        return Ok(Verdict::Drop(
            "the recipient may not read the inbox any more",
        ));
    };
    let unread = unread(work, lease, person, Side::Staff).await?;
    let Some(event) = unread.into_iter().last() else {
        return Ok(Verdict::Drop("read meanwhile"));
    };
    let settings = work.office.settings();
    let data = render::Assigned {
        site_name: settings.site_name.clone(),
        by: event.author_name,
        customer: thread.customer_name.clone(),
        subject: thread.subject.clone(),
        link: format!("{}/inbox/{id}", settings.public_url),
    };
    let rendered = render::assigned(rights.language, &data);
    let to = (Name::parse(&rights.name).ok(), rights.email);
    let letter = letter(work, lease, to, rendered, Some(id));
    Ok(Verdict::Send {
        letter,
        unverified: false,
    })
}
