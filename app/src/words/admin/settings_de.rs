//! The words of the settings in German.

use pigeon_wire::attachment::Storage;
use pigeon_wire::setting::{ADDRESSES_MAX, Group, ORIGINS_MAX, Setting, Wrong};

use super::{LogoWords, SettingsWords};

pub(super) const WORDS: SettingsWords = SettingsWords {
    about,
    group: |group| match group {
        Group::Site => "Auftritt",
        Group::Guests => "Gäste",
        Group::Users => "Benutzer",
        Group::Mail => "Mail",
        Group::Protection => "Schutz",
        Group::Files => "Dateien",
    },
    storage: |storage| match storage {
        Storage::Off => "Aus",
        Storage::Local => "In einem Ordner dieses Rechners",
    },
    bounds: |least, most| format!("{least} bis {most}."),
    locked: |variable| {
        format!("Von der Umgebung oder Konfiguration festgelegt: {variable}. Dort zu ändern.")
    },
    wrong,
    meanwhile: |by, value, ago_ms| {
        let by = by.unwrap_or("Jemand anderes");
        format!(
            "{by} hat das {} auf {value} gesetzt. Speichern Sie noch einmal, um Ihren Wert zu setzen.",
            ago(ago_ms)
        )
    },
    on: "„ein“",
    off: "„aus“",
    none: "„leer“",
    refused: "Es wurde nichts gespeichert. Bitte prüfen Sie, was unten markiert ist.",
    save: "Speichern",
    logo: LogoWords {
        heading: "Logo",
        lead: "Gäste sehen es neben dem Namen der Website, höchstens 240 Pixel breit und 48 hoch. Ein PNG von \
               doppelter Größe ist auf jedem Bildschirm scharf.",
        file: "Bilddatei, höchstens 2 MB",
        take: "Dieses Logo verwenden",
        remove: "Logo entfernen",
        off: "Bilder werden nicht angenommen, solange Anhänge aus sind oder nur andere Arten erlaubt sind.",
    },
};

