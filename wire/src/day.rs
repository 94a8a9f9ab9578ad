//! A day of the calendar, as it is typed and stands in addresses.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::choice::UnknownWord;
use crate::id::{DAY_MS, Millis, civil};

/// A day of UTC: days since 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Day(i64);

impl Day {
    /// The day of a moment.
    pub const fn of(moment: Millis) -> Self {
        Self(moment.0.div_euclid(DAY_MS))
    }

    /// Its first moment.
    pub const fn begins(self) -> Millis {
        Millis(self.0.saturating_mul(DAY_MS))
    }

    /// The first moment after it.
    pub const fn ends(self) -> Millis {
        self.begins().plus(DAY_MS)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = civil(self.0);
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Day {
    type Err = UnknownWord;
    /// A day from 1970 to 9999, in the form 2026-11-25.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let numbers: Vec<i64> = text
            .split('-')
            .filter_map(|part| part.parse().ok())
            .collect();
        let [year, month, day] = numbers[..] else {
            return Err(UnknownWord);
        };
        if !(1970..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day)
        {
            return Err(UnknownWord);
        }
        // Days from March on, so that a leap day is a year's last (days-from-civil).
        let shifted = if month > 2 { year } else { year - 1 };
        let month_from_march = (month + 9).rem_euclid(12);
        let of_year = (153 * month_from_march + 2) / 5 + day - 1;
        let days = 365 * shifted + shifted.div_euclid(4) - shifted.div_euclid(100)
            + shifted.div_euclid(400)
            + of_year
            - 719_468;
        // Read back, so that no 30 February stands for a day in March.
        let read = Self(days);
        if read.to_string() == text {
            Ok(read)
        } else {
            Err(UnknownWord)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_reads_back_from_its_text_and_no_other_text_is_one() {
        for text in [
            "1970-01-01",
            "2000-02-29",
            "2026-11-25",
            "2026-12-31",
            "9999-12-31",
        ] {
            assert_eq!(text.parse::<Day>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "2026",
            "2026-02-30",
            "2026-13-01",
            "1969-12-31",
            "26-1-1",
            "2026-1-01",
            "2026-11-25T",
            "9223372036854775807-1-1",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
        let day: Day = "1970-01-02".parse().unwrap();
        assert_eq!(
            (day.begins(), day.ends()),
            (Millis(DAY_MS), Millis(2 * DAY_MS))
        );
        assert_eq!(Day::of(Millis(DAY_MS + 5)), day);
    }
}
