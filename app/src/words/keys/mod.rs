//! Every sentence of the sheet of keys and the palette. Rendered by the server alone.

use pigeon_wire::person::Language;

use super::language;

/// The words in one language.
pub(crate) struct KeyWords {
    pub title: &'static str,
    /// The keys of each act, and what it does.
    pub all: &'static [(&'static [&'static str], &'static str)],
    pub letters: &'static str,
    /// What may be written in a text, and what it is for.
    pub marks: &'static str,
    pub close: &'static str,
    pub palette: &'static str,
    pub find: &'static str,
    pub go_to: fn(&str) -> String,
}

static ENGLISH: KeyWords = KeyWords {
    title: "Keys",
    all: &[
        (&["j", "k"], "Next and previous conversation"),
        (&["o", "Enter"], "Open it"),
        (&["u"], "Back to the list"),
        (&["x"], "Choose it, for acts on many"),
        (
            &["Shift", "J", "K"],
            "Choose it, and the next or previous one",
        ),
        (&["r"], "Write a reply"),
        (&["n"], "Write a note"),
        (&["Ctrl", "Enter"], "Send"),
        (&["Ctrl", "Shift", "Enter"], "Send and close"),
        (&["/"], "Put in a canned reply, on an empty line of a text"),
        (&["@"], "Mention a colleague, in a note"),
        (&["Esc"], "Leave the text"),
        (&["a"], "Choose who looks after it"),
        (&["i"], "Take it"),
        (&["s"], "Choose its status"),
        (&["e"], "Close it"),
        (&["z"], "Snooze it, or wake it"),
        (&["#"], "Throw it away"),
        (&["l"], "Add a tag"),
        (&["m"], "Follow it, or no longer"),
        (&["["], "The views, beside the list or hidden"),
        (&["M"], "Merge it into another one"),
        (&["]"], "About the customer"),
        (&["/"], "Search"),
        (
            &["g", "i"],
            "Go to the inbox; then n, m, u, a, d, h for its views, s for scheduled replies",
        ),
        (&["Ctrl", "K"], "Find everything that can be done"),
        (&["?"], "This sheet"),
    ],
    marks: "In a text: **bold**, *italic*, `code`, > quote, - or 1. list, ``` lines of code, [text](https://…)",
    letters: "Single letters do something here, on this device",
    close: "Close",
    palette: "Everything that can be done",
    find: "What do you want to do?",
    go_to: |what| format!("Go to: {what}"),
};

static GERMAN: KeyWords = KeyWords {
    title: "Tasten",
    all: &[
        (&["j", "k"], "Nächstes und voriges Gespräch"),
        (&["o", "Enter"], "Öffnen"),
        (&["u"], "Zurück zur Liste"),
        (&["x"], "Auswählen, für viele zugleich"),
        (
            &["Shift", "J", "K"],
            "Auswählen, und das nächste oder vorige dazu",
        ),
        (&["r"], "Antwort schreiben"),
        (&["n"], "Notiz schreiben"),
        (&["Strg", "Enter"], "Senden"),
        (&["Strg", "Umschalt", "Enter"], "Senden und schließen"),
        (
            &["/"],
            "Textbaustein einfügen, in einer leeren Zeile eines Textes",
        ),
        (&["@"], "Jemanden aus dem Team erwähnen, in einer Notiz"),
        (&["Esc"], "Aus dem Text heraus"),
        (&["a"], "Zuständige Person wählen"),
        (&["i"], "Übernehmen"),
        (&["s"], "Status wählen"),
        (&["e"], "Schließen"),
        (&["z"], "Zurückstellen oder wieder vorlegen"),
        (&["#"], "In den Papierkorb"),
        (&["l"], "Schlagwort hinzufügen"),
        (&["m"], "Folgen oder nicht mehr"),
        (&["["], "Die Ansichten, neben der Liste oder verborgen"),
        (&["M"], "Mit einem anderen zusammenführen"),
        (&["]"], "Über die Kundin oder den Kunden"),
        (&["/"], "Suchen"),
        (
            &["g", "i"],
            "Zum Posteingang; danach n, m, u, a, d, h für seine Ansichten, s für geplante Antworten",
        ),
        (&["Strg", "K"], "Alles finden, was sich tun lässt"),
        (&["?"], "Diese Übersicht"),
    ],
    marks: "In einem Text: **fett**, *kursiv*, `Code`, > Zitat, - oder 1. Liste, ``` Zeilen mit Code, [Text](https://…)",
    letters: "Einzelne Buchstaben bewirken hier etwas, auf diesem Gerät",
    close: "Schließen",
    palette: "Alles, was sich tun lässt",
    find: "Was möchten Sie tun?",
    go_to: |what| format!("Gehe zu: {what}"),
};

/// The reader's words, by the language of the frame.
pub(crate) fn words() -> &'static KeyWords {
    match language() {
        Language::En => &ENGLISH,
        Language::De => &GERMAN,
    }
}
