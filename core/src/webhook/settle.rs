//! What became of a delivery, written down: once it is stored, nothing more is done with it.

use pigeon_wire::id::DAY_MS;
use pigeon_wire::webhook::DeliveryState;
use serde_json::json;

use super::worker::Lease;
use super::{Answer, keep, sql};
use crate::audit::Act;
use crate::db::on;
use crate::outbox::settle::back_off_ms;
use crate::work::Work;
use crate::{Error, Office};

/// A delivery that could not be handed over for so long is given up, visibly.
const GIVE_UP_MS: i64 = DAY_MS;
/// But not before so many tries: it may have waited all day behind another one of its thread.
const TRIES_MIN: i64 = 5;
/// By this answer a receiver says that it is gone for good (RFC 9110, section 15.5.11).
const GONE: u16 = 410;

/// What became of a delivery.
pub(super) enum Outcome {
    /// What the receiver answered.
    Answered(Answer),
    /// Nothing is sent.
    Dropped(&'static str),
}

/// Stores what became of `lease`.
pub(super) async fn settle(office: &Office, lease: Lease, outcome: Outcome) -> Result<(), Error> {
    office
        .write(move |work| Box::pin(async move { store(work, &lease, &outcome).await }))
        .await
}

pub(super) async fn store(work: &mut Work, lease: &Lease, outcome: &Outcome) -> Result<(), Error> {
    let now = work.now;
    let (status, answer) = match outcome {
        Outcome::Answered(said @ Answer::Said(status, _)) => (Some(*status), said.kept()),
        Outcome::Answered(silent @ Answer::Silent(_)) => (None, silent.kept()),
        Outcome::Dropped(why) => (None, (*why).to_owned()),
    };
    let has_time = now.since(lease.since) < GIVE_UP_MS || lease.attempts < TRIES_MIN;
    let state = match (outcome, status) {
        (Outcome::Dropped(_), _) => DeliveryState::Dropped,
        (_, Some(200..=299)) => DeliveryState::Sent,
        (_, Some(GONE)) => DeliveryState::Failed,
        _ if has_time => DeliveryState::Deferred,
        _ => DeliveryState::Failed,
    };
    let due = if state == DeliveryState::Deferred {
        now.plus(back_off_ms(
            lease.attempts,
            work.office.randomness().bytes(),
        ))
    } else {
        now
    };
    let settled_at = state.is_settled().then_some(now);
    let written = on!(&mut work.conn, c => sqlx::query(sql::SETTLE)
        .bind(lease.id).bind(state).bind(due).bind(status.map(i64::from)).bind(&answer)
        .bind(settled_at).bind(lease.until)
        .execute(c).await.map(|done| done.rows_affected()))?;
    if written == 0 {
        // The lease ran out and somebody else holds it: theirs is the last word.
        return Ok(());
    }
    // Whoever waits behind it waits as long, or no longer.
    let follow = match state {
        DeliveryState::Deferred => Some(sql::PUT_OFF),
        _ if lease.attempts > 1 => Some(sql::HASTEN),
        _ => None,
    };
    if let Some(follow) = follow {
        on!(&mut work.conn, c => sqlx::query(follow)
            .bind(lease.hook).bind(lease.thread).bind(due).execute(c).await.map(|_| ()))?;
    }
    if status == Some(GONE) {
        turn_off(work, lease).await?;
    }
    Ok(())
}

async fn turn_off(work: &mut Work, lease: &Lease) -> Result<(), Error> {
    let gone: Option<(String, String)> = on!(&mut work.conn, c => sqlx::query_as(sql::GONE)
        .bind(lease.hook).bind(false).bind(work.now).fetch_optional(c).await)?;
    let Some((name, url)) = gone else {
        return Ok(());
    };
    work.renew_hooks();
    tracing::warn!(hook = %lease.hook, "a web hook's receiver is gone: it is off");
    keep::noted(work, None, Act::WebhookGone, (&name, &url), json!({})).await
}
