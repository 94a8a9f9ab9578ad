//! Every sentence about API tokens, and around the API's document. Rendered by the server alone.

mod de;
mod en;

use pigeon_wire::person::Language;
use pigeon_wire::token::Scope;

use super::language;

/// The words of these pages in one language.
pub(crate) struct TokenWords {
    pub lead: &'static str,
    pub docs: &'static str,
    pub made: &'static str,
    pub made_hint: &'static str,
    pub list: &'static str,
    pub none: &'static str,
    pub made_at: &'static str,
    pub until: &'static str,
    pub used: &'static str,
    pub never_used: &'static str,
    pub revoke: &'static str,
    pub revoke_of: fn(&str) -> String,
    pub new: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub scopes: &'static str,
    pub scope: fn(Scope) -> &'static str,
    pub scope_hint: fn(Scope) -> &'static str,
    pub days: &'static str,
    pub so_many_days: fn(i64) -> String,
    pub make: &'static str,
    pub api: &'static str,
    pub api_lead: &'static str,
    pub api_file: &'static str,
    pub api_needs: &'static str,
    pub api_parameters: &'static str,
    pub api_answers: &'static str,
}

impl TokenWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static TokenWords {
    TokenWords::of(language())
}
