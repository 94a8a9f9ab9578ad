//! Mail going out: what a letter is, how it is worded, and who carries it.
//!
//! Reading order: [`Letter`] (one mail, ready to go), [`render`] (its wording in the reader's
//! language), [`Mailer`] (the carrier, chosen once at start-up), [`Refusal`] (what the carrier says
//! when it does not take a letter). Decides neither who gets a mail nor when: that is the outbox.

mod folder;
mod letter;
mod memory;
mod refusal;
mod relay;
pub mod render;
mod smtp;
mod when;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use pigeon_wire::outbox::MailWay;

pub use letter::Letter;
pub use memory::Mailbox;
pub use refusal::Refusal;
pub use relay::MailerError;
pub use smtp::SEND_MS_MAX;

/// Carries letters away. A clone shares the connections of the original.
#[derive(Clone)]
pub struct Mailer(Way);

#[derive(Clone)]
enum Way {
    Smtp(Arc<smtp::Smtp>),
    Folder(Arc<Path>),
    Memory(Mailbox),
}

impl Mailer {
    /// A mailer that hands letters to the relay at `url`:
    /// `smtps://[user:password@]host[:port]` or `smtp://[user:password@]host[:port]`, with
    /// `?tls=none|starttls|opportunistic` for the latter and `?ca=FILE` (a PEM file to trust beside
    /// the well-known authorities) for both. User and password are percent-encoded. Plain `smtp`
    /// must be encrypted by STARTTLS, except towards this very machine. Connects at the first
    /// letter only.
    pub fn smtp(url: &str) -> Result<Self, MailerError> {
        Ok(Self(Way::Smtp(Arc::new(smtp::Smtp::new(
            relay::Relay::parse(url)?,
        )))))
    }

    /// A mailer that writes each letter into a file `<time>-<id>.eml` in `folder`, which is made
    /// when the first letter comes.
    pub fn folder(folder: PathBuf) -> Self {
        Self(Way::Folder(folder.into()))
    }

    /// A mailer that keeps letters in memory, with the box they land in.
    pub fn memory() -> (Self, Mailbox) {
        let mailbox = Mailbox::default();
        (Self(Way::Memory(mailbox.clone())), mailbox)
    }

    /// How letters leave, without credentials.
    pub fn way(&self) -> MailWay {
        match &self.0 {
            Way::Smtp(smtp) => MailWay::Relay(smtp.address()),
            Way::Folder(folder) => MailWay::Folder(folder.display().to_string()),
            Way::Memory(_) => MailWay::Memory,
        }
    }

    /// Hands one letter over. `Ok` means that the relay (or the disk) has taken it; answers within
    /// [`SEND_MS_MAX`].
    pub async fn send(&self, letter: &Letter) -> Result<(), Refusal> {
        match &self.0 {
            Way::Smtp(smtp) => smtp.send(letter).await,
            Way::Folder(folder) => folder::write(folder, letter).await,
            Way::Memory(mailbox) => mailbox.take(letter),
        }
    }
}

/// Names the way, never the credentials.
impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Way::Smtp(smtp) => write!(f, "Mailer::smtp({})", smtp.address()),
            Way::Folder(folder) => write!(f, "Mailer::folder({})", folder.display()),
            Way::Memory(_) => f.write_str("Mailer::memory()"),
        }
    }
}
