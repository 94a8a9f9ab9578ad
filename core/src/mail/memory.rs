//! Letters kept in memory, for tests and trials.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Letter, Refusal};

/// Where a memory mailer's letters land. A clone is the same box.
#[derive(Clone, Default)]
pub struct Mailbox(Arc<Mutex<Contents>>);

#[derive(Default)]
struct Contents {
    letters: Vec<Letter>,
    refusals: VecDeque<Refusal>,
}

impl Mailbox {
    /// The letters taken so far, oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        self.contents().letters.clone()
    }

    /// Makes the mailer refuse one coming letter like this; several calls refuse as many letters,
    /// in this order.
    pub fn refuse_next(&self, refusal: Refusal) {
        self.contents().refusals.push_back(refusal);
    }

    pub(super) fn take(&self, letter: &Letter) -> Result<(), Refusal> {
        let mut contents = self.contents();
        if let Some(refusal) = contents.refusals.pop_front() {
            return Err(refusal);
        }
        contents.letters.push(letter.clone());
        Ok(())
    }

    fn contents(&self) -> MutexGuard<'_, Contents> {
        // A panic elsewhere cannot leave the box half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Mailer, letter::sample};
    use super::*;

    #[tokio::test]
    async fn refusals_come_in_order_and_then_letters_are_kept() {
        let (mailer, mailbox) = Mailer::memory();
        mailbox.refuse_next(Refusal::Later("busy".into()));
        mailbox.refuse_next(Refusal::Never("gone".into()));
        let letter = sample();
        assert_eq!(
            mailer.send(&letter).await,
            Err(Refusal::Later("busy".into()))
        );
        assert_eq!(
            mailer.send(&letter).await,
            Err(Refusal::Never("gone".into()))
        );
        assert_eq!(mailbox.letters(), []);
        assert_eq!(mailer.clone().send(&letter).await, Ok(()));
        assert_eq!(mailbox.letters(), [letter]);
    }
}
