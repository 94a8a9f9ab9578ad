//! Handing files out: the right is asked for anew each time, and a file is found through its message
//! alone.

use std::io;
use std::ops::Range;

use bytes::Bytes;
use futures::stream::BoxStream;
use pigeon_wire::attachment::Extension;
use pigeon_wire::{AttachmentId, Fault, ThreadId};

use super::{AttachmentRow, sql, thumb};
use crate::actor::{Account, Guest};
use crate::db::on;
use crate::file::Part;
use crate::thread::access::{guest_reading, staff_reading, user_reading};
use crate::{Error, Office};

/// A file that somebody may have at this moment.
pub struct Handed {
    /// What it is called.
    pub name: String,
    /// The media type to hand it out under.
    pub media_type: &'static str,
    /// How many bytes it has.
    pub bytes: u64,
    id: AttachmentId,
    part: Part,
    office: Office,
}

impl Handed {
    /// The bytes of `range`, which lies within the file, piece by piece.
    pub async fn read(
        &self,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, io::Result<Bytes>>, Error> {
        self.office.files().read(self.id, self.part, range).await
    }
}

/// What is asked of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The file itself.
    Whole,
    /// Its small image.
    Thumb,
}

/// Hands a file of a message to the guest of its thread. Everything else is not found.
pub async fn for_guest(
    office: &Office,
    guest: &Guest,
    id: AttachmentId,
    wanted: Wanted,
) -> Result<Handed, Error> {
    let mut conn = office.read().await?;
    let link_days = office.settings().link_days;
    guest_reading(&mut conn, guest, office.now(), link_days).await?;
    let row: Option<AttachmentRow> = on!(&mut conn, c => sqlx::query_as(sql::PUBLIC)
        .bind(id).bind(guest.thread).fetch_optional(c).await)?;
    hand(office, row, wanted).await
}

/// Hands a file of a message to a user who stands on the customer's side of its thread. What was
/// written before they joined is not found.
pub async fn for_user(
    office: &Office,
    account: &Account,
    thread: ThreadId,
    id: AttachmentId,
    wanted: Wanted,
) -> Result<Handed, Error> {
    let mut conn = office.read().await?;
    let readable = user_reading(&mut conn, account, thread, office.now()).await?;
    let row: Option<AttachmentRow> = on!(&mut conn, c => sqlx::query_as(sql::PUBLIC_SINCE)
        .bind(id).bind(thread).bind(readable.row.since).fetch_optional(c).await)?;
    hand(office, row, wanted).await
}

/// Hands a file of a message or note to a staff member who may read its thread.
pub async fn for_staff(
    office: &Office,
    account: &Account,
    thread: ThreadId,
    id: AttachmentId,
    wanted: Wanted,
) -> Result<Handed, Error> {
    let mut conn = office.read().await?;
    staff_reading(&mut conn, account, thread, office.now()).await?;
    let row: Option<AttachmentRow> = on!(&mut conn, c => sqlx::query_as(sql::STAFF)
        .bind(id).bind(thread).fetch_optional(c).await)?;
    hand(office, row, wanted).await
}

async fn hand(
    office: &Office,
    row: Option<AttachmentRow>,
    wanted: Wanted,
) -> Result<Handed, Error> {
    let row = row.ok_or(Fault::NotFound)?;
    let (part, media_type) = match (wanted, Extension::of(&row.name)) {
        (Wanted::Thumb, _) => (Part::Thumb, thumb::MEDIA_TYPE),
        (Wanted::Whole, Some(extension)) => (Part::Whole, extension.media_type()),
        (Wanted::Whole, None) => (Part::Whole, "application/octet-stream"),
    };
    let bytes = office.files().size(row.id, part).await?;
    if bytes.is_none() && wanted == Wanted::Whole {
        tracing::error!(id = %row.id, "the bytes of a file are missing");
    }
    Ok(Handed {
        bytes: bytes.ok_or(Fault::NotFound)?,
        name: row.name,
        media_type,
        id: row.id,
        part,
        office: office.clone(),
    })
}
