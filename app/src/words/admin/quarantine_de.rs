//! The words of the quarantine in German.

use super::QuarantineWords;

pub(super) const WORDS: QuarantineWords = QuarantineWords {
    lead: "Was die Falle im Kontaktformular ausgefüllt hat. Der Absender sah, was jeder Absender \
           sieht, und erhielt keine Mail. Nehmen Sie an, was von keinem Roboter ist: Es wird ein \
           Gespräch, und der Absender erhält den privaten Link. Nach 90 Tagen wird es von selbst \
           gelöscht.",
    none: "In der Quarantäne ist nichts.",
    bait: |bait| format!("in der Falle: „{bait}“"),
    accept: "Annehmen",
    delete: "Löschen",
    delete_all: |count| match count {
        1 => "Das hier gezeigte löschen".to_owned(),
        count => format!("Alle {count} hier gezeigten löschen"),
    },
    act_on: |act, from| format!("{act}: {from}"),
    more: "Ältere",
};
