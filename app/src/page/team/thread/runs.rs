//! How the entries of a conversation stand one below the other: what happened between two texts is folded
//! in one line, so that the texts are found; what somebody goes on to write stands with what they wrote; and each
//! day has its line.

use std::sync::Arc;

use pigeon_wire::Millis;
use pigeon_wire::message::PublicEvent;
use pigeon_wire::note::{StaffContent, StaffEntryView, StaffEvent};

/// The longest between two messages of one author that stand together, in milliseconds: five minutes.
const TOGETHER_MS: i64 = 300_000;

/// Events from which on a run is folded.
const RUN_MIN: usize = 3;

/// What stands at one place of the timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// An entry.
    Entry(Arc<StaffEntryView>),
    /// A run of events.
    Run(Vec<Arc<StaffEntryView>>),
}

impl Piece {
    /// What tells it from every other, and from itself as it was.
    pub fn key(&self) -> (i64, i64, usize) {
        match self {
            Self::Entry(entry) => (entry.place, entry.change, 1),
            Self::Run(all) => {
                let first = all.first().map_or(0, |entry| entry.place);
                let change = all.iter().map(|entry| entry.change).max();
                (first, change.unwrap_or_default(), all.len())
            }
        }
    }

    fn first(&self) -> Option<&StaffEntryView> {
        match self {
            Self::Entry(entry) => Some(entry),
            Self::Run(all) => all.first().map(Arc::as_ref),
        }
    }
}

/// A piece in its place below the one before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// It.
    pub piece: Piece,
    /// The day that begins with it.
    pub day: Option<Millis>,
    /// Whether its author goes on with what stands above.
    pub goes_on: bool,
}

impl Line {
    /// What tells it from every other, and from itself as it was.
    pub fn key(&self) -> ((i64, i64, usize), bool, bool) {
        (self.piece.key(), self.day.is_some(), self.goes_on)
    }
}

/// The entries as they stand, where `day` numbers the day of a moment. The reader begins to read anew at place
/// `new`.
pub fn lines(
    entries: &[Arc<StaffEntryView>],
    new: Option<i64>,
    day: impl Fn(Millis) -> i64,
) -> Vec<Line> {
    let pieces = pieces(entries);
    let mut lines: Vec<Line> = Vec::with_capacity(pieces.len());
    let mut today = None;
    for piece in pieces {
        let first = piece.first();
        let on = first.map(|first| day(first.at));
        let begins = on != today;
        today = on.or(today);
        let before = lines.last().map(|line| &line.piece);
        let goes_on = !begins
            && match (before, &piece) {
                (Some(Piece::Entry(before)), Piece::Entry(next)) => {
                    new != Some(next.place) && go_together(before, next)
                }
                _ => false,
            };
        let day = first.map(|first| first.at).filter(|_| begins);
        lines.push(Line {
            piece,
            day,
            goes_on,
        });
    }
    lines
}

fn go_together(one: &StaffEntryView, next: &StaffEntryView) -> bool {
    let is_said = |entry: &StaffEntryView| matches!(entry.content, StaffContent::Message { .. });
    let by = |entry: &StaffEntryView| (entry.author.id, entry.side);
    is_said(one) && is_said(next) && by(one) == by(next) && next.at.since(one.at) <= TOGETHER_MS
}

/// How an entry stands beside others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// By itself.
    Alone,
    /// Something happened.
    Event,
    /// What stood there has moved elsewhere.
    Gap,
}

fn sort(entry: &StaffEntryView) -> Sort {
    match &entry.content {
        StaffContent::Event(StaffEvent::Merged { .. })
        | StaffContent::Message { .. }
        | StaffContent::Note { .. } => Sort::Alone,
        StaffContent::Event(
            StaffEvent::NoteMoved
            | StaffEvent::Public {
                what: PublicEvent::Moved,
            },
        ) => Sort::Gap,
        StaffContent::Event(_) => Sort::Event,
    }
}

