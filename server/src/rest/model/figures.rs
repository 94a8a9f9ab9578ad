//! Figures: counts, and times in seconds.

use pigeon_wire::figures as told;
use serde::Serialize;
use utoipa::ToSchema;

use super::Person;

/// How long something took, each time that it happened.
#[derive(Serialize, ToSchema)]
pub struct FigureTimes {
    /// How often it happened.
    pub count: usize,
    /// Half of the times were no longer, in seconds.
    pub median_s: Option<i64>,
    /// Nine of ten times were no longer, in seconds.
    pub p90_s: Option<i64>,
}

impl From<told::Spread> for FigureTimes {
    fn from(spread: told::Spread) -> Self {
        let seconds = |ms: Option<i64>| ms.map(|ms| ms / 1000);
        Self {
            count: spread.count,
            median_s: seconds(spread.median),
            p90_s: seconds(spread.p90),
        }
    }
}

/// What happened in some time.
#[derive(Serialize, ToSchema)]
pub struct FigureSum {
    /// Threads that began.
    pub opened: i64,
    /// Closed threads that were opened again.
    pub reopened: i64,
    /// Closings.
    pub closed: i64,
    /// Threads that are not closed, at the end.
    pub backlog: i64,
    /// Messages of the team.
    pub replies: i64,
    /// From a thread's beginning to the team's first message, by when that was written.
    pub first_response: FigureTimes,
    /// From a thread's beginning to its last closing, by when that was, unless it is open again.
    pub resolution: FigureTimes,
}

impl From<told::Happened> for FigureSum {
    fn from(happened: told::Happened) -> Self {
        Self {
            opened: happened.opened,
            reopened: happened.reopened,
            closed: happened.closed,
            backlog: happened.backlog,
            replies: happened.replies,
            first_response: happened.first_response.into(),
            resolution: happened.resolution.into(),
        }
    }
}

/// A day.
#[derive(Serialize, ToSchema)]
pub struct FigureDay {
    /// Which, like `2026-11-23`.
    pub day: String,
    /// What happened on it.
    pub sum: FigureSum,
}

/// What one person did.
#[derive(Serialize, ToSchema)]
pub struct FigurePerson {
    /// Who.
    pub person: Person,
    /// Their messages.
    pub replies: i64,
    /// Their closings.
    pub closed: i64,
    /// Those of their messages that were the team's first.
    pub first_response: FigureTimes,
}

/// The figures of some days.
#[derive(Serialize, ToSchema)]
pub struct Figures {
    /// The site's time zone, whose days these are.
    pub time_zone: String,
    /// All of it.
    pub sum: FigureSum,
    /// Day by day, the oldest first; the last one is today, so far.
    pub days: Vec<FigureDay>,
    /// Person by person.
    pub people: Vec<FigurePerson>,
    /// Whether everybody is among them, rather than the token's owner alone.
    pub everybody: bool,
    /// Whether there were so many threads that times are those of the newest alone.
    pub sampled: bool,
}

impl From<told::Figures> for Figures {
    fn from(figures: told::Figures) -> Self {
        let day = |day: told::DayFigures| FigureDay {
            day: day.day,
            sum: day.happened.into(),
        };
        let person = |one: told::PersonFigures| FigurePerson {
            person: one.person.into(),
            replies: one.replies,
            closed: one.closed,
            first_response: one.first_response.into(),
        };
        Self {
            time_zone: figures.zone,
            sum: figures.total.into(),
            days: figures.days.into_iter().map(day).collect(),
            people: figures.people.into_iter().map(person).collect(),
            everybody: figures.everybody,
            sampled: figures.sampled,
        }
    }
}
