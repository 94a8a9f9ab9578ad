//! Pigeon's pages: rendered by the server (`ssr`), brought to life in the browser (`hydrate`).
//!
//! Reading order: [`start`] (what the server hands to a page), [`shell`] (the document around
//! it), [`page`] (the two roots and their pages), [`part`] (small shared parts), [`words`] (every
//! sentence a person reads), [`api`] (server functions), [`live`] (the one socket of a page and
//! the pure folds behind it), [`browser`] (what only a browser can do), [`data`] (what a page
//! waits for), [`upload`] (files on their way), [`error`] and [`ssr`].

// A view is one type as deep as its tree.
#![recursion_limit = "256"]

#[cfg(all(feature = "ssr", target_arch = "wasm32"))]
compile_error!("`ssr` is the server's half of the pages and must never reach the browser");

pub mod start;

pub mod shell;

pub mod page;

pub mod part;

pub mod words;

pub mod api;

pub mod live;

pub mod browser;

pub mod data;

pub mod upload;

pub mod error;
#[cfg(feature = "ssr")]
pub mod ssr;

pub use error::UiError;
pub use page::guest::GuestRoot;
pub use page::plain;
pub use page::team::{TeamRoot, columns, grip};
pub use shell::{guest_shell, outside_shell, plain_shell, team_shell};
pub use start::{Assets, Frame, GuestPage, GuestView, TalkStart, TeamStart, Theme};
