//! Moving entries from one thread into another, and back. An entry that moves is a new one where it
//! comes to, under the next numbers; where it was, a line stands for it, so that no number is a hole.

use pigeon_wire::id::RecordId;
use pigeon_wire::message::PublicEvent;
use pigeon_wire::note::{Delivery, StaffEvent};
use pigeon_wire::{Fault, MessageId, PersonId};

use super::sql;
use crate::Error;
use crate::db::later::later;
use crate::db::on;
use crate::message::entry::{self, EntryKind, EntryRow};
use crate::search;
use crate::thread::change::Change;
use crate::work::Work;

/// An entry that has moved: who wrote it, and its places before and after.
pub(super) struct Carried {
    pub author: PersonId,
    pub is_customers: bool,
    pub staff: (i64, i64),
    pub public: Option<(i64, i64)>,
}

/// Moves one entry, with its files, its mails and its key; `hash` is what the key was first used with.
pub(super) async fn over(
    work: &mut Work,
    merge: RecordId,
    (from, to): (&mut Change, &mut Change),
    (id, mut hash): (MessageId, Option<Vec<u8>>),
) -> Result<Carried, Error> {
    let source = entry::by_id(&mut work.conn, id).await?;
    let source = source.ok_or(Fault::NotFound)?;
    let (was, is) = (from.thread.customer_id, to.thread.customer_id);
    let unwanted: Vec<Option<PersonId>> = on!(&mut work.conn, c =>
        sqlx::query_scalar(sql::UNWANTED).bind(id)
            .bind("read, or switched off, before the conversation was merged").bind(work.now)
            .fetch_all(c).await)?;
    let mut copy = source.clone();
    copy.id = MessageId(work.office.fresh_id());
    if copy.delivery.is_some() && unwanted.contains(&Some(was)) {
        copy.delivery = Some(Delivery::Unneeded);
    }
    if copy.author_id == was {
        copy.author_id = is;
        copy.author_name.clone_from(&to.thread.customer_name);
    }
    let (author, staff, public) = (source.author_id, source.staff_place, source.public_place);
    from.leave(work, source).await?;
    if let Some(key) = copy
        .client_key
        .as_deref()
        .filter(|_| copy.author_id != author)
    {
        let taken: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::KEY_TAKEN)
            .bind(copy.author_id).bind(key).fetch_one(c).await)?;
        if taken > 0 {
            (copy.client_key, hash) = (None, None);
        }
    }
    to.take_in(work, &mut copy, hash).await?;
    later!(
        &mut work.conn,
        sql::ADD_MOVED,
        copy = copy.id,
        source = id,
        merge = merge
    )?;
    hand_over(work, (from, to), (id, &copy)).await?;
    Ok(Carried {
        author,
        is_customers: author == was,
        staff: (staff, copy.staff_place),
        public: public.zip(copy.public_place),
    })
}

/// Moves one entry back to where it was before.
pub(super) async fn back(
    work: &mut Work,
    (from, to): (&mut Change, &mut Change),
    (copy, source): (MessageId, MessageId),
    hash: Option<Vec<u8>>,
) -> Result<(), Error> {
    let moved = entry::by_id(&mut work.conn, copy).await?;
    let stands = entry::by_id(&mut work.conn, source).await?;
    let (Some(moved), Some(mut row)) = (moved, stands) else {
        return Ok(());
    };
    let left = moved.clone();
    from.leave(work, left).await?;
    row.kind = moved.kind;
    row.body = moved.body;
    row.event = None;
    row.delivery = moved.delivery;
    row.client_key = moved.client_key;
    row.edited_at = moved.edited_at;
    row.files = moved.files;
    to.come_back(work, &mut row, hash).await?;
    hand_over(work, (from, to), (copy, &row)).await
}

/// What hangs on an entry goes with it: files, mails, and that it can be found.
async fn hand_over(
    work: &mut Work,
    (from, to): (&Change, &Change),
    (old, new): (MessageId, &EntryRow),
) -> Result<(), Error> {
    let (here, there) = (from.thread.id, to.thread.id);
    let (was, is) = (from.thread.customer_id, to.thread.customer_id);
    later!(
        &mut work.conn,
        sql::FILES,
        old = old,
        thread = there,
        new = new.id,
        was = was,
        is = is
    )?;
    later!(
        &mut work.conn,
        sql::MAILS,
        old = old,
        thread = there,
        new = new.id,
        was = was,
        is = is,
        here_word = here.to_string(),
        there_word = there.to_string(),
        was_word = was.to_string(),
        is_word = is.to_string()
    )?;
    later!(&mut work.conn, search::sql::FORGET, old = old)?;
    let names: Vec<String> = new.files.iter().map(|file| file.name.clone()).collect();
    search::index::add(work, &to.thread, new, &names).await
}

impl Change {
    /// Puts a line in the place of an entry that leaves. Whoever saw the entry sees the line.
    async fn leave(&mut self, work: &mut Work, mut row: EntryRow) -> Result<(), Error> {
        let event = match row.kind {
            EntryKind::Note => StaffEvent::NoteMoved,
            EntryKind::Message | EntryKind::Event => StaffEvent::Public {
                what: PublicEvent::Moved,
            },
        };
        row.kind = EntryKind::Event;
        row.event = Some(entry::event_to_json(&event)?);
        row.body.clear();
        row.files.clear();
        (row.delivery, row.client_key, row.edited_at) = (None, None, None);
        self.renumber(&mut row);
        on!(&mut work.conn, c => sqlx::query(sql::LEAVE)
            .bind(row.id).bind(&row.event).bind(row.public_change).bind(row.staff_change)
            .execute(c).await.map(|_| ()))?;
        self.tell(&row)
    }

    /// Takes an entry of another thread in as the newest of this one.
    async fn take_in(
        &mut self,
        work: &mut Work,
        row: &mut EntryRow,
        hash: Option<Vec<u8>>,
    ) -> Result<(), Error> {
        self.renumber(row);
        row.staff_place = row.staff_change;
        row.public_place = row.public_change;
        entry::insert(work, self.thread.id, row, hash).await?;
        later!(
            &mut work.conn,
            sql::MARK_COPY,
            id = row.id,
            copy = true,
            edited = row.edited_at
        )?;
        self.tell(row)
    }

    /// Puts an entry back into its place.
    async fn come_back(
        &mut self,
        work: &mut Work,
        row: &mut EntryRow,
        hash: Option<Vec<u8>>,
    ) -> Result<(), Error> {
        self.renumber(row);
        on!(&mut work.conn, c => sqlx::query(sql::COME_BACK)
            .bind(row.id).bind(row.kind).bind(&row.body).bind(row.delivery).bind(&row.client_key)
            .bind(&hash).bind(row.edited_at).bind(row.public_change).bind(row.staff_change)
            .execute(c).await.map(|_| ()))?;
        self.tell(row)
    }

    /// Gives an entry the next numbers of each audience that sees it.
    const fn renumber(&mut self, row: &mut EntryRow) {
        self.thread.staff_change += 1;
        row.staff_change = self.thread.staff_change;
        if row.public_place.is_some() {
            self.thread.public_change += 1;
            row.public_change = Some(self.thread.public_change);
        }
    }

    fn tell(&mut self, row: &EntryRow) -> Result<(), Error> {
        self.public.extend(row.user_view()?);
        self.staff.push(row.staff_view()?);
        Ok(())
    }
}
