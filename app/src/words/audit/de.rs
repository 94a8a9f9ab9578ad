//! The words of the audit log in German.

use pigeon_wire::audit::Act;
use pigeon_wire::person::Language;
use pigeon_wire::thread::Status;

use super::{AuditWords, Told};

pub(super) static WORDS: AuditWords = AuditWords {
    act: |act| match act {
        Act::OwnerMade => "Erster Inhaber angelegt",
        Act::PersonAdded => "Person über die Kommandozeile angelegt",
        Act::Invited => "Eingeladen",
        Act::InvitedAgain => "Einladung noch einmal gesendet",
        Act::InvitationRevoked => "Einladung zurückgenommen",
        Act::Joined => "Einladung angenommen",
        Act::RoleChanged => "Rolle einer Person geändert",
        Act::Deactivated => "Konto deaktiviert",
        Act::Reactivated => "Konto wieder aktiviert",
        Act::RoleMade => "Rolle angelegt",
        Act::RoleEdited => "Rolle geändert",
        Act::RoleDeleted => "Rolle gelöscht",
        Act::ReadDirectGranted => "Lesen direkter Gespräche erlaubt",
        Act::SignedIn => "Angemeldet",
        Act::SignInFailed => "Anmeldung gescheitert",
        Act::SignedOut => "Abgemeldet",
        Act::SessionEnded => "Browser abgemeldet",
        Act::SessionsEnded => "Alle Browser abgemeldet",
        Act::PasswordChanged => "Passwort geändert",
        Act::ProfileChanged => "Profil geändert",
        Act::Registered => "Konto selbst angelegt",
        Act::PasswordReset => "Passwort per Mail neu gesetzt",
        Act::AddressChanged => "Adresse geändert",
        Act::AddressTakenBack => "Adressänderung zurückgenommen",
        Act::TokenMade => "Token angelegt",
        Act::TokenRevoked => "Token widerrufen",
        Act::EmbedKeyMade => "Schlüssel einer Website angelegt",
        Act::EmbedKeyRenewed => "Schlüssel einer Website erneuert",
        Act::EmbedKeyRevoked => "Schlüssel einer Website widerrufen",
        Act::Vouched => "Von einer Website verbürgt",
        Act::Assigned => "Gespräch zugewiesen",
        Act::StatusSet => "Status gesetzt",
        Act::Trashed => "Gespräch in den Papierkorb gelegt",
        Act::Restored => "Gespräch wiederhergestellt",
        Act::Merged => "Gespräch mit einem anderen zusammengeführt",
        Act::MergeUndone => "Zusammenführung rückgängig gemacht",
        Act::Purged => "Gespräch endgültig gelöscht",
        Act::LinksRevoked => "Links des Gastes widerrufen",
        Act::SettingChanged => "Einstellung geändert",
        Act::MailRetried => "Mails erneut versucht",
        Act::MailCancelled => "Mail abgebrochen",
        Act::MailTested => "Testmail gesendet",
        Act::WebhookMade => "Webhook angelegt",
        Act::WebhookChanged => "Webhook ein- oder ausgeschaltet",
        Act::WebhookGone => "Webhook vom Empfänger ausgeschaltet",
        Act::WebhookDeleted => "Webhook gelöscht",
        Act::WebhookReplayed => "Zustellungen eines Webhooks noch einmal gesendet",
        Act::PersonNoteChanged => "Notiz zu einer Person geändert",
        Act::Blocked => "Absender gesperrt",
        Act::BlockLifted => "Sperre aufgehoben",
        Act::CatchAccepted => "Quarantäne: angenommen",
        Act::CatchDeleted => "Quarantäne: gelöscht",
        Act::DirectRead => "Direktes Gespräch gelesen",
        Act::ReportSettled => "Meldung erledigt",
        Act::ThreadClaimed => "Gespräch eines Gasts übernommen",
        Act::NotMe => "„Das bin ich nicht“",
    },
    told,
    other: |word, told| format!("{}: {word}", told.who),
    somebody: "Jemand ohne Konto",
    person: "Person",
    everybody: "Alle",
    what: "Handlung",
    everything: "Alles",
    from: "Von",
    until: "Bis",
    day_hint: "Tage beginnen um Mitternacht UTC.",
    look: "Filtern",
    none: "Zu diesem Filter steht nichts im Protokoll.",
    older: "Ältere",
    newest: "Neueste",
    list: "Handlungen, neueste zuerst",
    lead: "Wer was getan hat. Hier lässt sich nichts ändern oder entfernen, und der Text keiner \
           Nachricht steht darin.",
    in_thread: "in",
    no_subject: "einem Gespräch ohne Betreff",
};

