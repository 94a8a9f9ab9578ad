//! The files of a plain form: taken in one after the other as they come, never held in memory.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest as _, Multipart, Request};
use futures::stream::BoxStream;
use futures::{Stream, StreamExt as _};
use pigeon_core::actor::{Account, Guest, Visitor};
use pigeon_core::attachment::{self, Received, Uploader};
use pigeon_core::{Error, Office};
use pigeon_wire::attachment::{
    AttachmentView, FILES_MAX, FileProblem, FileRules, RefusedFile, clean_name,
};
use pigeon_wire::{Fault, ThreadId};

use crate::Refused;
use crate::layer::limit;

/// The names under which a form may carry files.
const NAMES: [&str; 2] = ["attachments[]", "attachments"];

/// The bytes of a file as they come in.
pub(super) type Pieces<'f> = BoxStream<'f, Result<axum::body::Bytes, Fault>>;

/// For whom files are taken in.
pub enum For {
    /// For nobody: they are read over.
    Nobody,
    /// For a thread that is about to start.
    Start(Visitor),
    /// For a guest's own thread.
    Reply(Guest, Visitor),
    /// For a user's own thread.
    Own(Account, ThreadId),
}

/// What came of a form's files.
pub struct Intake {
    office: Office,
    of: For,
    rules: FileRules,
    /// Files for a start.
    pub received: Vec<Received>,
    /// Files that wait in the thread for their message.
    pub waiting: Vec<AttachmentView>,
    /// Files that were refused.
    pub refused: Vec<RefusedFile>,
}

impl Intake {
    /// Nothing yet.
    pub fn new(office: &Office, of: For) -> Self {
        Self {
            office: office.clone(),
            of,
            rules: office.settings().file_rules(),
            received: Vec::new(),
            waiting: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// Takes a part of a form that has a file's name.
    ///
    /// # Errors
    /// What ends the whole form: its body was cut off, or the office cannot go on. What is wrong
    /// with the file alone is noted.
    pub async fn take(&mut self, mut part: Field<'_>) -> Result<(), Refused> {
        let name = part.file_name().unwrap_or_default().to_owned();
        let is_ours = part.name().is_some_and(|field| NAMES.contains(&field));
        // A field in which no file was chosen sends one without a name.
        if name.is_empty() || !is_ours || matches!(self.of, For::Nobody) {
            return read_over(&mut part).await;
        }
        let taken = self.received.len() + self.waiting.len();
        if self.rules.is_on() && u32::try_from(taken).is_ok_and(|n| n >= self.rules.most) {
            let most = self.rules.most;
            self.note(&name, FileProblem::TooMany { most });
            return read_over(&mut part).await;
        }
        let mut cut = None;
        let taken: Result<(), Error> = {
            let pieces = pieces(&mut part, &mut cut);
            match &self.of {
                For::Nobody => Ok(()),
                For::Start(visitor) => attachment::take_in(&self.office, visitor, &name, pieces)
                    .await
                    .map(|file| self.received.push(file)),
                For::Reply(guest, visitor) => {
                    let uploader = Uploader::Guest(guest.clone(), visitor.clone());
                    attachment::upload(&self.office, &uploader, &name, pieces)
                        .await
                        .map(|file| self.waiting.push(file))
                }
                For::Own(account, thread) => {
                    let uploader = Uploader::User(account.clone(), *thread);
                    attachment::upload(&self.office, &uploader, &name, pieces)
                        .await
                        .map(|file| self.waiting.push(file))
                }
            }
        };
        if let Some(cut) = cut {
            return Err(cut);
        }
        match taken.map_err(Fault::from) {
            Ok(()) => Ok(()),
            Err(Fault::Files(files)) => {
                for RefusedFile { name, problem } in files {
                    self.note(&name, problem);
                }
                read_over(&mut part).await
            }
            Err(other) => Err(other.into()),
        }
    }

    fn note(&mut self, name: &str, problem: FileProblem) {
        if self.refused.len() < FILES_MAX {
            let name = clean_name(name);
            self.refused.push(RefusedFile { name, problem });
        }
    }

    /// What is wrong with the files, if anything is.
    pub fn fault(&self) -> Option<Fault> {
        (!self.refused.is_empty()).then(|| Fault::Files(self.refused.clone()))
    }

    /// Removes what was taken for a start that does not come about.
    pub async fn discard(&mut self) {
        for file in std::mem::take(&mut self.received) {
            attachment::discard(&self.office, file).await;
        }
    }
}

/// The bytes of a part. Why the whole body was cut off is told apart: the file knows only that it is
/// not whole.
pub(super) fn pieces<'f>(
    part: &'f mut Field<'_>,
    cut: &'f mut Option<Refused>,
) -> impl Stream<Item = Result<axum::body::Bytes, Fault>> + Send + Unpin + 'f {
    part.map(|piece| {
        piece.map_err(|failed| {
            *cut = Some(why(&failed));
            Fault::Malformed
        })
    })
}

/// Hands the first file under `field` to `take`, and answers what became of it; a form without one
/// sent an empty file.
///
/// # Errors
/// What ends the whole form: it is none with parts, or its body was cut off.
pub(super) async fn one_file(
    request: Request,
    field: &str,
    take: impl AsyncFnOnce(&str, Pieces<'_>) -> Result<(), Error>,
) -> Result<Result<(), Error>, Refused> {
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|_| Refused::unsupported_type())?;
    while let Some(mut part) = parts.next_field().await.map_err(|failed| why(&failed))? {
        let name = part.file_name().unwrap_or_default().to_owned();
        if name.is_empty() || part.name() != Some(field) {
            read_over(&mut part).await?;
            continue;
        }
        let mut cut = None;
        let taken = take(&name, pieces(&mut part, &mut cut).boxed()).await;
        if let Some(cut) = cut {
            return Err(cut);
        }
        // A browser that is still sending hears no answer.
        read_over(&mut part).await?;
        return Ok(taken);
    }
    Ok(Err(Fault::file("", FileProblem::Empty).into()))
}

/// Reads a part to its end without keeping it, so that what comes after it can be read.
pub(super) async fn read_over(part: &mut Field<'_>) -> Result<(), Refused> {
    while let Some(piece) = part.next().await {
        piece.map_err(|failed| why(&failed))?;
    }
    Ok(())
}

/// Why a form could not be read on.
pub fn why(failed: &MultipartError) -> Refused {
    limit::cut(failed)
}