/// The entries with their runs folded. What happened last stays open: it is news. So does a merge,
/// which can be undone; what it has left behind is none.
fn pieces(entries: &[Arc<StaffEntryView>]) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(entries.len());
    let runs = entries.chunk_by(|one, next| {
        let one = sort(one);
        one != Sort::Alone && one == sort(next)
    });
    let mut left = entries.len();
    for run in runs {
        left -= run.len();
        let is_gap = run.first().is_some_and(|first| sort(first) == Sort::Gap);
        if run.len() >= RUN_MIN && (left > 0 || is_gap) {
            pieces.push(Piece::Run(run.to_vec()));
        } else {
            pieces.extend(run.iter().cloned().map(Piece::Entry));
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::team::cast::{GUIDO, message};
    use pigeon_wire::ThreadId;
    use pigeon_wire::merge::MergeStep;
    use pigeon_wire::thread::Side;
    use uuid::Uuid;

    fn entries(kinds: &str) -> Vec<Arc<StaffEntryView>> {
        let entry = |(at, kind): (usize, char)| {
            let place = i64::try_from(at).unwrap() + 1;
            let mut entry = message(place, GUIDO);
            match kind {
                'e' => entry.content = StaffContent::Event(StaffEvent::Restored),
                'g' => entry.content = StaffContent::Event(StaffEvent::NoteMoved),
                'M' => {
                    let (with, how) = (ThreadId(Uuid::nil()), MergeStep::Into);
                    entry.content = StaffContent::Event(StaffEvent::Merged { with, how });
                }
                _ => {}
            }
            Arc::new(entry)
        };
        kinds.chars().enumerate().map(entry).collect()
    }

    fn shape(kinds: &str) -> String {
        let shape = |piece: &Piece| match piece {
            Piece::Entry(entry) if matches!(entry.content, StaffContent::Event(_)) => "e".into(),
            Piece::Entry(_) => "m".into(),
            Piece::Run(all) => all.len().to_string(),
        };
        let shapes: Vec<String> = pieces(&entries(kinds)).iter().map(shape).collect();
        shapes.concat()
    }

    #[test]
    fn what_happened_between_two_texts_is_folded() {
        assert_eq!(shape("meeem"), "m3m");
        assert_eq!(shape("meem"), "meem", "two lines are no run");
        assert_eq!(shape("eeeemeee"), "4meee", "what happened last is news");
        assert_eq!(shape(""), "");
    }

    #[test]
    fn what_a_merge_left_behind_is_folded_and_the_merge_is_not() {
        assert_eq!(shape("gggeM"), "3ee");
        assert_eq!(shape("ggg"), "3");
        assert_eq!(shape("eeeMm"), "3em");
    }

    #[test]
    fn a_run_that_changes_is_another_one() {
        let three = pieces(&entries("eeem"));
        let four = pieces(&entries("eeeem"));
        assert_ne!(three.first().map(Piece::key), four.first().map(Piece::key));
    }

    #[test]
    fn what_somebody_goes_on_to_write_stands_together_within_a_day() {
        let at = |minutes: &[i64]| -> Vec<Arc<StaffEntryView>> {
            let entry = |(place, minute): (usize, &i64)| {
                let mut entry = message(i64::try_from(place).unwrap() + 1, GUIDO);
                entry.at = Millis(minute * 60_000);
                Arc::new(entry)
            };
            minutes.iter().enumerate().map(entry).collect()
        };
        let shape = |entries: &[Arc<StaffEntryView>], new: Option<i64>| -> String {
            let day = |at: Millis| at.0.div_euclid(24 * 60 * 60_000);
            let sign = |line: &Line| match (line.day, line.goes_on) {
                (Some(_), false) => 'd',
                (None, true) => '+',
                (None, false) => '-',
                (Some(_), true) => '?',
            };
            lines(entries, new, day).iter().map(sign).collect()
        };
        assert_eq!(shape(&at(&[0, 5, 11, 12]), None), "d+-+");
        assert_eq!(
            shape(&at(&[1438, 1439, 1440, 1441]), None),
            "d+d+",
            "a day ends"
        );
        assert_eq!(shape(&at(&[0, 1, 2]), Some(2)), "d-+", "read up to there");
        let mut others = at(&[0, 1, 2]);
        Arc::make_mut(&mut others[1]).content = StaffContent::Event(StaffEvent::Restored);
        assert_eq!(shape(&others, None), "d--");
        let mut others = at(&[0, 1]);
        Arc::make_mut(&mut others[1]).side = Side::Staff;
        assert_eq!(
            shape(&others, None),
            "d-",
            "who writes for the team is another"
        );
    }
}
