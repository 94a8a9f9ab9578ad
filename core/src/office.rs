//! The office: all that a command needs, handed down by value.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use pigeon_wire::Millis;
use pigeon_wire::text::{Key, Password};
use tokio::sync::{Mutex, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::attachment::{self, Desk};
use crate::clock::{Clock, Randomness};
use crate::db::{Conn, Db};
use crate::file::Files;
use crate::hub::{self, Announcer, Audience, Hub};
use crate::limit::Limits;
use crate::mail::Mailer;
use crate::password::Passwords;
use crate::setting::{self, Overrides, Settings};
use crate::webhook::{self, Courier};
use crate::{Error, inbox, outbox, person, presence, secret, thread, waiting};

/// What an office is opened with.
pub struct Options {
    /// The database's address: `sqlite://…` or `postgres://…`.
    pub database: String,
    /// The time.
    pub clock: Clock,
    /// Randomness.
    pub randomness: Randomness,
    /// What the configuration fixes of the settings.
    pub overrides: Overrides,
    /// How mails leave.
    pub mailer: Mailer,
    /// The folder of files' bytes.
    pub files: PathBuf,
    /// Who carries what hooks are told; nobody, where nothing is delivered.
    pub courier: Option<Arc<dyn Courier>>,
}

/// All that a command needs. Cloning is cheap: it is one shared thing.
#[derive(Clone)]
pub struct Office(Arc<Inner>);

struct Inner {
    db: Db,
    hub: Hub,
    announcer: Announcer,
    clock: Clock,
    randomness: Randomness,
    overrides: Overrides,
    settings: RwLock<Arc<Settings>>,
    /// Held while they are read anew: whoever reads last writes last.
    renewing: Mutex<()>,
    limits: Limits,
    passwords: Passwords,
    mailer: Mailer,
    courier: Option<Arc<dyn Courier>>,
    /// Whether any hook is told anything.
    has_hooks: AtomicBool,
    files: Files,
    desk: Desk,
    stopping: watch::Sender<bool>,
}

/// The office's own tasks: the workers of mails and hooks, the keepers of counts, trash, waiting replies and whispers, the
/// sweeper of files.
pub struct Staff(Vec<JoinHandle<()>>);

impl Office {
    /// Opens the database, brings it up to date and makes everything ready. Nothing works by itself
    /// yet: see [`Office::start`].
    pub async fn open(options: Options) -> Result<Self, Error> {
        let (announcer, announcements) = Announcer::new();
        let hub = Hub::default();
        #[expect(
            clippy::disallowed_methods,
            reason = "the announcer lives as long as the office"
        )]
        tokio::spawn(hub::run(hub.clone(), announcements));
        let db = Db::open(&options.database, announcer.clone()).await?;
        let settings = setting::load(&mut db.read().await?, &options.overrides).await?;
        let office = Self(Arc::new(Inner {
            db,
            hub,
            announcer,
            passwords: Passwords::new(&options.randomness)?,
            clock: options.clock,
            randomness: options.randomness,
            overrides: options.overrides,
            settings: RwLock::new(Arc::new(settings)),
            renewing: Mutex::default(),
            limits: Limits::default(),
            mailer: options.mailer,
            courier: options.courier,
            has_hooks: AtomicBool::new(false),
            files: Files::open(&options.files)?,
            desk: Desk::default(),
            stopping: watch::Sender::new(false),
        }));
        person::ensure_roles(&office).await?;
        thread::fold_subjects(&office).await?;
        office.reload_hooks().await?;
        Ok(office)
    }

    /// Sets the workers of mails and hooks, the keepers of counts, trash, waiting replies and whispers, and
    /// the sweeper of files to work.
    pub fn start(&self) -> Staff {
        #[expect(clippy::disallowed_methods, reason = "the office's own tasks")]
        let mut tasks = vec![
            tokio::spawn(outbox::worker::run(self.clone())),
            tokio::spawn(inbox::keep_counts(self.clone())),
            tokio::spawn(inbox::keep_unread(self.clone())),
            tokio::spawn(thread::keep(self.clone())),
            tokio::spawn(thread::keep_waking(self.clone())),
            tokio::spawn(waiting::keep_sending(self.clone())),
            tokio::spawn(presence::keep(self.clone(), Audience::Team)),
            tokio::spawn(presence::keep(self.clone(), Audience::Guests)),
            tokio::spawn(attachment::keep(self.clone())),
        ];
        if let Some(courier) = self.courier() {
            #[expect(clippy::disallowed_methods, reason = "one of the office's own tasks")]
            tasks.push(tokio::spawn(webhook::worker::run(self.clone(), courier)));
        }
        Staff(tasks)
    }

    /// Stops: the worker finishes the mails in hand, live lines are told to come back, the database
    /// is closed.
    pub async fn stop(&self, staff: Staff) {
        self.0.stopping.send_replace(true);
        self.0.hub.close_all();
        for task in staff.0 {
            // A task that panicked has said so in the log; there is nothing left to wait for.
            let _ = task.await;
        }
        self.0.db.close().await;
    }

    /// Waits until the office stops.
    pub async fn stopped(&self) {
        let mut stopping = self.0.stopping.subscribe();
        // The sender lives as long as the office, which this call holds.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }

    /// Whether the office is stopping.
    pub fn is_stopping(&self) -> bool {
        *self.0.stopping.borrow()
    }

    /// The moment now.
    pub fn now(&self) -> Millis {
        self.0.clock.now()
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Who is listening now.
    pub fn hub(&self) -> &Hub {
        &self.0.hub
    }

    /// The settings in force.
    pub fn settings(&self) -> Arc<Settings> {
        Arc::clone(
            &self
                .0
                .settings
                .read()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }

    /// Reads the settings anew, after one was stored.
    pub async fn reload_settings(&self) -> Result<(), Error> {
        let _renewing = self.0.renewing.lock().await;
        let settings = setting::load(&mut self.read().await?, &self.0.overrides).await?;
        *self
            .0
            .settings
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Arc::new(settings);
        Ok(())
    }

    /// Whether any hook is told anything, as far as this process knows.
    pub(crate) fn has_hooks(&self) -> bool {
        self.0.has_hooks.load(Ordering::Acquire)
    }

    /// Asks anew whether any hook is told anything.
    pub(crate) async fn reload_hooks(&self) -> Result<(), Error> {
        let _renewing = self.0.renewing.lock().await;
        let any = webhook::any(self).await?;
        self.0.has_hooks.store(any, Ordering::Release);
        Ok(())
    }

    /// Who carries what hooks are told.
    pub(crate) fn courier(&self) -> Option<Arc<dyn Courier>> {
        self.0.courier.clone()
    }

    /// Whether hooks may lead to private addresses, and over plain http.
    pub fn may_go_private(&self) -> bool {
        let courier = self.0.courier.as_ref();
        courier.is_some_and(|courier| courier.may_go_private())
    }

    /// A random idempotency key for a page's form.
    pub fn fresh_key(&self) -> Key {
        secret::key_of(self.0.randomness.bytes())
    }

    /// Whether the database answers.
    pub async fn is_well(&self) -> bool {
        match self.read().await {
            Ok(mut conn) => person::has_owner(&mut conn).await.is_ok(),
            Err(_) => false,
        }
    }

    /// Whether the database is one file, which one process alone may serve.
    pub fn is_sqlite(&self) -> bool {
        self.0.db.is_sqlite()
    }

    pub(crate) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(crate) async fn read(&self) -> Result<Conn, Error> {
        self.0.db.read().await
    }

    pub(crate) fn announcer(&self) -> &Announcer {
        &self.0.announcer
    }

    pub(crate) fn randomness(&self) -> &Randomness {
        &self.0.randomness
    }

    pub(crate) fn overrides(&self) -> &Overrides {
        &self.0.overrides
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn mailer(&self) -> &Mailer {
        &self.0.mailer
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    pub(crate) fn desk(&self) -> &Desk {
        &self.0.desk
    }

    pub(crate) fn passwords(&self) -> &Passwords {
        &self.0.passwords
    }

    pub(crate) async fn hash_password(&self, password: Password) -> Result<String, Error> {
        self.0
            .passwords
            .hash(password.into(), &self.0.randomness)
            .await
    }

    /// A fresh id: UUID version 7, from the office's own clock and randomness.
    pub(crate) fn fresh_id(&self) -> Uuid {
        let now = u64::try_from(self.now().0).unwrap_or_default();
        uuid::Builder::from_unix_timestamp_millis(now, &self.0.randomness.bytes()).into_uuid()
    }
}
