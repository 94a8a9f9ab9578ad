//! Every sentence about conversations in other sites' pages: the page of their keys, and the frame
//! itself. Rendered by the server alone.

mod de;
mod en;

use pigeon_wire::person::Language;

use super::language;

/// The words about embedding in one language.
pub(crate) struct EmbedWords {
    pub lead: &'static str,
    pub sites: &'static str,
    pub no_site: &'static str,
    pub to_sites: &'static str,
    pub bubble: &'static str,
    pub bubble_lead: &'static str,
    pub bubble_label: &'static str,
    pub form_lead: &'static str,
    pub form_label: &'static str,
    pub keys: &'static str,
    pub keys_lead: &'static str,
    pub no_key: &'static str,
    pub key_id: &'static str,
    pub made: &'static str,
    pub made_hint: &'static str,
    pub made_at: &'static str,
    pub secret_at: &'static str,
    pub used: &'static str,
    pub never_used: &'static str,
    pub revoked: &'static str,
    pub renew: &'static str,
    pub renew_of: fn(&str) -> String,
    pub revoke: &'static str,
    pub revoke_of: fn(&str) -> String,
    pub new: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub make: &'static str,
    pub help: &'static str,
    pub done_revoked: &'static str,
    pub vouched_by: &'static str,
    pub known_as: &'static str,
    pub claimed: &'static str,
    pub frame: FrameWords,
}

/// The words in the frame beside those of the guests' pages.
pub(crate) struct FrameWords {
    pub title: &'static str,
    pub home: &'static str,
    pub back: &'static str,
    pub close: &'static str,
    pub new: &'static str,
    pub none: &'static str,
    pub unread: &'static str,
    pub team: &'static str,
    pub is_typing: &'static str,
    pub closed_it: &'static str,
    pub reopened_it: &'static str,
    pub files: &'static str,
    pub ended: &'static str,
    pub off: &'static str,
    pub invalid: &'static str,
    pub too_many: &'static str,
    pub failed: &'static str,
    pub no_script: &'static str,
}

impl EmbedWords {
    /// The words of a language.
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &en::WORDS,
            Language::De => &de::WORDS,
        }
    }
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static EmbedWords {
    EmbedWords::of(language())
}
