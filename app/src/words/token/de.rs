//! The words about API tokens in German.

use pigeon_wire::token::Scope;

use super::TokenWords;

pub(super) static WORDS: TokenWords = TokenWords {
    lead: "Mit einem Token handelt ein Programm in Ihrem Namen, innerhalb seiner Rechte und nie über das \
           hinaus, was Sie in diesem Augenblick selbst dürfen.",
    docs: "Was die API kann",
    made: "Ihr neues Token",
    made_hint: "Kopieren Sie es jetzt: Es wird nicht noch einmal gezeigt. Wer es hat, handelt in Ihrem \
                Namen; verwahren Sie es wie ein Passwort.",
    list: "Ihre Tokens",
    none: "Sie haben kein Token.",
    made_at: "Angelegt",
    until: "gültig bis",
    used: "zuletzt benutzt",
    never_used: "nie benutzt",
    revoke: "Widerrufen",
    revoke_of: |name| format!("{name} widerrufen"),
    new: "Neues Token",
    name: "Name",
    name_hint: "Für welches Programm es ist.",
    scopes: "Was es erlaubt",
    scope: |scope| match scope {
        Scope::Read => "Lesen",
        Scope::Write => "Schreiben",
        Scope::Assign => "Zuweisen",
        Scope::People => "Personen auflisten",
        Scope::Administer => "Das Haus verwalten",
        Scope::Own => "Eigene Gespräche",
    },
    scope_hint: |scope| match scope {
        Scope::Read => "Den Posteingang, seine Gespräche mit ihren Notizen, und die Suche darin.",
        Scope::Write => {
            "Antworten, Notizen schreiben, den Status setzen, löschen und wiederherstellen, nehmen, was \
             niemand hat. Schließt das Lesen ein."
        }
        Scope::Assign => "Jedes Gespräch jeder Person geben. Schließt das Schreiben ein.",
        Scope::People => "Namen, Adressen und Rollen aller, die ein Konto haben.",
        Scope::Administer => {
            "Einstellungen, E-Mails, Webhooks, Personen und ihre Rollen, Meldungen und das Protokoll, soweit Sie das dürfen."
        }
        Scope::Own => "Ihre eigenen Gespräche mit dem Team und mit anderen: lesen und schreiben.",
    },
    days: "Es endet nach",
    so_many_days: |days| format!("{days} Tagen"),
    make: "Token anlegen",
    api: "Die API",
    api_lead: "Ein Programm zeigt sein Token im Kopf Authorization: Bearer. Was es schreibt, trägt einen \
               Idempotency-Key, damit eine Wiederholung nur einmal gespeichert wird. Absagen sind \
               Problem Details (RFC 9457).",
    api_file: "Dasselbe für Programme: OpenAPI 3.1",
    api_needs: "Braucht",
    api_parameters: "Parameter",
    api_answers: "Antworten",
};
