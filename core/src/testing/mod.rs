//! For tests here and in `server`: both databases, a clock that stands still, mail in memory, and a
//! cast of people.

mod cast;
mod hands;
pub mod postgres;
pub mod seed;
mod site;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use pigeon_wire::Millis;
use tempfile::TempDir;

use crate::Office;
use crate::clock::{Clock, Randomness};
use crate::mail::{Mailbox, Mailer};
use crate::office::Options;
use crate::setting::Overrides;
use crate::webhook::Dock;

pub use cast::{Cast, recognised, signed_in, visitor};
pub use hands::run_sql;
pub use site::Site;

/// The moment at which every test begins: 2026-11-23T09:00:00Z.
pub const MORNING: Millis = Millis(1_795_424_400_000);

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// A file in a temporary folder.
    Sqlite,
    /// A database of its own on a real server.
    Postgres,
}

/// An office of its own for one test.
pub struct House {
    /// The office. Its worker does not run: see [`House::run_mails`].
    pub office: Office,
    /// The mails that were sent.
    pub mailbox: Mailbox,
    /// Where deliveries of hooks land.
    pub dock: Dock,
    /// Which database it is on.
    pub backend: Backend,
    /// The database's address, for a second office on the same data.
    pub database: String,
    /// The folder of files' bytes.
    pub files: PathBuf,
    _folder: TempDir,
}

impl House {
    /// A fresh office with the default settings.
    pub async fn fresh(backend: Backend) -> Self {
        Self::with(backend, Overrides::default()).await
    }

    /// A fresh office with some settings fixed.
    pub async fn with(backend: Backend, overrides: Overrides) -> Self {
        static SEED: AtomicU64 = AtomicU64::new(1);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = match backend {
            Backend::Sqlite => format!("sqlite://{}", folder.path().join("pigeon.db").display()),
            Backend::Postgres => postgres::fresh_database().await,
        };
        let files = folder.path().join("files");
        let (mailer, mailbox) = Mailer::memory();
        let dock = Dock::default();
        let seed = SEED.fetch_add(1, Ordering::Relaxed);
        let options = Options {
            database: database.clone(),
            clock: Clock::fixed(MORNING),
            randomness: Randomness::seeded(seed),
            overrides,
            mailer,
            files: files.clone(),
            courier: Some(Arc::new(dock.clone())),
        };
        let office = Office::open(options).await.expect("an office");
        Self {
            office,
            mailbox,
            dock,
            backend,
            database,
            files,
            _folder: folder,
        }
    }

    /// Sends all mails that are due now; answers how many bundles were settled.
    pub async fn run_mails(&self) -> usize {
        crate::outbox::worker::run_due(&self.office)
            .await
            .expect("the worker")
    }

    /// Tells hooks all that is due now; answers how many deliveries that were.
    pub async fn run_hooks(&self) -> usize {
        crate::webhook::worker::run_due(&self.office)
            .await
            .expect("the worker")
    }

    /// Moves the clock.
    pub fn forward(&self, ms: i64) {
        self.office.clock().forward(ms);
    }
}

/// Runs one test body on both databases, one after the other.
pub async fn both(body: impl AsyncFn(&House)) {
    both_with(Overrides::default(), body).await;
}

/// The same with some settings fixed.
pub async fn both_with(overrides: Overrides, body: impl AsyncFn(&House)) {
    for backend in [Backend::Sqlite, Backend::Postgres] {
        eprintln!("on {backend:?}");
        let house = House::with(backend, overrides.clone()).await;
        body(&house).await;
    }
}
