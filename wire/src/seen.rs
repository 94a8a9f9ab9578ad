//! Read receipts: up to where somebody had read, and when.

use serde::{Deserialize, Serialize};

use crate::id::Millis;

/// Most steps of read positions that a page is given.
pub const STEPS_MAX: usize = 200;

/// One step of a read position, in places of the reader's own audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Up to which place.
    pub upto: i64,
    /// When.
    pub at: Millis,
}

/// When what stands at `place` was first seen, if it was and the steps reach back so far.
pub fn seen_at(steps: &[Seen], place: i64) -> Option<Millis> {
    let covering = steps.iter().filter(|step| step.upto >= place);
    covering
        .map(|step| step.at)
        .min()
        .filter(|_| is_known(steps.iter().copied(), place))
}

/// Whether the steps tell of `place`: where older ones were left out, the first of those that are
/// here says only that it was seen before.
pub fn is_known(steps: impl Iterator<Item = Seen> + Clone, place: i64) -> bool {
    steps.clone().nth(STEPS_MAX - 1).is_none() || steps.map(|step| step.upto).min() < Some(place)
}

/// Adds steps that are not known yet.
pub fn learn<S: PartialEq>(steps: &mut Vec<S>, more: Vec<S>) {
    for step in more {
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(upto: i64) -> Seen {
        Seen {
            upto,
            at: Millis(upto * 10),
        }
    }

    #[test]
    fn the_first_step_that_reaches_a_place_tells_when_it_was_seen() {
        let steps = [step(2), step(6)];
        let told = [1, 2, 3, 6, 7].map(|place| seen_at(&steps, place).map(|at| at.0));
        assert_eq!(told, [Some(20), Some(20), Some(60), Some(60), None]);
        assert_eq!(seen_at(&[], 1), None);
    }

    #[test]
    fn nothing_is_said_of_a_place_before_the_steps_that_were_left_out() {
        let steps: Vec<_> = (1..).take(STEPS_MAX).map(|n| step(n + 100)).collect();
        assert_eq!(seen_at(&steps, 50), None);
        assert_eq!(seen_at(&steps, 101), None);
        assert_eq!(seen_at(&steps, 102), Some(Millis(1020)));
    }

    #[test]
    fn a_step_is_learnt_once() {
        let mut steps = vec![step(1)];
        learn(&mut steps, vec![step(1), step(2)]);
        assert_eq!(steps, [step(1), step(2)]);
    }
}
