//! Where the bytes of files are: in a folder, under the ids of their rows and never under a name
//! that somebody chose. The database alone knows what they belong to.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use bytes::{Bytes, BytesMut};
use futures::StreamExt as _;
use futures::stream::BoxStream;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{
    GetOptions, GetRange, MultipartUpload, ObjectStore, ObjectStoreExt as _, PutPayload,
};
use pigeon_wire::AttachmentId;
use uuid::Uuid;

use crate::Error;

/// Bytes that are gathered before they are written: what one upload holds in memory.
const PART_BYTES: usize = 128 * 1024;
/// Characters of an id, with which every name begins.
const ID_CHARS: usize = 32;

/// One of the things that are kept of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The file itself.
    Whole,
    /// Its small image.
    Thumb,
}

/// The store.
pub(crate) struct Files {
    store: LocalFileSystem,
    folder: PathBuf,
}

/// A file that is being written. Given up before its end, it leaves nothing; one that is only dropped
/// is removed a little later.
pub(crate) struct Incoming {
    upload: Box<dyn MultipartUpload>,
    held: BytesMut,
}

impl Files {
    /// Opens the folder, which is made if it is missing, for its owner's eyes alone.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder).map_err(Error::Folder)?;
        // What is answered as stored must survive a power cut, as the rows that refer to it do.
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Self {
            store,
            folder: folder.to_owned(),
        })
    }

    /// Begins a file.
    pub async fn create(&self, id: AttachmentId) -> Result<Incoming, Error> {
        let upload = self.store.put_multipart(&key(id, Part::Whole)).await?;
        Ok(Incoming {
            upload,
            held: BytesMut::with_capacity(PART_BYTES),
        })
    }

    /// Stores a part that is small enough for memory.
    pub async fn put(&self, id: AttachmentId, part: Part, bytes: Vec<u8>) -> Result<(), Error> {
        self.store.put(&key(id, part), bytes.into()).await?;
        Ok(())
    }

    /// The bytes of `range`, piece by piece.
    pub async fn read(
        &self,
        id: AttachmentId,
        part: Part,
        range: Range<u64>,
    ) -> Result<BoxStream<'static, io::Result<Bytes>>, Error> {
        let options = GetOptions {
            range: Some(GetRange::Bounded(range)),
            ..GetOptions::default()
        };
        let found = self.store.get_opts(&key(id, part), options).await?;
        let pieces = found.into_stream();
        Ok(pieces.map(|piece| piece.map_err(io::Error::other)).boxed())
    }

    /// How many bytes a part has; `None` if it is not there.
    pub async fn size(&self, id: AttachmentId, part: Part) -> Result<Option<u64>, Error> {
        match self.store.head(&key(id, part)).await {
            Ok(found) => Ok(Some(found.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(cause) => Err(cause.into()),
        }
    }

    /// Where a whole file lies, for what must read it here and there.
    pub fn path(&self, id: AttachmentId) -> PathBuf {
        let (folder, name) = place(id, Part::Whole);
        self.folder.join(folder).join(name)
    }

    /// Removes all that is kept of a file. What is not there is no error.
    pub async fn remove(&self, id: AttachmentId) -> Result<(), Error> {
        for part in [Part::Whole, Part::Thumb] {
            match self.store.delete(&key(id, part)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(cause) => return Err(cause.into()),
            }
        }
        Ok(())
    }

    /// All that lies in the folder, with the id that each name begins with; uploads that a crash cut
    /// off are among them. What is named otherwise is not ours.
    pub async fn all(&self) -> Result<Vec<(AttachmentId, PathBuf)>, Error> {
        let folder = self.folder.clone();
        let walk = tokio::task::spawn_blocking(move || {
            let mut found = Vec::new();
            for folder in fs::read_dir(folder)? {
                let folder = folder?.path();
                if !folder.is_dir() {
                    continue;
                }
                for entry in fs::read_dir(folder)? {
                    let path = entry?.path();
                    let name = path.file_name().and_then(|name| name.to_str());
                    let id = name.and_then(|name| name.get(..ID_CHARS)?.parse::<Uuid>().ok());
                    found.extend(id.map(|id| (AttachmentId(id), path)));
                }
            }
            Ok(found)
        });
        let found: io::Result<_> = walk
            .await
            .map_err(|lost| Error::UnitLost(lost.to_string()))?;
        found.map_err(Error::Folder)
    }
}

impl Incoming {
    /// Adds bytes.
    pub async fn write(&mut self, mut bytes: Bytes) -> Result<(), Error> {
        while !bytes.is_empty() {
            let room = PART_BYTES.saturating_sub(self.held.len());
            self.held
                .extend_from_slice(&bytes.split_to(room.min(bytes.len())));
            if self.held.len() >= PART_BYTES {
                self.flush().await?;
            }
        }
        Ok(())
    }

    /// Ends the file: it is whole, on the disk, and under its name from now on.
    pub async fn finish(mut self) -> Result<(), Error> {
        self.flush().await?;
        self.upload.complete().await?;
        Ok(())
    }

    /// Gives it up: nothing of it is left.
    pub async fn abort(mut self) {
        if let Err(cause) = self.upload.abort().await {
            // The sweep finds it.
            tracing::warn!(%cause, "an unfinished file could not be removed");
        }
    }

    async fn flush(&mut self) -> Result<(), Error> {
        if !self.held.is_empty() {
            let part = std::mem::replace(&mut self.held, BytesMut::with_capacity(PART_BYTES));
            self.upload
                .put_part(PutPayload::from_bytes(part.freeze()))
                .await?;
        }
        Ok(())
    }
}

/// Folder and name: files spread over 256 folders by the last bits of their ids, which are random.
fn place(id: AttachmentId, part: Part) -> (String, String) {
    let name = id.to_string();
    let folder = name.get(ID_CHARS - 2..).unwrap_or("00").to_owned();
    let name = match part {
        Part::Whole => name,
        Part::Thumb => name + "-small",
    };
    (folder, name)
}

fn key(id: AttachmentId, part: Part) -> Key {
    let (folder, name) = place(id, part);
    Key::from_iter([folder, name])
}
