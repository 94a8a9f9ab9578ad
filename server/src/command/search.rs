//! `pigeon search`: looks after the index of the search.

use clap::{Args, Subcommand};
use pigeon_core::mail::Mailer;
use pigeon_core::search;
use pigeon_core::setting::Overrides;
use pigeon_wire::MessageId;

use super::Failure;
use crate::config::Place;

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Writes the index anew, in steps; the server may run meanwhile
    Rebuild(Rebuild),
}

/// Where to begin.
#[derive(Args, Debug)]
pub struct Rebuild {
    /// Go on after this entry, which a rebuild that was stopped has told
    #[arg(long, value_name = "ID")]
    after: Option<MessageId>,
}

/// The command.
pub async fn run(place: &Place, command: &Command) -> Result<(), Failure> {
    /// Entries between two lines that tell how far it is.
    const TOLD_EACH: usize = 10_000;
    let Command::Rebuild(rebuild) = command;
    let mailer = Mailer::folder(place.mail_folder());
    let office = super::office(place, Overrides::default(), mailer).await?;
    let (mut after, mut written) = (rebuild.after, 0);
    while let Some(step) = search::rebuild(&office, after).await? {
        let told = written / TOLD_EACH;
        (after, written) = (Some(step.last), written + step.count);
        if written / TOLD_EACH > told {
            println!(
                "{written} entries; to go on from here: --after {}",
                step.last
            );
        }
    }
    println!("{written} entries can be found.");
    Ok(())
}
