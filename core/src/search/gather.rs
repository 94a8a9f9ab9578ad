//! Documents that fit, the newest first, in steps that are bounded each.

use pigeon_wire::{Millis, PersonId};

use super::asked::Asked;
use super::index::{WEEKS, number_at, week_of, week_start};
use super::sql;
use crate::Error;
use crate::db::{Conn, dialect, on};

/// Documents that one step looks at.
const STEP: usize = 2000;
/// Documents that one search looks at; where many do not fit, the next page goes on after them.
const LOOKED_AT_MAX: usize = 6_000;
/// Documents that a range is to hold, and how many times as wide as the last one it can be.
const RANGE_HOLDS: usize = 4_000;
const WIDER_MAX: usize = 8;
/// Weeks of the widest range that PostgreSQL is asked for before it is asked for all the rest.
const WIDEST_WEEKS: i64 = 64;

/// Which documents are looked through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Messages, for the team.
    Messages,
    /// Notes, for the team.
    Notes,
    /// Both, without words to look for.
    All,
    /// Notes, without words to look for.
    AllNotes,
    /// Messages, for whoever takes part.
    Own,
}

/// Whom a search is for, and what their threads must be like.
pub struct Reader {
    /// Who.
    pub me: PersonId,
    /// A status, or nothing.
    pub status: &'static str,
    /// `any`, `none`, or `one` of the list.
    pub assignee: &'static str,
    /// Ids of people as JSON.
    pub assignees: String,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Gathered {
    /// Numbers of documents that fit, the newest first.
    pub numbers: Vec<i64>,
    /// Down to which number all is known; `None` when nothing is left below.
    pub known_to: Option<i64>,
}

/// A range of numbers, with the marks of time that cover it.
struct Range {
    from: i64,
    below: i64,
    times: Vec<String>,
}

/// The numbers from the beginning of `since` to `before`.
pub fn bounds(since: Option<Millis>, before: Option<Millis>) -> (i64, i64) {
    (
        since.map_or(0, number_at),
        before.map_or(i64::MAX, number_at),
    )
}

/// Up to `wanted` documents of one shelf between `from` and `below`.
pub async fn gather(
    conn: &mut Conn,
    shelf: Shelf,
    asked: &Asked,
    reader: &Reader,
    (from, below): (i64, i64),
    wanted: usize,
) -> Result<Gathered, Error> {
    let mut gathered = Gathered::default();
    let mut left = LOOKED_AT_MAX;
    let mut ladder = dialect!(conn, sqlite: Ladder::whole(from, below),
        postgres: climb(conn, shelf, from, below).await?);
    while let Some(range) = ladder.next() {
        let mut below = range.below;
        let mut found: usize = 0;
        loop {
            // Whoever is asked again has to find all of it again: the second answer is the last.
            let most = if found == 0 { STEP } else { left };
            let seen = step(conn, shelf, asked, reader, &range, (below, most)).await?;
            let is_last = seen.len() < most;
            found += seen.len();
            for (number, fits) in &seen {
                below = *number;
                if *fits {
                    gathered.numbers.push(*number);
                    if gathered.numbers.len() >= wanted {
                        gathered.known_to = Some(below);
                        return Ok(gathered);
                    }
                }
            }
            left = left.saturating_sub(seen.len());
            if left == 0 {
                gathered.known_to = Some(below);
                return Ok(gathered);
            }
            if is_last {
                break;
            }
        }
        ladder.widen(found);
    }
    Ok(gathered)
}

/// The ranges in which PostgreSQL is asked: they begin at the newest document, since an index that
/// knows no order cannot pass over the time after it.
async fn climb(conn: &mut Conn, shelf: Shelf, from: i64, below: i64) -> Result<Ladder, Error> {
    if matches!(shelf, Shelf::All | Shelf::AllNotes | Shelf::Own) {
        return Ok(Ladder::whole(from, below));
    }
    let newest: Option<i64> = on!(conn, c => sqlx::query_scalar(sql::NEWEST)
        .fetch_one(c).await)?;
    let top = newest.map_or(0, |newest| newest.saturating_add(1));
    Ok(Ladder::climbing(from, below.min(top)))
}

async fn step(
    conn: &mut Conn,
    shelf: Shelf,
    asked: &Asked,
    reader: &Reader,
    range: &Range,
    (below, most): (i64, usize),
) -> Result<Vec<(i64, bool)>, Error> {
    let text = match shelf {
        Shelf::Messages => dialect!(conn, sqlite: sql::MESSAGES, postgres: sql::MESSAGES_OF),
        Shelf::Notes => dialect!(conn, sqlite: sql::NOTES, postgres: sql::NOTES_OF),
        Shelf::All | Shelf::AllNotes => dialect!(conn, sqlite: sql::WALK, postgres: sql::WALK_OF),
        Shelf::Own => dialect!(conn, sqlite: sql::OWN, postgres: sql::OWN_OF),
    };
    let words = match shelf {
        Shelf::All => String::new(),
        Shelf::AllNotes => "note".to_owned(),
        _ => dialect!(conn, sqlite: asked.for_sqlite(), postgres: asked.for_postgres(&range.times)),
    };
    let bound = i64::try_from(most).unwrap_or(i64::MAX);
    // PostgreSQL plans a statement that it keeps for any words and any range, and then reads the range
    // to its end beside the index of the words: it is asked to plan for these.
    let keep = dialect!(conn, sqlite: true, postgres: false);
    Ok(if shelf == Shelf::Own {
        on!(conn, c => sqlx::query_as(text).persistent(keep)
            .bind(&words).bind(below).bind(range.from).bind(bound).bind(reader.me)
            .fetch_all(c).await)?
    } else {
        on!(conn, c => sqlx::query_as(text).persistent(keep)
            .bind(&words).bind(below).bind(range.from).bind(bound).bind(reader.me)
            .bind(reader.status).bind(reader.assignee).bind(&reader.assignees)
            .fetch_all(c).await)?
    })
}

/// The ranges of one search, from the newest on.
struct Ladder {
    from: i64,
    top: i64,
    /// How many weeks the next range spans; `None`: all that is left.
    weeks: Option<i64>,
}

impl Ladder {
    /// One range: FTS5 hands out its documents from the newest on.
    fn whole(from: i64, below: i64) -> Self {
        Self {
            from,
            top: below,
            weeks: None,
        }
    }

