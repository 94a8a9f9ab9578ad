//! Every sentence about merging conversations. Rendered by the server alone.

mod de;
mod en;

use pigeon_wire::merge::MergeRefusal;
use pigeon_wire::person::Language;

use super::language;

/// The words in one language.
pub(crate) struct MergeWords {
    pub back: &'static str,
    /// Before the conversation that goes.
    pub this: &'static str,
    pub lead: &'static str,
    pub none: &'static str,
    pub choices: &'static str,
    pub no_subject: &'static str,
    pub not_verified: &'static str,
    pub messages: fn(i64) -> String,
    pub choose: &'static str,
    /// What happens, one sentence each; of a guest's and of a user's.
    pub sure: fn(mark: &str) -> String,
    pub moves: &'static str,
    pub notes: &'static str,
    pub guest_sees: &'static str,
    pub user_sees: &'static str,
    pub no_mail: &'static str,
    pub undo_lead: fn(days: i64) -> String,
    pub merge: &'static str,
    pub other: &'static str,
    /// Before the moment.
    pub merged: fn(by: &str) -> String,
    pub into: &'static str,
    pub undo_says: &'static str,
    pub undo: &'static str,
    pub refusal: fn(MergeRefusal) -> &'static str,
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static MergeWords {
    match language() {
        Language::En => &en::WORDS,
        Language::De => &de::WORDS,
    }
}
