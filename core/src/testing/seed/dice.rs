//! Chance that can be repeated: the same seed and purpose roll the same numbers.

use pigeon_wire::Millis;
use uuid::Uuid;

/// A small generator (`SplitMix64`): not for secrets, which it makes only for worlds that are not real.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The dice of one purpose within a seed.
    pub fn new(seed: u64, purpose: u64) -> Self {
        // Mixed before they meet: purposes side by side would roll the same numbers one after the other.
        Self(mixed(mixed(seed).wrapping_add(purpose)))
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mixed(self.0)
    }

    /// A number below `faces`, which is not zero.
    pub fn below(&mut self, faces: u64) -> u64 {
        self.roll() % faces.max(1)
    }

    /// An index below `length`, which is not zero.
    pub fn index(&mut self, length: usize) -> usize {
        let faces = u64::try_from(length).unwrap_or(u64::MAX);
        usize::try_from(self.below(faces)).unwrap_or_default()
    }

    /// An index of which the first are far likelier: a common word is much commoner than a rare one.
    pub fn skewed(&mut self, length: usize) -> usize {
        let (one, other, third) = (self.index(length), self.index(length), self.index(length));
        one.min(other).min(third)
    }

    /// Milliseconds from `least` up to and without `below`.
    pub fn span(&mut self, least: i64, below: i64) -> i64 {
        let faces = u64::try_from(below - least).unwrap_or(1);
        least + i64::try_from(self.below(faces)).unwrap_or_default()
    }

    /// True so often in a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of several, each as likely.
    pub fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.index(all.len())]
    }

    /// One of several, the first far likelier.
    pub fn pick_skewed<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.skewed(all.len())]
    }

    /// Bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        for chunk in bytes.chunks_mut(8) {
            let rolled = self.roll().to_le_bytes();
            chunk.copy_from_slice(&rolled[..chunk.len()]);
        }
        bytes
    }

    /// An id that was minted at a moment.
    pub fn id(&mut self, at: Millis) -> Uuid {
        let at = u64::try_from(at.0).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(at, &self.bytes()).into_uuid()
    }
}

/// A number of which every bit depends on every bit.
const fn mixed(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}