#[expect(
    clippy::too_many_lines,
    reason = "one sentence for each act, in one match that must be complete"
)]
fn told(act: Act, told: &Told) -> String {
    let who = &told.who;
    let whom = told.whom.as_deref();
    let role = |name| told.role(Language::De, name);
    match act {
        Act::OwnerMade => format!("{who} wurde erster Inhaber"),
        Act::PersonAdded => {
            format!(
                "{} wurde über die Kommandozeile angelegt",
                whom.unwrap_or(who)
            )
        }
        Act::Invited => format!("{who} hat {} eingeladen", told.fact("address")),
        Act::InvitedAgain => format!("{who} hat {} noch einmal eingeladen", told.fact("address")),
        Act::InvitationRevoked => {
            format!(
                "{who} hat die Einladung an {} zurückgenommen",
                told.fact("address")
            )
        }
        Act::Joined => {
            format!(
                "{who} hat die Einladung von {} angenommen",
                told.fact("invited_by")
            )
        }
        Act::RoleChanged => {
            let whose = whom.map_or("die eigene Rolle".to_owned(), |whom| {
                format!("die Rolle von {whom}")
            });
            format!(
                "{who} hat {whose} von {} auf {} geändert",
                role("from"),
                role("to")
            )
        }
        Act::Deactivated => format!(
            "{who} hat {} deaktiviert",
            whom.unwrap_or("das eigene Konto")
        ),
        Act::Reactivated => {
            format!(
                "{who} hat {} wieder aktiviert",
                whom.unwrap_or("das eigene Konto")
            )
        }
        Act::RoleMade => format!(
            "{who} hat die Rolle {} angelegt: {}",
            told.fact("name"),
            told.permissions(Language::De)
        ),
        Act::RoleEdited => role_edited(told),
        Act::RoleDeleted => format!("{who} hat die Rolle {} gelöscht", told.fact("name")),
        Act::ReadDirectGranted => read_direct_granted(told),
        Act::SignedIn => format!("{who} hat sich angemeldet"),
        Act::SignInFailed => {
            let from = told.fact("from");
            match whom {
                Some(whom) => format!("Eine Anmeldung als {whom} ist gescheitert, von {from} aus"),
                None => format!(
                    "Eine Anmeldung an einem Konto, das es nicht gibt, ist gescheitert, von {from} aus"
                ),
            }
        }
        Act::SignedOut => format!("{who} hat sich abgemeldet"),
        Act::SessionEnded => match whom {
            Some(whom) => format!("{who} hat einen Browser von {whom} abgemeldet"),
            None => format!("{who} hat einen der eigenen Browser abgemeldet"),
        },
        Act::SessionsEnded => match whom {
            Some(whom) => format!("{who} hat alle Browser von {whom} abgemeldet"),
            None => format!("{who} hat alle anderen eigenen Browser abgemeldet"),
        },
        Act::PasswordChanged => format!("{who} hat das eigene Passwort geändert"),
        Act::ProfileChanged => match told.fact("old_name") {
            "" => format!("{who} hat das eigene Profil geändert"),
            old => format!("{who} hat den eigenen Namen geändert; er war {old}"),
        },
        Act::Registered => format!("{who} hat selbst ein Konto angelegt"),
        Act::PasswordReset => {
            format!("{who} hat über einen Link per Mail ein neues Passwort gesetzt")
        }
        Act::AddressChanged => format!(
            "{who} ist mit dem eigenen Konto von {} zu {} umgezogen",
            told.fact("from"),
            told.fact("to")
        ),
        Act::AddressTakenBack => format!(
            "{who} hat den Umzug des eigenen Kontos von {} zurückgenommen",
            told.fact("to")
        ),
        Act::TokenMade => format!(
            "{who} hat das Token „{}“ angelegt ({})",
            told.fact("name"),
            told.fact("scopes")
        ),
        Act::TokenRevoked => format!("{who} hat das Token „{}“ widerrufen", told.fact("name")),
        Act::EmbedKeyMade | Act::EmbedKeyRenewed | Act::EmbedKeyRevoked | Act::Vouched => {
            of_a_site(act, told)
        }
        Act::Assigned => assigned(told),
        Act::StatusSet => status_set(told),
        Act::LinksRevoked => format!("{who} hat die Links des Gastes widerrufen"),
        Act::Trashed => format!("{who} hat ein Gespräch in den Papierkorb gelegt"),
        Act::Restored => format!("{who} hat ein Gespräch wiederhergestellt"),
        Act::Purged => "Ein Gespräch wurde endgültig gelöscht".to_owned(),
        Act::Merged => {
            format!("{who} hat ein Gespräch mit einem anderen derselben Person zusammengeführt")
        }
        Act::MergeUndone => format!("{who} hat eine Zusammenführung rückgängig gemacht"),
        Act::SettingChanged => format!(
            "{who} hat „{}“ von {} auf {} geändert",
            told.setting(Language::De),
            told.value("from"),
            told.value("to")
        ),
        Act::MailRetried => format!(
            "{who} hat Mails erneut versuchen lassen: {}",
            told.value("count")
        ),
        Act::MailCancelled => format!("{who} hat eine Mail abgebrochen"),
        Act::MailTested => format!("{who} hat eine Testmail senden lassen"),
        Act::WebhookMade
        | Act::WebhookChanged
        | Act::WebhookGone
        | Act::WebhookDeleted
        | Act::WebhookReplayed => webhook(act, told),
        Act::PersonNoteChanged => format!(
            "{who} hat die Notiz zu {} geändert",
            whom.unwrap_or("einer Person")
        ),
        Act::Blocked => format!("{who} hat {} gesperrt", told.fact("address")),
        Act::BlockLifted => {
            format!(
                "{who} hat die Sperre von {} aufgehoben",
                told.fact("address")
            )
        }
        Act::CatchAccepted => format!("{who} hat etwas aus der Quarantäne angenommen"),
        Act::CatchDeleted => format!(
            "{who} hat aus der Quarantäne gelöscht: {}",
            told.value("count")
        ),
        Act::DirectRead => {
            let reason = told.fact("reason");
            format!("{who} hat ein direktes Gespräch anderer gelesen: {reason}")
        }
        Act::ReportSettled => format!("{who} hat eine Meldung erledigt"),
        Act::ThreadClaimed => {
            format!("{who} hat ein Gespräch übernommen, das als Gast begonnen war")
        }
        Act::NotMe => format!("{who} hat gesagt, dass ein Gespräch nicht das eigene ist"),
    }
}

