//! The users' own threads.

mod list;
mod party;
mod question;
mod requests;
mod talk;
mod write;

pub use list::threads;
pub use question::Question;
pub use requests::{request, requests};
pub use talk::Talk;
pub use write::Write;
