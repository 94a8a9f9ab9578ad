//! Every sentence of the page that hands a conversation over. Rendered by the server alone.

use pigeon_wire::person::Language;

use super::language;

/// The words in one language.
pub(crate) struct HandOverWords {
    pub lead: fn(&str, Option<&str>) -> String,
    pub to: &'static str,
    pub nobody: &'static str,
    pub note: &'static str,
    pub note_hint: &'static str,
    pub give: &'static str,
    pub back: &'static str,
}

static ENGLISH: HandOverWords = HandOverWords {
    lead: |subject, holder| match holder {
        Some(holder) => format!("“{subject}” is looked after by {holder}."),
        None => format!("Nobody looks after “{subject}”."),
    },
    to: "Give it to",
    nobody: "Nobody",
    note: "What they should know",
    note_hint: "An internal note in the conversation. Only the team sees it. It may be left empty.",
    give: "Hand over",
    back: "Back to the conversation",
};

static GERMAN: HandOverWords = HandOverWords {
    lead: |subject, holder| match holder {
        Some(holder) => format!("Um „{subject}“ kümmert sich {holder}."),
        None => format!("Um „{subject}“ kümmert sich niemand."),
    },
    to: "Übergeben an",
    nobody: "Niemanden",
    note: "Was zu wissen ist",
    note_hint: "Eine interne Notiz im Gespräch. Nur das Team sieht sie. Sie kann leer bleiben.",
    give: "Übergeben",
    back: "Zurück zum Gespräch",
};

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static HandOverWords {
    match language() {
        Language::En => &ENGLISH,
        Language::De => &GERMAN,
    }
}
