//! Who is asking. A door recognises them; what they may do is asked anew in each unit of work.

use pigeon_wire::person::Language;
use pigeon_wire::thread::LinkOrigin;
use pigeon_wire::{EmbedKeyId, Fault, LinkId, Millis, PersonId, SessionId, ThreadId, TokenId};

/// A user, or a program in their name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// How they are known.
    pub by: Credential,
}

/// How a user is known. What it is worth is asked with each use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// They are signed in.
    Session(SessionId),
    /// A program holds one of their tokens: its scopes bound what they may do.
    Token(TokenId),
    /// Another site vouches for them. They have no permission, and nothing of an account but their
    /// own threads.
    Vouched {
        /// The site's key.
        key: EmbedKeyId,
        /// When the key's secret was made: a later one ends this.
        secret_at: Millis,
        /// When the site is to be asked anew.
        until: Millis,
    },
}

/// What becomes of an idempotency key that was used before, with other content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reuse {
    /// The other content is stored too, under a key of its own: a page's key that was not renewed.
    Beside,
    /// It is refused: a program's mistake.
    Refused,
}

impl Account {
    /// The session of somebody who is here in person.
    ///
    /// # Errors
    /// [`Fault::OutOfScope`] for a program, and for whoever another site vouches for.
    pub fn session(&self) -> Result<SessionId, Fault> {
        match self.by {
            Credential::Session(session) => Ok(session),
            Credential::Token(_) | Credential::Vouched { .. } => Err(Fault::OutOfScope),
        }
    }

    /// What becomes of their keys.
    pub(crate) fn reuse(&self) -> Reuse {
        match self.by {
            Credential::Session(_) | Credential::Vouched { .. } => Reuse::Beside,
            Credential::Token(_) => Reuse::Refused,
        }
    }
}

/// A guest in their one thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Who.
    pub person: PersonId,
    /// Which thread.
    pub thread: ThreadId,
    /// By which link or browser session.
    pub link: LinkId,
    /// How they came by it.
    pub origin: LinkOrigin,
}

/// Whoever stands at the door, known or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visitor {
    /// The network address that limits count by: an IPv4 address, or an IPv6 network of 64 bits.
    pub address: String,
    /// The language that they read.
    pub language: Language,
    /// The browser's own name for itself, cut.
    pub agent: String,
    /// What becomes of their keys.
    pub reuse: Reuse,
}

impl Visitor {
    /// The same, whose program must not use a key twice.
    #[must_use]
    pub fn by_program(self) -> Self {
        Self {
            reuse: Reuse::Refused,
            ..self
        }
    }
}
