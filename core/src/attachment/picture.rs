//! Pictures of people: made of the small image of a file that comes in and is not kept.

use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use pigeon_wire::AttachmentId;
use pigeon_wire::attachment::FileProblem;
use pigeon_wire::fault::Fault;

use super::{discard, receive, thumb};
use crate::file::Part;
use crate::{Error, Office};

/// The media type of every small image.
pub(crate) const THUMB_TYPE: &str = thumb::MEDIA_TYPE;

/// The middle of an image as a small square; nothing else is kept of the file.
///
/// # Errors
/// What is wrong with the file; what cannot be decoded is not what its name says.
pub(crate) async fn picture<S>(office: &Office, name: &str, bytes: S) -> Result<Vec<u8>, Error>
where
    S: Stream<Item = Result<Bytes, Fault>> + Send + Unpin,
{
    let received = receive::receive(office, name, bytes).await?;
    let (id, name) = (received.id, received.name.clone());
    let small = match received.thumb {
        None => Ok(Vec::new()),
        Some(_) => whole_thumb(office, id).await,
    };
    discard(office, received).await;
    let small = small?;
    let square = tokio::task::spawn_blocking(move || thumb::square(&small)).await;
    let square = square.map_err(|lost| Error::UnitLost(lost.to_string()))?;
    Ok(square.ok_or_else(|| Fault::file(&name, FileProblem::Mismatch))?)
}

async fn whole_thumb(office: &Office, id: AttachmentId) -> Result<Vec<u8>, Error> {
    let size = office
        .files()
        .size(id, Part::Thumb)
        .await?
        .unwrap_or_default();
    let mut pieces = office.files().read(id, Part::Thumb, 0..size).await?;
    let mut all = Vec::new();
    while let Some(piece) = pieces.next().await {
        all.extend_from_slice(&piece.map_err(Error::Folder)?);
    }
    Ok(all)
}
