//! `pigeon migrate`: brings the database up to date. `pigeon serve` does the same by itself; this
//! is for those who want to see it done before.

use pigeon_core::mail::Mailer;
use pigeon_core::setting::Overrides;

use super::Failure;
use crate::config::{Place, redacted};

/// The command.
pub async fn run(place: &Place) -> Result<(), Failure> {
    let mailer = Mailer::folder(place.mail_folder());
    super::office(place, Overrides::default(), mailer).await?;
    println!("{} is up to date.", redacted(&place.database_url()));
    Ok(())
}
