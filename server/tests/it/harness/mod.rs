//! A whole Pigeon on a free port of this machine, with a database of its own, a clock that stands
//! still and a mailbox in memory; and the people who call on it.

mod browser;
pub mod events;
mod socket;

use std::net::SocketAddr;
use std::sync::Arc;

pub use browser::{Answer, Browser};
use pigeon_core::Office;
use pigeon_core::clock::{Clock, Randomness};
use pigeon_core::mail::{Mailbox, Mailer};
use pigeon_core::office::Options;
use pigeon_core::outbox::worker;
use pigeon_core::setting::Overrides;
use pigeon_core::testing::Backend;
use pigeon_core::testing::postgres::fresh_database;
use pigeon_core::{inbox, session};
use pigeon_server::courier::Http;
use pigeon_server::{Hall, House, listen, routes};
use pigeon_wire::Millis;
use pigeon_wire::inbox::View;
pub use socket::Socket;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::AbortHandle;

/// The password of everybody here.
pub const PASSWORD: &str = "correct horse battery";

/// A running server.
pub struct Pigeon {
    pub office: Office,
    pub address: SocketAddr,
    pub clock: Clock,
    pub mailbox: Mailbox,
    folder: TempDir,
    server: AbortHandle,
}

impl Drop for Pigeon {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Pigeon {
    /// The folder that holds everything.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// A Pigeon with the settings it is born with.
    pub async fn start() -> Self {
        Self::start_with(Overrides::default()).await
    }

    /// A Pigeon whose configuration fixes some settings.
    pub async fn start_with(overrides: Overrides) -> Self {
        Self::start_on(Backend::Sqlite, overrides).await
    }

    /// The same on either database.
    pub async fn start_on(backend: Backend, overrides: Overrides) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database = match backend {
            Backend::Sqlite => format!("sqlite://{}", folder.path().join("pigeon.db").display()),
            Backend::Postgres => fresh_database().await,
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let public_url = overrides
            .public_url
            .unwrap_or_else(|| format!("http://{address}"));
        let clock = Clock::fixed(Millis(1_795_392_000_000));
        let (mailer, mailbox) = Mailer::memory();
        let office = Office::open(Options {
            database,
            clock: clock.clone(),
            randomness: Randomness::Os,
            overrides: Overrides {
                public_url: Some(public_url),
                ..overrides
            },
            mailer,
            files: folder.path().join("files"),
            courier: Some(Arc::new(Http::new(true).unwrap())),
        })
        .await
        .unwrap();
        let house = House {
            listening: address,
            trusted_proxies: vec!["127.0.0.1".parse::<std::net::IpAddr>().unwrap().into()],
        };
        let router = routes::router(Hall::new(office.clone(), house));
        #[expect(
            clippy::disallowed_methods,
            reason = "the server under test runs beside the test"
        )]
        let server = tokio::spawn(listen::serve(listener, router, std::future::pending()));
        Self {
            office,
            address,
            clock,
            mailbox,
            folder,
            server: server.abort_handle(),
        }
    }

    /// Somebody with a browser, and scripts switched off.
    pub fn browser(&self) -> Browser {
        Browser::new(self.address, "text/html")
    }

    /// A program.
    pub fn program(&self) -> Browser {
        Browser::new(self.address, "application/json")
    }

    /// Somebody new with this role, signed in.
    pub async fn signed_in(&self, role: &str) -> Browser {
        let email = format!("{role}@example.org");
        pigeon_core::person::add(&self.office, &email, role, role, PASSWORD)
            .await
            .unwrap();
        let browser = self.browser();
        let answer = browser
            .post("/login", &[("email", &email), ("password", PASSWORD)])
            .await;
        assert_eq!(
            (answer.status, answer.location()),
            (303, if role == "user" { "/threads" } else { "/inbox" }),
            "{}",
            answer.text()
        );
        browser
    }

    /// A guest who has just written, with the address of their conversation.
    pub async fn guest_with_thread(&self) -> (Browser, String) {
        let browser = self.browser();
        let answer = browser.post("/contact", &guidos_question()).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let path = answer.location().to_owned();
        (browser, path)
    }

    /// Every byte of the database, its log included: equal bytes mean that nothing was written.
    pub fn database_bytes(&self) -> Vec<u8> {
        ["pigeon.db", "pigeon.db-wal"]
            .iter()
            .flat_map(|name| std::fs::read(self.folder.path().join(name)).unwrap_or_default())
            .collect()
    }

    /// Sends what is owed now.
    pub async fn run_mails(&self) {
        worker::run_due(&self.office).await.unwrap();
    }

    /// Sends what is owed now, and gives the path of the newest link mailed to `address`.
    pub async fn mailed_link(&self, address: &str) -> String {
        self.run_mails().await;
        let letters = self.mailbox.letters();
        let letter = letters
            .iter()
            .rev()
            .find(|letter| letter.to.1.as_str() == address);
        let text = &letter.expect("a mail").text;
        let token = text.split("/t/").nth(1).expect("a link").chars();
        let token: String = token
            .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .collect();
        format!("/t/{token}")
    }

    /// How many threads somebody signed in sees in the inbox.
    pub async fn threads_seen_by(&self, browser: &Browser) -> usize {
        let secret = browser.cookie("__Host-pigeon").expect("a session");
        let account = session::recognise(&self.office, &secret)
            .await
            .unwrap()
            .expect("signed in");
        inbox::page(&self.office, &account, View::All, None)
            .await
            .unwrap()
            .rows
            .len()
    }
}

/// What Guido types into the contact form.
pub fn guidos_question() -> [(&'static str, &'static str); 4] {
    [
        ("name", "Guido Gast"),
        ("email", "guido@example.org"),
        ("subject", "Opening hours"),
        ("body", "When do you open on Sundays?"),
    ]
}
