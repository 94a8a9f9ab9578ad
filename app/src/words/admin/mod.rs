//! Every sentence of the administrative pages. Rendered by the server alone, so they are a table
//! apart: the team's program carries none of them.

mod de;
mod en;

use pigeon_wire::person::Language;

use super::language;
use crate::page::plain::Section;

/// The words of the administrative pages in one language.
pub(crate) struct AdminWords {
    /// What the ways between the pages are called.
    pub label: &'static str,
    pub section: fn(Section) -> &'static str,
    /// What was done, by the word that the address carries.
    pub done: fn(&str) -> Option<&'static str>,
    pub form: FormWords,
    pub snippet: SnippetWords,
    pub search: SearchWords,
}

/// The search page.
pub(crate) struct SearchWords {
    pub label: &'static str,
    pub hint: &'static str,
    pub look: &'static str,
    pub ranked: &'static str,
    pub newest: &'static str,
    pub order: &'static str,
    pub none: &'static str,
    pub total: fn(usize, bool) -> String,
    pub without: fn(&str) -> String,
    pub note: &'static str,
    pub more: &'static str,
    pub operators: &'static str,
    pub begin: &'static str,
}

/// What every form of these pages says.
pub(crate) struct FormWords {
    pub locked: &'static str,
}

/// The page with the contact form's HTML.
pub(crate) struct SnippetWords {
    pub lead: &'static str,
    pub label: &'static str,
    pub copy: &'static str,
    pub honeypot: fn(&str) -> String,
    pub no_honeypot: &'static str,
    pub off: &'static str,
    pub own: &'static str,
}

impl AdminWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static AdminWords {
    AdminWords::of(language())
}
