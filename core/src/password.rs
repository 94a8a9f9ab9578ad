//! Passwords: argon2id, off the async threads, a bounded number at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use pigeon_wire::Fault;
use tokio::sync::Semaphore;

use crate::Error;
use crate::clock::Randomness;
use crate::error::RETRY_AFTER_S;

/// Memory of one hashing, KiB: the OWASP password storage cheat sheet's first choice for argon2id
/// with two passes.
const MEMORY_KIB: u32 = 19 * 1024;
/// Passes over the memory (same source).
const PASSES: u32 = 2;
/// Lanes (same source).
const LANES: u32 = 1;
/// Hashings that run at once: the others wait, so that a flood of log-ins leaves a core for messages.
const AT_ONCE: usize = 1;
/// Log-ins that may wait for their turn; one more is asked to come back.
const WAITING_MAX: usize = 32;

/// Hashes and verifies passwords.
#[derive(Clone)]
pub struct Passwords(Arc<Inner>);

struct Inner {
    turn: Arc<Semaphore>,
    waiting: AtomicUsize,
    /// The hash of a password that nobody has: verified for unknown accounts, so that they take the
    /// same time.
    decoy: String,
}

impl Passwords {
    /// A hasher. Computes the decoy, which takes as long as one log-in.
    ///
    /// # Errors
    /// When argon2 refuses its parameters.
    pub fn new(randomness: &Randomness) -> Result<Self, Error> {
        let decoy = hash(b"", randomness.bytes())?;
        Ok(Self(Arc::new(Inner {
            turn: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: AtomicUsize::new(0),
            decoy,
        })))
    }

    /// The hash of `password`, as a PHC string with a salt of its own.
    ///
    /// # Errors
    /// [`Fault::Busy`] when too many wait already.
    pub async fn hash(&self, password: String, randomness: &Randomness) -> Result<String, Error> {
        let salt = randomness.bytes::<16>();
        self.in_turn(move || hash(password.as_bytes(), salt))
            .await?
    }

    /// Whether `password` belongs to `stored`. Without a stored hash the answer is no, after the
    /// same work.
    ///
    /// # Errors
    /// [`Fault::Busy`] when too many wait already.
    pub async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, Error> {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.0.decoy.clone());
        let fits = self
            .in_turn(move || {
                let parsed =
                    PasswordHash::new(&stored).map_err(|e| Error::Hashing(e.to_string()))?;
                Ok::<_, Error>(
                    hasher()?
                        .verify_password(password.as_bytes(), &parsed)
                        .is_ok(),
                )
            })
            .await??;
        Ok(known && fits)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let waiting = self.0.waiting.fetch_add(1, Ordering::SeqCst);
        let _counted = Counted(&self.0.waiting);
        if waiting >= WAITING_MAX {
            return Err(Fault::Busy {
                retry_after_s: RETRY_AFTER_S,
            }
            .into());
        }
        let turn = Arc::clone(&self.0.turn).acquire_owned().await;
        let turn = turn.map_err(|closed| Error::Hashing(closed.to_string()))?;
        // The permit moves into the blocking task: a client that hangs up does not let the next one
        // start beside a hashing that still runs.
        let task = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        task.await.map_err(|lost| Error::Hashing(lost.to_string()))
    }
}

struct Counted<'c>(&'c AtomicUsize);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

fn hasher() -> Result<Argon2<'static>, Error> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None);
    let params = params.map_err(|e| Error::Hashing(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &[u8], salt: [u8; 16]) -> Result<String, Error> {
    let hashed: PasswordHash = hasher()?
        .hash_password_with_salt(password, &salt)
        .map_err(|e| Error::Hashing(e.to_string()))?;
    Ok(hashed.to_string())
}

#[cfg(test)]
mod tests {
    use futures::StreamExt as _;
    use futures::stream::FuturesUnordered;

    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_alone() {
        let randomness = Randomness::seeded(1);
        let passwords = Passwords::new(&randomness).unwrap();
        let stored = passwords
            .hash("correct horse".into(), &randomness)
            .await
            .unwrap();
        assert!(
            stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{stored}"
        );
        assert!(
            passwords
                .verify("correct horse".into(), Some(stored.clone()))
                .await
                .unwrap()
        );
        assert!(
            !passwords
                .verify("wrong horse".into(), Some(stored))
                .await
                .unwrap()
        );
        assert!(!passwords.verify(String::new(), None).await.unwrap());
    }

    #[tokio::test]
    async fn a_flood_is_asked_to_come_back() {
        let passwords = Passwords::new(&Randomness::seeded(1)).unwrap();
        // Somebody's hashing takes as long as the test wants.
        let every_turn = u32::try_from(AT_ONCE).unwrap();
        let turn = Arc::clone(&passwords.0.turn);
        let turn = turn.acquire_many_owned(every_turn).await.unwrap();
        let mut all: FuturesUnordered<_> = (0..WAITING_MAX + 8)
            .map(|_| passwords.in_turn(|| ()))
            .collect();
        for _ in 0..8 {
            let refused = Fault::from(all.next().await.unwrap().unwrap_err());
            assert!(matches!(refused, Fault::Busy { .. }), "{refused:?}");
        }
        drop(turn);
        while let Some(done) = all.next().await {
            done.unwrap();
        }
    }
}
