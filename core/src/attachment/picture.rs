//! Pictures of people and the site's logo: made of a file that comes in and is not kept.

use bytes::Bytes;
use futures::{Stream, StreamExt as _};
use pigeon_wire::AttachmentId;
use pigeon_wire::attachment::{Extension, FileProblem, MB};
use pigeon_wire::fault::Fault;

use super::{discard, receive, thumb};
use crate::file::Part;
use crate::{Error, Office};

/// Most megabytes of a file that a logo is made of: it is read whole.
const LOGO_MB_MAX: u32 = 2;
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
        Some(_) => all_of(office, id, Part::Thumb).await,
    };
    discard(office, received).await;
    let small = small?;
    let square = tokio::task::spawn_blocking(move || thumb::square(&small)).await;
    let square = square.map_err(|lost| Error::UnitLost(lost.to_string()))?;
    Ok(square.ok_or_else(|| Fault::file(&name, FileProblem::Mismatch))?)
}

/// An image as the site's logo, a PNG of at most 480 × 96 pixels; nothing else is kept of the file.
///
/// # Errors
/// What is wrong with the file; [`FileProblem::TooLarge`] beyond [`LOGO_MB_MAX`].
pub(crate) async fn logo<S>(office: &Office, name: &str, bytes: S) -> Result<Vec<u8>, Error>
where
    S: Stream<Item = Result<Bytes, Fault>> + Send + Unpin,
{
    let received = receive::receive(office, name, bytes).await?;
    let (id, name) = (received.id, received.name.clone());
    let whole = if received.bytes > i64::from(LOGO_MB_MAX) * MB {
        Err(Fault::file(&name, FileProblem::TooLarge { mb: LOGO_MB_MAX }).into())
    } else {
        all_of(office, id, Part::Whole).await
    };
    discard(office, received).await;
    let (whole, claimed) = (whole?, Extension::of(&name));
    let png = tokio::task::spawn_blocking(move || thumb::logo(&whole, claimed?)).await;
    let png = png.map_err(|lost| Error::UnitLost(lost.to_string()))?;
    Ok(png.ok_or_else(|| Fault::file(&name, FileProblem::Mismatch))?)
}

async fn all_of(office: &Office, id: AttachmentId, part: Part) -> Result<Vec<u8>, Error> {
    let size = office.files().size(id, part).await?.unwrap_or_default();
    let mut pieces = office.files().read(id, part, 0..size).await?;
    let mut all = Vec::new();
    while let Some(piece) = pieces.next().await {
        all.extend_from_slice(&piece.map_err(Error::Folder)?);
    }
    Ok(all)
}
