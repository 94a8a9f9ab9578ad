//! What the program does when it is called.

mod api;
mod config;
mod mail;
mod migrate;
mod search;
mod serve;
mod user;
mod watch;

use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{CommandFactory as _, Parser, Subcommand};
use pigeon_core::Office;
use pigeon_core::clock::{Clock, Randomness};
use pigeon_core::mail::{Mailer, MailerError};
use pigeon_core::office;
use pigeon_core::setting::Overrides;
use pigeon_core::webhook::Courier;
use tracing_subscriber::EnvFilter;

use crate::config::{FileError, Options, Place, Wrong, load};

/// A self-hosted inbox: guests ask without an account, the team answers, both see it at once.
#[derive(Debug, Parser)]
#[command(name = "pigeon", version, propagate_version = true)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub place: Place,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Opens the doors
    Serve(Options),
    /// Brings the database up to date
    Migrate,
    /// Looks after people with accounts
    #[command(subcommand)]
    User(user::Command),
    /// Looks after the index of the search
    #[command(subcommand)]
    Search(search::Command),
    /// Looks after mails: sends what is due, lists, tries again, tests
    #[command(subcommand)]
    Mail(mail::Command),
    /// Shows every option, its value and where it came from
    Config(Options),
    /// Prints the live stream of an account, one frame a line
    Watch(watch::Watch),
    /// Lists conversations of a Pigeon that is reached by its API
    Threads(api::Threads),
    /// Answers a conversation, by the API, with what comes from the standard input
    Reply(api::Reply),
    /// Prints what a shell needs to complete these commands
    Completions {
        /// Which shell
        shell: clap_complete::Shell,
    },
}

/// Why a command could not do its work, in words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The file of options.
    #[error(transparent)]
    File(#[from] FileError),
    /// The office.
    #[error(transparent)]
    Office(#[from] pigeon_core::Error),
    /// The relay's address.
    #[error("--smtp: {0}")]
    Relay(#[from] MailerError),
    /// What web hooks are told needs TLS.
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] tokio_rustls::rustls::Error),
    /// The log's filter.
    #[error("--log: {0}")]
    Log(#[from] tracing_subscriber::filter::ParseError),
    /// The network address.
    #[error("{address} cannot be listened on: {cause}; choose another with --listen")]
    Listen {
        /// Which address.
        address: std::net::SocketAddr,
        /// Why.
        cause: io::Error,
    },
    /// The data folder.
    #[error("the data folder {} cannot be used: {cause}; choose another with --data", path.display())]
    Data {
        /// Which folder.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// Reading or writing.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// The mail server refused a test.
    #[error("the mail did not leave: {0}")]
    Mail(String),
    /// The live socket.
    #[error("the live socket: {0}")]
    Live(#[from] tokio_tungstenite::tungstenite::Error),
    /// The API gave no answer, or refused.
    #[error("{0}")]
    Api(String),
    /// The operator asked twice.
    #[error("stopped at once; what was under way is lost")]
    Interrupted,
}

/// Does what the arguments say.
pub async fn run() -> Result<(), Failure> {
    let loaded = match load(std::env::args_os()) {
        Ok(loaded) => loaded,
        // Also the way of `--help`: prints, and ends with the status that fits.
        Err(Wrong::Arguments(error)) => error.exit(),
        Err(Wrong::File(error)) => return Err(error.into()),
    };
    let place = &loaded.cli.place;
    log(&place.log)?;
    match &loaded.cli.command {
        Command::Serve(options) => serve::run(place, options).await,
        Command::Migrate => migrate::run(place).await,
        Command::User(command) => user::run(place, command).await,
        Command::Search(command) => search::run(place, command).await,
        Command::Mail(command) => mail::run(place, command).await,
        Command::Watch(watch) => watch::run(place, watch).await,
        Command::Threads(asked) => api::threads(asked).await,
        Command::Reply(asked) => api::reply(asked).await,
        Command::Completions { shell } => {
            let mut command = Cli::command();
            clap_complete::generate(*shell, &mut command, "pigeon", &mut io::stdout());
            Ok(())
        }
        Command::Config(_) => {
            config::run(&loaded);
            Ok(())
        }
    }
}

fn log(filter: &str) -> Result<(), Failure> {
    tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::try_new(filter)?)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal())
        .init();
    Ok(())
}

/// The office over the place's database. Nothing works by itself in it.
async fn office(place: &Place, overrides: Overrides, mailer: Mailer) -> Result<Office, Failure> {
    office_with(place, overrides, mailer, None).await
}

/// The same with somebody who carries what hooks are told.
async fn office_with(
    place: &Place,
    overrides: Overrides,
    mailer: Mailer,
    courier: Option<Arc<dyn Courier>>,
) -> Result<Office, Failure> {
    ensure_folder(place)?;
    let options = office::Options {
        database: place.database_url(),
        clock: Clock::default(),
        randomness: Randomness::default(),
        overrides,
        mailer,
        files: place.files_folder(),
        courier,
    };
    Ok(Office::open(options).await?)
}

/// Makes the data folder, for its owner's eyes alone.
fn ensure_folder(place: &Place) -> Result<(), Failure> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&place.data).map_err(|cause| Failure::Data {
        path: place.data.clone(),
        cause,
    })
}
