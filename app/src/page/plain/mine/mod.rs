//! The users' own threads.

mod entry;
mod list;
mod party;
mod question;
mod requests;
mod room;
mod talk;
mod write;

pub use list::{LiveRows, found_rows, threads};
pub use question::Question;
pub use requests::{request, requests};
pub use room::LiveTalk;
pub use talk::{Talk, found_talk};
pub use write::Write;
