//! Days and times of day as a mail tells them: in words, by the clocks of its reader where they have
//! told their time zone, in UTC otherwise, and always saying so.

use pigeon_wire::Millis;

use crate::zone::When;

const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const GERMAN: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// A moment in words.
pub(super) trait InWords {
    /// "23 November 2026"
    fn english_day(&self) -> String;
    /// "23 November 2026, 00:04 UTC"
    fn english(&self) -> String;
    /// "23. November 2026"
    fn german_day(&self) -> String;
    /// "23. November 2026, 00:04 Uhr (UTC)"
    fn german(&self) -> String;
}

impl InWords for When {
    fn english_day(&self) -> String {
        let parts = Parts::of(self);
        format!("{} {} {}", parts.day, parts.month(&ENGLISH), parts.year)
    }

    fn english(&self) -> String {
        let Parts { time, zone, .. } = Parts::of(self);
        format!("{}, {time} {zone}", self.english_day())
    }

    fn german_day(&self) -> String {
        let parts = Parts::of(self);
        format!("{}. {} {}", parts.day, parts.month(&GERMAN), parts.year)
    }

    fn german(&self) -> String {
        let Parts { time, zone, .. } = Parts::of(self);
        format!("{}, {time} Uhr ({zone})", self.german_day())
    }
}

/// Where nobody's zone is known.
impl InWords for Millis {
    fn english_day(&self) -> String {
        When::from(*self).english_day()
    }

    fn english(&self) -> String {
        When::from(*self).english()
    }

    fn german_day(&self) -> String {
        When::from(*self).german_day()
    }

    fn german(&self) -> String {
        When::from(*self).german()
    }
}

struct Parts {
    year: String,
    month: usize,
    day: String,
    time: String,
    zone: String,
}

impl Parts {
    fn of(when: &When) -> Self {
        let local = when.local();
        let (date, clock) = local.at.split_once('T').unwrap_or_default();
        let mut fields = date.rsplitn(3, '-');
        let mut next = || fields.next().unwrap_or_default();
        let (day, month, year) = (next(), next(), next());
        Self {
            year: year.to_owned(),
            month: month.parse().unwrap_or_default(),
            day: day.trim_start_matches('0').to_owned(),
            time: clock.chars().take(5).collect(),
            zone: local.zone,
        }
    }

    fn month(&self, names: &[&'static str; 12]) -> &'static str {
        self.month
            .checked_sub(1)
            .and_then(|index| names.get(index))
            .copied()
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_both_languages() {
        let at = Millis(1_772_670_245_999);
        assert_eq!(at.english(), "5 March 2026, 00:24 UTC");
        assert_eq!(at.german(), "5. März 2026, 00:24 Uhr (UTC)");
        assert_eq!(Millis(-1).english_day(), "31 December 1969");
        assert!(!Millis(i64::MAX).german_day().is_empty());
        let zone = crate::zone::Zone::named("Europe/Berlin").unwrap();
        let there = zone.tells(at);
        assert_eq!(there.english(), "5 March 2026, 01:24 CET");
        assert_eq!(there.german(), "5. März 2026, 01:24 Uhr (CET)");
    }
}
