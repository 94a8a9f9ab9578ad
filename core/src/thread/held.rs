//! What is kept from the team while its sender sees it as sent, and how it comes in.
//!
//! A thread that a blocked sender starts is held as a whole. A message of theirs in a thread that the
//! team sees takes a number of the public order alone; in the staff order it stands at a negative place,
//! which nobody asks for, until it is let in under the next numbers.

use pigeon_wire::MessageId;
use pigeon_wire::message::KnownBy;
use pigeon_wire::thread::Side;

use super::change::{Author, Change, KeyedContent, Said, preview};
use super::row::ThreadRow;
use crate::Error;
use crate::attachment::{self, AttachmentRow};
use crate::db::on;
use crate::message::entry::{self, EntryKind, EntryRow};
use crate::message::sql;
use crate::outbox;
use crate::search;
use crate::work::Work;

impl Change {
    /// Holds the thread, which has just been made, as a whole.
    pub fn hold(&mut self, work: &Work) {
        self.thread.held = true;
        self.thread.trashed_at = Some(work.now);
    }

    /// Adds a message of the customer's that the team does not see. It moves no status, and to the team
    /// nothing has happened.
    pub async fn held_message(
        &mut self,
        work: &mut Work,
        author: &Author,
        said: &Said,
        keyed: KeyedContent,
    ) -> Result<MessageId, Error> {
        self.thread.public_change += 1;
        let number = self.thread.public_change;
        let row = EntryRow {
            id: MessageId(work.office.fresh_id()),
            kind: EntryKind::Message,
            author_id: author.person.id,
            author_name: author.person.name.clone(),
            side: author.side,
            body: said.body.clone(),
            event: None,
            public_place: Some(number),
            public_change: Some(number),
            staff_place: -number,
            staff_change: -number,
            known_by: author.known_by,
            delivery: None,
            client_key: Some(keyed.key.as_str().to_owned()),
            created_at: work.now,
            edited_at: None,
            files: said.files.iter().map(AttachmentRow::view).collect(),
        };
        entry::insert(work, self.thread.id, &row, Some(keyed.hash.to_vec())).await?;
        attachment::claim(work, row.id, &said.files).await?;
        self.public.extend(row.user_view()?);
        Ok(row.id)
    }

    /// Lets in a message that was held, as the newest one.
    pub async fn admit(&mut self, work: &mut Work, mut row: EntryRow) -> Result<(), Error> {
        let thread = &mut self.thread;
        thread.staff_change += 1;
        row.staff_place = thread.staff_change;
        row.staff_change = thread.staff_change;
        on!(&mut work.conn, c => sqlx::query(sql::ADMIT)
            .bind(row.id).bind(row.staff_place).execute(c).await.map(|_| ()))?;
        let names: Vec<String> = row.files.iter().map(|file| file.name.clone()).collect();
        // As if it had just been written: see [`Change::message`].
        thread.wake();
        if row.known_by == KnownBy::MailedLink {
            thread.customer_verified_at = thread.customer_verified_at.or(Some(row.created_at));
        }
        thread.preview = preview(&row.body, &names);
        thread.preview_side = row.side;
        thread.active_at = thread.active_at.max(row.created_at);
        thread.waiting_since = thread.waiting_since.or(Some(row.created_at));
        thread.latest_place = thread.staff_change;
        thread.has_file |= !names.is_empty();
        search::index::add(work, &self.thread, &row, &names).await?;
        self.tell_of(&row)
    }

    /// Brings what was written before to whoever hears of this change.
    fn tell_of(&mut self, row: &EntryRow) -> Result<(), Error> {
        self.public.extend(row.user_view()?);
        self.staff.push(row.staff_view()?);
        if row.kind == EntryKind::Message {
            self.written.push(row.id);
        }
        Ok(())
    }
}

/// Lets in a thread that was held, with all that was written in it: to the team it begins now.
pub(crate) async fn admit_thread(work: &mut Work, thread: ThreadRow) -> Result<(), Error> {
    let (id, customer) = (thread.id, thread.customer_id);
    let (rows, _) = entry::newest(&mut work.conn, id, Side::Staff).await?;
    let mut change = Change::of(thread).unknown_to_team();
    change.thread.held = false;
    change.thread.trashed_at = None;
    outbox::owe_started(work, id, customer).await?;
    for row in &rows {
        change.tell_of(row)?;
        if row.kind == EntryKind::Message {
            change.owe(work, row.id, row.author_id, row.side).await?;
        }
    }
    change.finish(work).await
}
