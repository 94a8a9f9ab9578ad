//! The words about embedding in German.

use super::{EmbedWords, FrameWords};

pub(super) static WORDS: EmbedWords = EmbedWords {
    lead: "Eine Website von Ihnen kann Gespräche in ihren eigenen Seiten zeigen: als Sprechblase in der \
           Ecke oder als Formular im Text.",
    sites: "Websites, die sie zeigen dürfen",
    no_site: "Bisher keine: Keine Seite einer anderen Website kann ein Gespräch zeigen.",
    to_sites: "In den Einstellungen ändern",
    bubble: "Die Sprechblase und das Formular",
    bubble_lead: "Kopieren Sie diese Zeile in die Seiten Ihrer Website. Bis jemand die Sprechblase \
                  öffnet, lädt sie nichts weiter.",
    bubble_label: "HTML der Sprechblase",
    form_lead: "Für ein Kontaktformular in der Seite fügen Sie dies ein, wo es stehen soll. Dafür muss \
                die Website nicht eingetragen sein. Mit data-bubble=\"off\" in der Zeile darüber gibt es \
                nur das Formular.",
    form_label: "HTML des Formulars",
    keys: "Besucher, die bei Ihrer Website angemeldet sind",
    keys_lead: "Mit einem Schlüssel verbürgt sich der Server Ihrer Website für ihre Besucher: Sie haben \
                eigene Gespräche und brauchen keine Adresse. Wer das Geheimnis hat, kann sich für alle \
                verbürgen; es gehört auf den Server und nie in eine Seite.",
    no_key: "Es gibt keinen Schlüssel.",
    key_id: "Kennung des Schlüssels",
    made: "Das neue Geheimnis",
    made_hint: "Kopieren Sie jetzt beides: Das Geheimnis wird nicht noch einmal gezeigt.",
    made_at: "Angelegt",
    secret_at: "Geheimnis von",
    used: "zuletzt benutzt",
    never_used: "nie benutzt",
    revoked: "Widerrufen",
    renew: "Neues Geheimnis",
    renew_of: |name| format!("Neues Geheimnis für {name}"),
    revoke: "Widerrufen",
    revoke_of: |name| format!("{name} widerrufen"),
    new: "Neuer Schlüssel",
    name: "Name",
    name_hint: "Für welche Website er ist. Besucher sind an ihrem Schlüssel bekannt: Für ein frisches \
                Geheimnis derselben Website erneuern Sie den vorhandenen.",
    make: "Schlüssel anlegen",
    help: "Ihr Server unterschreibt ein JSON Web Token (HS256) mit den Angaben sub (Ihr eigener Name \
           für den Besucher), iat, exp (höchstens 10 Minuten später) und nach Wunsch name, email und \
           aud; die Kennung des Schlüssels steht im Kopf als kid.",
    done_revoked: "Widerrufen: Er verbürgt sich ab jetzt für niemanden.",
    vouched_by: "Verbürgt von der Website",
    known_as: "Dort bekannt als",
    claimed: "Adresse, wie die Website sagt",
    frame: FrameWords {
        title: "Schreiben Sie uns",
        home: "Ihre Gespräche",
        back: "Zurück",
        close: "Schließen",
        new: "Neues Gespräch",
        none: "Sie haben noch kein Gespräch.",
        unread: "ungelesen",
        team: "Unser Team",
        is_typing: "schreibt…",
        closed_it: "hat das Gespräch geschlossen",
        reopened_it: "hat das Gespräch wieder geöffnet",
        files: "Dateien",
        ended: "Dieses Fenster darf das Gespräch nicht mehr öffnen. Der Link in Ihrer Mail kann es noch.",
        off: "Hier lassen sich gerade keine neuen Gespräche beginnen.",
        invalid: "Bitte prüfen Sie Ihre Eingaben.",
        too_many: "Das war viel auf einmal. Bitte versuchen Sie es in ein paar Minuten noch einmal.",
        failed: "Das hat nicht geklappt. Ihr Text ist noch da; bitte versuchen Sie es noch einmal.",
        no_script: "Dieses Fenster braucht JavaScript.",
    },
};
