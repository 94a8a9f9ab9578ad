//! Internal notes: the team alone ever sees them, and they leave no trace anywhere else.

use pigeon_wire::ThreadId;
use pigeon_wire::draft::DraftKind;
use pigeon_wire::message::{NewMessage, Posted, ReplyForm};
use pigeon_wire::note::NoteForm;
use pigeon_wire::text::Body;
use pigeon_wire::thread::{ParticipantRole, Side};

use crate::actor::Account;
use crate::attachment;
use crate::draft;
use crate::message::{Content, Keyed, keyed, stored_before};
use crate::outbox;
use crate::thread::access::{StaffWritable, staff_writing};
use crate::thread::change::{Change, Said};
use crate::thread::{follow, read, row, staff_author};
use crate::work::Work;
use crate::{Error, Office};

/// Adds a note to a thread. Whoever of the team it mentions follows the thread from now on.
pub async fn add(
    office: &Office,
    account: &Account,
    id: ThreadId,
    form: &NoteForm,
) -> Result<Posted, Error> {
    let NoteForm {
        body,
        key,
        attachments,
    } = form.clone();
    let new = ReplyForm {
        body,
        key,
        attachments,
        ..ReplyForm::default()
    }
    .check()?;
    let account = account.clone();
    office
        .write(move |work| Box::pin(async move { post(work, &account, id, &new).await }))
        .await
}

/// The same within somebody's unit.
pub(crate) async fn post(
    work: &mut Work,
    account: &Account,
    id: ThreadId,
    new: &NewMessage,
) -> Result<Posted, Error> {
    let StaffWritable { thread, me } = match staff_writing(work, account, id).await {
        Ok(writable) => writable,
        Err(refused) => {
            let stored = stored_before(work, account, ("note", id), new, refused).await?;
            return Ok(stored.posted());
        }
    };
    let files = attachment::named(work, id, me.id, &new.attachments).await?;
    let content = Content::new("note", id, new.body.as_ref(), &files);
    let key = (&new.key, account.reuse());
    let keyed = match keyed(work, me.id, Side::Staff, key, &content).await? {
        Keyed::Again(sent) => return Ok(sent.posted()),
        Keyed::New(keyed) => keyed,
    };
    let mut change = Change::of(thread);
    let said = Said::new(new.body.as_ref(), files);
    let note = change.note(work, &staff_author(&me), &said, keyed).await?;
    let place = change.place(Side::Staff);
    row::join(work, id, me.id, ParticipantRole::Staff).await?;
    // A note moves the staff position alone; it is read by whoever had read all before.
    let before = change.number_before(Side::Staff);
    let read = read::upto(&mut work.conn, id, me.id).await?;
    if read >= before {
        read::mark(work, id, me.id, Side::Staff, place).await?;
    }
    let sent = new.body.as_ref().map(Body::as_str).unwrap_or_default();
    draft::forget(work, me.id, id, DraftKind::Note, sent).await?;
    follow::mentioned(work, &change.thread, sent).await?;
    outbox::owe_note(work, &change.thread, note, me.id).await?;
    change.finish(work).await?;
    Ok(Posted {
        id: note,
        place,
        at: work.now,
    })
}
