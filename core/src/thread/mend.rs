//! Mending a message that is there already, under the next numbers.

use pigeon_wire::MessageId;
use pigeon_wire::inbox::PREVIEW_CHARS;
use pigeon_wire::text::Body;

use super::change::Change;
use super::sql;
use crate::Error;
use crate::db::on;
use crate::direct::sql as direct;
use crate::message::entry::EntryRow;
use crate::work::Work;

impl Change {
    /// Gives a message another text. Whoever did not know the message does not hear of it.
    pub async fn mend(
        &mut self,
        work: &mut Work,
        mut row: EntryRow,
        body: &Body,
    ) -> Result<(), Error> {
        let thread = &mut self.thread;
        thread.public_change += 1;
        thread.staff_change += 1;
        body.as_str().clone_into(&mut row.body);
        row.edited_at = Some(work.now);
        row.public_change = Some(thread.public_change);
        row.staff_change = thread.staff_change;
        if row.staff_place == thread.latest_place {
            thread.preview = row.body.chars().take(PREVIEW_CHARS).collect();
        }
        on!(&mut work.conn, c => sqlx::query(direct::EDIT)
            .bind(row.id).bind(&row.body).bind(row.edited_at).bind(row.public_change)
            .bind(row.staff_change).execute(c).await.map(|_| ()))?;
        self.news.earliest = row.public_place;
        self.public.extend(row.user_view()?);
        self.staff.push(row.staff_view()?);
        Ok(())
    }

    /// The newest message of the thread.
    pub async fn newest(&self, work: &mut Work) -> Result<Option<MessageId>, Error> {
        Ok(
            on!(&mut work.conn, c => sqlx::query_scalar(sql::NEWEST_MESSAGE)
            .bind(self.thread.id).fetch_optional(c).await)?,
        )
    }
}
