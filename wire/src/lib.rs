//! All that crosses the wire between Pigeon's server and its pages.
//!
//! Reading order: ids and time, the one error shape, what people type, who may do what,
//! threads, their entries, the inbox, and what travels over the live socket. Everything here
//! compiles for the server and for the browser and does no I/O.
//!
//! Two audiences, two families of types: what a guest or user may see ([`message::EntryView`],
//! [`thread::PublicHead`], [`live::GuestFrame`], [`mailbox`], [`direct`], [`live::UserFrame`]) has no
//! field that could hold a note, an assignee or a staff address; what the team sees lives in
//! [`note`], [`presence`], [`inbox`] and [`live::StaffFrame`].

pub mod id;
#[macro_use]
mod choice;
pub mod act;
pub mod attachment;
pub mod audit;
pub mod canned;
pub mod contact;
pub mod day;
pub mod direct;
pub mod draft;
pub mod embed;
pub mod fault;
pub mod figures;
pub mod inbox;
pub mod live;
pub mod mailbox;
pub mod mention;
pub mod merge;
pub mod message;
pub mod note;
pub mod notice;
pub mod outbox;
pub mod permission;
pub mod person;
pub mod presence;
pub mod proof;
pub mod prose;
pub mod quarantine;
pub mod saved;
pub mod search;
pub mod seen;
pub mod setting;
pub mod tag;
pub mod team;
pub mod text;
pub mod thread;
pub mod token;
pub mod waiting;
pub mod webhook;

pub use fault::Fault;
pub use id::{
    AttachmentId, CannedId, DeliveryId, EmbedKeyId, InvitationId, LinkId, MessageId, Millis,
    PersonId, ProofId, SavedViewId, SessionId, ThreadId, TokenId, WaitingId, WebhookId,
};
