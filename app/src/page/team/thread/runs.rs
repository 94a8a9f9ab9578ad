//! Runs of events in a conversation: what happened between two texts stands folded in one line, so that
//! the texts are found.

use std::sync::Arc;

use pigeon_wire::message::PublicEvent;
use pigeon_wire::note::{StaffContent, StaffEntryView, StaffEvent};

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
pub fn pieces(entries: &[Arc<StaffEntryView>]) -> Vec<Piece> {
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
}
