//! When threads begin, and how long they are.

use pigeon_wire::Millis;
use pigeon_wire::id::{DAY_MS, HOUR_MS};

use super::Plan;
use super::dice::Dice;
use super::story::{STEP_MS_MIN, room_for};

/// How busy the hours of a day are, in UTC.
const HOURS: [u64; 24] = [
    1, 1, 1, 1, 1, 2, 4, 8, 12, 14, 14, 12, 9, 11, 12, 11, 10, 8, 6, 5, 5, 4, 3, 2,
];
/// How busy the days of a week are, from Monday on.
const DAYS: [u64; 7] = [12, 11, 10, 10, 9, 4, 3];

/// One thread to be: when it begins, and how many texts are written in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its start.
    pub at: Millis,
    /// Messages and notes together.
    pub texts: usize,
}

/// The threads of a plan, in the order of their starts; together they have exactly its texts.
pub fn slots(plan: &Plan) -> Vec<Slot> {
    let starts = starts(plan);
    let mut slots: Vec<Slot> = starts.into_iter().map(|at| Slot { at, texts: 0 }).collect();
    let mut dice = Dice::new(plan.seed, 2);
    // The longest choose first: a long one needs room before the end.
    for texts in lengths(plan.threads, plan.texts) {
        let fits = |slot: &Slot| slot.texts == 0 && slot.at.plus(room_for(texts)) < plan.to;
        let mut tries = (0..20).map(|_| dice.index(slots.len()));
        let lucky = tries.find(|at| fits(&slots[*at]));
        let free = || slots.iter().position(|slot| slot.texts == 0);
        if let Some(at) = lucky.or_else(free) {
            slots[at].texts = texts;
        }
    }
    slots
}

/// Lengths after Zipf, the longest first: few threads are long, most are short.
fn lengths(threads: usize, texts: usize) -> Vec<usize> {
    let shift = (threads / 1000).max(1);
    let of = |scale: usize, rank: usize| 1 + scale / (rank + shift);
    let total = |scale: usize| (0..threads).map(|rank| of(scale, rank)).sum::<usize>();
    let (mut low, mut high) = (0, texts * shift + 1);
    while high - low > 1 {
        let middle = usize::midpoint(low, high);
        if total(middle) <= texts {
            low = middle;
        } else {
            high = middle;
        }
    }
    let mut left = texts.saturating_sub(total(low));
    let each = left / threads.max(1);
    left -= each * threads;
    (0..threads)
        .map(|rank| of(low, rank) + each + usize::from(rank < left))
        .collect()
}

/// Moments in order, thicker in busy hours and towards the end.
fn starts(plan: &Plan) -> Vec<Millis> {
    let end = plan.to.plus(-4 * STEP_MS_MIN);
    let hours = (end.since(plan.from) / HOUR_MS).max(1);
    let mut sums = Vec::new();
    let mut sum = 0_u64;
    for hour in 0..hours {
        let at = plan.from.plus(hour * HOUR_MS).0;
        let of_day = usize::try_from(at.rem_euclid(DAY_MS) / HOUR_MS).unwrap_or_default();
        // 1970-01-01 was a Thursday.
        let day = usize::try_from((at.div_euclid(DAY_MS) + 3).rem_euclid(7)).unwrap_or_default();
        let growth = 1000 + u64::try_from(2000 * hour / hours).unwrap_or_default();
        sum += growth * HOURS[of_day] * DAYS[day];
        sums.push(sum);
    }
    let mut dice = Dice::new(plan.seed, 1);
    let count = u64::try_from(plan.threads).unwrap_or(u64::MAX).max(1);
    let mut starts: Vec<Millis> = (0..count)
        .map(|n| {
            let even = u128::from(sum) * u128::from(n) / u128::from(count);
            let within = dice.below((sum / count).max(1));
            let point = u64::try_from(even).unwrap_or(sum) + within;
            let hour = sums.partition_point(|sum| *sum <= point);
            let hour = i64::try_from(hour).unwrap_or_default().min(hours - 1);
            plan.from.plus(hour * HOUR_MS + dice.span(0, HOUR_MS))
        })
        .collect();
    starts.sort_unstable();
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_texts_of_a_plan_are_spent_to_the_last_one() {
        for (threads, texts) in [(1, 1), (1, 40), (30, 30), (30, 301), (2000, 20_000)] {
            let lengths = lengths(threads, texts);
            assert_eq!(lengths.iter().sum::<usize>(), texts);
            assert!(lengths.iter().all(|texts| *texts > 0));
            assert!(lengths.is_sorted_by(|a, b| a >= b));
        }
    }
}
