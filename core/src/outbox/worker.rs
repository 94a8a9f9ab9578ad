//! The worker: leases what is due, has it worded, sends it, writes down what became of it. A killed
//! worker's leases expire and free its rows. At least once: a mail is doubled only if the program
//! dies between the relay's yes and our commit, and then under the same Message-ID.

use std::collections::BTreeMap;
use std::time::Duration;

use futures::StreamExt as _;
use pigeon_wire::id::{HOUR_MS, MINUTE_MS, OutboxId};
use pigeon_wire::outbox::MailKind;
use pigeon_wire::{MessageId, Millis, PersonId, ThreadId};

use super::letter::{self, Verdict};
use super::settle::{Outcome, settle};
use super::sql;
use crate::db::on;
use crate::mail::Refusal;
use crate::work::Work;
use crate::{Error, Office, limit, proof, quarantine, session, stop, token, webhook};

/// Bundles leased at once.
const BUNDLES: i64 = 16;
/// Mails on their way at once; no more than the relay's connections.
const AT_ONCE: usize = 4;
/// How long a lease lasts: longer than a mail can take, wording and queueing included.
const LEASE_MS: i64 = 5 * MINUTE_MS;
/// The longest sleep, so that a row that another process wrote is found.
const SLEEP: Duration = Duration::from_secs(30);
/// How long to wait after the database failed.
const TROUBLE_WAIT: Duration = Duration::from_secs(2);
/// Time between two sweeps of what has expired.
const SWEEP_MS: i64 = HOUR_MS;

/// One owed row.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Owed {
    pub id: OutboxId,
    pub kind: MailKind,
    pub thread_id: Option<ThreadId>,
    pub message_id: Option<MessageId>,
    pub person_id: Option<PersonId>,
    pub address: Option<String>,
    pub attempts: i64,
    pub created_at: Millis,
}

/// A bundle that is ours until `until`.
#[derive(Clone)]
pub(crate) struct Lease {
    first: Owed,
    /// All of its rows, the first among them, oldest first.
    pub rows: Vec<Owed>,
    /// The lease's end, which is its token too.
    pub until: Millis,
}

impl Lease {
    fn of(mut rows: Vec<Owed>, until: Millis) -> Option<Self> {
        rows.sort_by_key(|row| (row.created_at, row.id));
        let first = rows.first()?.clone();
        Some(Self { first, rows, until })
    }

    /// The first row: its id is the Message-ID of the mail.
    pub fn first(&self) -> &Owed {
        &self.first
    }

    /// What it is about, by thread; the day's mail is about several. Always in one order: whoever locks
    /// several threads never waits for another in a circle.
    pub fn by_thread(&self) -> BTreeMap<ThreadId, Vec<MessageId>> {
        let mut about: BTreeMap<ThreadId, Vec<MessageId>> = BTreeMap::new();
        for row in &self.rows {
            if let (Some(thread), Some(message)) = (row.thread_id, row.message_id) {
                about.entry(thread).or_default().push(message);
            }
        }
        about
    }
}

/// Works until the office stops. The mails in hand are finished first.
pub async fn run(office: Office) {
    let mut swept = Millis::default();
    while !office.is_stopping() {
        let worked = match work_off(&office).await {
            Ok(done) => done > 0,
            Err(cause) => {
                tracing::error!(%cause, "the mail worker could not work");
                rest(&office, TROUBLE_WAIT).await;
                continue;
            }
        };
        if office.now().since(swept) > SWEEP_MS {
            swept = office.now();
            if let Err(cause) = sweep(&office).await {
                tracing::error!(%cause, "what has expired could not be swept");
            }
        }
        if !worked {
            let sleep = until_due(&office).await.unwrap_or(SLEEP);
            rest(&office, sleep).await;
        }
    }
}

/// Sends all that is due now; answers how many bundles were settled.
pub async fn run_due(office: &Office) -> Result<usize, Error> {
    let mut settled = 0;
    loop {
        match work_off(office).await? {
            0 => return Ok(settled),
            some => settled += some,
        }
    }
}

/// How many rows are still owed.
pub async fn owed(office: &Office) -> Result<i64, Error> {
    let mut conn = office.read().await?;
    Ok(on!(&mut conn, c => sqlx::query_scalar(sql::OWED).fetch_one(c).await)?)
}