#[expect(clippy::too_many_lines, reason = "a table: one entry for each setting")]
fn about(setting: Setting) -> (&'static str, &'static str) {
    match setting {
        Setting::SiteName => (
            "Name der Website",
            "Steht für Gäste über ihrem Gespräch und in Mails.",
        ),
        Setting::PublicUrl => (
            "Öffentliche Adresse",
            "Wo Browser dieses Pigeon erreichen. Daraus werden die Links in Mails gebildet.",
        ),
        Setting::Language => (
            "Sprache",
            "Für Besucher, deren Browser keine der unseren wünscht, und für Mails an Adressen ohne \
             Konto.",
        ),
        Setting::Accent => (
            "Akzentfarbe",
            "Von Knöpfen und Links, etwa #0f6b5c; dunkler oder heller gemacht, wo sie nicht lesbar \
             wäre. Leer: die von Pigeon.",
        ),
        Setting::TimeZone => (
            "Zeitzone",
            "Nach welchen Uhren Zeiten genannt werden: Gästen und allen, die keine andere gewählt haben, in Mails \
             und überall, wo der Browser nicht die eigene nennt.",
        ),
        Setting::AllowGuestThreads => (
            "Gäste dürfen Gespräche beginnen",
            "Ausgeschaltet nimmt das Kontaktformular nichts an; bestehende Gespräche gehen weiter.",
        ),
        Setting::EmbedOrigins => (
            "Websites, die Gespräche zeigen",
            "Adressen von Websites, deren Seiten die Sprechblase tragen dürfen, eine je Zeile, wie \
             https://www.example.org. Leer: keine.",
        ),
        Setting::ShowSeenToGuests => (
            "Gäste sehen, wann das Team gelesen hat",
            "Unter ihrer eigenen Nachricht, ohne zu sagen, wer.",
        ),
        Setting::AllowDirect => (
            "Direkte Gespräche",
            "Ob Benutzer miteinander Gespräche beginnen dürfen. Bestehende gehen weiter, wenn dies aus ist.",
        ),
        Setting::DirectRoles => (
            "Wer sie beginnen darf",
            "Wörter von Rollen, eines je Zeile, wie sie in den Adressen ihrer Seiten stehen; „user“ steht für Menschen ohne Rolle. Leer: alle.",
        ),
        Setting::OpenRegistration => (
            "Alle dürfen ein Konto anlegen",
            "Eingeschaltet gibt es ein Formular dafür, und die Adresse wird durch einen Link per Mail bestätigt. \
             Ausgeschaltet werden Personen eingeladen.",
        ),
        Setting::LinkDays => (
            "Gültigkeit der Gästelinks, Tage",
            "Gezählt ab der letzten Nachricht im Gespräch.",
        ),
        Setting::TrashDays => (
            "Aufbewahrung im Papierkorb, Tage",
            "Danach ist ein Gespräch im Papierkorb endgültig weg, samt seiner Dateien.",
        ),
        Setting::FromName => ("Name des Absenders", "Unter diesem Namen kommen Mails."),
        Setting::FromAddress => (
            "Adresse des Absenders",
            "Von dieser Adresse kommen Mails. Ihr Mailserver muss sie erlauben.",
        ),
        Setting::SupportRecipients => (
            "Wer von neuen Anfragen erfährt",
            "Mailadressen, eine je Zeile, für Gespräche, um die sich niemand kümmert. Leer: die \
             Adresse des Absenders.",
        ),
        Setting::Undo => (
            "Antwort zurücknehmen, Sekunden",
            "So lange wartet eine Antwort, bevor sie erscheint, außer wenn das Gespräch gerade beim Kunden \
             offen ist. Alle können das im eigenen Konto für sich wählen. 0: gar nicht.",
        ),
        Setting::JoiningDelay => (
            "Wartezeit zum Bündeln, Sekunden",
            "So lange wartet eine Mail über eine neue Nachricht, um die nächsten mitzunehmen. 0: \
             sofort.",
        ),
        Setting::RateMessages => (
            "Nachrichten eines Absenders",
            "Von einer Netzadresse oder für eine Mailadresse, bevor ein gemailter Link benutzt wurde.",
        ),
        Setting::RateWindow => (
            "… in so vielen Sekunden",
            "Wer mehr sendet, wird gebeten zu warten.",
        ),
        Setting::HoneypotOn => (
            "Falle für Roboter",
            "Ein verstecktes Feld im Kontaktformular. Was es ausfüllt, kommt in die Quarantäne.",
        ),
        Setting::HoneypotField => (
            "Name des Fallenfelds",
            "Ein Wort aus Buchstaben, Ziffern und Unterstrichen. Kopieren Sie nach einer Änderung \
             das Kontaktformular auf anderen Websites neu.",
        ),
        Setting::UnverifiedMailsHour => (
            "Mails je Stunde an eine unbestätigte Adresse",
            "Damit das Formular kein fremdes Postfach überfluten kann. Weitere Mails warten.",
        ),
        Setting::UnverifiedMailsDay => (
            "Mails je Tag an eine unbestätigte Adresse",
            "Weitere Mails warten.",
        ),
        Setting::UnverifiedMailsTotalHour => (
            "Mails je Stunde an alle unbestätigten Adressen",
            "Zusammen. Weitere Mails warten.",
        ),
        Setting::AttachmentStorage => (
            "Dateien mit Nachrichten",
            "Wo sie liegen. Aus: Es werden keine neuen angenommen; vorhandene bleiben.",
        ),
        Setting::AttachmentsMost => ("Dateien je Nachricht", "Bei 0 keine."),
        Setting::AttachmentMb => ("Größte Datei, MB", "Für jede Datei einzeln."),
        Setting::AttachmentEndings => (
            "Arten von Dateien",
            "Endungen der Namen, je Zeile eine. Was eine Datei ist, zeigen auch ihre Bytes.",
        ),
    }
}

fn wrong(wrong: Wrong) -> String {
    let sentence = match wrong {
        Wrong::Missing => "Bitte füllen Sie dieses Feld aus.",
        Wrong::NoNumber => "Bitte geben Sie eine ganze Zahl ein.",
        Wrong::OutOfBounds { least, most } => {
            return format!("Erlaubt ist {least} bis {most}.");
        }
        Wrong::NoName => "Bitte eine Zeile mit höchstens 100 Zeichen.",
        Wrong::NoAddress => "Das sieht nicht wie eine E-Mail-Adresse aus.",
        Wrong::TooManyAddresses => return format!("Bitte höchstens {ADDRESSES_MAX} Adressen."),
        Wrong::NoWord => "Bitte nur Buchstaben ohne Umlaute, Ziffern und Unterstriche.",
        Wrong::Reserved => {
            "Dieses Feld braucht das Formular selbst. Bitte wählen Sie ein anderes Wort."
        }
        Wrong::NoColour => "Eine Farbe sieht so aus: #0f6b5c.",
        Wrong::NoOrigin => {
            "Die Adresse einer Website sieht so aus: https://www.example.org, ohne Pfad."
        }
        Wrong::TooManyOrigins => return format!("Bitte höchstens {ORIGINS_MAX} Websites."),
        Wrong::Unknown => "Bitte wählen Sie etwas aus der Liste.",
        Wrong::Locked => "Das lässt sich hier nicht ändern.",
        Wrong::Changed => {
            "Das hat inzwischen jemand anderes geändert. Speichern Sie noch einmal, um Ihren Wert \
             zu setzen."
        }
    };
    sentence.to_owned()
}

fn ago(ms: i64) -> String {
    match ms / 60_000 {
        0 => "gerade eben".to_owned(),
        1 => "vor einer Minute".to_owned(),
        minutes @ 2..=119 => format!("vor {minutes} Minuten"),
        minutes => format!("vor {} Stunden", minutes / 60),
    }
}
