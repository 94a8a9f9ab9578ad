//! Figures in German.

use pigeon_wire::figures::Period;

use super::{FiguresWords, Units};

pub(super) static WORDS: FiguresWords = FiguresWords {
    lead: |zone| {
        format!(
            "Was hereinkam, was getan wurde und wie lange gewartet wurde. Alles zählt an dem Tag, an dem \
             es geschah, nach den Uhren von {zone}; der letzte Tag ist heute, bis jetzt."
        )
    },
    periods: "Zeitraum",
    period: |period| match period {
        Period::Week => "7 Tage",
        Period::Month => "30 Tage",
        Period::Quarter => "90 Tage",
    },
    opened: "Neu",
    reopened: "Wieder geöffnet",
    closed: "Geschlossen",
    backlog: "Rückstand",
    backlog_now: "Rückstand jetzt",
    replies: "Antworten",
    first_response: "Erste Antwort",
    first_responses: "Erste Antworten",
    resolution: "Lösung",
    median: "Median",
    p90: "90\u{a0}%",
    spread: |median, p90, count| format!("Median {median}, 90\u{a0}% binnen {p90}, von {count}"),
    none: "keine",
    most: |most, day| format!("höchstens {most}, am {day}"),
    empty: "nichts in dieser Zeit",
    by_day: "Nach Tagen",
    day: "Tag",
    by_person: "Nach Personen",
    own_alone: "Nur Ihre eigene Zeile: Alle sieht, wer Gespräche zuweisen darf.",
    person: "Person",
    nobody: "In dieser Zeit hat niemand etwas geschrieben oder geschlossen.",
    sampled: "Es waren so viele Gespräche, dass Mediane und 90\u{a0}% die der neuesten 200.000 sind.",
    csv_days: "Tage als CSV",
    csv_people: "Personen als CSV",
    meaning: "Was die Zahlen bedeuten",
    defined: &[
        (
            "Gespräche",
            "Die mit dem Team. Direkte Gespräche, Papierkorb und Quarantäne zählen nirgends; was \
             wiederhergestellt ist, zählt, als wäre es nie fort gewesen.",
        ),
        ("Neu", "Gespräche, die jemand mit dem Team begonnen hat."),
        (
            "Geschlossen, Wieder geöffnet",
            "Jedes Mal, dass eines geschlossen oder wieder geöffnet wurde: Ein zweimal geschlossenes zählt \
             zweimal. Neu und Wieder geöffnet ohne Geschlossen ist, um wie viel der Rückstand wuchs.",
        ),
        (
            "Rückstand",
            "Gespräche, die am Ende des Tages nicht geschlossen sind, wer auch immer am Zug ist.",
        ),
        (
            "Antworten",
            "Was das Team nach außen geschrieben hat. Notizen sind keine, und auch nicht, was jemand aus \
             dem Team in eigener Sache schreibt.",
        ),
        (
            "Erste Antwort",
            "Die Zeit vom Beginn eines Gesprächs bis zur ersten Antwort des Teams darin.",
        ),
        (
            "Lösung",
            "Die Zeit vom Beginn eines Gesprächs bis zur letzten Schließung. Ein wieder geöffnetes hat keine.",
        ),
        (
            "Median, 90\u{a0}%",
            "Die Hälfte der Zeiten war nicht länger als der Median, neun von zehn nicht länger als 90\u{a0}%. \
             Beide sind genau und nach der Uhr: Nächte und Wochenenden zählen mit.",
        ),
    ],
    units: Units {
        day: "Tg.",
        hour: "Std.",
        minute: "Min.",
        second: "Sek.",
    },
};
