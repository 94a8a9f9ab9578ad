//! The doors from the outside: real requests over a real connection.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "tests may stop at the first surprise"
)]

mod harness;

mod account;
mod assets;
mod audit;
mod bad_input;
mod catch_up;
mod command;
mod contacts;
mod download;
mod embed;
mod figures;
mod files;
mod guest;
mod headers;
mod invite;
mod live;
mod mail;
mod matrix;
mod merge;
mod mine;
mod note;
mod origin;
mod own;
mod people;
mod permission;
mod plain;
mod presence;
mod proof;
mod quarantine;
mod rest;
mod search;
mod serve;
mod settings;
mod squeeze;
mod stop;
mod twins;
mod webhooks;
mod without_socket;
