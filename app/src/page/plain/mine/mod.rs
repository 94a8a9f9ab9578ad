//! The users' own threads.

mod ask;
mod list;
mod party;
mod requests;
mod talk;
mod write;

pub use ask::Ask;
pub use list::threads;
pub use requests::{request, requests};
pub use talk::Talk;
pub use write::Write;
