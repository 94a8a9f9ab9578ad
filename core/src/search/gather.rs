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
const LOOKED_AT_MAX: usize = 8_000;
/// Steps of eight weeks that PostgreSQL is asked for before it is asked for all the rest: four years.
const SPANS: i64 = 26;

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
    let ranges = dialect!(conn, sqlite: whole(from, below), postgres: ladder(shelf, from, below));
    for range in ranges {
        let mut below = range.below;
        loop {
            let seen = step(conn, shelf, asked, reader, &range, below).await?;
            let is_last = seen.len() < STEP;
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
    }
    Ok(gathered)
}

async fn step(
    conn: &mut Conn,
    shelf: Shelf,
    asked: &Asked,
    reader: &Reader,
    range: &Range,
    below: i64,
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
    let bound = i64::try_from(STEP).unwrap_or(i64::MAX);
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

/// FTS5 hands out its documents from the newest on, and is asked for all at once.
fn whole(from: i64, below: i64) -> Vec<Range> {
    vec![Range {
        from,
        below,
        times: Vec::new(),
    }]
}

/// PostgreSQL's index knows no order: it is asked for the newest weeks, then for spans of eight
/// weeks, then for what is left. A common word is found in the first, and a rare one is rare.
fn ladder(shelf: Shelf, from: i64, below: i64) -> Vec<Range> {
    if matches!(shelf, Shelf::All | Shelf::AllNotes | Shelf::Own) {
        return whole(from, below);
    }
    let mut ranges = Vec::new();
    let mut top = below;
    let mut add = |bottom: i64, times: Vec<String>| {
        if top > bottom && top > from {
            ranges.push(Range {
                from: bottom.max(from),
                below: top,
                times,
            });
            top = bottom;
        }
    };
    let week = week_of(below);
    let newest = (week / WEEKS) * WEEKS;
    add(week_start((week - 1).max(0)), mark('w', week - 1, week));
    for span in 0..SPANS {
        let start = newest - span * WEEKS;
        if start > 0 {
            add(week_start(start), mark('o', start / WEEKS, start / WEEKS));
        }
    }
    add(0, Vec::new());
    ranges
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
            let ranges = ladder(Shelf::Messages, 0, below);
            assert_eq!(ranges.first().map(|range| range.below), Some(below));
            assert_eq!(ranges.last().map(|range| range.from), Some(0));
            for pair in ranges.windows(2) {
                assert_eq!(pair[0].from, pair[1].below);
            }
        }
        let ranges = ladder(Shelf::Messages, now - 5, now);
        assert_eq!(ranges.len(), 1);
    }
}
