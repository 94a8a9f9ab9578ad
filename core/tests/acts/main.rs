//! What the commands do, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may stop at the first surprise"
)]

mod voice;

mod badge;
mod cap;
mod guest;
mod limit;
mod line;
mod link;
mod live;
mod numbers;
mod once;
mod outbox;
mod overtaken;
mod retry;
mod right;
mod session;
mod setup;
mod status;
mod trace;