    /// Ranges that begin with a week: a common word is found in the first, and a rare one is rare.
    fn climbing(from: i64, below: i64) -> Self {
        Self {
            from,
            top: below,
            weeks: Some(1),
        }
    }

    /// The next range is as wide as what was found in the last one allows: each asks the index for all
    /// of a word once more, so that they shall be few.
    fn widen(&mut self, found: usize) {
        let times = (RANGE_HOLDS / found.max(1)).clamp(1, WIDER_MAX);
        let times = i64::try_from(times).unwrap_or(1);
        self.weeks = self.weeks.and_then(|weeks| match found {
            RANGE_HOLDS.. => Some((weeks / 2).max(1)),
            _ => Some(weeks * times).filter(|weeks| *weeks <= WIDEST_WEEKS),
        });
    }

    fn next(&mut self) -> Option<Range> {
        if self.top <= self.from {
            return None;
        }
        let below = self.top;
        // The week of the newest number in the range.
        let last = week_of(below - 1);
        let first = match self.weeks {
            Some(weeks) if weeks >= WEEKS => (last + 1 - weeks).div_euclid(WEEKS) * WEEKS,
            Some(weeks) => last + 1 - weeks,
            None => 0,
        };
        if self.weeks.is_none() || first <= 0 {
            self.top = self.from;
            return Some(Range {
                from: self.from,
                below,
                times: Vec::new(),
            });
        }
        // Marks may cover more than the range: its bounds are asked for beside them.
        let times = if last - first < WEEKS {
            mark('w', first, last)
        } else {
            mark('o', first / WEEKS, last / WEEKS)
        };
        let from = week_start(first).max(self.from);
        self.top = from;
        Some(Range { from, below, times })
    }
}

fn mark(kind: char, first: i64, last: i64) -> Vec<String> {
    (first..=last)
        .map(|time| format!("¤{kind}{time}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ladder_covers_every_number_once() {
        let now = number_at(Millis(1_795_424_400_000));
        for below in [now, week_start(week_of(now)), week_start(1400), 5] {
            for found in [0, RANGE_HOLDS - 1, RANGE_HOLDS] {
                let mut ladder = Ladder::climbing(0, below);
                let mut top = below;
                let mut ranges = 0;
                while let Some(range) = ladder.next() {
                    assert_eq!(range.below, top);
                    assert!(range.from < range.below);
                    for number in [range.from, range.below - 1] {
                        let week = week_of(number);
                        let is_marked = |time: &String| {
                            *time == format!("¤w{week}") || *time == format!("¤o{}", week / WEEKS)
                        };
                        assert!(range.times.is_empty() || range.times.iter().any(is_marked));
                    }
                    top = range.from;
                    ranges += 1;
                    ladder.widen(found);
                }
                assert_eq!(top, 0);
                assert!(found > 0 || ranges <= 8, "what is rare takes few questions");
            }
        }
        let mut ladder = Ladder::climbing(now - 5, now);
        assert!(ladder.next().is_some() && ladder.next().is_none());
        assert!(Ladder::climbing(now, now).next().is_none());
    }

    #[test]
    fn a_range_is_as_wide_as_the_last_one_was_empty() {
        let now = number_at(Millis(1_795_424_400_000));
        let mut ladder = Ladder::climbing(0, now);
        let mut weeks = Vec::new();
        for found in [2_000, 600, 5_000, 3_000, 0] {
            let range = ladder.next().unwrap();
            weeks.push(week_of(range.below - 1) - week_of(range.from) + 1);
            ladder.widen(found);
        }
        assert_eq!(
            weeks,
            [1, 2, 17, 6, 6],
            "a wide one begins with a mark of eight"
        );
    }
}