fn webhook(act: Act, told: &Told) -> String {
    let who = &told.who;
    let hook = format!("den Webhook {} ({})", told.value("name"), told.fact("host"));
    match act {
        Act::WebhookMade if told.fact("team") == "true" => {
            format!("{who} hat {hook} angelegt, mit dem, was nur das Team sieht")
        }
        Act::WebhookMade => format!("{who} hat {hook} angelegt"),
        Act::WebhookChanged if told.fact("active") == "true" => {
            format!("{who} hat {hook} eingeschaltet")
        }
        Act::WebhookChanged => format!("{who} hat {hook} ausgeschaltet"),
        Act::WebhookGone => format!(
            "Der Webhook {} ({}) ist aus: Der Empfänger sagte, dass es ihn nicht mehr gibt",
            told.value("name"),
            told.fact("host")
        ),
        Act::WebhookDeleted => format!("{who} hat {hook} gelöscht"),
        _ => format!(
            "{who} hat Zustellungen noch einmal an {hook} senden lassen: {}",
            told.value("count")
        ),
    }
}

fn role_edited(told: &Told) -> String {
    let who = &told.who;
    let renamed = match told.fact("old_name") {
        "" => String::new(),
        old => format!(" (früher {old})"),
    };
    format!(
        "{who} hat die Rolle {}{renamed} geändert: {}",
        told.fact("name"),
        told.permissions(Language::De)
    )
}

fn read_direct_granted(told: &Told) -> String {
    let who = &told.who;
    let whom = told.whom.as_deref();
    match whom {
        Some(whom) => format!(
            "{who} hat {whom} durch die Rolle {} erlaubt, direkte Gespräche anderer zu lesen",
            told.role(Language::De, "role")
        ),
        None => format!(
            "{who} hat der Rolle {} erlaubt, direkte Gespräche anderer zu lesen",
            told.role(Language::De, "role")
        ),
    }
}

/// What was done with a site's key, or by it.
fn of_a_site(act: Act, told: &Told) -> String {
    let who = &told.who;
    let whom = told.whom.as_deref();
    match act {
        Act::EmbedKeyMade => {
            format!(
                "{who} hat den Schlüssel „{}“ für eine Website angelegt",
                told.fact("name")
            )
        }
        Act::EmbedKeyRenewed => {
            format!(
                "{who} hat dem Schlüssel „{}“ ein neues Geheimnis gegeben",
                told.fact("name")
            )
        }
        Act::EmbedKeyRevoked => {
            format!(
                "{who} hat den Schlüssel „{}“ einer Website widerrufen",
                told.fact("name")
            )
        }
        _ => format!(
            "Eine Website hat sich zum ersten Mal für {} verbürgt, als „{}“",
            whom.unwrap_or("eine Besucherin oder einen Besucher"),
            told.fact("subject")
        ),
    }
}

fn assigned(told: &Told) -> String {
    let who = &told.who;
    let whom = told.whom.as_deref();
    match (whom, told.fact("from")) {
        (Some(whom), _) => format!("{who} hat {whom} zugewiesen"),
        (None, _) if told.own => format!("{who} hat ein Gespräch übernommen"),
        (None, "") => format!("{who} hat eine Zuweisung aufgehoben"),
        (None, from) => {
            format!("{who} hat {from} ein Gespräch abgenommen: Es gehört jetzt niemandem")
        }
    }
}

fn status_set(told: &Told) -> String {
    let who = &told.who;
    let status = match told.status("to") {
        Some(Status::Pending) => "„wartet auf Antwort“",
        Some(Status::Open) => "„wartet auf Gegenüber“",
        Some(Status::Closed) => "„geschlossen“",
        None => "einen anderen",
    };
    format!("{who} hat den Status auf {status} gesetzt")
}
