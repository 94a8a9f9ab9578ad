//! What the commands do, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may stop at the first surprise"
)]

mod voice;

mod audit;
mod badge;
mod blocked;
mod bulk;
mod canned;
mod cap;
mod claim;
mod contact;
mod deliver;
mod direct;
mod draft;
mod embed;
mod figures;
mod files;
mod glass;
mod guest;
mod hand_over;
mod invitation;
mod limit;
mod line;
mod link;
mod list;
mod live;
mod mailbox;
mod mails;
mod mention;
mod merge;
mod notice;
mod numbers;
mod once;
mod outbox;
mod overtaken;
mod own;
mod people;
mod presence;
mod proof;
mod quarantine;
mod receipt;
mod release;
mod retry;
mod right;
mod role;
mod saved;
mod search;
mod session;
mod setting;
mod setup;
mod snooze;
mod status;
mod stop;
mod tag;
mod token;
mod trace;
mod trash;
mod unread;
mod upload;
mod waiting;
mod webhook;
