//! Every sentence that a person reads, in every language that Pigeon speaks. One table of words
//! per program, so that a guest's page carries none of the team's; a missing translation does not
//! compile.

pub mod guest;

pub mod team;

pub mod account;

pub mod admin;

pub mod audit;

pub mod canned;
pub mod contact;
pub mod door;
pub mod embed;
pub mod fate;
pub mod figures;
pub mod file;
pub mod hand_over;
pub mod keys;
pub mod merge;
pub mod mine;
pub mod people;
pub mod saved;

pub mod token;
pub mod waiting;
pub mod webhook;

mod fault;

use leptos::prelude::use_context;
use pigeon_wire::person::Language;

use crate::start::Frame;

pub use fault::{fault_text, problem_text};

/// The reader's language, from the frame that each root provides.
pub fn language() -> Language {
    use_context::<Frame>().map_or(Language::En, |frame| frame.language)
}

/// A language's own name for itself.
pub const fn own_name(language: Language) -> &'static str {
    match language {
        Language::En => "English",
        Language::De => "Deutsch",
    }
}
