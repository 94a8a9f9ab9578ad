//! How far people have read, in what two threads become. A read position is one place: it is taken along
//! as far as somebody has read without a gap, first all of the target, then the source from its beginning.

use std::collections::BTreeMap;

use pigeon_wire::mailbox::SeenBy;
use pigeon_wire::seen::Seen;
use pigeon_wire::thread::Side;
use pigeon_wire::{Millis, PersonId};

use super::carry::Carried;
use super::sql;
use crate::Error;
use crate::db::later::later;
use crate::db::on;
use crate::hub::Announcement;
use crate::thread::change::Change;
use crate::thread::row::ThreadRow;
use crate::thread::{read, sql as threads};
use crate::work::Work;

type Reader = (PersonId, Side, i64, Millis);

/// What was read of two threads before they became one.
pub(super) struct Reads {
    source: Vec<Reader>,
    target: BTreeMap<PersonId, i64>,
    /// The last entry of the target that the team, and that its customer, can have read.
    last: (i64, i64),
    team_in_source: Option<(i64, Millis)>,
    /// Whether the team has read all that the customer wrote in the target.
    team_is_through: bool,
}

impl Reads {
    /// Looks before anything has moved.
    pub async fn of(
        work: &mut Work,
        source: &ThreadRow,
        target: &ThreadRow,
    ) -> Result<Self, Error> {
        let conn = &mut work.conn;
        let of_source: Vec<Reader> = on!(conn, c => sqlx::query_as(sql::READERS)
            .bind(source.id).fetch_all(c).await)?;
        let of_target: Vec<Reader> = on!(conn, c => sqlx::query_as(sql::READERS)
            .bind(target.id).fetch_all(c).await)?;
        let last_public: Option<i64> = on!(conn, c => sqlx::query_scalar(sql::LAST_PUBLIC)
            .bind(target.id).fetch_one(c).await)?;
        let asked: Option<i64> = on!(conn, c => sqlx::query_scalar(sql::LAST_OF_CUSTOMER)
            .bind(target.id).fetch_one(c).await)?;
        let team_in_source: Option<(i64, Millis)> = on!(conn, c =>
            sqlx::query_as(sql::TEAM_READ_UPTO).bind(source.id).fetch_optional(c).await)?;
        let team_in_target: Option<(i64, Millis)> = on!(conn, c =>
            sqlx::query_as(sql::TEAM_READ_UPTO).bind(target.id).fetch_optional(c).await)?;
        let team_upto = team_in_target.map_or(0, |(upto, _)| upto);
        Ok(Self {
            source: of_source,
            target: of_target
                .into_iter()
                .map(|(person, _, upto, _)| (person, upto))
                .collect(),
            last: (target.latest_place, last_public.unwrap_or_default()),
            team_in_source,
            team_is_through: team_upto >= asked.unwrap_or_default(),
        })
    }

    /// Moves everybody's position over what they had read in the source.
    pub async fn take_along(
        self,
        work: &mut Work,
        (from, to): (&mut Change, &mut Change),
        carried: &[Carried],
    ) -> Result<(), Error> {
        let thread = to.thread.id;
        for (person, side, upto, at) in &self.source {
            let (reader, last) = match side {
                Side::Staff => (*person, self.last.0),
                Side::Customer => (to.thread.customer_id, self.last.1),
            };
            let before = self.target.get(&reader).copied().unwrap_or_default();
            if before < last {
                continue;
            }
            let place = through(carried, *side, *upto, *person);
            if place <= before {
                continue;
            }
            on!(&mut work.conn, c => sqlx::query_scalar::<_, i64>(threads::MARK)
                .bind(thread).bind(reader).bind(*side).bind(place).bind(*at)
                .fetch_optional(c).await.map(|_| ()))?;
            later!(
                &mut work.conn,
                threads::RECEIPT,
                thread = thread,
                person = reader,
                upto = place,
                at = *at
            )?;
            if *side == Side::Staff {
                work.tell(Announcement::Read {
                    person: reader,
                    thread,
                    upto: place,
                });
            }
        }
        self.team_has_read(work, &to.thread, carried).await?;
        recount(work, from).await?;
        recount(work, to).await
    }

    /// What the customer is told of the team's reading.
    async fn team_has_read(
        &self,
        work: &mut Work,
        target: &ThreadRow,
        carried: &[Carried],
    ) -> Result<(), Error> {
        let Some((upto, at)) = self.team_in_source.filter(|_| self.team_is_through) else {
            return Ok(());
        };
        let theirs = carried.iter().filter(|one| one.is_customers);
        let mut read = theirs.filter_map(|one| one.public.filter(|(before, _)| *before <= upto));
        let Some((_, upto)) = read.next_back() else {
            return Ok(());
        };
        later!(
            &mut work.conn,
            sql::ADD_TEAM_READ,
            thread = target.id,
            upto = upto,
            at = at
        )?;
        if work.office.settings().show_seen_to_guests {
            let (thread, seen) = (target.id, Seen { upto, at });
            work.tell(Announcement::Seen { thread, seen });
            work.tell(Announcement::SeenBy {
                people: vec![target.customer_id],
                thread,
                seen: SeenBy { who: None, seen },
            });
        }
        Ok(())
    }
}

/// The place up to which somebody has read what came in, who had read the source up to `upto`.
fn through(carried: &[Carried], side: Side, upto: i64, reader: PersonId) -> i64 {
    let seen = carried.iter().filter_map(|one| {
        let places = match side {
            Side::Staff => Some(one.staff),
            Side::Customer => one.public,
        };
        places.map(|(before, now)| (before <= upto || one.author == reader, now))
    });
    let read = seen.take_while(|(is_read, _)| *is_read);
    read.last().map_or(0, |(_, now)| now)
}

/// Has what is unread for a user counted anew.
pub(super) async fn recount(work: &mut Work, change: &mut Change) -> Result<(), Error> {
    if change.thread.has_mailboxes() {
        let (thread, customer) = (change.thread.id, change.thread.customer_id);
        let upto = read::upto(&mut work.conn, thread, customer).await?;
        change.news.read = Some((customer, upto));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_position_goes_as_far_as_there_is_no_gap() {
        let [nora, guido] = [1, 2].map(|id| PersonId(Uuid::from_u128(id)));
        let one = |author, staff: (i64, i64), public| Carried {
            author,
            is_customers: author == guido,
            staff,
            public,
        };
        let carried = [
            one(guido, (1, 11), Some((1, 8))),
            one(nora, (2, 12), None),
            one(nora, (4, 13), Some((2, 9))),
            one(guido, (5, 14), Some((3, 10))),
        ];
        let nils = PersonId(Uuid::from_u128(3));
        assert_eq!(through(&carried, Side::Staff, 0, nils), 0);
        assert_eq!(through(&carried, Side::Staff, 2, nils), 12);
        assert_eq!(
            through(&carried, Side::Staff, 1, nora),
            13,
            "her own are read"
        );
        assert_eq!(through(&carried, Side::Staff, 5, nils), 14);
        assert_eq!(through(&carried, Side::Customer, 1, guido), 8);
        assert_eq!(
            through(&carried, Side::Customer, 2, guido),
            10,
            "a note is no gap"
        );
    }
}
