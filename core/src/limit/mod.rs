//! How often. Every try counts, atomically, and success resets nothing.
//!
//! Tries are counted in memory first, so that a flood of refused ones never reaches the one writer;
//! what passes is counted again in the database, in the unit that it belongs to, so that a restart
//! or a second node resets nothing.

pub(crate) mod sql;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use pigeon_wire::id::{HOUR_MS, MINUTE_MS};
use pigeon_wire::{Fault, LinkId, Millis, PersonId, TokenId};

use crate::Error;
use crate::db::on;
use crate::work::Work;

/// Buckets kept in memory; beyond it the table is emptied of ended windows, and if that does not
/// help, new buckets are refused: better a guest who waits than a server without memory.
const BUCKETS_MAX: usize = 100_000;

/// So many tries within a window of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    bucket: String,
    most: i64,
    window_ms: i64,
}

impl Limit {
    /// Starts and unverified posts from one network address (a setting).
    pub fn posts_from(address: &str, most: i64, window_s: i64) -> Self {
        Self {
            bucket: format!("post-from:{address}"),
            most,
            window_ms: window_s * 1000,
        }
    }

    /// Starts and unverified posts for one mail address (the same setting).
    pub fn posts_for(email_folded: &str, most: i64, window_s: i64) -> Self {
        Self {
            bucket: format!("post-for:{email_folded}"),
            most,
            window_ms: window_s * 1000,
        }
    }

    /// Starts by everybody together: a form that a whole botnet fills stops here.
    pub fn starts() -> Self {
        Self {
            bucket: "starts".to_owned(),
            most: 600,
            window_ms: 10 * MINUTE_MS,
        }
    }

    /// Replies from one mailed link: 30 a minute, so that a live talk is never stopped.
    pub fn replies_by(link: LinkId) -> Self {
        Self {
            bucket: format!("reply-by:{link}"),
            most: 30,
            window_ms: MINUTE_MS,
        }
    }

    /// Messages by one person with an account, in all of their own threads: as for a mailed link.
    pub fn messages_by(person: PersonId) -> Self {
        Self {
            bucket: format!("message-by:{person}"),
            most: 30,
            window_ms: MINUTE_MS,
        }
    }

    /// Threads that one person with an account starts (the setting for posts).
    pub fn starts_by(person: PersonId, most: i64, window_s: i64) -> Self {
        Self {
            bucket: format!("start-by:{person}"),
            most,
            window_ms: window_s * 1000,
        }
    }

    /// Reports by one person.
    pub fn reports_by(person: PersonId) -> Self {
        Self {
            bucket: format!("report-by:{person}"),
            most: 20,
            window_ms: HOUR_MS,
        }
    }

    /// Files from one network address that comes without an account, posted or not.
    pub fn uploads_from(address: &str) -> Self {
        Self {
            bucket: format!("upload-from:{address}"),
            most: 100,
            window_ms: 10 * MINUTE_MS,
        }
    }

    /// Requests for a link from one network address.
    pub fn links_from(address: &str) -> Self {
        Self {
            bucket: format!("link-from:{address}"),
            most: 10,
            window_ms: HOUR_MS,
        }
    }

    /// Log-ins from one network address: a whole office may share it.
    pub fn log_ins_from(address: &str) -> Self {
        Self {
            bucket: format!("log-in-from:{address}"),
            most: 60,
            window_ms: 15 * MINUTE_MS,
        }
    }

    /// Log-ins to one account, known or not.
    pub fn log_ins_to(email_folded: &str) -> Self {
        Self {
            bucket: format!("log-in-to:{email_folded}"),
            most: 10,
            window_ms: 15 * MINUTE_MS,
        }
    }

    /// Requests for accounts and new passwords from one network address.
    pub fn proofs_from(address: &str) -> Self {
        Self {
            bucket: format!("proof-from:{address}"),
            most: 10,
            window_ms: HOUR_MS,
        }
    }

    /// Addresses that one person wants to move to.
    pub fn moves_of(person: PersonId) -> Self {
        Self {
            bucket: format!("move-of:{person}"),
            most: 5,
            window_ms: HOUR_MS,
        }
    }

    /// Pictures that one person chooses: each is decoded.
    pub fn pictures_of(person: PersonId) -> Self {
        Self {
            bucket: format!("picture-of:{person}"),
            most: 20,
            window_ms: HOUR_MS,
        }
    }

    /// Requests of one token: ten a second on the average of a minute.
    pub fn requests_of(token: TokenId) -> Self {
        Self {
            bucket: format!("request-of:{token}"),
            most: 600,
            window_ms: MINUTE_MS,
        }
    }

    /// Words of other sites from one network address: one for each page that somebody opens, and a
    /// whole office may share the address. Counted in memory alone.
    pub fn vouches_from(address: &str) -> Self {
        Self {
            bucket: format!("vouch-from:{address}"),
            most: 600,
            window_ms: 10 * MINUTE_MS,
        }
    }

    /// Tries at the own old password.
    pub fn passwords_of(person: PersonId) -> Self {
        Self {
            bucket: format!("password-of:{person}"),
            most: 10,
            window_ms: 15 * MINUTE_MS,
        }
    }

    /// Invitations to one address, first ones and further ones.
    pub fn invitations_to(email_folded: &str) -> Self {
        Self {
            bucket: format!("invitation-to:{email_folded}"),
            most: 5,
            window_ms: HOUR_MS,
        }
    }

    /// Invitations by one person.
    pub fn invitations_by(person: PersonId) -> Self {
        Self {
            bucket: format!("invitation-by:{person}"),
            most: 100,
            window_ms: HOUR_MS,
        }
    }

