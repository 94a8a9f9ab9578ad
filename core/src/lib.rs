//! What Pigeon does: threads, delivery, live updates, and who may see what. Knows no HTTP and no
//! pages: a command does not know its door.
//!
//! The story of a message in five lines:
//! 1. a door calls one command, for example [`message::reply`], with who is asking;
//! 2. the command runs as one unit of work ([`work`]): proof of the right, numbers, rows, mails owed;
//! 3. the unit commits; what others must hear was remembered and leaves only now ([`hub`]);
//! 4. open pages get finished views of their audience; a page that missed a number asks for it;
//! 5. workers ([`outbox`], [`webhook`]) send the mails that are still wanted once they are due, and tell
//!    hooks what happened.

pub mod error;

pub mod canned;
pub mod clock;
pub mod db;
pub mod office;
pub mod secret;
pub mod work;

pub mod actor;
pub mod audit;
pub mod invitation;
pub mod limit;
pub mod password;
pub mod person;
pub mod proof;
pub mod role;
pub mod session;
pub mod setting;
pub mod setup;
pub mod token;
pub mod zone;

pub mod attachment;
pub mod blocked;
pub mod contact;
pub mod direct;
pub mod draft;
pub mod embed;
pub mod figures;
pub(crate) mod file;
pub mod guest;
pub mod inbox;
pub mod mailbox;
pub mod message;
pub mod note;
pub mod presence;
pub mod quarantine;
pub mod saved;
pub mod search;
pub mod stop;
pub mod thread;
pub mod user;
pub mod waiting;

pub mod hub;
pub mod mail;
pub mod outbox;
pub mod webhook;

#[cfg(any(test, feature = "testing"))]
#[expect(clippy::expect_used, reason = "tests may stop at the first surprise")]
pub mod testing;

pub use error::Error;
pub use office::Office;
