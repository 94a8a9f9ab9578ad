//! The worker: leases what is due, hands it to the courier, writes down what became of it. Each hook
//! has places of its own, so that one whose receiver is slow holds up no other. At least once: a
//! delivery is doubled only if the program dies between the receiver's yes and our commit, and then
//! under the same id.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use futures::future::BoxFuture;
use futures::stream::FuturesUnordered;
use futures::{FutureExt as _, StreamExt as _};
use pigeon_wire::id::MINUTE_MS;
use pigeon_wire::{DeliveryId, Millis, ThreadId, WebhookId};

use super::settle::{self, Outcome, settle};
use super::{Answer, Courier, Listener, Parcel, sign, sql};
use crate::db::on;
use crate::work::Work;
use crate::{Error, Office};

/// Deliveries of one hook that are under way at once, each of another thread.
const AT_ONCE: usize = 4;
/// How long a lease lasts: longer than a courier takes.
const LEASE_MS: i64 = MINUTE_MS;
/// The longest sleep, so that what another process wrote is found.
const SLEEP: Duration = Duration::from_secs(30);
/// How long to wait after the database failed.
const TROUBLE_WAIT: Duration = Duration::from_secs(2);

/// A delivery that is ours until `until`.
pub(super) struct Lease {
    pub id: DeliveryId,
    pub hook: WebhookId,
    pub thread: ThreadId,
    pub attempts: i64,
    /// Since when it is on its way.
    pub since: Millis,
    /// The lease's end, which is its token too.
    pub until: Millis,
}

#[derive(sqlx::FromRow)]
struct Leased {
    webhook_id: WebhookId,
    thread_id: ThreadId,
    body: String,
    attempts: i64,
    since: Millis,
}

#[derive(sqlx::FromRow)]
struct Way {
    url: String,
    secret: String,
    trashed_at: Option<Millis>,
}

/// What a look has found.
struct Look {
    due: Vec<DeliveryId>,
    /// When something is due that is not yet.
    next: Option<Millis>,
}

/// The deliveries that are under way.
struct Round {
    office: Office,
    courier: Arc<dyn Courier>,
    under_way: FuturesUnordered<BoxFuture<'static, WebhookId>>,
    busy: HashMap<WebhookId, usize>,
}

/// Works until the office stops. The deliveries in hand are finished first.
pub(crate) async fn run(office: Office, courier: Arc<dyn Courier>) {
    let mut round = Round::new(office.clone(), courier);
    while !office.is_stopping() {
        let sleep = match round.fill().await {
            // Perhaps there is more than what was taken.
            Ok((1.., _)) => continue,
            Ok((_, next)) => next.map_or(SLEEP, |next| {
                let ms = next.since(office.now()).max(1).unsigned_abs();
                Duration::from_millis(ms).min(SLEEP)
            }),
            Err(cause) => {
                tracing::error!(%cause, "the worker of the web hooks could not work");
                TROUBLE_WAIT
            }
        };
        tokio::select! {
            () = office.stopped() => {}
            () = office.hub().webhook_owed() => {}
            () = round.one_ends(), if !round.is_idle() => {}
            () = tokio::time::sleep(sleep) => {}
        }
    }
    while !round.is_idle() {
        round.one_ends().await;
    }
}

/// Hands over all that is due now, and what becomes due by it; answers how many deliveries that were.
///
/// # Errors
/// Those of the database. Without a courier there is nothing to do.
pub async fn run_due(office: &Office) -> Result<usize, Error> {
    let Some(courier) = office.courier() else {
        return Ok(0);
    };
    let mut round = Round::new(office.clone(), courier);
    let mut count = 0;
    loop {
        let (leased, _) = round.fill().await?;
        count += leased;
        if round.is_idle() && leased == 0 {
            return Ok(count);
        }
        round.one_ends().await;
    }
}

impl Round {
    fn new(office: Office, courier: Arc<dyn Courier>) -> Self {
        Self {
            office,
            courier,
            under_way: FuturesUnordered::new(),
            busy: HashMap::new(),
        }
    }

    fn is_idle(&self) -> bool {
        self.under_way.is_empty()
    }

    /// Takes what is due for hooks that have places left; how much, and when to look again.
    async fn fill(&mut self) -> Result<(usize, Option<Millis>), Error> {
        let Look { due, next } = self.look().await?;
        // Nothing due: no turn at the one writer is taken.
        if due.is_empty() {
            return Ok((0, next));
        }
        let leased = self
            .office
            .write(move |work| Box::pin(async move { lease(work, &due).await }))
            .await?;
        let count = leased.len();
        for (lease, parcel) in leased {
            let Some(parcel) = parcel else {
                continue;
            };
            *self.busy.entry(lease.hook).or_default() += 1;
            let (office, courier) = (self.office.clone(), Arc::clone(&self.courier));
            let under_way = async move { deliver(&office, courier.as_ref(), lease, parcel).await };
            self.under_way.push(under_way.boxed());
        }
        Ok((count, next))
    }

