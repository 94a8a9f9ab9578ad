//! Time and randomness, handed in, so that expiry, delays and back-off are tested without sleeping.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use pigeon_wire::Millis;
use sha2::{Digest, Sha256};

/// Tells the time.
#[derive(Clone, Debug, Default)]
pub enum Clock {
    /// The machine's own clock.
    #[default]
    Real,
    /// A clock that stands still until a test moves it: milliseconds since 1970.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn fixed(at: Millis) -> Self {
        Self::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    /// The moment now.
    pub fn now(&self) -> Millis {
        match self {
            Self::Real => {
                #[expect(clippy::disallowed_methods, reason = "this is the one place that asks")]
                let now = SystemTime::now();
                let since = now.duration_since(UNIX_EPOCH).unwrap_or_default();
                Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Self::Fixed(at) => Millis(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock forward; a real one goes its own way.
    pub fn forward(&self, ms: i64) {
        if let Self::Fixed(at) = self {
            at.fetch_add(ms, Ordering::SeqCst);
        }
    }
}

/// Gives random bytes.
#[derive(Clone, Debug, Default)]
pub enum Randomness {
    /// The operating system's generator.
    #[default]
    Os,
    /// A sequence that a test can repeat: (seed, how many were given).
    Seeded(u64, Arc<AtomicU64>),
}

impl Randomness {
    /// A repeatable sequence.
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(seed, Arc::default())
    }

    /// `N` random bytes.
    ///
    /// # Panics
    /// When the operating system has no randomness to give: nothing here is safe without it.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self {
            Self::Os => {
                #[expect(clippy::expect_used, reason = "without randomness no secret is safe")]
                getrandom::fill(&mut bytes).expect("the system's random generator");
            }
            Self::Seeded(seed, given) => {
                for chunk in bytes.chunks_mut(32) {
                    let count = given.fetch_add(1, Ordering::SeqCst);
                    let mut hash = Sha256::new();
                    hash.update(seed.to_le_bytes());
                    hash.update(count.to_le_bytes());
                    chunk.copy_from_slice(&hash.finalize()[..chunk.len()]);
                }
            }
        }
        bytes
    }
}
