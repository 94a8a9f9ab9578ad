//! Every sentence about customers as the team knows them, and about blocks. Rendered by the server
//! alone.

mod de;
mod en;

use pigeon_wire::contact::{BlockKind, ContactCard};
use pigeon_wire::person::Language;

use super::language;

/// The words in one language.
pub(crate) struct ContactWords {
    pub back: &'static str,
    pub address: &'static str,
    pub verified: &'static str,
    pub not_verified: &'static str,
    pub kind: &'static str,
    pub guest: &'static str,
    pub account: &'static str,
    pub language: &'static str,
    pub threads: &'static str,
    /// Those before the one that is open.
    pub before: &'static str,
    /// How many there are, and how many of them are not closed.
    pub count: fn(&ContactCard) -> String,
    pub none_before: &'static str,
    pub no_subject: &'static str,
    pub older: &'static str,
    pub note: &'static str,
    pub note_lead: &'static str,
    pub note_text: &'static str,
    pub no_note: &'static str,
    pub changed: fn(&str) -> String,
    /// That somebody else was quicker, above what they wrote.
    pub overtaken: &'static str,
    pub save: &'static str,
    pub links: &'static str,
    pub links_lead: &'static str,
    pub send: &'static str,
    pub block: &'static str,
    pub block_lead: &'static str,
    pub block_address: &'static str,
    pub block_domain: fn(&str) -> String,
    pub whole: &'static str,
    pub merge: &'static str,
    pub blocked: BlockedWords,
}

/// The page of blocks.
pub(crate) struct BlockedWords {
    pub lead: &'static str,
    pub quarantine: &'static str,
    pub none: &'static str,
    pub new: &'static str,
    pub what: &'static str,
    pub hint: &'static str,
    pub add: &'static str,
    pub neither: &'static str,
    pub of_team: &'static str,
    pub kind: fn(BlockKind) -> &'static str,
    pub by: fn(&str) -> String,
    pub lift: &'static str,
    pub lift_of: fn(&str) -> String,
    pub more: &'static str,
    /// That nothing of theirs is heard.
    pub stands: fn(&str) -> String,
    /// What was done, by the word that the address carries.
    pub done: fn(&str) -> Option<&'static str>,
}

impl ContactWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static ContactWords {
    ContactWords::of(language())
}
