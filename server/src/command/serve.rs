//! `pigeon serve`: opens the doors, and closes them in good order.

use std::net::SocketAddr;
use std::path::Path;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use pigeon_core::{Office, setup};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use super::Failure;
use crate::config::{Options, Place, redacted};
use crate::courier::Http;
use crate::layer::origin::Origins;
use crate::{Hall, House, listen, routes};

/// How long sockets may take to say goodbye.
const GOODBYE_TIME: Duration = Duration::from_secs(2);
/// How often it is looked whether they have.
const GOODBYE_STEP: Duration = Duration::from_millis(5);

/// The command.
pub async fn run(place: &Place, options: &Options) -> Result<(), Failure> {
    let address = options.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|cause| Failure::Listen { address, cause })?;
    let listening = listener.local_addr()?;
    let mailer = options.mailer(place)?;
    let courier = Arc::new(Http::new(options.webhook_private)?);
    let overrides = options.overrides(listening);
    let office = super::office_with(place, overrides, mailer, Some(courier)).await?;
    let trusted_proxies = options.trusted_proxies.clone();
    let hall = Hall::new(
        office.clone(),
        House {
            listening,
            trusted_proxies,
        },
    );
    let pigeonholes = Arc::clone(&hall.pigeonholes);
    let mut signals = Signals::new()?;
    greet(place, options, &office, listening).await?;

    let staff = office.start();
    let (stop, stopping) = oneshot::channel::<()>();
    let mut server = pin!(listen::serve(listener, routes::router(hall), async {
        // An end of the other side means the same.
        let _ = stopping.await;
    }));
    tokio::select! {
        () = &mut server => {}
        () = signals.next() => {}
    }
    println!("Stopping. Once more stops at once.");
    let close = async {
        let _ = stop.send(());
        // Requests that wait for news would be waited for.
        pigeonholes.close_all();
        server.await;
        office.stop(staff).await;
        let goodbye = timeout(GOODBYE_TIME, async {
            while office.hub().lines() > 0 {
                sleep(GOODBYE_STEP).await;
            }
        });
        if goodbye.await.is_err() {
            tracing::warn!("some sockets did not say goodbye in time");
        }
    };
    tokio::select! {
        () = close => Ok(()),
        () = signals.next() => Err(Failure::Interrupted),
    }
}

/// What the operator wants to know at the start.
async fn greet(
    place: &Place,
    options: &Options,
    office: &Office,
    listening: SocketAddr,
) -> Result<(), Failure> {
    let settings = office.settings();
    let url = &settings.public_url;
    println!("Pigeon {} is open at {url}", env!("CARGO_PKG_VERSION"));
    println!("  data  {}", whole(&place.data));
    if office.is_sqlite() {
        println!("        SQLite: one process alone may serve this database");
    } else {
        println!("        {}", redacted(&place.database_url()));
    }
    match &options.smtp {
        Some(relay) => println!("  mail  through {}", redacted(relay)),
        None => println!(
            "  mail  no --smtp yet: written to {}",
            whole(&place.mail_folder())
        ),
    }
    if let Some(token) = setup::offer(office).await? {
        println!("\nThere is no owner yet. Make the first account here:\n  {url}/setup/{token}\n");
    }
    if !Origins::new(url, listening).is_secure() {
        eprintln!(
            "WARNING: {url} is plain http. Passwords, sessions and private links can be read and \
             changed on the way.\nWARNING: Put Pigeon behind https and set --public-url."
        );
    }
    if options.public_url.is_none() && !listening.ip().is_loopback() {
        eprintln!(
            "WARNING: without --public-url, links in mails lead to {url}, and only pages opened \
             there can send anything."
        );
    }
    Ok(())
}

/// A path from the root, as far as it can be told.
fn whole(path: &Path) -> String {
    std::path::absolute(path)
        .unwrap_or_else(|_| path.to_owned())
        .display()
        .to_string()
}

/// The words to stop: Ctrl+C, and what service managers send.
struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    fn new() -> Result<Self, Failure> {
        Ok(Self {})
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
