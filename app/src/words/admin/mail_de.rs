//! The words of the page of mails in German.

use pigeon_wire::outbox::{MailCounts, MailKind, MailState, MailView, MailWay};

use super::MailWords;

pub(super) const WORDS: MailWords = MailWords {
    way: |way| match way {
        MailWay::Relay(address) => format!("Mails gehen über den Mailserver {address} hinaus."),
        MailWay::Folder(path) => format!(
            "Es ist kein Mailserver eingerichtet: Mails werden in den Ordner {path} geschrieben und \
             erreichen niemanden. Setzen Sie PIGEON_SMTP dort, wo Pigeon gestartet wird."
        ),
        MailWay::Memory => "Mails bleiben im Speicher.".to_owned(),
    },
    test: "Testmail an meine Adresse senden",
    taken: |to| {
        format!("Der Mailserver hat die Testmail an {to} angenommen. Sehen Sie dort ins Postfach.")
    },
    written: |to| format!("Die Testmail an {to} wurde in den Ordner geschrieben."),
    refused: |to| format!("Die Testmail an {to} ging nicht hinaus. Die Antwort war:"),
    views: "Welche Mails",
    view,
    none: |view| match view {
        MailView::Trouble => "Keine Mail ist fehlgeschlagen, keine wurde aufgeschoben.",
        MailView::Waiting => "Keine Mail wartet.",
        MailView::Sent => "Noch keine Mail wurde gesendet.",
        MailView::Dropped => "Keine Mail wurde abgebrochen oder war unnötig.",
    },
    kind: |kind| match kind {
        MailKind::NewMessage => "Neue Nachrichten",
        MailKind::GuestStarted => "Privater Link eines neuen Gesprächs",
        MailKind::GuestLinks => "Angeforderte Links",
        MailKind::Invitation => "Einladung",
        MailKind::ReadDirect => "Hinweis an Inhaber",
        MailKind::Digest => "Mail des Tages",
        MailKind::Assigned => "Zuweisung",
        MailKind::ConfirmAddress => "Bestätigung einer Adresse",
        MailKind::ResetPassword => "Neues Passwort",
        MailKind::AddressChanged => "Nachricht über eine geänderte Adresse",
    },
    state: |state| match state {
        MailState::Failed => "Fehlgeschlagen",
        MailState::Deferred => "Aufgeschoben",
        MailState::Queued => "Wartet",
        MailState::Leased => "Unterwegs",
        MailState::Sent => "Gesendet",
        MailState::Dropped => "Nicht gesendet",
    },
    nobody: "eine Adresse, die niemand hat",
    conversation: "Gespräch",
    sent_at: "vom Mailserver angenommen",
    next_at: "nächster Versuch",
    owed_at: "seit",
    attempts: |count| match count {
        1 => "einmal versucht".to_owned(),
        count => format!("{count}-mal versucht"),
    },
    retry: "Noch einmal versuchen",
    retry_all: "Alle fehlgeschlagenen noch einmal versuchen",
    cancel: "Abbrechen",
    put_aside: "Weglegen",
    act_on: |act, to| format!("{act}: {to}"),
    more: "Weitere Mails",
};

fn view(view: MailView, counts: MailCounts) -> String {
    match view {
        MailView::Trouble => format!(
            "{} fehlgeschlagen, {} aufgeschoben",
            counts.failed, counts.deferred
        ),
        MailView::Waiting => format!("{} wartend", counts.waiting),
        MailView::Sent => format!("{} in 24 Stunden gesendet", counts.sent_today),
        MailView::Dropped => "Nicht gesendet".to_owned(),
    }
}
