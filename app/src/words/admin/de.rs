//! The words of the administrative pages in German.

use pigeon_wire::person::Language;

use super::{AdminWords, SearchWords, SnippetWords, mail_de, quarantine_de, settings_de};
use crate::page::plain::Section;
use crate::words::contact::ContactWords;
use crate::words::embed::EmbedWords;
use crate::words::mine::MineWords;
use crate::words::people::PeopleWords;
use crate::words::webhook::WebhookWords;

pub(super) static WORDS: AdminWords = AdminWords {
    label: "Verwaltung",
    section: |section| match section {
        Section::Settings => "Einstellungen",
        Section::Mail => "Mail",
        Section::Webhooks => "Webhooks",
        Section::Form => "Kontaktformular",
        Section::Embed => "Andere Websites",
        Section::People => "Personen",
        Section::Roles => "Rollen",
        Section::Audit => "Protokoll",
        Section::Account => "Ihr Konto",
        Section::Tokens => "API-Tokens",
        Section::Canned => "Textbausteine",
        Section::Saved => "Gemerkte Ansichten",
        Section::Scheduled => "Geplante Antworten",
        Section::Fate => "E-Mail zu einer Nachricht",
        Section::HandOver => "Übergeben",
        Section::Merge => "Gespräche zusammenführen",
        Section::Figures => "Kennzahlen",
        Section::Quarantine => "Quarantäne",
        Section::Blocked => "Gesperrte Absender",
        Section::Contact => "Kontakt",
        Section::Search => "Suche",
        Section::Reports => "Meldungen",
        Section::Threads => "Ihre Gespräche",
    },
    done: |what| match what {
        "saved" => Some(
            "Gespeichert. Es gilt ab jetzt. Offene Seiten zeigen es, sobald sie neu geladen sind.",
        ),
        "logo_saved" => {
            Some("Das Logo ist gespeichert. Offene Seiten zeigen es, sobald sie neu geladen sind.")
        }
        "view_saved" => Some("Gemerkt. Sie steht bei den anderen Ansichten des Posteingangs."),
        "view_deleted" => Some("Die Ansicht ist gelöscht."),
        "canned_saved" => Some("Gespeichert. Er ist zur Hand, wo immer Sie schreiben."),
        "canned_deleted" => Some("Der Textbaustein ist gelöscht."),
        "logo_removed" => Some("Das Logo ist entfernt."),
        "unchanged" => Some("Es wurde nichts geändert."),
        "retried" => Some("Jetzt fällig: Es wird sofort versucht."),
        "cancelled" => Some("Wird nicht mehr gesendet."),
        "accepted" => Some("Angenommen: Es ist jetzt im Posteingang."),
        "deleted" => Some("Gelöscht."),
        "overtaken" => {
            Some("Nichts geschehen: Es ist schon hinaus, oder jemand anderes war schneller.")
        }
        "key_revoked" => Some(EmbedWords::of(Language::De).done_revoked),
        other => (PeopleWords::of(Language::De).done)(other)
            .or_else(|| (MineWords::of(Language::De).done)(other))
            .or_else(|| (WebhookWords::of(Language::De).done)(other))
            .or_else(|| (ContactWords::of(Language::De).blocked.done)(other)),
    },
    count: |section, count| match section {
        Section::Mail => format!("{count} fehlgeschlagen"),
        _ => count.to_string(),
    },
    settings: settings_de::WORDS,
    mail: mail_de::WORDS,
    quarantine: quarantine_de::WORDS,
    snippet: SnippetWords {
        lead: "Dieses Formular eröffnet Gespräche von jeder Seite jeder Website aus. Es braucht \
               weder Skript noch Schlüssel: Kopieren Sie es, und formulieren und gestalten Sie es \
               nach Belieben. Nur die Namen der Felder müssen so bleiben.",
        label: "HTML des Kontaktformulars",
        copy: "Klicken Sie in das Feld, markieren Sie alles (Strg+A, auf dem Mac ⌘A) und \
               kopieren Sie es.",
        honeypot: |name| {
            format!(
                "Das versteckte Feld „{name}“ ist eine Falle für Roboter: Was es ausfüllt, kommt in \
                 die Quarantäne. Ändern Sie seinen Namen in den Einstellungen, kopieren Sie das \
                 Formular neu: Mit dem alten Namen wirkt die Falle nicht mehr, Anfragen kommen \
                 weiterhin an."
            )
        },
        no_honeypot: "Die Falle für Roboter ist in den Einstellungen ausgeschaltet, das Formular \
                      enthält deshalb keine. Kopieren Sie es neu, sobald Sie sie einschalten.",
        off: "Gäste dürfen zurzeit keine Gespräche eröffnen: Was dieses Formular sendet, wird \
              abgelehnt, bis Sie es in den Einstellungen erlauben.",
        own: "Dasselbe Formular als eigene Seite:",
    },
    search: SearchWords {
        label: "Wörter, Namen, Adressen",
        own_hint: "Findet Nachrichten, Betreffe und Namen in Ihren Gesprächen mit dem Team.",
        own_operators: "Enger fassen: from:name, is:open, is:closed, has:file, before:2026-01-31, \
                        after:2026-01-01, „ein ganzer Satzteil“.",
        hint: "Findet Nachrichten, interne Notizen, Betreffe, Namen und Adressen.",
        look: "Suchen",
        ranked: "Beste zuerst",
        newest: "Neueste zuerst",
        order: "Reihenfolge",
        none: "Nichts passt. Weniger Wörter finden mehr.",
        total: |count, more| match (count, more) {
            (count, true) => format!("{count}+ Treffer"),
            (count, _) => format!("{count} Treffer"),
        },
        without: |operator| format!("Ohne {operator} suchen"),
        note: "Interne Notiz",
        more: "Weitere Treffer",
        operators: "Enger fassen: from:name, is:pending, is:open, is:closed, assignee:me, in:note, \
                    before:2026-01-31, after:2026-01-31, \"Wörter in dieser Folge\".",
        begin: "Geben Sie ein, was Sie suchen. Die Reihenfolge der Wörter, Akzente und Großbuchstaben \
                spielen keine Rolle.",
    },
};
