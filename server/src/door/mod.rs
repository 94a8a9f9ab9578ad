//! The doors. Each learns who is asking, calls one command, and turns the answer into a page, a
//! redirect or a refusal.

pub mod file;
pub mod form;
mod intake;

pub mod blocked;
pub mod canned;
pub mod contact;
pub mod contacts;
pub mod conversation;
pub mod keys;
pub mod link;
pub mod saved;

pub mod login;

pub mod audit;
pub mod direct;
pub mod embed;
pub mod fate;
pub mod figures;
pub mod invite;
pub mod logo;
pub mod mail;
pub mod merge;
pub mod mine;
pub mod people;
pub mod person;
pub mod picture;
pub mod proof;
pub mod quarantine;
pub mod roles;
pub mod search;
pub mod settings;
pub mod setup;
pub mod snippet;
pub mod stop;
pub mod team;
pub mod tokens;
pub mod waiting;

pub mod ui;
pub mod webhooks;

pub mod account;
pub mod asset;
pub mod front;
pub mod hand_over;
pub mod health;
pub mod taste;
