//! Every sentence about one message's mail. Rendered by the server alone.

use pigeon_wire::outbox::MailState;
use pigeon_wire::person::Language;

use super::language;

/// The words in one language.
pub(crate) struct FateWords {
    pub none: &'static str,
    pub state: fn(MailState) -> &'static str,
    /// How often it was tried, before the moment of the next or last time.
    pub tries: fn(i64) -> String,
    pub answer: &'static str,
    pub retry: &'static str,
    pub back: &'static str,
}

static ENGLISH: FateWords = FateWords {
    none: "No mail about this message is owed to its customer as they are now.",
    state: |state| match state {
        MailState::Queued | MailState::Leased => "The mail waits to be sent.",
        MailState::Sent => "The mail server took the mail.",
        MailState::Deferred => "The mail could not be delivered yet, and is tried again.",
        MailState::Failed => "The mail could not be delivered.",
        MailState::Dropped => "No mail was needed.",
    },
    tries: |n| match n {
        1 => "Tried once. Next, or last:".to_owned(),
        n => format!("Tried {n} times. Next, or last:"),
    },
    answer: "The mail server’s words:",
    retry: "Try again now",
    back: "Back to the conversation",
};

static GERMAN: FateWords = FateWords {
    none: "Zu dieser Nachricht ist der Kundin oder dem Kunden keine E-Mail mehr geschuldet.",
    state: |state| match state {
        MailState::Queued | MailState::Leased => "Die E-Mail wartet auf den Versand.",
        MailState::Sent => "Der Mailserver hat die E-Mail angenommen.",
        MailState::Deferred => {
            "Die E-Mail ließ sich noch nicht zustellen und wird wieder versucht."
        }
        MailState::Failed => "Die E-Mail ließ sich nicht zustellen.",
        MailState::Dropped => "Eine E-Mail war nicht nötig.",
    },
    tries: |n| match n {
        1 => "Einmal versucht. Das nächste oder letzte Mal:".to_owned(),
        n => format!("{n}-mal versucht. Das nächste oder letzte Mal:"),
    },
    answer: "Die Worte des Mailservers:",
    retry: "Jetzt noch einmal versuchen",
    back: "Zurück zum Gespräch",
};

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static FateWords {
    match language() {
        Language::En => &ENGLISH,
        Language::De => &GERMAN,
    }
}
