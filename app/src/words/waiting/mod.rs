//! Every sentence about replies that are sent later, but for those beside a conversation. Rendered by the
//! server alone.

use pigeon_wire::person::Language;

use super::language;

/// The words in one language.
pub(crate) struct WaitingWords {
    pub choose: &'static str,
    /// The moments that are offered, by their words in `page::team::rest`.
    pub moments: &'static [(&'static str, &'static str)],
    pub own: &'static str,
    pub send: &'static str,
    pub stops: &'static str,
    pub close: &'static str,
    pub all: &'static str,
    pub lead: &'static str,
    pub none: &'static str,
    pub no_subject: &'static str,
    pub sends: &'static str,
    pub sends_in: (&'static str, &'static str),
    pub send_now: &'static str,
    pub send_anyway: &'static str,
    pub undo_now: &'static str,
    pub edit: &'static str,
    pub closes: &'static str,
    /// Why it was not sent, with the name of whoever wrote meanwhile, if somebody did.
    pub stopped: fn(by: &str) -> String,
    pub was_due: &'static str,
    pub undo: &'static str,
    pub undo_hint: &'static str,
    pub usual: &'static str,
    pub seconds: fn(i64) -> String,
}

static ENGLISH: WaitingWords = WaitingWords {
    choose: "Send later",
    moments: &[
        ("hour", "In an hour"),
        ("evening", "This evening, 18:00"),
        ("tomorrow", "Tomorrow morning, 9:00"),
        ("monday", "Monday morning, 9:00"),
    ],
    own: "Day and time",
    send: "Send then",
    stops: "If the customer or a colleague writes before, it is not sent, and you decide.",
    close: "Cancel",
    all: "All scheduled replies",
    lead: "Replies of yours that are not sent yet. In the conversation you can send one now, or take it back.",
    none: "Nothing waits to be sent.",
    no_subject: "(no subject)",
    sends: "Sends",
    sends_in: ("Sends in", "s"),
    send_now: "Send now",
    send_anyway: "Send anyway",
    undo_now: "Undo",
    edit: "Edit",
    closes: "and closes the conversation",
    stopped: |by| match by {
        "" => "Not sent: it could not be posted any more.".to_owned(),
        by => format!("Not sent: {by} wrote meanwhile."),
    },
    was_due: "It was due",
    undo: "Replies can be taken back",
    undo_hint: "So long a reply waits before it is posted, unless the customer has the conversation open.",
    usual: "As usual here",
    seconds: |n| match n {
        0 => "Not at all".to_owned(),
        n => format!("For {n} seconds"),
    },
};

static GERMAN: WaitingWords = WaitingWords {
    choose: "Später senden",
    moments: &[
        ("hour", "In einer Stunde"),
        ("evening", "Heute Abend, 18:00"),
        ("tomorrow", "Morgen früh, 9:00"),
        ("monday", "Montag früh, 9:00"),
    ],
    own: "Tag und Uhrzeit",
    send: "Dann senden",
    stops: "Schreibt vorher die Kundin, der Kunde oder jemand aus dem Team, wird sie nicht gesendet, und Sie entscheiden.",
    close: "Abbrechen",
    all: "Alle geplanten Antworten",
    lead: "Ihre Antworten, die noch nicht gesendet sind. Im Gespräch können Sie eine sofort senden oder zurücknehmen.",
    none: "Nichts wartet darauf, gesendet zu werden.",
    no_subject: "(ohne Betreff)",
    sends: "Wird gesendet:",
    sends_in: ("Wird gesendet in", "s"),
    send_now: "Jetzt senden",
    send_anyway: "Trotzdem senden",
    undo_now: "Zurücknehmen",
    edit: "Bearbeiten",
    closes: "und schließt das Gespräch",
    stopped: |by| match by {
        "" => "Nicht gesendet: Es ging nicht mehr.".to_owned(),
        by => format!("Nicht gesendet: {by} hat inzwischen geschrieben."),
    },
    was_due: "Fällig war sie",
    undo: "Antworten lassen sich zurücknehmen",
    undo_hint: "So lange wartet eine Antwort, bevor sie erscheint, außer wenn das Gespräch gerade beim Kunden offen ist.",
    usual: "Wie hier üblich",
    seconds: |n| match n {
        0 => "Gar nicht".to_owned(),
        n => format!("{n} Sekunden lang"),
    },
};

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static WaitingWords {
    match language() {
        Language::En => &ENGLISH,
        Language::De => &GERMAN,
    }
}
