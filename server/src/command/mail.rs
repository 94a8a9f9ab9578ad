//! `pigeon mail`: the outbox, from the command line. Runs where the database is, beside the server too.

use clap::{Args, Subcommand};
use pigeon_core::Office;
use pigeon_core::mail::Mailer;
use pigeon_core::outbox::{self, Keeper, worker};
use pigeon_core::setting::Overrides;
use pigeon_wire::id::OutboxId;
use pigeon_wire::outbox::{MailCursor, MailLine, MailView, MailWay};
use serde_json::json;

use super::Failure;
use crate::config::{Options, Place};

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sends what is due now, and ends
    Run(Run),
    /// Lists mails: those in trouble first
    List(List),
    /// Has mails that failed or were put off tried at once
    Retry(Retry),
    /// Sends a test mail, and shows the mail server's answer
    Test(Test),
}

/// Sending.
#[derive(Args, Debug)]
pub struct Run {
    #[command(flatten)]
    options: Options,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Listing.
#[derive(Args, Debug)]
pub struct List {
    /// Which mails: trouble, waiting, sent or dropped
    #[arg(long, default_value = "trouble", value_parser = view)]
    view: MailView,
    /// Go on after the mail where the page before ended
    #[arg(long, value_name = "CURSOR", value_parser = cursor)]
    after: Option<MailCursor>,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Trying again.
#[derive(Args, Debug)]
pub struct Retry {
    /// Which mail, as `pigeon mail list` names it
    #[arg(required_unless_present = "all", value_parser = id)]
    id: Option<OutboxId>,
    /// All that failed
    #[arg(long, conflicts_with = "id")]
    all: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// Testing.
#[derive(Args, Debug)]
pub struct Test {
    /// Mail address to send the test to
    #[arg(long, value_name = "ADDRESS")]
    to: String,
    #[command(flatten)]
    options: Options,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

/// The command.
pub async fn run(place: &Place, command: &Command) -> Result<(), Failure> {
    match command {
        Command::Run(run) => send_due(place, run).await,
        Command::List(list) => show(place, list).await,
        Command::Retry(retry) => again(place, retry).await,
        Command::Test(test) => try_out(place, test).await,
    }
}

async fn send_due(place: &Place, run: &Run) -> Result<(), Failure> {
    let office = sending(place, &run.options).await?;
    let settled = worker::run_due(&office).await?;
    let owed = worker::owed(&office).await?;
    if run.json {
        println!("{}", json!({ "settled": settled, "owed": owed }));
    } else {
        println!("{settled} mails settled; {owed} notices still owed.");
    }
    Ok(())
}

async fn show(place: &Place, list: &List) -> Result<(), Failure> {
    let office = looking(place).await?;
    let page = outbox::page(&office, &Keeper::Operator, list.view, list.after).await?;
    if list.json {
        let next = page.next.map(|next| next.to_string());
        let told = json!({ "counts": page.counts, "mails": page.lines, "next": next });
        println!("{told}");
        return Ok(());
    }
    let counts = page.counts;
    println!(
        "{} failed, {} put off, {} waiting, {} sent within a day",
        counts.failed, counts.deferred, counts.waiting, counts.sent_today
    );
    for line in &page.lines {
        println!("{}", told(line));
    }
    if let Some(next) = page.next {
        println!("More: --after {next}");
    }
    Ok(())
}

fn told(line: &MailLine) -> String {
    let to = line.address.as_deref().unwrap_or("nobody");
    let at = line.sent_at.unwrap_or(line.due_at).rfc3339();
    let answer = line.answer.as_deref().unwrap_or_default();
    let told = format!(
        "{}  {:8}  {}  {to}  {}  {answer}",
        line.id,
        line.state.as_str(),
        at,
        line.kind
    );
    told.trim_end().to_owned()
}

async fn again(place: &Place, retry: &Retry) -> Result<(), Failure> {
    let office = looking(place).await?;
    let count = match retry.id {
        Some(id) => {
            outbox::retry(&office, &Keeper::Operator, id).await?;
            1
        }
        None => outbox::retry_all(&office, &Keeper::Operator).await?,
    };
    if retry.json {
        println!("{}", json!({ "retried": count }));
    } else {
        println!("{count} mails are due now: a running server sends them, or `pigeon mail run`.");
    }
    Ok(())
}

async fn try_out(place: &Place, test: &Test) -> Result<(), Failure> {
    let office = sending(place, &test.options).await?;
    let trial = outbox::trial_to(&office, &test.to).await?;
    if test.json {
        println!("{}", json!(trial));
    }
    if let Some(said) = trial.refusal {
        return Err(Failure::Mail(said));
    }
    if !test.json {
        match trial.way {
            MailWay::Relay(address) => println!("{address} has taken the mail to {}.", trial.to),
            MailWay::Folder(path) => println!("Written to {path}: no --smtp was given."),
            MailWay::Memory => println!("Kept in memory."),
        }
    }
    Ok(())
}

/// An office that can send as the server does.
async fn sending(place: &Place, options: &Options) -> Result<Office, Failure> {
    let mailer = options.mailer(place)?;
    super::office(place, options.overrides(options.listen), mailer).await
}

/// An office that sends nothing.
async fn looking(place: &Place) -> Result<Office, Failure> {
    let mailer = Mailer::folder(place.mail_folder());
    super::office(place, Overrides::default(), mailer).await
}

fn view(text: &str) -> Result<MailView, String> {
    text.parse()
        .map_err(|_| "it is trouble, waiting, sent or dropped".to_owned())
}

fn cursor(text: &str) -> Result<MailCursor, String> {
    text.parse()
        .map_err(|_| "it is what the page before ended with".to_owned())
}

fn id(text: &str) -> Result<OutboxId, String> {
    text.parse()
        .map_err(|_| "it is the first word of a line of `pigeon mail list`".to_owned())
}
