//! The words about people in German.

use pigeon_wire::note::Delivery;
use pigeon_wire::notice::{MailPace, NoticeKind};
use pigeon_wire::permission::{BuiltinRole, Permission};
use pigeon_wire::team::PeopleState;

use super::{
    AccountWords, InviteWords, JoinWords, ListWords, NoticeWords, PeopleWords, PersonWords,
    RoleWords, SessionWords,
};

pub(super) static WORDS: PeopleWords = PeopleWords {
    role: |role| match role {
        BuiltinRole::Owner => "Inhaber",
        BuiltinRole::Admin => "Admin",
        BuiltinRole::Lead => "Leitung",
        BuiltinRole::Agent => "Agent",
        BuiltinRole::Viewer => "Leser",
    },
    no_role: "Keine Rolle",
    permission: |permission| match permission {
        Permission::AccessInbox => "Posteingang lesen",
        Permission::ManageThreads => "Gespräche beantworten",
        Permission::AssignThreads => "Gespräche zuweisen",
        Permission::ManageSettings => "Einstellungen ändern",
        Permission::ManagePeople => "Personen und Rollen verwalten",
        Permission::ReadDirect => "Direkte Gespräche anderer lesen",
    },
    permission_hint: |permission| match permission {
        Permission::AccessInbox => "Alle Supportgespräche sehen, mit ihren internen Notizen.",
        Permission::ManageThreads => {
            "Antworten, Notizen schreiben, den Status setzen, nehmen, was niemand hat. Schließt das \
             Lesen des Posteingangs ein."
        }
        Permission::AssignThreads => {
            "Jedes Gespräch jeder Person geben. Schließt das Beantworten ein."
        }
        Permission::ManageSettings => "Alles unter Verwaltung außer Personen und Rollen.",
        Permission::ManagePeople => {
            "Einladen, deaktivieren, Rollen geben: nie mehr, als die eigene Rolle erlaubt."
        }
        Permission::ReadDirect => {
            "Für Notfälle. Alle Inhaber erfahren per Mail davon, sobald jemand es bekommt."
        }
    },
    done: |what| match what {
        "invited" => Some("Eingeladen. Die Mail ist unterwegs."),
        "sent_again" => {
            Some("Die Einladung geht noch einmal hinaus. Frühere Links enden mit dem neuen.")
        }
        "taken_back" => Some("Die Einladung ist zurückgenommen. Ihr Link funktioniert nicht mehr."),
        "role_changed" => Some("Die Rolle ist geändert. Sie gilt sofort, auch auf offenen Seiten."),
        "deactivated" => Some("Das Konto ist deaktiviert. Jeder Browser ist abgemeldet."),
        "reactivated" => Some("Das Konto ist wieder aktiv. Die Anmeldung geht wie zuvor."),
        "released" => Some("Die Gespräche gehören jetzt niemandem: Alle können sie nehmen."),
        "session_ended" => Some("Dieser Browser ist abgemeldet."),
        "sessions_ended" => Some("Überall sonst abgemeldet."),
        "all_ended" => Some("Alle Browser dieser Person sind abgemeldet."),
        "role_made" => Some("Die Rolle ist da und kann jetzt vergeben werden."),
        "role_saved" => Some("Gespeichert. Wer die Rolle hat, gewinnt oder verliert sofort."),
        "role_deleted" => Some("Die Rolle ist gelöscht."),
        "notices_saved" => Some("Gespeichert. Das gilt ab jetzt."),
        "profile_saved" => Some("Gespeichert."),
        "password_changed" => {
            Some("Ihr Passwort ist geändert. Alle Ihre anderen Browser sind abgemeldet.")
        }
        "moving" => Some(
            "Eine Mail mit einem Link ist zur neuen Adresse unterwegs, wenn ein Konto dorthin umziehen kann.",
        ),
        "moved" => Some("Ihr Konto ist umgezogen. Die bisherige Adresse erfährt davon."),
        "picture_saved" => Some("Das ist jetzt Ihr Bild."),
        "picture_removed" => Some("Das Bild ist entfernt."),
        "token_revoked" => Some(
            "Das Token ist widerrufen. Programme, die es benutzen, werden ab jetzt abgewiesen.",
        ),
        _ => None,
    },
    save: "Speichern",
    list: ListWords {
        find: "Name oder Adresse",
        role: "Rolle",
        any_role: "Jede Rolle",
        state: "Zustand",
        states: |state| match state {
            PeopleState::Active => "Aktiv",
            PeopleState::Deactivated => "Deaktiviert",
            PeopleState::All => "Alle",
        },
        look: "Filtern",
        none: "Zu diesem Filter passt niemand.",
        more: "Nächste Seite",
        first: "Erste Seite",
        heading: "Alle mit einem Konto",
        deactivated: "Deaktiviert",
        last_seen: "Zuletzt hier",
        never_seen: "Noch nie hier",
        you: "Sie",
    },
    invite: InviteWords {
        heading: "Jemanden einladen",
        lead: "Die Person bekommt eine Mail mit einem Link und wählt Namen und Passwort selbst. Der \
               Link funktioniert einmal, sieben Tage lang.",
        email: "E-Mail-Adresse",
        role: "Rolle",
        language: "Sprache der Mail",
        send: "Einladung senden",
        pending: "Offene Einladungen",
        by: |name| format!("eingeladen von {name}"),
        until: "gültig bis",
        ended: "Der Link funktioniert nicht mehr: Er ist abgelaufen, oder wer eingeladen hat, darf \
                diese Rolle nicht mehr geben. Senden Sie die Einladung noch einmal, um sie in Ihrem \
                Namen zu erneuern.",
        mail: |delivery| match delivery {
            Delivery::Queued => "Mail wartet auf den Versand",
            Delivery::Sent => "Per Mail gesendet",
            Delivery::Deferred => "Mail verzögert, wird noch einmal versucht",
            Delivery::Failed => "Mail nicht zustellbar",
            Delivery::Unneeded => "Mail nicht gesendet",
        },
        answer: "Der Mailserver sagt:",
        again: "Noch einmal senden",
        again_to: |email| format!("Einladung an {email} noch einmal senden"),
        take_back: "Zurücknehmen",
        take_back_from: |email| format!("Einladung an {email} zurücknehmen"),
    },
    person: PersonWords {
        back: "Alle Personen",
        you: "Das sind Sie.",
        since: "Konto seit",
        acts: "Im Protokoll",
        owners_only: "Einen Inhaber können nur Inhaber ändern.",
        last_owner: "Das ist der letzte Inhaber, der sich anmelden kann: Weder Rolle noch Konto \
                     können weggenommen werden. Machen Sie zuerst jemand anderen zum Inhaber.",
        role: "Rolle",
        role_label: "Was die Person darf",
        role_hint: "Es gilt sofort. Wer den Posteingang verliert, sieht ihn nach spätestens einer \
                    Sekunde nicht mehr.",
        change_role: "Rolle ändern",
        threads: "Gespräche",
        holds: |n| match n {
            0 => "Dieser Person ist kein Gespräch zugewiesen.".to_owned(),
            1 => "Dieser Person ist 1 Gespräch zugewiesen.".to_owned(),
            n => format!("Dieser Person sind {n} Gespräche zugewiesen."),
        },
        release: "Zuweisung aufheben",
        release_hint: "Das ganze Team sieht sie dann als niemandem zugewiesen.",
        deactivate: "Konto deaktivieren",
        deactivate_open: "Deaktivieren …",
        deactivate_lead: "Die Person kann sich nicht mehr anmelden. Alle ihre Browser werden \
                          abgemeldet, ihre offenen Seiten enden innerhalb einer Sekunde, und Mails, \
                          die auf sie warten, entfallen. Was sie geschrieben hat, bleibt. Sie können \
                          das Konto wieder aktivieren.",
        release_too: |n| match n {
            1 => "Das 1 Gespräch, das ihr zugewiesen ist, niemandem zuweisen".to_owned(),
            n => format!("Die {n} Gespräche, die ihr zugewiesen sind, niemandem zuweisen"),
        },
        stays: |n| {
            match n {
            1 => "Das 1 Gespräch, das ihr zugewiesen ist, bleibt ihr zugewiesen und zählt als eines, \
                  um das sich niemand kümmert: Wer zuweisen darf, kann es jemand anderem geben."
                .to_owned(),
            n => format!(
                "Die {n} Gespräche, die ihr zugewiesen sind, bleiben ihr zugewiesen und zählen als \
                 solche, um die sich niemand kümmert: Wer zuweisen darf, kann sie jemand anderem \
                 geben."
            ),
        }
        },
        deactivate_do: |name| format!("{name} deaktivieren"),
        reactivate: "Wieder aktivieren",
        reactivate_lead: "Die Person kann sich wieder mit ihrem Passwort anmelden und hat die Rolle, \
                          die sie hatte.",
        deactivated_since: "Deaktiviert seit",
    },
    sessions: SessionWords {
        heading: "Angemeldete Browser",
        none: "Kein Browser ist angemeldet.",
        device: |browser, system| match (browser, system) {
            (Some(browser), Some(system)) => format!("{browser} auf {system}"),
            (Some(browser), None) => browser.to_owned(),
            (None, Some(system)) => format!("Ein Browser auf {system}"),
            (None, None) => "Ein Programm, das sich nicht nennt".to_owned(),
        },
        this: "Dieser Browser",
        signed_in: "Angemeldet",
        used: "zuletzt benutzt",
        end: "Abmelden",
        end_of: |device| format!("{device} abmelden"),
        end_all: "Alle abmelden",
        end_others: "Überall sonst abmelden",
    },
    join: JoinWords {
        title: "Ihre Einladung",
        heading: |site| format!("Willkommen bei {site}"),
        lead: |by, email| format!("{by} lädt Sie ein, ein Konto für {email} anzulegen."),
        signed_in: "Sie sind in diesem Browser mit einem anderen Konto angemeldet. Wenn Sie \
                    annehmen, wird es abgemeldet.",
        name: "Name, wie andere ihn sehen",
        password: "Passwort",
        password_hint: "Mindestens 10 Zeichen. Einige aneinandergereihte Wörter lassen sich gut merken.",
        language: "Sprache der Mails an Sie",
        accept: "Konto anlegen",
        closed: "Diese Einladung funktioniert nicht",
        closed_lead: "Sie wurde schon benutzt oder zurückgenommen, sie ist abgelaufen, oder eine \
                      neuere Mail hat sie ersetzt. Wenn Sie schon ein Konto haben, melden Sie sich \
                      an; sonst bitten Sie die Person, die Sie eingeladen hat, sie noch einmal zu \
                      senden.",
        log_in: "Anmelden",
    },
    roles: RoleWords {
        lead: "Eine Rolle ist eine Reihe von Rechten. Niemand kann mehr geben, als die eigene Rolle \
               erlaubt.",
        built_in: "Eingebaut",
        custom: "Hier gemacht",
        used: |n| match n {
            0 => "Hat niemand".to_owned(),
            1 => "1 Person oder Einladung".to_owned(),
            n => format!("{n} Personen und Einladungen"),
        },
        edit: "Ändern",
        edit_of: |name| format!("{name} ändern"),
        new: "Neue Rolle",
        name: "Name der Rolle",
        may: "Was sie erlaubt",
        not_yours: "Ihre eigene Rolle erlaubt Ihnen nicht, das zu geben.",
        make: "Rolle anlegen",
        back: "Alle Rollen",
        delete: "Rolle löschen",
        delete_open: "Löschen …",
        delete_unused: "Niemand hat diese Rolle.",
        delete_used: |n| match n {
            1 => "1 Person oder offene Einladung hat diese Rolle und bekommt zuerst eine andere."
                .to_owned(),
            n => format!(
                "{n} Personen und offene Einladungen haben diese Rolle und bekommen zuerst eine \
                 andere."
            ),
        },
        move_to: "Ihre neue Rolle",
        choose: "Auswählen …",
        delete_do: |name| format!("{name} löschen"),
    },
    notices: NoticeWords {
        heading: "Was Sie erfahren",
        lead: "Was Sie hier inzwischen gelesen haben, kommt nicht mehr per E-Mail. Einzelne Gespräche \
               lassen sich auf ihren Seiten stummschalten.",
        kind: |kind| match kind {
            NoticeKind::Support => "E-Mail bei Antworten auf meine Fragen",
            NoticeKind::Direct => "E-Mail bei Nachrichten anderer Personen",
            NoticeKind::Request => "E-Mail, wenn mir jemand Neues schreiben möchte",
            NoticeKind::Team => "E-Mail bei Neuem in Gesprächen, an denen ich arbeite",
            NoticeKind::Note => "E-Mail bei Notizen darin",
            NoticeKind::Assigned => "E-Mail, wenn mir ein Gespräch zugewiesen wird",
        },
        pace: |pace| match pace {
            MailPace::Soon => "Innerhalb von Minuten",
            MailPace::Daily => "Einmal am Tag, morgens",
            MailPace::Never => "Nie",
        },
        badge: |kind| match kind {
            NoticeKind::Support => "Ungelesene Antworten in der Zahl mitzählen",
            _ => "Ungelesene Nachrichten anderer in der Zahl mitzählen",
        },
    },
    account: AccountWords {
        role: "Rolle",
        email: "E-Mail-Adresse",
        profile: "Sie",
        name: "Name, wie andere ihn sehen",
        language: "Sprache der Mails an Sie",
        language_hint: "Die Sprache dieser Seiten wählen Sie im Menü hinter Ihren Initialen.",
        password: "Passwort",
        old_password: "Ihr bisheriges Passwort",
        new_password: "Neues Passwort",
        password_hint: "Mindestens 10 Zeichen. Einige aneinandergereihte Wörter lassen sich gut merken.",
        change_password: "Passwort ändern",
        password_lead: "Alle Ihre anderen Browser werden dann abgemeldet.",
        time_zone: "Zeitzone",
        time_zone_hint: "Zeiten in Ihren Mails und auf Seiten ohne Programm folgen ihren Uhren.",
        no_time_zone: "Die der Website",
        move_heading: "Andere Adresse",
        move_lead: "Wir senden einen Link an die neue Adresse. Wenn Sie ihm gefolgt sind und bestätigt haben, melden Sie sich mit ihr an; die bisherige erfährt davon und kann die Änderung eine Woche lang zurücknehmen.",
        new_email: "Neue E-Mail-Adresse",
        own_password: "Ihr Passwort",
        move_do: "Link senden",
        picture: "Bild",
        picture_lead: "Das Team sieht es statt Ihrer Initialen. Es wird quadratisch zugeschnitten und klein aufbewahrt.",
        picture_file: "Bilddatei",
        picture_take: "Dieses Bild verwenden",
        picture_remove: "Bild entfernen",
        export: "Ihre Daten",
        tokens: "Tokens für Programme",
        export_lead: "Alles, was über Sie aufbewahrt wird, mit Ihren Gesprächen, wie Sie sie sehen, als eine JSON-Datei.",
        export_do: "Ihre Daten herunterladen",
    },
};
