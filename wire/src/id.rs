//! Ids and moments: newtypes, so that a thread's id can never be taken for a person's.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.simple().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0.simple())
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::from_str(text).map(Self)
            }
        }
    )*};
}

ids! {
    /// A conversation.
    ThreadId;
    /// An entry of a thread: message, note or event.
    MessageId;
    /// A user or a guest.
    PersonId;
    /// A guest's access to one thread: a mailed link or a browser's unverified session.
    LinkId;
    /// A signed-in browser of a user.
    SessionId;
    /// An invitation to make an account.
    InvitationId;
    /// A proof by a mailed link that an account waits for.
    ProofId;
    /// A token of a program.
    TokenId;
    /// A canned reply.
    CannedId;
    /// A saved view of the inbox.
    SavedViewId;
    /// A key with which another site vouches for its visitors.
    EmbedKeyId;
    /// A file of a message or note.
    AttachmentId;
    /// A reply that waits to be sent.
    WaitingId;
    /// One row of the outbox: one notice for one recipient.
    OutboxId;
    /// A row of the audit log or the quarantine.
    RecordId;
    /// A web hook: an address elsewhere that is told what happens.
    WebhookId;
    /// One thing that a hook is told.
    DeliveryId;
}

/// A moment: milliseconds since 1970-01-01T00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// The moment `ms` milliseconds later; never overflows.
    #[must_use]
    pub const fn plus(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this moment; negative if `earlier` is later.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// This moment in the form of RFC 3339, in UTC and to the second, for `<time datetime>`.
    pub fn rfc3339(self) -> String {
        let (year, month, day) = civil(self.0.div_euclid(DAY_MS));
        let second = self.0.rem_euclid(DAY_MS) / 1000;
        format!(
            "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z",
            second / 3600,
            second / 60 % 60,
            second % 60
        )
    }
}

impl Millis {
    /// The moment at which a day of the form `2026-01-31` begins, in UTC.
    pub fn of_day(text: &str) -> Option<Self> {
        let mut numbers = text.splitn(3, '-');
        let mut number = |digits: usize| {
            let text = numbers.next()?;
            let fits = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<i64>().ok().filter(|_| fits)
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        // Days since 1970-01-01 in the proleptic Gregorian calendar; the year begins in March.
        let shifted = if month > 2 { year } else { year - 1 };
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let days = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + of_year - 719_468;
        let at = Self(days * DAY_MS);
        // A day that no calendar has reads back as another one.
        at.rfc3339().starts_with(text).then_some(at)
    }
}

/// Milliseconds of a day.
pub const DAY_MS: i64 = 24 * HOUR_MS;
/// Milliseconds of an hour.
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
/// Milliseconds of a minute.
pub const MINUTE_MS: i64 = 60_000;

/// Year, month and day of the proleptic Gregorian calendar for a number of days since 1970-01-01
/// (the well-known days-to-civil algorithm over eras of 400 years).
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_read_as_rfc3339() {
        assert_eq!(Millis(0).rfc3339(), "1970-01-01T00:00:00Z");
        assert_eq!(Millis(951_782_400_000).rfc3339(), "2000-02-29T00:00:00Z");
        assert_eq!(Millis(1_795_392_245_999).rfc3339(), "2026-11-23T00:04:05Z");
        assert_eq!(Millis(-1).rfc3339(), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn a_day_begins_in_utc_and_only_days_do() {
        assert_eq!(Millis::of_day("1970-01-02"), Some(Millis(DAY_MS)));
        assert_eq!(Millis::of_day("2000-02-29"), Some(Millis(951_782_400_000)));
        for bad in [
            "",
            "2026-02-29",
            "2026-1-31",
            "26-01-31",
            "2026-01-31x",
            "x",
        ] {
            assert_eq!(Millis::of_day(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_id_reads_back_from_its_own_text() {
        let id = ThreadId(Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef));
        assert_eq!(id.to_string().parse::<ThreadId>(), Ok(id));
        assert!("no-id".parse::<ThreadId>().is_err());
    }
}