    async fn look(&mut self) -> Result<Look, Error> {
        let office = &self.office;
        // Another process may have made the first hook, or deleted the last one.
        office.reload_hooks().await?;
        let mut look = Look {
            due: Vec::new(),
            next: None,
        };
        if !office.has_hooks() {
            return Ok(look);
        }
        let now = office.now();
        let mut conn = office.read().await?;
        let hooks: Vec<Listener> =
            on!(&mut conn, c => sqlx::query_as(sql::LISTENING).fetch_all(c).await)?;
        for hook in hooks {
            let busy = self.busy.get(&hook.id).copied().unwrap_or_default();
            let free = i64::try_from(AT_ONCE.saturating_sub(busy)).unwrap_or_default();
            if free > 0 {
                let due: Vec<DeliveryId> = on!(&mut conn, c => sqlx::query_scalar(sql::DUE)
                    .bind(hook.id).bind(now).bind(free).fetch_all(c).await)?;
                look.due.extend(due);
            }
            let next: Option<Millis> = on!(&mut conn, c => sqlx::query_scalar(sql::NEXT_DUE)
                .bind(hook.id).bind(now).fetch_one(c).await)?;
            look.next = look.next.into_iter().chain(next).min();
        }
        Ok(look)
    }

    /// Waits until a delivery has ended, and gives its place back.
    async fn one_ends(&mut self) {
        if let Some(hook) = self.under_way.next().await
            && let Some(busy) = self.busy.get_mut(&hook)
        {
            *busy = busy.saturating_sub(1);
        }
    }
}

/// Takes deliveries that nobody else holds; one that is not to be sent is settled at once.
async fn lease(work: &mut Work, due: &[DeliveryId]) -> Result<Vec<(Lease, Option<Parcel>)>, Error> {
    let until = work.now.plus(LEASE_MS);
    let mut all = Vec::new();
    for id in due.iter().copied() {
        let leased: Option<Leased> = on!(&mut work.conn, c => sqlx::query_as(sql::LEASE)
            .bind(id).bind(until).bind(work.now).fetch_optional(c).await)?;
        let Some(leased) = leased else {
            continue;
        };
        let way: Option<Way> = on!(&mut work.conn, c => sqlx::query_as(sql::WAY)
            .bind(leased.webhook_id).bind(leased.thread_id).fetch_optional(c).await)?;
        let lease = Lease {
            id,
            hook: leased.webhook_id,
            thread: leased.thread_id,
            attempts: leased.attempts,
            since: leased.since,
            until,
        };
        let parcel = match packed(way, id, work.now, leased.body) {
            Ok(parcel) => Some(parcel),
            Err(outcome) => {
                settle::store(work, &lease, &outcome).await?;
                None
            }
        };
        all.push((lease, parcel));
    }
    Ok(all)
}

/// A delivery as it leaves at `now`, or what becomes of one that does not.
fn packed(way: Option<Way>, id: DeliveryId, now: Millis, body: String) -> Result<Parcel, Outcome> {
    let silent = |why: &str| Outcome::Answered(Answer::Silent(why.to_owned()));
    // It waits until the hook is on again.
    let way = way.ok_or_else(|| silent("the hook was turned off this moment"))?;
    if way.trashed_at.is_some() {
        return Err(Outcome::Dropped("the conversation is in the trash"));
    }
    let headers = sign::headers(&way.secret, &id.to_string(), now, &body).map_err(|cause| {
        tracing::error!(%cause, "a delivery cannot be signed");
        silent("the hook's secret cannot be read")
    })?;
    Ok(Parcel {
        url: way.url,
        headers,
        body,
    })
}

async fn deliver(
    office: &Office,
    courier: &dyn Courier,
    lease: Lease,
    parcel: Parcel,
) -> WebhookId {
    let (hook, id) = (lease.hook, lease.id);
    let answer = courier.carry(parcel).await;
    if !matches!(answer, Answer::Said(200..=299, _)) {
        let said = answer.kept();
        tracing::warn!(%hook, %id, said, "a web hook's receiver did not take a delivery");
    }
    if let Err(cause) = settle(office, lease, Outcome::Answered(answer)).await {
        // The lease expires and it is tried again.
        tracing::error!(%cause, %hook, "a delivery could not be settled");
    }
    hook
}
