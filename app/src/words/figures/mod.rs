//! Every sentence about figures. Rendered by the server alone.

mod de;
mod en;

use pigeon_wire::figures::Period;
use pigeon_wire::id::{DAY_MS, HOUR_MS, MINUTE_MS};
use pigeon_wire::person::Language;

use super::language;

/// The words in one language.
pub(crate) struct FiguresWords {
    /// What the page is about, with the name of the zone whose days it tells.
    pub lead: fn(&str) -> String,
    pub periods: &'static str,
    pub period: fn(Period) -> &'static str,
    pub opened: &'static str,
    pub reopened: &'static str,
    pub closed: &'static str,
    pub backlog: &'static str,
    pub backlog_now: &'static str,
    pub replies: &'static str,
    pub first_response: &'static str,
    pub first_responses: &'static str,
    pub resolution: &'static str,
    pub median: &'static str,
    pub p90: &'static str,
    /// Median and ninety percent of so many.
    pub spread: fn(&str, &str, usize) -> String,
    pub none: &'static str,
    /// A chart in words: the most, and the day of it.
    pub most: fn(&str, &str) -> String,
    pub empty: &'static str,
    pub by_day: &'static str,
    pub day: &'static str,
    pub by_person: &'static str,
    pub own_alone: &'static str,
    pub person: &'static str,
    pub nobody: &'static str,
    pub sampled: &'static str,
    pub csv_days: &'static str,
    pub csv_people: &'static str,
    pub meaning: &'static str,
    /// What is defined, and how.
    pub defined: &'static [(&'static str, &'static str)],
    units: Units,
}

/// What units of time are called.
struct Units {
    day: &'static str,
    hour: &'static str,
    minute: &'static str,
    second: &'static str,
}

impl FiguresWords {
    /// How long something took, in its two largest units.
    pub fn duration(&self, ms: i64) -> String {
        let Units {
            day,
            hour,
            minute,
            second,
        } = self.units;
        let two = |large: (i64, &str), small: (i64, &str)| {
            let (count, rest) = (ms / large.0, ms % large.0 / small.0);
            if rest == 0 {
                format!("{count}\u{a0}{}", large.1)
            } else {
                format!("{count}\u{a0}{} {rest}\u{a0}{}", large.1, small.1)
            }
        };
        if ms < MINUTE_MS {
            format!("{}\u{a0}{second}", ms / 1000)
        } else if ms < HOUR_MS {
            format!("{}\u{a0}{minute}", ms / MINUTE_MS)
        } else if ms < DAY_MS {
            two((HOUR_MS, hour), (MINUTE_MS, minute))
        } else {
            two((DAY_MS, day), (HOUR_MS, hour))
        }
    }
}

/// The reader's words, by the language of the frame that the page has provided.
pub(crate) fn words() -> &'static FiguresWords {
    match language() {
        Language::En => &en::WORDS,
        Language::De => &de::WORDS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_told_in_its_two_largest_units() {
        let told = |ms| en::WORDS.duration(ms).replace('\u{a0}', " ");
        assert_eq!(told(0), "0 s");
        assert_eq!(told(59_999), "59 s");
        assert_eq!(told(12 * MINUTE_MS + 30_000), "12 min");
        assert_eq!(told(3 * HOUR_MS), "3 h");
        assert_eq!(told(3 * HOUR_MS + 12 * MINUTE_MS), "3 h 12 min");
        assert_eq!(told(2 * DAY_MS + 4 * HOUR_MS + MINUTE_MS), "2 d 4 h");
        let german = de::WORDS.duration(2 * DAY_MS + HOUR_MS);
        assert_eq!(german, "2\u{a0}Tg. 1\u{a0}Std.");
    }
}
