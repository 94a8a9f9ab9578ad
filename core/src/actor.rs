//! Who is asking. A door recognises them; what they may do is asked anew in each unit of work.

use pigeon_wire::person::Language;
use pigeon_wire::thread::LinkOrigin;
use pigeon_wire::{LinkId, PersonId, SessionId, ThreadId};

/// A signed-in user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who.
    pub person: PersonId,
    /// By which session.
    pub session: SessionId,
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
}
