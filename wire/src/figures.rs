//! Figures: what the team's work of the last days comes to. Support threads alone, without those in
//! the trash.

use serde::{Deserialize, Serialize};

use crate::person::PersonRef;

choice! {
    /// How many days figures are about, the present one among them.
    Period {
        /// A week.
        Week = "7",
        /// About a month.
        Month = "30",
        /// About a quarter of a year.
        Quarter = "90",
    }
}

impl Period {
    /// How many days these are.
    pub const fn days(self) -> usize {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }
}

/// How long something took, each time that it happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spread {
    /// How often it happened.
    pub count: usize,
    /// Half of the times took no longer, in milliseconds.
    pub median: Option<i64>,
    /// Nine of ten times took no longer, in milliseconds.
    pub p90: Option<i64>,
}

impl Spread {
    /// What these times come to, whatever their order.
    pub fn of(times: &mut [i64]) -> Self {
        times.sort_unstable();
        // The time of the first rank that so many of ten do not exceed.
        let within = |tenths: usize| {
            let rank = (times.len() * tenths).div_ceil(10);
            times.get(rank.checked_sub(1)?).copied()
        };
        Self {
            count: times.len(),
            median: within(5),
            p90: within(9),
        }
    }
}

/// What happened in some time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happened {
    /// Threads that began.
    pub opened: i64,
    /// Closed threads that were opened again.
    pub reopened: i64,
    /// Closings.
    pub closed: i64,
    /// Messages of the team.
    pub replies: i64,
    /// From a thread's beginning to the team's first message in it, by when that was written.
    pub first_response: Spread,
    /// From a thread's beginning to its last closing, by when that was, unless it is open again.
    pub resolution: Spread,
    /// Threads that are not closed, at the end.
    pub backlog: i64,
}

/// A day of the site's time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayFigures {
    /// Which, in the form `2026-11-23`.
    pub day: String,
    /// What happened on it.
    pub happened: Happened,
}

/// What one person did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonFigures {
    /// Who.
    pub person: PersonRef,
    /// Their messages.
    pub replies: i64,
    /// Those that were the team's first.
    pub first_response: Spread,
    /// Their closings.
    pub closed: i64,
}

/// The figures of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Which period.
    pub period: Period,
    /// The name of the site's time zone, whose days these are.
    pub zone: String,
    /// What happened in all of it.
    pub total: Happened,
    /// Day by day, the oldest first.
    pub days: Vec<DayFigures>,
    /// Person by person: everybody's for whoever may assign threads, otherwise the reader's own.
    pub people: Vec<PersonFigures>,
    /// Whether everybody's are there.
    pub everybody: bool,
    /// Whether times were so many that only the newest were looked at.
    pub sampled: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_as_long_as_its_word_says() {
        for period in Period::ALL {
            assert_eq!(period.days().to_string(), period.as_str());
        }
    }

    #[test]
    fn half_took_no_longer_than_the_median_and_nine_of_ten_no_longer_than_p90() {
        let of = |mut times: Vec<i64>| {
            let spread = Spread::of(&mut times);
            (spread.count, spread.median, spread.p90)
        };
        assert_eq!(of(vec![]), (0, None, None));
        assert_eq!(of(vec![7]), (1, Some(7), Some(7)));
        assert_eq!(of(vec![9, 1]), (2, Some(1), Some(9)));
        assert_eq!(of(vec![3, 1, 2]), (3, Some(2), Some(3)));
        assert_eq!(of((1..=10).rev().collect()), (10, Some(5), Some(9)));
        assert_eq!(of((1..=100).collect()), (100, Some(50), Some(90)));
    }
}
