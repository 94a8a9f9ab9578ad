//! Pigeon's doors: pages, forms, server functions, the live socket, the command line. A door learns
//! who is asking, calls one command of the core, and turns its answer into its own language.
//!
//! Reading order: [`routes`] (every door on one page), [`layer`] (what every request passes),
//! [`asking`] (who stands at a door), [`door`] (the doors), [`refusal`] (how they say no), then
//! [`courier`] (what goes out by HTTP), [`config`] and [`command`].

pub mod listen;
pub mod routes;

pub mod hall;

pub mod layer;

pub mod asking;
pub mod cookie;

pub mod door;

pub mod desk;
pub mod page;
pub mod refusal;

pub mod assets;
pub mod live;
pub mod rest;

pub mod courier;

pub mod command;
pub mod config;

pub use hall::{Hall, House};
pub use refusal::Refused;
