//! Every sentence of the pages on which an account is made, found again or moved, before and after a
//! link in a mail. Rendered by the server alone.

mod de;
mod en;

use pigeon_wire::person::Language;
use pigeon_wire::proof::ProofKind;

use super::language;

/// The words of these pages in one language.
pub(crate) struct ProofWords {
    pub register: AskWords,
    pub reset: AskWords,
    pub email: &'static str,
    pub send: &'static str,
    pub sent: &'static str,
    /// What to expect, alike for every address.
    pub sent_lead: &'static str,
    pub off: &'static str,
    pub off_lead: &'static str,
    pub log_in: &'static str,
    pub title: fn(ProofKind) -> &'static str,
    pub lead: fn(ProofKind, email: &str) -> String,
    pub act: fn(ProofKind) -> &'static str,
    /// The account moves in the browser in which somebody is logged in to it.
    pub sign_in_first: &'static str,
    pub other_account: &'static str,
    /// Another account is signed in here, and will not be any more.
    pub signs_out: &'static str,
    pub closed: &'static str,
    pub closed_lead: &'static str,
    pub again: &'static str,
}

/// A page that asks for an address.
pub(crate) struct AskWords {
    pub title: &'static str,
    pub heading: fn(site: &str) -> String,
    pub lead: &'static str,
}

impl ProofWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static ProofWords {
    ProofWords::of(language())
}
