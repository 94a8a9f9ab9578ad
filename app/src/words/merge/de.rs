//! The words about merging in German.

use pigeon_wire::merge::MergeRefusal;

use super::MergeWords;

pub(super) static WORDS: MergeWords = MergeWords {
    back: "Zurück zum Gespräch",
    this: "Dieses Gespräch",
    lead: "Wählen Sie das Gespräch, in dem es weitergeht. Bevor etwas geschieht, sehen Sie alles noch \
           einmal.",
    none: "Von dieser Kundin oder diesem Kunden gibt es kein anderes Gespräch, in dem es weitergehen \
           könnte.",
    choices: "Andere Gespräche derselben Person",
    no_subject: "Kein Betreff",
    not_verified: "Adresse nicht bestätigt",
    messages: |n| match n {
        1 => "1 Nachricht".to_owned(),
        n => format!("{n} Nachrichten"),
    },
    choose: "Mit diesem zusammenführen …",
    sure: |mark| format!("Mit {mark} zusammenführen?"),
    moves: "Alle Nachrichten und Dateien dieses Gesprächs kommen ans Ende des anderen, mit den Zeiten, \
            zu denen sie geschrieben wurden. Dieses wird geschlossen, und nichts lässt sich mehr darin \
            schreiben.",
    notes: "Auch Notizen ziehen um. Wie bisher sieht sie nur das Team.",
    guest_sees: "Die Kundin oder der Kunde liest beide als ein Gespräch. Private Links zu diesem führen \
                 ab jetzt zum anderen. Wer das andere ohne Link aus einer E-Mail in dem Browser liest, \
                 in dem es begann, wird um einen neuen Link gebeten.",
    user_sees: "Die Kundin oder der Kunde liest beide als ein Gespräch. Dieses verschwindet aus der \
                eigenen Liste.",
    no_mail: "Niemand bekommt deshalb eine E-Mail. Wartende E-Mails gehen hinaus wie sonst auch.",
    undo_lead: |days| {
        format!(
            "{days} Tage lang lässt es sich rückgängig machen. Was inzwischen geschrieben wird, bleibt, \
             wo es geschrieben wurde."
        )
    },
    merge: "Zusammenführen",
    other: "Ein anderes wählen",
    merged: |by| format!("Zusammengeführt von {by},"),
    into: "Hier geht es weiter",
    undo_says: "Rückgängig gemacht kommen Nachrichten, Notizen und Dateien zurück, und die Links führen \
                wieder hierher. Was seitdem im anderen Gespräch geschrieben wurde, bleibt dort.",
    undo: "Zusammenführung rückgängig machen",
    refusal: |why| match why {
        MergeRefusal::Same => "Ein Gespräch lässt sich nicht mit sich selbst zusammenführen.",
        MergeRefusal::OtherCustomer => "Die beiden sind nicht von derselben Person.",
        MergeRefusal::Unverified => {
            "Die Adresse eines der beiden ist nicht bestätigt: Jeder kann sie getippt haben und würde \
             lesen, was im anderen steht. Bestätigt ist sie, sobald über einen Link aus einer E-Mail \
             geantwortet wurde."
        }
        MergeRefusal::Merged => "Dieses Gespräch ist schon mit einem anderen zusammengeführt.",
        MergeRefusal::TargetMerged => {
            "Das andere Gespräch ist selbst mit einem weiteren zusammengeführt. Machen Sie das zuerst \
             rückgängig, oder wählen Sie das, in dem es weitergeht."
        }
        MergeRefusal::Trashed => {
            "Eines der beiden liegt im Papierkorb. Stellen Sie es zuerst wieder her."
        }
        MergeRefusal::Caught => {
            "Eine Nachricht dieses Gesprächs wartet in der Quarantäne. Nehmen Sie sie zuerst an, oder \
             löschen Sie sie."
        }
        MergeRefusal::TooLong => {
            "Dieses Gespräch hat mehr als 1000 Nachrichten und Notizen. Führen Sie stattdessen das \
             andere mit ihm zusammen."
        }
        MergeRefusal::NotMerged => "Hier gibt es nichts rückgängig zu machen.",
        MergeRefusal::TooLate => {
            "Das Zusammenführen ist mehr als 30 Tage her und lässt sich nicht mehr rückgängig machen."
        }
    },
};
