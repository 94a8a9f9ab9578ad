//! The words of the quarantine in German.

use super::QuarantineWords;

pub(super) const WORDS: QuarantineWords = QuarantineWords {
    lead: "Was die Falle im Kontaktformular ausgefüllt hat und was gesperrte Absender schrieben. Sie \
           sahen, was jeder Absender sieht, und erhielten keine Mail. Nehmen Sie an, was für Sie ist: Es \
           wird ein Gespräch oder eine Nachricht in dem, auf das es antwortet. Wer nicht gesperrt ist, \
           erhält dann den privaten Link. Nach 90 Tagen wird es von selbst gelöscht.",
    none: "In der Quarantäne ist nichts.",
    counts: |counts| {
        format!(
            "{} in der Falle, {} von gesperrten Absendern",
            counts.honeypot, counts.blocked
        )
    },
    blocked: "von einem gesperrten Absender",
    reply: "eine Antwort in diesem Gespräch",
    senders: "Gesperrte Absender",
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
