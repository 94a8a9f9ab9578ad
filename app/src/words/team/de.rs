//! The team's words in German.

use pigeon_wire::act::Rest;
use pigeon_wire::inbox::{Sort, Starter, View};
use pigeon_wire::merge::MergeStep;
use pigeon_wire::message::{KnownBy, PublicEvent};
use pigeon_wire::note::Delivery;
use pigeon_wire::permission::Permission;
use pigeon_wire::person::Language;
use pigeon_wire::thread::{LinkOrigin, ParticipantRole, Source, Status};

use super::{
    ComposeWords, DashboardWords, ListWords, Live, Nav, SideWords, Span, TeamWords, ThreadWords,
    Trouble,
};
use crate::start::Theme;

pub(super) static WORDS: TeamWords = TeamWords {
    nav: Nav {
        label: "Hauptnavigation",
        skip: "Zum Inhalt springen",
        inbox: "Posteingang",
        inbox_needs: |n| format!("Posteingang, {n} warten auf Antwort"),
        dashboard: "Übersicht",
        threads: "Ihre Gespräche",
        threads_unread: |n| format!("Ihre Gespräche, {n} mit Ungelesenem"),
        search: "Suche",
        figures: "Kennzahlen",
        admin: "Verwaltung",
        settings: "Sie und diese Seite",
        signed_in_as: |name| format!("Angemeldet als {name}"),
        language: "Sprache",
        theme: "Farben",
        themes: |theme| match theme {
            Theme::System => "Wie im System",
            Theme::Light => "Hell",
            Theme::Dark => "Dunkel",
        },
        account: "Ihr Konto",
        log_out: "Abmelden",
    },
    live: Live {
        reconnecting: "Verbindung wird wiederhergestellt … Ihr Text bleibt erhalten.",
        ended: "Sie sind abgemeldet, oder Ihre Rolle erlaubt das nicht mehr. Ihr Text steht noch hier: Kopieren Sie ihn, oder melden Sie sich in einem anderen Tab neu an.",
        stale: "Diese Seite hat sich geändert. Lade sie neu, wenn du fertig geschrieben hast.",
        reload: "Neu laden",
        message_from: |name| format!("Neue Nachricht von {name}"),
        note_from: |name| format!("Neue interne Notiz von {name}"),
    },
    dashboard: DashboardWords {
        title: "Übersicht",
        need: |n| match n {
            0 => "Kein Gespräch wartet auf Antwort".to_owned(),
            1 => "1 Gespräch wartet auf Antwort".to_owned(),
            n => format!("{n} Gespräche warten auf Antwort"),
        },
        newest: "Die neuesten davon",
        mine: "Ihre",
        longest: "Warten am längsten",
        empty: "Niemand wartet. Neue Fragen erscheinen hier von selbst.",
        to_inbox: "Posteingang öffnen",
        all_waiting: "Alle zeigen, die auf Antwort warten",
    },
    list: ListWords {
        draft: "Entwurf",
        direct: "Direkt",
        views_label: "Ansichten",
        save_view: "Diese Ansicht merken…",
        view: |view| match view {
            View::All => "Alle",
            View::NeedsReply => "Wartet auf Antwort",
            View::Mine => "Meine",
            View::Unassigned => "Ohne Zuständige",
            View::Pending => "Wartet auf uns",
            View::Open => "Wartet auf die Gegenseite",
            View::Closed => "Geschlossen",
            View::Snoozed => "Zurückgestellt",
            View::Trash => "Papierkorb",
        },
        empty: |view| match view {
            View::All => "Noch keine Gespräche. Das erste erscheint hier von selbst.",
            View::NeedsReply => "Niemand wartet auf Sie.",
            View::Mine => "Ihnen ist nichts zugewiesen.",
            View::Unassigned => "Um jedes Gespräch kümmert sich jemand.",
            View::Pending => "Kein Gespräch wartet auf das Team.",
            View::Snoozed => {
                "Nichts ist zurückgestellt. Was es ist, wartet hier und kommt von selbst wieder."
            }
            View::Trash => "Der Papierkorb ist leer.",
            View::Open => "Kein Gespräch wartet auf die Gegenseite.",
            View::Closed => "Noch wurde nichts geschlossen.",
        },
        more: "Mehr laden",
        loading: "Wird geladen …",
        arrivals: |n| format!("{n} neu"),
        unread: "Ungelesen",
        ours: "Unsere Antwort",
        no_subject: "Anfrage",
        waiting: "Wartet",
        verified: "Adresse bestätigt",
        assigned_to: |name| format!("Zuständig: {name}"),
        in_all: "Gespräche in dieser Ansicht",
        rows_show: "Zeigen",
        columns: [
            "Betreff",
            "Vorschau",
            "Herkunft",
            "Status",
            "Zuständig",
            "Dateien",
            "Zeit",
            "Mehrere Zeilen",
            "Ansichten neben der Liste",
        ],
        width: "Breite der Liste",
        unread_label: "Von dir ungelesen",
        filter: "Filter",
        filters: "Aktive Filter",
        without: |filter| format!("Filter „{filter}“ entfernen"),
        none_left: "Kein Gespräch passt zu diesen Filtern.",
        any: "Alle",
        status: "Status",
        source: "Gekommen über",
        started_by: "Begonnen von",
        starter: |starter| match starter {
            Starter::Guest => "Gast",
            Starter::User => "Konto",
        },
        somebody: "Jemand anderes",
        only_unread: "Ungelesen",
        has_file: "Mit Datei",
        tag: "Schlagwort",
        from: "Von",
        until: "Bis",
        apply: "Zeigen",
        order: "Reihenfolge",
        sort: |sort| match sort {
            Sort::Activity => "Neueste Aktivität",
            Sort::Waiting => "Wartet am längsten",
            Sort::Created => "Neueste zuerst",
            Sort::Subject => "Betreff",
        },
        choose: |name| format!("Gespräch mit {name} auswählen"),
        choose_none: "Nichts auswählen",
        chosen: |n| format!("{n} ausgewählt"),
        bulk: "Was mit den ausgewählten Gesprächen geschehen soll",
        assign: "Zuweisen …",
        close: "Schließen",
        reopen: "Wieder öffnen",
        trash: "In den Papierkorb",
        restore: "Wiederherstellen",
        done: |n| match n {
            0 => "Nichts wurde geändert.".to_owned(),
            1 => "1 Gespräch geändert.".to_owned(),
            n => format!("{n} Gespräche geändert."),
        },
        undone: |n| match n {
            0 => "Nichts ließ sich rückgängig machen.".to_owned(),
            1 => "Für 1 Gespräch rückgängig gemacht.".to_owned(),
            n => format!("Für {n} Gespräche rückgängig gemacht."),
        },
        undo: "Rückgängig",
        dismiss: "Ausblenden",
    },
    thread: ThreadWords {
        none_chosen: "Wählen Sie ein Gespräch, um es hier zu lesen.",
        back: "Zurück zur Liste",
        label: "Gespräch",
        earlier: "Frühere Nachrichten zeigen",
        later: "Spätere Nachrichten zeigen",
        to_newest: "Zu den neuesten",
        changes: |n| format!("{n} Änderungen"),
        new: "Neu",
        you: "Sie",
        note_label: "Interne Notiz – nur das Team sieht sie",
        set_status: "Status",
        assignee: "Zuständig",
        nobody: "Niemand",
        hand_over: "Mit Notiz übergeben …",
        take: "Übernehmen",
        drop: "Abgeben",
        about: "Zu diesem Gespräch",
        changed: "Das hat gerade jemand geändert. Sie sehen jetzt den neuen Stand; wählen Sie \
                  noch einmal, wenn Sie ihn weiterhin ändern möchten.",
        public_event: |event, who| match event {
            PublicEvent::Closed => format!("Gespräch geschlossen von: {who}"),
            PublicEvent::Reopened => format!("Gespräch wieder geöffnet von: {who}"),
            PublicEvent::Joined => format!("Dem Gespräch beigetreten: {who}"),
            PublicEvent::Left => format!("Das Gespräch verlassen: {who}"),
            PublicEvent::Moved => {
                "Hier stand eine Nachricht. Sie steht jetzt in einem anderen Gespräch".to_owned()
            }
            PublicEvent::Read => {
                format!("Als nicht Beteiligte mit besonderer Erlaubnis gelesen von: {who}")
            }
        },
        assigned: |who, to| format!("Neu zuständig: {to} (geändert von: {who})"),
        assigned_you: |who| format!("Neu zuständig: Sie (geändert von: {who})"),
        took: |who| format!("Gespräch übernommen von: {who}"),
        dropped: |who| format!("Zuständigkeit aufgehoben von: {who}"),
        status_set: |who, status| {
            format!("Status auf „{}“ gesetzt von: {who}", status_word(status))
        },
        links_revoked: |who| format!("Links des Gasts widerrufen von: {who}"),
        claimed: |who| format!("{who} hat jetzt ein Konto und hat dieses Gespräch übernommen"),
        trashed: |who| format!("In den Papierkorb gelegt von: {who}"),
        restored: |who| format!("Wiederhergestellt von: {who}"),
        snooze: "Zurückstellen…",
        rest: |rest| match rest {
            Rest::Hours => "Für 3 Stunden",
            Rest::Tomorrow => "Bis morgen früh",
            Rest::Monday => "Bis Montag früh",
            Rest::Month => "Für einen Monat",
        },
        wake: "Wieder vorlegen",
        rests_until: "Zurückgestellt bis",
        awake: "nicht zurückgestellt",
        snoozed: |who| format!("Zurückgestellt von {who} bis"),
        woke: |who| format!("Wieder vorgelegt von: {who}"),
        snooze_ended: "Nicht mehr zurückgestellt: die Zeit ist um",
        tagged: |who, tag| format!("Schlagwort „{tag}“ vergeben von: {who}"),
        untagged: |who, tag| format!("Schlagwort „{tag}“ entfernt von: {who}"),
        merge: |who, how| match how {
            MergeStep::Into => format!("Zusammengeführt von {who} mit"),
            MergeStep::In => format!("Hierher zusammengeführt von {who}:"),
            MergeStep::Apart => format!("Zusammenführung rückgängig gemacht von {who}:"),
        },
        undo_merge: "Rückgängig …",
        merged_into: |mark| format!("zusammengeführt mit {mark}, schreiben Sie dort"),
        note_moved: "Hier stand eine Notiz. Sie steht jetzt in einem anderen Gespräch",
        in_trash: "Dieses Gespräch liegt im Papierkorb. Der Gast sieht einen abgelaufenen Link. Im Papierkorb seit",
        moved: |who, now| {
            format!(
                "{who} war schneller. Jetzt: {now}. Wählen Sie noch einmal, wenn Sie es weiterhin ändern möchten."
            )
        },
        moved_unknown: |now| {
            format!(
                "Jemand war schneller. Jetzt: {now}. Wählen Sie noch einmal, wenn Sie es weiterhin ändern möchten."
            )
        },
        known_by: |known| match known {
            KnownBy::Browser => "Adresse nicht bestätigt",
            KnownBy::MailedLink => "über den zugesandten Link",
            KnownBy::Account => "aus einem Konto",
        },
        delivery: |delivery| match delivery {
            Delivery::Queued => "E-Mail wartet auf den Versand",
            Delivery::Sent => "Per E-Mail versandt",
            Delivery::Deferred => "E-Mail verzögert, neuer Versuch folgt",
            Delivery::Failed => "E-Mail nicht zustellbar",
            Delivery::Unneeded => "Keine E-Mail nötig",
        },
    },
    side: SideWords {
        customer: "Kundschaft",
        verified: "Adresse bestätigt",
        not_verified: "Adresse nicht bestätigt",
        guest: "Gast",
        account: "Konto",
        reads: |language| match language {
            Language::En => "Englisch",
            Language::De => "Deutsch",
        },
        language: "Sprache",
        kind: "Zugang",
        thread: "Gespräch",
        opened: "Begonnen",
        through: "Über",
        participants: "Beteiligte",
        tags: "Schlagwörter",
        add_tag: "Schlagwort hinzufügen",
        untag: |tag| format!("Schlagwort „{tag}“ entfernen"),
        no_tag: "Ein Schlagwort ist ein Wort aus Buchstaben, Ziffern und Bindestrichen, höchstens 30.",
        follow: "Folgen",
        unfollow: "Nicht mehr folgen",
        follow_hint: "E-Mails zu diesem Gespräch",
        role: |role| match role {
            ParticipantRole::Owner => "hat es begonnen",
            ParticipantRole::Staff => "Team",
            ParticipantRole::Guest => "Gast",
            ParticipantRole::Participant => "beteiligt",
        },
        links: "Links des Gasts",
        no_links: "Derzeit gilt kein Link. Die nächste E-Mail bringt einen frischen.",
        origin: |origin| match origin {
            LinkOrigin::Browser => "Browser der ersten Nachricht",
            LinkOrigin::Mail => "Zugesandter Link",
        },
        last_used: "zuletzt benutzt",
        never_used: "nie benutzt",
        expires: "gilt bis",
        revoke: "Alle Links widerrufen",
        revoke_sure: "Der Gast wird überall abgemeldet und braucht einen frischen Link per E-Mail.",
        revoke_yes: "Widerrufen",
        cancel: "Abbrechen",
        close: "Schließen",
    },
    compose: ComposeWords {
        label: "Schreiben",
        reply_to: |name| format!("Antwort an {name}"),
        channel_mail: "auf der Seite und per E-Mail",
        channel_account: "im Konto und per E-Mail",
        note: "Interne Notiz",
        note_scope: "Interne Notiz – nur das Team sieht sie",
        reply_placeholder: "Antwort schreiben",
        note_placeholder: "Notiz für das Team schreiben",
        send_and_close: "Senden & schließen",
        canned: "Textbaustein",
        canned_keys: "/ in einer leeren Zeile",
        mention: "Jemanden aus dem Team erwähnen",
        kept: "Entwurf gespeichert",
        send: "Antwort senden",
        add_note: "Notiz hinzufügen",
        reopen: "Gespräch mit dieser Antwort wieder öffnen",
        keys: "Strg+Eingabe sendet",
        sending: "Wird gesendet …",
        failed: "Nicht gesendet.",
        retry: "Erneut versuchen",
        edit: "Zurück in den Editor",
        overtaken: |who, ms| match Span::of(ms) {
            Span::Seconds(n) => format!("{who} war vor {n} s hier tätig."),
            Span::Days(n) if n > 1 => format!("{who} war vor {n} Tagen hier tätig."),
            _ => format!("{who} war vor {} hier tätig.", (WORDS.span)(ms)),
        },
        later: "Später senden …",
        sent: "Das ist schon gesendet.",
        show: "Zeigen",
        send_anyway: "Trotzdem senden",
        as_note: "In Notiz umwandeln",
        read_only: "Sie dürfen dieses Gespräch lesen. Zum Antworten brauchen Sie eine Rolle, die \
                    Gespräche bearbeitet; Inhaber oder Admins können sie Ihnen geben.",
    },
    trouble: Trouble {
        not_found_title: "Hier ist nichts",
        not_found: "Diese Seite oder dieses Gespräch gibt es nicht, oder nicht für Sie.",
        no_access_title: "Kein Zugang zum Posteingang",
        no_access: "Ihr Konto darf den Posteingang nicht lesen. Bitten Sie einen Inhaber oder Admin \
                    dieses Pigeon um eine Rolle, die das erlaubt.",
        title: "Das hat nicht geklappt",
        no_answer: "Pigeon hat nicht geantwortet. Prüfen Sie die Verbindung und versuchen Sie es \
                    erneut.",
        again: "Erneut versuchen",
        to_login: "Neu anmelden",
        to_inbox: "Zum Posteingang",
        lacks,
    },
    span: |ms| match Span::of(ms) {
        Span::Seconds(_) => "jetzt".to_owned(),
        Span::Minutes(n) => format!("{n} Min."),
        Span::Hours(n) => format!("{n} Std."),
        Span::Days(n) => format!("{n} T."),
    },
    status: status_word,
    source: |source| match source {
        Source::Form => "Kontaktformular",
        Source::Widget => "Widget",
        Source::User => "Konto",
    },
};

fn status_word(status: Status) -> &'static str {
    match status {
        Status::Pending => "Wartet auf Antwort",
        Status::Open => "Wartet auf Gegenseite",
        Status::Closed => "Geschlossen",
    }
}

fn lacks(permission: Permission) -> &'static str {
    match permission {
        Permission::AccessInbox => WORDS.trouble.no_access,
        Permission::ManageThreads => WORDS.compose.read_only,
        Permission::AssignThreads => {
            "Sie dürfen Gespräche ohne Zuständige übernehmen und eigene abgeben. Um andere \
             zuzuweisen, brauchen Sie eine Rolle, die das erlaubt; Inhaber oder Admins können sie \
             Ihnen geben."
        }
        Permission::ManageSettings | Permission::ManagePeople | Permission::ReadDirect => {
            "Ihre Rolle erlaubt das nicht. Inhaber können das ändern."
        }
    }
}
