//! Figures: how much there was to do, how long customers waited, who did what. Everything counts on
//! the day on which it happened, by the site's clocks.

pub(crate) mod keep;
pub(crate) mod sql;

use std::collections::HashMap;

use pigeon_wire::figures::{DayFigures, Figures, Happened, Period, PersonFigures, Spread};
use pigeon_wire::permission::Permission;
use pigeon_wire::person::PersonRef;
use pigeon_wire::{Millis, PersonId};

use crate::actor::Account;
use crate::db::{Conn, on};
use crate::inbox::count;
use crate::person::{self, Rights};
use crate::{Error, Office};
use keep::slot;

/// Times of one kind that are looked at: twice what a busy team has in the longest period, and still
/// read in well under a second.
const TIMES_MAX: i64 = 200_000;
/// People who are listed: more than any team has.
const PEOPLE_MAX: i64 = 500;

#[derive(sqlx::FromRow)]
struct FlowRow {
    slot: i64,
    opened: i64,
    reopened: i64,
    closed: i64,
    replies: i64,
}

#[derive(sqlx::FromRow)]
struct StaffRow {
    person_id: PersonId,
    name: String,
    replies: i64,
    closed: i64,
}

/// Something that took a time, when it was over.
struct Took {
    at: Millis,
    by: Option<PersonId>,
    ms: i64,
}

/// All times of a kind, and whether there were more.
struct Times {
    took: Vec<Took>,
    more: bool,
}

/// The figures of a period that ends now.
///
/// # Errors
/// [`pigeon_wire::Fault::Forbidden`] for whoever may not read the inbox.
pub async fn of(office: &Office, account: &Account, period: Period) -> Result<Figures, Error> {
    let now = office.now();
    let settings = office.settings();
    let days = settings.zone().days(now, period.days());
    let from = days.first().map_or(now, |(_, from)| *from);
    let mut conn = office.read().await?;
    let me = person::rights(&mut conn, account, now).await?;
    me.need(Permission::AccessInbox)?;
    let flow: Vec<FlowRow> = on!(&mut conn, c => sqlx::query_as(sql::FLOW_SINCE)
        .bind(slot(from)).fetch_all(c).await)?;
    let staff: Vec<StaffRow> = on!(&mut conn, c => sqlx::query_as(sql::STAFF_SINCE)
        .bind(slot(from)).bind(PEOPLE_MAX).fetch_all(c).await)?;
    let responses = responses(&mut conn, from).await?;
    let resolutions = resolutions(&mut conn, from).await?;
    let backlog = count::unclosed(&mut conn).await?;
    drop(conn);
    let everybody = sees_everybody(&me);
    Ok(Figures {
        period,
        zone: settings.time_zone.clone(),
        total: total(&flow, (&responses, &resolutions), backlog),
        people: people(staff, &responses, &me),
        everybody,
        sampled: responses.more || resolutions.more,
        days: by_day(days, &flow, (&responses, &resolutions), backlog),
    })
}

/// Whether somebody sees what every single person did: whoever shares the work out. Others see what
/// they did themselves.
fn sees_everybody(me: &Rights) -> bool {
    me.permissions.has(Permission::AssignThreads)
}

async fn responses(conn: &mut Conn, from: Millis) -> Result<Times, Error> {
    let rows: Vec<(Millis, PersonId, i64)> = on!(conn, c => sqlx::query_as(sql::FIRST_SINCE)
        .bind(from).bind(TIMES_MAX).fetch_all(c).await)?;
    Ok(Times::of(rows.into_iter().map(|(at, by, ms)| Took {
        at,
        by: Some(by),
        ms,
    })))
}

async fn resolutions(conn: &mut Conn, from: Millis) -> Result<Times, Error> {
    let rows: Vec<(Millis, i64)> = on!(conn, c => sqlx::query_as(sql::CLOSED_SINCE)
        .bind(from).bind(TIMES_MAX).fetch_all(c).await)?;
    Ok(Times::of(rows.into_iter().map(|(at, ms)| Took {
        at,
        by: None,
        ms,
    })))
}

impl Times {
    fn of(took: impl Iterator<Item = Took>) -> Self {
        let took: Vec<Took> = took.collect();
        let more = i64::try_from(took.len()).is_ok_and(|count| count >= TIMES_MAX);
        Self { took, more }
    }

    /// Those of some time: the newest come first.
    fn between(&self, from: Millis, until: Millis) -> &[Took] {
        let begin = self.took.partition_point(|took| took.at >= until);
        let end = self.took.partition_point(|took| took.at >= from);
        self.took.get(begin..end).unwrap_or_default()
    }
}

/// What times come to.
fn spread<'t>(took: impl IntoIterator<Item = &'t Took>) -> Spread {
    let mut times: Vec<i64> = took.into_iter().map(|took| took.ms.max(0)).collect();
    Spread::of(&mut times)
}

fn total(flow: &[FlowRow], (responses, resolutions): (&Times, &Times), backlog: i64) -> Happened {
    let sum = |of: fn(&FlowRow) -> i64| flow.iter().map(of).sum();
    Happened {
        opened: sum(|row| row.opened),
        reopened: sum(|row| row.reopened),
        closed: sum(|row| row.closed),
        replies: sum(|row| row.replies),
        first_response: spread(&responses.took),
        resolution: spread(&resolutions.took),
        backlog,
    }
}

fn by_day(
    days: Vec<(String, Millis)>,
    flow: &[FlowRow],
    (responses, resolutions): (&Times, &Times),
    mut backlog: i64,
) -> Vec<DayFigures> {
    let mut until = Millis(i64::MAX);
    let mut figures = Vec::with_capacity(days.len());
    // Backwards: what there is now, less what came since, is what there was.
    for (day, from) in days.into_iter().rev() {
        let rows: Vec<&FlowRow> = flow
            .iter()
            .filter(|row| row.slot >= slot(from) && row.slot < slot(until))
            .collect();
        let sum = |of: fn(&FlowRow) -> i64| rows.iter().map(|row| of(row)).sum();
        let happened = Happened {
            opened: sum(|row| row.opened),
            reopened: sum(|row| row.reopened),
            closed: sum(|row| row.closed),
            replies: sum(|row| row.replies),
            first_response: spread(responses.between(from, until)),
            resolution: spread(resolutions.between(from, until)),
            backlog,
        };
        backlog -= happened.opened + happened.reopened - happened.closed;
        until = from;
        figures.push(DayFigures { day, happened });
    }
    figures.reverse();
    figures
}

fn people(staff: Vec<StaffRow>, responses: &Times, me: &Rights) -> Vec<PersonFigures> {
    let everybody = sees_everybody(me);
    let mut own: HashMap<PersonId, Vec<&Took>> = HashMap::new();
    for took in &responses.took {
        if let Some(by) = took.by {
            own.entry(by).or_default().push(took);
        }
    }
    let own = |person| own.get(&person).into_iter().flatten().copied();
    let seen = staff
        .into_iter()
        .filter(|row| everybody || row.person_id == me.id)
        // What was taken away with a thread in the trash leaves a row of nothing.
        .filter(|row| row.replies != 0 || row.closed != 0);
    let mut people: Vec<PersonFigures> = seen
        .map(|row| PersonFigures {
            replies: row.replies,
            first_response: spread(own(row.person_id)),
            closed: row.closed,
            person: PersonRef {
                id: row.person_id,
                name: row.name,
            },
        })
        .collect();
    if people.is_empty() && !everybody {
        people.push(PersonFigures {
            person: me.as_ref(),
            replies: 0,
            first_response: Spread::default(),
            closed: 0,
        });
    }
    people
}
