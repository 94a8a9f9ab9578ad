//! What became of a bundle, written down: once it is stored, nothing more is done with it.

use pigeon_wire::id::{HOUR_MS, OutboxId};
use pigeon_wire::note::Delivery;
use pigeon_wire::{MessageId, Millis, PersonId, ThreadId};

use super::sql;
use super::worker::Lease;
use crate::db::on;
use crate::mail::Refusal;
use crate::thread::change::Change;
use crate::thread::merge;
use crate::thread::row::{self, ThreadRow};
use crate::work::Work;
use crate::{Error, Office};

/// The first wait after a failure; each further one is twice as long.
const RETRY_MS: i64 = 5_000;
/// The longest wait between two tries.
const RETRY_MS_MAX: i64 = HOUR_MS;
/// A mail that could not be delivered for so long is given up, visibly.
const GIVE_UP_MS: i64 = 72 * HOUR_MS;

/// What became of a bundle.
pub(crate) enum Outcome {
    /// The relay has taken the mail.
    Sent { to: String, unverified: bool },
    /// The relay refused.
    Refused(Refusal),
    /// A cap is reached.
    Waiting { until: Millis, why: &'static str },
    /// Nothing is to be sent.
    Dropped(&'static str),
}

/// Stores what became of `lease`, and shows it to the team.
pub(crate) async fn settle(office: &Office, lease: Lease, outcome: Outcome) -> Result<(), Error> {
    office
        .write(move |work| Box::pin(async move { store(work, &lease, &outcome).await }))
        .await
}

async fn store(work: &mut Work, lease: &Lease, outcome: &Outcome) -> Result<(), Error> {
    let now = work.now;
    let first = lease.first();
    // The newest row's age counts: a message of a minute ago is not given up for an old one's sake.
    let newest = lease.rows.iter().map(|row| row.created_at).max();
    let age_ms = now.since(newest.unwrap_or(now));
    let mut row = Settled {
        state: "dead",
        answer: None,
        due: now,
        sent: None,
    };
    let delivery = match outcome {
        Outcome::Sent { to, unverified } => {
            row.state = "sent";
            row.sent = Some((to.clone(), *unverified));
            Delivery::Sent
        }
        Outcome::Refused(Refusal::Later(words)) if age_ms < GIVE_UP_MS => {
            row.state = "deferred";
            row.answer = Some(words.clone());
            row.due = now.plus(back_off_ms(
                first.attempts,
                work.office.randomness().bytes(),
            ));
            Delivery::Deferred
        }
        Outcome::Refused(Refusal::Later(words) | Refusal::Never(words)) => {
            row.answer = Some(words.clone());
            Delivery::Failed
        }
        Outcome::Waiting { until, why } => {
            row.state = "deferred";
            row.answer = Some((*why).to_owned());
            row.due = *until;
            Delivery::Deferred
        }
        Outcome::Dropped(why) => {
            row.state = "dropped";
            row.answer = Some((*why).to_owned());
            Delivery::Unneeded
        }
    };
    let mut ours = false;
    for owed in &lease.rows {
        let joined_to = (owed.id != first.id).then_some(first.id);
        ours |= write_row(work, owed.id, &row, joined_to, lease.until).await?;
    }
    if !ours {
        // The lease ran out and somebody else holds the rows: theirs is the last word.
        return Ok(());
    }
    for (thread, messages) in lease.by_thread() {
        show(work, thread, first.person_id, &messages, delivery).await?;
    }
    Ok(())
}

struct Settled {
    state: &'static str,
    answer: Option<String>,
    due: Millis,
    sent: Option<(String, bool)>,
}

/// Writes a row down; `false` if it is not ours any more.
async fn write_row(
    work: &mut Work,
    id: OutboxId,
    row: &Settled,
    joined_to: Option<OutboxId>,
    token: Millis,
) -> Result<bool, Error> {
    let sent_at = row.sent.as_ref().map(|_| work.now);
    let (to, unverified) = row
        .sent
        .clone()
        .map_or((None, None), |(to, u)| (Some(to), Some(u)));
    let written = on!(&mut work.conn, c => sqlx::query(sql::SETTLE)
        .bind(id).bind(row.state).bind(&row.answer).bind(row.due).bind(&to).bind(unverified)
        .bind(sent_at).bind(joined_to).bind(token)
        .execute(c).await.map(|done| done.rows_affected()))?;
    Ok(written > 0)
}

/// Shows the team what became of the mail to the customer, under each message that it carried.
pub(super) async fn show(
    work: &mut Work,
    thread: ThreadId,
    recipient: Option<PersonId>,
    messages: &[MessageId],
    delivery: Delivery,
) -> Result<(), Error> {
    let found = row::find(&mut work.conn, thread).await?;
    if let Some(merged) = found.filter(|thread| thread.merged_into.is_some()) {
        return show_there(work, merged, recipient, messages, delivery).await;
    }
    let Some(thread) = row::lock(work, thread).await? else {
        return Ok(());
    };
    if recipient != Some(thread.customer_id) {
        return Ok(());
    }
    let mut change = Change::of(thread);
    for message in messages {
        change.delivery(work, *message, delivery).await?;
    }
    change.finish(work).await
}

/// The same where the thread was merged while the mail was on its way.
async fn show_there(
    work: &mut Work,
    merged: ThreadRow,
    recipient: Option<PersonId>,
    messages: &[MessageId],
    delivery: Delivery,
) -> Result<(), Error> {
    let is_customers = recipient == Some(merged.customer_id);
    let mut copies = Vec::new();
    for message in messages {
        copies.extend(merge::copy_of(&mut work.conn, *message).await?);
    }
    let thread = merge::led(&mut work.conn, merged).await?;
    if !is_customers || thread.merged_into.is_some() {
        return Ok(());
    }
    let recipient = Some(thread.customer_id);
    Box::pin(show(work, thread.id, recipient, &copies, delivery)).await
}

/// How long to wait after so many tries: twice as long each time, less up to a quarter by chance, so
/// that what failed together does not come back together.
pub(crate) fn back_off_ms(attempts: i64, chance: [u8; 1]) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 20) - 1).unwrap_or(0);
    let full = RETRY_MS.saturating_mul(1 << doublings).min(RETRY_MS_MAX);
    full - full / 4 * i64::from(chance[0]) / 256
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour_and_never_vanish() {
        assert_eq!(back_off_ms(1, [0]), 5_000);
        assert_eq!(back_off_ms(2, [0]), 10_000);
        assert_eq!(back_off_ms(3, [0]), 20_000);
        assert_eq!(back_off_ms(100, [0]), RETRY_MS_MAX);
        for attempts in 0..30 {
            let (longest, shortest) = (back_off_ms(attempts, [0]), back_off_ms(attempts, [255]));
            assert!(shortest > longest * 3 / 4 - 1 && shortest <= longest);
        }
    }
}
