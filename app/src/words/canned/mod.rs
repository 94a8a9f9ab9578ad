//! Every sentence about canned replies. Rendered by the server alone.

use pigeon_wire::canned::Place;
use pigeon_wire::person::Language;

use super::language;

/// The words in one language.
pub(crate) struct CannedWords {
    pub lead: &'static str,
    pub none: &'static str,
    pub own: &'static str,
    pub team: &'static str,
    pub by: fn(&str) -> String,
    pub edit: &'static str,
    pub edit_of: fn(&str) -> String,
    pub new: &'static str,
    pub make: &'static str,
    pub name: &'static str,
    pub name_hint: &'static str,
    pub text: &'static str,
    pub places: &'static str,
    pub place: fn(Place) -> &'static str,
    pub share: &'static str,
    pub share_hint: &'static str,
    pub save: &'static str,
    pub delete: &'static str,
    pub all: &'static str,
    pub pick: &'static str,
    pub find: &'static str,
}

static ENGLISH: CannedWords = CannedWords {
    lead: "Texts that are written often. Type / on an empty line of a reply or note to put one in.",
    none: "There is none yet.",
    own: "Yours alone",
    team: "For the team",
    by: |name| format!("by {name}"),
    edit: "Change",
    edit_of: |name| format!("Change “{name}”"),
    new: "A new one",
    make: "Add canned reply",
    name: "Name",
    name_hint: "By which you find it.",
    text: "Text",
    places: "What stands between braces is filled in for the conversation:",
    place: |place| match place {
        Place::Customer => "the customer’s name",
        Place::FirstName => "its first word",
        Place::Subject => "the subject",
        Place::Me => "your name",
        Place::Site => "the site’s name",
    },
    share: "For the whole team",
    share_hint: "Others can use it; you and whoever keeps the settings can change it.",
    save: "Save",
    delete: "Delete it",
    all: "All canned replies",
    pick: "Canned replies",
    find: "Find a canned reply",
};

static GERMAN: CannedWords = CannedWords {
    lead: "Texte, die oft gebraucht werden. In einer leeren Zeile einer Antwort oder Notiz fügt / einen ein.",
    none: "Es gibt noch keinen.",
    own: "Nur für Sie",
    team: "Für das Team",
    by: |name| format!("von {name}"),
    edit: "Ändern",
    edit_of: |name| format!("„{name}“ ändern"),
    new: "Ein neuer",
    make: "Textbaustein hinzufügen",
    name: "Name",
    name_hint: "Unter dem Sie ihn finden.",
    text: "Text",
    places: "Was in Klammern steht, wird für das Gespräch eingesetzt:",
    place: |place| match place {
        Place::Customer => "der Name der Kundin oder des Kunden",
        Place::FirstName => "dessen erstes Wort",
        Place::Subject => "der Betreff",
        Place::Me => "Ihr Name",
        Place::Site => "der Name der Website",
    },
    share: "Für das ganze Team",
    share_hint: "Andere können ihn verwenden; ändern können ihn Sie und wer die Einstellungen verwaltet.",
    save: "Speichern",
    delete: "Löschen",
    all: "Alle Textbausteine",
    pick: "Textbausteine",
    find: "Textbaustein finden",
};

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static CannedWords {
    match language() {
        Language::En => &ENGLISH,
        Language::De => &GERMAN,
    }
}
