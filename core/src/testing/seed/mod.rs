//! A world that looks real, for measuring and for looking at: people, threads, texts, mails, as if
//! a team had worked with them for years. The same seed makes the same world.
//!
//! The rows are made here rather than by the commands, which would take hours for a million
//! messages. That they are exactly those that the commands would have left is proven by a test, which
//! plays the same story through the commands and compares every row.
//!
//! Reading order: [`dice`] (chance), [`calendar`] (when threads begin), [`words`] (what is written),
//! [`story`] (who does what), [`ledger`] (the rows that it leaves), [`bulk`] (writing them).

mod bulk;
mod calendar;
mod dice;
mod ledger;
mod staff;
mod story;
#[cfg(test)]
mod tests;
mod words;

use pigeon_wire::Millis;
use pigeon_wire::id::DAY_MS;
use pigeon_wire::text::Password;

use crate::{Error, Office};
use bulk::Shelf;
use ledger::House;
use story::Story;

/// The password of everybody in a made world.
pub const PASSWORD: &str = "pigeons come home";
/// The owner's address in a made world.
pub const OWNER: &str = "olivia.owner@example.com";
/// How far back a world reaches.
const REACH_MS: i64 = 730 * DAY_MS;

/// Which world to make.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// The same seed makes the same world.
    pub seed: u64,
    /// How many threads.
    pub threads: usize,
    /// How many messages and notes; each thread has at least one.
    pub texts: usize,
    /// When it begins.
    pub from: Millis,
    /// When it ends.
    pub to: Millis,
}

impl Plan {
    /// Two years that end now.
    pub fn until(now: Millis, seed: u64, threads: usize, texts: usize) -> Self {
        Self {
            seed,
            threads,
            texts: texts.max(threads),
            from: now.plus(-REACH_MS),
            to: now,
        }
    }
}

/// Why there is no world.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// Made people must never stand among real ones.
    #[error("there are threads in this database already; a made world needs an empty one")]
    NotEmpty,
    /// The database.
    #[error(transparent)]
    Office(#[from] Error),
}

/// Makes the world of a plan in an empty database. `told` hears now and then how many texts are
/// written.
pub async fn make(
    office: &Office,
    plan: &Plan,
    mut told: impl FnMut(usize),
) -> Result<(), Refused> {
    if bulk::has_threads(office).await? {
        return Err(Refused::NotEmpty);
    }
    let staff = staff::of(plan);
    hire(office, plan, &staff).await?;
    let house = House::of(office, plan, staff);
    let mut shelf = Shelf::new(office);
    shelf.begin().await?;
    let mut written = 0;
    for (n, slot) in calendar::slots(plan).into_iter().enumerate() {
        if shelf.is_full() {
            // Whatever a later thread writes comes after its start.
            shelf.write(slot.at).await?;
            told(written);
        }
        let story = Story::of(plan, n, slot, &house.staff);
        ledger::enter(&house, &story, &mut shelf);
        written += slot.texts;
    }
    shelf.end().await?;
    told(written);
    Ok(())
}

/// Adds the team, who all have the same password.
async fn hire(office: &Office, plan: &Plan, staff: &[staff::Member]) -> Result<(), Error> {
    let password = Password::parse(PASSWORD).expect("a password");
    let hash = office.hash_password(password).await?;
    let mut shelf = Shelf::new(office);
    for member in staff {
        ledger::hire(member, plan.from, &hash, &mut shelf);
    }
    shelf.write(Millis(i64::MAX)).await
}
