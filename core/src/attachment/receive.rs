//! How a file comes in: counted and looked at piece by piece, never held whole, and refused at the
//! first byte that is too much or not what the name says.

use std::sync::Arc;

use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use pigeon_wire::attachment::{Extension, FileProblem, MB, Thumb, clean_name};
use pigeon_wire::{AttachmentId, Fault};
use sha2::{Digest as _, Sha256};
use tokio::sync::Semaphore;

use super::kind::Look;
use super::thumb;
use crate::error::RETRY_AFTER_S;
use crate::file::{Incoming, Part};
use crate::{Error, Office};

/// Files that come in at the same time, whoever sends them.
const AT_ONCE: usize = 64;
/// Images that are decoded at the same time: each may take a good part of a small machine's memory.
const DECODING_AT_ONCE: usize = 1;

/// Where files come in: so many at once, and no more.
pub(crate) struct Desk {
    incoming: Semaphore,
    decoding: Arc<Semaphore>,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            incoming: Semaphore::new(AT_ONCE),
            decoding: Arc::new(Semaphore::new(DECODING_AT_ONCE)),
        }
    }
}

/// A file whose bytes are in the store, and which belongs to nothing yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub(crate) id: AttachmentId,
    pub(crate) name: String,
    pub(crate) bytes: i64,
    pub(crate) hash: [u8; 32],
    pub(crate) thumb: Option<Thumb>,
}

/// Takes a file in under the name that its sender gave it.
pub(super) async fn receive<S>(office: &Office, given: &str, bytes: S) -> Result<Received, Error>
where
    S: Stream<Item = Result<Bytes, Fault>> + Send + Unpin,
{
    let name = clean_name(given);
    let settings = office.settings();
    let rules = settings.file_rules();
    let no = |why| Error::from(Fault::file(&name, why));
    if !rules.is_on() {
        return Err(no(FileProblem::Off));
    }
    let allowed = |claimed: &Extension| settings.attachment_endings.contains(claimed);
    let claimed = Extension::of(&name)
        .filter(allowed)
        .ok_or_else(|| no(FileProblem::Ending))?;
    let Ok(_turn) = office.desk().incoming.try_acquire() else {
        return Err(Fault::Busy {
            retry_after_s: RETRY_AFTER_S,
        }
        .into());
    };
    let id = AttachmentId(office.fresh_id());
    let mut incoming = office.files().create(id).await?;
    let (bytes, hash) = match write(&mut incoming, bytes, claimed, rules.mb, &no).await {
        Ok(written) => written,
        Err(error) => {
            incoming.abort().await;
            return Err(error);
        }
    };
    incoming.finish().await?;
    let thumb = if claimed.is_image() {
        small(office, id, claimed).await?
    } else {
        None
    };
    Ok(Received {
        id,
        name,
        bytes,
        hash,
        thumb,
    })
}

/// Writes a file as it comes, for as long as it keeps the rules.
async fn write<S>(
    incoming: &mut Incoming,
    mut bytes: S,
    claimed: Extension,
    mb: u32,
    no: &(impl Fn(FileProblem) -> Error + Sync),
) -> Result<(i64, [u8; 32]), Error>
where
    S: Stream<Item = Result<Bytes, Fault>> + Send + Unpin,
{
    let mut look = Look::new(claimed);
    let mut hash = Sha256::new();
    let mut count = 0_i64;
    while let Some(piece) = bytes.next().await {
        let piece = piece?;
        count = count.saturating_add(i64::try_from(piece.len()).unwrap_or(i64::MAX));
        if count > i64::from(mb) * MB {
            return Err(no(FileProblem::TooLarge { mb }));
        }
        look.take(&piece).map_err(no)?;
        hash.update(&piece);
        incoming.write(piece).await?;
    }
    if count == 0 {
        return Err(no(FileProblem::Empty));
    }
    look.end().map_err(no)?;
    Ok((count, hash.finalize().into()))
}

/// Makes the small image of a file that has just come in.
async fn small(
    office: &Office,
    id: AttachmentId,
    claimed: Extension,
) -> Result<Option<Thumb>, Error> {
    let turn = Arc::clone(&office.desk().decoding).acquire_owned().await;
    let lost = |cause: String| Error::UnitLost(cause);
    let turn = turn.map_err(|closed| lost(closed.to_string()))?;
    let path = office.files().path(id);
    // The turn moves along: a client that hangs up lets nobody start beside it.
    let made = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        thumb::small(&path, claimed)
    });
    // A decoder that breaks over an image leaves it without a small one.
    let Ok(Some((bytes, thumb))) = made.await else {
        return Ok(None);
    };
    office.files().put(id, Part::Thumb, bytes).await?;
    Ok(Some(thumb))
}
