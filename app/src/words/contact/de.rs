//! The words about customers and blocks in German.

use pigeon_wire::contact::{BlockKind, CONTACT_THREADS_COUNTED, ContactCard};

use super::{BlockedWords, ContactWords};

pub(super) static WORDS: ContactWords = ContactWords {
    back: "Zurück zum Posteingang",
    address: "Adresse",
    verified: "bestätigt",
    not_verified: "nicht bestätigt",
    kind: "Schreibt",
    guest: "als Gast",
    account: "mit einem Konto",
    language: "Liest",
    threads: "Gespräche",
    before: "Weitere Gespräche",
    count,
    none_before: "Dies ist das einzige.",
    no_subject: "Ohne Betreff",
    older: "Ältere",
    note: "Notiz zu dieser Person",
    note_lead: "Nur für das Team, zu allen, die unter dieser Adresse schreiben.",
    note_text: "Notiz",
    no_note: "Es ist nichts notiert.",
    changed: |who| format!("Zuletzt geändert von {who},"),
    overtaken: "Jemand anderes hat die Notiz inzwischen geändert. Jetzt steht dort:",
    save: "Notiz speichern",
    links: "Private Links",
    links_lead: "Schickt diesem Gast Links zu all seinen Gesprächen, höchstens alle 15 Minuten.",
    send: "Neue Links senden",
    block: "Sperren",
    block_lead: "Was gesperrte Absender schreiben, kommt in die Quarantäne; dort können Sie es annehmen. \
                 Die Absender merken nichts und erhalten keine Mail. Ihre Gespräche bleiben, wie sie sind.",
    block_address: "Diese Adresse sperren",
    block_domain: |domain| format!("Ganz {domain} sperren"),
    whole: "Kontaktkarte",
    merge: "Zusammenführen …",
    blocked: BlockedWords {
        lead: "Was von hier über das Kontaktformular, das Widget oder private Links kommt, geht in die \
               Quarantäne. Die Absender merken nichts und erhalten keine Mail. Wer ein Konto hat, wird \
               darin immer gehört, das Team immer.",
        quarantine: "Zur Quarantäne",
        none: "Niemand ist gesperrt.",
        new: "Jemanden sperren",
        what: "Adresse oder Domain",
        hint: "Eine Domain sperrt auch die Domains darunter. Dazu gehört das Recht, die Einstellungen zu \
               ändern.",
        add: "Sperren",
        neither: "Das ist weder eine E-Mail-Adresse noch eine Domain.",
        of_team: "Jemand aus dem Team hat diese Adresse.",
        kind: |kind| match kind {
            BlockKind::Address => "Adresse",
            BlockKind::Domain => "Domain, mit allen darunter",
        },
        by: |who| format!("von {who}"),
        lift: "Aufheben",
        lift_of: |what| format!("Sperre von {what} aufheben"),
        more: "Ältere",
        stands: |what| format!("Gesperrt: {what}"),
        done: |what| match what {
            "note_saved" => Some("Die Notiz ist gespeichert."),
            "links_asked" => {
                Some("Die Links gehen jetzt hinaus, wenn es nicht gerade eben schon geschah.")
            }
            "blocked" => Some("Gesperrt. Was von dort kommt, geht in die Quarantäne."),
            "blocked_shared" => Some(
                "Gesperrt. Viele Menschen haben dort ihre Adresse: Heben Sie es auf, wenn Sie nur \
                 einen davon meinten.",
            ),
            "lifted" => Some("Aufgehoben. Was vorher kam, liegt noch in der Quarantäne."),
            _ => None,
        },
    },
};

fn count(card: &ContactCard) -> String {
    let all = match card.threads {
        0 => "Kein Gespräch außerhalb des Papierkorbs".to_owned(),
        1 => "Ein Gespräch".to_owned(),
        many if many >= CONTACT_THREADS_COUNTED => format!("{many} Gespräche und mehr"),
        many => format!("{many} Gespräche"),
    };
    match (card.threads, card.unclosed) {
        (0, _) => all,
        (1, 0) => format!("{all}, geschlossen"),
        (1, _) => format!("{all}, nicht geschlossen"),
        (_, 0) => format!("{all}, alle geschlossen"),
        (_, 1) => format!("{all}, eines davon nicht geschlossen"),
        (_, some) => format!("{all}, {some} davon nicht geschlossen"),
    }
}