    /// Test mails by one person.
    pub fn trials_by(person: PersonId) -> Self {
        Self {
            bucket: format!("trial-by:{person}"),
            most: 20,
            window_ms: HOUR_MS,
        }
    }

    /// Mails to addresses that are not verified: never refused here, but counted, so that those who
    /// count them take turns.
    pub fn unverified_mails() -> Self {
        Self {
            bucket: "unverified-mails".to_owned(),
            most: i64::MAX,
            window_ms: HOUR_MS,
        }
    }

    /// How much of it is left after so many tries.
    fn spent(&self, count: i64, now: Millis) -> Spent {
        let left_ms = self.window_start(now) + self.window_ms - now.0;
        Spent {
            most: self.most,
            window_s: self.window_ms / 1000,
            left: (self.most - count).max(0),
            reset_s: left_ms.div_euclid(1000) + 1,
        }
    }

    fn window_start(&self, now: Millis) -> i64 {
        now.0 - now.0.rem_euclid(self.window_ms.max(1))
    }

    fn refusal(&self, now: Millis) -> Fault {
        let left_ms = self.window_start(now) + self.window_ms - now.0;
        let retry_after_s = u32::try_from(left_ms.div_euclid(1000) + 1).unwrap_or(u32::MAX);
        Fault::TooMany { retry_after_s }
    }
}

/// What a limit has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// So many tries …
    pub most: i64,
    /// … within so many seconds …
    pub window_s: i64,
    /// … of which so many are left …
    pub left: i64,
    /// … until so many seconds from now.
    pub reset_s: i64,
}

/// The counters in memory.
#[derive(Default)]
pub struct Limits(Mutex<HashMap<String, (i64, i64, i64)>>);

impl Limits {
    /// Counts a try against one limit, and tells what is left of it.
    ///
    /// # Errors
    /// [`Fault::TooMany`] when it is passed, with nothing left.
    pub fn spend(&self, limit: &Limit, now: Millis) -> Result<Spent, (Spent, Fault)> {
        let counted = self.count(std::slice::from_ref(limit), now);
        let buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = buckets.get(&limit.bucket).map_or(0, |(_, _, count)| *count);
        let spent = limit.spent(count, now);
        counted.map_or_else(|fault| Err((spent, fault)), |()| Ok(spent))
    }

    /// Counts a try against every limit of `limits`.
    ///
    /// # Errors
    /// [`Fault::TooMany`] when one of them is passed.
    pub fn count(&self, limits: &[Limit], now: Millis) -> Result<(), Fault> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() + limits.len() > BUCKETS_MAX {
            buckets.retain(|_, (start, window_ms, _)| *start + *window_ms > now.0);
        }
        let full = buckets.len() + limits.len() > BUCKETS_MAX;
        let mut refused = None;
        for limit in limits {
            let start = limit.window_start(now);
            if full && !buckets.contains_key(&limit.bucket) {
                refused = Some(limit.refusal(now));
                continue;
            }
            let entry = buckets
                .entry(limit.bucket.clone())
                .or_insert((start, limit.window_ms, 0));
            if entry.0 != start || entry.1 != limit.window_ms {
                *entry = (start, limit.window_ms, 0);
            }
            entry.2 += 1;
            if entry.2 > limit.most {
                refused = Some(limit.refusal(now));
            }
        }
        refused.map_or(Ok(()), Err)
    }
}

/// Counts a try in the database, in the unit that it belongs to.
///
/// # Errors
/// [`Fault::TooMany`] when the limit is passed, whichever process counted the others.
pub(crate) async fn count_stored(work: &mut Work, limits: &[Limit]) -> Result<(), Error> {
    for limit in limits {
        let count: i64 = on!(&mut work.conn, c => sqlx::query_scalar(sql::COUNT)
            .bind(&limit.bucket).bind(limit.window_start(work.now))
            .fetch_one(c).await)?;
        if count > limit.most {
            return Err(limit.refusal(work.now).into());
        }
    }
    Ok(())
}

/// Removes windows that have ended long ago.
pub(crate) async fn sweep(work: &mut Work) -> Result<(), Error> {
    // The longest window of a setting is bounded by a day.
    let before = work.now.0 - 24 * HOUR_MS;
    on!(&mut work.conn, c => sqlx::query(sql::SWEEP).bind(before).execute(c).await.map(|_| ()))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_try_of_a_window_is_refused_and_the_next_window_is_new() {
        let limits = Limits::default();
        let limit = [Limit::posts_from("192.0.2.1", 10, 300)];
        let now = Millis(600_000);
        for _ in 0..10 {
            assert_eq!(limits.count(&limit, now), Ok(()));
        }
        assert_eq!(
            limits.count(&limit, now),
            Err(Fault::TooMany { retry_after_s: 301 })
        );
        assert_eq!(limits.count(&limit, now.plus(300_000)), Ok(()));
        assert_eq!(
            limits.count(&[Limit::posts_from("192.0.2.2", 10, 300)], now),
            Ok(())
        );
    }

    #[test]
    fn a_flood_of_addresses_does_not_grow_without_bound() {
        let limits = Limits::default();
        for n in 0..BUCKETS_MAX + 10 {
            let _ = limits.count(&[Limit::links_from(&n.to_string())], Millis(0));
        }
        assert!(limits.0.lock().unwrap().len() <= BUCKETS_MAX);
        let later = Millis(2 * HOUR_MS);
        assert_eq!(limits.count(&[Limit::links_from("new")], later), Ok(()));
    }
}
