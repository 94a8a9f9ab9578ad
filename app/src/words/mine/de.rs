//! German.

use pigeon_wire::mailbox::MailboxView;
use pigeon_wire::message::PublicEvent;
use pigeon_wire::thread::{Status, ThreadKind};

use super::{DirectWords, MineWords, ReportWords, StopWords};

/// The words of the own threads in German.
pub(super) static WORDS: MineWords = MineWords {
    done: |what| match what {
        "read" => Some("Als gelesen markiert."),
        "unread" => Some("Als ungelesen markiert."),
        "muted" => Some("Sie erhalten zu diesem Gespräch keine E-Mails mehr."),
        "unmuted" => Some("Sie erhalten zu diesem Gespräch wieder E-Mails."),
        "accepted_request" => Some("Ab jetzt ist das ein Gespräch wie jedes andere."),
        "ignored" => Some("Die Anfrage ist aus Ihrem Blick. Niemand erfährt davon."),
        "blocked" => Some("Sie hören von dort nichts mehr. Niemand erfährt davon."),
        "unblocked" => Some("Sie hören von dort wieder."),
        "left" => Some("Sie haben das Gespräch verlassen."),
        "added" => Some("Hinzugefügt. Wer Sie noch nicht kennt, wird zuerst gefragt."),
        "closed" => Some("Das Gespräch ist geschlossen."),
        "reopened" => Some("Das Gespräch ist wieder offen."),
        "edited" => Some("Die Nachricht ist geändert."),
        "reported" => {
            Some("Danke. Wer sich hier um Menschen kümmert, sieht die gewählten Nachrichten.")
        }
        "claimed" => Some("Sie sind jetzt hier. Ihre privaten Links sind beendet."),
        "settled" => Some("Erledigt."),
        _ => None,
    },
    views: "Welche Gespräche",
    view: |view| match view {
        MailboxView::All => "Alle",
        MailboxView::Unread => "Ungelesen",
        MailboxView::Direct => "Direkt",
        MailboxView::Closed => "Geschlossen",
    },
    none: |view| match view {
        MailboxView::All => "Sie haben noch keine Gespräche.",
        MailboxView::Unread => "Sie haben alles gelesen.",
        MailboxView::Direct => "Sie haben keine Gespräche mit anderen Personen.",
        MailboxView::Closed => "Keines Ihrer Gespräche ist geschlossen.",
    },
    ask: "Das Team fragen",
    search: "Suchen",
    claimable: |count| match count {
        1 => "Sie haben von Ihrer Adresse aus ein Gespräch ohne Konto begonnen.".to_owned(),
        _ => {
            format!("Sie haben von Ihrer Adresse aus {count} Gespräche ohne Konto begonnen.")
        }
    },
    claim: "Hierher holen",
    ask_lead: "Sie finden unsere Antwort hier und erhalten sie per E-Mail, wenn Sie nicht da sind.",
    list: "Gespräche, die neuesten zuerst",
    no_subject: |kind| match kind {
        ThreadKind::Support => "Anfrage",
        ThreadKind::Direct => "Neue Nachricht",
    },
    team: "Mit dem Team",
    unread: |count| format!("{count} ungelesen"),
    muted: "Stumm",
    status: |status| match status {
        Status::Pending => "Wartet auf uns",
        Status::Open => "Offen",
        Status::Closed => "Geschlossen",
    },
    state: |status| match status {
        Status::Pending => "Wir sehen es uns an.",
        Status::Open => "Wir haben geantwortet. Schreiben Sie, wann immer es Ihnen passt.",
        Status::Closed => "Dieses Gespräch ist geschlossen. Schreiben Sie, um es wieder zu öffnen.",
    },
    more: "Ältere Gespräche",
    back: "Alle Gespräche",
    subject: "Betreff",
    message: "Ihre Nachricht",
    optional: "freiwillig",
    send: "Senden",
    you: "Sie",
    edited: "bearbeitet",
    event: |event, who| match event {
        PublicEvent::Closed => format!("Gespräch geschlossen von: {who}"),
        PublicEvent::Reopened => format!("Gespräch wieder geöffnet von: {who}"),
        PublicEvent::Joined => format!("Dem Gespräch beigetreten: {who}"),
        PublicEvent::Left => format!("Das Gespräch verlassen: {who}"),
        PublicEvent::Moved => {
            "Hier stand eine Nachricht. Sie steht in einem anderen Ihrer Gespräche".to_owned()
        }
        PublicEvent::Read => {
            format!("Als nicht Beteiligte mit besonderer Erlaubnis gelesen von: {who}")
        }
    },
    entries: "Gespräch",
    older: "Ältere Nachrichten zeigen",
    sent: "Gesendet",
    sending: "Unterwegs",
    not_sent: "Nicht gesendet: keine Verbindung. Ihr Text steht noch hier.",
    seen_by_team: "Vom Team gesehen",
    seen_by: |name| format!("Gesehen von {name}"),
    typing: |names| match names {
        [one] => [one, " schreibt …"].concat(),
        all => [&all.join(", "), " schreiben …"].concat(),
    },
    here: |names| match names {
        [one] => [one, " ist hier"].concat(),
        all => [&all.join(", "), " sind hier"].concat(),
    },
    write: "Ihre Nachricht",
    placeholder: "Schreiben Sie Ihre Nachricht",
    mark_read: "Als gelesen markieren",
    mark_unread: "Als ungelesen markieren",
    mute: "Keine E-Mails dazu",
    unmute: "Wieder E-Mails dazu",
    acts: "Was Sie mit diesem Gespräch tun können",
    direct: DirectWords {
        write: "Jemandem schreiben",
        lead: "Nur wer am Gespräch teilnimmt, kann es lesen. Wem Sie zum ersten Mal schreiben, der \
               wird gefragt, ob er das möchte.",
        to: "Adressen",
        to_hint: "Bis zu acht, getrennt durch Leerzeichen, Kommas oder Semikolons.",
        known: "Menschen, die Sie kennen",
        requests: "Anfragen",
        requests_wait: |count| format!("Anfragen ({count})"),
        no_requests: "Niemand wartet auf Ihre Antwort.",
        asks: |name| format!("{name} möchte Ihnen schreiben."),
        accept: "Annehmen",
        ignore: "Übergehen",
        block: |name| format!("{name} blockieren"),
        unblock: |name| format!("{name} nicht mehr blockieren"),
        blocked: "Blockiert",
        more: "Mehr",
        close: "Gespräch schließen",
        reopen: "Wieder öffnen",
        leave: "Gespräch verlassen",
        add: "Menschen hinzufügen",
        add_hint: "Sie sehen nichts von dem, was vorher geschrieben wurde.",
        report: "Nachrichten melden",
        report_lead: "Wer sich hier um Menschen kümmert, sieht die gewählten Nachrichten, wer sie \
                      geschrieben hat, und Ihren Grund. Sonst nichts aus diesem Gespräch.",
        report_which: "Welche Nachrichten",
        report_why: "Warum",
        edit: "Bearbeiten",
        edit_label: "Neuer Text",
        save: "Speichern",
    },
    stop: StopWords {
        title: "Mails zu einem Gespräch",
        on: |site| {
            format!("{site} schickt Ihnen Mails, wenn es in dem Gespräch der Mail Neues gibt.")
        },
        off: |site| {
            format!(
                "{site} schickt Ihnen keine Mails mehr zu diesem Gespräch. Es geht weiter, und Sie können es weiterhin lesen."
            )
        },
        stop: "Keine Mails mehr dazu",
        again: "Wieder Mails schicken",
        unknown: "Dieser Link gilt nicht mehr oder hat nie gegolten.",
    },
    reports: ReportWords {
        lead: "Diese Nachrichten hat jemand aus einem privaten Gespräch ausgewählt. Sie sehen sie \
               und sonst nichts daraus.",
        none: "Es ist nichts gemeldet.",
        by: |name| format!("Gemeldet von {name}"),
        settle: "Erledigt",
        glass: "Das ganze Gespräch lesen",
        glass_lead: "Das ist ein privates Gespräch anderer. Wenn Sie es lesen, erfahren es alle \
                     Beteiligten mit Ihrem Namen, und das Protokoll behält Ihren Grund.",
        glass_why: "Warum es gelesen werden muss",
        glass_read: "Lesen",
        glass_told: "Die Beteiligten haben erfahren, dass Sie das gelesen haben.",
        glass_more: "Ältere Nachrichten sind weggelassen.",
    },
};
