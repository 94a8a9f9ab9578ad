//! Every sentence about saved views. Rendered by the server alone.

use pigeon_wire::person::Language;

use super::language;

/// The words in one language.
pub(crate) struct SavedWords {
    pub lead: &'static str,
    pub none: &'static str,
    pub own: &'static str,
    pub team: &'static str,
    pub by: fn(&str) -> String,
    pub new: &'static str,
    pub name: &'static str,
    pub share: &'static str,
    pub share_hint: &'static str,
    pub save: &'static str,
    pub delete: &'static str,
    pub delete_of: fn(&str) -> String,
}

static ENGLISH: SavedWords = SavedWords {
    lead: "Lists of the inbox with their filters and order. Choose filters in the inbox, then “Save this view”.",
    none: "None is saved yet.",
    own: "Yours alone",
    team: "For the team",
    by: |name| format!("by {name}"),
    new: "Save this view",
    name: "Name",
    share: "For the whole team",
    share_hint: "Everybody has it beside their own; you and whoever keeps the settings can delete it.",
    save: "Save view",
    delete: "Delete",
    delete_of: |name| format!("Delete “{name}”"),
};

static GERMAN: SavedWords = SavedWords {
    lead: "Listen des Posteingangs mit ihren Filtern und ihrer Ordnung. Wählen Sie im Posteingang Filter, dann „Diese Ansicht merken“.",
    none: "Es ist noch keine gemerkt.",
    own: "Nur für Sie",
    team: "Für das Team",
    by: |name| format!("von {name}"),
    new: "Diese Ansicht merken",
    name: "Name",
    share: "Für das ganze Team",
    share_hint: "Alle haben sie neben ihren eigenen; löschen können sie Sie und wer die Einstellungen verwaltet.",
    save: "Ansicht merken",
    delete: "Löschen",
    delete_of: |name| format!("„{name}“ löschen"),
};

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static SavedWords {
    match language() {
        Language::En => &ENGLISH,
        Language::De => &GERMAN,
    }
}
