//! The two roots: guests' pages and the team's, each a program of its own in the browser.

pub mod guest;

pub mod plain;

pub mod team;