async fn rest(office: &Office, sleep: Duration) {
    tokio::select! {
        () = office.stopped() => {}
        () = office.hub().mail_owed() => {}
        () = tokio::time::sleep(sleep) => {}
    }
}

async fn work_off(office: &Office) -> Result<usize, Error> {
    // Nothing due: no turn at the one writer is taken.
    if due(office).await?.is_empty() {
        return Ok(0);
    }
    let leases = office
        .write(|work| Box::pin(async move { lease(work).await }))
        .await?;
    let count = leases.len();
    let all = leases.into_iter().map(|lease| deliver(office, lease));
    let mut under_way = futures::stream::iter(all).buffer_unordered(AT_ONCE);
    while let Some(settled) = under_way.next().await {
        if let Err(cause) = settled {
            // The lease expires and the bundle is tried again.
            tracing::error!(%cause, "a mail could not be settled");
        }
    }
    Ok(count)
}

async fn due(office: &Office) -> Result<Vec<String>, Error> {
    let mut conn = office.read().await?;
    Ok(on!(&mut conn, c => sqlx::query_scalar(sql::DUE)
        .bind(office.now()).bind(1_i64).fetch_all(c).await)?)
}

async fn lease(work: &mut Work) -> Result<Vec<Lease>, Error> {
    let bundles: Vec<String> = on!(&mut work.conn, c => sqlx::query_scalar(sql::DUE)
        .bind(work.now).bind(BUNDLES).fetch_all(c).await)?;
    let until = work.now.plus(LEASE_MS);
    let mut leases = Vec::new();
    for bundle in bundles {
        let rows: Vec<Owed> = on!(&mut work.conn, c => sqlx::query_as(sql::LEASE)
            .bind(&bundle).bind(until).bind(work.now).fetch_all(c).await)?;
        leases.extend(Lease::of(rows, until));
    }
    Ok(leases)
}

async fn deliver(office: &Office, lease: Lease) -> Result<(), Error> {
    let leased = lease.clone();
    let verdict = office
        .write(move |work| Box::pin(async move { letter::settle(work, &leased).await }))
        .await;
    let verdict = match verdict {
        // What cannot be read will not be readable next time: it ends where somebody sees it.
        Err(cause @ Error::Inconsistent { .. }) => {
            tracing::error!(%cause, "a mail cannot be written");
            let refusal = Refusal::Never("the data of this mail cannot be read".to_owned());
            return settle(office, lease, Outcome::Refused(refusal)).await;
        }
        other => other?,
    };
    let outcome = match verdict {
        Verdict::Drop(why) => Outcome::Dropped(why),
        Verdict::Wait { until, why } => Outcome::Waiting { until, why },
        Verdict::Send { letter, unverified } => match office.mailer().send(&letter).await {
            Ok(()) => Outcome::Sent {
                to: letter.to.1.folded(),
                unverified,
            },
            Err(refusal) => {
                let id = &letter.id;
                tracing::warn!(%id, ?refusal, "a mail was not taken");
                Outcome::Refused(refusal)
            }
        },
    };
    settle(office, lease, outcome).await
}

async fn until_due(office: &Office) -> Result<Duration, Error> {
    let mut conn = office.read().await?;
    let next: Option<Millis> = on!(&mut conn, c => sqlx::query_scalar(sql::NEXT_DUE)
        .fetch_one(c).await)?;
    let ms = next.map_or(i64::MAX, |next| next.since(office.now()).max(1));
    Ok(Duration::from_millis(ms.unsigned_abs()).min(SLEEP))
}

/// Removes what has expired: sessions, proofs, tokens, ended windows of tries, old requests for links, old catches,
/// old deliveries of hooks.
pub async fn sweep(office: &Office) -> Result<(), Error> {
    office
        .write(|work| {
            Box::pin(async move {
                session::sweep(work).await?;
                proof::sweep(work).await?;
                stop::sweep(work).await?;
                token::sweep(work).await?;
                limit::sweep(work).await?;
                quarantine::sweep(work).await?;
                let before = work.now.plus(-48 * HOUR_MS);
                on!(&mut work.conn, c => sqlx::query(sql::SWEEP)
                    .bind(before).execute(c).await.map(|_| ()))?;
                Ok(())
            })
        })
        .await?;
    webhook::sweep(office).await
}
